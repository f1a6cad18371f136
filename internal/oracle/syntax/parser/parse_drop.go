package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseDrop reads DROP of anything.
func (p *parser) parseDrop() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.DROP)
	d := &ast.Drop{}
	p.skipSubst()
	if p.isAny(token.PUBLIC, token.PRIVATE) && p.peek(1).Name() {
		d.Public = p.is(token.PUBLIC)
		p.next()
	}
	named := p.parseDropKind(d)
	d.IfExists = p.gotIfExists()
	if named {
		if d.Kind == token.DATABASE && d.Second == token.LINK {
			d.Name = p.parseLinkName()
		} else {
			d.Name = p.parseName()
		}
	}
	for p.parseDropOption(d) {
	}
	d.Span = p.since(lo)
	return d
}

// parseDropKind reads the kind of object, one to three words, and reports whether a name follows.
func (p *parser) parseDropKind(d *ast.Drop) bool {
	d.Kind = p.tok.Kw
	second := func(ks ...token.Keyword) {
		if d.Second = p.gotAny(ks...); d.Second == 0 {
			names := make([]string, len(ks))
			for i, k := range ks {
				names[i] = k.String()
			}
			p.expected(names...)
		}
	}
	if p.tok.Kind != token.Ident {
		d.Kind = 0
	}
	switch d.Kind {
	case token.TABLE, token.VIEW, token.INDEX, token.SEQUENCE, token.SYNONYM, token.PROCEDURE, token.FUNCTION,
		token.TRIGGER, token.USER, token.ROLE, token.PROFILE, token.DIRECTORY, token.CONTEXT, token.CLUSTER,
		token.DIMENSION, token.OPERATOR, token.INDEXTYPE, token.OUTLINE, token.LIBRARY, token.EDITION,
		token.DISKGROUP, token.HIERARCHY, token.ASSERTION:
		p.next()
	case token.PACKAGE, token.TYPE:
		p.next()
		d.Second = p.gotAny(token.BODY)
	case token.MATERIALIZED:
		p.next()
		second(token.VIEW, token.ZONEMAP)
		return p.dropLog(d)
	case token.SNAPSHOT:
		p.next()
		d.Kind, d.Second = token.MATERIALIZED, token.VIEW
		return p.dropLog(d)
	case token.TABLESPACE:
		p.next()
		p.gotKw(token.SET)
	case token.DATABASE:
		p.next()
		d.Second = p.gotAny(token.LINK)
		return d.Second != 0
	case token.PLUGGABLE:
		p.next()
		second(token.DATABASE)
	case token.JAVA:
		p.next()
		second(token.SOURCE, token.CLASS, token.RESOURCE)
	case token.ROLLBACK:
		p.next()
		second(token.SEGMENT)
	case token.RESTORE:
		p.next()
		second(token.POINT)
	case token.FLASHBACK:
		p.next()
		second(token.ARCHIVE)
	case token.AUDIT:
		p.next()
		second(token.POLICY)
	case token.LOCKDOWN:
		p.next()
		second(token.PROFILE)
	case token.INMEMORY:
		p.next()
		p.wantKw(token.JOIN)
		second(token.GROUP)
	case token.ANALYTIC:
		p.next()
		second(token.VIEW)
	case token.ATTRIBUTE:
		p.next()
		second(token.DIMENSION)
	case token.USECASE, token.FLEXIBLE:
		p.next()
		d.Kind = token.DOMAIN
		p.wantKw(token.DOMAIN)
	case token.DOMAIN:
		p.next()
	case token.MLE:
		p.next()
		second(token.MODULE, token.ENV)
	case token.PROPERTY:
		p.next()
		second(token.GRAPH)
	case token.PMEM:
		p.next()
		second(token.FILESTORE)
	case token.LOGICAL:
		p.next()
		p.wantKw(token.PARTITION)
		second(token.TRACKING)
	case token.MINING:
		p.next()
		second(token.MODEL)
	case token.SCHEMA:
		p.next()
	default:
		p.expected("TABLE", "VIEW", "INDEX", "SEQUENCE or another kind of object")
	}
	return true
}

// dropLog reads LOG ON behind DROP MATERIALIZED VIEW.
func (p *parser) dropLog(d *ast.Drop) bool {
	if p.is(token.LOG) && (p.peek(1).Is(token.ON) || p.peek(1).Is(token.IF)) {
		p.next()
		d.Second = token.LOG
		if p.gotIfExists() {
			d.IfExists = true
		}
		p.wantKw(token.ON)
	}
	return true
}

