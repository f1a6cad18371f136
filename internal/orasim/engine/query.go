package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/value/charset"
)

// query compiles a whole query.
func (c *compiler) query(sel *ast.Select) (*query, error) {
	if len(sel.Subst) > 0 {
		return nil, c.unsupported(sel, "substitution variables")
	}
	was := c.ctes
	defer func() { c.ctes = was }()
	if sel.With != nil {
		if err := c.with(sel.With); err != nil {
			return nil, err
		}
	}
	return c.body(sel.Body, sel.OrderBy, sel.Limit)
}

func (c *compiler) body(b ast.QueryExpr, ob *ast.OrderBy, lim *ast.RowLimit) (*query, error) {
	switch n := b.(type) {
	case *ast.QueryBlock:
		return c.queryBlock(n, ob, lim)
	case *ast.SetOp:
		q, err := c.setOp(n)
		if err != nil {
			return nil, err
		}
		return c.finish(n, q, ob, lim)
	case *ast.ParenQuery:
		q, err := c.query(n.Query)
		if err != nil {
			return nil, err
		}
		return c.finish(n, q, ob, lim)
	}
	return nil, c.unsupported(b, "query")
}

// finish sorts and cuts a query by the columns of its result.
func (c *compiler) finish(n ast.Node, q *query, ob *ast.OrderBy, lim *ast.RowLimit) (*query, error) {
	if ob == nil && lim == nil {
		return q, nil
	}
	s := &scope{parent: c.scope, width: firstSlot}
	was := c.scope
	c.scope = s
	defer func() { c.scope = was }()
	it, err := c.queryItem(n, q, "", false)
	if err != nil {
		return nil, err
	}
	b := &block{scope: s, node: it.n, wins: &windows{}}
	cols := slices.Clone(q.cols)
	canons := make([]string, len(cols))
	for i := range cols {
		x := slotExpr(cols[i].typ, 0, it.lo+i)
		b.items = append(b.items, x)
		cols[i].slot, cols[i].expr = x.slot, x
		canons[i] = "#" + itoa(x.slot)
	}
	if ob != nil {
		if b.order, err = c.orderItems(ob, cols, canons, false); err != nil {
			return nil, err
		}
	}
	if b.limit, err = c.rowLimit(lim); err != nil {
		return nil, err
	}
	return &query{cols: cols, outer: q.outer || s.outer, open: b.open}, nil
}

// setOp is UNION, INTERSECT and MINUS.
func (c *compiler) setOp(n *ast.SetOp) (*query, error) {
	left, err := c.body(n.Left, nil, nil)
	if err != nil {
		return nil, err
	}
	right, err := c.body(n.Right, nil, nil)
	if err != nil {
		return nil, err
	}
	if len(left.cols) != len(right.cols) {
		return nil, c.fail(n, 1789)
	}
	q := &query{outer: left.outer || right.outer}
	convL, convR := make([]expr, len(left.cols)), make([]expr, len(right.cols))
	for i := range left.cols {
		a, b := left.cols[i], right.cols[i]
		t, err := c.setType(n, a, b)
		if err != nil {
			return nil, err
		}
		col := outCol{name: a.name, typ: t, slot: -1, null: a.null || b.null}
		if a.expr.null && b.expr.null { // still of no type for a third query
			col.expr = expr{typ: t, null: true}
		}
		q.cols = append(q.cols, col)
		if convL[i], err = c.toSetType(n, a, i, t); err != nil {
			return nil, err
		}
		if convR[i], err = c.toSetType(n, b, i, t); err != nil {
			return nil, err
		}
	}
	all := n.Quant == token.ALL
	op := n.Op
	if !all {
		for _, col := range q.cols {
			if k := col.typ.kind; k.lob() || k == kLong || k == kLongRaw {
				return nil, c.fail(n, 932, "-", k)
			}
			if col.typ.kind == kOther {
				return nil, c.unsupported(n, "sets of objects")
			}
		}
	}
	q.open = func(outer *env) (rows, error) {
		l := &convertRows{open: left.open, outer: outer, conv: convL}
		r := &convertRows{open: right.open, outer: outer, conv: convR}
		if op == token.UNION && all {
			return &unionAll{parts: []*convertRows{l, r}}, nil
		}
		return combine(op, all, l, r, q.cols, c.set())
	}
	return q, nil
}

