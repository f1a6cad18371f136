package gen

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// createTrigger converts a trigger to a function and the trigger that calls it.
func (g *gen) createTrigger(x *ast.CreateTrigger) {
	switch {
	case x.Scope != token.TABLE:
		g.systemTrigger(x)
		return
	case x.NestedCol != nil:
		g.refuse(x.NestedCol, "trigger", "the trigger fires on elements of a nested table column, which is an array here")
		return
	case x.Edition != 0:
		g.refuse(x, "trigger", "crossedition triggers have no counterpart")
		return
	case x.Compound != nil:
		g.compoundTrigger(x)
		return
	}
	t := g.triggerTarget(x)
	t.timing, t.row = x.Timing, x.Row || x.Timing == token.INSTEAD
	t.events = x.Events
	g.body = t.routine()
	text := ""
	switch {
	case x.Body != nil:
		text = g.blockSQL(x.Body)
	case x.Call != nil:
		text = g.callStmt(&ast.CallStmt{Span: x.Call.Range(), Call: x.Call})
	}
	sql := t.function(t.fn, text, x.When)
	when := t.when(x.When)
	g.body = nil
	sql += t.create(t.name, t.fn, when)
	if x.State == token.DISABLE {
		sql += "ALTER TABLE " + t.table + " DISABLE TRIGGER " + t.name + ";\n"
	}
	g.emitTrigger(x, sql)
}

// emitTrigger emits the output of a trigger, or the original where something in it is refused.
func (g *gen) emitTrigger(x *ast.CreateTrigger, sql string) {
	name := g.f.Last(x.Name)
	m := Member{Name: name, Target: g.e.names.ident(name), Pos: g.f.Pos(x)}
	o := &Output{Phase: PhaseTrigger, Schema: g.declaredSchema(), Name: g.e.names.fold(name), SQL: g.mark(x) + g.withStrays(x, sql)}
	if g.refusal != nil {
		o.Refused = true
		m.Refused, m.Code = true, g.refusal.Code
		o.SQL = "-- refused, " + g.refusal.Code + ": " + oneLine(g.refusal.Message) + "\n" + g.asComment(x) + "\n"
	}
	o.Members = []Member{m}
	g.emit(o)
}

// triggerTarget is what the statements of one trigger share.
type triggerTarget struct {
	g      *gen
	stmt   *ast.CreateTrigger
	object *model.Object // the table or view, nil when unknown
	table  string        // quoted, qualified
	schema string        // PostgreSQL schema of table and functions, unquoted
	name   string        // of the trigger, quoted
	fn     string        // of the function, quoted and qualified
	timing token.Keyword
	row    bool
	events []*ast.TriggerEvent
	folded bool // the condition stands in the function
}

func (g *gen) triggerTarget(x *ast.CreateTrigger) *triggerTarget {
	t := &triggerTarget{g: g, stmt: x, object: g.tableOf(x.On), table: g.relation(x.On)}
	t.schema = g.e.names.schema(g.schema)
	if parts := g.f.Parts(x.On); t.object != nil {
		t.schema = g.e.names.schema(t.object.Schema)
		if t.object.Table != nil && t.object.Table.Temporary == "GLOBAL" {
			t.table = g.rowsTable(t.object)
		}
	} else if len(parts) > 1 {
		t.schema = g.e.names.schema(parts[len(parts)-2])
	}
	name := g.triggerName(x)
	t.name = quote.Ident(name)
	t.fn = quote.Qualified(t.schema, short(name+"_fn"))
	return t
}

// triggerName is the PostgreSQL name, unquoted. PostgreSQL fires triggers of one kind in order of their names
// (PG, "Overview of Trigger Behavior"), so one that FOLLOWS another is named behind it.
func (g *gen) triggerName(x *ast.CreateTrigger) string {
	schema, name := g.declared(x.Name)
	if o := g.e.Catalog.Find(model.KindTrigger, schema, name); o != nil {
		return g.e.names.trigger(o)
	}
	if o := g.e.object(g.unit.Object); o != nil && o.Trigger != nil {
		return g.e.names.trigger(o)
	}
	return g.e.names.fold(name)
}

