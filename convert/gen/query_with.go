package gen

import (
	"maps"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// with converts subquery factoring. PostgreSQL wants the word RECURSIVE where a query names itself.
func (g *gen) with(w *ast.With) string {
	if len(w.Decls) > 0 {
		g.refuse(w.Decls[0], "with-function", "functions in WITH: create them in the schema, or in pg_temp for the session")
		return ""
	}
	subs := []sub{}
	recursive := false
	for _, c := range w.Items {
		if c.View != nil {
			g.refuse(c.View, "not-converted", "analytic views have no counterpart")
			continue
		}
		self := g.namesItself(c)
		recursive = recursive || self
		subs = append(subs, put(c.Name, g.word(c.Name)))
		for _, n := range c.Cols {
			subs = append(subs, put(n, g.word(n)))
		}
		ordered := self && g.ownSearch(c)
		if self {
			subs = append(subs, put(c.Query, g.recursiveQuery(c)))
		} else {
			subs = append(subs, put(c.Query, g.query(c.Query)))
		}
		if ordered {
			subs[len(subs)-2].text += ", " + g.word(c.Search.Names[0]) // behind the last column
			subs = append(subs, put(c.Search, ""))
			continue
		}
		subs = append(subs, g.searchCycle(c)...)
	}
	if recursive {
		subs = append(subs, sub{w.Lo, w.Lo + 1, "WITH RECURSIVE"})
	}
	return g.splice(w, subs...)
}

func (g *gen) namesItself(c *ast.CTE) bool {
	found := false
	g.names(c.Query, func(n *ast.Name) {
		if r := g.ref(n); r.Kind == resolve.Query && r.Decl == ast.Node(c) {
			found = true
		}
	})
	return found
}

// recursiveQuery converts the query of a recursive WITH. PostgreSQL takes the columns' types from the first half and wants
// the second to have the same, lengths and precisions included, so casts go around what may differ.
func (g *gen) recursiveQuery(c *ast.CTE) string {
	op, ok := c.Query.Body.(*ast.SetOp)
	if !ok {
		return g.query(c.Query)
	}
	right, ok := op.Right.(*ast.QueryBlock)
	if !ok {
		return g.query(c.Query)
	}
	left, ok := firstBlock(op.Left)
	if !ok || len(left.Items) != len(right.Items) {
		return g.query(c.Query)
	}
	fields, open := g.info.Row(right)
	if open || len(fields) != len(left.Items) {
		return g.query(c.Query)
	}
	old := g.itemCast
	g.itemCast = map[*ast.SelectItem]string{}
	for k, v := range old {
		g.itemCast[k] = v
	}
	rows := []*ast.QueryBlock{left}
	for i, it := range left.Items {
		if t := g.recursiveCast(it, right.Items[i], c); t != "" {
			for _, b := range rows {
				g.itemCast[b.Items[i]] = t
			}
			g.itemCast[right.Items[i]] = t
		}
	}
	text := g.query(c.Query)
	g.itemCast = old
	return text
}

func firstBlock(q ast.QueryExpr) (*ast.QueryBlock, bool) {
	for {
		switch x := q.(type) {
		case *ast.QueryBlock:
			return x, true
		case *ast.SetOp:
			q = x.Left
		case *ast.ParenQuery:
			if x.Query.Limit != nil || x.Query.OrderBy != nil {
				return nil, false
			}
			q = x.Query.Body
		default:
			return nil, false
		}
	}
}

// recursiveCast is the type that a column of a recursive query is cast to in both halves, "" where they agree.
func (g *gen) recursiveCast(l, r *ast.SelectItem, c *ast.CTE) string {
	ln, lok := l.X.(*ast.Name)
	rn, rok := r.X.(*ast.Name)
	if lok && ln.Star || rok && rn.Star {
		return ""
	}
	if lok && rok { // the same column, or the one that the recursion hands on
		a, b := g.ref(ln), g.ref(rn)
		if a.Column != nil && a.Column == b.Column || b.Decl == ast.Node(c) {
			return ""
		}
	}
	lt, rt := g.info.Type(l.X), g.info.Type(r.X)
	if lt.Class == resolve.ClassNull || lt.Class == resolve.ClassUnknown {
		lt = rt
	}
	switch lt.Class {
	case resolve.ClassText, resolve.ClassChar:
		return "text"
	case resolve.ClassNumber, resolve.ClassInteger:
		if g.wholeSteps(l.X, r.X, c) {
			return ""
		}
		return "numeric"
	case resolve.ClassDate:
		return "timestamp(0)"
	case resolve.ClassTimestamp:
		if typeOf(lt) == pgTimestampTZ {
			return "timestamptz"
		}
		return "timestamp"
	}
	return ""
}

// wholeSteps holds for 1 in the first half and n + 1 in the second.
func (g *gen) wholeSteps(l, r ast.Expr, c *ast.CTE) bool {
	v, ok := g.numberValue(l)
	if !ok || !v.IsInt() {
		return false
	}
	b, ok := ast.Unparen(r).(*ast.Binary)
	if !ok || b.Op.Kind != token.Plus && b.Op.Kind != token.Minus {
		return false
	}
	n, ok := ast.Unparen(b.X).(*ast.Name)
	step, isConst := g.numberValue(b.Y)
	return ok && g.ref(n).Decl == ast.Node(c) && isConst && step.IsInt()
}

// searchCycle converts SEARCH and CYCLE (PG 14, "WITH Queries"): columns take no direction there, and CYCLE needs a column
// for the path.
func (g *gen) searchCycle(c *ast.CTE) []sub {
	var subs []sub
	if s := c.Search; s != nil {
		in := []sub{}
		for _, n := range s.Names {
			in = append(in, put(n, g.word(n)))
		}
		for _, it := range s.Items {
			o, ok := it.(*ast.OrderItem)
			if !ok {
				continue
			}
			if o.Dir == token.DESC || o.Nulls != 0 {
				g.refuse(o, "recursive-with", "SEARCH sorts in ascending order only: order by a column of your own")
			}
			in = append(in, put(o, g.searchColumn(o.X)))
		}
		for _, e := range s.Exprs {
			in = append(in, put(e, g.searchColumn(e)))
		}
		subs = append(subs, put(s, g.splice(s, in...)))
	}
	if s := c.Cycle; s != nil {
		in := []sub{}
		for _, n := range s.Names {
			in = append(in, put(n, g.word(n)))
		}
		for _, e := range s.Exprs {
			in = append(in, put(e, g.text(e)))
		}
		subs = append(subs, put(s, g.splice(s, in...)+" USING lf_path"))
	}
	return subs
}

// ownSearch makes the order of SEARCH DEPTH FIRST with directions, which PostgreSQL's SEARCH lacks: a column of both
// halves holds the places of a row and its ancestors among the rows found with them.
func (g *gen) ownSearch(c *ast.CTE) bool {
	s := c.Search
	if s == nil || c.Cycle != nil || s.Head != token.DEPTH || len(s.Names) != 1 || len(c.Cols) == 0 {
		return false
	}
	directed := false
	for _, it := range s.Items {
		if o, ok := it.(*ast.OrderItem); ok {
			directed = directed || o.Dir == token.DESC || o.Nulls != 0
		}
	}
	op, ok := c.Query.Body.(*ast.SetOp)
	if !ok || !directed {
		return false
	}
	left, ok := op.Left.(*ast.QueryBlock)
	if !ok {
		return false
	}
	right, ok := op.Right.(*ast.QueryBlock)
	if !ok || len(left.Items) != len(c.Cols) || len(right.Items) != len(c.Cols) {
		return false
	}
	self := ""
	for _, t := range right.From {
		for _, leaf := range leavesOf(t) {
			if n, ok := leaf.(*ast.TableName); ok && g.ref(n.Name).Decl == ast.Node(c) {
				self = g.sourceAlias(n)
			}
		}
	}
	if self == "" {
		return false
	}
	order := func(q *ast.QueryBlock) (string, bool) {
		var list []string
		for _, it := range s.Items {
			o, ok := it.(*ast.OrderItem)
			if !ok {
				return "", false
			}
			n, ok := o.X.(*ast.Name)
			if !ok {
				return "", false
			}
			at := -1
			for i, col := range c.Cols {
				if g.f.Last(col) == g.f.Last(n) {
					at = i
				}
			}
			if at < 0 {
				return "", false
			}
			text := g.text(q.Items[at].X)
			if o.Dir != 0 {
				text += " " + o.Dir.String()
			}
			if o.Nulls != 0 {
				text += " NULLS " + o.Nulls.String()
			}
			list = append(list, text)
		}
		return "row_number() OVER (ORDER BY " + strings.Join(list, ", ") + ")", true
	}
	a, ok1 := order(left)
	b, ok2 := order(right)
	if !ok1 || !ok2 {
		return false
	}
	if g.itemMore == nil {
		g.itemMore = map[*ast.SelectItem]string{}
	}
	name := g.word(s.Names[0])
	g.itemMore[left.Items[len(left.Items)-1]] = ", ARRAY[" + a + "] AS " + name
	g.itemMore[right.Items[len(right.Items)-1]] = ", " + self + "." + name + " || " + b
	return true
}

func (g *gen) searchColumn(e ast.Expr) string {
	if n, ok := e.(*ast.Name); ok {
		return g.word(n)
	}
	return g.text(e)
}

// setOp converts UNION, INTERSECT, MINUS. Oracle works them from left to right; for PostgreSQL INTERSECT binds stronger
// (PG, "Combining Queries"), so what stands left of it gets parentheses.
func (g *gen) setOp(x *ast.SetOp) string {
	var chain []*ast.SetOp
	var first ast.QueryExpr = x
	for {
		op, ok := first.(*ast.SetOp)
		if !ok {
			break
		}
		chain = append(chain, op)
		first = op.Left
	}
	undo := g.nullTypes(chain, first)
	defer undo()
	lo := first.Range().Lo
	subs := []sub{put(first, g.queryBody(first, nil))}
	weak := false // a UNION or EXCEPT is the last operation so far
	for i := len(chain) - 1; i >= 0; i-- {
		op := chain[i]
		if op.Op == token.INTERSECT && weak {
			left := op.Left.Range().Hi
			subs = []sub{{lo, left, "(" + g.spliceRange(lo, left, subs...) + ")"}}
		}
		if op.Op == token.MINUS {
			at := op.Left.Range().Hi
			for at < op.Right.Range().Lo && !g.f.Tokens[at].Is(token.MINUS) {
				at++
			}
			subs = append(subs, sub{at, at + 1, "EXCEPT"})
		}
		subs = append(subs, put(op.Right, g.queryBody(op.Right, nil)))
		weak = op.Op != token.INTERSECT
	}
	return g.spliceRange(lo, x.Hi, subs...)
}

// nullTypes gives NULL in the select lists of a set operation the type that the column has in others: PostgreSQL finds
// types for two queries at a time (PG, "UNION, CASE, and Related Constructs"), so two NULLs would be text for a third.
func (g *gen) nullTypes(chain []*ast.SetOp, first ast.QueryExpr) (undo func()) {
	old := g.itemCast
	if len(chain) < 2 {
		return func() {}
	}
	operands := []ast.QueryExpr{first}
	for i := len(chain) - 1; i >= 0; i-- {
		operands = append(operands, chain[i].Right)
	}
	casts := map[*ast.SelectItem]string{}
	maps.Copy(casts, old)
	n := -1
	types := map[int]string{}
	var blocks []*ast.QueryBlock
	for _, o := range operands {
		b, ok := firstBlock(o)
		if !ok {
			continue
		}
		for _, it := range b.Items {
			if name, ok := it.X.(*ast.Name); ok && name.Star {
				return func() {}
			}
		}
		if n >= 0 && len(b.Items) != n {
			return func() {}
		}
		n = len(b.Items)
		blocks = append(blocks, b)
		for i, it := range b.Items {
			if types[i] == "" {
				types[i] = nullType(g.info.Type(it.X))
			}
		}
	}
	for _, b := range blocks {
		for i, it := range b.Items {
			if g.isNull(it.X) && types[i] != "" {
				casts[it] = types[i]
			}
		}
	}
	g.itemCast = casts
	return func() { g.itemCast = old }
}

// nullType is the type to write for NULL beside values of a type.
func nullType(t resolve.Type) string {
	switch t.Class {
	case resolve.ClassNumber, resolve.ClassInteger:
		return "numeric"
	case resolve.ClassDate, resolve.ClassTimestamp:
		if typeOf(t) == pgTimestampTZ {
			return "timestamptz"
		}
		return "timestamp"
	case resolve.ClassInterval:
		return "interval"
	case resolve.ClassRaw:
		return "bytea"
	case resolve.ClassBinary:
		return "double precision"
	}
	return ""
}

// rowLimit converts OFFSET and FETCH. Oracle takes NULL and negative numbers as 0, and a percentage.
func (g *gen) rowLimit(s *ast.Select, body string) string {
	l := s.Limit
	if len(l.Parts) > 0 || l.Target != nil {
		g.refuse(l, "not-converted", "no PostgreSQL form is known for %s", g.source(l))
		return ""
	}
	count := func(e ast.Expr) string {
		if v, ok := g.numberValue(e); ok {
			if v.Sign() < 0 {
				return "0"
			}
			if v.IsInt() {
				return v.Num().String()
			}
		}
		return "(" + limitFrag(g.expr(e), false) + ")"
	}
	var parts []string
	if l.Offset != nil {
		parts = append(parts, "OFFSET "+count(l.Offset)+" ROWS")
	}
	if l.Fetch {
		ties := "ONLY"
		if l.Ties {
			ties = "WITH TIES"
			if s.OrderBy == nil {
				ties = "ONLY"
			}
		}
		n := "1"
		switch {
		case l.Percent:
			with := ""
			if s.With != nil {
				with = g.with(s.With) + " "
			}
			n = "(SELECT ceil(count(*) * " + g.expr(l.Count).in(precMul+1) + " / 100.0) FROM (" + with + body + ") AS " + g.alias() + ")"
		case l.Count != nil:
			n = count(l.Count)
		}
		parts = append(parts, "FETCH FIRST "+n+" ROWS "+ties)
	}
	return strings.Join(parts, " ")
}

// forUpdate converts FOR UPDATE: OF names tables in PostgreSQL, not columns.
func (g *gen) forUpdate(s *ast.Select) string {
	l := s.Lock
	text := "FOR UPDATE"
	var tables []string
	for _, n := range l.Of {
		from := g.info.From(n)
		name := ""
		switch t := from.(type) {
		case ast.TableRef:
			name = g.sourceAlias(t)
		default:
			parts := g.f.Parts(n)
			if len(parts) < 2 {
				if q, ok := s.Body.(*ast.QueryBlock); ok && len(q.From) == 1 {
					name = g.sourceAlias(q.From[0])
					break
				}
				g.refuse(n, "for-update-wait", "FOR UPDATE OF %s: nothing tells which table has the column", g.source(n))
				continue
			}
			name = g.e.names.ident(parts[len(parts)-2])
		}
		dup := false
		for _, t := range tables {
			dup = dup || t == name
		}
		if !dup {
			tables = append(tables, name)
		}
	}
	if len(tables) > 0 {
		text += " OF " + strings.Join(tables, ", ")
	}
	switch l.Mode {
	case token.NOWAIT:
		text += " NOWAIT"
	case token.SKIP:
		text += " SKIP LOCKED"
	case token.WAIT:
		if v, ok := g.numberValue(l.Wait); ok && v.Sign() == 0 {
			return text + " NOWAIT"
		}
		g.report(l, "for-update-wait", "%s: PostgreSQL waits as long as lock_timeout says; set it ahead of the statement", g.source(l))
	}
	return text
}
