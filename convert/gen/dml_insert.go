package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

func (g *gen) insert(x *ast.Insert) string {
	g.logErrors(x.LogErrors)
	d, ok := g.writeTarget(x.Target)
	if !ok {
		return ""
	}
	subs := []sub{}
	columns := ""
	if d.view != nil { // the columns of the inline view are those of its table
		t, cols, ok := g.viewColumns(d.view)
		if !ok {
			g.refuse(x.Target, "not-converted", "rows cannot be inserted into this inline view")
			return ""
		}
		columns = t
		if len(x.Cols) == 0 {
			columns += " (" + strings.Join(cols, ", ") + ")"
		}
		subs = append(subs, put(x.Target, columns))
	} else {
		target := d.text()
		if cols := g.visibleColumns(x.Target); len(cols) > 0 && len(x.Cols) == 0 && x.Form == nil {
			target += " (" + strings.Join(cols, ", ") + ")"
		}
		subs = append(subs, put(x.Target, target))
	}
	if text, ok := g.insertObject(x, d.text()); ok {
		return text
	}
	if x.Form != nil && len(x.Form.Set) > 0 { // 23ai
		var cols, values []string
		for _, a := range x.Form.Set {
			cols = append(cols, g.setColumn(a.Target))
			values = append(values, g.setValue(a.X))
		}
		text := "INSERT INTO " + d.text() + " (" + strings.Join(cols, ", ") + ") VALUES (" + strings.Join(values, ", ") + ")"
		return text + g.returningTail(x, x.Returning)
	}
	if x.Form != nil && x.Form.ByName {
		fields, open := g.info.Row(x.Query)
		if open {
			g.refuse(x, "not-converted", "INSERT BY NAME: the columns of the query are not known")
			return ""
		}
		var cols []string
		for _, f := range fields {
			cols = append(cols, g.e.names.ident(f.Name))
		}
		return "INSERT INTO " + d.text() + " (" + strings.Join(cols, ", ") + ") " + g.query(x.Query) + g.returningTail(x, x.Returning)
	}
	g.placeInsert(x.Target, x.Cols, x.Rows, x.Query)
	for _, c := range x.Cols {
		subs = append(subs, put(c, g.setColumn(c)))
	}
	if x.Form != nil && x.Form.Record != nil {
		subs = append(subs, put(x.Form.Record, g.recordRow(x.Form.Record)))
	}
	if len(x.Rows) > 0 {
		if text, ok := g.valuesOnce(x, d); ok {
			return text
		}
	}
	if e := g.rowObject(x); e != nil {
		f := g.expr(e)
		return "INSERT INTO " + d.text() + " SELECT (" + f.s + ").*" + g.returningTail(x, x.Returning)
	}
	for _, r := range x.Rows {
		subs = append(subs, put(r, g.rowValues(r)))
	}
	if x.Query != nil {
		subs = append(subs, put(x.Query, g.query(x.Query)))
	}
	return g.splice(x, append(subs, g.rowsAfter(x.LogErrors, x.Returning)...)...)
}

// visibleColumns is the list of columns for an INSERT without one into a table with invisible columns: PostgreSQL cannot
// hide a column (SQL Language Reference 19c, "CREATE TABLE", VISIBLE | INVISIBLE). It is nil where none is needed.
func (g *gen) visibleColumns(target ast.Node) []string {
	fields, open := g.info.Row(target)
	var list []string
	hidden := false
	for _, f := range fields {
		if f.Column != nil && f.Column.Invisible {
			hidden = true
			continue
		}
		list = append(list, g.e.names.ident(f.Name))
	}
	if open || !hidden {
		return nil
	}
	return list
}

// rowValues converts one row of VALUES.
func (g *gen) rowValues(r ast.Expr) string {
	switch x := r.(type) {
	case *ast.List, *ast.Paren:
		return g.text(x)
	}
	return "(" + g.text(r) + ")"
}

// rowObject is the object that an INSERT puts into an object table as a whole: VALUES (type(...)). PostgreSQL takes its
// attributes.
func (g *gen) rowObject(x *ast.Insert) ast.Expr {
	t, ok := x.Target.(*ast.TableName)
	if !ok || len(x.Rows) != 1 || len(x.Cols) > 0 {
		return nil
	}
	e := ast.Unparen(x.Rows[0])
	if l, ok := e.(*ast.List); ok && len(l.Items) == 1 {
		e = l.Items[0]
	}
	o := g.ref(t.Name).Object
	if o == nil || o.Table == nil || o.Table.OfType == "" || g.info.Type(e).Class != resolve.ClassObject {
		return nil
	}
	return e
}

