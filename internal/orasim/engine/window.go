package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
)

// windows are the analytic functions of a block. Their results stand in env.win.
type windows struct {
	named []*ast.WindowDef
	calls []*window
}

// window is one analytic function.
type window struct {
	partition []expr
	order     []orderKey
	frame     *frame
	// compute gives the results for the rows of one partition, which are sorted.
	compute func(p *winPart) error
	slot    int
}

// winRow is a row of the block with its results.
type winRow struct {
	row  [][]byte
	win  [][]byte
	node *treeNode
	keys [][]byte // of the function at hand
	pos  int
}

// winPart is one partition.
type winPart struct {
	w    *window
	rows []*winRow
	e    *env
}

// at makes the env that of a row.
func (p *winPart) at(i int) *env {
	p.e.row, p.e.node = p.rows[i].row, p.rows[i].node
	return p.e
}

func (p *winPart) set(i int, v []byte) { p.rows[i].win[p.w.slot] = v }

// peers gives the end of the rows that are equal to row i by the order.
func (p *winPart) peers(i int) int {
	j := i + 1
	for j < len(p.rows) && compareKeys(p.w.order, p.rows[i].keys, p.rows[j].keys) == 0 {
		j++
	}
	return j
}

type winUnits struct {
	rows []*winRow
	e    *env
	i    int
}

func (u *winUnits) env() *env { return u.e }

func (u *winUnits) close() {}

func (u *winUnits) next() (bool, error) {
	if u.i == len(u.rows) {
		return false, nil
	}
	r := u.rows[u.i]
	u.e.row, u.e.win, u.e.node = r.row, r.win, r.node
	u.i++
	return true, nil
}

// run reads all rows and computes every function.
func (w *windows) run(b *block, in unitSource) (unitSource, error) {
	e := in.env()
	var all []*winRow
	for {
		ok, err := in.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		if err := e.ex.tick(); err != nil {
			return nil, err
		}
		all = append(all, &winRow{row: slices.Clone(e.row), win: make([][]byte, len(w.calls)), node: e.node, pos: len(all)})
	}
	we := &env{outer: e.outer, ex: e.ex}
	for _, call := range w.calls {
		parts := map[string]*winPart{}
		var list []*winPart
		var buf []byte
		for _, r := range all {
			we.row, we.node = r.row, r.node
			buf = buf[:0]
			for i := range call.partition {
				v, err := call.partition[i].eval(we)
				if err != nil {
					return nil, err
				}
				buf = appendKey(buf, v, call.partition[i].typ)
			}
			var err error
			if r.keys, err = evalKeys(call.order, we); err != nil {
				return nil, err
			}
			p := parts[string(buf)]
			if p == nil {
				p = &winPart{w: call, e: we}
				parts[string(buf)] = p
				list = append(list, p)
			}
			p.rows = append(p.rows, r)
		}
		for _, p := range list {
			slices.SortStableFunc(p.rows, func(x, y *winRow) int { return compareKeys(call.order, x.keys, y.keys) })
			if err := call.compute(p); err != nil {
				return nil, err
			}
		}
	}
	return &winUnits{rows: all, e: we}, nil
}

// windowCall compiles an analytic function.
func (c *compiler) windowCall(n *ast.Call, name string) (expr, error) {
	s := c.scope
	if s == nil || s.wins == nil || c.inAgg {
		return expr{}, c.fail(n, 30483)
	}
	wins, wasAliases := s.wins, s.aliases
	s.wins, s.aliases = nil, nil
	defer func() { s.wins, s.aliases = wins, wasAliases }()
	w := &window{}
	over := n.Over
	if over.Name != nil {
		def := (*ast.Over)(nil)
		for _, d := range wins.named {
			if c.f.Last(d.Name) == c.f.Last(over.Name) {
				def = d.Spec
			}
		}
		if def == nil || def.Name != nil || len(over.Partition) > 0 || over.OrderBy != nil && def.OrderBy != nil {
			return expr{}, c.unsupported(over, "window name")
		}
		merged := *def
		if over.OrderBy != nil {
			merged.OrderBy = over.OrderBy
		}
		if over.Frame != nil {
			merged.Frame = over.Frame
		}
		over = &merged
	}
	for _, p := range over.Partition {
		x, err := c.expr(p)
		if err != nil {
			return expr{}, err
		}
		w.partition = append(w.partition, x)
	}
	if over.OrderBy != nil {
		if over.OrderBy.Siblings {
			return expr{}, c.fail(over, 30929)
		}
		var err error
		if w.order, err = c.orderItems(over.OrderBy, nil, nil, false); err != nil {
			return expr{}, err
		}
	}
	t, err := c.windowFunction(n, name, w, over)
	if err != nil {
		return expr{}, err
	}
	w.slot = len(wins.calls)
	wins.calls = append(wins.calls, w)
	slot := w.slot
	return computed(t, func(e *env) ([]byte, error) { return e.win[slot], nil }), nil
}

