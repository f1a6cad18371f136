package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseRoutineProp reads one property of a routine, package or type; nil when none stands here.
func (p *parser) parseRoutineProp() *ast.RoutineProp {
	lo := p.mark()
	r := &ast.RoutineProp{Kind: p.tok.Kw}
	if p.tok.Kind != token.Ident {
		return nil
	}
	switch p.tok.Kw {
	case token.AUTHID:
		p.next()
		if r.Value = p.gotAny(token.CURRENT_USER, token.DEFINER); r.Value == 0 {
			p.expected("CURRENT_USER", "DEFINER")
		}
	case token.DETERMINISTIC:
		p.next()
	case token.PARALLEL_ENABLE:
		p.next()
		p.parseParallelEnable(r)
	case token.RESULT_CACHE:
		p.next()
		if p.gotKw(token.RELIES_ON) {
			p.want(token.LParen)
			r.Names = p.parseNames()
			p.want(token.RParen)
		}
	case token.PIPELINED:
		p.next()
		if r.Value = p.gotAny(token.ROW, token.TABLE); r.Value != 0 {
			p.wantKw(token.POLYMORPHIC)
			r.Polymorphic = true
		}
		if p.gotKw(token.USING) {
			r.Names = []*ast.Name{p.parseName()}
		}
	case token.AGGREGATE:
		p.next()
		p.wantKw(token.USING)
		r.Names = []*ast.Name{p.parseName()}
	case token.ACCESSIBLE:
		p.next()
		p.wantKw(token.BY)
		r.Accessors = p.parseAccessors()
	case token.DEFAULT:
		p.next()
		p.wantKw(token.COLLATION)
		r.Kind = token.COLLATION
		r.Names = []*ast.Name{p.parseIdent()}
	case token.SQL_MACRO:
		p.next()
		if p.got(token.LParen) {
			if p.gotKw(token.TYPE) {
				p.want(token.Arrow)
			}
			if r.Value = p.gotAny(token.SCALAR, token.TABLE); r.Value == 0 {
				p.expected("SCALAR", "TABLE")
			}
			p.want(token.RParen)
		}
	case token.SHARING:
		return p.parseSharing()
	case token.ORDER, token.CLUSTER:
		p.parseStreaming(r)
	case token.USING: // PIPELINED ... USING type with other properties between
		p.next()
		r.Names = []*ast.Name{p.parseName()}
	default:
		return nil
	}
	r.Span = p.since(lo)
	return r
}

// parseSharing reads SHARING = METADATA | DATA | EXTENDED DATA | NONE.
func (p *parser) parseSharing() *ast.RoutineProp {
	lo := p.mark()
	p.next()
	p.want(token.EQ)
	r := &ast.RoutineProp{Kind: token.SHARING, Value: p.tok.Kw}
	if p.parseIdent(); r.Value.String() == "EXTENDED" {
		p.wantKw(token.DATA)
	}
	r.Span = p.since(lo)
	return r
}

// parseParallelEnable reads [(PARTITION arg BY ANY | HASH (cols) | RANGE (cols) | VALUE (col)) [ORDER|CLUSTER x BY (cols)]].
func (p *parser) parseParallelEnable(r *ast.RoutineProp) {
	if !p.got(token.LParen) {
		return
	}
	p.wantKw(token.PARTITION)
	r.Names = []*ast.Name{p.parseIdent()}
	p.wantKw(token.BY)
	if r.Value = p.gotAny(token.ANY, token.HASH, token.RANGE, token.VALUE); r.Value == 0 {
		p.expected("ANY", "HASH", "RANGE", "VALUE")
	}
	if r.Value != token.ANY {
		p.want(token.LParen)
		r.Names = append(r.Names, p.parseNames()...)
		p.want(token.RParen)
	}
	p.parseStreaming(r)
	p.want(token.RParen)
	p.parseStreaming(r)
}

func (p *parser) parseStreaming(r *ast.RoutineProp) {
	if !p.is(token.ORDER) && !p.is(token.CLUSTER) {
		return
	}
	lo := p.mark()
	c := &ast.Clause{Head: p.tok.Kw}
	p.next()
	if !p.is(token.BY) {
		c.Names = []*ast.Name{p.parseIdent()}
	}
	p.wantKw(token.BY)
	p.want(token.LParen)
	c.Names = append(c.Names, p.parseNames()...)
	p.want(token.RParen)
	c.Span = p.since(lo)
	r.Stream = c
}

// parseAccessors reads ([kind] name, ...) of ACCESSIBLE BY.
func (p *parser) parseAccessors() []*ast.Accessor {
	p.want(token.LParen)
	var list []*ast.Accessor
	for {
		lo := p.mark()
		a := &ast.Accessor{}
		if p.peek(1).Name() {
			a.Kind = p.gotAny(token.FUNCTION, token.PROCEDURE, token.PACKAGE, token.TRIGGER, token.TYPE)
		}
		a.Name = p.parseName()
		a.Span = p.since(lo)
		list = append(list, a)
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
	return list
}
