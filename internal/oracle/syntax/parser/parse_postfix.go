package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parsePostfix reads everything that binds to an operand from behind: calls, fields, indexes, cursor
// attributes, (+), COLLATE, AT TIME ZONE, interval qualifiers.
func (p *parser) parsePostfix(lo uint32, x ast.Expr) ast.Expr {
	x = p.parseNameChain(lo, x)
	for {
		switch p.tok.Kind {
		case token.LParen:
			if !p.outerMark() {
				return x
			}
			p.skip(3)
			x = &ast.OuterMark{Span: p.since(lo), X: x}
		case token.Ident:
			if words[p.tok.Kw]&wordInfix == 0 {
				return x
			}
			switch p.tok.Kw {
			case token.COLLATE:
				if !p.peek(1).Name() || wordOf(p.peek(1), wordReserved) {
					return x
				}
				p.next()
				name := p.parseIdent()
				x = &ast.Collate{Span: p.since(lo), X: x, Name: name}
			case token.AT:
				if p.peek(1).Is(token.LOCAL) {
					p.skip(2)
					x = &ast.AtTimeZone{Span: p.since(lo), X: x}
				} else if p.peek(1).Is(token.TIME) && p.peek(2).Is(token.ZONE) {
					p.skip(3)
					zone := p.parsePrec(precPower)
					x = &ast.AtTimeZone{Span: p.since(lo), X: x, Zone: zone}
				} else {
					return x
				}
			case token.DAY, token.YEAR:
				n := p.peek(1)
				if !n.Is(token.TO) && !(n.Kind == token.LParen && p.peek(3).Kind == token.RParen && p.peek(4).Is(token.TO)) {
					return x
				}
				q := p.parseIntervalQualifier()
				x = &ast.IntervalOf{Span: p.since(lo), X: x, Qual: q}
			default:
				return x
			}
		default:
			return x
		}
	}
}

// outerMark reports whether (+) comes next.
func (p *parser) outerMark() bool {
	return p.tok.Kind == token.LParen && p.peek(1).Kind == token.Plus && p.peek(2).Kind == token.RParen
}

// parseNameChain reads (args), .field, [index] and %attribute behind an operand, any number of times.
func (p *parser) parseNameChain(lo uint32, x ast.Expr) ast.Expr {
	for chain := 0; ; chain++ {
		if chain > MaxChain {
			p.fail("too many calls in one chain", "")
		}
		switch p.tok.Kind {
		case token.LParen:
			if p.outerMark() {
				return x
			}
			switch x.(type) {
			case *ast.Name, *ast.Call, *ast.Field, *ast.Index, *ast.Attr, *ast.BindExpr:
				x = p.parseCall(lo, x)
			default:
				return x
			}
		case token.Dot:
			if !p.partFollows() {
				return x
			}
			p.next()
			flo := p.mark()
			n := p.newName()
			p.next()
			n.Span = ast.Span{Lo: flo, Hi: flo + 1}
			x = &ast.Field{Span: p.since(lo), X: x, Name: n}
		case token.LBracket:
			x = p.parseIndex(lo, x)
		case token.Percent:
			if p.peek(1).Kind != token.Ident {
				return x
			}
			x = p.parseAttr(lo, x)
		default:
			return x
		}
	}
}

// parseAttr reads %FOUND and the other cursor attributes.
func (p *parser) parseAttr(lo uint32, x ast.Expr) ast.Expr {
	p.want(token.Percent)
	a := &ast.Attr{X: x, Attr: p.tok.Kw}
	switch p.tok.Kw {
	case token.FOUND, token.NOTFOUND, token.ISOPEN, token.ROWCOUNT, token.BULK_ROWCOUNT, token.BULK_EXCEPTIONS:
		p.next()
	default:
		p.expected("FOUND, NOTFOUND, ISOPEN, ROWCOUNT, BULK_ROWCOUNT or BULK_EXCEPTIONS")
	}
	if (a.Attr == token.BULK_ROWCOUNT || a.Attr == token.BULK_EXCEPTIONS) && p.got(token.LParen) {
		a.Index = p.parseExpr()
		p.want(token.RParen)
	}
	a.Span = p.since(lo)
	return a
}

// parseIndex reads [dims] of a MODEL cell or of a JSON array step.
func (p *parser) parseIndex(lo uint32, x ast.Expr) ast.Expr {
	p.enter()
	p.want(token.LBracket)
	n := &ast.Index{X: x}
	for {
		n.Dims = append(n.Dims, p.parseDim())
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RBracket)
	n.Span = p.since(lo)
	p.leave()
	return n
}

func (p *parser) parseDim() ast.Expr {
	lo := p.mark()
	switch {
	case p.is(token.ANY), p.at(token.Star):
		p.next()
		return &ast.AnyValue{Span: p.since(lo)}
	case p.is(token.FOR):
		return p.parseModelFor()
	}
	x := p.parseExpr()
	if p.gotKw(token.TO) {
		high := p.parseExpr()
		x = &ast.RangeOf{Span: p.since(lo), Low: x, High: high}
	}
	return x
}
