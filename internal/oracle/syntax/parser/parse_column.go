package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseColumnDef reads a column of a table, view or object table: name [type] {option}. Inline constraints
// and the column's properties may come in any order.
func (p *parser) parseColumnDef() *ast.ColumnDef {
	lo := p.mark()
	c := &ast.ColumnDef{Name: p.parseName()}
	if p.startsColumnType() {
		c.Type = p.parseDataType()
	}
	for p.parseColumnOption(c) {
	}
	c.Span = p.since(lo)
	return c
}

// startsColumnType tells a data type from the first word of an option: in object tables, views and
// ALTER TABLE MODIFY the type may be missing.
func (p *parser) startsColumnType() bool {
	if !p.tok.Name() {
		return false
	}
	switch p.tok.Kw {
	case token.DEFAULT, token.GENERATED, token.AS, token.CONSTRAINT, token.NOT, token.NULL, token.UNIQUE,
		token.PRIMARY, token.REFERENCES, token.CHECK, token.WITH, token.VISIBLE, token.INVISIBLE, token.VIRTUAL,
		token.SORT, token.COLLATE, token.ENCRYPT, token.DECRYPT, token.ANNOTATIONS, token.RESERVABLE, token.SCOPE,
		token.DROP, token.ADD, token.ENABLE, token.DISABLE, token.SUBSTITUTABLE, token.EVALUATE, token.UNUSABLE,
		token.MODIFY, token.IDENTITY:
		return p.tok.Kind == token.QuotedIdent
	case token.DOMAIN:
		return !p.peek(1).Name()
	}
	return true
}

// parseColumnOption reads one option or constraint of a column; false when there is none.
func (p *parser) parseColumnOption(c *ast.ColumnDef) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	lo := p.mark()
	switch p.tok.Kw {
	case token.DEFAULT:
		p.next()
		if p.gotSeq(token.ON, token.NULL) {
			c.DefaultOnNull = true
			c.OnNullUpdate = p.parseForInsert()
		}
		c.Default = p.parseExpr()
	case token.GENERATED, token.AS:
		p.parseGenerated(c)
	case token.IDENTITY:
		// ALTER TABLE ... MODIFY c IDENTITY (options): the short form changes options only
		p.next()
		c.Identity = &ast.Identity{Options: p.parseIdentityOptions()}
		c.Identity.Span = p.since(lo)
	case token.VIRTUAL:
		p.next()
	case token.VISIBLE, token.INVISIBLE:
		c.Visibility = p.tok.Kw
		p.next()
	case token.SORT:
		c.Sort = true
		p.next()
	case token.COLLATE:
		p.next()
		c.Collation = p.parseIdent()
	case token.DOMAIN:
		p.next()
		c.Domain = p.parseName()
	case token.VALIDATE: // of a JSON column in 23ai: VALIDATE [CAST] [USING] schema
		p.next()
		p.gotKw(token.CAST)
		p.gotKw(token.USING)
		v := &ast.Clause{Head: token.VALIDATE, Exprs: []ast.Expr{p.parseOperand()}}
		v.Span = p.since(lo)
		c.Options = append(c.Options, v)
	case token.RESERVABLE:
		c.Reservable = token.RESERVABLE
		p.next()
	case token.ENCRYPT, token.DECRYPT:
		c.Encrypt = p.parseEncrypt()
	case token.ANNOTATIONS:
		c.Annotations = p.parseAnnotations()
	case token.EVALUATE, token.UNUSABLE:
		c.Options = append(c.Options, p.parseEditionUse())
	case token.SUBSTITUTABLE:
		p.parseSubstitutable()
		c.Options = append(c.Options, p.clause(lo, token.SUBSTITUTABLE))
	case token.DROP:
		if !p.peek(1).Is(token.IDENTITY) {
			return false
		}
		p.next()
		p.next()
		c.DropIdentity = true
	case token.NOT:
		switch p.peek(1).Kw {
		case token.RESERVABLE:
			p.next()
			p.next()
			c.Reservable = token.NOT
			return true
		case token.SUBSTITUTABLE:
			p.next()
			p.parseSubstitutable()
			c.Options = append(c.Options, p.clause(lo, token.SUBSTITUTABLE))
			return true
		case token.NULL:
			c.Constraints = append(c.Constraints, p.parseConstraint(false))
			return true
		}
		return false
	case token.WITH:
		if !p.peek(1).Is(token.ROWID) {
			return false
		}
		c.Constraints = append(c.Constraints, p.parseConstraint(false))
	case token.CONSTRAINT, token.NULL, token.UNIQUE, token.PRIMARY, token.REFERENCES, token.CHECK, token.SCOPE:
		c.Constraints = append(c.Constraints, p.parseConstraint(false))
	default:
		return false
	}
	return true
}

