package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseTypeDecl reads TYPE name IS definition in a declaration section.
func (p *parser) parseTypeDecl() ast.Decl {
	lo := p.mark()
	p.next()
	d := &ast.TypeDecl{Name: p.parseIdent()}
	p.wantKw(token.IS)
	switch {
	case p.is(token.RECORD):
		d.Def = p.parseRecordType()
	case p.is(token.REF):
		d.Def = p.parseRefCursorType()
	default:
		d.Def = p.parseCollectionType()
	}
	d.Span = p.since(lo)
	return d
}

// parseRecordType reads RECORD (fields).
func (p *parser) parseRecordType() *ast.RecordType {
	lo := p.mark()
	p.next()
	p.want(token.LParen)
	r := &ast.RecordType{}
	for {
		at := p.mark()
		f := &ast.VarDecl{Name: p.parseIdent()}
		p.parseVarRest(f)
		f.Span = p.since(at)
		r.Fields = append(r.Fields, f)
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
	r.Span = p.since(lo)
	return r
}

// parseRefCursorType reads REF CURSOR [RETURN type].
func (p *parser) parseRefCursorType() *ast.RefCursorType {
	lo := p.mark()
	p.next()
	p.wantKw(token.CURSOR)
	r := &ast.RefCursorType{}
	if p.gotKw(token.RETURN) {
		r.Return = p.parseDataType()
	}
	r.Span = p.since(lo)
	return r
}

// parseCollectionType reads TABLE OF ... [INDEX BY ...], VARRAY(n) OF ..., [VARYING] ARRAY (n) OF ..., for PL/SQL
// and for CREATE TYPE, where the element may stand in parentheses with PERSISTABLE behind them.
func (p *parser) parseCollectionType() *ast.CollectionType {
	lo := p.mark()
	c := &ast.CollectionType{}
	switch {
	case p.gotKw(token.TABLE):
	case p.gotKw(token.VARRAY), p.gotKw(token.ARRAY), p.gotSeq(token.VARYING, token.ARRAY):
		c.Kind = ast.Varray
		p.want(token.LParen)
		c.Limit = p.parseExpr()
		p.want(token.RParen)
	default:
		p.expected("RECORD", "TABLE", "VARRAY", "REF CURSOR")
	}
	p.wantKw(token.OF)
	paren := p.got(token.LParen)
	c.Elem = p.parseDataType()
	c.Bounds = p.parseBounds()
	if p.isSeq(token.NOT, token.NULL) {
		p.next()
		p.next()
		c.NotNull = true
	}
	if paren {
		p.want(token.RParen)
	}
	not := p.isSeq(token.NOT, token.PERSISTABLE)
	if not {
		c.Persistable = token.NOT
		p.next()
	}
	if p.gotKw(token.PERSISTABLE) && !not {
		c.Persistable = token.PERSISTABLE
	}
	if c.Kind == ast.NestedTable && p.gotKw(token.INDEX) {
		p.wantKw(token.BY)
		c.Kind, c.Index = ast.AssociativeArray, p.parseDataType()
	}
	c.Span = p.since(lo)
	return c
}
