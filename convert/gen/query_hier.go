package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Hierarchical queries (SQL Language Reference 19c, "Hierarchical Queries") become a recursive query in place of FROM:
// joins first, then the tree, then the other conditions of WHERE. Columns of the recursive query besides those of the tables:
//
//	level    LEVEL
//	ord      places of the row and its ancestors among their siblings: rows come parent first, in order of siblings
//	seen     what PRIOR has of the row and its ancestors: a row seen before is a cycle
//	prior_n, root_n, path_n   PRIOR x, CONNECT_BY_ROOT x, SYS_CONNECT_BY_PATH(x, c) as columns

// hierarchy is the state while one is converted.
type hierarchy struct {
	b      *block
	name   string  // of the recursive query
	rows   *rowset // columns of the tables
	alias  string  // of the whole behind FROM
	source string  // what both halves read the tables from
	stage  hierStage

	order, leaf, cycle bool // columns asked for

	// names of the columns added, none of which is a column of the tables
	ord, seen, isleaf, iscycle, level string
	carried                           []carried
	keys                              []string // what PRIOR has in CONNECT BY, of the child
	endless                           bool     // PRIOR of something that is new each time: no cycle is ever found
}

type hierStage uint8

const (
	hierStart   hierStage = iota + 1 // START WITH: the row itself is the root
	hierConnect                      // CONNECT BY: the row is the child, PRIOR the parent
	hierPrior                        // below PRIOR: the parent
	hierAfter                        // all else: columns of the recursive query
)

// carried is one column made by PRIOR, CONNECT_BY_ROOT or SYS_CONNECT_BY_PATH.
type carried struct {
	name, root, child string
}

// levels converts the row generator SELECT ... FROM dual CONNECT BY LEVEL <= n.
func (b *block) levels() (from, rest string, ok bool) {
	g, q := b.g, b.q
	h := q.Hier
	if len(q.From) != 1 || !b.spareDual(0) || h.Start != nil {
		return "", "", false
	}
	x, ok := ast.Unparen(h.Connect).(*ast.Binary)
	if !ok {
		return "", "", false
	}
	counter := func(e ast.Expr) bool {
		n, ok := ast.Unparen(e).(*ast.Name)
		return ok && (g.pseudo(n) == "LEVEL" || g.pseudo(n) == "ROWNUM")
	}
	hasCounter := func(e ast.Expr) bool {
		found := false
		own(e, func(n ast.Node) {
			if c, ok := n.(*ast.Name); ok {
				found = found || counter(c)
			}
			if u, ok := n.(*ast.Unary); ok && u.Op.Kw == token.PRIOR {
				found = true
			}
		})
		return found
	}
	var top ast.Expr
	op := x.Op.Kind
	switch {
	case counter(x.X) && !hasCounter(x.Y):
		top = x.Y
	case counter(x.Y) && !hasCounter(x.X):
		top, op = x.X, turned(op)
	default:
		return "", "", false
	}
	if op != token.LE && op != token.LT {
		return "", "", false
	}
	n := g.limitOf(top, op == token.LT)
	if n == "0" {
		n = "1"
	}
	// the first row is a root, which CONNECT BY does not ask
	n = strings.TrimSuffix(n, ", 0)")
	if n != g.limitOf(top, op == token.LT) && strings.HasPrefix(n, "greatest(") {
		n += ", 1)"
	}
	alias := g.alias()
	value := alias + ".level"
	b.eachCounter(func(c *ast.Name, what string) {
		if what == "LEVEL" || what == "ROWNUM" && len(b.conds) == 0 && b.limit == "" {
			g.move(c, value)
		}
	})
	if len(b.conds) == 0 && b.rownum.limit == "" {
		b.rownum.values = nil
	}
	rest = ""
	if cond := b.condText(b.kept()); cond != "" {
		rest = " WHERE " + cond
	}
	return "generate_series(1, " + n + ") AS " + alias + "(level)", rest, true
}

