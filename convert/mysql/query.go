package mysql

import (
	"fmt"
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// query writes a whole query.
func (w *work) query(s *ast.Select) string {
	if len(s.Subst) > 0 {
		return w.refuse(s, "mysql-query-form", "a substitution variable stands for a clause")
	}
	var b strings.Builder
	if s.With != nil {
		b.WriteString(w.with(s.With))
	}
	body := w.queryExpr(s.Body, s)
	b.WriteString(body)
	if s.OrderBy != nil {
		if s.OrderBy.Siblings {
			return w.refuse(s.OrderBy, "mysql-connect-by", "ORDER SIBLINGS BY")
		}
		b.WriteString(" ORDER BY " + w.orderItems(s.OrderBy.Items, s))
	}
	b.WriteString(w.rowLimit(s) + w.limits[s])
	if s.Lock != nil {
		b.WriteString(w.lock(s.Lock))
	}
	return b.String()
}

func (w *work) with(c *ast.With) string {
	if len(c.Decls) > 0 {
		return w.refuse(c, "mysql-user-function", "functions in WITH are PL/SQL")
	}
	var list []string
	recursive := ""
	for _, i := range c.Items {
		if i.Query == nil || i.Search != nil || i.Cycle != nil {
			return w.refuse(i, "mysql-query-form", "%s", short(w.f.Source(i)))
		}
		name := w.f.Last(i.Name)
		ast.Walk(i.Query, func(n ast.Node) bool {
			if t, ok := n.(*ast.TableName); ok && t.Name != nil && w.f.NumParts(t.Name) == 1 && w.f.Last(t.Name) == name {
				recursive = "RECURSIVE "
				w.report(i, "mysql-connect-by", model.Low, "a recursive query gives its rows in no order, and stops at cte_max_recursion_depth levels (1000)")
			}
			return true
		})
		cols := ""
		if len(i.Cols) > 0 {
			cols = " (" + w.columns(i.Cols) + ")"
		}
		list = append(list, w.last(i.Name)+cols+" AS ("+w.query(i.Query)+")")
	}
	return "WITH " + recursive + strings.Join(list, ", ") + " "
}

// queryExpr writes a query block or set operation. whole is the query whose body it is, nil inside of set operations.
func (w *work) queryExpr(q ast.QueryExpr, whole *ast.Select) string {
	switch x := q.(type) {
	case *ast.QueryBlock:
		return w.block(x, whole)
	case *ast.ParenQuery:
		return "(" + w.query(x.Query) + ")"
	case *ast.SetOp:
		op := x.Op.String()
		if x.Op == token.MINUS {
			op = "EXCEPT"
		}
		if x.Quant == token.ALL {
			if op != "UNION" {
				return w.refuse(x, "mysql-set-operator", "%s ALL", x.Op)
			}
			op = "UNION ALL"
		}
		left, right := w.queryExpr(x.Left, nil), w.queryExpr(x.Right, nil)
		if l, ok := x.Left.(*ast.SetOp); ok && x.Op == token.INTERSECT && l.Op != token.INTERSECT {
			left = "(" + left + ")" // INTERSECT binds closer here, Oracle goes from left to right
		}
		return left + " " + op + " " + right
	}
	return w.refuse(q, "mysql-query-form", "%s", short(w.f.Source(q)))
}

// block writes SELECT ... up to ORDER BY, and the LIMIT that a condition on ROWNUM means.
func (w *work) block(q *ast.QueryBlock, whole *ast.Select) string {
	switch {
	case q.Hier != nil:
		return w.hierarchy(q)
	case q.Model != nil || q.Qualify != nil || len(q.Subst) > 0:
		return w.refuse(q, "mysql-query-form", "MODEL, QUALIFY or a substitution variable")
	case q.Into != nil:
		return w.refuse(q.Into, "mysql-routine", "SELECT INTO belongs to PL/SQL or embedded SQL")
	}
	where, limit := w.rownumLimit(q, whole)
	if limit != "" {
		limit = w.intoSorted(q, where, limit)
	}
	from, conds := w.from(q, where)
	var b strings.Builder
	b.WriteString("SELECT ")
	if q.Distinct == token.DISTINCT || q.Distinct == token.UNIQUE {
		b.WriteString("DISTINCT ")
	}
	for i, it := range q.Items {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(w.item(it))
	}
	if from != "" {
		b.WriteString(" FROM " + from)
	} else if q.GroupBy != nil || q.Having != nil {
		w.refuse(q, "mysql-query-form", "groups of a query without FROM")
	} else if len(conds) > 0 {
		b.WriteString(" FROM DUAL")
	}
	if len(conds) > 0 {
		b.WriteString(" WHERE " + w.conditions(conds))
	}
	if q.GroupBy != nil {
		b.WriteString(" GROUP BY " + w.groupBy(q.GroupBy))
	}
	if q.Having != nil {
		b.WriteString(" HAVING " + w.expr(q.Having))
	}
	for i, win := range q.Windows {
		if i == 0 {
			b.WriteString(" WINDOW ")
		} else {
			b.WriteString(", ")
		}
		b.WriteString(w.last(win.Name) + " AS " + w.window(win.Spec))
	}
	return b.String() + limit
}

func (w *work) item(it *ast.SelectItem) string {
	if it.Subst != nil {
		return w.refuse(it, "mysql-query-form", "a substitution variable stands for a clause")
	}
	s := w.expr(it.X)
	if it.Alias != nil {
		s += " AS " + w.last(it.Alias)
	}
	return s
}

// conditions joins conditions by AND; those that are ORs get parentheses.
func (w *work) conditions(list []ast.Expr) string {
	var texts []string
	for _, c := range list {
		s := w.expr(c)
		if b, ok := c.(*ast.Binary); ok && b.Op.Kw == token.OR && len(list) > 1 {
			s = "(" + s + ")"
		}
		texts = append(texts, s)
	}
	return strings.Join(texts, " AND ")
}

// conjuncts takes a condition apart at its ANDs.
func conjuncts(e ast.Expr) []ast.Expr {
	if e == nil {
		return nil
	}
	var list []ast.Expr
	for {
		b, ok := e.(*ast.Binary)
		if !ok || b.Op.Kw != token.AND {
			break
		}
		list = append(list, b.Y)
		e = b.X
	}
	list = append(list, e)
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list
}

func (w *work) groupBy(g *ast.GroupBy) string {
	if g.All {
		return w.refuse(g, "mysql-query-form", "GROUP BY ALL")
	}
	if len(g.Items) == 1 {
		if r, ok := g.Items[0].(*ast.Grouping); ok && r.Kind == token.ROLLUP {
			return w.exprs(r.Items) + " WITH ROLLUP"
		}
	}
	for _, i := range g.Items {
		if r, ok := i.(*ast.Grouping); ok {
			return w.refuse(r, "mysql-query-form", "%s", short(w.f.Source(r)))
		}
	}
	return w.exprs(g.Items)
}

// rownumLimit takes the limit by ROWNUM out of the conditions of a block where LIMIT says the same: ROWNUM counts rows
// before they are grouped, made distinct or sorted.
func (w *work) rownumLimit(q *ast.QueryBlock, whole *ast.Select) (where []ast.Expr, limit string) {
	for _, c := range conjuncts(q.Where) {
		n, ok := w.rownumBelow(c)
		if !ok || limit != "" {
			where = append(where, c)
			continue
		}
		switch {
		case q.GroupBy != nil || q.Having != nil || q.Distinct == token.DISTINCT || q.Distinct == token.UNIQUE || w.aggregates(q):
			w.refuse(c, "mysql-rownum", "ROWNUM takes its rows before they are grouped")
		case whole != nil && whole.OrderBy != nil:
			w.refuse(c, "mysql-rownum", "ROWNUM takes any rows and sorts them then; LIMIT takes the first ones")
		case whole == nil:
			w.refuse(c, "mysql-rownum", "ROWNUM in a branch of a set operation")
		case whole.Limit != nil:
			w.refuse(c, "mysql-rownum", "ROWNUM beside FETCH FIRST")
		}
		limit = " LIMIT " + n
	}
	return where, limit
}

// intoSorted moves a limit into the sorted subquery that it cuts (Oracle's first-n form): TiDB drops ORDER BY of a subquery
// without LIMIT (tidb_remove_orderby_in_subquery).
func (w *work) intoSorted(q *ast.QueryBlock, where []ast.Expr, limit string) string {
	for _, t := range q.From {
		s, ok := t.(*ast.SubqueryRef)
		if !ok || s.Query.OrderBy == nil {
			continue
		}
		if len(q.From) > 1 || len(where) > 0 || s.Query.Limit != nil {
			w.refuse(q, "mysql-rownum", "ROWNUM takes the first rows of a sorted subquery that is filtered or joined; its order does not last")
			return limit
		}
		w.report(s, "mysql-rownum", model.Low, "the limit moves into the sorted subquery; give the outer query an ORDER BY where the order of its rows matters")
		if w.limits == nil {
			w.limits = map[*ast.Select]string{}
		}
		w.limits[s.Query] = limit
		return ""
	}
	return limit
}

// rownumBelow is ROWNUM <= n, ROWNUM < n and ROWNUM = 1, either way round.
func (w *work) rownumBelow(e ast.Expr) (n string, ok bool) {
	b, is := ast.Unparen(e).(*ast.Binary)
	if !is {
		return "", false
	}
	x, y, op := b.X, b.Y, operator(b.Op)
	if w.isRownum(y) {
		x, y = y, x
		op = map[string]string{"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "="}[op]
	}
	if !w.isRownum(x) {
		return "", false
	}
	text := w.f.Source(y)
	_, bound := ast.Unparen(y).(*ast.BindExpr)
	switch {
	case op == "<=" && (integer(text) || bound):
		return w.expr(y), true
	case op == "<" && integer(text):
		v, err := strconv.Atoi(text)
		return strconv.Itoa(max(0, v-1)), err == nil
	case op == "=" && text == "1":
		return "1", true
	}
	return "", false
}

func (w *work) isRownum(e ast.Expr) bool {
	n, ok := ast.Unparen(e).(*ast.Name)
	if !ok {
		return false
	}
	ref := w.info.Ref(n)
	return ref.Builtin == "ROWNUM" || ref.Kind == resolve.Pseudo && w.f.Last(n) == "ROWNUM"
}

var aggregateNames = map[string]bool{"COUNT": true, "SUM": true, "AVG": true, "MIN": true, "MAX": true, "LISTAGG": true, "STDDEV": true, "VARIANCE": true}

// aggregates reports whether a block without GROUP BY is one group.
func (w *work) aggregates(q *ast.QueryBlock) bool {
	found := false
	for _, it := range q.Items {
		ast.Walk(it, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.Select:
				return false
			case *ast.Call:
				if f, ok := x.Fn.(*ast.Name); ok && x.Over == nil && aggregateNames[w.f.Last(f)] {
					found = true
				}
			}
			return true
		})
	}
	return found
}

