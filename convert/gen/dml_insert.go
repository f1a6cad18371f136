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
	_, constant := ast.Unparen(e).(*ast.Literal)
	if !constant && f.s != "" && strings.Trim(f.s, "0123456789") == "" { // a constant of a package
		constant = true
	}
	if constant {
		g.refuse(e, "not-converted", "VALUES without brackets takes a record, and %s is none", g.source(e))
	}
	if f.prec < precPrimary || strings.HasPrefix(f.s, "(") {
		return "(" + f.in(precPrimary) + ".*)"
	}
	if strings.ContainsAny(f.s, "(.") { // a field of a record would be read as a column of a table
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
