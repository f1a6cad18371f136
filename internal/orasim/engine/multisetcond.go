package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
)

// Multiset conditions (SQL Language Reference 19c, "Multiset Conditions"): IS A SET, IS EMPTY, MEMBER, SUBMULTISET.

// isASet is x IS A SET: no two elements are equal. NULL of NULL.
func (c *compiler) isASet(n ast.Node, x expr) (cond, error) {
	u, err := c.nestedTable(n, x)
	if err != nil {
		return nil, err
	}
	return unaryCond(x, func(_ *env, v []byte) (tri, error) {
		m, err := multisetOf(v, *u.elem)
		if err != nil {
			return unknown, err
		}
		n := m.counts()
		null := string(appendKey(nil, nil, *u.elem))
		for k, times := range n {
			if k != null && times > 1 {
				return no, nil
			}
		}
		if m.nulls > 1 {
			return unknown, ora.Unsupported("IS A SET of a nested table with several NULLs")
		}
		return yes, nil
	}), nil
}

// isEmpty is x IS EMPTY, of nested tables and VARRAYs. NULL of NULL.
func (c *compiler) isEmpty(n ast.Node, x expr) (cond, error) {
	if u := c.s.udt(x.typ); x.null || u == nil || u.elem == nil {
		return nil, c.unsupported(n, "condition")
	}
	return unaryCond(x, func(_ *env, v []byte) (tri, error) {
		list, err := parts(v)
		return truth(len(list) == 0), err
	}), nil
}

// member is x [NOT] MEMBER [OF] nested table, or nested table [NOT] SUBMULTISET [OF] nested table.
func (c *compiler) member(n *ast.Member) (cond, error) {
	if c.inPLSQL() {
		return nil, c.unsupported(n, "condition")
	}
	f := c.isMember
	if n.Op == token.SUBMULTISET {
		f = c.isSubmultiset
	}
	k, err := f(n)
	if err == nil && n.Not {
		k = negate(k)
	}
	return k, err
}

// isMember is NULL where x is, and where the nested table is empty.
func (c *compiler) isMember(n *ast.Member) (cond, error) {
	x, err := c.expr(n.X)
	if err != nil {
		return nil, err
	}
	y, err := c.expr(n.Y)
	if err != nil {
		return nil, err
	}
	u, err := c.nestedTable(n, y)
	if err != nil {
		return nil, err
	}
	if k := x.typ.kind; !x.null && k != kNull && k != u.elem.kind && (!k.text() || !u.elem.kind.text()) {
		return nil, c.unsupported(n, "MEMBER of another type")
	}
	same, err := c.compareExprs(n, token.EQ, x, computed(*u.elem, func(e *env) ([]byte, error) { return e.out[0], nil }))
	if err != nil {
		return nil, err
	}
	return unaryCond(x, func(e *env, _ []byte) (tri, error) {
		w, err := y.eval(e)
		if w == nil || err != nil {
			return unknown, err
		}
		list, err := parts(w)
		if err != nil || len(list) == 0 {
			return unknown, err
		}
		inner := *e
		nulls := false
		for i := range list {
			inner.out = list[i : i+1]
			nulls = nulls || list[i] == nil
			if b, err := same(&inner); b == yes || err != nil {
				return b, err
			}
		}
		if nulls {
			return unknown, ora.Unsupported("MEMBER of a nested table with a NULL, which does not have the value")
		}
		return no, nil
	}), nil
}

func (c *compiler) isSubmultiset(n *ast.Member) (cond, error) {
	x, y, u, err := c.nestedTables(n, n.X, n.Y)
	if err != nil {
		return nil, err
	}
	return unaryCond(x, func(e *env, v []byte) (tri, error) {
		a, err := multisetOf(v, *u.elem)
		if err != nil {
			return unknown, err
		}
		if len(a.list) == 0 {
			return yes, nil
		}
		w, err := y.eval(e)
		if w == nil || err != nil {
			return unknown, err
		}
		b, err := multisetOf(w, *u.elem)
		return submultiset(a, b), err
	}), nil
}

// submultiset maps each element of a to another of b. NULL stands for any value, which leaves the answer open where it is needed for
// that.
func submultiset(a, b multisetValue) tri {
	right := b.counts()
	missing := 0
	for i, k := range a.keys {
		if a.list[i] == nil {
			continue
		}
		if right[k] == 0 {
			missing++
			continue
		}
		right[k]--
	}
	switch {
	case missing == 0 && a.nulls == 0:
		return yes
	case missing <= b.nulls && len(a.list) <= len(b.list):
		return unknown
	}
	return no
}
