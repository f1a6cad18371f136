package engine

import (
	"encoding/binary"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Ranges of the primary key of an index-organized table are read in the order of the key, so that chunks of a table cost
// what they hold, and not the table each. The conditions themselves are checked as well: a range may be too wide, and never
// too narrow. What bounds a key: comparisons of its first columns, and the comparison of the key as a whole,
// (a > 1) OR (a = 1 AND b >= 2).

// keyBound is one alternative of a condition: the first columns of the key are above, or below, some values.
type keyBound struct {
	vals   []expr
	beyond bool // keys that begin with the values are out
}

// keyRange is what bounds a key; of each condition one alternative has to hold.
type keyRange struct {
	key       *key
	low, high [][]keyBound
}

// alternatives takes a condition apart at its ORs, each part being comparisons joined by AND; nil where it is anything else.
func (c *compiler) alternatives(e ast.Expr) ([][]*conjunct, error) {
	var parts []ast.Expr
	var split func(ast.Expr)
	split = func(e ast.Expr) {
		if b, ok := ast.Unparen(e).(*ast.Binary); ok && b.Op.Is(token.OR) {
			split(b.X)
			split(b.Y)
			return
		}
		parts = append(parts, e)
	}
	split(e)
	if len(parts) > 16 {
		return nil, nil
	}
	for _, p := range parts {
		if !comparisons(p) {
			return nil, nil
		}
	}
	var out [][]*conjunct
	for _, p := range parts {
		list, err := c.conjuncts(p)
		if err != nil {
			return nil, err
		}
		out = append(out, list)
	}
	return out, nil
}

// comparisons reports whether an expression is nothing but comparisons of columns with values, joined by AND.
func comparisons(e ast.Expr) bool {
	b, ok := ast.Unparen(e).(*ast.Binary)
	if !ok {
		return false
	}
	switch b.Op.Kind {
	case token.EQ, token.LT, token.LE, token.GT, token.GE:
		plain := true
		ast.Walk(b, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.Subquery, *ast.Exists, *ast.OuterMark, *ast.List:
				plain = false
			}
			return plain
		})
		return plain
	}
	return b.Op.Is(token.AND) && comparisons(b.X) && comparisons(b.Y)
}

// rangeOf finds what the conditions say of a table's primary key; nil for nothing.
func (sc *scanNode) rangeOf(conds []*conjunct, srcIndex int) *keyRange {
	if !sc.t.iot || sc.parts != nil || sc.t.temporary != "" {
		return nil
	}
	r := &keyRange{}
	for _, k := range sc.t.keys {
		if k.primary && !k.disabled && k.exprs == nil {
			r.key = k
		}
	}
	if r.key == nil {
		return nil
	}
	for _, k := range conds {
		if k.volatile || k.marked >= 0 {
			continue
		}
		alternatives := k.alternatives
		if alternatives == nil {
			alternatives = [][]*conjunct{{k}}
		}
		var low, high []keyBound
		for _, list := range alternatives {
			l, h := sc.bounds(r.key, list, srcIndex)
			if l != nil {
				low = append(low, *l)
			}
			if h != nil {
				high = append(high, *h)
			}
		}
		if len(low) == len(alternatives) {
			r.low = append(r.low, low)
		}
		if len(high) == len(alternatives) {
			r.high = append(r.high, high)
		}
	}
	if len(r.low)+len(r.high) == 0 {
		return nil
	}
	return r
}

// bounds reads comparisons of the first columns of a key that hold together.
func (sc *scanNode) bounds(k *key, list []*conjunct, srcIndex int) (low, high *keyBound) {
	var prefix []expr
	for _, at := range k.cols {
		equal := false
		for _, j := range list {
			own, other, op, ok := j.against(srcIndex)
			if !ok || own.slot != sc.base+at || !sc.inKeyOrder(at, j) {
				continue
			}
			vals := append(append([]expr{}, prefix...), other)
			switch op {
			case token.EQ:
				prefix, equal = vals, true
			case token.GE, token.GT:
				low = &keyBound{vals, op == token.GT}
			case token.LE, token.LT:
				high = &keyBound{vals, op == token.LT}
			}
			if equal {
				break
			}
		}
		if !equal {
			break
		}
		low, high = nil, nil // what follows an equality is narrower
	}
	if len(prefix) > 0 {
		if low == nil {
			low = &keyBound{vals: prefix}
		}
		if high == nil {
			high = &keyBound{vals: prefix}
		}
	}
	return low, high
}

