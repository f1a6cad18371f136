package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// pivot turns rows into columns: the columns that are neither aggregated nor in FOR make the groups, every value of the IN
// list and aggregate makes a column.
func (c *compiler) pivot(n *ast.Pivot) (*item, error) {
	if n.XML || n.Any || n.Query != nil || len(n.Aggs) == 0 {
		return nil, c.unsupported(n, "PIVOT")
	}
	return c.turned(n, n.Alias, func(s *scope) (*query, error) { return c.pivotQuery(n, s) })
}

// turned is an item of FROM that a query over another item makes, in a scope of its own.
func (c *compiler) turned(n ast.Node, alias *ast.Name, compile func(s *scope) (*query, error)) (*item, error) {
	was := c.scope
	s := &scope{parent: was.parent, width: firstSlot}
	c.scope = s
	q, err := compile(s)
	c.scope = was
	if err != nil {
		return nil, err
	}
	return c.queryItem(n, q, c.alias(alias, ""), false)
}

func (c *compiler) pivotQuery(n *ast.Pivot, s *scope) (*query, error) {
	in, err := c.tableRef(n.X)
	if err != nil {
		return nil, err
	}
	var by []expr
	used := map[int]bool{}
	for _, name := range n.For {
		hit, err := c.column(name, c.f.Parts(name))
		if err != nil {
			return nil, err
		}
		if hit == nil || hit.depth != 0 {
			return nil, c.invalid(name, c.f.Parts(name))
		}
		used[hit.col.slot] = true
		by = append(by, slotExpr(hit.col.typ, 0, hit.col.slot))
	}
	for _, a := range n.Aggs {
		ast.Walk(a.X, func(m ast.Node) bool {
			if name, ok := m.(*ast.Name); ok && !name.Star {
				if hit, err := s.find(c.f.Parts(name)); err == nil && hit != nil {
					used[hit.col.slot] = true
				}
			}
			return true
		})
	}
	g := &grouping{sets: [][]int{nil}, byKey: map[string]int{}}
	var cols []outCol
	for _, x := range s.srcs {
		for _, col := range x.cols {
			if used[col.slot] || col.hidden {
				continue
			}
			g.sets[0] = append(g.sets[0], len(g.keys))
			g.keys = append(g.keys, groupKey{x: slotExpr(col.typ, 0, col.slot), slot: col.slot})
			cols = append(cols, outCol{name: col.name, typ: col.typ, null: col.null})
		}
	}
	b := &block{scope: s, node: in.n, wins: &windows{}}
	for i := range cols {
		b.items = append(b.items, slotExpr(cols[i].typ, 0, i))
	}
	for _, it := range n.In {
		items := []ast.Expr{it.X}
		if l, ok := ast.Unparen(it.X).(*ast.List); ok && len(by) > 1 {
			items = l.Items
		}
		if len(items) != len(by) {
			return nil, c.fail(it, 913)
		}
		var ks []cond
		title := ""
		for i, e := range items {
			x, err := c.expr(e)
			if err != nil {
				return nil, err
			}
			if !x.constant {
				return nil, c.fail(e, 56901)
			}
			k, err := c.compareExprs(e, token.EQ, by[i], x)
			if err != nil {
				return nil, err
			}
			ks = append(ks, k)
			if i > 0 {
				title += "_"
			}
			title += c.f.Source(e)
		}
		if it.Alias != nil {
			title = c.f.Last(it.Alias)
		} else if len(by) > 1 {
			return nil, c.unsupported(it, "PIVOT value without an alias")
		}
		match := allOf(ks)
		for _, a := range n.Aggs {
			call, ok := ast.Unparen(a.X).(*ast.Call)
			if !ok || !c.isAggregate(call) {
				return nil, c.fail(a, 56902)
			}
			c.inAgg = true
			agg, err := c.aggregate(call, c.f.Last(call.Fn.(*ast.Name)))
			c.inAgg = false
			if err != nil {
				return nil, err
			}
			name := title
			if a.Alias != nil {
				name += "_" + c.f.Last(a.Alias)
			} else if len(n.Aggs) > 1 {
				return nil, c.fail(a, 918)
			}
			start := agg.start
			g.aggs = append(g.aggs, &aggregate{agg.typ, func() aggState { return &matchState{aggState: start(), match: match} }})
			cols = append(cols, outCol{name: name, typ: agg.typ, null: true})
		}
	}
	for i := range g.aggs {
		b.items = append(b.items, slotExpr(g.aggs[i].typ, 0, len(g.keys)+1+i))
	}
	b.group = g
	for i := range cols {
		cols[i].slot, cols[i].expr = -1, b.items[i]
	}
	return &query{cols: cols, outer: s.outer, open: b.open}, nil
}

// matchState passes on the rows that have the values of its column.
type matchState struct {
	aggState
	match cond
}

