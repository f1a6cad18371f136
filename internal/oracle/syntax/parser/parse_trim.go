package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseOwnCall reads a call of a function whose arguments have a grammar of their own. The current token is
// the "(". It returns nil when the call reads like any other (a routine of the user's with that name).
func (p *parser) parseOwnCall(lo uint32, fn ast.Expr, kw token.Keyword) ast.Expr {
	if p.peek(1).Name() && p.peek(2).Kind == token.Arrow {
		return nil
	}
	if p.peek(1).Kind == token.RParen && (kw == token.JSON || kw == token.JSON_OBJECT || kw == token.JSON_ARRAY) {
		return nil
	}
	c := p.newCall()
	c.Fn = fn
	p.next()
	switch kw {
	case token.TRIM:
		p.parseTrimArgs(c)
	case token.SUBSTRING, token.OVERLAY, token.POSITION:
		p.parseSubstringArgs(c, kw)
	case token.GRAPH_TABLE:
		p.parseGraphTable(c)
	case token.JSON_TABLE:
		p.parseJSONTable(c)
	case token.JSON_TRANSFORM:
		p.parseJSONTransform(c)
	case token.JSON, token.JSON_VALUE, token.JSON_QUERY, token.JSON_EXISTS, token.JSON_OBJECT, token.JSON_ARRAY,
		token.JSON_OBJECTAGG, token.JSON_ARRAYAGG, token.JSON_MERGEPATCH, token.JSON_SERIALIZE, token.JSON_SCALAR,
		token.JSON_TEXTCONTAINS:
		p.parseJSONArgs(c, kw)
	default:
		p.parseXMLArgs(c, kw)
	}
	p.want(token.RParen)
	p.parseCallTail(c)
	c.Span = p.since(lo)
	return c
}

// parseTrimArgs reads [[LEADING|TRAILING|BOTH] [chars] FROM] x. Spec.Head is the side word, or FROM without
// one; the arguments stand in source order.
func (p *parser) parseTrimArgs(c *ast.Call) {
	if p.isAny(token.LEADING, token.TRAILING, token.BOTH) && (startsOperand(p.peek(1)) || p.peek(1).Is(token.FROM)) {
		lo := p.mark()
		c.Spec = &ast.Clause{Head: p.tok.Kw}
		p.next()
		c.Spec.Span = p.since(lo)
	}
	if c.Spec == nil || !p.is(token.FROM) {
		c.Args = append(c.Args, p.parsePlainArg())
	}
	if p.is(token.FROM) {
		lo := p.mark()
		p.next()
		if c.Spec == nil {
			c.Spec = &ast.Clause{Head: token.FROM, Span: p.since(lo)}
		}
		c.Args = append(c.Args, p.parsePlainArg())
		return
	}
	p.moreArgs(c)
}

func (p *parser) moreArgs(c *ast.Call) {
	for p.got(token.Comma) {
		c.Args = append(c.Args, p.parseArg(0))
	}
}

func (p *parser) parsePlainArg() *ast.Arg {
	lo := p.mark()
	a := p.newArg()
	a.X = p.parseOperand()
	a.Span = p.since(lo)
	return a
}

// parseSubstringArgs reads the standard's forms SUBSTRING(x FROM a FOR n), OVERLAY(x PLACING y FROM a FOR n)
// and POSITION(x IN y). Spec.Head is the first of their words; the arguments stand in source order.
func (p *parser) parseSubstringArgs(c *ast.Call, kw token.Keyword) {
	c.Args = append(c.Args, p.parsePlainArg())
	for {
		switch {
		case p.is(token.FROM), p.is(token.FOR), p.is(token.PLACING) && kw == token.OVERLAY, p.is(token.IN) && kw == token.POSITION:
			lo := p.mark()
			k := p.tok.Kw
			p.next()
			if c.Spec == nil {
				c.Spec = &ast.Clause{Head: k, Span: p.since(lo)}
			}
			c.Args = append(c.Args, p.parsePlainArg())
		default:
			if c.Spec == nil {
				p.moreArgs(c)
			}
			return
		}
	}
}

// parseGraphTable keeps graph MATCH pattern [WHERE ...] COLUMNS (...) of 23ai whole; only the name of the
// graph is read.
func (p *parser) parseGraphTable(c *ast.Call) {
	a := p.newArg()
	lo := p.mark()
	a.X = p.parseName()
	a.Span = p.since(lo)
	c.Args = append(c.Args, a)
	lo = p.mark()
	p.wantKw(token.MATCH)
	for depth := 0; ; p.next() {
		switch p.tok.Kind {
		case token.LParen:
			depth++
		case token.RParen:
			if depth == 0 {
				c.Spec = &ast.Clause{Head: token.MATCH, Span: p.since(lo)}
				return
			}
			depth--
		case token.EOF, token.Semi, token.TermSlash:
			p.expected(kindText(token.RParen))
		}
	}
}
