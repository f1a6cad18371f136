package mysql

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// target writes the table that DML changes. alias is what its columns are qualified by.
func (w *work) target(t ast.TableRef) (text, alias string) {
	n, ok := t.(*ast.TableName)
	if !ok {
		return w.refuse(t, "mysql-dml-form", "DML through a query"), ""
	}
	if o := w.info.Ref(n.Name).Object; o != nil && o.View != nil {
		return w.refuse(t, "mysql-view", "%s is a view, and views are read-only", w.f.Source(n.Name)), ""
	}
	return w.tableName(n), w.rowSource(n)
}

func (w *work) extras(r *ast.Returning, l *ast.LogErrors) {
	if r != nil {
		w.refuse(r, "mysql-dml-form", "RETURNING")
	}
	if l != nil {
		w.refuse(l, "mysql-dml-form", "LOG ERRORS")
	}
}

func (w *work) insert(x *ast.Insert) string {
	w.extras(x.Returning, x.LogErrors)
	if x.Form != nil {
		return w.refuse(x, "mysql-dml-form", "%s", short(w.f.Source(x)))
	}
	text, alias := w.target(x.Target)
	if i := strings.LastIndex(text, " AS "); i >= 0 && alias != "" {
		text = text[:i] // INSERT takes no alias
	}
	s := "INSERT INTO " + text
	if len(x.Cols) > 0 {
		s += " (" + w.columns(x.Cols) + ")"
	}
	if x.Query != nil {
		return s + " " + w.query(x.Query)
	}
	var rows []string
	for _, r := range x.Rows {
		if l, ok := r.(*ast.List); ok {
			rows = append(rows, w.expr(l))
		} else {
			rows = append(rows, "("+w.expr(ast.Unparen(r))+")")
		}
	}
	return s + " VALUES " + strings.Join(rows, ", ")
}

func (w *work) update(x *ast.Update) string {
	w.extras(x.Returning, x.LogErrors)
	if len(x.From) > 0 || x.CurrentOf != nil || len(x.Subst) > 0 {
		return w.refuse(x, "mysql-dml-form", "%s: FROM or CURRENT OF", short(w.f.Source(x)))
	}
	text, _ := w.target(x.Target)
	s := "UPDATE " + text + " SET " + w.assigns(x.Set, "")
	return s + w.limited(x.Where)
}

// limited writes the condition of UPDATE and DELETE; a limit by ROWNUM is LIMIT.
func (w *work) limited(where ast.Expr) string {
	var conds []ast.Expr
	limit := ""
	for _, c := range conjuncts(where) {
		if n, ok := w.rownumBelow(c); ok && limit == "" {
			limit = " LIMIT " + n
			continue
		}
		conds = append(conds, c)
	}
	s := ""
	if len(conds) > 0 {
		s = " WHERE " + w.conditions(conds)
	}
	return s + limit
}

// assigns writes the list behind SET; names of columns get alias in front, where one is given and none is written.
func (w *work) assigns(list []*ast.Assign, alias string) string {
	var texts []string
	for _, a := range list {
		switch t := a.Target.(type) {
		case *ast.Name:
			if a.Row {
				return w.refuse(a, "mysql-dml-form", "SET ROW")
			}
			texts = append(texts, w.assigned(t, alias)+" = "+w.value(a.X))
		case *ast.List:
			texts = append(texts, w.rowAssign(a, t, alias)...)
		default:
			return w.refuse(a, "mysql-dml-form", "%s", short(w.f.Source(a)))
		}
	}
	return strings.Join(texts, ", ")
}

// value writes what is assigned: ” is NULL.
func (w *work) value(e ast.Expr) string { return w.expr(e) }

func (w *work) assigned(n *ast.Name, alias string) string {
	if alias != "" && w.f.NumParts(n) == 1 {
		return alias + "." + w.last(n)
	}
	return w.name(n)
}