func (p *parser) parseDropOption(d *ast.Drop) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	lo := p.mark()
	switch k := p.tok.Kw; k {
	case token.CASCADE:
		p.next()
		if p.gotAny(token.CONSTRAINTS, token.CONSTRAINT) == 0 && (d.Kind == token.TABLE || d.Kind == token.VIEW) {
			p.expected("CONSTRAINTS")
		}
		d.Cascade = true
		return true
	case token.AS: // DROP TABLE t AS "BIN$...": how the redo log shows a drop into the recycle bin
		p.next()
		if !p.atText() {
			p.parseIdent()
		} else {
			p.next()
		}
		d.Options = append(d.Options, p.clause(lo, k))
	case token.PURGE:
		if d.Kind != token.TABLE {
			return false
		}
		p.next()
		d.Purge = true
		return true
	case token.FORCE:
		p.next()
		d.Force = true
		return true
	case token.PRESERVE:
		p.next()
		if d.Kind != token.DOMAIN {
			p.wantKw(token.TABLE)
		}
		d.Options = append(d.Options, p.clause(lo, k))
	case token.INCLUDING, token.KEEP:
		p.next()
		for p.gotAny(token.CONTENTS, token.BACKUPS, token.DATAFILES, token.TABLES, token.AND, token.KEEP, token.INCLUDING) != 0 {
		}
		d.Options = append(d.Options, p.clause(lo, k))
		if p.gotKw(token.CASCADE) {
			p.wantKw(token.CONSTRAINTS)
			d.Cascade = true
		}
	case token.EXCLUDING:
		p.next()
		p.wantKw(token.CONTENTS)
		d.Options = append(d.Options, p.clause(lo, k))
	case token.DROP: // DROP TABLESPACE t DROP QUOTA
		p.next()
		p.wantKw(token.QUOTA)
		d.Options = append(d.Options, p.clause(lo, k))
	case token.ONLINE, token.VALIDATE, token.NOVALIDATE:
		p.next()
		d.Options = append(d.Options, p.clause(lo, k))
	case token.DEFERRED, token.IMMEDIATE:
		p.next()
		p.wantKw(token.INVALIDATION)
		d.Options = append(d.Options, p.clause(lo, k))
	case token.FOR:
		p.next()
		if p.gotKw(token.PLUGGABLE) {
			p.wantKw(token.DATABASE)
		} else {
			p.wantKw(token.PDB)
		}
		if p.gotKw(token.ALL) {
			p.wantKw(token.CONTAINERS)
		} else {
			p.parseIdent()
		}
		d.Options = append(d.Options, p.clause(lo, k))
	case token.NOPROMPT:
		p.next()
		d.Options = append(d.Options, p.clause(lo, k))
	case token.CONTAINER:
		p.next()
		p.want(token.EQ)
		p.parseIdent()
		d.Options = append(d.Options, p.clause(lo, k))
	default:
		return false
	}
	return true
}

// parseTruncate reads TRUNCATE TABLE|CLUSTER.
func (p *parser) parseTruncate() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.TRUNCATE)
	t := &ast.Truncate{}
	switch p.gotAny(token.TABLE, token.CLUSTER) {
	case token.CLUSTER:
		t.Cluster = true
	case 0:
		p.expected("TABLE", "CLUSTER")
	}
	t.Name = p.parseName()
	for p.tok.Kind == token.Ident {
		at, k := p.mark(), p.tok.Kw
		switch k {
		case token.PRESERVE, token.PURGE:
			p.next()
			if p.gotAny(token.MATERIALIZED, token.SNAPSHOT) == token.MATERIALIZED {
				p.wantKw(token.VIEW)
			}
			p.wantKw(token.LOG)
		case token.DROP, token.REUSE:
			p.next()
			if k == token.DROP {
				p.gotKw(token.ALL)
			}
			p.wantKw(token.STORAGE)
		case token.CASCADE:
			p.next()
		case token.DEFERRED, token.IMMEDIATE:
			p.next()
			p.wantKw(token.INVALIDATION)
		default:
			p.expected("DROP STORAGE", "REUSE STORAGE", "CASCADE", "the end of the statement")
		}
		t.Options = append(t.Options, p.clause(at, k))
	}
	t.Span = p.since(lo)
	return t
}

func (p *parser) parseRename() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.RENAME)
	r := &ast.Rename{From: p.parseName()}
	p.wantKw(token.TO)
	r.To = p.parseName()
	r.Span = p.since(lo)
	return r
}
