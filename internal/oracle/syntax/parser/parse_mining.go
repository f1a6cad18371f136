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
// Spec is the USING list, its Parts the other clauses in source order.
func (p *parser) parseMiningArgs(c *ast.Call) {
	var parts []*ast.Clause
	lo := p.mark()
	switch {
	case p.isSeq(token.OF, token.ANOMALY):
		p.skip(2)
		parts = append(parts, &ast.Clause{Span: p.since(lo), Head: token.ANOMALY})
		p.moreArgs(c)
	case p.is(token.FOR), p.is(token.INTO):
		head := p.tok.Kw
		p.next()
		parts = append(parts, &ast.Clause{Head: head, Exprs: []ast.Expr{p.parseExpr()}})
		parts[0].Span = p.since(lo)
		p.moreArgs(c)
	case !p.is(token.USING):
		c.Args = append(c.Args, p.parseArg(0))
		p.moreArgs(c)
	}
	if clo := p.mark(); p.gotKw(token.COST) {
		cost := &ast.Clause{Head: token.COST}
		if p.gotKw(token.MODEL) {
			p.gotKw(token.AUTO)
		} else {
			cost.Exprs = append(cost.Exprs, p.wantParen())
			p.wantKw(token.VALUES)
			cost.Exprs = append(cost.Exprs, p.wantParen())
		}
		cost.Span = p.since(clo)
		parts = append(parts, cost)
	}
	ulo := p.mark()
	if !p.is(token.USING) {
		if len(parts) > 0 {
			p.expected("USING")
		}
		return
	}
	c.Spec = p.parseUsing()
	c.Parts = parts
	for p.isSeq(token.AND, token.USING) {
		p.next()
		c.Spec.Parts = append(c.Spec.Parts, p.parseUsing())
	}
	c.Spec.Span = p.since(ulo)
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
