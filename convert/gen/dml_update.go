package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func (g *gen) update(x *ast.Update) string {
	g.logErrors(x.LogErrors)
	for _, c := range x.Subst {
		g.refuse(c, "not-converted", "a substitution variable stands for a whole clause")
	}
	d, ok := g.writeTarget(x.Target)
	if !ok {
		return ""
	}
	if d.view != nil {
		return g.updateView(x, d.view)
	}
	if text, ok := g.updateRows(x, d); ok {
		return text
	}
	if text, ok := g.setAbsentRow(x, d); ok {
		return text
	}
	subs := []sub{put(x.Target, d.text())}
	for _, a := range x.Set {
		subs = append(subs, put(a, g.assign(a, x)))
	}
	for _, t := range x.From {
		subs = append(subs, put(t, g.tableRef(t)))
	}
	subs = append(subs, g.chosenRows(x.Where, x.CurrentOf)...)
	return g.splice(x, append(subs, g.rowsAfter(x.LogErrors, x.Returning)...)...)
}

// currentOf converts the cursor of WHERE CURRENT OF, which PostgreSQL takes as a plain name.
func (g *gen) currentOf(e ast.Expr) string {
	s := g.text(e)
	if strings.ContainsAny(unmarked(s), ".([:") {
		g.refuse(e, "current-of", "%s is no cursor of the routine: PostgreSQL finds the row by a cursor's name only", g.source(e))
	}
	return s
}

// assign converts one item of SET: PostgreSQL takes no alias on the left.
func (g *gen) assign(a *ast.Assign, s ast.Node) string {
	if a.Row { // SET ROW = rec
		return g.setRow(a, s)
	}
	g.placeSet(a)
	left := ""
	switch t := a.Target.(type) {
	case *ast.List:
		var cols []string
		for _, e := range t.Items {
			cols = append(cols, g.setColumn(e))
		}
		left = "(" + strings.Join(cols, ", ") + ")"
	case *ast.Paren:
		left = "(" + g.setColumn(t.X) + ")"
		if _, ok := a.X.(*ast.Subquery); !ok {
			left = g.setColumn(t.X)
		}
	default:
		left = g.setColumn(a.Target)
	}
	return g.splice(a, put(a.Target, left), put(a.X, g.setValue(a.X)))
}

// setRow is SET ROW = rec: every column by its place.
func (g *gen) setRow(a *ast.Assign, s ast.Node) string {
	var target ast.TableRef
	if u, ok := s.(*ast.Update); ok {
		target = u.Target
	}
	fields, open := g.info.Row(target)
	if open || len(fields) == 0 {
		g.refuse(a, "not-converted", "SET ROW: the columns of the table are not known")
		return ""
	}
	rec := g.expr(a.X).in(precPrimary)
	var cols, values []string
	from, _ := g.info.Type(a.X).Fields()
	for i, f := range fields {
		cols = append(cols, g.e.names.ident(f.Name))
		name := f.Name
		if i < len(from) {
			name = from[i].Name
		}
		values = append(values, rec+"."+g.e.names.ident(name))
	}
	return "(" + strings.Join(cols, ", ") + ") = ROW(" + strings.Join(values, ", ") + ")"
}