// against gives the side of a comparison that is a column of a source, and the other one, which is none.
func (k *conjunct) against(srcIndex int) (own, other expr, op token.Kind, ok bool) {
	switch {
	case k.volatile || k.x.eval == nil:
		return own, other, 0, false
	case len(k.yUsed) == 0 && k.xUsed[srcIndex] && len(k.xUsed) == 1:
		return k.x, k.y, k.op, k.x.slot >= 0
	case len(k.xUsed) == 0 && k.yUsed[srcIndex] && len(k.yUsed) == 1:
		return k.y, k.x, mirror(k.op), k.y.slot >= 0
	}
	return own, other, 0, false
}

// inKeyOrder reports whether a comparison orders a column as the key does.
func (sc *scanNode) inKeyOrder(at int, k *conjunct) bool {
	t := sc.t.cols[at].typ
	if k.x.typ.national != k.y.typ.national || k.x.typ.kind != k.y.typ.kind && !(k.x.typ.kind.text() && k.y.typ.kind.text()) {
		return false
	}
	switch t.kind {
	case kChar:
		return k.x.typ.kind == kChar && k.y.typ.kind == kChar
	case kVarchar:
		return k.x.typ.kind.text()
	case kZoned:
		return false
	}
	return k.x.typ.kind == t.kind
}

// keyOrder compares keys as an index has them, which is the form of appendKey.
func (c *scanCursor) keyOrder(k *key) (columns []order, less func(a, b string) bool) {
	for i := range k.cols {
		columns = append(columns, orderOf(k.types[i], c.e.ex.s.db.set))
	}
	return columns, func(a, b string) bool {
		for _, cmp := range columns {
			var x, y []byte
			x, a = cutKey(a)
			y, b = cutKey(b)
			if r := cmp(x, y); r != 0 {
				return r < 0
			}
		}
		return false
	}
}

// cutKey takes the first value off a key.
func cutKey(s string) (v []byte, rest string) {
	if s == "" || s[0] == 0 { // NULL, which no primary key has
		return nil, s[min(1, len(s)):]
	}
	n := int(binary.BigEndian.Uint32([]byte(s[1:5])))
	return []byte(s[5 : 5+n]), s[5+n:]
}

// keyRangeKeys are the keys that the range has, in order.
func (c *scanCursor) keysInRange(r *keyRange) ([]string, error) {
	columns, less := c.keyOrder(r.key)
	type bound struct {
		vals   [][]byte
		beyond bool
	}
	values := func(conds [][]keyBound) ([][]bound, error) {
		var out [][]bound
		for _, list := range conds {
			bounds := []bound{}
		alternatives:
			for _, b := range list {
				x := bound{beyond: b.beyond}
				for _, e := range b.vals {
					v, err := e.eval(c.e)
					if err != nil {
						return nil, err
					}
					if v == nil {
						continue alternatives // never true
					}
					x.vals = append(x.vals, v)
				}
				bounds = append(bounds, x)
			}
			out = append(out, bounds)
		}
		return out, nil
	}
	low, err := values(r.low)
	if err != nil {
		return nil, err
	}
	high, err := values(r.high)
	if err != nil {
		return nil, err
	}
	// every condition holds from some key on, or up to some key
	passes := func(conds [][]bound, key string, sign int) bool {
		for _, list := range conds {
			any := false
			for _, b := range list {
				k, rest, v := 0, key, []byte(nil)
				for i, want := range b.vals {
					v, rest = cutKey(rest)
					if k = columns[i](v, want); k != 0 {
						break
					}
				}
				if k*sign > 0 || k == 0 && !b.beyond {
					any = true
					break
				}
			}
			if !any {
				return false
			}
		}
		return true
	}
	return r.key.index(c.e.ex.s, c.n.t).Range(less, func(k string) bool { return passes(low, k, 1) }, func(k string) bool { return passes(high, k, -1) }), nil
}

// hasKey reports whether a row has the key that it was found by: entries of an index stay when a row has left its key.
func (c *scanCursor) hasKey(k *key, cols [][]byte) bool {
	vals := make([][]byte, len(k.cols))
	for i, at := range k.cols {
		vals[i] = cols[at]
	}
	return k.encode(vals) == c.keys[c.at-1]
}
