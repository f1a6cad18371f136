package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

func (g *gen) alter(x *ast.Alter) {
	switch x.Kind {
	case token.TABLE:
		g.alterTable(x)
	case token.SEQUENCE:
		g.alterSequence(x)
	case token.TRIGGER:
		g.alterTrigger(x)
	case token.INDEX:
		g.alterIndex(x)
	case token.TYPE:
		g.ignore(x, "object-type", "%s: folded into the type", g.what(x))
	case token.VIEW, token.MATERIALIZED:
		g.ignore(x, "materialized-view", "%s", g.what(x))
	default: // COMPILE of units and the like
		g.ignore(x, "admin-statement", "%s", g.what(x))
	}
}

func (g *gen) alterTable(x *ast.Alter) {
	o := g.tableOf(x.Name)
	table := g.relation(x.Name)
	temporary := o != nil && o.Table != nil && o.Table.Temporary == "GLOBAL"
	if temporary {
		table = g.rowsTable(o)
	}
	did := len(g.out)
	for _, a := range x.Actions {
		g.alterAction(x, a, o, table, temporary)
	}
	if len(g.out) == did && g.refusal == nil && len(g.parts) == 0 {
		g.ignore(x, "storage", "%s", g.what(x))
	}
}

func (g *gen) alterAction(x *ast.Alter, a *ast.AlterAction, o *model.Object, table string, temporary bool) {
	t := &tableParts{g: g, stmt: &ast.CreateTable{Span: x.Span, Name: x.Name}, name: table, object: o}
	change := func(sql string) {
		g.emitAlter(a, PhaseTable, "ALTER TABLE "+table+"\n    "+sql)
	}
	switch {
	case a.Verb == token.ADD && a.Object == token.COLUMN:
		for _, c := range a.Columns {
			change("ADD COLUMN " + t.column(c))
			for _, con := range c.Constraints {
				g.key(table, o, con, []*ast.Name{c.Name}, temporary)
			}
		}
		t.nullDefaults()
		g.addConstraints(t, a.Constraints, temporary)
	case a.Verb == token.ADD && a.Object == token.CONSTRAINT:
		g.addConstraints(t, a.Constraints, temporary)
	case a.Verb == token.MODIFY && a.Object == token.COLUMN:
		for _, c := range a.Columns {
			g.modifyColumn(c, table, t)
		}
	case a.Verb == token.DROP && a.Object == token.COLUMN:
		for _, n := range a.Names {
			change("DROP COLUMN IF EXISTS " + g.word(n))
		}
	case a.Verb == token.SET && a.Object == token.UNUSED:
		g.ignore(a, "unused-column", "%s", g.source(a))
	case a.Verb == token.DROP && a.Object == token.CONSTRAINT:
		for _, c := range a.Constraints {
			g.dropConstraint(x, a, c, o, table)
		}
	case a.Verb == token.RENAME && a.Object == token.COLUMN && a.NewName != nil && len(a.Names) > 0:
		change("RENAME COLUMN " + g.word(a.Names[0]) + " TO " + g.word(a.NewName))
	case a.Verb == token.RENAME && a.Object == token.CONSTRAINT && a.NewName != nil && len(a.Names) > 0:
		g.renameConstraint(x, a, o, table)
	case a.Verb == token.RENAME && (a.Object == token.PARTITION || a.Object == token.SUBPARTITION):
		g.renamePartition(x, a, o)
	case a.Verb == token.RENAME && a.Object == token.TO && a.NewName != nil:
		change("RENAME TO " + g.word(a.NewName))
	case (a.Verb == token.ENABLE || a.Verb == token.DISABLE) && a.Object == token.TRIGGER:
		change(a.Verb.String() + " TRIGGER USER")
	case a.Verb == token.ENABLE && a.Object == token.CONSTRAINT, a.Verb == token.DISABLE && a.Object == token.CONSTRAINT, a.Verb == token.MODIFY && a.Object == token.CONSTRAINT:
		g.report(a, "constraint-state", "the state of a constraint is changed: PostgreSQL can only drop it and make it again")
		g.ignore(a, "constraint-state", "%s", g.source(a))
	case a.Object == token.PARTITION || a.Object == token.SUBPARTITION:
		g.alterPartition(x, a, o, table)
	default:
		switch g.f.Tokens[a.Lo].Kw {
		case token.LOCATION, token.ACCESS, token.DEFAULT:
			g.refuse(a, "external-table", "%s changes what an external table reads: change the options of the foreign table, ALTER FOREIGN TABLE ... OPTIONS (SET filename ...)", g.what(a))
			return
		}
		g.ignore(a, "storage", "%s", g.what(a))
	}
}