// updateView converts the update of a join: the table whose columns are set is updated, the others stand in FROM.
func (g *gen) updateView(x *ast.Update, q *ast.QueryBlock) string {
	column := func(e ast.Expr) (from ast.Node, item *ast.SelectItem) {
		n, ok := e.(*ast.Name)
		if !ok {
			return nil, nil
		}
		name := g.f.Last(n)
		for _, it := range q.Items {
			in, ok := it.X.(*ast.Name)
			if it.Alias != nil && g.f.Last(it.Alias) == name || it.Alias == nil && ok && g.f.Last(in) == name {
				if ok {
					return g.info.From(in), it
				}
				return nil, it
			}
		}
		return nil, nil
	}
	star := false
	for _, it := range q.Items {
		if n, ok := it.X.(*ast.Name); ok && n.Star {
			star = true
		}
	}
	var target ast.Node
	var sets []string
	// names of the view's columns stand for the expressions behind them
	names := map[string]ast.Expr{}
	for _, it := range q.Items {
		if it.Alias != nil {
			names[g.f.Last(it.Alias)] = it.X
		} else if n, ok := it.X.(*ast.Name); ok && !n.Star {
			names[g.f.Last(n)] = n
		}
	}
	behind := func(e ast.Expr) {
		g.names(e, func(n *ast.Name) {
			if g.info.From(n) == ast.Node(x.Target) {
				if in, ok := names[g.f.Last(n)]; ok {
					if g.aliased == nil {
						g.aliased = map[*ast.Name]ast.Expr{}
					}
					g.aliased[n] = in
				}
			}
		})
	}
	for _, a := range x.Set {
		targets := []ast.Expr{a.Target}
		if l, ok := a.Target.(*ast.List); ok {
			targets = l.Items
		}
		var cols []string
		for _, e := range targets {
			from, it := column(e)
			if it == nil && star && len(q.From) == 1 {
				from = q.From[0]
				cols = append(cols, g.setColumn(e))
			} else if it != nil {
				if n, ok := it.X.(*ast.Name); ok {
					cols = append(cols, g.setColumn(n))
				}
			}
			if from == nil && len(q.From) == 1 {
				from = q.From[0]
			}
			if from == nil || target != nil && target != from || len(cols) == 0 {
				g.refuse(a, "update-join-view", "nothing tells which table of the join %s belongs to", g.source(e))
				return ""
			}
			target = from
		}
		behind(a.X)
		left := cols[0]
		if len(targets) > 1 {
			left = "(" + strings.Join(cols, ", ") + ")"
		}
		sets = append(sets, left+" = "+g.setValue(a.X))
	}
	t, ok := target.(*ast.TableName)
	if !ok {
		g.refuse(x.Target, "update-join-view", "the table to update stands below another query")
		return ""
	}
	d, ok := g.writeTarget(t)
	if !ok {
		return ""
	}
	b := g.newBlock(q, nil)
	b.deduce()
	if b.rownum.limit != "" || b.outer() {
		g.refuse(x.Target, "update-join-view", "the update of an outer join or of rows cut by ROWNUM: name the rows in a subquery of WHERE")
		return ""
	}
	var others, conds []string
	var flat func(r ast.TableRef) bool
	flat = func(r ast.TableRef) bool {
		switch y := r.(type) {
		case *ast.ParenTable:
			if y.Alias == nil {
				return flat(y.X)
			}
		case *ast.Join:
			if y.Kind != token.INNER && y.Kind != token.CROSS || y.Natural || y.Apply || len(y.Using) > 0 {
				return false
			}
			if !flat(y.Left) || !flat(y.Right) {
				return false
			}
			if y.On != nil {
				conds = append(conds, g.expr(y.On).in(precAnd))
			}
			return true
		}
		if ast.Node(r) != target {
			others = append(others, g.tableRef(r))
		}
		return true
	}
	for _, r := range q.From {
		if !flat(r) {
			g.refuse(r, "update-join-view", "the update of an outer join: name the rows in a subquery of WHERE")
			return ""
		}
	}
	if q.Where != nil {
		conds = append(conds, g.expr(q.Where).in(precAnd))
	}
	if x.Where != nil {
		behind(x.Where)
		conds = append(conds, g.expr(x.Where).in(precAnd))
	}
	in := g.lineBreak(x)
	text := "UPDATE " + d.text() + in + "SET " + strings.Join(sets, ", ")
	if len(others) > 0 {
		text += in + "FROM " + strings.Join(others, ", ")
		g.report(x, "update-join-view", "where several rows of the other tables fit one row, PostgreSQL takes one of them; Oracle asks for a key that rules it out (ORA-01779)")
	}
	if len(conds) > 0 {
		text += in + "WHERE " + strings.Join(conds, " AND ")
	}
	if x.Returning != nil {
		for _, it := range x.Returning.Items {
			behind(it.X)
		}
	}
	return text + g.returningTail(x, x.Returning)
}

// updateRows converts an UPDATE with ROWNUM: in WHERE it cuts the rows, in SET it numbers them.
func (g *gen) updateRows(x *ast.Update, d *dmlTarget) (string, bool) {
	numbered := false
	for _, a := range x.Set {
		numbered = numbered || a.X != nil && g.usesRownum(a.X)
	}
	if !numbered && (x.Where == nil || !g.usesRownum(x.Where)) {
		return "", false
	}
	if x.Target == nil || len(x.From) > 0 {
		return "", false
	}
	in := g.lineBreak(x)
	rows, cond := g.rowsOf(x.Target, x.Where)
	address, list := g.rowAddress(d)
	if !numbered {
		var sets []string
		for _, a := range x.Set {
			sets = append(sets, g.assign(a, x))
		}
		return "UPDATE " + d.text() + in + "SET " + strings.Join(sets, ", ") + in + "WHERE " + address + " IN (SELECT " + list + " FROM " + d.text() + cond + rows + ")" + g.returningTail(x, x.Returning), true
	}
	// the rows are found and numbered in a query of their own
	num := g.alias()
	old := g.rowNumber
	g.rowNumber = num + ".rownum"
	var sets []string
	for _, a := range x.Set {
		sets = append(sets, g.assign(a, x))
	}
	g.rowNumber = old
	outer := "ctid"
	if d.alias != "" {
		outer = d.alias + ".ctid"
	} else {
		outer = d.table + ".ctid"
	}
	same := outer + " = " + num + ".row_id"
	ids := strings.TrimSuffix(list, "ctid") + "ctid AS row_id"
	if strings.Contains(list, "tableoid") {
		same += " AND " + strings.TrimSuffix(outer, "ctid") + "tableoid = " + num + ".tableoid"
	}
	return "UPDATE " + d.text() + in + "SET " + strings.Join(sets, ", ") + in + "FROM (SELECT " + ids + ", row_number() OVER () AS rownum FROM " + d.text() + cond + rows + ") AS " + num + in + "WHERE " + same + g.returningTail(x, x.Returning), true
}

