package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseJoins reads the joins behind t from left to right.
func (p *parser) parseJoins(lo uint32, t ast.TableRef) ast.TableRef {
	for chain := 0; p.word(wordTableStop); chain++ {
		if chain > MaxChain {
			p.fail("too many joins", "")
		}
		j := &ast.Join{Left: t}
		if p.is(token.PARTITION) && p.peek(1).Is(token.BY) {
			j.LeftPartition = p.parsePartitionBy()
		}
		if !p.joinHead(j) {
			if j.LeftPartition != nil {
				p.expected("a join")
			}
			return t
		}
		rlo := p.mark()
		j.Right = p.parseTablePrimary()
		if p.is(token.PARTITION) && p.peek(1).Is(token.BY) {
			j.RightPartition = p.parsePartitionBy()
		}
		if j.Kind != token.CROSS && !j.Natural && !j.Apply {
			p.parseJoinCondition(rlo, j)
		}
		j.Span = p.since(lo)
		t = j
		if p.isAny(token.PIVOT, token.UNPIVOT, token.MATCH_RECOGNIZE) {
			t = p.parseTableTail(lo, t) // behind ON or USING a pivot takes the whole join
		}
	}
	return t
}

// parseJoinCondition reads ON or USING. Where neither follows the right side, joins nest to the right:
// a JOIN b JOIN c ON ... ON ...
func (p *parser) parseJoinCondition(rlo uint32, j *ast.Join) {
	if !p.is(token.ON) && !p.is(token.USING) {
		p.enter()
		nested := p.parseNestedJoin(rlo, j.Right)
		p.leave()
		j.Right = nested
	}
	switch {
	case p.gotKw(token.ON):
		j.On = p.parseExpr()
	case p.gotKw(token.USING):
		j.Using = p.parseNameList()
	default:
		p.expected("ON", "USING")
	}
}

// parseNestedJoin reads joins behind t up to the ON that belongs to the join around.
func (p *parser) parseNestedJoin(lo uint32, t ast.TableRef) ast.TableRef {
	for !p.is(token.ON) && !p.is(token.USING) {
		j := &ast.Join{Left: t}
		if !p.joinHead(j) {
			p.expected("ON", "USING")
		}
		rlo := p.mark()
		j.Right = p.parseTablePrimary()
		if j.Kind != token.CROSS && !j.Natural && !j.Apply {
			p.parseJoinCondition(rlo, j)
		}
		j.Span = p.since(lo)
		t = j
	}
	return t
}

func (p *parser) parsePartitionBy() []ast.Expr {
	p.wantKw(token.PARTITION, token.BY)
	if p.at(token.LParen) {
		p.next()
		list := p.parseExprList()
		p.want(token.RParen)
		return list
	}
	return p.parseExprList()
}

// joinHead takes the words of a join into j; false when none begins here.
func (p *parser) joinHead(j *ast.Join) bool {
	n := p.peek(1)
	switch p.tok.Kw {
	case token.JOIN:
		j.Kind = token.INNER
		p.next()
	case token.INNER:
		if !n.Is(token.JOIN) {
			return false
		}
		j.Kind = token.INNER
		p.skip(2)
	case token.LEFT, token.RIGHT, token.FULL:
		if !n.Is(token.JOIN) && !n.Is(token.OUTER) {
			return false
		}
		p.joinSide(j)
	case token.CROSS, token.OUTER:
		switch {
		case n.Is(token.APPLY):
			j.Apply = true
		case !n.Is(token.JOIN) || p.is(token.OUTER):
			return false
		}
		j.Kind = p.tok.Kw
		p.skip(2)
	case token.NATURAL:
		j.Natural = true
		p.next()
		switch p.tok.Kw {
		case token.LEFT, token.RIGHT, token.FULL:
			p.joinSide(j)
		default:
			j.Kind = token.INNER
			p.gotKw(token.INNER)
			p.wantKw(token.JOIN)
		}
	default:
		return false
	}
	return true
}

func (p *parser) joinSide(j *ast.Join) {
	j.Kind = p.tok.Kw
	p.next()
	p.gotKw(token.OUTER)
	p.wantKw(token.JOIN)
}
