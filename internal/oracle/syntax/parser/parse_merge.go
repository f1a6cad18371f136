package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseMerge reads MERGE INTO target USING source ON (cond) with its branches in either order.
func (p *parser) parseMerge() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.MERGE)
	p.wantKw(token.INTO)
	s := &ast.Merge{Target: p.parseTargetTable()}
	p.wantKw(token.USING)
	s.Source = p.parseTableRef()
	p.wantKw(token.ON)
	s.On = p.parseExpr()
	for p.is(token.WHEN) {
		wlo := p.mark()
		p.next()
		if p.gotKw(token.NOT) {
			if s.Unmatched != nil {
				p.fail("a second WHEN NOT MATCHED", "")
			}
			p.wantKw(token.MATCHED, token.THEN, token.INSERT)
			s.Unmatched = p.parseMergeInsert(wlo)
			continue
		}
		if s.Matched != nil {
			p.fail("a second WHEN MATCHED", "")
		}
		p.wantKw(token.MATCHED, token.THEN)
		s.Matched = p.parseMergeUpdate(wlo)
	}
	if s.Matched == nil && s.Unmatched == nil {
		p.expected("WHEN")
	}
	s.Returning = p.parseReturning()
	s.LogErrors = p.parseLogErrors()
	s.Span = p.since(lo)
	return s
}

func (p *parser) parseMergeUpdate(lo uint32) *ast.MergeMatched {
	m := &ast.MergeMatched{}
	p.wantKw(token.UPDATE, token.SET)
	m.Set = p.parseAssigns()
	if p.gotKw(token.WHERE) {
		m.Where = p.parseExpr()
	}
	if p.gotKw(token.DELETE) {
		p.wantKw(token.WHERE)
		m.DeleteWhere = p.parseExpr()
	}
	m.Span = p.since(lo)
	return m
}

func (p *parser) parseMergeInsert(lo uint32) *ast.MergeInsert {
	m := &ast.MergeInsert{}
	if p.at(token.LParen) {
		m.Cols = p.parseColumns()
	}
	p.wantKw(token.VALUES)
	if p.at(token.LParen) {
		m.Values = p.parseParen(true)
	} else {
		m.Values = p.parseOperand()
	}
	if p.gotKw(token.WHERE) {
		m.Where = p.parseExpr()
	}
	m.Span = p.since(lo)
	return m
}
