package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseExplain reads EXPLAIN PLAN [SET STATEMENT_ID = 'x'] [INTO table] FOR statement.
func (p *parser) parseExplain() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.EXPLAIN, token.PLAN)
	e := &ast.ExplainPlan{}
	if p.gotKw(token.SET) {
		p.wantKw(token.STATEMENT_ID)
		p.want(token.EQ)
		e.ID = p.parseText()
	}
	if p.gotKw(token.INTO) {
		e.Into = p.parseName()
	}
	p.wantKw(token.FOR)
	p.enter()
	e.Stmt = p.parseStatement()
	p.leave()
	e.Span = p.since(lo)
	return e
}

// parseCallStatement reads CALL routine(args) [INTO :bind [[INDICATOR] :bind]].
func (p *parser) parseCallStatement() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.CALL)
	c := &ast.SQLCall{Call: p.parseExpr()}
	if p.gotKw(token.INTO) {
		c.Into = p.parseExpr()
		if p.gotKw(token.INDICATOR) || p.at(token.Bind) {
			c.Indicator = p.parseExpr()
		}
	}
	c.Span = p.since(lo)
	return c
}
