package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseCreate reads CREATE of anything: it looks past OR REPLACE and the modifiers to the kind of object.
func (p *parser) parseCreate() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.CREATE)
	replace := p.gotSeq(token.OR, token.REPLACE)
	p.skipSubst()
	if p.is(token.AND) { // CREATE AND RESOLVE JAVA ...
		return p.parseCreateJava(lo)
	}
	var editionable token.Keyword
	if p.isAny(token.EDITIONABLE, token.NONEDITIONABLE) {
		editionable = p.tok.Kw
		p.next()
	}
	if replace && p.isAny(token.TABLE, token.GLOBAL, token.INDEX, token.UNIQUE, token.BITMAP, token.USER) {
		p.fail("OR REPLACE does not go with "+p.tok.Kw.String(), "drop it first")
	}
	if p.startsDomainStmt() {
		return p.parseCreateDomain(lo)
	}
	switch p.tok.Kw {
	case token.TABLE, token.SHARDED, token.DUPLICATED, token.IMMUTABLE, token.BLOCKCHAIN:
		return p.parseCreateTable(lo)
	case token.GLOBAL, token.PRIVATE, token.TEMPORARY:
		return p.parseCreateTemporary(lo)
	case token.INDEX, token.UNIQUE, token.BITMAP, token.MULTIVALUE, token.VECTOR, token.HYBRID, token.SEARCH:
		return p.parseCreateIndex(lo)
	case token.VIEW, token.FORCE, token.NOFORCE, token.EDITIONING:
		return p.parseCreateView(lo, replace, editionable)
	case token.NO:
		if p.peek(1).Is(token.FORCE) && !p.peek(2).Is(token.VIEW) && !p.peek(2).Is(token.EDITIONING) &&
			!p.peek(2).Is(token.EDITIONABLE) && !p.peek(2).Is(token.NONEDITIONABLE) {
			p.expected("VIEW")
		}
		return p.parseCreateView(lo, replace, editionable)
	case token.JSON:
		if p.peek(1).Is(token.COLLECTION) && p.peek(2).Is(token.TABLE) {
			return p.parseCreateTable(lo)
		}
		return p.parseCreateView(lo, replace, editionable)
	case token.MATERIALIZED, token.SNAPSHOT:
		return p.parseCreateMaterialized(lo, replace)
	case token.SEQUENCE:
		return p.parseCreateSequence(lo, replace)
	case token.SYNONYM:
		return p.parseCreateSynonym(lo, replace, editionable)
	case token.PUBLIC:
		return p.parseCreatePublic(lo, replace, editionable)
	case token.SHARED:
		return p.parseCreateDBLink(lo)
	case token.DATABASE:
		if p.peek(1).Is(token.LINK) {
			return p.parseCreateDBLink(lo)
		}
		return p.parseCreateAdmin(lo)
	case token.USER:
		return p.parseUser(lo, false)
	case token.ROLE:
		return p.parseRole(lo, false)
	case token.DIRECTORY:
		return p.parseCreateDirectory(lo, replace)
	case token.CONTEXT:
		return p.parseCreateContext(lo, replace)
	case token.SCHEMA:
		return p.parseCreateSchema(lo)
	case token.JAVA:
		return p.parseCreateJava(lo)
	case token.PACKAGE, token.PROCEDURE, token.FUNCTION, token.TRIGGER, token.TYPE, token.LIBRARY:
		return p.parseCreateUnit(lo, replace, editionable)
	}
	return p.parseCreateAdmin(lo)
}

// parseCreateTemporary tells temporary tables from temporary tablespaces and private outlines.
func (p *parser) parseCreateTemporary(lo uint32) ast.Stmt {
	switch next := p.peek(1); {
	case next.Is(token.OUTLINE), next.Is(token.TABLESPACE):
		return p.parseCreateAdmin(lo)
	case p.is(token.TEMPORARY) && !next.Is(token.TABLE):
		return p.parseCreateAdmin(lo)
	}
	return p.parseCreateTable(lo)
}

func (p *parser) parseCreatePublic(lo uint32, replace bool, editionable token.Keyword) ast.Stmt {
	switch p.peek(1).Kw {
	case token.SYNONYM:
		return p.parseCreateSynonym(lo, replace, editionable)
	case token.DATABASE:
		return p.parseCreateDBLink(lo)
	}
	return p.parseCreateAdmin(lo)
}

func (p *parser) parseCreateDirectory(lo uint32, replace bool) ast.Stmt {
	p.wantKw(token.DIRECTORY)
	d := &ast.CreateDirectory{Replace: replace, IfNotExists: p.gotIfNotExists()}
	d.Name = p.parseName()
	if p.is(token.SHARING) {
		p.parseProp()
	}
	p.wantKw(token.AS)
	d.Path = p.parseText()
	d.Span = p.since(lo)
	return d
}

func (p *parser) parseCreateContext(lo uint32, replace bool) ast.Stmt {
	p.wantKw(token.CONTEXT)
	c := &ast.CreateContext{Replace: replace, IfNotExists: p.gotIfNotExists()}
	c.Name = p.parseName()
	p.wantKw(token.USING)
	c.Package = p.parseName()
	if p.is(token.SHARING) {
		p.parseProp()
	}
	switch c.Mode = p.gotAny(token.INITIALIZED, token.ACCESSED); c.Mode {
	case token.INITIALIZED:
		if c.Mode = p.gotAny(token.EXTERNALLY, token.GLOBALLY); c.Mode == 0 {
			p.expected("EXTERNALLY", "GLOBALLY")
		}
	case token.ACCESSED:
		p.wantKw(token.GLOBALLY)
	}
	c.Span = p.since(lo)
	return c
}

// parseCreateSchema reads CREATE SCHEMA AUTHORIZATION name {CREATE TABLE|CREATE VIEW|GRANT}, the statements
// inside without terminators.
func (p *parser) parseCreateSchema(lo uint32) ast.Stmt {
	p.wantKw(token.SCHEMA)
	if p.is(token.SYNONYM) {
		return p.parseCreateSynonym(lo, false, 0)
	}
	p.wantKw(token.AUTHORIZATION)
	p.enter()
	defer p.leave()
	s := &ast.CreateSchema{Name: p.parseIdent()}
	for {
		switch {
		case p.is(token.CREATE):
			s.Stmts = append(s.Stmts, p.parseCreate())
		case p.is(token.GRANT):
			s.Stmts = append(s.Stmts, p.parseGrant())
		default:
			s.Span = p.since(lo)
			return s
		}
	}
}
