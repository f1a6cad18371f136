package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseModel reads the MODEL clause.
func (p *parser) parseModel() *ast.Model {
	lo := p.mark()
	p.wantKw(token.MODEL)
	m := &ast.Model{Options: p.parseModelOptions()}
	if p.gotKw(token.RETURN) {
		if m.Return = p.gotAny(token.UPDATED, token.ALL); m.Return == 0 {
			p.expected("UPDATED", "ALL")
		}
		p.wantKw(token.ROWS)
	}
	for p.is(token.REFERENCE) {
		rlo := p.mark()
		p.next()
		r := &ast.ModelRef{Name: p.parseNewName()}
		p.wantKw(token.ON)
		p.want(token.LParen)
		r.Query = p.parseSelect()
		p.want(token.RParen)
		r.Cols = p.parseModelColumns()
		r.Options = p.parseModelOptions()
		r.Span = p.since(rlo)
		m.Refs = append(m.Refs, r)
	}
	if p.gotKw(token.MAIN) {
		m.Name = p.parseNewName()
	}
	m.Cols = p.parseModelColumns()
	m.Main = p.parseModelOptions()
	m.Rules = p.parseModelRules()
	m.Span = p.since(lo)
	return m
}

// parseModelOptions reads IGNORE|KEEP NAV and UNIQUE DIMENSION|SINGLE REFERENCE; nil without them.
func (p *parser) parseModelOptions() *ast.ModelOptions {
	lo := p.mark()
	o := &ast.ModelOptions{}
	for {
		switch {
		case o.Nav == 0 && p.isAny(token.IGNORE, token.KEEP) && p.peek(1).Is(token.NAV):
			o.Nav = p.tok.Kw
			p.skip(2)
		case o.Unique == 0 && p.is(token.UNIQUE):
			p.next()
			if p.gotKw(token.DIMENSION) {
				o.Unique = token.DIMENSION
			} else {
				p.wantKw(token.SINGLE, token.REFERENCE)
				o.Unique = token.SINGLE
			}
		default:
			if o.Nav == 0 && o.Unique == 0 {
				return nil
			}
			o.Span = p.since(lo)
			return o
		}
	}
}

func (p *parser) parseModelColumns() *ast.ModelColumns {
	lo := p.mark()
	c := &ast.ModelColumns{}
	if p.gotSeq(token.PARTITION, token.BY) {
		c.Partition = p.parseModelColumnList()
	}
	p.wantKw(token.DIMENSION, token.BY)
	c.Dimension = p.parseModelColumnList()
	p.wantKw(token.MEASURES)
	c.Measures = p.parseModelColumnList()
	c.Span = p.since(lo)
	return c
}

func (p *parser) parseModelColumnList() []*ast.SelectItem {
	p.want(token.LParen)
	var list []*ast.SelectItem
	for {
		list = append(list, p.parseSelectItem())
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
	return list
}

func (p *parser) parseModelRules() *ast.ModelRules {
	lo := p.mark()
	r := &ast.ModelRules{}
	p.gotKw(token.RULES)
	if r.Mode = p.gotAny(token.UPDATE, token.UPSERT); r.Mode == token.UPSERT {
		r.All = p.gotKw(token.ALL)
	}
	if r.Order = p.gotAny(token.AUTOMATIC, token.SEQUENTIAL); r.Order != 0 {
		p.wantKw(token.ORDER)
	}
	if p.gotKw(token.ITERATE) {
		p.want(token.LParen)
		r.Iterate = p.parseExpr()
		p.want(token.RParen)
		if p.gotKw(token.UNTIL) {
			p.want(token.LParen)
			r.Until = p.parseExpr()
			p.want(token.RParen)
		}
	}
	p.want(token.LParen)
	if !p.at(token.RParen) {
		for {
			r.Rules = append(r.Rules, p.parseModelRule())
			if !p.got(token.Comma) {
				break
			}
		}
	}
	p.want(token.RParen)
	r.Span = p.since(lo)
	return r
}

// parseModelRule reads [UPDATE|UPSERT [ALL]] cell [ORDER BY ...] = expr.
func (p *parser) parseModelRule() *ast.ModelRule {
	lo := p.mark()
	r := &ast.ModelRule{}
	if p.isAny(token.UPDATE, token.UPSERT) && p.peek(1).Kind != token.LBracket {
		r.Mode = p.tok.Kw
		p.next()
		r.All = r.Mode == token.UPSERT && p.gotKw(token.ALL)
	}
	clo := p.mark()
	name := p.parseNameOperand(clo)
	if !p.at(token.LBracket) {
		p.expected("\"[\"")
	}
	r.Cell = p.parseIndex(clo, name)
	if p.is(token.ORDER) {
		r.OrderBy = p.parseOrderByItems(precMultiset) // the "=" behind it belongs to the rule
	}
	p.want(token.EQ)
	r.X = p.parseExpr()
	r.Span = p.since(lo)
	return r
}

// parseModelFor reads a FOR loop over cells: FOR d IN (...), FOR (a, b) IN (...), FOR d [LIKE p] FROM x TO y
// INCREMENT|DECREMENT z.
func (p *parser) parseModelFor() ast.Expr {
	lo := p.mark()
	p.wantKw(token.FOR)
	f := &ast.ModelFor{}
	if p.at(token.LParen) {
		f.Cols = p.parseNameList()
	} else {
		f.Cols = []*ast.Name{p.parseIdent()}
	}
	if p.gotKw(token.IN) {
		if !p.at(token.LParen) {
			p.expected(kindText(token.LParen))
		}
		f.In = p.parseParen(true)
		f.Span = p.since(lo)
		return f
	}
	if p.gotKw(token.LIKE) {
		f.Like = p.parseOperand()
	}
	p.wantKw(token.FROM)
	f.From = p.parseOperand()
	p.wantKw(token.TO)
	f.To = p.parseOperand()
	if f.Decrement = p.is(token.DECREMENT); !f.Decrement && !p.is(token.INCREMENT) {
		p.expected("INCREMENT", "DECREMENT")
	}
	p.next()
	f.Step = p.parseOperand()
	f.Span = p.since(lo)
	return f
}