// routine is the body context of a trigger function.
func (t *triggerTarget) routine() *routine {
	rows := map[string]string{"NEW": "NEW", "OLD": "OLD"}
	for _, a := range t.stmt.Referencing {
		if a.Alias != nil {
			rows[strings.ToUpper(t.g.f.Last(a.Alias))] = a.Kind.String()
		}
	}
	return &routine{name: t.g.f.Last(t.stmt.Name), trigger: true, schema: t.schema, rowLevel: t.row, rows: rows, result: t.result()}
}

// result is what the function returns: the row goes on in BEFORE and INSTEAD OF row triggers, else it does not matter.
func (t *triggerTarget) result() string {
	if !t.row || t.timing == token.AFTER {
		return "NULL"
	}
	del, other := false, false
	for _, e := range t.events {
		if e.Kind == token.DELETE {
			del = true
		} else {
			other = true
		}
	}
	switch {
	case del && other:
		return "coalesce(NEW, OLD)"
	case del:
		return "OLD"
	}
	return "NEW"
}

// function is the CREATE FUNCTION around a converted block.
func (t *triggerTarget) function(fn, block string, when ast.Expr) string {
	g := t.g
	var b strings.Builder
	b.WriteString("CREATE OR REPLACE FUNCTION " + fn + "() RETURNS trigger\nLANGUAGE plpgsql\nAS $trigger$\n")
	if g.body != nil && g.body.hasNames {
		b.WriteString("#variable_conflict use_column\n")
	}
	if g.body != nil && len(g.body.decls) > 0 {
		b.WriteString("DECLARE\n    " + strings.Join(g.body.decls, ";\n    ") + ";\n")
	}
	b.WriteString("BEGIN\n")
	if when != nil && t.conditionInside(when) {
		t.folded = true
		b.WriteString("IF (" + g.cond(when) + ") IS NOT TRUE THEN\n    RETURN " + t.result() + ";\nEND IF;\n")
	}
	b.WriteString(block + ";\nRETURN " + t.result() + ";\nEND;\n$trigger$;\n")
	return b.String()
}

// when is the WHEN clause of the trigger, "" when there is none or the function holds the condition.
func (t *triggerTarget) when(cond ast.Expr) string {
	if cond == nil || t.folded || t.conditionInside(cond) {
		return ""
	}
	s := t.g.cond(cond)
	if p, ok := cond.(*ast.Paren); ok {
		s = t.g.cond(p.X)
	}
	return "\n    WHEN (" + s + ")"
}

// conditionInside reports whether PostgreSQL does not take the condition in WHEN: INSTEAD OF triggers have none, OLD is
// not there for INSERT and NEW not for DELETE, subqueries are not allowed.
func (t *triggerTarget) conditionInside(cond ast.Expr) bool {
	if t.timing == token.INSTEAD || !t.row {
		return true
	}
	inside := false
	ast.Walk(cond, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Subquery, *ast.Exists:
			inside = true
		case *ast.Name:
			parts := t.g.f.Parts(x)
			if len(parts) < 2 {
				return true
			}
			row := t.g.rowAlias(t.routine().rows, parts[0])
			for _, e := range t.events {
				inside = inside || row == "OLD" && e.Kind == token.INSERT || row == "NEW" && e.Kind == token.DELETE
			}
		}
		return !inside
	})
	return inside
}

func (g *gen) rowAlias(rows map[string]string, name string) string {
	return rows[strings.TrimPrefix(strings.ToUpper(name), ":")]
}

// create is the CREATE TRIGGER.
func (t *triggerTarget) create(name, fn, when string) string {
	g := t.g
	var events []string
	for _, e := range t.events {
		s := e.Kind.String()
		if len(e.Cols) > 0 && t.timing != token.INSTEAD {
			s += " OF " + strings.Join(g.words(e.Cols), ", ")
		}
		if !slices.Contains(events, s) {
			events = append(events, s)
		}
	}
	timing := t.timing.String()
	if t.timing == token.INSTEAD {
		timing = "INSTEAD OF"
	}
	level := "STATEMENT"
	if t.row {
		level = "ROW"
	}
	return "CREATE TRIGGER " + name + " " + timing + " " + strings.Join(events, " OR ") + " ON " + t.table +
		"\n    FOR EACH " + level + when + " EXECUTE FUNCTION " + fn + "();\n"
}
