package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseOrderBy reads ORDER [SIBLINGS] BY items.
func (p *parser) parseOrderBy() *ast.OrderBy { return p.parseOrderByItems(precOr) }

// parseOrderByItems is parseOrderBy for items that hold no operator weaker than limit.
func (p *parser) parseOrderByItems(limit int) *ast.OrderBy {
	lo := p.mark()
	p.wantKw(token.ORDER)
	o := &ast.OrderBy{Siblings: p.gotKw(token.SIBLINGS)}
	p.wantKw(token.BY)
	for {
		o.Items = append(o.Items, p.parseOrderItem(limit))
		if !p.got(token.Comma) {
			break
		}
	}
	o.Span = p.since(lo)
	return o
}

func (p *parser) parseOrderItem(limit int) *ast.OrderItem {
	lo := p.mark()
	it := &ast.OrderItem{X: p.parsePrec(limit)}
	if p.tok.Kind == token.Ident {
		it.Dir = p.gotAny(token.ASC, token.DESC)
		if p.is(token.NULLS) {
			p.next()
			if it.Nulls = p.gotAny(token.FIRST, token.LAST); it.Nulls == 0 {
				p.expected("FIRST", "LAST")
			}
		} else {
			it.Subst = p.parseSubst()
		}
	}
	it.Span = p.since(lo)
	return it
}

// parseRowLimit reads OFFSET and FETCH.
func (p *parser) parseRowLimit() *ast.RowLimit {
	lo := p.mark()
	r := &ast.RowLimit{}
	if p.gotKw(token.OFFSET) {
		r.Offset = p.parseOperand()
		p.wantRows()
	}
	if p.is(token.FETCH) {
		p.next()
		r.Fetch = true
		r.Accuracy = p.gotAny(token.APPROX, token.APPROXIMATE, token.EXACT)
		if p.gotAny(token.FIRST, token.NEXT) == 0 {
			p.expected("FIRST", "NEXT")
		}
		if !p.isAny(token.ROW, token.ROWS) {
			p.parseRowCount(r)
		}
		p.wantRows()
		if !p.gotKw(token.ONLY) {
			p.wantKw(token.WITH, token.TIES)
			r.Ties = true
		}
		if p.isSeq(token.WITH, token.TARGET, token.ACCURACY) {
			clo := p.mark()
			p.skip(3)
			c := &ast.Clause{Head: token.TARGET}
			c.Exprs = append(c.Exprs, p.parseOperand())
			p.gotKw(token.PERCENT)
			if p.gotKw(token.PARAMETERS) {
				p.want(token.LParen)
				for {
					c.Names = append(c.Names, p.parseIdent())
					c.Exprs = append(c.Exprs, p.parseOperand())
					if !p.got(token.Comma) {
						break
					}
				}
				p.want(token.RParen)
			}
			c.Span = p.since(clo)
			r.Target = c
		}
	}
	r.Span = p.since(lo)
	return r
}

// parseRowCount reads [n PARTITION[S] BY x ,] ... n [PERCENT].
func (p *parser) parseRowCount(r *ast.RowLimit) {
	for {
		lo := p.mark()
		n := p.parseOperand()
		if p.gotAny(token.PARTITION, token.PARTITIONS) == 0 {
			r.Count = n
			r.Percent = p.gotKw(token.PERCENT)
			return
		}
		p.wantKw(token.BY)
		by := p.parseOperand()
		r.Parts = append(r.Parts, &ast.LimitPartition{Span: p.since(lo), Count: n, By: by})
		p.want(token.Comma)
	}
}

func (p *parser) wantRows() {
	if p.gotAny(token.ROW, token.ROWS) == 0 {
		p.expected("ROW", "ROWS")
	}
}

// parseForUpdate reads FOR UPDATE [OF cols] [NOWAIT | WAIT n | SKIP LOCKED].
func (p *parser) parseForUpdate() *ast.ForUpdate {
	lo := p.mark()
	p.wantKw(token.FOR, token.UPDATE)
	f := &ast.ForUpdate{}
	if p.gotKw(token.OF) {
		for {
			if p.word(wordReserved) {
				p.expected("a column")
			}
			f.Of = append(f.Of, p.parseName())
			if !p.got(token.Comma) {
				break
			}
		}
	}
	switch {
	case p.gotKw(token.NOWAIT):
		f.Mode = token.NOWAIT
	case p.gotKw(token.WAIT):
		f.Mode = token.WAIT
		f.Wait = p.parseOperand()
	case p.isSeq(token.SKIP, token.LOCKED):
		p.skip(2)
		f.Mode = token.SKIP
	}
	f.Span = p.since(lo)
	return f
}
