package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseExternal reads EXTERNAL [PARTITION ATTRIBUTES] [(...)] with its clauses.
func (p *parser) parseExternal() *ast.External {
	lo := p.mark()
	p.wantKw(token.EXTERNAL)
	if p.gotKw(token.PARTITION) {
		p.wantKw(token.ATTRIBUTES)
	}
	return p.parseExternalBody(lo)
}

// parseExternalBody reads the clauses of an external table, in parentheses or bare.
func (p *parser) parseExternalBody(lo uint32) *ast.External {
	x := &ast.External{}
	if p.got(token.LParen) {
		p.parseExternalClauses(x)
		p.want(token.RParen)
	}
	p.parseExternalClauses(x)
	x.Span = p.since(lo)
	if x.Empty() {
		p.expected("\"(\"", "TYPE", "DEFAULT DIRECTORY")
	}
	return x
}

func (p *parser) parseExternalClauses(x *ast.External) {
	for p.parseExternalClause(x) {
	}
}

// parseExternalClause reads TYPE driver | DEFAULT DIRECTORY d | ACCESS PARAMETERS (...) | LOCATION (...) |
// REJECT LIMIT n. The access parameters are a language of their own and are kept whole.
func (p *parser) parseExternalClause(x *ast.External) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	switch p.tok.Kw {
	case token.TYPE:
		p.next()
		x.Driver = p.parseIdent()
	case token.DEFAULT:
		if !p.peek(1).Is(token.DIRECTORY) {
			return false
		}
		p.next()
		p.next()
		x.Directory = p.parseIdent()
	case token.ACCESS:
		p.next()
		p.wantKw(token.PARAMETERS)
		x.Access = p.parseAccessParameters()
	case token.LOCATION:
		p.next()
		p.want(token.LParen)
		x.Locations = append(x.Locations, p.parseExternalFile())
		for p.got(token.Comma) {
			x.Locations = append(x.Locations, p.parseExternalFile())
		}
		p.want(token.RParen)
	case token.REJECT:
		p.next()
		p.wantKw(token.LIMIT)
		x.Reject = p.parseLimit()
	default:
		return false
	}
	return true
}

func (p *parser) parseAccessParameters() *ast.Clause {
	lo := p.mark()
	c := &ast.Clause{Head: token.ACCESS}
	switch {
	case p.gotKw(token.USING):
		p.wantKw(token.CLOB)
		p.want(token.LParen)
		c.Query = p.parseSelect()
		p.want(token.RParen)
	case p.at(token.LParen):
		p.skipParens()
	case p.atText():
		p.next()
	default:
		p.expected("\"(\"", "USING CLOB")
	}
	c.Span = p.since(lo)
	return c
}

// parseExternalFile reads [directory :] 'file'.
func (p *parser) parseExternalFile() *ast.ExternalFile {
	lo := p.mark()
	f := &ast.ExternalFile{}
	if p.tok.Name() && (!p.atSubst() || p.peek(1).Kind == token.Colon) {
		f.Directory = p.parseIdent()
		if !p.got(token.Colon) {
			f.Span = p.since(lo)
			return f // a directory alone
		}
	}
	f.File = p.parseText()
	f.Span = p.since(lo)
	return f
}

// parseLimit reads a number or UNLIMITED.
func (p *parser) parseLimit() ast.Expr {
	if p.is(token.UNLIMITED) {
		return p.parseIdent()
	}
	return p.parseNumber()
}