// rowAssign writes (a, b) = (SELECT x, y ...) as one subquery for each column.
func (w *work) rowAssign(a *ast.Assign, cols *ast.List, alias string) []string {
	sub, ok := a.X.(*ast.Subquery)
	var q *ast.QueryBlock
	if ok {
		q, ok = sub.Query.Body.(*ast.QueryBlock)
	}
	if !ok || q.Distinct != 0 || len(q.Items) != len(cols.Items) {
		return []string{w.refuse(a, "mysql-dml-form", "%s", short(w.f.Source(a)))}
	}
	items := q.Items
	for _, it := range items {
		if n, ok := it.X.(*ast.Name); ok && n.Star {
			return []string{w.refuse(a, "mysql-dml-form", "SET of a row with *")}
		}
	}
	var texts []string
	for i, c := range cols.Items {
		n, ok := c.(*ast.Name)
		if !ok {
			return []string{w.refuse(c, "mysql-dml-form", "%s", short(w.f.Source(c)))}
		}
		one, block := *sub.Query, *q
		block.Items = items[i : i+1]
		one.Body = &block
		texts = append(texts, w.assigned(n, alias)+" = ("+w.query(&one)+")")
	}
	return texts
}

func (w *work) deleteFrom(x *ast.Delete) string {
	w.extras(x.Returning, x.LogErrors)
	if len(x.From) > 0 || x.CurrentOf != nil || len(x.Subst) > 0 {
		return w.refuse(x, "mysql-dml-form", "%s: FROM or CURRENT OF", short(w.f.Source(x)))
	}
	text, _ := w.target(x.Target)
	return "DELETE FROM " + text + w.limited(x.Where)
}

// merge writes a MERGE of one branch as UPDATE with a join or INSERT with NOT EXISTS, and one of both as INSERT ... ON
// DUPLICATE KEY UPDATE where its condition is the table's only unique key.
func (w *work) merge(x *ast.Merge) string {
	w.extras(x.Returning, x.LogErrors)
	if x.Matched != nil && x.Matched.DeleteWhere != nil {
		return w.refuse(x.Matched, "mysql-merge", "DELETE WHERE looks at the values behind the update")
	}
	text, alias := w.target(x.Target)
	source := w.tableRef(x.Source)
	switch {
	case alias == "":
		return w.refuse(x, "mysql-merge", "the target is no table")
	case x.Unmatched == nil && x.Matched != nil:
		w.report(x, "mysql-merge", model.Medium, "several rows of the source for one of the target are an error in Oracle; here one of them counts")
		s := "UPDATE " + text + " JOIN " + source + " ON " + w.expr(x.On) + " SET " + w.assigns(x.Matched.Set, alias)
		if x.Matched.Where != nil {
			s += " WHERE " + w.expr(x.Matched.Where)
		}
		return s
	case x.Matched == nil && x.Unmatched != nil:
		values, ok := x.Unmatched.Values.(*ast.List)
		if !ok {
			return w.refuse(x, "mysql-merge", "the values are no list")
		}
		table := strings.TrimSuffix(text, " AS "+alias)
		s := "INSERT INTO " + table + w.colList(x.Unmatched.Cols) + " SELECT " + w.exprs(values.Items) + " FROM " + source + " WHERE NOT EXISTS (SELECT 1 FROM " + text + " WHERE " + w.expr(x.On) + ")"
		if x.Unmatched.Where != nil {
			s += " AND (" + w.expr(x.Unmatched.Where) + ")"
		}
		return s
	case x.Matched != nil && x.Unmatched != nil:
		return w.upsert(x, text, alias, source)
	}
	return w.refuse(x, "mysql-merge", "no branch")
}

func (w *work) colList(cols []*ast.Name) string {
	if len(cols) == 0 {
		return ""
	}
	return " (" + w.columns(cols) + ")"
}

