package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// tail is what stands behind the body of a query: it belongs to the one query block that is the body, so that block may
// change it.
type tail struct {
	s     *ast.Select
	order string // replaces ORDER BY; "" leaves it as it is
	limit string // LIMIT that ROWNUM makes
	drop  bool   // the row limit has been made part of the body
}

// dropOrder in tail.order leaves ORDER BY out: it says nothing behind grouping.
const dropOrder = "-"

// enterSQL begins a statement of SQL: the hierarchy and the row number around it are not its own. The function
// that it gives ends it.
func (g *gen) enterSQL() (leave func()) {
	hier, number := g.hier, g.rowNumber
	g.hier, g.rowNumber = nil, ""
	g.sql++
	return func() {
		g.sql--
		g.hier, g.rowNumber = hier, number
	}
}

// query converts a query with everything that belongs to it.
func (g *gen) query(s *ast.Select) string {
	defer g.enterSQL()()
	for _, c := range s.Subst {
		g.refuse(c, "not-converted", "a substitution variable stands for a whole clause")
	}
	t := &tail{s: s}
	subs := []sub{}
	if s.With != nil {
		subs = append(subs, put(s.With, g.with(s.With)))
	}
	undo := g.orderAliases(s)
	body := g.queryBody(s.Body, t)
	subs = append(subs, put(s.Body, body))
	behind := ""
	switch {
	case t.order == dropOrder:
		if s.OrderBy != nil {
			subs = append(subs, put(s.OrderBy, ""))
		}
	case t.order != "" && s.OrderBy != nil:
		subs = append(subs, put(s.OrderBy, t.order))
	case t.order != "":
		behind += g.lineBreak(s) + t.order
	case s.OrderBy != nil:
		subs = append(subs, put(s.OrderBy, g.orderBy(s.OrderBy)))
	}
	undo()
	if s.Limit != nil && t.drop {
		subs = append(subs, put(s.Limit, ""))
	} else if s.Limit != nil {
		subs = append(subs, put(s.Limit, g.rowLimit(s, body)))
	}
	if t.limit != "" {
		behind += g.lineBreak(s) + t.limit
	}
	switch lock := s.Lock; {
	case lock == nil:
	case s.OrderBy != nil && lock.Lo < s.OrderBy.Lo: // PostgreSQL takes it behind ORDER BY only
		subs = append(subs, put(lock, ""))
		behind += g.lineBreak(s) + g.forUpdate(s)
	default:
		subs = append(subs, put(lock, g.forUpdate(s)))
	}
	return g.splice(s, subs...) + behind
}

// lineBreak is what stands in front of a clause that is added behind a node: a new line where the node has several.
func (g *gen) lineBreak(n ast.Node) string {
	s := n.Range()
	if s.Empty() || !strings.Contains(g.f.Source(n), "\n") {
		return " "
	}
	return "\n" + g.columnIndent(n)
}

// columnIndent is as much space as stands left of a node: the first lines of blocks that are added line up with it.
func (g *gen) columnIndent(n ast.Node) string {
	in := g.indent(n)
	off, start := int(g.f.Tokens[n.Range().Lo].Off), 0
	for start = off; start > 0 && g.f.Src[start-1] != '\n'; start-- {
	}
	if col := off - start; col > len(in) && col <= 60 {
		return in + strings.Repeat(" ", col-len(in))
	}
	return in
}

// queryBody converts what ORDER BY stands behind. t is nil for an operand of a set operation.
func (g *gen) queryBody(q ast.QueryExpr, t *tail) string {
	switch x := q.(type) {
	case *ast.QueryBlock:
		return g.queryBlock(x, t)
	case *ast.ParenQuery:
		return g.splice(x, put(x.Query, g.query(x.Query)))
	case *ast.SetOp:
		return g.setOp(x)
	case *ast.Values:
		subs := []sub{}
		for _, r := range x.Rows {
			subs = append(subs, put(r, g.text(r)))
		}
		return g.splice(x, subs...)
	}
	g.refuse(q, "not-converted", "no PostgreSQL form is known for %s", g.what(q))
	return ""
}

