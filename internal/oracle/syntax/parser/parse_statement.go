package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseStatement reads one statement of a script up to, not including, its terminator. A PL/SQL unit takes
// its own last ';' with it only when more of the unit follows; the one after END stays for the caller.
func (p *parser) parseStatement() ast.Stmt {
	lo := p.mark()
	switch {
	case p.at(token.LParen), p.is(token.SELECT), p.is(token.WITH):
		q := p.parseSelect()
		return &ast.SelectStmt{Span: p.since(lo), Query: q}
	case p.is(token.INSERT):
		return p.parseInsert()
	case p.is(token.UPDATE):
		return p.parseUpdate()
	case p.is(token.DELETE):
		return p.parseDelete()
	case p.is(token.MERGE):
		return p.parseMerge()
	case p.is(token.CREATE):
		return p.parseCreate()
	case p.is(token.ALTER):
		return p.parseAlter()
	case p.is(token.DECLARE), p.is(token.BEGIN), p.at(token.LLabel):
		return p.parseBlock()
	case p.at(token.LBrace):
		return p.parseEscapeCall()
	}
	return p.parseOtherStatement()
}
