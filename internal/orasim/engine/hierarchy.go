package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

// hierarchy is START WITH ... CONNECT BY.
type hierarchy struct {
	start   cond
	connect cond
	noCycle bool
	pairs   []hierPair // equalities between PRIOR and a row
	order   []orderKey // ORDER SIBLINGS BY
	free    bool       // no PRIOR: rows are made, not found (CONNECT BY LEVEL <= 5)
	node    node
}

// hierPair is PRIOR parent = child.
type hierPair struct{ parent, child expr }

// treeNode is a row with the way to its root.
type treeNode struct {
	row    [][]byte
	parent *treeNode
	level  int
	id     int // of the row among those that were read
}

func (c *compiler) hierarchy(n *ast.Hierarchy, in node) (*hierarchy, error) {
	h := &hierarchy{noCycle: n.NoCycle, node: in}
	var err error
	if n.Start != nil {
		if h.start, err = c.cond(n.Start); err != nil {
			return nil, err
		}
	}
	if h.connect, err = c.cond(n.Connect); err != nil {
		return nil, err
	}
	h.free = true
	ast.Walk(n.Connect, func(m ast.Node) bool {
		if u, ok := m.(*ast.Unary); ok && u.Op.Is(token.PRIOR) {
			h.free = false
		}
		return true
	})
	return h, c.hierPairs(h, n.Connect)
}

// hierPairs finds equalities that children can be looked up by.
func (c *compiler) hierPairs(h *hierarchy, e ast.Expr) error {
	b, ok := ast.Unparen(e).(*ast.Binary)
	if !ok {
		return nil
	}
	if b.Op.Is(token.AND) {
		if err := c.hierPairs(h, b.X); err != nil {
			return err
		}
		return c.hierPairs(h, b.Y)
	}
	if b.Op.Kind != token.EQ {
		return nil
	}
	side := func(e ast.Expr) (ast.Expr, bool) {
		if u, ok := ast.Unparen(e).(*ast.Unary); ok && u.Op.Is(token.PRIOR) {
			_, plain := ast.Unparen(u.X).(*ast.Name)
			return u.X, plain
		}
		return nil, false
	}
	parent, ok := side(b.X)
	child := b.Y
	if !ok {
		if parent, ok = side(b.Y); !ok {
			return nil
		}
		child = b.X
	}
	if _, plain := ast.Unparen(child).(*ast.Name); !plain {
		return nil
	}
	p, err := c.expr(parent)
	if err != nil {
		return err
	}
	k, err := c.expr(child)
	if err != nil {
		return err
	}
	if p.slot < firstSlot || k.slot < firstSlot || p.typ.kind != k.typ.kind || p.typ.kind == kChar {
		return nil
	}
	h.pairs = append(h.pairs, hierPair{p, k})
	return nil
}

type treeUnits struct {
	b     *block
	e     *env
	list  []*treeNode
	i     int
	count int64
}

func (u *treeUnits) env() *env { return u.e }

func (u *treeUnits) close() {}

func (u *treeUnits) next() (bool, error) {
	for u.i < len(u.list) {
		n := u.list[u.i]
		u.i++
		u.e.row, u.e.node, u.e.prior = n.row, n, nil
		if n.parent != nil {
			u.e.prior = n.parent.row
		}
		u.e.row[slotRownum] = number.FromInt(u.count + 1).Bytes()
		ok, err := meets(u.e, u.b.after)
		if err != nil {
			return false, err
		}
		if ok {
			u.count++
			return true, nil
		}
	}
	return false, nil
}

// run reads all rows, and walks from the roots down, children behind their parents.
func (h *hierarchy) run(b *block, e *env, in cursor) (unitSource, error) {
	var all []*treeNode
	for {
		ok, err := in.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		all = append(all, &treeNode{row: slices.Clone(e.row), id: len(all)})
	}
	w := &walk{h: h, e: &env{outer: e.outer, ex: e.ex}, all: all}
	if len(h.pairs) > 0 {
		w.index = map[string][]*treeNode{}
		for _, n := range all {
			k, null, err := w.key(n.row, func(p hierPair) expr { return p.child })
			if err != nil {
				return nil, err
			}
			if !null {
				w.index[k] = append(w.index[k], n)
			}
		}
	}
	var roots []*treeNode
	for _, n := range all {
		w.e.row, w.e.prior = n.row, nil
		n.row[slotLevel] = count(1)
		if h.start != nil {
			k, err := h.start(w.e)
			if err != nil {
				return nil, err
			}
			if k != yes {
				continue
			}
		}
		roots = append(roots, &treeNode{row: slices.Clone(n.row), id: n.id, level: 1})
	}
	if err := w.sort(roots); err != nil {
		return nil, err
	}
	for _, r := range roots {
		if err := w.down(r); err != nil {
			return nil, err
		}
	}
	return &treeUnits{b: b, e: &env{outer: e.outer, ex: e.ex}, list: w.out}, nil
}