// setType is the type of a column of a set operation.
func (c *compiler) setType(n ast.Node, a, b outCol) (typ, error) {
	x, y := a.expr, b.expr
	ta, tb := a.typ, b.typ
	if x.null {
		ta = tNull
	}
	if y.null {
		tb = tNull
	}
	ka, kb := ta.kind, tb.kind
	switch {
	case ka == kNull && kb == kNull:
		switch ta, tb := a.typ, b.typ; { // CAST(NULL AS type) keeps its type
		case ta.kind != kNull && ta.kind == tb.kind:
			return widen(ta, tb), c.sameObject(n, ta, tb)
		case ta.kind != kNull && tb.kind == kNull:
			return ta, nil
		case tb.kind != kNull && ta.kind == kNull:
			return tb, nil
		}
		return typ{kind: kVarchar, size: 1}, nil
	case ka == kNull:
		return tb, nil
	case kb == kNull:
		return ta, nil
	case ka == kb:
		return widen(ta, tb), c.sameObject(n, ta, tb)
	case ka.text() && kb.text():
		ta.kind = kVarchar
		return widen(ta, tb), nil
	case ka.numeric() && kb.numeric():
		if ka == kDouble || kb == kDouble {
			return tDouble, nil
		}
		return tFloat, nil
	case ka.datetime() && kb.datetime():
		return typ{kind: widerDatetime(ka, kb), scale: max(ta.scale, tb.scale)}, nil
	case ka == kClob && kb.text(), kb == kClob && ka.text():
		return tClob, nil
	}
	return typ{}, c.fail(n, 1790)
}

func (c *compiler) toSetType(n ast.Node, col outCol, i int, t typ) (expr, error) {
	x := expr{typ: col.typ, slot: i}
	x.eval = func(e *env) ([]byte, error) { return e.row[i], nil }
	if col.typ.kind == t.kind || col.expr.null {
		x.typ = t
		return x, nil
	}
	return c.convert(n, x, t.kind)
}

// convertRows brings the rows of a branch to the types of the whole.
type convertRows struct {
	open  func(*env) (rows, error)
	outer *env
	conv  []expr
	r     rows
	out   [][]byte
	e     *env
}

func (r *convertRows) next() ([][]byte, error) {
	if r.r == nil {
		in, err := r.open(r.outer)
		if err != nil {
			return nil, err
		}
		r.r, r.out, r.e = in, make([][]byte, len(r.conv)), &env{outer: r.outer, ex: r.outer.ex}
	}
	row, err := r.r.next()
	if row == nil || err != nil {
		return nil, err
	}
	r.e.row = row
	for i := range r.conv {
		if r.out[i], err = r.conv[i].eval(r.e); err != nil {
			return nil, err
		}
	}
	return r.out, nil
}

func (r *convertRows) close() {
	if r.r != nil {
		r.r.close()
	}
}

type unionAll struct {
	parts []*convertRows
	i     int
}

func (u *unionAll) next() ([][]byte, error) {
	for u.i < len(u.parts) {
		row, err := u.parts[u.i].next()
		if row != nil || err != nil {
			return row, err
		}
		u.i++
	}
	return nil, nil
}

func (u *unionAll) close() {
	for _, p := range u.parts {
		p.close()
	}
}

func rowKey(row [][]byte, cols []outCol) string {
	var b []byte
	for i, v := range row {
		b = appendKey(b, v, cols[i].typ)
	}
	return string(b)
}

// combine computes a set operation; the results without ALL are sorted, as Oracle's are.
func combine(op token.Keyword, all bool, l, r *convertRows, cols []outCol, set *charset.Set) (rows, error) {
	defer l.close()
	defer r.close()
	right := map[string]int{}
	var out [][][]byte
	seen := map[string]bool{}
	if op != token.UNION {
		for {
			row, err := r.next()
			if err != nil {
				return nil, err
			}
			if row == nil {
				break
			}
			right[rowKey(row, cols)]++
		}
	}
	parts := []*convertRows{l}
	if op == token.UNION {
		parts = append(parts, r)
	}
	for _, p := range parts {
		for {
			row, err := p.next()
			if err != nil {
				return nil, err
			}
			if row == nil {
				break
			}
			if err := l.outer.ex.tick(); err != nil {
				return nil, err
			}
			k := rowKey(row, cols)
			keep := true
			switch op {
			case token.INTERSECT:
				keep = right[k] > 0
				if all && keep {
					right[k]--
				}
			case token.MINUS, token.EXCEPT:
				keep = right[k] == 0
				if all && !keep {
					right[k]--
				}
			}
			if !keep || !all && seen[k] {
				continue
			}
			seen[k] = true
			out = append(out, slices.Clone(row))
		}
	}
	if !all {
		keys := make([]orderKey, len(cols))
		for i := range cols {
			keys[i] = orderKey{cmp: orderOf(cols[i].typ, set)}
		}
		slices.SortStableFunc(out, func(a, b [][]byte) int { return compareKeys(keys, a, b) })
	}
	return &sliceRows{rows: out}, nil
}