// queryBlock converts one SELECT. Most keep their layout; those with a hierarchy or with ROWNUM that cuts rows before they are
// grouped or sorted get an inner query in place of FROM and WHERE.
func (g *gen) queryBlock(q *ast.QueryBlock, t *tail) string {
	for _, c := range q.Subst {
		g.refuse(c, "not-converted", "a substitution variable stands for a whole clause")
	}
	if t == nil {
		hier, number := g.hier, g.rowNumber
		g.hier, g.rowNumber = nil, ""
		defer func() { g.hier, g.rowNumber = hier, number }()
	}
	old := g.starred
	g.starred = false
	for _, it := range q.Items {
		if n, ok := it.X.(*ast.Name); ok && n.Star {
			g.starred = true
		}
	}
	defer func() { g.starred = old }()
	if g.starred {
		g.hideColumns(q)
	}
	b := g.newBlock(q, t)
	b.plan()
	if q.Model != nil {
		return b.model()
	}
	subs := b.source()
	if inner := g.nestedAggregates(q); len(inner) > 0 {
		return b.nested(subs, inner)
	}
	g.once(q.Items)
	for _, it := range q.Items {
		subs = append(subs, put(it, g.selectItem(it)))
	}
	if q.Distinct == token.UNIQUE {
		for i := q.Lo; i < q.Hi; i++ {
			if g.f.Tokens[i].Is(token.UNIQUE) {
				subs = append(subs, sub{i, i + 1, "DISTINCT"})
				break
			}
		}
	}
	if q.Into != nil {
		subs = append(subs, put(q.Into, g.into(q.Into)))
	}
	subs = append(subs, b.grouping()...)
	for _, w := range q.Windows {
		subs = append(subs, put(w.Spec, g.over(w.Spec)))
	}
	if q.Qualify != nil {
		return b.qualify(subs)
	}
	b.finish()
	text := g.splice(q, subs...)
	if t == nil && b.limit != "" {
		return "(" + text + " " + b.limit + ")"
	}
	return text
}

// grouping converts GROUP BY and HAVING, which Oracle takes in either order.
func (b *block) grouping() []sub {
	g, q := b.g, b.q
	var subs []sub
	group := ""
	if q.GroupBy != nil {
		if q.GroupBy.All {
			g.refuse(q.GroupBy, "not-converted", "GROUP BY ALL: name the columns")
		}
		var in []sub
		for _, it := range q.GroupBy.Items {
			in = append(in, put(it, g.groupItem(it)))
		}
		group = g.splice(q.GroupBy, in...)
	}
	if q.Having == nil {
		if group != "" {
			subs = append(subs, put(q.GroupBy, group))
		}
		return subs
	}
	having := g.cond(q.Having)
	if q.GroupBy != nil && q.Having.Range().Lo < q.GroupBy.Lo {
		word := q.Having.Range().Lo - 1 // HAVING
		return append(subs, sub{word, q.Having.Range().Hi, group}, put(q.GroupBy, "HAVING "+having))
	}
	if group != "" {
		subs = append(subs, put(q.GroupBy, group))
	}
	return append(subs, put(q.Having, having))
}

// groupItem converts one item of GROUP BY. A constant is a constant in Oracle, but a position in PostgreSQL.
func (g *gen) groupItem(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Literal:
		return g.constant(x)
	case *ast.Grouping:
		var subs []sub
		for _, it := range x.Items {
			subs = append(subs, put(it, g.groupItem(it)))
		}
		return g.splice(x, subs...)
	case *ast.List:
		var subs []sub
		for _, it := range x.Items {
			subs = append(subs, put(it, g.groupItem(it)))
		}
		return g.splice(x, subs...)
	}
	return g.text(e)
}

// constant writes a literal so that PostgreSQL does not take it for the position of a column.
func (g *gen) constant(x *ast.Literal) string {
	f := g.literal(x)
	switch f.typ {
	case pgInteger, pgNumeric:
		return f.cast("numeric", pgNumeric).s
	case pgLiteral, pgNull:
		return f.cast("text", pgText).s
	}
	return f.s
}

func (g *gen) isDual(t ast.TableRef) bool {
	n, ok := t.(*ast.TableName)
	if !ok || n.Name.Link != 0 {
		return false
	}
	ref := g.ref(n.Name)
	return g.f.Last(n.Name) == "DUAL" && ref.Object == nil && ref.Kind != resolve.Query
}

func (g *gen) selectItem(it *ast.SelectItem) string { return g.oneItem(it) + g.itemMore[it] }

