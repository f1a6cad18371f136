package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parsePragma reads PRAGMA name [(args)], up to its ';'.
func (p *parser) parsePragma() *ast.Pragma {
	lo := p.mark()
	p.next()
	g := &ast.Pragma{Kind: p.tok.Kw}
	g.Name = p.parseIdent()
	if p.got(token.LParen) {
		for {
			g.Args = append(g.Args, p.parsePragmaArg())
			if !p.got(token.Comma) {
				break
			}
		}
		p.want(token.RParen)
	}
	g.Span = p.since(lo)
	return g
}

// parsePragmaArg reads an argument of a pragma: RESTRICT_REFERENCES may name DEFAULT, operators stand quoted.
func (p *parser) parsePragmaArg() ast.Expr {
	if p.is(token.DEFAULT) {
		lo := p.mark()
		p.next()
		return &ast.Literal{Span: p.since(lo), Kind: ast.LitDefault}
	}
	if p.tok.Name() && wordOf(p.tok, wordPLSQLStop) {
		return p.parseName() // PRAGMA INTERFACE and the like name procedures called by any word
	}
	return p.parseExpr()
}

// parseNames reads a, b, c.
func (p *parser) parseNames() []*ast.Name {
	list := []*ast.Name{p.parseName()}
	for p.got(token.Comma) {
		list = append(list, p.parseName())
	}
	return list
}
