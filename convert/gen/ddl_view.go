package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

func (g *gen) createView(x *ast.CreateView) {
	if x.Duality || x.Body != nil || x.Query == nil {
		g.refuse(x, "not-converted", "a JSON duality view has no counterpart")
		return
	}
	if x.Under != nil {
		g.refuse(x, "object-type", "a view under another view has no counterpart")
		return
	}
	name := g.declaredName(x.Name)
	head := "CREATE OR REPLACE VIEW " + name
	var cols []string
	for _, c := range x.Columns {
		cols = append(cols, g.word(c.Name))
	}
	if x.OfType != nil && x.OfType.Name != nil {
		g.reportAs(x, "object-table", model.Medium, model.Review, "the view gives the attributes of the type as columns; the identifier of a row is computed of its key")
		cols = g.objectViewColumns(x)
	}
	if len(cols) > 0 {
		head += " (" + strings.Join(cols, ", ") + ")"
	}
	for _, c := range x.Constraints {
		g.ignore(c, "constraint-rely", "%s: a constraint of a view is a promise to the optimizer", g.what(c))
	}
	if x.Force == token.FORCE {
		g.ignore(x, "view-force", "FORCE: the view is made behind what it needs")
	}
	query := g.query(x.Query)
	sql := head + " AS\n" + query
	switch x.With {
	case token.CHECK:
		if g.updatable(x.Query) {
			sql += "\nWITH CASCADED CHECK OPTION"
		} else {
			g.reportAs(x, "not-converted", model.Medium, model.Review, "CHECK OPTION is left out: PostgreSQL takes no changes through such a view, so that there is nothing to check")
		}
	case token.READ:
		g.report(x, "view-read-only", "a trigger refuses changes through the view")
	}
	out := g.emitDDL(x, PhaseView, sql)
	if out == nil {
		return
	}
	out.Name = g.e.names.fold(g.f.Last(x.Name))
	if x.With == token.READ {
		g.emit(&Output{
			Phase: PhaseView, Schema: out.Schema,
			SQL: "CREATE TRIGGER read_only INSTEAD OF INSERT OR UPDATE OR DELETE ON " + name + "\n    FOR EACH ROW EXECUTE FUNCTION " + g.use("read_only_view") + "();\n",
		})
	}
}

func (g *gen) createMView(x *ast.CreateMView) {
	if x.Prebuilt {
		g.refuse(x, "materialized-view", "ON PREBUILT TABLE: PostgreSQL cannot make a materialized view of a table that is there")
		return
	}
	name := g.declaredName(x.Name)
	head := "CREATE MATERIALIZED VIEW " + name
	var cols []string
	for _, c := range x.Columns {
		cols = append(cols, g.word(c.Name))
	}
	if len(cols) > 0 {
		head += " (" + strings.Join(cols, ", ") + ")"
	}
	for _, p := range x.Props {
		g.storage(p)
	}
	if x.Partition != nil {
		g.report(x.Partition, "partition-maintenance", "a materialized view is not partitioned")
	}
	sql := head + " AS\n" + g.query(x.Query)
	if x.Build == token.DEFERRED {
		sql += "\nWITH NO DATA"
	} else {
		sql += "\nWITH DATA"
	}
	r := x.Refresh
	switch {
	case r == nil, r.Never:
		g.report(x, "materialized-view", "REFRESH MATERIALIZED VIEW fills it again")
	case r.On == token.COMMIT, r.On == token.STATEMENT:
		g.reportAs(x, "materialized-view", model.High, model.Review, "refreshed ON %s in Oracle: PostgreSQL refreshes only when told; a trigger or a job has to", r.On)
	case r.Next != nil || r.Start != nil:
		g.report(x, "materialized-view", "refreshed by a job (START WITH, NEXT) in Oracle: schedule REFRESH MATERIALIZED VIEW CONCURRENTLY by pg_cron")
	default:
		g.report(x, "materialized-view", "REFRESH MATERIALIZED VIEW fills it in full: there is no fast refresh")
	}
	if out := g.emitDDL(x, PhaseView, sql); out != nil {
		out.Name = g.e.names.fold(g.f.Last(x.Name))
	}
}

func (g *gen) createSynonym(x *ast.CreateSynonym) {
	ref := g.ref(x.Target)
	o := ref.Object
	if x.Target.Link != 0 {
		g.refuse(x, "link-use", "the synonym stands for %s behind a database link: make a foreign table and a view of the synonym's name", g.source(x.Target))
		return
	}
	if g.e.Policy.Synonyms == "ignore" {
		g.ignore(x, "synonym", "%s: names are resolved when the code is converted", g.what(x))
		return
	}
	schema, name := g.declared(x.Name)
	if x.Public {
		schema = ""
	}
	target := ""
	switch {
	case o == nil:
		target = g.objectName(x.Target)
		g.reportAs(x, "synonym", model.Medium, model.Review, "%s is not in the source: a view is made, as for a table", g.source(x.Target))
	case o.Table != nil || o.View != nil:
		target = g.e.names.object(o)
		if x.Public && g.e.names.schema(o.Schema) == "" && o.Name == name {
			g.ignore(x, "synonym", "%s: the name is found without it", g.what(x))
			return
		}
	default:
		g.ignore(x, "synonym", "%s: it stands for a %s, and names are resolved when the code is converted", g.what(x), strings.ToLower(string(o.Kind)))
		return
	}
	to := quote.Qualified(g.e.names.schema(schema), g.e.names.fold(name))
	if to == target {
		g.ignore(x, "synonym", "%s: it has the name of what it stands for", g.what(x))
		return
	}
	out := g.emitDDL(x, PhaseView, "CREATE OR REPLACE VIEW "+to+" AS\nSELECT * FROM "+target)
	if out != nil && x.Public {
		out.Schema = ""
	}
}

// updatable reports whether PostgreSQL takes changes through a view of a query by itself: one table, and no more than a
// choice of rows and columns (PG, CREATE VIEW, "Updatable Views").
func (g *gen) updatable(q *ast.Select) bool {
	b, ok := q.Body.(*ast.QueryBlock)
	if !ok || q.With != nil || q.Limit != nil || len(b.From) != 1 || b.Distinct == token.DISTINCT || b.Distinct == token.UNIQUE || b.GroupBy != nil || b.Having != nil || b.Hier != nil || b.Qualify != nil || b.Model != nil {
		return false
	}
	if _, ok := b.From[0].(*ast.TableName); !ok {
		return false
	}
	plain := true
	ast.Walk(b, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Over, *ast.Keep, *ast.Within:
			plain = false
		case *ast.Name:
			plain = plain && g.ref(x).Builtin != "ROWNUM"
		case *ast.Call:
			if name, ok := x.Fn.(*ast.Name); ok && aggregateBuiltins[g.ref(name).Builtin] != nil {
				plain = false
			}
		}
		return plain
	})
	return plain
}
