package engine

import (
	"bytes"
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

// block is a compiled query block.
type block struct {
	scope    *scope
	node     node
	last     []cond // conditions that see ROWNUM
	stops    []bool // ... that end the scan when they fail
	hier     *hierarchy
	after    []cond // WHERE behind CONNECT BY
	group    *grouping
	having   cond
	wins     *windows
	qualify  cond
	items    []expr
	distinct bool
	order    []orderKey
	limit    *limit
}

// queryBlock compiles SELECT ... FROM ... with the ORDER BY and row limit that belong to it.
func (c *compiler) queryBlock(n *ast.QueryBlock, ob *ast.OrderBy, lim *ast.RowLimit) (*query, error) {
	switch {
	case n.Model != nil:
		return nil, c.unsupported(n.Model, "MODEL")
	case len(n.Subst) > 0:
		return nil, c.unsupported(n, "substitution variables")
	case n.Into != nil && c.names == nil:
		return nil, c.unsupported(n.Into, "INTO")
	}
	if len(n.From) == 0 && c.s.db.info.Version[0] < 23 {
		return nil, ora.At(ora.New(923), c.tokenAt(n.Range().Hi))
	}
	was := c.scope
	s := &scope{parent: was, width: firstSlot, hier: n.Hier != nil}
	c.scope = s
	defer func() { c.scope = was }()
	b := &block{scope: s}
	items, err := c.from(n.From)
	if err != nil {
		return nil, err
	}
	if err := c.where(b, n, items); err != nil {
		return nil, err
	}
	if n.Hier != nil {
		if b.hier, err = c.hierarchy(n.Hier, b.node); err != nil {
			return nil, err
		}
	}
	if c.isGrouped(n, ob) {
		if b.group, err = c.groupBy(n.GroupBy); err != nil {
			return nil, err
		}
		s.group, s.stage = b.group, stageGroup
		for _, it := range n.Items {
			if c.hasNestedAggregate(it.X) {
				if b.group.all {
					return nil, c.fail(it, 978)
				}
				s.nested = &grouping{all: true, sets: [][]int{{}}}
			}
		}
	}
	b.wins = &windows{named: n.Windows}
	if n.Having != nil {
		c.inNested = true
		b.having, err = c.cond(n.Having)
		c.inNested = false
		if err != nil {
			return nil, err
		}
	}
	s.wins = b.wins
	cols, canons, err := c.selectList(b, n)
	if err != nil {
		return nil, err
	}
	if n.Qualify != nil {
		if b.qualify, err = c.cond(n.Qualify); err != nil {
			return nil, err
		}
	}
	b.distinct = n.Distinct == token.DISTINCT || n.Distinct == token.UNIQUE
	if b.distinct {
		for _, col := range cols {
			if k := col.typ.kind; k.lob() || k == kLong || k == kLongRaw {
				return nil, c.fail(n, 932, "-", k)
			}
			if col.typ.kind == kOther {
				return nil, c.unsupported(n, "sets of objects")
			}
		}
	}
	if ob != nil {
		if ob.Siblings {
			if b.hier == nil {
				return nil, c.fail(ob, 30929)
			}
			was := s.stage
			if b.hier.order, err = c.orderItems(ob, nil, nil, false); err != nil {
				return nil, err
			}
			s.stage = was
		} else if b.order, err = c.orderItems(ob, cols, canons, b.distinct); err != nil {
			return nil, err
		}
	}
	s.wins = nil
	if b.limit, err = c.rowLimit(lim); err != nil {
		return nil, err
	}
	return &query{cols: cols, outer: s.outer, block: b, open: b.open}, nil
}

// where plans the joins and puts every condition where it can be checked first.
func (c *compiler) where(b *block, n *ast.QueryBlock, items []*item) error {
	var conds []*conjunct
	var err error
	if n.Where != nil {
		if conds, err = c.conjuncts(n.Where); err != nil {
			return err
		}
	}
	ansi := slices.ContainsFunc(items, func(it *item) bool { return it.ansi })
	for _, k := range conds {
		if k.marked >= 0 && ansi {
			return c.fail(k.n, 25156)
		}
	}
	var late []*conjunct
	if n.Hier != nil {
		// conditions that join are applied first, the others to the finished tree
		var joins []*conjunct
		for _, k := range conds {
			if len(k.used) > 1 && !k.volatile {
				joins = append(joins, k)
			} else {
				late = append(late, k)
			}
		}
		conds = joins
	}
	plan := &joinPlan{c: c, items: items, conds: conds}
	if b.node, err = plan.build(); err != nil {
		return err
	}
	for _, k := range plan.rest() {
		if n.Hier != nil {
			late = append(late, k)
			continue
		}
		b.last = append(b.last, k.cond)
		b.stops = append(b.stops, k.stop)
	}
	for _, k := range late {
		b.after = append(b.after, k.cond)
	}
	return nil
}

// selectList compiles the items and expands stars. The canonical forms are for ORDER BY of DISTINCT queries.
func (c *compiler) selectList(b *block, n *ast.QueryBlock) ([]outCol, []string, error) {
	var cols []outCol
	var canons []string
	add := func(name string, x expr, canon string) {
		t := x.typ
		if t.kind == kNull {
			t = typ{kind: kVarchar, size: max(1, t.size)}
		}
		null := true
		if x.col != nil {
			null = x.col.null
		}
		cols = append(cols, outCol{name: name, typ: t, slot: x.slot, null: null, expr: x})
		canons = append(canons, canon)
		b.items = append(b.items, x)
	}
	for _, it := range n.Items {
		if it.Subst != nil {
			return nil, nil, c.unsupported(it, "substitution variables")
		}
		if star, ok := it.X.(*ast.Name); ok && star.Star {
			if err := c.star(star, n, add); err != nil {
				return nil, nil, err
			}
			continue
		}
		if f, ok := it.X.(*ast.Field); ok && f.Star {
			return nil, nil, c.unsupported(it, "select item")
		}
		var x expr
		var err error
		if cur, ok := it.X.(*ast.CursorExpr); ok {
			x, err = c.nestedCursor(cur, n)
		} else {
			x, err = c.expr(it.X)
		}
		if err != nil {
			return nil, nil, err
		}
		add(c.columnName(it), x, c.canon(it.X))
	}
	return cols, canons, nil
}

// columnName is the heading of a select item: its alias, the column's name, or its text without spaces in upper case.
func (c *compiler) columnName(it *ast.SelectItem) string {
	if it.Alias != nil {
		return c.f.Last(it.Alias)
	}
	if n, ok := it.X.(*ast.Name); ok {
		return c.f.Last(n)
	}
	return c.heading(it.X)
}

// heading is the text of an expression as Oracle names a column after it: literals and binds in upper case and without blanks too.
func (c *compiler) heading(x ast.Expr) string {
	var b []byte
	for i := range c.f.Significant(x.Range()) {
		t := c.f.Tokens[i]
		if t.Kind == token.QuotedIdent {
			b = append(b, c.f.Text(i)...)
		} else {
			b = append(b, bytes.ReplaceAll([]byte(upper(c.f.Text(i))), []byte(" "), nil)...)
		}
	}
	return string(b)
}

func (c *compiler) star(n *ast.Name, q *ast.QueryBlock, add func(string, expr, string)) error {
	s := c.scope
	if len(s.srcs) == 0 {
		return c.fail(n, 923)
	}
	qualifier := c.f.Parts(n)
	seen := false
	var known map[string]bool
	first := false
	if c.stars != nil {
		if known = c.stars[n]; known == nil && c.noteStars {
			known, first = map[string]bool{}, true
			c.stars[n] = known
		}
	}
	one := func(x *src, i int) error {
		seen = true
		col := &x.cols[i]
		if key := x.alias + "." + col.name; first {
			known[key] = true
		} else if known != nil && !known[key] {
			return nil // a column that is newer than the view
		}
		e, err := c.columnExpr(n, &found{scope: s, src: x, col: col})
		if err != nil {
			return err
		}
		add(col.name, e, "#"+itoa(col.slot))
		return nil
	}
	if len(qualifier) == 0 {
		if len(q.Items) > 1 && q.Items[0].X == ast.Expr(n) {
			return c.fail(q.Items[1], 923)
		}
		for _, m := range s.merged {
			for i := range s.srcs[m].cols {
				if err := one(s.srcs[m], i); err != nil {
					return err
				}
			}
		}
	}
	for k, x := range s.srcs {
		if slices.Contains(s.merged, k) || !x.is(qualifier) {
			continue
		}
		for i := range x.cols {
			if x.cols[i].merged && len(qualifier) > 0 {
				return c.unsupported(n, "t.* of a join with USING")
			}
			if x.cols[i].hidden {
				continue
			}
			if err := one(x, i); err != nil {
				return err
			}
		}
		seen = true
		if len(qualifier) > 0 {
			break
		}
	}
	if !seen {
		return c.invalid(n, qualifier)
	}
	return nil
}

// open runs the block.
func (b *block) open(outer *env) (rows, error) {
	e := &env{row: make([][]byte, b.scope.width), outer: outer, ex: outer.ex}
	in, err := b.node.open(e)
	if err != nil {
		return nil, err
	}
	var units unitSource = &fromUnits{b: b, e: e, in: in}
	if b.hier != nil {
		tree, err := b.hier.run(b, e, in)
		in.close()
		if err != nil {
			return nil, err
		}
		units = tree
	}
	if b.group != nil {
		groups, err := b.group.run(b.having, units)
		units.close()
		if err != nil {
			return nil, err
		}
		units = groups
		if b.scope.nested != nil {
			if units, err = b.scope.nested.run(nil, groups); err != nil {
				return nil, err
			}
		}
	}
	r := &projection{b: b, e: units.env(), units: units, out: make([][]byte, len(b.items))}
	if len(b.wins.calls) > 0 {
		all, err := b.wins.run(b, units)
		units.close()
		if err != nil {
			return nil, err
		}
		r.units, r.e = all, all.env()
	}
	if !b.distinct && b.order == nil {
		if b.limit == nil {
			return r, nil
		}
		return b.limit.stream(outer, r)
	}
	defer r.close()
	return b.sorted(outer, r)
}

// unitSource gives the rows that a select list is evaluated for, in its own env.
type unitSource interface {
	next() (bool, error)
	env() *env
	close()
}

// fromUnits are the rows of the FROM clause that meet the conditions, numbered.
type fromUnits struct {
	b     *block
	e     *env
	in    cursor
	count int64
	ended bool
}

func (u *fromUnits) env() *env { return u.e }

func (u *fromUnits) close() { u.in.close() }

func (u *fromUnits) next() (bool, error) {
	for !u.ended {
		ok, err := u.in.next()
		if !ok || err != nil {
			return false, err
		}
		if u.b.scope.rownum {
			u.e.row[slotRownum] = number.FromInt(u.count + 1).Bytes()
		}
		pass := true
		for i, k := range u.b.last {
			t, err := k(u.e)
			if err != nil {
				return false, err
			}
			if t != yes {
				pass = false
				if u.b.stops[i] {
					u.ended = true
				}
				break
			}
		}
		if pass {
			u.count++
			return true, nil
		}
	}
	return false, nil
}

// projection evaluates the select list.
type projection struct {
	b     *block
	e     *env
	units unitSource
	out   [][]byte
}

func (p *projection) close() { p.units.close() }

func (p *projection) next() ([][]byte, error) {
	for {
		ok, err := p.units.next()
		if !ok || err != nil {
			return nil, err
		}
		if p.b.having != nil && p.b.group == nil {
			return nil, ora.Unsupported("HAVING without groups")
		}
		if len(p.e.ex.seqs) > 0 {
			clear(p.e.ex.seqs)
		}
		if p.b.qualify != nil {
			k, err := p.b.qualify(p.e)
			if err != nil {
				return nil, err
			}
			if k != yes {
				continue
			}
		}
		for i := range p.b.items {
			x := &p.b.items[i]
			if x.slot >= 0 {
				p.out[i] = p.e.row[x.slot]
				continue
			}
			if p.out[i], err = x.eval(p.e); err != nil {
				return nil, err
			}
		}
		return p.out, nil
	}
}