// orderItems writes sort keys. Oracle has NULL behind all values, here it is in front: a key for it goes in front of
// those that can be NULL. s is the query that is sorted, nil for windows and aggregates.
func (w *work) orderItems(items []*ast.OrderItem, s *ast.Select) string {
	var list []string
	for _, it := range items {
		if it.Subst != nil {
			return w.refuse(it, "mysql-query-form", "a substitution variable stands for a clause")
		}
		x := it.X
		key := w.expr(x)
		shown := key
		if s != nil {
			if target := w.selected(s, x); target != nil {
				x = target
				if integer(key) {
					key = w.expr(x)
				}
			}
		}
		dir := ""
		if it.Dir == token.DESC {
			dir = " DESC"
		}
		last := it.Dir != token.DESC // of NULL in Oracle
		if it.Nulls != 0 {
			last = it.Nulls == token.LAST
		}
		natural := it.Dir == token.DESC // NULL is last here
		if last != natural && !w.notNull(x) {
			switch {
			case s != nil && w.combined(s):
				w.report(it, "mysql-null-order", model.Medium, "NULL sorts on the other side of the values here; this query takes no further sort key")
			case last:
				list = append(list, key+" IS NULL")
			default:
				list = append(list, key+" IS NULL DESC")
			}
		}
		list = append(list, shown+dir)
	}
	return strings.Join(list, ", ")
}

