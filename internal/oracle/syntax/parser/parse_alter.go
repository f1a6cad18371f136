package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseAlter reads ALTER of anything.
func (p *parser) parseAlter() ast.Stmt {
	lo := p.mark()
	p.wantKw(token.ALTER)
	a := &ast.Alter{}
	if p.isAny(token.PUBLIC, token.PRIVATE) && p.peek(1).Name() {
		a.Public = p.is(token.PUBLIC)
		p.next()
	}
	a.Kind = p.tok.Kw
	if p.tok.Kind != token.Ident {
		a.Kind = 0
	}
	switch a.Kind {
	case token.TABLE:
		p.alterHead(a)
		for p.parseAlterTableAction(a) {
		}
	case token.INDEX:
		p.alterHead(a)
		for p.parseAlterIndexAction(a) {
		}
	case token.SESSION:
		return p.parseAlterSession(lo)
	case token.SEQUENCE:
		p.alterHead(a)
		at := p.mark()
		act := &ast.AlterAction{Verb: token.SET, Options: p.parseSeqOptions()}
		act.Span = p.since(at)
		if len(act.Options) > 0 {
			a.Actions = append(a.Actions, act)
		}
	case token.USER:
		return p.parseUser(lo, true)
	case token.ROLE:
		return p.parseRole(lo, true)
	case token.TYPE:
		p.alterHead(a)
		p.parseAlterType(a)
	case token.MATERIALIZED, token.SNAPSHOT:
		return p.parseAlterMaterialized(lo)
	case token.VIEW, token.SYNONYM, token.TRIGGER, token.PACKAGE, token.PROCEDURE, token.FUNCTION, token.LIBRARY,
		token.DIMENSION, token.OPERATOR, token.INDEXTYPE, token.HIERARCHY:
		p.alterHead(a)
		for p.parseAlterUnitAction(a) {
		}
	case token.DATABASE:
		p.next()
		if p.gotKw(token.LINK) {
			return p.parseAdmin(lo, token.ALTER, token.LINK)
		}
		return p.parseNameless(lo, token.ALTER, token.DATABASE)
	case token.SYSTEM, token.RESOURCE:
		p.next()
		return p.parseNameless(lo, token.ALTER, a.Kind)
	case token.JAVA:
		p.next()
		if p.gotAny(token.SOURCE, token.CLASS) == 0 {
			p.expected("SOURCE", "CLASS")
		}
		return p.parseAdmin(lo, token.ALTER, token.JAVA)
	case token.JSON:
		p.next()
		p.gotKw(token.RELATIONAL)
		p.wantKw(token.DUALITY, token.VIEW)
		return p.parseAdmin(lo, token.ALTER, token.VIEW)
	default:
		kind, named := p.parseAdminKind()
		if kind == 0 {
			p.expected("TABLE", "INDEX", "SESSION or another kind of object")
		}
		if !named {
			return p.parseNameless(lo, token.ALTER, kind)
		}
		return p.parseAdmin(lo, token.ALTER, kind)
	}
	if len(a.Actions) == 0 {
		p.expected("what to change")
	}
	a.Span = p.since(lo)
	return a
}

// alterHead reads kind [IF EXISTS] name.
func (p *parser) alterHead(a *ast.Alter) {
	p.next()
	a.IfExists = p.gotIfExists()
	a.Name = p.parseName()
}

// addAction closes an action that began at lo.
func (p *parser) addAction(a *ast.Alter, lo uint32, act *ast.AlterAction) bool {
	act.Span = p.since(lo)
	a.Actions = append(a.Actions, act)
	return true
}

// parseAlterSession reads ALTER SESSION; settings are kept apart because CURRENT_SCHEMA and NLS settings
// change what the statements behind it mean.
func (p *parser) parseAlterSession(lo uint32) ast.Stmt {
	p.wantKw(token.SESSION)
	s := &ast.AlterSession{}
	if !p.is(token.SET) || p.peek(1).Is(token.ROW) {
		at, head := p.mark(), p.tok.Kw
		if p.atEnd() {
			p.expected("SET", "ENABLE", "DISABLE")
		}
		p.skipRest()
		s.Words = p.clause(at, head)
		s.Span = p.since(lo)
		return s
	}
	p.next()
	for first := true; first || p.tok.Name(); first = false {
		s.Settings = append(s.Settings, p.parseSetting())
	}
	s.Span = p.since(lo)
	return s
}

// parseSetting reads name [=] value {, value}. The sign may be missing in the old forms: SET SQL_TRACE TRUE,
// SET EVENTS '...'.
func (p *parser) parseSetting() *ast.SessionSetting {
	lo := p.mark()
	st := &ast.SessionSetting{Name: p.parseName()}
	if !p.got(token.EQ) && !p.atText() && !p.isAny(token.TRUE, token.FALSE) {
		p.want(token.EQ)
	}
	for {
		if p.is(token.READ) && p.peek(1).Is(token.COMMITTED) { // ISOLATION_LEVEL = READ COMMITTED
			p.next()
		}
		st.Values = append(st.Values, p.parseSettingValue())
		if !p.got(token.Comma) {
			break
		}
	}
	st.Span = p.since(lo)
	return st
}

func (p *parser) parseSettingValue() ast.Expr {
	switch {
	case p.atText():
		return p.parseText()
	case p.at(token.Number), p.at(token.Minus):
		return p.parseNumber()
	}
	return p.parseName()
}

