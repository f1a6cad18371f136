package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseCreateUnit reads CREATE [OR REPLACE] [EDITIONABLE|NONEDITIONABLE] and a PL/SQL unit; lo is the mark of
// CREATE, and the current token is PACKAGE, PROCEDURE, FUNCTION, TRIGGER, TYPE or LIBRARY. The last ';' stays.
func (p *parser) parseCreateUnit(lo uint32, replace bool, editionable token.Keyword) ast.Stmt {
	p.beginUnit()
	u := ast.UnitFlags{Replace: replace, Editionable: editionable}
	var s ast.Stmt
	p.plsql++
	switch p.tok.Kw {
	case token.PROCEDURE, token.FUNCTION:
		s = p.parseCreateRoutine(lo, u)
	case token.PACKAGE:
		s = p.parsePackage(lo, u)
	case token.TRIGGER:
		s = p.parseTrigger(lo, u)
	case token.TYPE:
		s = p.parseCreateType(lo, u)
	case token.LIBRARY:
		s = p.parseLibrary(lo, u)
	default:
		p.expected("PACKAGE", "PROCEDURE", "FUNCTION", "TRIGGER", "TYPE", "LIBRARY")
	}
	p.plsql--
	return p.endUnit(s, lo)
}

// parseUnitName reads [IF NOT EXISTS] name behind the kind.
func (p *parser) parseUnitName(u *ast.UnitFlags) *ast.Name {
	if p.gotSeq(token.IF, token.NOT, token.EXISTS) {
		u.IfNotExists = true
	}
	return p.parseName()
}

// parseCreateRoutine reads CREATE PROCEDURE or FUNCTION.
func (p *parser) parseCreateRoutine(lo uint32, u ast.UnitFlags) ast.Stmt {
	at := p.mark()
	r := &ast.Routine{Kind: p.tok.Kw}
	p.next()
	r.Name = p.parseUnitName(&u)
	if r.Kind == token.FUNCTION && !p.isAny(token.RETURN, token.SHARING) && !p.at(token.LParen) {
		p.parseImplementedBy(r)
	} else {
		p.parseRoutineRest(r, at)
	}
	if r.Body == nil && r.CallSpec == nil && !p.unclosed && !implemented(r) {
		p.expected("IS", "AS")
	}
	r.Span = p.since(at)
	return &ast.CreateRoutine{Span: p.since(lo), UnitFlags: u, Routine: r}
}

// parseImplementedBy reads the old heading of an aggregate or pipelined function that leaves its signature to
// the implementing type.
func (p *parser) parseImplementedBy(r *ast.Routine) {
	for {
		prop := p.parseRoutineProp()
		if prop == nil {
			break
		}
		r.Props = append(r.Props, prop)
	}
	if !implemented(r) {
		p.expected("\"(\"", "RETURN")
	}
}

// implemented reports whether a type or package stands in for the body.
func implemented(r *ast.Routine) bool {
	for _, prop := range r.Props {
		if prop.Kind == token.AGGREGATE || prop.Kind == token.USING || prop.Kind == token.PIPELINED && len(prop.Names) > 0 {
			return true
		}
	}
	return false
}

// parseLibrary reads CREATE LIBRARY.
func (p *parser) parseLibrary(lo uint32, u ast.UnitFlags) ast.Stmt {
	p.next()
	s := &ast.CreateLibrary{Name: p.parseUnitName(&u)}
	s.Trusted = p.gotAny(token.TRUSTED, token.UNTRUSTED) == token.TRUSTED
	if p.gotAny(token.IS, token.AS) == 0 {
		p.expected("IS", "AS")
	}
	s.Trusted = p.gotAny(token.TRUSTED, token.UNTRUSTED) == token.TRUSTED || s.Trusted
	if p.gotKw(token.STATIC) {
		s.Static = true
	} else {
		s.Path = p.parseOperand()
	}
	if p.gotKw(token.IN) {
		s.Directory = p.parseIdent()
	}
	if p.gotKw(token.AGENT) {
		s.Agent = p.parseOperand()
	}
	if p.gotKw(token.CREDENTIAL) {
		s.Credential = p.parseName()
	}
	s.UnitFlags = u
	s.Span = p.since(lo)
	return s
}
