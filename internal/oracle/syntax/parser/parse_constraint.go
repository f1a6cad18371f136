package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// startsConstraint reports whether an out-of-line constraint begins here, and not a column of that name.
func (p *parser) startsConstraint() bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	next := p.peek(1)
	switch p.tok.Kw {
	case token.CONSTRAINT:
		return next.Name()
	case token.PRIMARY, token.FOREIGN:
		return next.Is(token.KEY)
	case token.UNIQUE, token.CHECK, token.REF:
		return next.Kind == token.LParen
	case token.SCOPE:
		return next.Is(token.FOR)
	}
	return false
}

// parseConstraint reads [CONSTRAINT name] kind {state}. outOfLine says that the columns are named.
func (p *parser) parseConstraint(outOfLine bool) *ast.Constraint {
	lo := p.mark()
	c := &ast.Constraint{}
	if p.gotKw(token.CONSTRAINT) && (!p.is(token.CHECK) || p.peek(1).Kind != token.LParen) { // domains of 23ai have them without names
		c.Name = p.parseName()
	}
	c.Kind = p.tok.Kw
	switch c.Kind {
	case token.NOT:
		p.next()
		p.wantKw(token.NULL)
	case token.NULL:
		p.next()
	case token.UNIQUE:
		p.next()
		p.parseKeyColumns(c, outOfLine)
	case token.PRIMARY:
		p.next()
		p.wantKw(token.KEY)
		p.parseKeyColumns(c, outOfLine)
	case token.FOREIGN:
		p.next()
		p.wantKw(token.KEY)
		c.Columns = p.parseNameGroup()
		p.parseReferences(c)
	case token.REFERENCES:
		c.Kind = token.FOREIGN
		p.parseReferences(c)
	case token.CHECK:
		p.next()
		p.want(token.LParen)
		c.Check = p.parseExpr()
		p.want(token.RParen)
	case token.SCOPE:
		p.next()
		if p.gotKw(token.FOR) {
			c.Columns = p.parseNameGroup()
		}
		p.wantKw(token.IS)
		c.RefTable = p.parseName()
	case token.REF:
		p.next()
		c.Columns = p.parseNameGroup()
		p.wantKw(token.WITH, token.ROWID)
		c.Kind = token.ROWID
	case token.WITH:
		p.next()
		p.wantKw(token.ROWID)
		c.Kind = token.ROWID
	default:
		p.expected("NOT NULL", "UNIQUE", "PRIMARY KEY", "FOREIGN KEY", "REFERENCES", "CHECK")
	}
	p.parseConstraintStates(c)
	c.Span = p.since(lo)
	return c
}

func (p *parser) parseKeyColumns(c *ast.Constraint, outOfLine bool) {
	if outOfLine || p.at(token.LParen) {
		c.Columns = p.parseNameGroup()
	}
}

func (p *parser) parseReferences(c *ast.Constraint) {
	p.wantKw(token.REFERENCES)
	c.RefTable = p.parseName()
	if p.at(token.LParen) {
		c.RefColumns = p.parseNameGroup()
	}
}

// parseConstraintStates reads the states behind a constraint in any order, as Oracle takes them.
func (p *parser) parseConstraintStates(c *ast.Constraint) {
	for p.tok.Kind == token.Ident {
		switch p.tok.Kw {
		case token.ON:
			if !p.peek(1).Is(token.DELETE) {
				return
			}
			p.next()
			p.next()
			if c.OnDelete = p.gotAny(token.CASCADE, token.SET); c.OnDelete == token.SET {
				p.wantKw(token.NULL)
			} else if c.OnDelete == 0 {
				p.expected("CASCADE", "SET NULL")
			}
		case token.DEFERRABLE:
			c.Deferrable = token.DEFERRABLE
			p.next()
		case token.NOT:
			if !p.peek(1).Is(token.DEFERRABLE) {
				return
			}
			c.Deferrable = token.NOT
			p.next()
			p.next()
		case token.INITIALLY:
			p.next()
			if c.Initially = p.gotAny(token.DEFERRED, token.IMMEDIATE); c.Initially == 0 {
				p.expected("DEFERRED", "IMMEDIATE")
			}
		case token.ENABLE, token.DISABLE:
			switch p.peek(1).Kw {
			case token.ROW, token.ALL, token.TABLE, token.CONSTRAINT, token.PRIMARY, token.UNIQUE, token.STORAGE, token.QUERY:
				return // a clause of the table
			}
			c.Enabled = p.tok.Kw
			p.next()
		case token.VALIDATE, token.NOVALIDATE:
			c.Validated = p.tok.Kw
			p.next()
		case token.RELY, token.NORELY:
			c.Rely = p.tok.Kw
			p.next()
		case token.PRECHECK, token.NOPRECHECK:
			c.Precheck = p.tok.Kw
			p.next()
		case token.USING:
			if !p.peek(1).Is(token.INDEX) {
				return
			}
			c.Using = p.parseUsingIndex()
		case token.EXCEPTIONS:
			p.next()
			p.wantKw(token.INTO)
			c.Exceptions = p.parseName()
		default:
			return
		}
	}
}

// parseUsingIndex reads USING INDEX [name | (CREATE INDEX ...) | attributes].
func (p *parser) parseUsingIndex() *ast.UsingIndex {
	lo := p.mark()
	p.wantKw(token.USING, token.INDEX)
	u := &ast.UsingIndex{}
	switch {
	case p.at(token.LParen):
		p.next()
		at := p.mark()
		p.wantKw(token.CREATE)
		u.Create = p.parseCreateIndex(at)
		p.want(token.RParen)
	case p.startsIndexAttribute():
	case p.tok.Name() && !p.atConstraintState():
		u.Name = p.parseName()
	}
	p.parseIndexTail(&u.Partition, &u.Props, true)
	u.Span = p.since(lo)
	return u
}

// atConstraintState reports whether a word that may follow USING INDEX in a constraint stands here.
func (p *parser) atConstraintState() bool {
	return p.isAny(token.ENABLE, token.DISABLE, token.VALIDATE, token.NOVALIDATE, token.RELY, token.NORELY,
		token.EXCEPTIONS, token.DEFERRABLE, token.INITIALLY, token.NOT, token.PRECHECK, token.NOPRECHECK,
		token.CONSTRAINT, token.NULL, token.UNIQUE, token.PRIMARY, token.REFERENCES, token.CHECK, token.REFRESH,
		token.AS, token.CASCADE, token.KEEP, token.DROP, token.ADD, token.ON, token.MODIFY, token.USING,
		token.FOR, token.NEVER, token.DEFAULT, token.ANNOTATIONS)
}
