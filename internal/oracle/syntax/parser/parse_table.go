package parser

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// parseCreateTable reads a CREATE TABLE from its first word behind CREATE: a modifier or TABLE.
func (p *parser) parseCreateTable(lo uint32) ast.Stmt {
	t := &ast.CreateTable{}
	p.parseTableModifiers(t)
	p.wantKw(token.TABLE)
	t.IfNotExists = p.gotIfNotExists()
	t.Name = p.parseName()
	for p.is(token.SHARING) || p.is(token.PARENT) || p.is(token.MEMOPTIMIZE) {
		t.Props = append(t.Props, p.parseProp())
	}
	if p.gotKw(token.OF) {
		t.OfType = p.parseOfType()
		if p.is(token.NOT) || p.is(token.SUBSTITUTABLE) || p.is(token.ELEMENT) {
			at := p.mark()
			c := &ast.Clause{Head: token.SUBSTITUTABLE}
			p.readSubstitutable(c)
			c.Span = p.since(at)
			t.Items = append(t.Items, c)
		}
	}
	if p.at(token.LParen) {
		p.parseTableItems(&t.Columns, &t.Constraints, &t.Items)
	}
	for p.parseTableClause(t) {
	}
	p.checkTable(t)
	t.Span = p.since(lo)
	return t
}

// checkTable fails where Oracle would say ORA-00922 or ORA-02263: a table of nothing, or a column without a
// type that neither a query, an object type nor a foreign key gives it.
func (p *parser) checkTable(t *ast.CreateTable) {
	if t.Query != nil || t.OfType != nil || t.ForExchange != nil || t.Collection || t.External != nil && len(t.Columns) == 0 {
		return
	}
	if len(t.Columns) == 0 {
		p.expected("\"(\"", "AS", "OF")
	}
	for _, c := range t.Constraints {
		if c.Kind == token.FOREIGN {
			return
		}
	}
	for _, c := range t.Columns {
		p.checkColumnType(c)
	}
}

// checkColumnType fails behind the name of a new column that has no type and no other source of one.
func (p *parser) checkColumnType(c *ast.ColumnDef) {
	if c.Type != nil || c.Generated != nil || c.Domain != nil {
		return
	}
	for _, k := range c.Constraints {
		if k.Kind == token.FOREIGN {
			return
		}
	}
	p.failAt(c.Name.Hi, "", []string{"a data type"}, "")
}

func (p *parser) parseTableModifiers(t *ast.CreateTable) {
	for {
		switch k := p.tok.Kw; k {
		case token.GLOBAL, token.PRIVATE:
			p.next()
			t.Temporary = k
			p.wantKw(token.TEMPORARY)
		case token.TEMPORARY: // not documented, but taken
			p.next()
			t.Temporary = token.GLOBAL
		case token.SHARDED, token.DUPLICATED:
			t.Shard = k
			p.next()
		case token.IMMUTABLE:
			t.Immutable = true
			p.next()
		case token.BLOCKCHAIN:
			t.Blockchain = true
			p.next()
		case token.JSON:
			p.next()
			p.wantKw(token.COLLECTION)
			t.Collection = true
		default:
			return
		}
	}
}

// parseTableItems reads the list in parentheses: columns, out-of-line constraints, log groups, periods.
func (p *parser) parseTableItems(cols *[]*ast.ColumnDef, cons *[]*ast.Constraint, others *[]*ast.Clause) {
	p.want(token.LParen)
	for {
		switch {
		case p.startsConstraint():
			*cons = append(*cons, p.parseConstraint(true))
		case p.is(token.SUPPLEMENTAL) && p.peek(1).Is(token.LOG):
			*others = append(*others, p.parseProp())
		case p.is(token.PERIOD) && p.peek(1).Is(token.FOR):
			*others = append(*others, p.parsePeriod())
		case p.is(token.DOMAIN) && p.startsDomain():
			*others = append(*others, p.parseDomainColumns())
		default:
			*cols = append(*cols, p.parseColumnDef())
		}
		if !p.got(token.Comma) {
			break
		}
	}
	if !p.at(token.RParen) {
		p.expected("\",\"", "\")\"")
	}
	p.next()
}

// startsDomain tells DOMAIN d (col, ...) from a column called DOMAIN with a type that has arguments.
func (p *parser) startsDomain() bool {
	n := 2
	if p.peek(n).Kind == token.Dot {
		n += 2
	}
	return p.peek(1).Name() && p.peek(n).Kind == token.LParen && p.peek(n+1).Name()
}

// parseDomainColumns reads DOMAIN name (cols) of 23ai; the first name is the domain.
func (p *parser) parseDomainColumns() *ast.Clause {
	lo := p.mark()
	p.wantKw(token.DOMAIN)
	c := &ast.Clause{Head: token.DOMAIN, Names: []*ast.Name{p.parseName()}}
	c.Names = append(c.Names, p.parseNameGroup()...)
	c.Span = p.since(lo)
	return c
}

