package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseMatch reads MATCH_RECOGNIZE (...) behind t.
func (p *parser) parseMatch(lo uint32, t ast.TableRef) ast.TableRef {
	p.wantKw(token.MATCH_RECOGNIZE)
	p.want(token.LParen)
	m := &ast.MatchRecognize{X: t}
	if p.gotSeq(token.PARTITION, token.BY) {
		m.Partition = p.parseExprList()
	}
	if p.is(token.ORDER) {
		m.OrderBy = p.parseOrderBy()
	}
	if p.gotKw(token.MEASURES) {
		for {
			m.Measures = append(m.Measures, p.parseMeasure())
			if !p.got(token.Comma) {
				break
			}
		}
	}
	m.Rows = p.parseRowsPerMatch()
	if p.isSeq(token.AFTER, token.MATCH) {
		m.Skip = p.parseMatchSkip()
	}
	p.wantKw(token.PATTERN)
	p.want(token.LParen)
	m.Pattern = p.parsePatternAlt()
	p.want(token.RParen)
	if p.gotKw(token.SUBSET) {
		for {
			slo := p.mark()
			s := &ast.MatchSubset{Name: p.parseNewName()}
			p.want(token.EQ)
			s.Names = p.parseNameList()
			s.Span = p.since(slo)
			m.Subsets = append(m.Subsets, s)
			if !p.got(token.Comma) {
				break
			}
		}
	}
	p.wantKw(token.DEFINE)
	for {
		dlo := p.mark()
		d := &ast.SelectItem{As: true, Alias: p.parseNewName()}
		p.wantKw(token.AS)
		d.X = p.parseExpr()
		d.Span = p.since(dlo)
		m.Define = append(m.Define, d)
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
	m.Span = p.since(lo)
	return m
}

// parseMeasure reads [FINAL|RUNNING] expr AS name.
func (p *parser) parseMeasure() *ast.SelectItem {
	lo := p.mark()
	it := &ast.SelectItem{As: true}
	if p.isAny(token.FINAL, token.RUNNING) && startsOperand(p.peek(1)) && p.peek(1).Kind != token.LParen {
		op := p.tok
		p.next()
		x := p.parseExpr()
		it.X = &ast.Unary{Span: p.since(lo), Op: op, X: x}
	} else {
		it.X = p.parseExpr()
	}
	p.wantKw(token.AS)
	it.Alias = p.parseNewName()
	it.Span = p.since(lo)
	return it
}

// parseRowsPerMatch reads ONE ROW PER MATCH | ALL ROWS PER MATCH [...]; nil without it.
func (p *parser) parseRowsPerMatch() *ast.Clause {
	lo := p.mark()
	var c *ast.Clause
	switch {
	case p.isSeq(token.ONE, token.ROW):
		c = &ast.Clause{Head: token.ONE}
		p.skip(2)
		p.wantKw(token.PER, token.MATCH)
	case p.isSeq(token.ALL, token.ROWS):
		c = &ast.Clause{Head: token.ALL}
		p.skip(2)
		p.wantKw(token.PER, token.MATCH)
		switch {
		case p.isAny(token.SHOW, token.OMIT):
			p.next()
			p.wantKw(token.EMPTY, token.MATCHES)
		case p.gotKw(token.WITH):
			p.wantKw(token.UNMATCHED, token.ROWS)
		}
	default:
		return nil
	}
	c.Span = p.since(lo)
	return c
}

// parseMatchSkip reads AFTER MATCH SKIP PAST LAST ROW | TO NEXT ROW | TO [FIRST|LAST] variable. Head is PAST,
// NEXT, FIRST, LAST or TO.
func (p *parser) parseMatchSkip() *ast.Clause {
	lo := p.mark()
	p.wantKw(token.AFTER, token.MATCH, token.SKIP)
	c := &ast.Clause{Head: p.tok.Kw}
	if p.gotKw(token.PAST) {
		p.wantKw(token.LAST, token.ROW)
	} else {
		p.wantKw(token.TO)
		switch {
		case p.isSeq(token.NEXT, token.ROW):
			c.Head = token.NEXT
			p.skip(2)
		default:
			if p.isAny(token.FIRST, token.LAST) && p.peek(1).Name() && !p.peek(1).Is(token.PATTERN) {
				c.Head = p.tok.Kw
				p.next()
			}
			c.Names = append(c.Names, p.parseIdent())
		}
	}
	c.Span = p.since(lo)
	return c
}

// parsePatternAlt reads a row pattern: a | b c*.
func (p *parser) parsePatternAlt() *ast.Pattern {
	p.enter()
	lo := p.mark()
	x := p.parsePatternSeq()
	if p.at(token.Bar) {
		alt := &ast.Pattern{Kind: token.Bar, Items: []*ast.Pattern{x}}
		for p.got(token.Bar) {
			alt.Items = append(alt.Items, p.parsePatternSeq())
		}
		alt.Span = p.since(lo)
		x = alt
	}
	p.leave()
	return x
}

func (p *parser) parsePatternSeq() *ast.Pattern {
	lo := p.mark()
	x := p.parsePatternItem()
	if p.startsPattern() {
		seq := &ast.Pattern{Kind: token.Comma, Items: []*ast.Pattern{x}}
		for p.startsPattern() {
			seq.Items = append(seq.Items, p.parsePatternItem())
		}
		seq.Span = p.since(lo)
		x = seq
	}
	return x
}

func (p *parser) startsPattern() bool {
	switch p.tok.Kind {
	case token.Ident, token.QuotedIdent, token.LParen, token.LBrace, token.Caret, token.Dollar:
		return true
	}
	return false
}

// parsePatternItem reads one factor with its quantifier.
func (p *parser) parsePatternItem() *ast.Pattern {
	lo := p.mark()
	x := &ast.Pattern{Kind: p.tok.Kind}
	switch p.tok.Kind {
	case token.Ident, token.QuotedIdent:
		if p.is(token.PERMUTE) && p.peek(1).Kind == token.LParen {
			p.skip(2)
			x.Kind = token.Ident
			for {
				x.Items = append(x.Items, p.parsePatternAlt())
				if !p.got(token.Comma) {
					break
				}
			}
			p.want(token.RParen)
			break
		}
		x.Kind = 0
		x.Name = p.parseNewName()
	case token.LParen:
		p.next()
		if !p.at(token.RParen) {
			x.Items = []*ast.Pattern{p.parsePatternAlt()}
		}
		p.want(token.RParen)
	case token.LBrace:
		p.next()
		p.want(token.Minus)
		x.Items = []*ast.Pattern{p.parsePatternAlt()}
		p.want(token.Minus)
		p.want(token.RBrace)
	case token.Caret, token.Dollar:
		p.next()
	default:
		p.expected("a row pattern")
	}
	x.Quant = p.parseQuantifier(x)
	x.Span = p.since(lo)
	return x
}

// parseQuantifier reads * + ? {n} {n,} {,m} {n,m}, each with ? for reluctant; nil without one.
func (p *parser) parseQuantifier(x *ast.Pattern) *ast.Clause {
	lo := p.mark()
	q := &ast.Clause{}
	switch p.tok.Kind {
	case token.Star, token.Plus, token.Question:
		p.next()
	case token.LBrace:
		if p.peek(1).Kind == token.Minus {
			return nil
		}
		p.next()
		if !p.at(token.Comma) {
			q.Exprs = append(q.Exprs, p.parseOperand())
		}
		if p.got(token.Comma) && !p.at(token.RBrace) {
			q.Exprs = append(q.Exprs, p.parseOperand())
		}
		p.want(token.RBrace)
	default:
		return nil
	}
	x.Reluctant = p.got(token.Question)
	q.Span = p.since(lo)
	return q
}
