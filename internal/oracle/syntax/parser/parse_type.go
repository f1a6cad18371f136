package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseCreateType reads CREATE TYPE [BODY].
func (p *parser) parseCreateType(lo uint32, u ast.UnitFlags) ast.Stmt {
	p.next()
	if p.is(token.BODY) && p.peek(1).Name() && !p.peekIs(1, token.IS, token.AS, token.UNDER) {
		p.next()
		return p.parseTypeBody(lo, u)
	}
	s := &ast.CreateType{Name: p.parseUnitName(&u)}
	p.parseTypeHead(s)
	p.parseTypeSpec(s)
	s.UnitFlags = u
	s.Span = p.since(lo)
	return s
}

func (p *parser) parseTypeHead(s *ast.CreateType) {
	for {
		switch {
		case p.is(token.FORCE):
			p.next()
			s.Force = true
		case p.is(token.OID):
			p.next()
			s.OID = p.parseOperand()
		default:
			prop := p.parseRoutineProp()
			if prop == nil {
				return
			}
			s.Props = append(s.Props, prop)
		}
	}
}

// parseTypeSpec reads what a type is; nothing for an incomplete type.
func (p *parser) parseTypeSpec(s *ast.CreateType) {
	if p.is(token.UNDER) {
		s.Def = p.parseObjectType()
		return
	}
	if p.gotAny(token.IS, token.AS) == 0 {
		if !p.at(token.Semi) && !p.atUnitEnd() {
			p.expected("AS", "IS", "UNDER", "\";\"")
		}
		return
	}
	switch {
	case p.is(token.OBJECT), p.is(token.UNDER):
		s.Def = p.parseObjectType()
	case p.is(token.OPAQUE):
		s.Def = p.parseOpaqueType()
	case p.isAny(token.TABLE, token.VARRAY, token.ARRAY, token.VARYING):
		s.Def = p.parseCollectionType()
	default:
		p.expected("OBJECT", "TABLE", "VARRAY", "UNDER")
	}
}

// parseObjectType reads OBJECT (...) or UNDER super (...) with the modifiers behind.
func (p *parser) parseObjectType() ast.TypeDef {
	lo := p.mark()
	t := &ast.ObjectType{}
	if p.gotKw(token.UNDER) {
		t.Under = p.parseName()
	} else {
		p.next()
		if p.is(token.UNDER) {
			p.next()
			t.Under = p.parseName()
		}
	}
	if p.is(token.EXTERNAL) {
		t.External = p.parseCallSpec()
		if p.gotKw(token.USING) {
			t.Using = p.parseIdent()
		}
	}
	if p.at(token.LParen) {
		t.Elems = p.parseTypeElems()
	} else if t.Under == nil {
		p.expected("\"(\"")
	}
	t.Modifiers = p.parseTypeModifiers(token.FINAL, token.INSTANTIABLE, token.PERSISTABLE)
	t.Span = p.since(lo)
	return t
}

// parseTypeModifiers reads [NOT] word, any number of times.
func (p *parser) parseTypeModifiers(ks ...token.Keyword) []*ast.TypeModifier {
	var ms []*ast.TypeModifier
	for p.isAny(ks...) || p.is(token.NOT) {
		lo := p.mark()
		m := &ast.TypeModifier{Not: p.gotKw(token.NOT)}
		if m.Kind = p.gotAny(ks...); m.Kind == 0 {
			p.expected("FINAL", "INSTANTIABLE")
		}
		m.Span = p.since(lo)
		ms = append(ms, m)
	}
	return ms
}

// parseTypeElems reads (attribute | method | pragma, ...).
func (p *parser) parseTypeElems() []ast.Decl {
	p.next()
	var elems []ast.Decl
	for {
		elems = append(elems, p.parseTypeElem())
		if !p.got(token.Comma) {
			break
		}
	}
	if !p.got(token.RParen) {
		p.expected("\",\"", "\")\"")
	}
	return elems
}

