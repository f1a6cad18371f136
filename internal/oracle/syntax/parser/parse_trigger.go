package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseTrigger reads CREATE TRIGGER.
func (p *parser) parseTrigger(lo uint32, u ast.UnitFlags) ast.Stmt {
	p.next()
	t := &ast.CreateTrigger{Name: p.parseUnitName(&u)}
	t.Props = p.parseUnitProps()
	p.parseTriggerHead(t)
	p.parseTriggerBody(t, lo)
	t.UnitFlags = u
	t.Span = p.since(lo)
	return t
}

// parseTriggerHead reads timing, events, ON and the options in front of the body. Oracle takes the options in
// about any order.
func (p *parser) parseTriggerHead(t *ast.CreateTrigger) {
	if t.Timing = p.gotAny(token.BEFORE, token.AFTER, token.INSTEAD, token.FOR); t.Timing == 0 {
		p.expected("BEFORE", "AFTER", "INSTEAD OF", "FOR")
	}
	if t.Timing == token.INSTEAD {
		p.wantKw(token.OF)
	}
	for {
		t.Events = append(t.Events, p.parseTriggerEvent())
		if !p.gotKw(token.OR) {
			break
		}
	}
	p.wantKw(token.ON)
	p.parseTriggerScope(t)
	for p.parseTriggerOption(t) {
	}
}

// parseTriggerEvent reads one event.
func (p *parser) parseTriggerEvent() *ast.TriggerEvent {
	lo := p.mark()
	if p.tok.Kind != token.Ident {
		p.expected("a trigger event")
	}
	e := &ast.TriggerEvent{Kind: p.tok.Kw}
	p.next()
	switch e.Kind {
	case token.INSERT, token.DELETE:
	case token.UPDATE:
		if p.gotKw(token.OF) {
			e.Cols = p.parseNames()
		}
	case token.ALTER, token.ANALYZE, token.AUDIT, token.COMMENT, token.CREATE, token.DROP, token.GRANT, token.NOAUDIT,
		token.RENAME, token.REVOKE, token.TRUNCATE, token.DDL, token.STARTUP, token.SHUTDOWN, token.DB_ROLE_CHANGE,
		token.SERVERERROR, token.LOGON, token.LOGOFF, token.SUSPEND, token.CLONE, token.UNPLUG:
	case token.ASSOCIATE, token.DISASSOCIATE:
		p.wantKw(token.STATISTICS)
	case token.SET:
		p.wantKw(token.CONTAINER)
	default:
		p.failAt(lo, "", []string{"a trigger event"}, "")
	}
	e.Span = p.since(lo)
	return e
}

// parseTriggerScope reads what stands behind ON.
func (p *parser) parseTriggerScope(t *ast.CreateTrigger) {
	dotted := p.peek(1).Kind == token.Dot
	switch {
	case p.is(token.DATABASE) && !dotted:
		t.Scope = token.DATABASE
		p.next()
	case p.isSeq(token.PLUGGABLE, token.DATABASE):
		t.Scope = token.PLUGGABLE
		p.next()
		p.next()
	case p.is(token.SCHEMA) && !dotted:
		t.Scope = token.SCHEMA
		p.next()
	case p.tok.Name() && dotted && p.peekIs(2, token.SCHEMA):
		t.Scope = token.SCHEMA
		t.On = p.parseIdent()
		p.next()
		p.next()
	default:
		t.Scope = token.TABLE
		if p.gotSeq(token.NESTED, token.TABLE) {
			t.NestedCol = p.parseIdent()
			p.wantKw(token.OF)
		}
		if wordOf(p.tok, wordPLSQLStop) {
			p.expected("a table or view", "SCHEMA", "DATABASE")
		}
		t.On = p.parseName()
	}
}