// recordRow is VALUES rec: all fields of the record.
func (g *gen) recordRow(e ast.Expr) string {
	f := g.expr(e)
	if f.prec < precPrimary || strings.HasPrefix(f.s, "(") {
		return "(" + f.in(precPrimary) + ".*)"
	}
	if strings.IndexByte(f.s, '(') >= 0 {
		return "((" + f.s + ").*)"
	}
	return "(" + f.s + ".*)"
}

// valuesOnce handles VALUES that names a sequence twice: PostgreSQL computes the values in the order of the table's
// columns, so the number is drawn in a query ahead.
func (g *gen) valuesOnce(x *ast.Insert, d *dmlTarget) (string, bool) {
	if len(x.Rows) != 1 {
		return "", false
	}
	uses, order := g.sequenceUses(x.Rows[0])
	var drawn []string
	source := ""
	for _, s := range order {
		next := false
		for _, n := range uses[s] {
			next = next || g.draws(n)
		}
		if !next || len(uses[s]) < 2 {
			continue
		}
		if source == "" {
			source = g.alias()
		}
		col := "v" + itoa(len(drawn)+1)
		for _, n := range uses[s] {
			g.draw(n, source+"."+col)
		}
		drawn = append(drawn, "nextval("+literal(s)+") AS "+col)
	}
	if source == "" {
		return "", false
	}
	l, ok := ast.Unparen(x.Rows[0]).(*ast.List)
	if !ok {
		return "", false
	}
	var values, cols []string
	for _, it := range l.Items {
		if lit, ok := it.(*ast.Literal); ok && lit.Kind == ast.LitDefault {
			g.refuse(it, "nextval", "DEFAULT beside a sequence that is named twice: leave the column out")
		}
		values = append(values, g.text(it))
	}
	for _, c := range x.Cols {
		cols = append(cols, g.setColumn(c))
	}
	text := "INSERT INTO " + d.text()
	if len(cols) > 0 {
		text += " (" + strings.Join(cols, ", ") + ")"
	}
	in := g.lineBreak(x)
	text += in + "SELECT " + strings.Join(values, ", ") + " FROM (SELECT " + strings.Join(drawn, ", ") + ") AS " + source
	return text + g.returningTail(x, x.Returning), true
}

// viewColumns are the table and columns behind an inline view of one table.
func (g *gen) viewColumns(q *ast.QueryBlock) (table string, cols []string, ok bool) {
	if len(q.From) != 1 {
		return "", nil, false
	}
	t, ok := q.From[0].(*ast.TableName)
	if !ok || t.Name.Link != 0 {
		return "", nil, false
	}
	for _, it := range q.Items {
		n, ok := it.X.(*ast.Name)
		if !ok {
			return "", nil, false
		}
		if n.Star {
			fields, open := g.info.Row(t)
			if open {
				return "", nil, false
			}
			for _, f := range fields {
				cols = append(cols, g.e.names.ident(f.Name))
			}
			continue
		}
		cols = append(cols, g.setColumn(n))
	}
	return g.tableName(t.Name), cols, true
}

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
	for k, i := range all {
		s := g.intoOne(i.i, src, i.cond, fields, open || extra != "" && open)
		if k < len(all)-1 {
			s = src + "_" + itoa(k+1) + " AS (" + s + ")"
		}
		parts = append(parts, s)
	}
	if len(parts) == 0 {
		return ""
	}
	with := "WITH " + src + " AS MATERIALIZED (" + source + ")"
	for _, p := range parts[:len(parts)-1] {
		with += "," + in + p
	}
	if g.body != nil && len(parts) > 1 {
		g.report(x, "insert-all", "the number of rows that the statement reports is that of its last INTO only")
	}
	return with + in + parts[len(parts)-1]
}

func (g *gen) intoOne(i *ast.InsertInto, src, cond string, fields []resolve.Field, open bool) string {
	g.logErrors(i.LogErrors)
	d, ok := g.writeTarget(i.Target)
	if !ok || d.view != nil {
		g.refuse(i.Target, "insert-all", "an inline view as target")
		return ""
	}
	s := "INSERT INTO " + d.text()
	if len(i.Cols) > 0 {
		var cols []string
		for _, c := range i.Cols {
			cols = append(cols, g.setColumn(c))
		}
		s += " (" + strings.Join(cols, ", ") + ")"
	}
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
	s := "INSERT INTO " + d.text()
	if len(first.Cols) > 0 {
		var cols []string
		for _, c := range first.Cols {
			cols = append(cols, g.setColumn(c))
		}
		s += " (" + strings.Join(cols, ", ") + ")"
	}
	return s + " VALUES\n    " + strings.Join(rows, ",\n    "), true
}