func (g *gen) oneItem(it *ast.SelectItem) string {
	if it.Subst != nil {
		g.refuse(it.Subst, "not-converted", "a substitution variable stands for a whole clause")
	}
	if s, ok := g.stars[it]; ok {
		return s
	}
	f := g.expr(it.X)
	if it == g.spreadItem {
		return "(" + f.s + ").*"
	}
	if t, ok := g.itemCast[it]; ok {
		f = f.cast(t, f.typ)
	}
	if it.Alias != nil && !it.As {
		return g.splice(it, put(it.X, f.s), put(it.Alias, "AS "+g.word(it.Alias)))
	}
	if it.Alias != nil {
		return g.splice(it, put(it.X, f.s), put(it.Alias, g.word(it.Alias)))
	}
	s := g.splice(it, put(it.X, f.s))
	if n, ok := it.X.(*ast.Name); ok && !n.Star { // the name by which an outer query or a record knows the column
		name := g.e.names.ident(g.f.Last(n))
		if _, moved := g.moved[n]; (moved || g.isRownum(n)) && !strings.HasSuffix(f.s, "."+name) && f.s != name {
			return s + " AS " + name
		}
	}
	return s
}

// orderAliases lets the aliases of the select list stand inside expressions of ORDER BY: PostgreSQL knows them only where
// they stand alone (PG, "Sorting Rows"), so the expression behind the alias takes its place.
func (g *gen) orderAliases(s *ast.Select) (undo func()) {
	q, ok := s.Body.(*ast.QueryBlock)
	if !ok || s.OrderBy == nil {
		return func() {}
	}
	var undos []func()
	for _, o := range s.OrderBy.Items {
		if _, alone := o.X.(*ast.Name); !alone || s.OrderBy.Siblings {
			undos = append(undos, g.itemAliases(q, o.X))
		}
	}
	return func() {
		for _, u := range undos {
			u()
		}
	}
}

// names calls f for every name below a node, subqueries included.
func (g *gen) names(n ast.Node, f func(*ast.Name)) {
	if n == nil {
		return
	}
	ast.Walk(n, func(c ast.Node) bool {
		if x, ok := c.(*ast.Name); ok {
			f(x)
			return false
		}
		return true
	})
}

func (g *gen) orderBy(o *ast.OrderBy) string {
	if o.Siblings {
		g.refuse(o, "connect-by-extras", "ORDER SIBLINGS BY without CONNECT BY; Oracle refuses it too (ORA-30929)")
	}
	var subs []sub
	for _, it := range o.Items {
		subs = append(subs, put(it, g.orderItem(it)))
	}
	return g.splice(o, subs...)
}

// orderItem converts one item of ORDER BY. Both sides sort NULL last in ascending and first in descending order. Numbers are
// positions on both sides; other constants PostgreSQL does not take.
func (g *gen) orderItem(it *ast.OrderItem) string {
	if it.Subst != nil {
		g.refuse(it.Subst, "not-converted", "a substitution variable stands for a whole clause")
	}
	if l, ok := it.X.(*ast.Literal); ok && (l.Kind == ast.LitString || l.Kind == ast.LitNull) {
		return g.splice(it, put(it.X, g.constant(l)))
	}
	return g.splice(it, put(it.X, g.text(it.X)))
}

func (g *gen) over(o *ast.Over) string {
	var subs []sub
	if o.Name != nil {
		subs = append(subs, put(o.Name, g.word(o.Name)))
	}
	for _, e := range o.Partition {
		subs = append(subs, put(e, g.text(e)))
	}
	if o.OrderBy != nil {
		subs = append(subs, put(o.OrderBy, g.distanceOrder(o)))
	}
	if o.Frame != nil {
		dates := o.Frame.Unit == token.RANGE && o.OrderBy != nil && len(o.OrderBy.Items) == 1 && typeOf(g.info.Type(o.OrderBy.Items[0].X)) == pgTimestamp
		for _, b := range [...]*ast.Bound{o.Frame.From, o.Frame.To} {
			if b == nil || b.X == nil {
				continue
			}
			f := g.expr(b.X)
			if dates && f.typ.number() { // days
				f = frag{s: f.in(precMul) + " * interval '1 day'", prec: precMul}
			}
			subs = append(subs, put(b.X, f.s))
		}
	}
	return g.splice(o, subs...)
}

func (g *gen) into(x *ast.Into) string {
	if x == g.bulkInto || g.ignoresInto(x) {
		return ""
	}
	if g.body == nil {
		g.refuse(x, "not-converted", "SELECT INTO has no variables to fill outside of PL/SQL")
		return ""
	}
	if x.Bulk {
		g.refuse(x, "bulk-collect", "BULK COLLECT is not converted here")
	}
	subs := []sub{}
	for _, t := range x.Targets {
		subs = append(subs, put(t, g.outTarget(t)))
	}
	subs = append(subs, sub{x.Lo, x.Lo + 1, "INTO STRICT"})
	return g.splice(x, subs...)
}
