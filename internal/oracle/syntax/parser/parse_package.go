package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parsePackage reads CREATE PACKAGE [BODY].
func (p *parser) parsePackage(lo uint32, u ast.UnitFlags) ast.Stmt {
	p.next()
	if p.is(token.BODY) && !p.peekIs(1, token.IS, token.AS) {
		p.next()
		return p.parsePackageBody(lo, u)
	}
	s := &ast.CreatePackage{Name: p.parseUnitName(&u)}
	s.Props = p.parseUnitProps()
	s.Decls = p.parsePackageDecls(s.Name, inSpec)
	s.EndName = p.parsePackageEnd(lo, s.Name)
	s.UnitFlags = u
	s.Span = p.since(lo)
	return s
}

// peekIs reports whether the n-th token on is one of these words.
func (p *parser) peekIs(n int, ks ...token.Keyword) bool {
	t := p.peek(n)
	for _, k := range ks {
		if t.Is(k) {
			return true
		}
	}
	return false
}

func (p *parser) parseUnitProps() []*ast.RoutineProp {
	var props []*ast.RoutineProp
	for {
		prop := p.parseRoutineProp()
		if prop == nil {
			return props
		}
		props = append(props, prop)
	}
}

func (p *parser) parsePackageBody(lo uint32, u ast.UnitFlags) ast.Stmt {
	s := &ast.CreatePackageBody{Name: p.parseUnitName(&u)}
	s.Props = p.parseUnitProps()
	s.Decls = p.parsePackageDecls(s.Name, inBlock)
	if p.is(token.BEGIN) {
		at := p.mark()
		s.Init = &ast.Block{}
		p.parseBegin(s.Init, 0, lo)
		s.Init.Span = p.since(at)
	}
	if !p.unclosed {
		s.EndName = p.parsePackageEnd(lo, s.Name)
	}
	s.UnitFlags = u
	s.Span = p.since(lo)
	return s
}

// parsePackageDecls reads IS declarations, up to BEGIN or END.
func (p *parser) parsePackageDecls(name *ast.Name, place declPlace) []ast.Decl {
	if p.gotAny(token.IS, token.AS) == 0 {
		p.expected("IS", "AS")
	}
	p.open(nestDecl, lastPart(name))
	return p.parseDecls(place)
}

// parsePackageEnd reads END [name].
func (p *parser) parsePackageEnd(lo uint32, name *ast.Name) *ast.Name {
	defer p.shut(0)
	if p.is(token.BEGIN) {
		p.expected("a declaration", "END")
	}
	if !p.wantEnd(0, lo) {
		return nil
	}
	p.next()
	if !p.tok.Name() {
		return nil
	}
	end := p.parseIdent()
	if !p.sameName(end.Lo, lastPart(name)) {
		p.mismatch(end, name)
	}
	return end
}