// rowsOf gives the conditions of a WHERE without those on ROWNUM, and the limit that those make.
func (g *gen) rowsOf(t ast.TableRef, where ast.Expr) (limit, cond string) {
	if where == nil {
		return "", ""
	}
	b := g.newBlock(&ast.QueryBlock{Span: where.Range(), From: []ast.TableRef{t}, Where: where}, nil)
	if c := b.condText(b.kept()); c != "" {
		cond = " WHERE " + c
	}
	if b.rownum.limit != "" {
		limit = " LIMIT " + b.rownum.limit
	}
	return limit, cond
}

func (g *gen) delete(x *ast.Delete) string {
	g.logErrors(x.LogErrors)
	for _, c := range x.Subst {
		g.refuse(c, "not-converted", "a substitution variable stands for a whole clause")
	}
	d, ok := g.writeTarget(x.Target)
	if !ok {
		return ""
	}
	if d.view != nil {
		return g.deleteView(x, d.view)
	}
	if x.Where != nil && g.usesRownum(x.Where) && len(x.From) == 0 {
		in := g.lineBreak(x)
		limit, cond := g.rowsOf(x.Target, x.Where)
		address, list := g.rowAddress(d)
		return "DELETE FROM " + d.text() + in + "WHERE " + address + " IN (SELECT " + list + " FROM " + d.text() + cond + limit + ")" + g.returningTail(x, x.Returning)
	}
	text := d.text()
	if !g.f.Tokens[x.Target.Range().Lo-1].Is(token.FROM) {
		text = "FROM " + text
	}
	subs := []sub{put(x.Target, text)}
	if len(x.From) > 0 { // 23ai
		word := x.From[0].Range().Lo - 1
		subs = append(subs, sub{word, word + 1, "USING"})
		for _, t := range x.From {
			subs = append(subs, put(t, g.tableRef(t)))
		}
	}
	subs = append(subs, g.chosenRows(x.Where, x.CurrentOf)...)
	return g.splice(x, append(subs, g.rowsAfter(x.LogErrors, x.Returning)...)...)
}

// deleteView converts DELETE of an inline view of one table.
func (g *gen) deleteView(x *ast.Delete, q *ast.QueryBlock) string {
	if len(q.From) != 1 {
		g.refuse(x.Target, "not-converted", "DELETE of a join: name the rows in a subquery of WHERE")
		return ""
	}
	t, ok := q.From[0].(*ast.TableName)
	if !ok {
		g.refuse(x.Target, "not-converted", "the table to delete from stands below another query")
		return ""
	}
	d, ok := g.writeTarget(t)
	if !ok {
		return ""
	}
	names := map[string]ast.Expr{}
	for _, it := range q.Items {
		if it.Alias != nil {
			names[g.f.Last(it.Alias)] = it.X
		}
	}
	if x.Where != nil {
		g.names(x.Where, func(n *ast.Name) {
			if in, ok := names[g.f.Last(n)]; ok && g.info.From(n) == ast.Node(x.Target) {
				if g.aliased == nil {
					g.aliased = map[*ast.Name]ast.Expr{}
				}
				g.aliased[n] = in
			}
		})
	}
	var conds []string
	if q.Where != nil {
		if g.usesRownum(q.Where) {
			limit, cond := g.rowsOf(t, q.Where)
			address, list := g.rowAddress(d)
			conds = append(conds, address+" IN (SELECT "+list+" FROM "+d.text()+cond+limit+")")
		} else {
			conds = append(conds, g.expr(q.Where).in(precAnd))
		}
	}
	if x.Where != nil {
		conds = append(conds, g.expr(x.Where).in(precAnd))
	}
	in := g.lineBreak(x)
	text := "DELETE FROM " + d.text()
	if len(conds) > 0 {
		text += in + "WHERE " + strings.Join(conds, " AND ")
	}
	return text + g.returningTail(x, x.Returning)
}
