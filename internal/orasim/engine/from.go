package engine

import (
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// item is one item of a FROM clause with its plan: a table, a query, or a tree of joins.
type item struct {
	n      node
	srcs   []int
	lo, hi int       // places
	scan   *scanNode // where it is a plain table
	ansi   bool
}

// from compiles the items of a FROM clause in order.
func (c *compiler) from(refs []ast.TableRef) ([]*item, error) {
	var items []*item
	for _, r := range refs {
		it, err := c.tableRef(r)
		if err != nil {
			return nil, err
		}
		items = append(items, it)
	}
	return items, nil
}

func (c *compiler) addSource(x *src) {
	x.index = len(c.scope.srcs)
	c.scope.srcs = append(c.scope.srcs, x)
}

func (c *compiler) alias(n *ast.Name, otherwise string) string {
	if n == nil {
		return otherwise
	}
	return c.f.Last(n)
}

// bareAlias fails when AS stands before the alias of a table, which Oracle has for columns only.
func (c *compiler) bareAlias(n *ast.Name) error {
	if n != nil && n.Range().Lo > 0 && c.f.Tokens[n.Range().Lo-1].Is(token.AS) {
		return c.fail(n, 933)
	}
	return nil
}

func (c *compiler) tableRef(r ast.TableRef) (*item, error) {
	switch n := r.(type) {
	case *ast.TableName:
		return c.tableName(n)
	case *ast.SubqueryRef:
		return c.subqueryRef(n)
	case *ast.ParenTable:
		if n.Alias != nil {
			return nil, c.unsupported(n, "FROM item")
		}
		return c.tableRef(n.X)
	case *ast.Join:
		return c.join(n)
	case *ast.Pivot:
		return c.pivot(n)
	case *ast.Unpivot:
		return c.unpivot(n)
	case *ast.TableExpr:
		return c.tableExpr(n)
	}
	return nil, c.unsupported(r, "FROM item")
}

func (c *compiler) tableName(n *ast.TableName) (*item, error) {
	if n.Wrap != 0 || n.Special != nil || n.Sample != nil {
		return nil, c.unsupported(n, "FROM item")
	}
	if n.Name.Link != 0 {
		return nil, c.unsupported(n, "database link")
	}
	parts := c.f.Parts(n.Name)
	if len(parts) == 1 {
		if def := c.cte(parts[0]); def != nil {
			if n.Flashback != nil || n.Partition != nil {
				return nil, c.unsupported(n, "FROM item")
			}
			return c.cteRef(n, def)
		}
	}
	o := c.s.db.lookup(c.schema, parts)
	switch {
	case o == nil && dictionaryName(parts) && !c.s.db.newer[parts[len(parts)-1]]:
		return nil, c.unsupported(n.Name, "dictionary view")
	case o == nil:
		return nil, c.fail(n.Name, 942)
	case c.views == 0 && (o.table == nil || o.table.dict == nil):
		if code := c.s.permit(o, "SELECT"); code != 0 {
			return nil, c.fail(n.Name, code)
		}
	}
	switch {
	case o.view != nil && !o.view.materialized:
		if n.Partition != nil {
			return nil, c.unsupported(n, "FROM item")
		}
		return c.viewRef(n, o)
	case o.table == nil:
		if o.kind == "SEQUENCE" {
			return nil, c.fail(n.Name, 4044)
		}
		return nil, c.fail(n.Name, 942)
	}
	if o.table.dict != nil && !c.s.readable(o.table) {
		return nil, c.fail(n.Name, 942)
	}
	if err := c.bareAlias(n.Alias); err != nil {
		return nil, err
	}
	it, sc, err := c.tableSource(n.Name, o.table, c.alias(n.Alias, o.table.name))
	if err != nil {
		return nil, err
	}
	if n.Alias == nil {
		x := c.scope.srcs[it.srcs[0]]
		x.alias = parts[len(parts)-1]
		x.schema, x.bare = o.table.owner, true
	}
	if n.Partition != nil {
		if sc.parts, err = c.partitionOf(n.Partition, o.table); err != nil {
			return nil, err
		}
	}
	if n.Flashback != nil {
		if sc.asOf, err = c.asOf(n.Flashback); err != nil {
			return nil, err
		}
		c.scope.srcs[it.srcs[0]].flashback = c.f.Source(n.Flashback)
	}
	return it, nil
}

// tableSource makes a source of a table; its places are all columns, and the ROWID.
func (c *compiler) tableSource(n ast.Node, t *table, alias string) (*item, *scanNode, error) {
	x := &src{alias: alias, table: t}
	base := c.scope.slots(t.width())
	for _, col := range t.cols {
		if col.unused {
			continue
		}
		x.cols = append(x.cols, colInfo{name: col.name, typ: col.typ, slot: base + col.internal, hidden: col.hidden, col: col, null: !col.notNull})
	}
	x.rowid = c.scope.slots(1)
	if t.dict != nil || t.external {
		x.rowid = noRowID
	}
	c.addSource(x)
	sc := &scanNode{t: t, src: x, base: base}
	return &item{n: sc, srcs: []int{x.index}, lo: base, hi: c.scope.width, scan: sc}, sc, nil
}

func (c *compiler) partitionOf(p *ast.Clause, t *table) ([]*partition, error) {
	if len(p.Names) != 1 || p.Head != token.PARTITION && p.Head != token.SUBPARTITION {
		return nil, c.unsupported(p, "partition clause")
	}
	name := c.f.Last(p.Names[0])
	for _, q := range t.parts {
		if q.name == name && p.Head == token.PARTITION {
			return []*partition{q}, nil
		}
		for _, sub := range q.subs {
			if sub.name == name && p.Head == token.SUBPARTITION {
				return []*partition{sub}, nil
			}
		}
	}
	if p.Head == token.SUBPARTITION {
		return nil, c.fail(p.Names[0], 14251)
	}
	return nil, c.fail(p.Names[0], 2149)
}

// asOf gives the SCN of a flashback query.
func (c *compiler) asOf(f *ast.Flashback) (func(*env) (uint64, error), error) {
	if f.Versions != 0 || f.AsOf != token.SCN && f.AsOf != token.TIMESTAMP {
		return nil, c.unsupported(f, "flashback clause")
	}
	// it must not refer to the tables of the block
	was := c.scope
	c.scope = c.scope.parent
	x, err := c.expr(f.At)
	c.scope = was
	if err != nil {
		return nil, err
	}
	depth := func(e *env) *env {
		if e.outer != nil {
			return e.outer
		}
		return &env{ex: e.ex}
	}
	if f.AsOf == token.SCN {
		if x, err = c.convert(f, x, kNumber); err != nil {
			return nil, err
		}
		return func(e *env) (uint64, error) {
			v, err := x.eval(depth(e))
			if err != nil {
				return 0, err
			}
			if v == nil {
				return 0, ora.New(8181)
			}
			return scnValue(v)
		}, nil
	}
	if x, err = c.convert(f, x, kZoned); err != nil {
		return nil, err
	}
	return func(e *env) (uint64, error) {
		v, err := x.eval(depth(e))
		if err != nil {
			return 0, err
		}
		if v == nil {
			return 0, ora.New(8186)
		}
		return e.ex.s.db.scnAt(v)
	}, nil
}

func (c *compiler) subqueryRef(n *ast.SubqueryRef) (*item, error) {
	if n.Flashback != nil || n.Sample != nil || len(n.Cols) > 0 || n.Joined {
		return nil, c.unsupported(n, "FROM item")
	}
	if err := c.bareAlias(n.Alias); err != nil {
		return nil, err
	}
	q, err := c.child(n.Query, n.Lateral)
	if err != nil {
		return nil, err
	}
	return c.queryItem(n, q, c.alias(n.Alias, ""), n.Lateral)
}

// child compiles a query inside of a FROM clause: its surroundings are those of the block, or, for LATERAL, the block.
func (c *compiler) child(sel *ast.Select, lateral bool) (*query, error) {
	was := c.scope
	if !lateral {
		c.scope = was.parent
	}
	q, err := c.query(sel)
	c.scope = was
	if err == nil && q.outer {
		// what it refers to outside is outside of this block too
		if !lateral {
			was.outer = true
		}
	}
	return q, err
}

// queryItem makes a source of a compiled query.
func (c *compiler) queryItem(n ast.Node, q *query, alias string, lateral bool) (*item, error) {
	x := &src{alias: alias, rowid: noRowID}
	base := c.scope.slots(len(q.cols))
	for i, col := range q.cols {
		x.cols = append(x.cols, colInfo{name: col.name, typ: col.typ, slot: base + i, null: true})
	}
	c.addSource(x)
	return &item{n: &queryNode{q: q, base: base, lateral: lateral}, srcs: []int{x.index}, lo: base, hi: c.scope.width}, nil
}

// viewRef compiles the query of a view where it is used, with the rights of its owner.
func (c *compiler) viewRef(n *ast.TableName, o *object) (*item, error) {
	v := o.view
	if v.broken != nil {
		return nil, ora.At(v.broken, c.at(n))
	}
	q, err := c.s.viewQuery(v, c.views+1)
	if err != nil {
		if ora.Code(err) == 3001 {
			return nil, ora.At(err, c.at(n))
		}
		return nil, c.fail(n, 4063, "view "+quoted(v.owner, v.name))
	}
	if err := c.bareAlias(n.Alias); err != nil {
		return nil, err
	}
	alias := c.alias(n.Alias, "")
	it, err := c.queryItem(n, q, alias, false)
	if err != nil {
		return nil, err
	}
	x := c.scope.srcs[it.srcs[0]]
	if n.Flashback != nil {
		if it.n.(*queryNode).asOf, err = c.asOf(n.Flashback); err != nil {
			return nil, err
		}
		x.flashback = c.f.Source(n.Flashback)
	}
	if n.Alias == nil {
		parts := c.f.Parts(n.Name)
		x.alias, x.schema, x.bare = parts[len(parts)-1], v.owner, true
	}
	return it, nil
}

// viewQuery compiles a view on its own. Its errors are those of the view's text.
func (s *Session) viewQuery(v *view, depth int) (*query, error) {
	if depth > 32 {
		return nil, ora.New(1731)
	}
	c := &compiler{s: s, schema: v.owner, f: v.file, views: depth, ddl: true, stars: v.stars}
	if v.stars == nil { // it is being created
		v.stars = map[*ast.Name]map[string]bool{}
		c.stars, c.noteStars = v.stars, true
	}
	q, err := c.query(v.query)
	if err != nil {
		return nil, err
	}
	if len(v.cols) > 0 {
		if len(v.cols) != len(q.cols) {
			return nil, ora.New(1730)
		}
		q.cols = slices.Clone(q.cols)
		for i, name := range v.cols {
			q.cols[i].name = name
		}
	}
	return q, nil
}

// join compiles an ANSI join.
func (c *compiler) join(n *ast.Join) (*item, error) {
	if len(n.LeftPartition)+len(n.RightPartition) > 0 {
		return nil, c.unsupported(n, "partitioned outer join")
	}
	left, err := c.tableRef(n.Left)
	if err != nil {
		return nil, err
	}
	lateral := false
	if n.Apply {
		lateral = true
	}
	var right *item
	if _, ok := n.Right.(*ast.TableExpr); ok {
		lateral = true
	}
	if q, ok := n.Right.(*ast.SubqueryRef); ok && n.Apply {
		q2 := *q
		q2.Lateral = true
		right, err = c.subqueryRef(&q2)
	} else {
		if q, ok := n.Right.(*ast.SubqueryRef); ok && q.Lateral {
			lateral = true
		}
		right, err = c.tableRef(n.Right)
	}
	if err != nil {
		return nil, err
	}
	j := &joinNode{left: left.n, right: right.n, lo: right.lo, hi: right.hi, leftLo: left.lo, leftHi: left.hi, lateral: lateral}
	it := &item{n: j, srcs: append(slices.Clone(left.srcs), right.srcs...), lo: left.lo, hi: right.hi, ansi: true}
	kind := n.Kind
	if kind == token.RIGHT {
		if lateral {
			return nil, c.unsupported(n, "join")
		}
		j.left, j.right = j.right, j.left
		j.lo, j.hi, j.leftLo, j.leftHi = left.lo, left.hi, right.lo, right.hi
		left, right = right, left
	}
	switch kind {
	case token.LEFT, token.RIGHT, token.OUTER:
		j.outer = true
		c.optional(right.srcs)
	case token.FULL:
		j.full = true
		c.optional(left.srcs)
		c.optional(right.srcs)
	}
	var names []string
	switch {
	case n.Natural:
		names = c.commonColumns(left.srcs, right.srcs)
	case len(n.Using) > 0:
		for _, u := range n.Using {
			names = append(names, c.f.Last(u))
		}
	}
	if names != nil {
		if kind == token.RIGHT { // merged columns stand in the order of the text
			err = c.using(n, j, right, left, names, true)
		} else {
			err = c.using(n, j, left, right, names, false)
		}
		if err != nil {
			return nil, err
		}
		it.srcs = append(it.srcs, len(c.scope.srcs)-1)
		it.hi = c.scope.width
		return it, nil
	}
	if n.On != nil {
		conds, err := c.conjuncts(n.On)
		if err != nil {
			return nil, err
		}
		for _, k := range conds {
			if k.marked >= 0 {
				return nil, c.fail(n, 25156)
			}
			if p, ok := k.pairFor(left.srcs, right.srcs); ok && !lateral {
				j.pairs = append(j.pairs, p)
				continue
			}
			if !j.outer && !j.full && k.within(right.srcs) && !lateral {
				j.right = filtered(j.right, []cond{k.cond})
				continue
			}
			j.conds = append(j.conds, k.cond)
		}
	}
	return it, nil
}

// optional marks sources that may be missing in a row.
func (c *compiler) optional(srcs []int) {
	for _, i := range srcs {
		x := c.scope.srcs[i]
		x.optional = true
		for k := range x.cols {
			x.cols[k].null = true
		}
	}
}

func (c *compiler) commonColumns(left, right []int) []string {
	names := []string{}
	for _, i := range left {
		for _, col := range c.scope.srcs[i].cols {
			if col.hidden {
				continue
			}
			for _, k := range right {
				for _, other := range c.scope.srcs[k].cols {
					if other.name == col.name && !other.hidden && !slices.Contains(names, col.name) {
						names = append(names, col.name)
					}
				}
			}
		}
	}
	return names
}

// using joins by columns of the same name. The two become one, without a qualifier.
func (c *compiler) using(n *ast.Join, j *joinNode, left, right *item, names []string, swapped bool) error {
	merged := &src{alias: "", rowid: noRowID}
	for _, name := range names {
		find := func(it *item) (*colInfo, *src, error) {
			var hit *colInfo
			var at *src
			for _, i := range it.srcs {
				x := c.scope.srcs[i]
				for k := range x.cols {
					if x.cols[k].name == name && !x.cols[k].hidden {
						if hit != nil {
							return nil, nil, c.fail(n, 918)
						}
						hit, at = &x.cols[k], x
					}
				}
			}
			if hit == nil {
				return nil, nil, c.fail(n, 904, `"`+name+`"`)
			}
			return hit, at, nil
		}
		a, _, err := find(left)
		if err != nil {
			return err
		}
		b, _, err := find(right)
		if err != nil {
			return err
		}
		x, y := slotExpr(a.typ, 0, a.slot), slotExpr(b.typ, 0, b.slot)
		px, py, _, err := c.sameKind(n, x, y)
		if err != nil {
			return err
		}
		p := pair{left: px, right: py, typ: pairType(px, py)}
		if swapped {
			p.left, p.right = p.right, p.left
		}
		j.pairs = append(j.pairs, p)
		// the value is that of the side that is there
		m := colInfo{name: name, typ: a.typ, slot: a.slot, merged: true, null: a.null && b.null}
		switch {
		case n.Kind == token.RIGHT:
			m.slot, m.typ = b.slot, b.typ
		case n.Kind == token.FULL:
			if a.typ.kind != b.typ.kind {
				return c.unsupported(n, "FULL JOIN USING columns of different types")
			}
			m.slot = c.scope.slots(1)
			sa, sb := a.slot, b.slot
			j2 := m.slot
			merge := func(e *env) {
				e.row[j2] = e.row[sa]
				if e.row[j2] == nil {
					e.row[j2] = e.row[sb]
				}
			}
			j.merge = append(j.merge, merge)
		}
		a.hidden, b.hidden, a.merged, b.merged = true, true, true, true
		merged.cols = append(merged.cols, m)
	}
	c.addSource(merged)
	left.srcs = append(left.srcs, merged.index)
	c.scope.merged = append(c.scope.merged, merged.index)
	return nil
}

// pairType is the type that values of an equality are hashed by.
func pairType(x, y expr) typ {
	t := x.typ
	if t.kind == kChar && y.typ.kind != kChar {
		t.kind = kVarchar
	}
	return t
}

// scnAt is the SCN that was current at an instant.
func (db *Database) scnAt(v []byte) (uint64, error) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	scn := uint64(0)
	for _, p := range db.scnTimes {
		if strings.Compare(string(instant(p.at).Zoned(0)[:11]), string(v[:11])) > 0 {
			break
		}
		scn = p.scn
	}
	if scn < store.FirstSCN {
		return 0, ora.New(8180)
	}
	return scn, nil
}
