package mysql

import (
	"strings"

	"landfall/convert/gen"
	"landfall/internal/mysql/quote"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// dual reports whether an item of FROM is Oracle's table of one row.
func (w *work) dual(t ast.TableRef) bool {
	n, ok := t.(*ast.TableName)
	if !ok || w.f.Last(n.Name) != "DUAL" || n.Alias != nil {
		return false
	}
	o := w.info.Ref(n.Name).Object
	return o == nil
}

// from writes FROM, and gives the conditions that stay in WHERE: those with (+) go into the joins that they make.
func (w *work) from(q *ast.QueryBlock, where []ast.Expr) (text string, rest []ast.Expr) {
	if len(q.From) == 1 && w.dual(q.From[0]) {
		return "", where
	}
	marked := false
	for _, c := range where {
		marked = marked || gen.HasOuterMark(c)
	}
	if !marked {
		var list []string
		for _, t := range q.From {
			if w.dual(t) && len(q.From) > 1 {
				continue // one row more or less to multiply by
			}
			list = append(list, w.tableRef(t))
		}
		return w.commaList(list, q.From), where
	}
	return w.leftJoins(q, where)
}

// commaList joins items of FROM: by commas, or by CROSS JOIN where one is a join, which binds closer than a comma.
func (w *work) commaList(list []string, from []ast.TableRef) string {
	for _, t := range from {
		if _, ok := t.(*ast.Join); ok && len(list) > 1 {
			for i := range list {
				if strings.Contains(list[i], " JOIN ") {
					list[i] = "(" + list[i] + ")"
				}
			}
			return strings.Join(list, " CROSS JOIN ")
		}
	}
	return strings.Join(list, ", ")
}

// leftJoins turns (+) into LEFT JOIN: a condition with (+) on columns of a table belongs to the join of that table with
// those that its other columns are of (SQL Language Reference, "Outer Joins").
func (w *work) leftJoins(q *ast.QueryBlock, where []ast.Expr) (string, []ast.Expr) {
	at := map[ast.Node]int{}
	for i, t := range q.From {
		at[t] = i
		if _, ok := t.(*ast.Join); ok {
			return w.refuse(t, "mysql-outer-join", "(+) beside a join in ANSI form"), nil
		}
	}
	on := make([][]ast.Expr, len(q.From))
	needs := make([]map[int]bool, len(q.From))
	var rest []ast.Expr
	for _, c := range where {
		optional, others, ok := w.sides(c, at)
		switch {
		case !ok:
			return w.refuse(c, "mysql-outer-join", "%s: it is not known which tables its columns are of", short(w.f.Source(c))), nil
		case len(optional) == 0:
			rest = append(rest, c)
			continue
		case len(optional) > 1:
			return w.refuse(c, "mysql-outer-join", "%s has (+) on several tables", short(w.f.Source(c))), nil
		}
		for i := range optional {
			on[i] = append(on[i], c)
			if needs[i] == nil {
				needs[i] = map[int]bool{}
			}
			for o := range others {
				if o != i {
					needs[i][o] = true
				}
			}
		}
	}
	var b strings.Builder
	placed := make([]bool, len(q.From))
	for i, t := range q.From {
		if on[i] != nil {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(" CROSS JOIN ")
		}
		b.WriteString(w.tableRef(t))
		placed[i] = true
	}
	if b.Len() == 0 {
		return w.refuse(q.From[0], "mysql-outer-join", "every table is joined by (+), some to nothing"), nil
	}
	for range q.From {
		for i, t := range q.From {
			if placed[i] || !ready(needs[i], placed) {
				continue
			}
			b.WriteString(" LEFT JOIN " + w.tableRef(t) + " ON " + w.conditions(on[i]))
			placed[i] = true
		}
	}
	for i, t := range q.From {
		if !placed[i] || b.Len() == 0 {
			return w.refuse(t, "mysql-outer-join", "%s is joined by (+) in a circle, or to nothing", short(w.f.Source(t))), nil
		}
	}
	return b.String(), rest
}

func ready(needs map[int]bool, placed []bool) bool {
	for n := range needs {
		if !placed[n] {
			return false
		}
	}
	return true
}

// sides tells which items of FROM a condition marks by (+), and which others its columns are of.
func (w *work) sides(c ast.Expr, at map[ast.Node]int) (optional, others map[int]bool, ok bool) {
	optional, others, ok = map[int]bool{}, map[int]bool{}, true
	marks := gen.HasOuterMark(c)
	ast.Walk(c, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Select:
			ok = ok && !marks // a subquery in the condition of a join
			return false
		case *ast.OuterMark:
			name, is := x.X.(*ast.Name)
			if !is {
				ok = false
				return false
			}
			if i, known := at[w.info.From(name)]; known {
				optional[i] = true
			} else {
				ok = false
			}
			return false
		case *ast.Name:
			if i, known := at[w.info.From(x)]; known {
				others[i] = true
			} else if k := w.info.Ref(x).Kind; marks && (k == resolve.Unknown || k == resolve.Column && !w.info.Ref(x).Outer && w.info.From(x) == nil) {
				ok = false
			}
		}
		return true
	})
	for i := range optional {
		if others[i] && marks { // a column of the same table without (+): the condition filters behind the join
			ok = false
		}
	}
	return optional, others, ok
}

