package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parsePivot reads PIVOT [XML] (aggregates FOR columns IN (values)) behind t.
func (p *parser) parsePivot(lo uint32, t ast.TableRef) ast.TableRef {
	p.wantKw(token.PIVOT)
	v := &ast.Pivot{X: t, XML: p.gotKw(token.XML)}
	p.want(token.LParen)
	for {
		agg := p.parsePivotItem()
		if _, ok := agg.X.(*ast.Call); !ok {
			p.failAt(agg.Lo, "PIVOT takes aggregates only", nil, "")
		}
		v.Aggs = append(v.Aggs, agg)
		if !p.got(token.Comma) {
			break
		}
	}
	p.wantKw(token.FOR)
	v.For = p.parsePivotColumns()
	p.wantKw(token.IN)
	p.want(token.LParen)
	switch {
	case v.XML && p.is(token.ANY):
		v.Any = true
		for {
			p.wantKw(token.ANY)
			if !p.got(token.Comma) {
				break
			}
		}
	case v.XML && p.startsQuery():
		v.Query = p.parseSelect()
	default:
		for {
			v.In = append(v.In, p.parsePivotItem())
			if !p.got(token.Comma) {
				break
			}
		}
	}
	p.want(token.RParen)
	p.want(token.RParen)
	v.Span = p.since(lo)
	return v
}

func (p *parser) parsePivotItem() *ast.PivotItem {
	lo := p.mark()
	it := &ast.PivotItem{X: p.parseExpr()}
	if p.gotKw(token.AS) {
		it.Alias = p.parseNewName()
	} else if p.tok.Name() && !p.word(wordReserved) {
		it.Alias = p.parseIdent()
	}
	it.Span = p.since(lo)
	return it
}

// parsePivotColumns reads col or (col, col).
func (p *parser) parsePivotColumns() []*ast.Name {
	if p.at(token.LParen) {
		return p.parseColumns()
	}
	return []*ast.Name{p.parseName()}
}

// parseUnpivot reads UNPIVOT [INCLUDE|EXCLUDE NULLS] (cols FOR cols IN (cols AS values)) behind t.
func (p *parser) parseUnpivot(lo uint32, t ast.TableRef) ast.TableRef {
	p.wantKw(token.UNPIVOT)
	v := &ast.Unpivot{X: t}
	if v.Nulls = p.gotAny(token.INCLUDE, token.EXCLUDE); v.Nulls != 0 {
		p.wantKw(token.NULLS)
	}
	p.want(token.LParen)
	v.Cols = p.parsePivotColumns()
	p.wantKw(token.FOR)
	v.For = p.parsePivotColumns()
	p.wantKw(token.IN)
	p.want(token.LParen)
	for {
		ilo := p.mark()
		it := &ast.UnpivotItem{Cols: p.parsePivotColumns()}
		if p.gotKw(token.AS) {
			it.Values = p.parseOperand()
		}
		it.Span = p.since(ilo)
		v.In = append(v.In, it)
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
	p.want(token.RParen)
	v.Span = p.since(lo)
	return v
}
