package gen

import (
	"strings"

	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// merge converts MERGE. PostgreSQL has it from version 15; the conditions of its branches stand in WHEN. Oracle's DELETE
// WHERE looks at rows that the UPDATE has changed, as they are then (SQL Language Reference 19c, MERGE,
// merge_update_clause): the new values stand in the condition for the columns.
func (g *gen) merge(x *ast.Merge) string {
	g.logErrors(x.LogErrors)
	if x.Returning != nil {
		g.refuse(x.Returning, "merge", "MERGE with RETURNING: PostgreSQL has it from version 17")
	}
	d, ok := g.writeTarget(x.Target)
	if !ok || d.view != nil {
		if ok {
			g.refuse(x.Target, "merge", "MERGE into an inline view: name the table")
		}
		return ""
	}
	in := g.lineBreak(x)
	if in == " " {
		in = "\n" + g.columnIndent(x)
	}
	source := ""
	if g.isDual(x.Source) {
		source = "(SELECT 'X'::text AS dummy) AS " + g.sourceAlias(x.Source)
	} else {
		source = g.tableRef(x.Source)
	}
	on := g.cond(x.On)
	if rows := g.temporaryRows(d); rows != "" {
		if d.alias == "" {
			d.alias = g.e.names.ident(g.f.Last(d.name.Name))
		}
		d.table = rows
		on = "(" + on + ") AND " + d.alias + ".\"session$\" = " + g.use("session_id") + "()"
	}
	text := "MERGE INTO " + d.text() + in + "USING " + source + in + "ON " + on
	if m := x.Matched; m != nil {
		where := ""
		if m.Where != nil {
			where = " AND " + g.expr(m.Where).in(precAnd)
		}
		if m.DeleteWhere != nil {
			del := g.afterUpdate(x, m)
			text += in + "WHEN MATCHED" + where + " AND " + del.in(precAnd) + " THEN DELETE"
		}
		var sets []string
		for _, a := range m.Set {
			sets = append(sets, g.assign(a, x))
		}
		text += in + "WHEN MATCHED" + where + " THEN UPDATE SET " + strings.Join(sets, ", ")
	}
	if m := x.Unmatched; m != nil {
		where := ""
		if m.Where != nil {
			where = " AND " + g.expr(m.Where).in(precAnd)
		}
		text += in + "WHEN NOT MATCHED" + where + " THEN INSERT"
		if len(m.Cols) > 0 {
			var cols []string
			for _, c := range m.Cols {
				cols = append(cols, g.setColumn(c))
			}
			text += " (" + strings.Join(cols, ", ") + ")"
		}
		g.placeInsert(x.Target, m.Cols, []ast.Expr{m.Values}, nil)
		text += " VALUES " + g.mergeValues(m.Values)
	}
	if p := g.e.Profile; p != nil && !p.Has(rules.FeaturePGMerge) {
		g.reportAs(x, "merge", model.Low, model.Auto, "MERGE needs PostgreSQL 15 or newer")
	}
	return text
}

// temporaryRows is the table behind the view that stands for a global temporary table: up to version 16 PostgreSQL merges
// into no view.
func (g *gen) temporaryRows(d *dmlTarget) string {
	if d.name == nil || d.name.Partition != nil {
		return ""
	}
	o := g.ref(d.name.Name).Object
	if o == nil || o.Table == nil || o.Table.Temporary != "GLOBAL" {
		return ""
	}
	return g.rowsTable(o)
}

func (g *gen) mergeValues(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.List:
		g.drawInList(x)
		return g.text(x)
	case *ast.Paren:
		return g.text(x)
	}
	return g.recordRow(e)
}

// drawInList refuses a sequence that is named twice in one row: the order in which PostgreSQL computes the values is that of
// the table's columns.
func (g *gen) drawInList(l *ast.List) {
	uses, order := g.sequenceUses(l)
	for _, s := range order {
		if len(uses[s]) > 1 {
			g.refuse(uses[s][1], "nextval", "%s is named twice for one row: draw it in the source of the statement", s)
		}
	}
}

// afterUpdate is the condition of DELETE WHERE with the new values of the columns that are set.
func (g *gen) afterUpdate(x *ast.Merge, m *ast.MergeMatched) frag {
	values := map[string]ast.Expr{}
	for _, a := range m.Set {
		switch t := a.Target.(type) {
		case *ast.Name:
			values[g.f.Last(t)] = a.X
		case *ast.List:
			g.refuse(a, "merge", "DELETE WHERE behind SET of several columns at once: set them one by one")
		}
	}
	var added []*ast.Name
	g.names(m.DeleteWhere, func(n *ast.Name) {
		from := g.info.From(n)
		if from != ast.Node(x.Target) {
			return
		}
		if v, ok := values[g.f.Last(n)]; ok {
			if l, isDefault := v.(*ast.Literal); isDefault && l.Kind == ast.LitDefault {
				g.refuse(n, "merge", "DELETE WHERE asks for a column that is set to DEFAULT")
			}
			if g.aliased == nil {
				g.aliased = map[*ast.Name]ast.Expr{}
			}
			g.aliased[n] = v
			added = append(added, n)
		}
	})
	f := g.expr(m.DeleteWhere)
	for _, n := range added {
		delete(g.aliased, n)
	}
	return f
}
