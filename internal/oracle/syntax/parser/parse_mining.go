package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseMiningArgs reads the arguments of the data mining functions:
//
//	PREDICTION(model [COST MODEL [AUTO] | COST (classes) VALUES ((costs), ...)] USING ...)
//	PREDICTION_PROBABILITY(OF ANOMALY, class USING ...)   PREDICTION(FOR expr USING ...)
//	CLUSTER_ID(INTO n USING ...)   FEATURE_COMPARE(model USING ... AND USING ...)
//
// FOR, INTO and OF stand as Extra of the first argument. Spec is COST (or DESC, ASC, ABS of the details
// functions) and USING; its Parts are the clause before USING and the second USING list.
func (p *parser) parseMiningArgs(c *ast.Call) {
	lo := p.mark()
	switch {
	case p.is(token.OF), p.is(token.FOR), p.is(token.INTO):
		a := p.newArg()
		a.Extra = &ast.Clause{Head: p.tok.Kw}
		p.next()
		a.Extra.Span = p.since(lo)
		if a.Extra.Head == token.OF {
			if !p.is(token.ANOMALY) {
				p.expected("ANOMALY")
			}
			a.X = p.parseIdent()
		} else {
			a.X = p.parseExpr()
		}
		a.Span = p.since(lo)
		c.Args = append(c.Args, a)
		p.moreArgs(c)
	case !p.is(token.USING):
		c.Args = append(c.Args, p.parseArg(0))
		p.moreArgs(c)
	}
	lo = p.mark()
	var cost *ast.Clause
	if p.gotKw(token.COST) {
		cost = &ast.Clause{Head: token.COST}
		if p.gotKw(token.MODEL) {
			p.gotKw(token.AUTO)
		} else {
			cost.Exprs = append(cost.Exprs, p.wantParen())
			p.wantKw(token.VALUES)
			cost.Exprs = append(cost.Exprs, p.wantParen())
		}
		cost.Span = p.since(lo)
	}
	if p.isAny(token.DESC, token.ASC, token.ABS) && p.peek(1).Is(token.USING) {
		order := &ast.Clause{Head: p.tok.Kw} // of PREDICTION_DETAILS and its kind
		p.next()
		order.Span = p.since(lo)
		cost = order
	}
	if !p.is(token.USING) {
		if cost != nil {
			p.expected("USING")
		}
		return
	}
	c.Spec = p.parseUsing()
	if cost != nil {
		c.Spec.Parts = append(c.Spec.Parts, cost)
	}
	if p.isSeq(token.AND, token.USING) {
		p.next()
		c.Spec.Parts = append(c.Spec.Parts, p.parseUsing())
	}
	c.Spec.Span = p.since(lo)
}

func (p *parser) wantParen() ast.Expr {
	if !p.at(token.LParen) {
		p.expected(kindText(token.LParen))
	}
	return p.parseParen(true)
}

// parseUsing reads USING * | expr [AS alias], ..., the source of TRANSLATE, CHR, the mining functions and
// VECTOR_EMBEDDING.
func (p *parser) parseUsing() *ast.Clause {
	lo := p.mark()
	p.wantKw(token.USING)
	c := &ast.Clause{Head: token.USING}
	for {
		ilo := p.mark()
		if p.starItem() > 0 {
			c.Items = append(c.Items, p.parseSelectItem())
		} else {
			// an operand: the AND of FEATURE_COMPARE is no operator
			it := &ast.SelectItem{X: p.parseOperand()}
			it.Alias, it.As = p.parseItemAlias()
			it.Span = p.since(ilo)
			c.Items = append(c.Items, it)
		}
		if !p.got(token.Comma) {
			break
		}
	}
	c.Span = p.since(lo)
	return c
}