func (p *parser) parseTypeElem() ast.Decl {
	if p.is(token.PRAGMA) && p.peek(1).Name() && p.peek(2).Kind == token.LParen {
		return p.parsePragma()
	}
	if p.atMethod() {
		return p.parseMethod()
	}
	lo := p.mark()
	a := &ast.AttrDecl{Name: p.parseIdent()}
	a.Type = p.parseDataType()
	if p.gotKw(token.EXTERNAL) {
		p.wantKw(token.NAME)
		a.External = p.parseOperand()
	}
	a.Span = p.since(lo)
	return a
}

// atMethod reports whether a method begins here and not an attribute that is called like one of its words.
func (p *parser) atMethod() bool {
	switch p.tok.Kw {
	case token.MAP, token.ORDER:
		return p.peekIs(1, token.MEMBER)
	case token.MEMBER, token.STATIC, token.CONSTRUCTOR:
		return p.peekIs(1, token.PROCEDURE, token.FUNCTION)
	case token.NOT:
		return true
	case token.OVERRIDING, token.FINAL, token.INSTANTIABLE:
		return p.peekIs(1, token.MEMBER, token.STATIC, token.CONSTRUCTOR, token.MAP, token.ORDER, token.NOT,
			token.OVERRIDING, token.FINAL, token.INSTANTIABLE)
	}
	return false
}

// parseMethod reads [modifiers] [MAP | ORDER] MEMBER | STATIC | CONSTRUCTOR routine, with its body in a type body.
func (p *parser) parseMethod() *ast.Method {
	lo := p.mark()
	m := &ast.Method{}
	if p.isAny(token.NOT, token.OVERRIDING, token.FINAL, token.INSTANTIABLE) {
		m.Modifiers = p.parseTypeModifiers(token.OVERRIDING, token.FINAL, token.INSTANTIABLE)
	}
	m.Order = p.gotAny(token.MAP, token.ORDER)
	if m.Kind = p.gotAny(token.MEMBER, token.STATIC, token.CONSTRUCTOR); m.Kind == 0 {
		p.expected("MEMBER", "STATIC", "CONSTRUCTOR")
	}
	if !p.is(token.PROCEDURE) && !p.is(token.FUNCTION) {
		p.expected("PROCEDURE", "FUNCTION")
	}
	m.Routine = p.parseRoutine()
	if p.gotKw(token.EXTERNAL) {
		m.ExternalVar = p.gotKw(token.VARIABLE)
		p.wantKw(token.NAME)
		m.External = p.parseOperand()
	}
	m.Span = p.since(lo)
	return m
}

// parseOpaqueType reads OPAQUE VARYING (*) USING LIBRARY lib [(elements)].
func (p *parser) parseOpaqueType() ast.TypeDef {
	lo := p.mark()
	t := &ast.OpaqueType{Words: &ast.Clause{Head: token.OPAQUE}}
	p.next()
	if p.gotAny(token.VARYING, token.FIXED) == 0 {
		p.expected("VARYING", "FIXED")
	}
	p.want(token.LParen)
	if !p.got(token.Star) {
		t.Words.Exprs = p.parseExprList()
	}
	p.want(token.RParen)
	p.wantKw(token.USING, token.LIBRARY)
	t.Words.Names = []*ast.Name{p.parseName()}
	t.Words.Span = p.since(lo)
	if p.at(token.LParen) {
		t.Elems = p.parseTypeElems()
	}
	t.Span = p.since(lo)
	return t
}

// parseTypeBody reads CREATE TYPE BODY name IS methods END [name].
func (p *parser) parseTypeBody(lo uint32, u ast.UnitFlags) ast.Stmt {
	s := &ast.CreateTypeBody{Name: p.parseUnitName(&u)}
	s.Props = p.parseUnitProps()
	if p.gotAny(token.IS, token.AS) == 0 {
		p.expected("IS", "AS")
	}
	p.open(nestDecl, lastPart(s.Name))
	s.Decls = p.parseDecls(inTypeBody)
	s.EndName = p.parsePackageEnd(lo, s.Name)
	s.UnitFlags = u
	s.Span = p.since(lo)
	return s
}
