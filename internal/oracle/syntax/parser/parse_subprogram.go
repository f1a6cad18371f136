package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseSubprogramDecl reads a function or procedure of WITH, its ';' included.
func (p *parser) parseSubprogramDecl() ast.Decl {
	lo := p.mark()
	if p.plsql == 0 {
		p.beginUnit()
	}
	sql := p.sql
	p.sql = false
	p.plsql++
	d := p.parseRoutine()
	p.plsql--
	p.sql = sql
	if p.unclosed {
		p.unclosed = false
		p.next()
		return p.badDecl(lo, len(p.f.Errors)-1)
	}
	p.want(token.Semi)
	return d
}

// parseRoutine reads PROCEDURE or FUNCTION with its heading and, where it stands, its body, up to the ';'.
func (p *parser) parseRoutine() *ast.Routine {
	p.enter()
	lo := p.mark()
	r := &ast.Routine{Kind: p.tok.Kw}
	p.next()
	r.Name = p.parseIdent()
	p.parseRoutineRest(r, lo)
	p.leave()
	return r
}

// parseRoutineRest reads everything behind the name.
func (p *parser) parseRoutineRest(r *ast.Routine, lo uint32) {
	base := len(p.nest)
	p.open(nestHead, lastPart(r.Name))
	if p.is(token.SHARING) {
		r.Props = append(r.Props, p.parseSharing())
	}
	if p.at(token.LParen) {
		r.Params = p.parseParams()
	}
	if r.Kind == token.FUNCTION {
		p.wantKw(token.RETURN)
		if p.isSeq(token.SELF, token.AS, token.RESULT) {
			p.next()
			p.next()
			p.next()
			r.ReturnSelf = true
		} else {
			r.Return = p.parseParamType()
		}
	}
	for {
		prop := p.parseRoutineProp()
		if prop == nil {
			break
		}
		r.Props = append(r.Props, prop)
	}
	if p.is(token.IS) || p.is(token.AS) {
		p.next()
		if p.atCallSpec() {
			r.CallSpec = p.parseCallSpec()
		} else {
			p.nest[base].kind = nestDecl
			p.nestFrom = p.i
			r.Body = p.parseBodyApart(r, base, lo)
		}
	} else if p.atCallSpec() && p.is(token.EXTERNAL) {
		r.CallSpec = p.parseCallSpec()
	}
	p.shut(base)
	r.Span = p.since(lo)
}

// parseBodyApart is parseRoutineBody with nodes from blocks of their own, where the body will be put away.
func (p *parser) parseBodyApart(r *ast.Routine, base int, lo uint32) *ast.Block {
	if !p.thin || p.body {
		return p.parseRoutineBody(r, base, lo)
	}
	p.swapSlabs()
	b := p.parseRoutineBody(r, base, lo)
	p.swapSlabs()
	return b
}

func (p *parser) swapSlabs() {
	p.slab, p.apart, p.body = p.apart, p.slab, !p.body
}

// parseRoutineBody reads [declarations] BEGIN ... END [name].
func (p *parser) parseRoutineBody(r *ast.Routine, base int, lo uint32) *ast.Block {
	b := &ast.Block{}
	at := p.mark()
	b.Decls = p.parseDecls(inBlock)
	p.parseBlockBody(b, base, lo)
	if b.EndName != nil && !p.sameName(b.EndName.Lo, lastPart(r.Name)) {
		p.mismatch(b.EndName, r.Name)
	}
	b.Span = p.since(at)
	return b
}

// parseParams reads (name [IN] [OUT] [NOCOPY] type [:= value], ...).
func (p *parser) parseParams() []*ast.Param {
	p.next()
	params := make([]*ast.Param, 0, 4)
	for {
		lo := p.mark()
		if p.at(token.RParen) || p.at(token.Comma) {
			p.expected("a parameter")
		}
		a := &ast.Param{Name: p.parseIdent()}
		a.In = p.gotKw(token.IN)
		a.Out = p.gotKw(token.OUT)
		a.NoCopy = p.gotKw(token.NOCOPY)
		a.Type = p.parseParamType()
		a.Default = p.parseDefault()
		a.Span = p.since(lo)
		params = append(params, a)
		if !p.got(token.Comma) {
			break
		}
	}
	if !p.got(token.RParen) {
		p.expected("\",\"", "\")\"")
	}
	return params
}

// parseParamType reads a type in a heading, where TABLE stands for any table (polymorphic table functions, SQL
// macros).
func (p *parser) parseParamType() *ast.DataType {
	if !p.is(token.TABLE) {
		d := p.parseDataType()
		switch d.Kw {
		case token.NUMBER, token.VARCHAR2, token.VARCHAR, token.CHAR, token.NVARCHAR2, token.NCHAR, token.RAW:
			if len(d.Args) > 0 {
				p.failAt(d.Lo+1, "the type of a parameter or result has a length", nil, "leave it out") // PLS-00103
			}
		}
		return d
	}
	lo := p.mark()
	p.next()
	return &ast.DataType{Span: p.since(lo), Kw: token.TABLE}
}
