package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// Multiset operators (SQL Language Reference 19c, "Multiset Operators", SET). They are for nested tables of one type whose elements are
// scalars. A nested table has no order; the results here are in that of the operands. What the manual does not say is ORA-03001: operands
// that are NULL, whether NULLs among the elements are equal where it does not call them duplicates, and whether EXCEPT DISTINCT leaves
// duplicates of the first operand.

func init() {
	register(map[string]builtin{"SET": {1, 1, false, setOfMultiset}})
	delete(oracleHas, "SET")
}

// multisetValue is a nested table taken apart: its elements, and their keys; elements that are equal have equal keys.
type multisetValue struct {
	list  [][]byte
	keys  []string
	nulls int
}

func multisetOf(v []byte, elem typ) (multisetValue, error) {
	list, err := parts(v)
	m := multisetValue{list: list, keys: make([]string, len(list))}
	for i, e := range list {
		if m.keys[i] = string(appendKey(nil, e, elem)); e == nil {
			m.nulls++
		}
	}
	return m, err
}

// counts is how often each element is there.
func (m multisetValue) counts() map[string]int {
	n := map[string]int{}
	for _, k := range m.keys {
		n[k]++
	}
	return n
}

// distinct leaves the first of equal elements; NULLs are equal.
func (m multisetValue) distinct() [][]byte {
	seen := map[string]bool{}
	list := [][]byte{}
	for i, k := range m.keys {
		if !seen[k] {
			seen[k] = true
			list = append(list, m.list[i])
		}
	}
	return list
}

// nestedTable checks an operand: a nested table whose elements can be compared.
func (c *compiler) nestedTable(n ast.Node, x expr) (*udt, error) {
	u := c.s.udt(x.typ)
	if x.null || u == nil || u.elem == nil || u.limit > 0 {
		return nil, c.unsupported(n, "an operand that is no nested table")
	}
	switch k := u.elem.kind; {
	case k.lob(), k == kOther, k == kXML, k == kLong, k == kLongRaw:
		return nil, c.unsupported(n, "comparing elements of type "+u.elem.String())
	}
	return u, nil
}

// nestedTables compiles two operands of the same type.
func (c *compiler) nestedTables(n ast.Node, left, right ast.Expr) (x, y expr, u *udt, err error) {
	if x, err = c.expr(left); err == nil {
		y, err = c.expr(right)
	}
	if err == nil {
		u, err = c.nestedTable(n, x)
	}
	if err != nil {
		return x, y, nil, err
	}
	other, err := c.nestedTable(n, y)
	if err == nil && other.object.objectName != u.object.objectName {
		err = c.unsupported(n, "nested tables of two types")
	}
	return x, y, u, err
}

// multisetOp is x MULTISET UNION|INTERSECT|EXCEPT [ALL|DISTINCT] y.
func (c *compiler) multisetOp(n *ast.Multiset) (expr, error) {
	if c.inPLSQL() { // its collections are no values of SQL
		return expr{}, c.unsupported(n, "expression")
	}
	x, y, u, err := c.nestedTables(n, n.X, n.Y)
	if err != nil {
		return expr{}, err
	}
	distinct := n.Dist == token.DISTINCT
	return computed(u.typ(), func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if err != nil {
			return nil, err
		}
		w, err := y.eval(e)
		if err != nil {
			return nil, err
		}
		if v == nil || w == nil {
			return nil, ora.Unsupported("a multiset operator of NULL")
		}
		a, err := multisetOf(v, *u.elem)
		if err != nil {
			return nil, err
		}
		b, err := multisetOf(w, *u.elem)
		if err != nil {
			return nil, err
		}
		list, err := combineMultisets(n.Op, distinct, a, b)
		return session.AppendParts(nil, list), err
	}), nil
}

func combineMultisets(op token.Keyword, distinct bool, a, b multisetValue) ([][]byte, error) {
	if op == token.UNION {
		all := multisetValue{list: append(a.list[:len(a.list):len(a.list)], b.list...), keys: append(a.keys[:len(a.keys):len(a.keys)], b.keys...)}
		if distinct {
			return all.distinct(), nil
		}
		return all.list, nil
	}
	if a.nulls > 0 && b.nulls > 0 && (op == token.EXCEPT || !distinct) {
		return nil, ora.Unsupported("a multiset operator of nested tables that both have NULLs")
	}
	right := b.counts()
	kept := multisetValue{list: [][]byte{}}
	for i, k := range a.keys {
		in := right[k] > 0
		if in && !distinct {
			right[k]--
		}
		if in == (op == token.INTERSECT) {
			kept.list, kept.keys = append(kept.list, a.list[i]), append(kept.keys, k)
		}
	}
	if !distinct {
		return kept.list, nil
	}
	list := kept.distinct()
	if op == token.EXCEPT && len(list) < len(kept.list) {
		return nil, ora.Unsupported("MULTISET EXCEPT DISTINCT that leaves duplicates")
	}
	return list, nil
}

// setOfMultiset is SET(nested table): without duplicates.
func setOfMultiset(c *compiler, n ast.Node, a []expr) (expr, error) {
	u, err := c.nestedTable(n, a[0])
	if err != nil {
		return expr{}, err
	}
	return computed(u.typ(), unaryFunc(a[0], func(_ *env, v []byte) ([]byte, error) {
		m, err := multisetOf(v, *u.elem)
		if err == nil && m.nulls > 1 {
			err = ora.Unsupported("SET of a nested table with several NULLs")
		}
		return session.AppendParts(nil, m.distinct()), err
	})), nil
}
