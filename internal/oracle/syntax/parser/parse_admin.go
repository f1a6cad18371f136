package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Statements for administrators are split, classified and kept whole: verb, object, names, and then whatever
// follows as long as its parentheses balance.

// parseAdmin reads the name and the rest of a statement whose kind words are consumed.
func (p *parser) parseAdmin(lo uint32, verb, object token.Keyword) ast.Stmt {
	a := &ast.AdminStmt{Verb: verb, Object: object}
	if !p.gotIfNotExists() {
		p.gotIfExists()
	}
	if p.tok.Name() {
		a.Names = append(a.Names, p.parseLinkName())
	}
	p.wantChange(verb)
	p.skipRest()
	a.Span = p.since(lo)
	return a
}

// wantChange fails when an ALTER says nothing about what to change.
func (p *parser) wantChange(verb token.Keyword) {
	if verb == token.ALTER && p.atEnd() {
		p.expected("what to change")
	}
}

// parseNameless is parseAdmin for statements that name nothing: ALTER SYSTEM, CREATE CONTROLFILE.
func (p *parser) parseNameless(lo uint32, verb, object token.Keyword) ast.Stmt {
	p.wantChange(verb)
	p.skipRest()
	return &ast.AdminStmt{Span: p.since(lo), Verb: verb, Object: object}
}

// parseCreateAdmin reads CREATE of what has no node of its own; the current token is the first word of the kind.
func (p *parser) parseCreateAdmin(lo uint32) ast.Stmt {
	object, named := p.parseAdminKind()
	if object == 0 {
		p.expected("TABLE", "VIEW", "INDEX", "SEQUENCE or another kind of object")
	}
	if !named {
		return p.parseNameless(lo, token.CREATE, object)
	}
	if !p.tok.Name() {
		p.expected("a name")
	}
	return p.parseAdmin(lo, token.CREATE, object)
}

// parseAdminKind reads the words that name a kind of object for administrators; 0 when there is none. It
// tells whether a name follows.
func (p *parser) parseAdminKind() (object token.Keyword, named bool) {
	for p.isAny(token.BIGFILE, token.SMALLFILE, token.TEMPORARY, token.LOCAL, token.UNDO, token.PUBLIC, token.PRIVATE,
		token.CLEAN, token.MANDATORY, token.SHARED, token.USECASE, token.FLEXIBLE) {
		p.next()
	}
	if p.tok.Kind != token.Ident {
		return 0, false
	}
	object, named = p.tok.Kw, true
	var second token.Keyword
	switch object {
	case token.TABLESPACE:
		p.next()
		p.gotKw(token.SET)
		return object, true
	case token.DATABASE:
		p.next()
		if p.gotKw(token.LINK) {
			return token.LINK, true
		}
		return object, p.tok.Name()
	case token.PROFILE, token.CLUSTER, token.DIMENSION, token.OPERATOR, token.INDEXTYPE, token.OUTLINE, token.EDITION,
		token.DISKGROUP, token.HIERARCHY, token.DOMAIN, token.ASSERTION:
	case token.CONTROLFILE, token.SPFILE, token.PFILE:
		named = false
	case token.ROLLBACK:
		second = token.SEGMENT
	case token.RESTORE:
		second = token.POINT
	case token.AUDIT:
		second = token.POLICY
	case token.FLASHBACK:
		second = token.ARCHIVE
	case token.LOCKDOWN:
		second = token.PROFILE
	case token.PLUGGABLE:
		second = token.DATABASE
	case token.INMEMORY:
		p.next()
		p.wantKw(token.JOIN)
		second = token.GROUP
		p.wantKw(second)
		return object, true
	case token.ANALYTIC:
		second = token.VIEW
	case token.ATTRIBUTE:
		second = token.DIMENSION
	case token.PROPERTY:
		second = token.GRAPH
	case token.PMEM:
		second = token.FILESTORE
	case token.TRUE:
		second = token.CACHE
	case token.MLE:
		p.next()
		if p.gotAny(token.ENV, token.MODULE) == 0 {
			p.expected("MODULE", "ENV")
		}
		return object, true
	case token.LOGICAL:
		p.next()
		p.wantKw(token.PARTITION, token.TRACKING)
		return object, false
	case token.MINING:
		second = token.MODEL
	default:
		return 0, false
	}
	p.next()
	if second != 0 {
		p.wantKw(second)
	}
	return object, named
}