// parseTriggerOption reads one option; false when the body begins.
func (p *parser) parseTriggerOption(t *ast.CreateTrigger) bool {
	switch p.tok.Kw {
	case token.REFERENCING:
		p.next()
		for p.isAny(token.OLD, token.NEW, token.PARENT) {
			lo := p.mark()
			a := &ast.TriggerAlias{Kind: p.tok.Kw}
			p.next()
			p.gotKw(token.AS)
			a.Alias = p.parseIdent()
			a.Span = p.since(lo)
			t.Referencing = append(t.Referencing, a)
		}
		if t.Referencing == nil {
			p.expected("OLD", "NEW", "PARENT")
		}
	case token.FOR:
		p.next()
		p.wantKw(token.EACH)
		if t.Row = p.gotKw(token.ROW); !t.Row {
			p.wantKw(token.STATEMENT)
		}
	case token.FORWARD, token.REVERSE:
		t.Edition = p.tok.Kw
		p.next()
		p.wantKw(token.CROSSEDITION)
	case token.FOLLOWS, token.PRECEDES:
		t.Order = p.tok.Kw
		p.next()
		t.OrderNames = p.parseNames()
	case token.ENABLE, token.DISABLE:
		t.State = p.tok.Kw
		p.next()
	case token.WHEN:
		p.next()
		p.want(token.LParen)
		t.When = p.parseExpr()
		p.want(token.RParen)
	default:
		return false
	}
	return true
}

// parseTriggerBody reads a block, CALL routine or COMPOUND TRIGGER ... END.
func (p *parser) parseTriggerBody(t *ast.CreateTrigger, lo uint32) {
	switch {
	case p.isSeq(token.COMPOUND, token.TRIGGER):
		t.Compound = p.parseCompoundTrigger(lo)
	case p.is(token.CALL):
		p.next()
		t.Call = p.parseChain("a procedure")
	case p.is(token.DECLARE), p.is(token.BEGIN), p.at(token.LLabel):
		at := p.mark()
		t.Body = p.parseBlockFrom(at, p.parseLabels())
	default:
		p.expected("DECLARE", "BEGIN", "CALL", "COMPOUND TRIGGER")
	}
}

// parseCompoundTrigger reads COMPOUND TRIGGER declarations and timing points END [name].
func (p *parser) parseCompoundTrigger(unit uint32) *ast.CompoundTrigger {
	lo := p.mark()
	p.next()
	p.next()
	base := len(p.nest)
	p.open(nestDecl, 0)
	c := &ast.CompoundTrigger{Decls: p.parseDecls(inCompound)}
	for p.isAny(token.BEFORE, token.AFTER, token.INSTEAD) && !p.unclosed {
		c.Sections = append(c.Sections, p.parseTimingPoint())
	}
	if !p.unclosed && p.wantEnd(base, unit) {
		p.next()
		if p.tok.Name() {
			c.EndName = p.parseIdent()
		}
	}
	p.shut(base)
	c.Span = p.since(lo)
	return c
}

// parseTimingPoint reads BEFORE|AFTER STATEMENT | EACH ROW, INSTEAD OF EACH ROW IS block END timing;
func (p *parser) parseTimingPoint() *ast.TimingPoint {
	lo := p.mark()
	t := &ast.TimingPoint{Timing: p.tok.Kw}
	t.Row = p.parseTiming(t.Timing)
	if p.gotAny(token.IS, token.AS) == 0 {
		p.expected("IS")
	}
	base := len(p.nest)
	p.open(nestDecl, 0)
	b := &ast.Block{}
	at := p.mark()
	b.Decls = p.parseDecls(inBlock)
	p.parseBegin(b, base, lo)
	b.Span = p.since(at)
	t.Body = b
	if !p.unclosed && p.wantEnd(base, lo) {
		p.next()
		if p.is(t.Timing) {
			if end := p.mark(); p.parseTiming(t.Timing) != t.Row {
				p.record(end, "the timing behind END does not fit", nil, "")
			}
		} else {
			p.expected(t.Timing.String())
		}
		p.want(token.Semi)
	}
	p.shut(base)
	t.Span = p.since(lo)
	return t
}

// parseTiming reads the words of a timing point; true for a row level one.
func (p *parser) parseTiming(timing token.Keyword) bool {
	p.next()
	if timing == token.INSTEAD {
		p.wantKw(token.OF, token.EACH, token.ROW)
		return true
	}
	if p.gotKw(token.STATEMENT) {
		return false
	}
	p.wantKw(token.EACH, token.ROW)
	return true
}