// combined reports whether a query sorts by its result columns alone.
func (w *work) combined(s *ast.Select) bool {
	q, ok := s.Body.(*ast.QueryBlock)
	return !ok || q.Distinct == token.DISTINCT || q.Distinct == token.UNIQUE
}

// selected is the expression of the select list that a sort key means by its number or alias, nil when it is none.
func (w *work) selected(s *ast.Select, e ast.Expr) ast.Expr {
	q, ok := s.Body.(*ast.QueryBlock)
	if !ok {
		return nil
	}
	if n, err := strconv.Atoi(w.f.Source(e)); err == nil && n >= 1 && n <= len(q.Items) {
		for _, it := range q.Items[:n] {
			if name, ok := it.X.(*ast.Name); ok && name.Star {
				return nil
			}
		}
		return q.Items[n-1].X
	}
	name, ok := e.(*ast.Name)
	if !ok || w.f.NumParts(name) != 1 {
		return nil
	}
	for _, it := range q.Items {
		if it.Alias != nil && w.f.Last(it.Alias) == w.f.Last(name) {
			return it.X
		}
	}
	return nil
}

func (w *work) rowLimit(s *ast.Select) string {
	l := s.Limit
	if l == nil {
		return ""
	}
	if l.Percent || l.Ties || len(l.Parts) > 0 || l.Accuracy != 0 || l.Target != nil {
		return w.refuse(l, "mysql-row-limit", "%s", short(w.f.Source(l)))
	}
	count := "18446744073709551615" // all: LIMIT has no form of OFFSET alone
	if l.Fetch {
		count = "1"
		if l.Count != nil {
			count = w.limitValue(l.Count)
		}
	}
	if l.Offset == nil {
		return " LIMIT " + count
	}
	return " LIMIT " + count + " OFFSET " + w.limitValue(l.Offset)
}

