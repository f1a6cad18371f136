package gen

import (
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// declaredConstraint is a constraint as a CREATE or ALTER TABLE of the source gives it. The catalog does not tell: in it
// the constraint has its last name, or is gone.
type declaredConstraint struct {
	kind token.Keyword // NOT, PRIMARY, UNIQUE, FOREIGN, CHECK
	name string        // "" for an unnamed one
	cols []string
}

// tableConstraints are the constraints that the source gives a table, later names of theirs included.
func (g *gen) tableConstraints(table *ast.Name) []declaredConstraint {
	schema, name := g.declared(table)
	if o := g.tableOf(table); o != nil {
		schema = o.Schema
	}
	var list []declaredConstraint
	for _, u := range g.e.units {
		f := u.Source.Parsed
		is := func(n *ast.Name) bool {
			p := f.Parts(n)
			switch len(p) {
			case 0:
				return false
			case 1:
				return p[0] == name && u.Schema == schema
			}
			return p[len(p)-1] == name && p[len(p)-2] == schema
		}
		switch s := u.Stmt.(type) {
		case *ast.CreateTable:
			if is(s.Name) {
				list = append(list, declaredConstraints(f, s.Columns, s.Constraints)...)
			}
		case *ast.Alter:
			if s.Kind != token.TABLE || !is(s.Name) {
				continue
			}
			for _, a := range s.Actions {
				switch {
				case a.Verb == token.ADD, a.Verb == token.MODIFY && a.Object == token.COLUMN:
					list = append(list, declaredConstraints(f, a.Columns, a.Constraints)...)
				case a.Verb == token.RENAME && a.Object == token.CONSTRAINT && len(a.Names) > 0 && a.NewName != nil:
					for _, c := range list {
						if c.name == f.Last(a.Names[0]) {
							c.name = f.Last(a.NewName)
							list = append(list, c)
							break
						}
					}
				}
			}
		}
	}
	return list
}

func declaredConstraints(f *ast.File, columns []*ast.ColumnDef, constraints []*ast.Constraint) []declaredConstraint {
	var list []declaredConstraint
	add := func(c *ast.Constraint, cols []*ast.Name) {
		d := declaredConstraint{kind: c.Kind}
		if c.Name != nil {
			d.name = f.Last(c.Name)
		}
		for _, n := range cols {
			d.cols = append(d.cols, f.Last(n))
		}
		list = append(list, d)
	}
	for _, col := range columns {
		for _, c := range col.Constraints {
			add(c, []*ast.Name{col.Name})
		}
	}
	for _, c := range constraints {
		add(c, c.Columns)
	}
	return list
}

// declaredAs finds the constraint that an ALTER names, by its name, as the primary key, or by the columns of a unique one.
func (g *gen) declaredAs(table *ast.Name, k *ast.Constraint) (declaredConstraint, bool) {
	var cols []string
	for _, n := range k.Columns {
		cols = append(cols, g.f.Last(n))
	}
	list := g.tableConstraints(table)
	i := slices.IndexFunc(list, func(c declaredConstraint) bool {
		switch {
		case k.Name != nil:
			return c.name == g.f.Last(k.Name)
		case k.Kind == token.PRIMARY:
			return c.kind == token.PRIMARY
		}
		return c.kind == token.UNIQUE && slices.Equal(c.cols, cols)
	})
	if i < 0 {
		return declaredConstraint{}, false
	}
	return list[i], true
}

// constraintPhase is the phase that has the constraint: what changes it comes behind.
func (c declaredConstraint) phase() Phase {
	if c.kind == token.FOREIGN {
		return PhaseForeignKey
	}
	return PhaseKey
}

// constraintIdent is the PostgreSQL name of a constraint, quoted; "" where it has none that can be told.
func (g *gen) constraintIdent(c declaredConstraint, name string, table *ast.Name, o *model.Object) string {
	schema, relation := g.declared(table)
	if o != nil {
		schema = o.Schema
	}
	switch {
	case name == "" && (c.kind == token.PRIMARY || c.kind == token.UNIQUE): // the name that PostgreSQL gives
		own := g.e.names.fold(relation)
		if c.kind == token.PRIMARY {
			own += "_pkey"
		} else {
			for _, col := range c.cols {
				own += "_" + g.e.names.fold(col)
			}
			own += "_key"
		}
		if len(own) > quote.MaxName { // shortened in a way of its own
			return ""
		}
		return quote.Ident(own)
	case name == "":
		return ""
	case c.kind == token.PRIMARY, c.kind == token.UNIQUE:
		return quote.Ident(g.e.names.key(schema, name))
	}
	return g.e.names.ident(name)
}

// dropConstraint converts DROP CONSTRAINT, PRIMARY KEY and UNIQUE of ALTER TABLE, behind the statement that made it.
func (g *gen) dropConstraint(x *ast.Alter, a *ast.AlterAction, k *ast.Constraint, o *model.Object, table string) {
	c, known := g.declaredAs(x.Name, k)
	switch {
	case !known && k.Name == nil:
		g.refuse(a, "constraint-state", "%s: the source has no such key of the table, so that its name in PostgreSQL is not known", g.source(a))
		return
	case !known: // made elsewhere: it can be of any kind
		g.emitAlter(a, PhaseForeignKey, "ALTER TABLE "+table+"\n    DROP CONSTRAINT IF EXISTS "+g.word(k.Name))
		return
	case c.kind == token.NOT: // has no name in PostgreSQL
		for _, col := range c.cols {
			g.emitAlter(a, PhaseTable, "ALTER TABLE "+table+"\n    ALTER COLUMN "+g.e.names.ident(col)+" DROP NOT NULL")
		}
		return
	}
	name := ""
	if k.Name != nil {
		name = g.f.Last(k.Name)
	} else {
		name = c.name
	}
	ident := g.constraintIdent(c, name, x.Name, o)
	if ident == "" {
		g.refuse(a, "constraint-state", "%s: the key has no name, and the one that PostgreSQL gives it is not known", g.source(a))
		return
	}
	if c.kind == token.UNIQUE && len(c.cols) > 1 {
		g.report(a, "partial-null-key", "indexes beside the key that compare keys that are NULL in some columns stay: drop them as well")
	}
	g.emitAlter(a, c.phase(), "ALTER TABLE "+table+"\n    DROP CONSTRAINT IF EXISTS "+ident)
}

// renameConstraint converts RENAME CONSTRAINT.
func (g *gen) renameConstraint(x *ast.Alter, a *ast.AlterAction, o *model.Object, table string) {
	c, known := g.declaredAs(x.Name, &ast.Constraint{Name: a.Names[0]})
	switch {
	case !known:
		c = declaredConstraint{kind: token.FOREIGN} // made elsewhere: the last phase has all kinds
		g.report(a, "constraint-state", "the source does not make the constraint %s: if it is a NOT NULL, it has no name in PostgreSQL", g.source(a.Names[0]))
	case c.kind == token.NOT:
		g.ignore(a, "constraint-state", "%s: NOT NULL has no name in PostgreSQL", g.source(a))
		return
	}
	from, to := g.constraintIdent(c, g.f.Last(a.Names[0]), x.Name, o), g.constraintIdent(c, g.f.Last(a.NewName), x.Name, o)
	g.emitAlter(a, c.phase(), "ALTER TABLE "+table+"\n    RENAME CONSTRAINT "+from+" TO "+to)
}

// renamePartition converts RENAME PARTITION and SUBPARTITION: partitions are tables that are named after both.
func (g *gen) renamePartition(x *ast.Alter, a *ast.AlterAction, o *model.Object) {
	switch {
	case !g.partitioned(o):
		g.ignore(a, "partition-maintenance", "%s: the table has no partitions here", g.source(a))
	case len(a.Names) == 0 || a.NewName == nil:
		g.report(a, "partition-maintenance", "the partition is found by its values: rename its table by hand")
		g.ignore(a, "partition-maintenance", "%s", g.source(a))
	default:
		to := quote.Ident(short(g.e.names.fold(o.Name) + "_" + g.e.names.fold(g.f.Last(a.NewName))))
		g.emitAlter(a, PhaseTable, "ALTER TABLE "+g.e.names.partition(o, g.f.Last(a.Names[0]))+"\n    RENAME TO "+to)
	}
}
