package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseCreateJava reads [AND {RESOLVE|COMPILE}] [NOFORCE] JAVA {SOURCE|RESOURCE|CLASS} ... USING ..., a unit whose text
// lies elsewhere. The forms with text behind AS are ast.ForeignUnit: the script loop reads them.
func (p *parser) parseCreateJava(lo uint32) ast.Stmt {
	if p.gotKw(token.AND) && p.gotAny(token.RESOLVE, token.COMPILE) == 0 {
		p.expected("RESOLVE", "COMPILE")
	}
	p.gotKw(token.NOFORCE)
	p.wantKw(token.JAVA)
	a := &ast.AdminStmt{Verb: token.CREATE, Object: token.JAVA}
	switch p.gotAny(token.SOURCE, token.RESOURCE, token.CLASS) {
	case 0:
		p.expected("SOURCE", "RESOURCE", "CLASS")
	case token.CLASS:
		if p.gotKw(token.SCHEMA) {
			a.Names = append(a.Names, p.parseIdent())
		}
	}
	p.gotIfNotExists()
	if p.gotKw(token.NAMED) {
		a.Names = append(a.Names, p.parseName())
	}
	for !p.is(token.USING) && !p.atEnd() {
		if p.at(token.LParen) {
			p.skipParens()
			continue
		}
		p.next()
	}
	p.wantKw(token.USING)
	p.skipRest()
	a.Span = p.since(lo)
	return a
}