// rowSource is how the columns of an item of FROM are qualified: its alias or its name.
func (w *work) rowSource(n ast.Node) string {
	switch x := n.(type) {
	case *ast.TableName:
		if x.Alias != nil {
			return w.last(x.Alias)
		}
		return w.last(x.Name)
	case *ast.SubqueryRef:
		if x.Alias != nil {
			return w.last(x.Alias)
		}
	}
	return ""
}

func (w *work) tableRef(t ast.TableRef) string {
	switch x := t.(type) {
	case *ast.TableName:
		return w.tableName(x)
	case *ast.SubqueryRef:
		if x.Lateral || x.Restrict != nil || x.Flashback != nil || x.Sample != nil || len(x.Cols) > 0 {
			return w.refuse(x, "mysql-query-form", "%s", short(w.f.Source(x)))
		}
		alias := "q" + quoteNumber(x.Lo) // a derived table needs a name
		if x.Alias != nil {
			alias = w.last(x.Alias)
		}
		return "(" + w.query(x.Query) + ") AS " + alias
	case *ast.ParenTable:
		if x.Alias == nil {
			return "(" + w.tableRef(x.X) + ")"
		}
	case *ast.Join:
		return w.join(x)
	}
	return w.refuse(t, "mysql-query-form", "%s", short(w.f.Source(t)))
}

func quoteNumber(n uint32) string {
	digits := ""
	for ; n > 0 || digits == ""; n /= 10 {
		digits = string(rune('0'+n%10)) + digits
	}
	return digits
}

func (w *work) tableName(x *ast.TableName) string {
	if x.Wrap != 0 || x.Special != nil || x.Flashback != nil || x.Sample != nil {
		return w.refuse(x, "mysql-query-form", "%s", short(w.f.Source(x)))
	}
	ref := w.info.Ref(x.Name)
	if o := ref.Object; o == nil && ref.Kind == resolve.Unknown && w.dictionary(x.Name) {
		return w.refuse(x, "mysql-query-form", "%s is a view of Oracle's dictionary", w.f.Source(x.Name))
	}
	s := w.objectName(x.Name, ref)
	if x.Partition != nil {
		if x.Partition.Head != token.PARTITION || len(x.Partition.Names) != 1 {
			return w.refuse(x.Partition, "mysql-partition", "%s", short(w.f.Source(x.Partition)))
		}
		s += " PARTITION (" + w.last(x.Partition.Names[0]) + ")"
	}
	if x.Alias != nil {
		s += " AS " + w.last(x.Alias)
	} else if ref.Object != nil && ref.Object.Name != w.f.Last(x.Name) { // a synonym stood for it: columns may be qualified by it
		s += " AS " + quote.Ident(strings.ToLower(w.f.Last(x.Name)))
	}
	return s
}

// dictionary reports whether a name is one of Oracle's own views.
func (w *work) dictionary(n *ast.Name) bool {
	last := w.f.Last(n)
	for _, p := range []string{"USER_", "ALL_", "DBA_", "V$", "GV$"} {
		if strings.HasPrefix(last, p) {
			return true
		}
	}
	return false
}

func (w *work) join(x *ast.Join) string {
	if x.Apply || x.LeftPartition != nil || x.RightPartition != nil || x.Kind == token.FULL || x.Kind == token.OUTER {
		return w.refuse(x, "mysql-query-form", "%s: full outer joins, APPLY and partitioned joins do not exist", short(w.f.Source(x)))
	}
	left, right := w.tableRef(x.Left), w.tableRef(x.Right)
	if _, ok := x.Right.(*ast.Join); ok {
		right = "(" + right + ")"
	}
	word := " JOIN "
	switch {
	case x.Natural && (x.Kind == token.LEFT || x.Kind == token.RIGHT):
		word = " NATURAL " + x.Kind.String() + " JOIN "
	case x.Natural:
		word = " NATURAL JOIN "
	case x.Kind == token.LEFT, x.Kind == token.RIGHT, x.Kind == token.CROSS:
		word = " " + x.Kind.String() + " JOIN "
	}
	s := left + word + right
	switch {
	case x.On != nil:
		if gen.HasOuterMark(x.On) {
			return w.refuse(x.On, "mysql-outer-join", "(+) in ON")
		}
		s += " ON " + w.expr(x.On)
	case len(x.Using) > 0:
		s += " USING (" + w.columns(x.Using) + ")"
	}
	return s
}
