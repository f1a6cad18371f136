package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// declPlace says in which kind of section declarations stand: what ends it and what may stand in it differ.
type declPlace uint8

const (
	inBlock    declPlace = iota // until BEGIN or END
	inSpec                      // of a package specification: routines without bodies
	inCompound                  // of a compound trigger: until a timing point, too
	inTypeBody                  // methods only
)

// parseDecls reads declarations up to BEGIN, END or what else ends the section. A declaration that cannot be
// read becomes a BadDecl.
func (p *parser) parseDecls(place declPlace) []ast.Decl {
	base, from := len(p.nest), len(p.decls)
	var lo uint32
	for !p.tryDecls(&lo, place) {
		err := len(p.f.Errors) - 1
		p.resync(lo, base)
		p.decls = append(p.decls, p.badDecl(lo, err))
	}
	if len(p.decls) == from {
		return nil
	}
	list := make([]ast.Decl, len(p.decls)-from)
	copy(list, p.decls[from:])
	p.decls = p.decls[:from]
	return list
}

func (p *parser) tryDecls(lo *uint32, place declPlace) (ok bool) {
	defer p.caught(p.level(), &ok)
	for !p.atDeclEnd(place) {
		*lo = p.mark()
		p.decls = append(p.decls, p.parseDecl(place))
	}
	return true
}

func (p *parser) badDecl(lo uint32, err int) ast.Decl {
	s := p.since(lo)
	if s.Hi > s.Lo && p.f.Tokens[s.Hi-1].Kind == token.Semi {
		s.Hi--
	}
	return &ast.BadDecl{Span: s, Err: err}
}

func (p *parser) atDeclEnd(place declPlace) bool {
	if p.tok.Kind != token.Ident {
		return p.atUnitEnd()
	}
	switch p.tok.Kw {
	case token.BEGIN, token.END:
		return true
	case token.BEFORE, token.AFTER, token.INSTEAD:
		t := p.peek(1)
		if place == inCompound && (t.Is(token.STATEMENT) || t.Is(token.EACH) || t.Is(token.OF)) {
			return true
		}
	}
	return p.atUnitEnd()
}

// parseDecl reads one declaration, its ';' included, which stays outside the node.
func (p *parser) parseDecl(place declPlace) ast.Decl {
	lo := p.mark()
	if p.is(token.DECLARE) {
		err := p.record(lo, "", []string{"a declaration"}, "only blocks and triggers have the word DECLARE")
		p.next()
		return p.badDecl(lo, err)
	}
	if p.at(token.At) {
		return p.parseInclude()
	}
	d := p.parseBareDecl(place)
	if p.unclosed {
		p.unclosed = false
		return p.badDecl(lo, len(p.f.Errors)-1)
	}
	if p.tok.Kind == token.Semi {
		p.next()
		return d
	}
	// Only the ';' is missing where a new declaration plainly begins.
	if p.atDeclEnd(place) || p.tok.Flags&token.FlagNewline != 0 &&
		p.isAny(token.PROCEDURE, token.FUNCTION, token.CURSOR, token.TYPE, token.SUBTYPE, token.PRAGMA) {
		err := p.record(p.i, "", []string{"\";\""}, "")
		return &ast.BadDecl{Span: ast.Span{Lo: lo, Hi: d.Range().Hi}, Err: err}
	}
	p.expected("\";\"")
	return nil
}