// eachCounter calls f for LEVEL and ROWNUM of the block outside of CONNECT BY.
func (b *block) eachCounter(f func(n *ast.Name, what string)) {
	g := b.g
	visit := func(n ast.Node) {
		own(n, func(c ast.Node) {
			if x, ok := c.(*ast.Name); ok {
				if p := g.pseudo(x); p == "LEVEL" || p == "ROWNUM" {
					f(x, p)
				}
			}
		})
	}
	for _, it := range b.q.Items {
		visit(it.X)
	}
	for _, c := range b.conds {
		visit(c.x)
	}
	if b.q.GroupBy != nil {
		visit(b.q.GroupBy)
	}
	if b.q.Having != nil {
		visit(b.q.Having)
	}
	if b.t != nil && b.t.s.OrderBy != nil {
		visit(b.t.s.OrderBy)
	}
}

// hierarchy gives FROM with the recursive query, and WHERE with the conditions that come behind it.
func (b *block) hierarchy() string {
	g, q := b.g, b.q
	g.aliases++
	h := &hierarchy{b: b, name: "lf_h" + itoa(g.aliases), rows: &rowset{cols: map[rowColumn]string{}, whole: map[ast.Node]string{}}}
	joins := b.joinConditions()
	_, from := b.fromList()
	chain := from == "" // of DUAL's one row: a level has one row
	in := "\n" + g.columnIndent(q)
	nl, deep := in+"    ", in+"        "
	// a single table stands in both halves by itself, everything else in a query of its own
	single := b.single()
	_, plain := single.(*ast.TableName)
	plain = plain && len(joins) == 0
	h.alias = h.name
	if single != nil {
		h.alias = g.sourceAlias(single)
	}
	h.rows.alias, h.source = h.alias, h.alias
	if !plain && !chain {
		g.aliases++
		h.source = "lf_r" + itoa(g.aliases)
	}
	h.collect()
	h.ord, h.seen, h.isleaf, h.iscycle, h.level = h.free("ord"), h.free("seen"), h.free("isleaf"), h.free("iscycle"), h.free("level")
	b.outside(h.moveAfter)
	for _, c := range b.kept() {
		g.names(c.x, h.moveAfter)
	}
	b.passStars(h.rows)
	var with []string
	read := from
	if !plain && !chain {
		read = h.source
		text := "SELECT " + strings.Join(orOne(h.rows.list), ", ") + deep + "FROM " + from
		if c := b.joinText(joins); c != "" {
			text += deep + "WHERE " + c
		}
		with = append(with, h.source+" AS ("+deep+text+nl+")")
	}

	g.hier = h
	h.stage = hierAfter
	after := b.condText(b.kept()) // what stands behind decides which columns are needed
	h.needAll()
	if chain {
		h.ord = h.level
	}
	siblings := h.siblings()
	grouped := q.GroupBy != nil || q.Having != nil || q.Distinct == token.DISTINCT || q.Distinct == token.UNIQUE || g.aggregates(q)
	sorted := b.t != nil && b.t.s.OrderBy != nil && !b.t.s.OrderBy.Siblings
	h.order = !chain && (h.leaf || b.t != nil && !grouped && !sorted || b.rownum.limit != "" || len(b.rownum.values) > 0)

	start := ""
	if q.Hier.Start != nil {
		h.stage = hierStart
		start = h.condition(q.Hier.Start).s
	}
	h.stage = hierConnect
	on := h.condition(q.Hier.Connect)
	h.stage = hierAfter
	base, next := h.halves(siblings)
	connect := on.s
	key := "ROW(" + strings.Join(h.keys, ", ") + ")::text"
	if len(h.keys) > 0 && !h.endless {
		base = append(base, "ARRAY["+key+"] AS "+h.seen)
		if q.Hier.NoCycle {
			next = append(next, h.name+"."+h.seen+" || "+key)
			connect = on.in(precAnd) + " AND " + key + " <> ALL (" + h.name + "." + h.seen + ")"
		} else {
			next = append(next, g.use("connect_by_seen")+"("+h.name+"."+h.seen+", "+key+")")
		}
	}
	if h.cycle && !q.Hier.NoCycle {
		g.refuse(q.Hier, "connect-by-extras", "CONNECT_BY_ISCYCLE without NOCYCLE; Oracle refuses it too (ORA-30930)")
	}
	tree := "SELECT " + strings.Join(base, ", ")
	if !chain {
		tree += deep + "FROM " + read
	}
	if start != "" {
		tree += deep + "WHERE " + start
	}
	tree += deep + "UNION ALL" + deep + "SELECT " + strings.Join(next, ", ") + deep + "FROM " + h.name + deep
	if chain {
		tree += "WHERE " + connect
	} else {
		tree += "JOIN " + read + " ON " + connect
	}
	with = append(with, h.name+" AS ("+deep+tree+nl+")")
	list := "*"
	if h.leaf || h.cycle {
		list = h.name + ".*"
	}
	if h.leaf { // in order of the tree a row's first child comes right behind it
		list += ", CASE WHEN lead(" + h.name + "." + h.level + ") OVER (ORDER BY " + h.name + "." + h.ord + ") > " + h.name + "." + h.level + " THEN 0 ELSE 1 END AS " + h.isleaf
	}
	switch {
	case h.cycle && len(h.keys) > 0 && !h.endless && !chain:
		list += ", CASE WHEN EXISTS (SELECT 1 FROM " + read + " WHERE " + on.in(precAnd) + " AND " + key + " = ANY (" + h.name + "." + h.seen + ")) THEN 1 ELSE 0 END AS " + h.iscycle
	case h.cycle:
		list += ", 0 AS " + h.iscycle
	}
	text := "FROM (" + nl + "WITH RECURSIVE " + strings.Join(with, ","+nl) + nl + "SELECT " + list + " FROM " + h.name + in + ") AS " + h.alias
	if after != "" {
		text += in + "WHERE " + after
	}
	if b.rownum.inner {
		text = "FROM (SELECT " + h.alias + ".* " + text + in + "ORDER BY " + h.alias + "." + h.ord + " LIMIT " + b.rownum.limit + ") AS " + h.alias
	}
	if len(b.rownum.values) > 0 {
		g.rowNumber = "row_number() OVER (ORDER BY " + h.alias + "." + h.ord + ")"
	}
	if b.t != nil && !sorted {
		b.t.order = "ORDER BY " + h.alias + "." + h.ord
		if grouped {
			b.t.order = dropOrder
		}
	}
	return text
}