// parseAlterUnitAction reads COMPILE ..., ENABLE, DISABLE, RENAME TO, EDITIONABLE, constraint changes of views
// and the few things operators, index types and dimensions take.
func (p *parser) parseAlterUnitAction(a *ast.Alter) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	lo := p.mark()
	act := &ast.AlterAction{Verb: p.tok.Kw}
	switch p.tok.Kw {
	case token.COMPILE:
		p.next()
		p.parseCompileWords(act)
	case token.ENABLE, token.DISABLE, token.EDITIONABLE, token.NONEDITIONABLE:
		p.next()
	case token.RENAME:
		p.next()
		p.wantKw(token.TO)
		act.NewName = p.parseName()
	case token.READ:
		p.next()
		if p.gotAny(token.ONLY, token.WRITE) == 0 {
			p.expected("ONLY", "WRITE")
		}
	case token.ANNOTATIONS:
		act.Annotations = p.parseAnnotations()
	case token.ADD, token.MODIFY, token.DROP:
		if a.Kind != token.VIEW {
			p.skipRest()
			return p.addAction(a, lo, act)
		}
		p.next()
		p.parseAlterConstraint(act)
	case token.USING, token.HIERARCHY:
		p.skipRest()
	default:
		return false
	}
	return p.addAction(a, lo, act)
}

// parseCompileWords reads [DEBUG] [PACKAGE|BODY|SPECIFICATION] {parameter = value} [REUSE SETTINGS].
func (p *parser) parseCompileWords(act *ast.AlterAction) {
	for p.tok.Kind == token.Ident {
		at, k := p.mark(), p.tok.Kw
		switch {
		case k == token.PACKAGE || k == token.BODY || k == token.SPECIFICATION:
			act.Object = k
			p.next()
			continue
		case k == token.DEBUG:
			p.next()
		case k == token.REUSE:
			p.next()
			p.wantKw(token.SETTINGS)
			if p.gotKw(token.TIMESTAMP) { // as expdp writes it
				p.parseText()
			}
		case p.peek(1).Kind == token.EQ:
			p.next()
			p.next()
			p.parseSettingValue()
			for p.got(token.Comma) {
				p.parseSettingValue()
			}
		default:
			return
		}
		act.Props = append(act.Props, p.clause(at, k))
	}
}

// parseAlterMaterialized reads ALTER MATERIALIZED VIEW [LOG] and ZONEMAP.
func (p *parser) parseAlterMaterialized(lo uint32) ast.Stmt {
	a := &ast.Alter{Kind: token.MATERIALIZED}
	if !p.gotKw(token.SNAPSHOT) {
		p.wantKw(token.MATERIALIZED)
		if p.gotKw(token.ZONEMAP) {
			return p.parseAdmin(lo, token.ALTER, token.ZONEMAP)
		}
		p.wantKw(token.VIEW)
	}
	if p.gotKw(token.LOG) {
		a.Log = true
		p.gotKw(token.FORCE)
		a.IfExists = p.gotIfExists()
		p.wantKw(token.ON)
	} else {
		a.IfExists = p.gotIfExists()
	}
	a.Name = p.parseName()
	for p.parseAlterMViewAction(a) {
	}
	if len(a.Actions) == 0 {
		p.expected("what to change")
	}
	a.Span = p.since(lo)
	return a
}

func (p *parser) parseAlterMViewAction(a *ast.Alter) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	lo, next := p.mark(), p.peek(1)
	act := &ast.AlterAction{Verb: p.tok.Kw}
	switch p.tok.Kw {
	case token.REFRESH, token.NEVER:
		act.Refresh = p.parseRefresh()
	case token.COMPILE:
		p.next()
	case token.CONSIDER:
		p.next()
		p.wantKw(token.FRESH)
	case token.ENABLE, token.DISABLE:
		switch next.Kw {
		case token.QUERY:
			p.next()
			p.next()
			p.wantKw(token.REWRITE)
			act.Object = token.QUERY
		case token.ON:
			p.next()
			p.next()
			p.wantKw(token.QUERY, token.COMPUTATION)
			act.Object = token.ON
		case token.CONCURRENT:
			p.next()
			p.next()
			p.wantKw(token.REFRESH)
			act.Object = token.CONCURRENT
		default:
			return p.parseAlterTableAction(a)
		}
	case token.PURGE:
		act.Props = append(act.Props, p.parsePurge())
	case token.FOR:
		p.next()
		p.skipRest()
	case token.ADD:
		if !a.Log {
			return p.parseAlterTableAction(a)
		}
		p.next()
		log := &ast.CreateMViewLog{}
		at := p.mark()
		p.parseMViewLogWith(log)
		act.Props = append(act.Props, &ast.Clause{Span: p.since(at), Head: token.WITH, Names: log.Columns})
		if p.gotAny(token.INCLUDING, token.EXCLUDING) != 0 {
			p.wantKw(token.NEW, token.VALUES)
		}
	case token.INCLUDING, token.EXCLUDING:
		p.next()
		p.wantKw(token.NEW, token.VALUES)
	case token.USING:
		p.next()
		p.wantKw(token.INDEX)
		act.Props = p.parseProps()
	case token.EVALUATE, token.UNUSABLE:
		act.Props = append(act.Props, p.parseEditionUse())
	default:
		return p.parseAlterTableAction(a)
	}
	return p.addAction(a, lo, act)
}