func (s *matchState) add(e *env) error {
	k, err := s.match(e)
	if err != nil || k != yes {
		return err
	}
	return s.aggState.add(e)
}

// unpivot turns columns into rows.
func (c *compiler) unpivot(n *ast.Unpivot) (*item, error) {
	return c.turned(n, n.Alias, func(s *scope) (*query, error) { return c.unpivotQuery(n, s) })
}

func (c *compiler) unpivotQuery(n *ast.Unpivot, s *scope) (*query, error) {
	in, err := c.tableRef(n.X)
	if err != nil {
		return nil, err
	}
	used := map[int]bool{}
	arms := make([]unpivotArm, len(n.In))
	values, names := make([][]expr, len(n.Cols)), make([][]expr, len(n.For))
	for _, it := range n.In {
		if len(it.Cols) != len(n.Cols) {
			return nil, c.fail(it, 913)
		}
		for k, name := range it.Cols {
			hit, err := c.column(name, c.f.Parts(name))
			if err != nil {
				return nil, err
			}
			if hit == nil || hit.depth != 0 {
				return nil, c.invalid(name, c.f.Parts(name))
			}
			used[hit.col.slot] = true
			values[k] = append(values[k], slotExpr(hit.col.typ, 0, hit.col.slot))
		}
		lits := []ast.Expr{it.Values}
		if l, ok := it.Values.(*ast.List); ok {
			lits = l.Items
		}
		for k := range n.For {
			if it.Values == nil {
				if len(it.Cols) > 1 {
					return nil, c.unsupported(it, "UNPIVOT of several columns without values")
				}
				text := c.f.Last(it.Cols[0])
				names[k] = append(names[k], fixed(typ{kind: kChar, size: len(text)}, []byte(text)))
				continue
			}
			if len(lits) != len(n.For) {
				return nil, c.fail(it, 913)
			}
			x, err := c.expr(lits[k])
			if err != nil {
				return nil, err
			}
			if !x.constant {
				return nil, c.fail(lits[k], 56901)
			}
			names[k] = append(names[k], x)
		}
	}
	var cols []outCol
	var keep []int
	for _, x := range s.srcs {
		for _, col := range x.cols {
			if !used[col.slot] && !col.hidden {
				cols = append(cols, outCol{name: col.name, typ: col.typ, slot: -1, null: col.null})
				keep = append(keep, col.slot)
			}
		}
	}
	// all columns that become one must be of one kind
	brought := func(list [][]expr, heads []*ast.Name) error {
		for k, xs := range list {
			t, out, err := c.unify(n, xs, true)
			if err != nil {
				return err
			}
			list[k] = out
			cols = append(cols, outCol{name: c.f.Last(heads[k]), typ: t, slot: -1, null: true})
		}
		return nil
	}
	if err := brought(names, n.For); err != nil {
		return nil, err
	}
	if err := brought(values, n.Cols); err != nil {
		return nil, err
	}
	for i := range arms {
		for k := range names {
			arms[i].xs = append(arms[i].xs, names[k][i])
		}
		for k := range values {
			arms[i].xs = append(arms[i].xs, values[k][i])
		}
	}
	for i := range cols {
		cols[i].expr = expr{typ: cols[i].typ}
	}
	u := &unpivotPlan{s: s, node: in.n, keep: keep, arms: arms, names: len(names), nulls: n.Nulls == token.INCLUDE}
	return &query{cols: cols, outer: s.outer, open: u.open}, nil
}

// unpivotArm is one row that each source row makes.
type unpivotArm struct{ xs []expr }

type unpivotPlan struct {
	s     *scope
	node  node
	keep  []int
	arms  []unpivotArm
	names int
	nulls bool
}

type unpivotRows struct {
	p   *unpivotPlan
	e   *env
	in  cursor
	arm int
	out [][]byte
}

func (p *unpivotPlan) open(outer *env) (rows, error) {
	e := &env{row: make([][]byte, p.s.width), outer: outer, ex: outer.ex}
	in, err := p.node.open(e)
	return &unpivotRows{p: p, e: e, in: in, arm: len(p.arms)}, err
}

func (r *unpivotRows) next() ([][]byte, error) {
	for {
		if r.arm == len(r.p.arms) {
			ok, err := r.in.next()
			if !ok || err != nil {
				return nil, err
			}
			r.arm = 0
		}
		arm := r.p.arms[r.arm]
		r.arm++
		r.out = slices.Grow(r.out[:0], len(r.p.keep)+len(arm.xs))
		for _, slot := range r.p.keep {
			r.out = append(r.out, r.e.row[slot])
		}
		filled := r.p.nulls
		for i, x := range arm.xs {
			v, err := x.eval(r.e)
			if err != nil {
				return nil, err
			}
			filled = filled || i >= r.p.names && v != nil
			r.out = append(r.out, v)
		}
		if filled {
			return r.out, nil
		}
	}
}

func (r *unpivotRows) close() { r.in.close() }
