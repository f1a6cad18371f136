package scripts

import (
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func (x *extractor) createTable(s *ast.CreateTable) {
	o := x.create(s, model.KindTable, s.Name, false, s.IfNotExists)
	t := &model.Table{
		Temporary: word(s.Temporary), IOT: s.Organization == token.INDEX, AsQuery: s.Query != nil,
		External: s.Organization == token.EXTERNAL || s.External != nil,
	}
	o.Table = t
	switch s.OnCommit {
	case token.DELETE:
		t.OnCommit = "DELETE ROWS"
	case token.DROP:
		t.OnCommit = "DROP DEFINITION"
	case token.PRESERVE:
		t.OnCommit = "PRESERVE ROWS"
		if s.Temporary == token.PRIVATE {
			t.OnCommit = "PRESERVE DEFINITION"
		}
	}
	if s.Temporary == token.GLOBAL && s.OnCommit == 0 {
		t.OnCommit = "DELETE ROWS" // the default
	}
	if s.Cluster != nil {
		_, t.Cluster = x.qualified(s.Cluster)
	}
	if s.OfType != nil {
		r := x.typeRef(s.OfType)
		t.OfType = model.CatalogName(r.Schema, r.Name).String()
	}
	for _, c := range s.Columns {
		x.addColumn(o, c)
	}
	for _, c := range s.Constraints {
		x.addConstraint(o, c, nil)
	}
	for _, c := range slices.Concat(s.Items, s.Props) {
		x.tableClause(t, c)
	}
	t.Partition = x.partitioning(s.Partition)
	if s.Query != nil && len(s.Columns) == 0 {
		t.Columns = x.selectColumns(s.Query)
	}
	x.derive(o, s.Query)
}

// tableClause takes what the catalog wants out of the clauses behind and between the columns.
func (x *extractor) tableClause(t *model.Table, c *ast.Clause) {
	switch c.Head {
	case token.TABLESPACE:
		if len(c.Names) > 0 {
			t.Tablespace = x.last(c.Names[0])
		}
	case token.SEGMENT, token.STORAGE, token.PCTFREE:
		for _, p := range c.Parts {
			x.tableClause(t, p)
		}
	case token.SUPPLEMENTAL:
		t.SupplementalLog = true
	case token.ENABLE, token.DISABLE:
		x.stateClause(t, c)
	}
}

// stateClause is ENABLE or DISABLE [[NO]VALIDATE] of a constraint inside CREATE TABLE.
func (x *extractor) stateClause(t *model.Table, c *ast.Clause) {
	disabled, noValidate := c.Head == token.DISABLE, c.Head == token.DISABLE
	for i := c.Lo + 1; i < c.Hi; i++ {
		switch x.f.Tokens[i].Kw {
		case token.VALIDATE:
			noValidate = false
		case token.NOVALIDATE:
			noValidate = true
		case token.PRIMARY:
			setState(t, func(k *model.Constraint) bool { return k.Kind == model.PrimaryKey }, disabled, noValidate)
			return
		case token.UNIQUE:
			cols := x.names(c.Names)
			setState(t, func(k *model.Constraint) bool { return k.Kind == model.Unique && slices.Equal(k.Columns, cols) }, disabled, noValidate)
			return
		case token.CONSTRAINT:
			if len(c.Names) > 0 {
				name := x.last(c.Names[0])
				setState(t, func(k *model.Constraint) bool { return k.Name == name }, disabled, noValidate)
			}
			return
		}
	}
}

func setState(t *model.Table, which func(*model.Constraint) bool, disabled, noValidate bool) bool {
	found := false
	for _, k := range t.Constraints {
		if which(k) {
			k.Disabled, k.NoValidate, found = disabled, noValidate, true
		}
	}
	return found
}

// addColumn adds a column with its inline constraints.
func (x *extractor) addColumn(o *model.Object, d *ast.ColumnDef) *model.Column {
	c := &model.Column{Name: x.last(d.Name), Pos: x.pos(d)}
	o.Table.Columns = append(o.Table.Columns, c)
	x.setColumn(o, c, d)
	return c
}

// setColumn puts what a column definition says into a column; what it does not say stays as it is.
func (x *extractor) setColumn(o *model.Object, c *model.Column, d *ast.ColumnDef) {
	if d.Type != nil {
		c.Type = x.typeRef(d.Type)
	}
	if d.Default != nil {
		c.Default, c.OnNull = x.text(d.Default), d.DefaultOnNull
		if lit, ok := d.Default.(*ast.Literal); ok && lit.Kind == ast.LitNull {
			c.Default = "" // DEFAULT NULL takes a default away
		}
	}
	if d.Generated != nil {
		c.Virtual = x.text(d.Generated)
	}
	if d.Identity != nil {
		switch {
		case d.Identity.Always:
			c.Identity = "ALWAYS"
		case d.Identity.OnNull:
			c.Identity = "BY DEFAULT ON NULL"
		default:
			c.Identity = "BY DEFAULT"
		}
		c.NotNull = true
	}
	if d.DropIdentity {
		c.Identity = ""
	}
	switch d.Visibility {
	case token.INVISIBLE:
		c.Invisible = true
	case token.VISIBLE:
		c.Invisible = false
	}
	if d.Encrypt != nil {
		c.Encrypted = d.Encrypt.Head != token.DECRYPT
	}
	if d.DefaultOnNull {
		c.NotNull = true
	}
	for _, k := range d.Constraints {
		switch k.Kind {
		case token.NOT:
			c.NotNull = k.Enabled != token.DISABLE
		case token.NULL:
			c.NotNull = false
		default:
			x.addConstraint(o, k, c)
		}
	}
}

// addConstraint adds a constraint; inline ones name their column.
func (x *extractor) addConstraint(o *model.Object, k *ast.Constraint, inline *model.Column) *model.Constraint {
	c := &model.Constraint{Pos: x.pos(k), Columns: x.names(k.Columns)}
	if k.Name != nil {
		c.Name = x.last(k.Name)
	}
	if inline != nil {
		c.Columns = []string{inline.Name}
	}
	switch k.Kind {
	case token.PRIMARY:
		c.Kind = model.PrimaryKey
	case token.UNIQUE:
		c.Kind = model.Unique
	case token.CHECK:
		c.Kind, c.Expr = model.Check, x.text(k.Check)
		if inline != nil {
			c.Columns = []string{inline.Name}
		}
	case token.FOREIGN:
		c.Kind = model.ForeignKey
		c.RefSchema, c.RefTable = x.beside(k.RefTable, o.Schema)
		c.RefColumns = x.names(k.RefColumns)
		switch k.OnDelete {
		case token.CASCADE:
			c.OnDelete = "CASCADE"
		case token.SET:
			c.OnDelete = "SET NULL"
		}
	case token.NOT: // CONSTRAINT n NOT NULL cannot stand out of line
		return nil
	default: // SCOPE, ROWID: facts of a REF column
		return nil
	}
	x.setStates(c, k)
	if !x.fd.root().late {
		x.constraintIndex(k)
	}
	if o.View != nil {
		return c
	}
	o.Table.Constraints = append(o.Table.Constraints, c)
	if x.fd.root().late {
		x.fd.root().added[c] = true
	}
	return c
}

// constraintIndex registers the index of USING INDEX (CREATE INDEX ...).
func (x *extractor) constraintIndex(k *ast.Constraint) {
	if k.Using == nil || k.Using.Create == nil {
		return
	}
	obj, kind := x.u.obj, x.u.Kind
	x.createIndex(k.Using.Create)
	x.u.obj, x.u.Kind = obj, kind
}

// setStates puts the states that are written into a constraint.
func (x *extractor) setStates(c *model.Constraint, k *ast.Constraint) {
	switch k.Deferrable {
	case token.DEFERRABLE:
		c.Deferrable = true
	case token.NOT:
		c.Deferrable = false
	}
	switch k.Initially {
	case token.DEFERRED:
		c.Deferred, c.Deferrable = true, true
	case token.IMMEDIATE:
		c.Deferred = false
	}
	switch k.Enabled {
	case token.DISABLE:
		c.Disabled, c.NoValidate = true, true
	case token.ENABLE:
		c.Disabled, c.NoValidate = false, false
	}
	switch k.Validated {
	case token.NOVALIDATE:
		c.NoValidate = true
	case token.VALIDATE:
		c.NoValidate = false
	}
	switch k.Rely {
	case token.RELY:
		c.Rely = true
	case token.NORELY:
		c.Rely = false
	}
}

// partitioning takes a PARTITION BY clause apart.
func (x *extractor) partitioning(p *ast.Partitioning) *model.Partitioning {
	if p == nil {
		return nil
	}
	m := &model.Partitioning{Kind: word(p.Kind), Columns: x.names(p.Columns), Automatic: p.Automatic}
	if p.Kind == token.CONSISTENT {
		m.Kind = "CONSISTENT HASH"
	}
	if p.Interval != nil {
		m.Interval = x.text(p.Interval)
	}
	if p.Sub != nil {
		m.SubKind, m.SubColumns = word(p.Sub.Kind), x.names(p.Sub.Columns)
	}
	for _, d := range p.Partitions {
		m.Partitions = append(m.Partitions, x.partitionName(d))
	}
	m.Count = len(m.Partitions)
	if p.Count != nil && m.Count == 0 {
		if n := x.number(p.Count); n != nil {
			m.Count = *n
		}
	}
	return m
}

func (x *extractor) partitionName(d *ast.PartitionDef) string {
	if d.Name == nil {
		return "SYS_P"
	}
	return x.last(d.Name)
}

// selectColumns are the column names that a select list tells; none when a * leaves them open.
func (x *extractor) selectColumns(q *ast.Select) []*model.Column {
	var items []*ast.SelectItem
	for body := q.Body; ; {
		switch b := body.(type) {
		case *ast.QueryBlock:
			items = b.Items
		case *ast.SetOp:
			body = b.Left
			continue
		case *ast.ParenQuery:
			if b.Query == nil {
				return nil
			}
			body = b.Query.Body
			continue
		}
		break
	}
	var cols []*model.Column
	for _, it := range items {
		c := &model.Column{Pos: x.pos(it)}
		switch {
		case it.Alias != nil:
			c.Name = x.last(it.Alias)
		default:
			switch e := it.X.(type) {
			case *ast.Name:
				if e.Star {
					return nil
				}
				c.Name = x.last(e)
			case *ast.Field:
				if e.Star {
					return nil
				}
				c.Name = x.last(e.Name)
			default:
				c.Name = "" // Oracle asks for an alias here (ORA-00998), so a later error shows
			}
		}
		if c.Name == "" {
			return nil
		}
		cols = append(cols, c)
	}
	return cols
}