// upsert is exact when a row collides just where ON is true: ON compares all columns of the only unique key with what is
// inserted there.
func (w *work) upsert(x *ast.Merge, text, alias, source string) string {
	refuse := func(why string) string { return w.refuse(x, "mysql-merge", "both branches, and %s", why) }
	values, ok := x.Unmatched.Values.(*ast.List)
	o := w.info.Ref(x.Target.(*ast.TableName).Name).Object
	switch {
	case !ok || len(values.Items) != len(x.Unmatched.Cols):
		return refuse("the inserted columns are not named")
	case x.Matched.Where != nil || x.Unmatched.Where != nil:
		return refuse("a branch has a WHERE")
	case o == nil || o.Table == nil:
		return refuse("the table is not in the source")
	}
	keys := w.uniqueKeys(o)
	if len(keys) != 1 {
		return refuse("the table has not just one unique key")
	}
	inserted := map[string]string{}
	for i, c := range x.Unmatched.Cols {
		inserted[w.f.Last(c)] = w.f.Source(values.Items[i])
	}
	var joined []string
	for _, c := range conjuncts(ast.Unparen(x.On)) {
		b, ok := ast.Unparen(c).(*ast.Binary)
		if !ok || operator(b.Op) != "=" {
			return refuse("ON is no comparison of the key")
		}
		l, r := b.X, b.Y
		if n, ok := l.(*ast.Name); !ok || w.info.From(n) != ast.Node(x.Target) {
			l, r = r, l
		}
		n, ok := l.(*ast.Name)
		if !ok || w.info.From(n) != ast.Node(x.Target) || !strings.EqualFold(inserted[w.f.Last(n)], w.f.Source(r)) {
			return refuse("ON does not compare the key with what is inserted there")
		}
		joined = append(joined, w.f.Last(n))
	}
	slices.Sort(joined)
	if !slices.Equal(joined, keys[0]) {
		return refuse("ON is not the unique key of the table")
	}
	w.report(x, "mysql-merge", model.Medium, "several rows of the source with one key are an error in Oracle; here the later changes what the earlier has written")
	table := strings.TrimSuffix(text, " AS "+alias)
	bare := table[strings.LastIndexByte(table, '.')+1:]
	set := w.assigns(x.Matched.Set, bare)
	if alias != bare { // the target has no alias in INSERT
		set = strings.ReplaceAll(" "+set, " "+alias+".", " "+bare+".")[1:]
		set = strings.ReplaceAll(set, "("+alias+".", "("+bare+".")
	}
	return "INSERT INTO " + table + w.colList(x.Unmatched.Cols) + " SELECT " + w.exprs(values.Items) + " FROM " + source + " ON DUPLICATE KEY UPDATE " + set
}

// uniqueKeys are the columns of the keys by which a row can collide, sorted, each key once. A key with an expression is
// one that no columns equal.
func (w *work) uniqueKeys(o *model.Object) [][]string {
	var keys [][]string
	add := func(cols []string) {
		cols = slices.Clone(cols)
		slices.Sort(cols)
		for _, k := range keys {
			if slices.Equal(k, cols) {
				return
			}
		}
		keys = append(keys, cols)
	}
	for _, c := range o.Table.Constraints {
		if (c.Kind == model.PrimaryKey || c.Kind == model.Unique) && !c.Disabled {
			add(c.Columns)
		}
	}
	for _, i := range w.catalog.Objects {
		if i.Index == nil || i.Index.Kind != "UNIQUE" || i.Index.Table != o.Name || i.Index.TableSchema != o.Schema {
			continue
		}
		var cols []string
		for _, k := range i.Index.Keys {
			cols = append(cols, k.Column)
		}
		add(cols)
	}
	return keys
}

// hints reports hints, which the text that is written anew does not have.
func (w *work) hints(n ast.Node) {
	span := n.Range()
	for i := span.Lo; i < span.Hi; i++ {
		if w.f.Tokens[i].Flags&token.FlagHint != 0 {
			w.report(n, "mysql-hint", model.Info, "hints of Oracle are left out")
			return
		}
	}
}