// frame says which rows around a row count.
type frame struct {
	rows     bool // ROWS, else RANGE
	from, to bound
}

type bound struct {
	unbounded bool
	current   bool
	following bool
	offset    func(*env) (int, bool, error) // of ROWS
	target    expr                          // of RANGE: the value at the edge
}

// frameOf compiles the windowing clause; nil frame means the whole partition.
func (c *compiler) frameOf(w *window, over *ast.Over) error {
	if over.Frame == nil {
		if w.order != nil {
			w.frame = &frame{from: bound{unbounded: true}, to: bound{current: true}}
		}
		return nil
	}
	n := over.Frame
	if n.Unit == token.GROUPS || n.Exclude != 0 && n.Exclude != token.NO {
		return c.unsupported(n, "windowing clause")
	}
	if w.order == nil {
		return c.fail(n, 30485)
	}
	f := &frame{rows: n.Unit == token.ROWS, to: bound{current: true}}
	var err error
	if f.from, err = c.bound(w, n, n.From); err != nil {
		return err
	}
	if n.To != nil {
		if f.to, err = c.bound(w, n, n.To); err != nil {
			return err
		}
	}
	if f.from.unbounded && f.from.following || f.to.unbounded && !f.to.following {
		return c.fail(n, 30486)
	}
	w.frame = f
	return nil
}

func (c *compiler) bound(w *window, n *ast.Frame, b *ast.Bound) (bound, error) {
	r := bound{following: b.Dir == token.FOLLOWING}
	switch b.Kind {
	case token.UNBOUNDED:
		r.unbounded = true
		return r, nil
	case token.CURRENT:
		r.current = true
		return r, nil
	}
	x, err := c.expr(b.X)
	if err != nil {
		return r, err
	}
	if n.Unit == token.ROWS {
		r.offset, err = c.integer(b, x)
		return r, err
	}
	if len(w.order) != 1 {
		return r, c.fail(n, 30486)
	}
	k := w.order[0]
	op := token.Minus
	if r.following != k.desc {
		op = token.Plus
	}
	if !k.x.typ.kind.numeric() && !k.x.typ.kind.datetime() {
		return r, c.fail(n, 902)
	}
	if r.target, err = c.arithmetic(b, op, k.x, x); err != nil {
		return r, err
	}
	if r.target.typ.kind != k.x.typ.kind {
		if r.target, err = c.convert(b, r.target, k.x.typ.kind); err != nil {
			return r, err
		}
	}
	return r, nil
}

// span gives the rows [lo, hi) of the frame of row i.
func (p *winPart) span(i int) (lo, hi int, err error) {
	f := p.w.frame
	n := len(p.rows)
	if f == nil {
		return 0, n, nil
	}
	edge := func(b bound, start bool) (int, error) {
		switch {
		case b.unbounded && start:
			return 0, nil
		case b.unbounded:
			return n, nil
		case f.rows && b.current:
			if start {
				return i, nil
			}
			return i + 1, nil
		case f.rows:
			k, ok, err := b.offset(p.at(i))
			if err != nil {
				return 0, err
			}
			if !ok || k < 0 {
				return 0, ora.New(1428, k)
			}
			if !b.following {
				k = -k
			}
			at := i + k
			if !start {
				at++
			}
			return min(max(at, 0), n), nil
		}
		// RANGE: by value; rows that are NULL in the key have only each other
		if b.current || p.rows[i].keys[0] == nil {
			if start {
				j := i
				for j > 0 && compareKeys(p.w.order, p.rows[j-1].keys, p.rows[i].keys) == 0 {
					j--
				}
				return j, nil
			}
			return p.peers(i), nil
		}
		v, err := b.target.eval(p.at(i))
		if err != nil {
			return 0, err
		}
		edgeKeys := [][]byte{v}
		if start {
			j := 0
			for j < n && compareKeys(p.w.order, p.rows[j].keys, edgeKeys) < 0 {
				j++
			}
			return j, nil
		}
		j := n
		for j > 0 && compareKeys(p.w.order, p.rows[j-1].keys, edgeKeys) > 0 {
			j--
		}
		return j, nil
	}
	if lo, err = edge(f.from, true); err != nil {
		return 0, 0, err
	}
	if hi, err = edge(f.to, false); err != nil {
		return 0, 0, err
	}
	return lo, max(lo, hi), nil
}