// joinConditions takes the conditions out of WHERE that join tables: they hold before the tree is made.
func (b *block) joinConditions() []*conjunct {
	var joins []*conjunct
	if len(b.q.From) < 2 {
		return nil
	}
	for _, c := range b.conds {
		if !c.gone && len(c.marks) == 0 && len(c.from) > 1 && !b.g.treeOnly(c.x) {
			c.gone = true
			joins = append(joins, c)
		}
	}
	return joins
}

// treeOnly reports whether a condition asks for something that only the tree has.
func (g *gen) treeOnly(e ast.Expr) bool {
	found := false
	own(e, func(n ast.Node) {
		switch x := n.(type) {
		case *ast.Name:
			switch g.pseudo(x) {
			case "LEVEL", "CONNECT_BY_ISLEAF", "CONNECT_BY_ISCYCLE":
				found = true
			}
			found = found || g.f.Last(x) == "SYS_CONNECT_BY_PATH"
		case *ast.Unary:
			found = found || x.Op.Kw == token.PRIOR || x.Op.Kw == token.CONNECT_BY_ROOT
		}
	})
	return found
}

func (b *block) joinText(joins []*conjunct) string {
	var parts []string
	for _, c := range joins {
		parts = append(parts, b.g.expr(c.x).in(precAnd))
	}
	return strings.Join(parts, " AND ")
}

func orOne(list []string) []string {
	if len(list) == 0 {
		return []string{"1 AS one"}
	}
	return list
}