type walk struct {
	h     *hierarchy
	e     *env
	all   []*treeNode
	index map[string][]*treeNode
	out   []*treeNode
}

func (w *walk) key(row [][]byte, side func(hierPair) expr) (string, bool, error) {
	var b []byte
	w.e.row = row
	for _, p := range w.h.pairs {
		x := side(p)
		v, err := x.eval(w.e)
		if err != nil || v == nil {
			return "", true, err
		}
		b = appendKey(b, v, x.typ)
	}
	return string(b), false, nil
}

// down appends a row and what is below it.
func (w *walk) down(n *treeNode) error {
	if err := w.e.ex.tick(); err != nil {
		return err
	}
	w.out = append(w.out, n)
	if n.level > 10000 && w.h.free && len(w.out) > 20000000 {
		return ora.New(30009)
	}
	cands := w.all
	if w.index != nil {
		k, null, err := w.key(n.row, func(p hierPair) expr { return p.parent })
		if err != nil {
			return err
		}
		cands = nil
		if !null {
			cands = w.index[k]
		}
	}
	var kids []*treeNode
	cycle := false
	for _, c := range cands {
		row := slices.Clone(c.row)
		row[slotLevel] = count(n.level + 1)
		row[slotRownum] = count(len(w.out) + 1)
		w.e.row, w.e.prior = row, n.row
		k, err := w.h.connect(w.e)
		if err != nil {
			return err
		}
		if k != yes {
			continue
		}
		if !w.h.free {
			loop := false
			for a := n; a != nil; a = a.parent {
				if a.id == c.id {
					loop = true
				}
			}
			if loop {
				if !w.h.noCycle {
					return ora.New(1436)
				}
				cycle = true
				continue
			}
		}
		kids = append(kids, &treeNode{row: row, parent: n, level: n.level + 1, id: c.id})
		if w.h.free {
			// rows are made as long as the condition holds; depth first keeps LEVEL and ROWNUM right
			n.row[slotLeaf], n.row[slotCycle] = count(0), count(0)
			if err := w.down(kids[len(kids)-1]); err != nil {
				return err
			}
		}
	}
	n.row[slotLeaf], n.row[slotCycle] = count(0), count(0)
	if len(kids) == 0 {
		n.row[slotLeaf] = count(1)
	}
	if cycle {
		n.row[slotCycle] = count(1)
	}
	if w.h.free {
		return nil
	}
	if err := w.sort(kids); err != nil {
		return err
	}
	for _, k := range kids {
		if err := w.down(k); err != nil {
			return err
		}
	}
	return nil
}

// sort is ORDER SIBLINGS BY.
func (w *walk) sort(nodes []*treeNode) error {
	if w.h.order == nil {
		return nil
	}
	type sibling struct {
		n    *treeNode
		keys [][]byte
	}
	list := make([]sibling, len(nodes))
	for i, n := range nodes {
		w.e.row = n.row
		w.e.prior = nil
		if n.parent != nil {
			w.e.prior = n.parent.row
		}
		k, err := evalKeys(w.h.order, w.e)
		if err != nil {
			return err
		}
		list[i] = sibling{n, k}
	}
	slices.SortStableFunc(list, func(a, b sibling) int { return compareKeys(w.h.order, a.keys, b.keys) })
	for i := range list {
		nodes[i] = list[i].n
	}
	return nil
}

// connectByPath is SYS_CONNECT_BY_PATH(x, separator).
func (c *compiler) connectByPath(n *ast.Call, args []expr) (expr, error) {
	if c.scope == nil || !c.scope.hier {
		return expr{}, c.fail(n, 30002)
	}
	if len(args) != 2 {
		return expr{}, c.fail(n, 909)
	}
	x, err := c.text(n, args[0])
	if err != nil {
		return expr{}, err
	}
	sep, err := c.text(n, args[1])
	if err != nil {
		return expr{}, err
	}
	if !sep.constant {
		return expr{}, c.fail(n, 30003)
	}
	return computed(typ{kind: kVarchar, size: 4000}, func(e *env) ([]byte, error) {
		if e.node == nil {
			return nil, ora.New(30002)
		}
		s, err := sep.eval(e)
		if err != nil {
			return nil, err
		}
		var path []*treeNode
		for k := e.node; k != nil; k = k.parent {
			path = append(path, k)
		}
		var out []byte
		for i := len(path) - 1; i >= 0; i-- {
			v, err := x.eval(&env{row: path[i].row, outer: e.outer, ex: e.ex, node: path[i]})
			if err != nil {
				return nil, err
			}
			if len(s) > 0 && len(v) > 0 && containsBytes(v, s) {
				return nil, ora.New(30004)
			}
			out = append(append(out, s...), v...)
		}
		if e.ex.s.db.set.Len(out) > 4000 {
			return nil, ora.New(1489)
		}
		return out, nil
	}), nil
}