// parsePeriod reads PERIOD FOR name [(start, end)], temporal validity.
func (p *parser) parsePeriod() *ast.Clause {
	lo := p.mark()
	p.wantKw(token.PERIOD, token.FOR)
	c := &ast.Clause{Head: token.PERIOD, Names: []*ast.Name{p.parseName()}}
	if p.got(token.LParen) {
		c.Names = append(c.Names, p.parseNames()...)
		p.want(token.RParen)
	}
	c.Span = p.since(lo)
	return c
}

// parseTableClause reads one clause behind the column list; false when the statement is over.
func (p *parser) parseTableClause(t *ast.CreateTable) bool {
	if p.tok.Kind != token.Ident {
		return false
	}
	lo := p.mark()
	switch p.tok.Kw {
	case token.ON:
		p.next()
		p.wantKw(token.COMMIT)
		if t.OnCommit = p.gotAny(token.DELETE, token.PRESERVE, token.DROP); t.OnCommit == 0 {
			p.expected("DELETE ROWS", "PRESERVE ROWS", "DROP DEFINITION", "PRESERVE DEFINITION")
		}
		if p.gotAny(token.ROWS, token.DEFINITION) == 0 {
			p.expected("ROWS", "DEFINITION")
		}
	case token.ORGANIZATION:
		p.next()
		t.Organization = p.gotAny(token.HEAP, token.INDEX, token.EXTERNAL)
		switch t.Organization {
		case 0:
			p.expected("HEAP", "INDEX", "EXTERNAL")
		case token.EXTERNAL:
			t.External = p.parseExternalBody(p.mark())
		}
	case token.EXTERNAL: // EXTERNAL PARTITION ATTRIBUTES (...)
		t.External = p.parseExternal()
	case token.REJECT:
		if t.External == nil {
			return false
		}
		p.next()
		p.wantKw(token.LIMIT)
		t.Props = append(t.Props, &ast.Clause{Head: token.REJECT, Exprs: []ast.Expr{p.parseLimit()}, Span: p.since(lo)})
	case token.CLUSTER:
		p.next()
		t.Cluster = p.parseName()
		t.ClusterCols = p.parseNameGroup()
	case token.PARTITION, token.PARTITIONSET:
		if !p.peek(1).Is(token.BY) {
			return false
		}
		t.Partition = p.parsePartitioning()
	case token.AS:
		p.next()
		t.Query = p.parseSelect()
	case token.FOR:
		if !p.peek(1).Is(token.EXCHANGE) {
			return p.appendProp(&t.Props)
		}
		p.next()
		p.next()
		p.wantKw(token.WITH, token.TABLE)
		t.ForExchange = p.parseName()
	case token.ENABLE, token.DISABLE:
		switch p.peek(1).Kw {
		case token.ROW, token.LOGICAL:
			return p.appendProp(&t.Props)
		}
		t.Items = append(t.Items, p.parseEnableClause())
	case token.XMLSCHEMA, token.ELEMENT:
		p.skipXMLSchema()
		t.Props = append(t.Props, p.clause(lo, token.XMLSCHEMA))
	case token.VIRTUAL: // VIRTUAL COLUMNS (c AS (expr), ...) of an XMLType table
		p.next()
		p.wantKw(token.COLUMNS)
		p.parseTableItems(&t.Columns, &t.Constraints, &t.Items)
	case token.ANNOTATIONS:
		a := p.parseAnnotations()
		t.Annotations = a
	default:
		return p.appendProp(&t.Props)
	}
	return true
}

func (p *parser) appendProp(props *[]*ast.Clause) bool {
	c := p.parseProp()
	if c != nil {
		*props = append(*props, c)
	}
	return c != nil
}

// parseEnableClause reads ENABLE|DISABLE [[NO]VALIDATE] {UNIQUE (c) | PRIMARY KEY | CONSTRAINT n | TABLE LOCK |
// ALL TRIGGERS} [USING INDEX ...] [EXCEPTIONS INTO t] [CASCADE] [{KEEP|DROP} INDEX].
func (p *parser) parseEnableClause() *ast.Clause {
	lo, head := p.mark(), p.tok.Kw
	c := &ast.Clause{Head: head}
	p.next()
	p.gotAny(token.VALIDATE, token.NOVALIDATE)
	switch p.gotAny(token.UNIQUE, token.PRIMARY, token.CONSTRAINT, token.TABLE, token.ALL) {
	case token.UNIQUE:
		c.Names = p.parseNameGroup()
	case token.PRIMARY:
		p.wantKw(token.KEY)
	case token.CONSTRAINT:
		c.Names = append(c.Names, p.parseIdent())
	case token.TABLE:
		p.wantKw(token.LOCK)
	case token.ALL:
		p.wantKw(token.TRIGGERS)
	default:
		p.expected("UNIQUE", "PRIMARY KEY", "CONSTRAINT", "ROW MOVEMENT")
	}
	if p.is(token.USING) && p.peek(1).Is(token.INDEX) {
		p.parseUsingIndex()
	}
	if p.gotSeq(token.EXCEPTIONS, token.INTO) {
		c.Names = append(c.Names, p.parseName())
	}
	p.gotKw(token.CASCADE)
	if p.peek(1).Is(token.INDEX) && p.gotAny(token.KEEP, token.DROP) != 0 {
		p.next()
	}
	c.Span = p.since(lo)
	return c
}