// addConstraints converts the out-of-line constraints of ALTER TABLE ... ADD.
func (g *gen) addConstraints(t *tableParts, list []*ast.Constraint, temporary bool) {
	for _, c := range list {
		if c.Kind != token.CHECK {
			g.key(t.name, t.object, c, c.Columns, temporary)
			continue
		}
		if s := t.inlineCheck(c); s != "" {
			if c.Validated == token.NOVALIDATE {
				s += " NOT VALID"
			}
			g.emitAlter(c, PhaseKey, "ALTER TABLE "+t.name+"\n    ADD "+s)
		}
	}
}

func (g *gen) modifyColumn(c *ast.ColumnDef, table string, t *tableParts) {
	col := g.word(c.Name)
	var acts []string
	if c.Type != nil && !c.Type.Empty() {
		typ := t.columnType(c)
		acts = append(acts, "ALTER COLUMN "+col+" TYPE "+typ+" USING "+col+"::"+typ)
	}
	if c.Default != nil {
		acts = append(acts, "ALTER COLUMN "+col+" SET DEFAULT "+g.defaultValue(c))
		if c.DefaultOnNull {
			g.report(c, "default-on-null", "an explicit NULL does not get the default")
		}
	}
	for _, con := range c.Constraints {
		switch {
		case con.Kind == token.NOT && con.Enabled == token.DISABLE, con.Kind == token.NULL:
			acts = append(acts, "ALTER COLUMN "+col+" DROP NOT NULL")
		case con.Kind == token.NOT:
			acts = append(acts, "ALTER COLUMN "+col+" SET NOT NULL")
		case con.Kind == token.CHECK:
			if s := t.inlineCheck(con); s != "" {
				acts = append(acts, "ADD "+s)
			}
		default:
			g.key(table, t.object, con, []*ast.Name{c.Name}, false)
		}
	}
	if len(acts) > 0 {
		g.emitAlter(c, PhaseTable, "ALTER TABLE "+table+"\n    "+strings.Join(acts, ",\n    "))
		return
	}
	if c.Visibility != 0 || c.Encrypt != nil || len(c.Options) > 0 {
		g.ignore(c, "storage", "%s", g.what(c))
	}
}

func (g *gen) emitAlter(n ast.Node, phase Phase, sql string) {
	if g.refusal != nil {
		return
	}
	g.emit(&Output{Phase: phase, Schema: g.declaredSchema(), SQL: g.mark(n) + g.withStrays(n, sql) + ";\n"})
}

// alterPartition converts what changes the set of partitions.
func (g *gen) alterPartition(x *ast.Alter, a *ast.AlterAction, o *model.Object, table string) {
	if !g.partitioned(o) {
		g.ignore(a, "partition-maintenance", "%s: the table has no partitions here", g.source(a))
		return
	}
	name := func() string {
		if len(a.Names) > 0 {
			return g.e.names.partition(o, g.f.Last(a.Names[0]))
		}
		return ""
	}
	switch {
	case a.Verb == token.TRUNCATE && name() != "":
		g.emitAlter(a, PhaseTable, "TRUNCATE TABLE "+name())
	case a.Verb == token.DROP && name() != "":
		g.emitAlter(a, PhaseTable, "DROP TABLE IF EXISTS "+name())
	default:
		g.report(a, "partition-maintenance", "partitions are changed after the table is made; write it with ATTACH and DETACH PARTITION")
		g.ignore(a, "partition-maintenance", "%s", g.source(a))
	}
}

func (g *gen) alterTrigger(x *ast.Alter) {
	o := g.ref(x.Name).Object
	if o == nil || o.Trigger == nil {
		o = g.catalogObject(model.KindTrigger, x.Name)
	}
	for _, a := range x.Actions {
		if (a.Verb == token.ENABLE || a.Verb == token.DISABLE) && o != nil && o.Trigger != nil && o.Trigger.Table != "" {
			table := quote.Qualified(g.e.names.schema(o.Trigger.TableSchema), g.e.names.fold(o.Trigger.Table))
			g.emitAlter(a, PhaseTrigger, "ALTER TABLE "+table+" "+a.Verb.String()+" TRIGGER "+quote.Ident(g.e.names.trigger(o)))
			continue
		}
		g.ignore(a, "admin-statement", "%s", g.what(x))
	}
}

func (g *gen) alterIndex(x *ast.Alter) {
	for _, a := range x.Actions {
		if a.Verb == token.RENAME && a.Object != token.PARTITION && a.NewName != nil {
			g.emitAlter(a, PhaseIndex, "ALTER INDEX "+g.declaredName(x.Name)+" RENAME TO "+g.word(a.NewName))
			continue
		}
		g.ignore(a, "storage", "%s: %s", g.what(x), g.what(a))
	}
}
