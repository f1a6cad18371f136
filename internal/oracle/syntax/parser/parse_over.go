package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseCallTail reads WITHIN GROUP, KEEP, FROM FIRST|LAST, IGNORE|RESPECT NULLS, FILTER and OVER.
func (p *parser) parseCallTail(c *ast.Call) {
	for p.tok.Kind == token.Ident && words[p.tok.Kw]&wordCallTail != 0 {
		lo := p.mark()
		n := p.peek(1)
		switch p.tok.Kw {
		case token.WITHIN:
			if !n.Is(token.GROUP) {
				return
			}
			p.skip(2)
			p.want(token.LParen)
			w := &ast.Within{OrderBy: p.parseOrderBy()}
			p.want(token.RParen)
			w.Span = p.since(lo)
			c.Within = w
		case token.KEEP:
			if n.Kind != token.LParen {
				return
			}
			p.skip(2)
			p.wantKw(token.DENSE_RANK)
			k := &ast.Keep{Last: p.is(token.LAST)}
			if p.gotAny(token.FIRST, token.LAST) == 0 {
				p.expected("FIRST", "LAST")
			}
			k.OrderBy = p.parseOrderBy()
			p.want(token.RParen)
			k.Span = p.since(lo)
			c.Keep = k
		case token.FROM:
			if !n.Is(token.FIRST) && !n.Is(token.LAST) {
				return
			}
			if t := p.peek(2); !t.Is(token.OVER) && !t.Is(token.IGNORE) && !t.Is(token.RESPECT) {
				return
			}
			p.next()
			c.FromLast = p.tok.Kw
			p.next()
		case token.IGNORE, token.RESPECT:
			if !n.Is(token.NULLS) {
				return
			}
			c.Nulls = p.tok.Kw
			p.skip(2)
		case token.FILTER:
			if n.Kind != token.LParen || !p.peek(2).Is(token.WHERE) {
				return
			}
			p.skip(3)
			c.Filter = p.parseExpr()
			p.want(token.RParen)
		case token.OVER:
			p.next()
			if n.Kind != token.LParen && !n.Name() || wordOf(n, wordReserved) {
				p.expected(kindText(token.LParen), "the name of a window")
			}
			c.Over = p.parseOver(lo)
			return
		default:
			return
		}
	}
}

// parseOver reads a window name or specification; lo is the mark of OVER.
func (p *parser) parseOver(lo uint32) *ast.Over {
	o := &ast.Over{}
	if !p.at(token.LParen) {
		o.Name = p.parseNewName()
		o.Span = p.since(lo)
		return o
	}
	p.want(token.LParen)
	if p.tok.Name() && !p.is(token.ORDER) && !(p.is(token.PARTITION) && p.peek(1).Is(token.BY)) && !p.startsFrame() {
		o.Name = p.parseNewName()
	}
	if p.gotSeq(token.PARTITION, token.BY) {
		o.Partition = p.parseExprList()
	}
	if p.is(token.ORDER) {
		o.OrderBy = p.parseOrderBy()
	}
	if p.startsFrame() {
		o.Frame = p.parseFrame()
	}
	p.want(token.RParen)
	o.Span = p.since(lo)
	return o
}

// parseApproxRank reads APPROX_RANK([PARTITION BY x] ORDER BY y DESC), whose arguments are a window.
func (p *parser) parseApproxRank() *ast.Over {
	lo := p.mark()
	o := &ast.Over{}
	if p.gotSeq(token.PARTITION, token.BY) {
		o.Partition = p.parseExprList()
	}
	o.OrderBy = p.parseOrderBy()
	o.Span = p.since(lo)
	return o
}

func (p *parser) startsFrame() bool {
	if !p.isAny(token.ROWS, token.RANGE, token.GROUPS) {
		return false
	}
	return p.peek(1).Kind != token.RParen
}

// parseFrame reads ROWS|RANGE|GROUPS bound | BETWEEN bound AND bound [EXCLUDE ...].
func (p *parser) parseFrame() *ast.Frame {
	lo := p.mark()
	f := &ast.Frame{Unit: p.tok.Kw}
	p.next()
	if p.gotKw(token.BETWEEN) {
		f.From = p.parseBound(token.FOLLOWING)
		p.wantKw(token.AND)
		f.To = p.parseBound(token.PRECEDING)
	} else {
		f.From = p.parseBound(token.FOLLOWING)
	}
	if p.gotKw(token.EXCLUDE) {
		f.Exclude = p.tok.Kw
		switch {
		case p.gotKw(token.CURRENT):
			p.wantKw(token.ROW)
		case p.gotKw(token.GROUP), p.gotKw(token.TIES):
		case p.gotKw(token.NO):
			p.wantKw(token.OTHERS)
		default:
			p.expected("CURRENT ROW", "GROUP", "TIES", "NO OTHERS")
		}
	}
	f.Span = p.since(lo)
	return f
}

// parseBound reads one end of a frame; without is the side on which UNBOUNDED cannot lie.
func (p *parser) parseBound(without token.Keyword) *ast.Bound {
	lo := p.mark()
	b := &ast.Bound{}
	switch {
	case p.is(token.CURRENT) && p.peek(1).Is(token.ROW):
		b.Kind = token.CURRENT
		p.skip(2)
	default:
		if p.is(token.UNBOUNDED) {
			b.Kind = token.UNBOUNDED
			p.next()
		} else {
			b.X = p.parseOperand()
		}
		if b.Dir = p.gotAny(token.PRECEDING, token.FOLLOWING); b.Dir == 0 {
			p.expected("PRECEDING", "FOLLOWING")
		}
		if b.Kind == token.UNBOUNDED && b.Dir == without {
			p.failAt(lo, "a frame neither begins with UNBOUNDED FOLLOWING nor ends with UNBOUNDED PRECEDING", nil, "")
		}
	}
	b.Span = p.since(lo)
	return b
}
