package parser

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseEscapeCall reads a JDBC or ODBC call as a statement: {call p(?)} and {? = call f(?)}, whose bind is Into.
func (p *parser) parseEscapeCall() ast.Stmt {
	lo := p.mark()
	p.want(token.LBrace)
	c := &ast.SQLCall{}
	if p.at(token.Question) || p.at(token.Bind) {
		c.Into = p.parseBind(p.mark())
		p.want(token.EQ)
	}
	p.wantKw(token.CALL)
	at := p.mark()
	c.Call = p.parseNameChain(at, p.parseNameOperand(at))
	p.want(token.RBrace)
	c.Span = p.since(lo)
	return c
}

// parseEscape reads a JDBC escape: {fn f(x)}, {d '2020-01-01'}, {t '...'}, {ts '...'}; {oj ...} is read in FROM.
func (p *parser) parseEscape(lo uint32) ast.Expr {
	p.want(token.LBrace)
	if !p.at(token.Ident) {
		p.expected("fn, d, t or ts")
	}
	switch strings.ToLower(p.f.Text(p.i)) {
	case "fn", "d", "t", "ts":
		p.next()
	default:
		p.expected("fn, d, t or ts")
	}
	x := p.parseExpr()
	p.want(token.RBrace)
	return &ast.Paren{Span: p.since(lo), X: x}
}
