package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// multiInsert converts INSERT ALL and INSERT FIRST: the source is computed once in WITH, and every INTO is a statement that
// reads it. Oracle draws a sequence once for each row of the source, so that stands in the source.
func (g *gen) multiInsert(x *ast.MultiInsert) string {
	if text, ok := g.sameTable(x); ok {
		return text
	}
	in := g.lineBreak(x)
	if in == " " {
		in = "\n" + g.columnIndent(x)
	}
	src := g.alias()
	list := src + "_s.*"
	type into struct {
		i    *ast.InsertInto
		cond string
	}
	var all []into
	var nodes []ast.Node
	each := func(is []*ast.InsertInto) {
		for _, i := range is {
			if i.Values != nil {
				nodes = append(nodes, i.Values)
			}
		}
	}
	each(x.Into)
	for _, w := range x.Whens {
		each(w.Into)
	}
	each(x.Else)
	uses, order := g.sequenceUses(nodes...)
	extra := ""
	for k, s := range order {
		draws := false
		for _, n := range uses[s] {
			draws = draws || g.draws(n)
		}
		if !draws {
			continue
		}
		col := "lf_v" + itoa(k+1)
		extra += ", nextval(" + literal(s) + ") AS " + col
		for _, n := range uses[s] {
			g.draw(n, src+"."+col)
		}
	}
	query := g.query(x.Query)
	for _, i := range x.Into {
		all = append(all, into{i, ""})
	}
	if len(x.Whens) > 0 {
		var conds []string
		for k, w := range x.Whens {
			cond := g.expr(w.Cond)
			c := ""
			if x.First {
				c = src + ".lf_when = " + itoa(k+1)
				conds = append(conds, "WHEN "+cond.s+" THEN "+itoa(k+1))
			} else {
				c = cond.s
				conds = append(conds, cond.in(precIs+1)+" IS NOT TRUE")
			}
			for _, i := range w.Into {
				all = append(all, into{i, c})
			}
		}
		rest := strings.Join(conds, " AND ")
		if x.First {
			extra += ", CASE " + strings.Join(conds, " ") + " ELSE 0 END AS lf_when"
			rest = src + ".lf_when = 0"
		}
		for _, i := range x.Else {
			all = append(all, into{i, rest})
		}
	}
	fields, open := g.info.Row(x.Query)
	source := query
	if extra != "" {
		source = "SELECT " + list + extra + " FROM (" + query + ") AS " + src + "_s"
	}
	var parts []string
	counted := g.body != nil && g.body.facts != nil && g.body.facts.sqlAttr && len(all) > 1
	for k, i := range all {
		s := g.intoOne(i.i, src, i.cond, fields, open || extra != "" && open)
		if counted && !g.inDynamic {
			s = src + "_" + itoa(k+1) + " AS (" + s + " RETURNING 1)"
		} else if k < len(all)-1 {
			s = src + "_" + itoa(k+1) + " AS (" + s + ")"
		}
		parts = append(parts, s)
	}
	if len(parts) == 0 {
		return ""
	}
	with := "WITH " + src + " AS MATERIALIZED (" + source + ")"
	if counted && !g.inDynamic {
		return with + "," + in + strings.Join(parts, ","+in) + in + g.countParts(src, len(parts))
	}
	for _, p := range parts[:len(parts)-1] {
		with += "," + in + p
	}
	if counted {
		g.report(x, "insert-all", "SQL%%ROWCOUNT behind the dynamic statement is the number of rows of its last INTO, in Oracle that of all")
	}
	return with + in + parts[len(parts)-1]
}

// countParts is the main query of an INSERT ALL whose rows are asked for: SQL%ROWCOUNT counts those of every INTO,
// PostgreSQL reports those of the main statement.
func (g *gen) countParts(src string, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = "SELECT 1 FROM " + src + "_" + itoa(i+1)
	}
	g.declareOnce(sqlRows, "integer")
	g.body.counted = true
	return "SELECT count(*) INTO " + sqlRows + " FROM (" + strings.Join(list, " UNION ALL ") + ") AS " + src + "_n"
}

// insertHead is INSERT INTO with its columns, as far as they are written.
func (g *gen) insertHead(d *dmlTarget, columns []*ast.Name) string {
	s := "INSERT INTO " + d.text()
	if len(columns) == 0 {
		return s
	}
	cols := make([]string, len(columns))
	for i, c := range columns {
		cols[i] = g.setColumn(c)
	}
	return s + " (" + strings.Join(cols, ", ") + ")"
}

func (g *gen) intoOne(i *ast.InsertInto, src, cond string, fields []resolve.Field, open bool) string {
	g.logErrors(i.LogErrors)
	d, ok := g.writeTarget(i.Target)
	if !ok || d.view != nil {
		g.refuse(i.Target, "insert-all", "an inline view as target")
		return ""
	}
	s := g.insertHead(d, i.Cols)
	var values []string
	if i.Values != nil {
		if l, ok := ast.Unparen(i.Values).(*ast.List); ok {
			for _, it := range l.Items {
				if lit, ok := it.(*ast.Literal); ok && lit.Kind == ast.LitDefault {
					g.refuse(it, "insert-all", "DEFAULT in INSERT ALL: leave the column out")
				}
				values = append(values, g.text(it))
			}
		} else {
			values = append(values, g.text(i.Values))
		}
	} else {
		if open {
			if len(fields) == 0 {
				values = []string{src + ".*"}
			} else {
				g.refuse(i, "insert-all", "the columns of the query are not known")
			}
		}
		if len(values) == 0 {
			for _, f := range fields {
				values = append(values, src+"."+g.e.names.ident(f.Name))
			}
		}
	}
	s += " SELECT " + strings.Join(values, ", ") + " FROM " + src
	if cond != "" {
		s += " WHERE " + cond
	}
	return s
}

// sameTable handles INSERT ALL ... SELECT ... FROM dual with one target: the idiom for several rows.
func (g *gen) sameTable(x *ast.MultiInsert) (string, bool) {
	q, ok := x.Query.Body.(*ast.QueryBlock)
	if !ok || len(x.Whens) > 0 || len(x.Into) == 0 || len(q.From) != 1 || !g.isDual(q.From[0]) || q.Where != nil || q.Hier != nil {
		return "", false
	}
	first := x.Into[0]
	var rows []string
	for _, i := range x.Into {
		if i.Values == nil || i.LogErrors != nil || g.f.Source(i.Target) != g.f.Source(first.Target) || len(i.Cols) != len(first.Cols) {
			return "", false
		}
		for k, c := range i.Cols {
			if g.f.Last(c) != g.f.Last(first.Cols[k]) {
				return "", false
			}
		}
		uses, _ := g.sequenceUses(i.Values)
		if len(uses) > 0 {
			return "", false
		}
		free := true
		g.names(i.Values, func(n *ast.Name) {
			if it, ok := g.ref(n).Decl.(*ast.SelectItem); ok && it != nil {
				free = false
			}
		})
		if !free {
			return "", false
		}
	}
	d, ok := g.writeTarget(first.Target)
	if !ok || d.view != nil {
		return "", false
	}
	for _, i := range x.Into {
		rows = append(rows, g.rowValues(i.Values))
	}
	return g.insertHead(d, first.Cols) + " VALUES\n    " + strings.Join(rows, ",\n    "), true
}
