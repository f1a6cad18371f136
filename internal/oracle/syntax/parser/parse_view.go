package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseCreateView reads a CREATE VIEW from its first word behind CREATE [OR REPLACE]: a modifier or VIEW.
func (p *parser) parseCreateView(lo uint32, replace bool, editionable token.Keyword) ast.Stmt {
	v := &ast.CreateView{Replace: replace, Editionable: editionable}
	for !p.is(token.VIEW) {
		switch k := p.tok.Kw; k {
		case token.NO:
			p.next()
			p.wantKw(token.FORCE)
			v.Force = token.NOFORCE
		case token.FORCE, token.NOFORCE:
			v.Force = k
			p.next()
		case token.EDITIONING:
			v.Editioning = true
			p.next()
		case token.EDITIONABLE, token.NONEDITIONABLE:
			v.Editionable = k
			p.next()
		case token.JSON:
			p.next()
			p.gotKw(token.RELATIONAL)
			if p.gotAny(token.DUALITY, token.COLLECTION) == 0 {
				p.expected("DUALITY", "COLLECTION")
			}
			v.Duality = true
		default:
			p.expected("VIEW")
		}
	}
	p.wantKw(token.VIEW)
	v.IfNotExists = p.gotIfNotExists()
	v.Name = p.parseName()
	for p.parseViewHead(v) {
	}
	p.wantKw(token.AS)
	if v.Duality {
		at := p.mark()
		if p.atEnd() {
			p.expected("a query")
		}
		p.skipRest()
		v.Body = p.clause(at, token.JSON)
	} else {
		v.Query = p.parseSelect()
		p.parseViewTail(v)
	}
	v.Span = p.since(lo)
	return v
}

// parseViewHead reads one clause between the view's name and AS.
func (p *parser) parseViewHead(v *ast.CreateView) bool {
	lo := p.mark()
	switch {
	case p.at(token.LParen):
		p.parseTableItems(&v.Columns, &v.Constraints, &v.Props)
	case p.gotKw(token.OF):
		v.OfType = p.parseOfType()
		p.skipXMLSchema()
	case p.is(token.WITH):
		p.next()
		p.wantKw(token.OBJECT)
		if p.gotAny(token.ID, token.OID) == 0 {
			p.wantKw(token.IDENTIFIER)
		}
		c := &ast.Clause{Head: token.OBJECT}
		if !p.gotKw(token.DEFAULT) {
			p.want(token.LParen)
			c.Exprs = append(c.Exprs, p.parseExpr())
			for p.got(token.Comma) {
				c.Exprs = append(c.Exprs, p.parseExpr())
			}
			p.want(token.RParen)
		}
		c.Span = p.since(lo)
		v.ObjectID = c
	case p.gotKw(token.UNDER):
		v.Under = p.parseName()
	case p.gotKw(token.BEQUEATH):
		if p.gotAny(token.CURRENT_USER, token.DEFINER) == 0 {
			p.expected("CURRENT_USER", "DEFINER")
		}
		v.Props = append(v.Props, p.clause(lo, token.BEQUEATH))
	case p.is(token.ANNOTATIONS):
		v.Annotations = p.parseAnnotations()
	case p.is(token.SHARING), p.is(token.DEFAULT), p.is(token.CONTAINER_MAP), p.is(token.CONTAINERS_DEFAULT):
		return p.appendProp(&v.Props)
	default:
		return false
	}
	return true
}

// parseViewTail reads WITH READ ONLY | CHECK OPTION [CONSTRAINT c] and the container words.
func (p *parser) parseViewTail(v *ast.CreateView) {
	if p.gotKw(token.WITH) {
		switch v.With = p.gotAny(token.READ, token.CHECK); v.With {
		case token.READ:
			p.wantKw(token.ONLY)
		case token.CHECK:
			p.wantKw(token.OPTION)
		default:
			p.expected("READ ONLY", "CHECK OPTION")
		}
		if p.gotKw(token.CONSTRAINT) {
			v.CheckName = p.parseIdent()
		}
	}
	for p.isAny(token.CONTAINER_MAP, token.CONTAINERS_DEFAULT) {
		p.appendProp(&v.Props)
	}
}