// parseOtherStatement reads everything that is neither a query, DML, CREATE, ALTER nor a block.
func (p *parser) parseOtherStatement() ast.Stmt {
	lo := p.mark()
	if p.tok.Kind != token.Ident {
		p.expected("a statement")
	}
	switch verb := p.tok.Kw; verb {
	case token.COMMENT:
		return p.parseComment()
	case token.GRANT, token.REVOKE:
		return p.parseGrant()
	case token.DROP:
		return p.parseDrop()
	case token.TRUNCATE:
		return p.parseTruncate()
	case token.RENAME:
		return p.parseRename()
	case token.LOCK:
		return p.parseLockTable()
	case token.COMMIT, token.ROLLBACK, token.SAVEPOINT, token.SET:
		return p.parseTransaction()
	case token.EXPLAIN:
		return p.parseExplain()
	case token.CALL:
		return p.parseCallStatement()
	case token.PURGE:
		return p.parsePurgeStatement(lo)
	case token.FLASHBACK:
		return p.parseFlashbackStatement(lo)
	case token.ANALYZE:
		return p.parseAnalyze(lo)
	case token.ASSOCIATE, token.DISASSOCIATE:
		p.next()
		p.wantKw(token.STATISTICS)
		if !p.is(token.WITH) && !p.is(token.FROM) {
			p.expected("WITH", "FROM")
		}
		return p.parseNameless(lo, verb, token.STATISTICS)
	case token.AUDIT, token.NOAUDIT:
		return p.parseAudit(lo)
	case token.ADMINISTER:
		p.next()
		p.wantKw(token.KEY, token.MANAGEMENT)
		return p.parseNameless(lo, verb, token.KEY)
	}
	p.expected("a statement")
	return nil
}

func (p *parser) parsePurgeStatement(lo uint32) ast.Stmt {
	p.next()
	a := &ast.AdminStmt{Verb: token.PURGE, Object: p.tok.Kw}
	switch p.gotAny(token.TABLE, token.INDEX, token.TABLESPACE, token.RECYCLEBIN, token.DBA_RECYCLEBIN) {
	case token.TABLE, token.INDEX:
		a.Names = append(a.Names, p.parseName())
	case token.TABLESPACE:
		p.gotKw(token.SET)
		a.Names = append(a.Names, p.parseName())
		if p.gotKw(token.USER) {
			a.Names = append(a.Names, p.parseName())
		}
	case 0:
		p.expected("TABLE", "INDEX", "RECYCLEBIN", "DBA_RECYCLEBIN", "TABLESPACE")
	}
	a.Span = p.since(lo)
	return a
}

func (p *parser) parseFlashbackStatement(lo uint32) ast.Stmt {
	p.next()
	a := &ast.AdminStmt{Verb: token.FLASHBACK, Object: p.tok.Kw}
	switch {
	case p.gotKw(token.TABLE):
		a.Names = p.parseNames()
		p.wantKw(token.TO)
	case p.is(token.DATABASE), p.isAny(token.STANDBY, token.PLUGGABLE):
		p.gotAny(token.STANDBY, token.PLUGGABLE)
		a.Object = token.DATABASE
		p.wantKw(token.DATABASE)
		if !p.is(token.TO) {
			a.Names = append(a.Names, p.parseName())
		}
		p.wantKw(token.TO)
	default:
		p.expected("TABLE", "DATABASE")
	}
	if p.atEnd() {
		p.expected("SCN", "TIMESTAMP", "RESTORE POINT", "BEFORE DROP")
	}
	p.skipRest()
	a.Span = p.since(lo)
	return a
}

func (p *parser) parseAnalyze(lo uint32) ast.Stmt {
	p.next()
	a := &ast.AdminStmt{Verb: token.ANALYZE, Object: p.gotAny(token.TABLE, token.INDEX, token.CLUSTER)}
	if a.Object == 0 {
		p.expected("TABLE", "INDEX", "CLUSTER")
	}
	a.Names = append(a.Names, p.parseName())
	if p.atEnd() {
		p.expected("COMPUTE STATISTICS", "ESTIMATE STATISTICS", "VALIDATE", "LIST CHAINED ROWS", "DELETE STATISTICS")
	}
	p.skipRest()
	a.Span = p.since(lo)
	return a
}

// parseAudit reads AUDIT and NOAUDIT, traditional and unified: what is audited is kept whole, the object
// behind ON and the policy are named.
func (p *parser) parseAudit(lo uint32) ast.Stmt {
	a := &ast.AdminStmt{Verb: p.tok.Kw}
	p.next()
	if p.gotAny(token.POLICY, token.CONTEXT) == token.POLICY {
		a.Object = token.POLICY
		a.Names = append(a.Names, p.parseIdent())
	} else if p.atEnd() {
		p.expected("POLICY", "a statement option", "a privilege")
	}
	p.skipRest()
	a.Span = p.since(lo)
	return a
}
