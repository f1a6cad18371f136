package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// readLOBStorage reads LOB (cols) [STORE AS ...], or LOB (item) (parameters) of ALTER TABLE MODIFY.
func (p *parser) readLOBStorage(c *ast.Clause) {
	p.next()
	c.Names = p.parseNameGroup()
	switch {
	case p.is(token.STORE):
		p.readStore()
	case p.at(token.LParen):
		p.skipParens()
	default:
		p.expected("STORE AS")
	}
}

// readStore reads STORE AS and everything it takes for LOB, VARRAY, XMLType and JSON columns.
func (p *parser) readStore() {
	p.wantKw(token.STORE)
	if p.gotKw(token.ALL) {
		p.wantKw(token.VARRAYS, token.AS)
		if p.gotAny(token.LOBS, token.TABLES) == 0 {
			p.expected("LOBS", "TABLES")
		}
		if !p.is(token.AS) {
			return
		}
	}
	p.wantKw(token.AS)
	if p.gotSeq(token.OBJECT, token.RELATIONAL) {
		return
	}
	p.gotAny(token.SECUREFILE, token.BASICFILE)
	p.gotKw(token.TRANSPORTABLE)
	if p.gotKw(token.TABLE) { // a varray of an XML schema
		p.parseIdent()
	} else if !p.gotSeq(token.BINARY, token.XML) {
		p.gotAny(token.LOB, token.CLOB, token.BLOB)
	}
	if p.atSegmentName() {
		p.parseIdent()
	}
	if p.at(token.LParen) {
		p.skipParens()
	}
}

// atSegmentName reports whether the optional segment name of a STORE AS stands here and not the next attribute.
func (p *parser) atSegmentName() bool {
	if p.tok.Kind == token.QuotedIdent {
		return true
	}
	return p.tok.Kind == token.Ident && (p.tok.Kw == 0 || p.peek(1).Kind == token.LParen && !p.isAny(
		token.LOB, token.STORAGE, token.PARTITION, token.SUBPARTITION, token.AS))
}

// readTypedStorage reads VARRAY, NESTED TABLE, XMLTYPE, JSON and OPAQUE TYPE column properties.
func (p *parser) readTypedStorage(c *ast.Clause) {
	p.next()
	switch c.Head {
	case token.NESTED:
		p.readNestedTable(c)
		return
	case token.OPAQUE:
		p.wantKw(token.TYPE)
		c.Names = append(c.Names, p.parseName())
	case token.JSON:
		if p.at(token.LParen) {
			c.Names = p.parseNameGroup()
		} else {
			c.Names = p.parseNames()
		}
	default:
		p.gotKw(token.COLUMN)
		if !p.is(token.STORE) && !p.is(token.XMLSCHEMA) {
			c.Names = append(c.Names, p.parseName())
		}
	}
	if c.Head != token.XMLTYPE {
		p.readSubstitutable(c)
	}
	if p.is(token.STORE) {
		p.readStore()
	} else if p.at(token.LParen) {
		p.skipParens() // MODIFY VARRAY x (parameters)
	}
	if c.Head == token.XMLTYPE || c.Head == token.OPAQUE {
		p.skipXMLSchema()
	}
}

// skipXMLSchema reads [XMLSCHEMA url] ELEMENT name [{ALLOW|DISALLOW} {NONSCHEMA|ANYSCHEMA}] and VIRTUAL COLUMNS (...).
func (p *parser) skipXMLSchema() {
	if p.gotKw(token.XMLSCHEMA) {
		p.next()
	}
	if p.gotKw(token.ELEMENT) {
		p.next()
	}
	for {
		switch {
		case p.gotKw(token.STORE):
			p.wantKw(token.ALL, token.VARRAYS, token.AS)
			if p.gotAny(token.LOBS, token.TABLES) == 0 {
				p.expected("LOBS", "TABLES")
			}
		case p.gotAny(token.ALLOW, token.DISALLOW) != 0:
			if p.gotAny(token.NONSCHEMA, token.ANYSCHEMA) == 0 {
				p.expected("NONSCHEMA", "ANYSCHEMA")
			}
		default:
			return
		}
	}
}

// readNestedTable reads NESTED TABLE {col | COLUMN_VALUE} [subst] [LOCAL|GLOBAL] STORE AS name [(...)] [RETURN [AS] LOCATOR|VALUE].
// Names are the column and the storage table; a
// column of a subtype is in Exprs.
func (p *parser) readNestedTable(c *ast.Clause) {
	p.wantKw(token.TABLE)
	if p.is(token.TREAT) { // TREAT(OBJECT_VALUE AS subtype).attribute
		c.Exprs = append(c.Exprs, p.parseExpr())
	} else {
		c.Names = append(c.Names, p.parseName())
	}
	p.readSubstitutable(c)
	p.gotAny(token.LOCAL, token.GLOBAL)
	p.wantKw(token.STORE, token.AS)
	c.Names = append(c.Names, p.parseName())
	if p.at(token.LParen) {
		p.skipParens()
	}
	c.Parts = p.parseSegmentProps()
	if p.gotKw(token.RETURN) {
		p.gotKw(token.AS)
		if p.gotAny(token.LOCATOR, token.VALUE) == 0 {
			p.expected("LOCATOR", "VALUE")
		}
	}
}

// parseSegmentProps reads the segment attributes that stand here, which belong to what is in front of them:
// the overflow segment of an index-organised table, the storage table of a nested one.
func (p *parser) parseSegmentProps() []*ast.Clause {
	var cs []*ast.Clause
	for p.isAny(token.PCTFREE, token.PCTUSED, token.INITRANS, token.MAXTRANS, token.STORAGE, token.TABLESPACE,
		token.LOGGING, token.NOLOGGING) {
		c := p.parseProp()
		if c == nil {
			return cs
		}
		cs = append(cs, c)
	}
	return cs
}