// limitValue is a number of rows: LIMIT takes constants and parameters only.
func (w *work) limitValue(e ast.Expr) string {
	s := w.expr(e)
	if _, bound := ast.Unparen(e).(*ast.BindExpr); !bound && !integer(s) {
		return w.refuse(e, "mysql-row-limit", "%s: LIMIT takes constants and parameters only", short(w.f.Source(e)))
	}
	return strings.Trim(s, "()")
}

func (w *work) lock(l *ast.ForUpdate) string {
	s := " FOR UPDATE"
	if len(l.Of) > 0 {
		var list []string
		seen := map[string]bool{}
		for _, n := range l.Of {
			t := w.rowSource(w.info.From(n))
			if t == "" {
				return w.refuse(l, "mysql-lock", "%s: it is not known which table the column is of", short(w.f.Source(l)))
			}
			if !seen[t] {
				seen[t] = true
				list = append(list, t)
			}
		}
		s += " OF " + strings.Join(list, ", ")
	}
	switch l.Mode {
	case token.NOWAIT:
		return s + " NOWAIT"
	case token.WAIT:
		return s + " WAIT " + w.expr(l.Wait)
	case token.SKIP:
		return w.refuse(l, "mysql-lock", "SKIP LOCKED")
	}
	return s
}

// hierarchy writes the one CONNECT BY whose meaning is clear without a tree: a counter over DUAL.
func (w *work) hierarchy(q *ast.QueryBlock) string {
	refuse := func() string {
		return w.refuse(q.Hier, "mysql-connect-by", "%s", short(w.f.Source(q.Hier)))
	}
	b, ok := ast.Unparen(q.Hier.Connect).(*ast.Binary)
	if !ok || q.Hier.Start != nil || q.Hier.NoCycle || len(q.From) != 1 || !w.dual(q.From[0]) || q.Where != nil || q.GroupBy != nil || len(q.Items) != 1 {
		return refuse()
	}
	level := func(e ast.Expr) bool {
		n, ok := ast.Unparen(e).(*ast.Name)
		return ok && w.f.NumParts(n) == 1 && (w.f.Last(n) == "LEVEL" || w.isRownum(n))
	}
	top := w.f.Source(b.Y)
	if !level(b.X) || !level(q.Items[0].X) || operator(b.Op) != "<=" || !integer(top) {
		return refuse()
	}
	name := "LEVEL"
	if q.Items[0].Alias != nil {
		name = w.f.Last(q.Items[0].Alias)
	}
	w.report(q.Hier, "mysql-connect-by", model.Low, "a counter: the recursive query stops at cte_max_recursion_depth levels (1000)")
	col := w.ident(q, name)
	return fmt.Sprintf("WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < %s) SELECT n AS %s FROM counter", top, col)
}