// parseForInsert reads FOR INSERT ONLY | FOR INSERT AND UPDATE of 23ai and reports the latter.
func (p *parser) parseForInsert() bool {
	if !p.gotKw(token.FOR) {
		return false
	}
	p.wantKw(token.INSERT)
	if p.gotKw(token.ONLY) {
		return false
	}
	p.wantKw(token.AND, token.UPDATE)
	return true
}

// parseGenerated reads an identity or virtual column specification.
func (p *parser) parseGenerated(c *ast.ColumnDef) {
	lo := p.mark()
	if p.gotKw(token.GENERATED) {
		id := &ast.Identity{}
		if p.gotKw(token.ALWAYS) {
			id.Always = true
		} else {
			p.wantKw(token.BY, token.DEFAULT)
			if p.gotSeq(token.ON, token.NULL) {
				id.OnNull = true
				c.OnNullUpdate = p.parseForInsert()
			}
		}
		p.wantKw(token.AS)
		if p.gotKw(token.IDENTITY) {
			id.Options = p.parseIdentityOptions()
			id.Span = p.since(lo)
			c.Identity = id
			return
		}
		if !id.Always {
			p.expected("IDENTITY")
		}
	} else {
		p.wantKw(token.AS)
	}
	p.want(token.LParen)
	c.Generated = p.parseExpr()
	p.want(token.RParen)
	if !p.gotKw(token.VIRTUAL) && p.gotKw(token.MATERIALIZED) {
		c.Stored = true
	}
	if p.gotKw(token.BY) { // as DBMS_METADATA writes the columns of extended statistics
		p.wantKw(token.USER, token.FOR, token.STATISTICS)
	}
}

func (p *parser) parseIdentityOptions() []*ast.SeqOption {
	if !p.got(token.LParen) {
		return p.parseSeqOptions()
	}
	opts := p.parseSeqOptions()
	p.want(token.RParen)
	return opts
}

// parseEncrypt reads ENCRYPT [USING 'alg'] [IDENTIFIED BY pw] ['integrity'] [[NO] SALT] | DECRYPT.
func (p *parser) parseEncrypt() *ast.Clause {
	lo, head := p.mark(), p.tok.Kw
	p.next()
	if head == token.ENCRYPT {
		if p.gotKw(token.USING) {
			p.parseText()
		}
		if p.gotSeq(token.IDENTIFIED, token.BY) {
			p.skipPassword()
		}
		if p.atText() {
			p.next()
		}
		if !p.gotSeq(token.NO, token.SALT) {
			p.gotKw(token.SALT)
		}
	}
	return p.clause(lo, head)
}

// parseAnnotations reads ANNOTATIONS ( [ADD|DROP|REPLACE [IF [NOT] EXISTS]] name ['value'], ... ).
func (p *parser) parseAnnotations() *ast.Annotations {
	lo := p.mark()
	p.wantKw(token.ANNOTATIONS)
	p.want(token.LParen)
	a := &ast.Annotations{}
	for {
		at := p.mark()
		it := &ast.Annotation{}
		if t := p.peek(1); t.Name() {
			it.Op = p.gotAny(token.ADD, token.DROP, token.REPLACE)
		}
		if !p.gotIfExists() {
			p.gotIfNotExists()
		}
		it.Name = p.parseIdent()
		if p.atText() {
			it.Value = p.parseText()
		}
		it.Span = p.since(at)
		a.Items = append(a.Items, it)
		if !p.got(token.Comma) {
			break
		}
	}
	p.want(token.RParen)
	a.Span = p.since(lo)
	return a
}

// parseEditionUse reads EVALUATE USING {CURRENT|NULL} EDITION | EDITION e and
// UNUSABLE {BEFORE | BEGINNING WITH} the same.
func (p *parser) parseEditionUse() *ast.Clause {
	lo, head := p.mark(), p.tok.Kw
	p.next()
	if head == token.EVALUATE {
		p.wantKw(token.USING)
	} else if !p.gotKw(token.BEFORE) {
		p.wantKw(token.BEGINNING, token.WITH)
	}
	if p.gotAny(token.CURRENT, token.NULL) != 0 {
		p.wantKw(token.EDITION)
	} else {
		p.wantKw(token.EDITION)
		p.parseIdent()
	}
	return p.clause(lo, head)
}

// parseSubstitutable reads SUBSTITUTABLE AT ALL LEVELS [FORCE]; a NOT is already consumed.
func (p *parser) parseSubstitutable() {
	p.wantKw(token.SUBSTITUTABLE, token.AT, token.ALL, token.LEVELS)
	p.gotKw(token.FORCE)
}
