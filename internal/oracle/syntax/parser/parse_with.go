package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseWith reads WITH [functions and procedures] name [(cols)] AS (query) [SEARCH ...] [CYCLE ...], ...
func (p *parser) parseWith() *ast.With {
	lo := p.mark()
	p.wantKw(token.WITH)
	w := &ast.With{}
	for p.isAny(token.FUNCTION, token.PROCEDURE) && p.peek(1).Name() && !p.peek(1).Is(token.AS) {
		p.plsql++
		w.Decls = append(w.Decls, p.parseSubprogramDecl())
		p.plsql--
		p.got(token.Semi)
	}
	if len(w.Decls) > 0 && (p.is(token.SELECT) || p.at(token.LParen)) {
		w.Span = p.since(lo)
		return w
	}
	for {
		w.Items = append(w.Items, p.parseCTE())
		if !p.got(token.Comma) {
			break
		}
	}
	w.Span = p.since(lo)
	return w
}

func (p *parser) parseCTE() *ast.CTE {
	lo := p.mark()
	c := &ast.CTE{Name: p.parseNewName()}
	if p.at(token.LParen) {
		c.Cols = p.parseNameList()
	}
	if p.isSeq(token.ANALYTIC, token.VIEW, token.AS) {
		vlo := p.mark()
		p.skip(3)
		c.View = p.parseBalanced(vlo, token.ANALYTIC)
		c.Span = p.since(lo)
		return c
	}
	p.wantKw(token.AS)
	p.want(token.LParen)
	c.Query = p.parseSelect()
	p.want(token.RParen)
	for {
		switch {
		case c.Search == nil && p.is(token.SEARCH):
			c.Search = p.parseSearch()
		case c.Cycle == nil && p.is(token.CYCLE):
			c.Cycle = p.parseCycle()
		default:
			c.Span = p.since(lo)
			return c
		}
	}
}

// parseSearch reads SEARCH DEPTH|BREADTH FIRST BY cols SET name. Head is DEPTH or BREADTH, the last of Names
// the ordering column, Items the search columns.
func (p *parser) parseSearch() *ast.Clause {
	lo := p.mark()
	p.wantKw(token.SEARCH)
	c := &ast.Clause{}
	if c.Head = p.gotAny(token.DEPTH, token.BREADTH); c.Head == 0 {
		p.expected("DEPTH", "BREADTH")
	}
	p.wantKw(token.FIRST, token.BY)
	for {
		c.Items = append(c.Items, p.parseOrderItem(precOr))
		if !p.got(token.Comma) {
			break
		}
	}
	p.wantKw(token.SET)
	c.Names = append(c.Names, p.parseNewName())
	c.Span = p.since(lo)
	return c
}

// parseCycle reads CYCLE cols SET name TO value DEFAULT value. The last of Names is the mark column, Exprs are
// the two values.
func (p *parser) parseCycle() *ast.Clause {
	lo := p.mark()
	p.wantKw(token.CYCLE)
	c := &ast.Clause{Head: token.CYCLE}
	for {
		c.Names = append(c.Names, p.parseNewName())
		if !p.got(token.Comma) {
			break
		}
	}
	p.wantKw(token.SET)
	c.Names = append(c.Names, p.parseNewName())
	p.wantKw(token.TO)
	c.Exprs = append(c.Exprs, p.parseOperand())
	p.wantKw(token.DEFAULT)
	c.Exprs = append(c.Exprs, p.parseOperand())
	c.Span = p.since(lo)
	return c
}