func (p *parser) parseBareDecl(place declPlace) ast.Decl {
	if place == inTypeBody {
		m := p.parseMethod()
		if m.Routine.Body == nil && m.Routine.CallSpec == nil && !p.unclosed {
			p.expected("IS", "AS")
		}
		return m
	}
	switch p.tok.Kw {
	case token.PROCEDURE, token.FUNCTION:
		r := p.parseRoutine()
		if place == inSpec && r.Body != nil && !p.unclosed {
			p.record(r.Body.Lo, "a package specification cannot hold the body of a routine", nil, "move it to the package body")
			p.unclosed = true
			p.got(token.Semi)
		}
		return r
	case token.TYPE:
		if t := p.peek(2); p.peek(1).Name() && t.Is(token.IS) {
			return p.parseTypeDecl()
		}
	case token.SUBTYPE:
		if t := p.peek(2); p.peek(1).Name() && t.Is(token.IS) {
			return p.parseSubtype()
		}
	case token.CURSOR:
		return p.parseCursorDecl()
	case token.PRAGMA:
		if p.peek(1).Name() {
			return p.parsePragma()
		}
	}
	lo := p.mark()
	name := p.parseDeclName("a declaration")
	if p.is(token.EXCEPTION) {
		p.next()
		return &ast.ExceptionDecl{Span: p.since(lo), Name: name}
	}
	v := &ast.VarDecl{Name: name}
	if p.is(token.CONSTANT) {
		if k := p.peek(1).Kind; k != token.Semi && k != token.Assign {
			v.Constant = true
			p.next()
		}
	}
	p.parseVarRest(v)
	v.Span = p.since(lo)
	return v
}

// parseDeclName reads the name of something declared. Words that the language cannot do without are refused,
// so that a forgotten ';' or a statement among declarations is found where it is.
func (p *parser) parseDeclName(what string) *ast.Name {
	if !p.tok.Name() || wordOf(p.tok, wordPLSQLStop) {
		p.expected(what)
	}
	switch t := p.peek(1); t.Kind {
	case token.Assign, token.LParen, token.Semi, token.EQ:
		if what == "a declaration" {
			p.next()
			p.expected("a data type")
		}
	}
	return p.parseIdent()
}

// parseVarRest reads type [RANGE a..b] [NOT NULL] [:= | DEFAULT value] of a variable, field or element.
func (p *parser) parseVarRest(v *ast.VarDecl) {
	v.Type = p.parseDataType()
	v.Bounds = p.parseBounds()
	if p.gotKw(token.NOT) {
		p.wantKw(token.NULL)
		v.NotNull = true
	} else if p.is(token.NULL) {
		p.next()
	}
	v.Default = p.parseDefault()
}

// parseDefault reads := value or DEFAULT value; nil when neither stands.
func (p *parser) parseDefault() ast.Expr {
	if p.got(token.Assign) || p.gotKw(token.DEFAULT) {
		return p.parseExpr()
	}
	return nil
}

// parseBounds reads RANGE low..high; nil when it does not stand.
func (p *parser) parseBounds() *ast.Bounds {
	if !p.is(token.RANGE) {
		return nil
	}
	lo := p.mark()
	p.next()
	b := &ast.Bounds{Low: p.parseOperand()}
	p.want(token.DotDot)
	b.High = p.parseOperand()
	b.Span = p.since(lo)
	return b
}

// parseSubtype reads SUBTYPE name IS base [RANGE a..b] [NOT NULL].
func (p *parser) parseSubtype() ast.Decl {
	lo := p.mark()
	p.next()
	s := &ast.SubtypeDecl{Name: p.parseIdent()}
	p.wantKw(token.IS)
	s.Base = p.parseDataType()
	s.Bounds = p.parseBounds()
	if p.gotKw(token.NOT) {
		p.wantKw(token.NULL)
		s.NotNull = true
	}
	s.Span = p.since(lo)
	return s
}

// parseCursorDecl reads CURSOR name [(params)] [RETURN type] [IS query].
func (p *parser) parseCursorDecl() ast.Decl {
	lo := p.mark()
	p.next()
	c := &ast.CursorDecl{Name: p.parseDeclName("a cursor name")}
	if p.at(token.LParen) {
		c.Params = p.parseParams()
	}
	if p.gotKw(token.RETURN) {
		c.Return = p.parseDataType()
	}
	if p.gotKw(token.IS) {
		c.Query = p.parseSelect()
	} else if c.Return == nil {
		p.expected("IS", "RETURN")
	}
	c.Span = p.since(lo)
	return c
}
