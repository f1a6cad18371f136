package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/number"
)

func init() {
	register(map[string]builtin{"CARDINALITY": {1, 1, false, cardinality}})
	delete(oracleHas, "CARDINALITY")
}

// cardinality is the number of elements of a nested table; NULL of NULL. Of a VARRAY the manual knows it not.
func cardinality(c *compiler, n ast.Node, a []expr) (expr, error) {
	u := c.s.udt(a[0].typ)
	if u == nil || u.elem == nil || u.limit > 0 {
		return expr{}, c.unsupported(n, "CARDINALITY")
	}
	return computed(tNumber, unaryFunc(a[0], func(_ *env, v []byte) ([]byte, error) {
		list, err := parts(v)
		return number.FromInt(int64(len(list))).Bytes(), err
	})), nil
}

// multiset is CAST(MULTISET(query) AS type): the rows of a query as the elements of a collection.
func (c *compiler) multiset(n *ast.Cast) (expr, error) {
	u := c.typeNamed(n.Type)
	if u == nil || u.elem == nil || n.Default != nil || len(n.Format) > 0 {
		return expr{}, c.unsupported(n, "CAST")
	}
	q, err := c.nested(n.Multiset)
	if err != nil {
		return expr{}, err
	}
	element, err := c.element(n, u, q.cols)
	if err != nil {
		return expr{}, err
	}
	return computed(u.typ(), func(e *env) ([]byte, error) {
		r, err := q.run(e)
		if err != nil {
			return nil, err
		}
		defer r.close()
		var list [][]byte
		for {
			row, err := r.next()
			if err != nil {
				return nil, err
			}
			if row == nil {
				return session.AppendParts(nil, list), nil
			}
			if u.limit > 0 && len(list) == u.limit {
				return nil, ora.New(22165, len(list)+1, 1, u.limit)
			}
			v, err := element(e.ex, row)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
	}), nil
}

// element makes elements of a collection out of rows: of one column the value itself, of several an object of them.
func (c *compiler) element(n ast.Node, u *udt, cols []outCol) (func(ex *execution, row [][]byte) ([]byte, error), error) {
	to := []typ{*u.elem}
	of := c.s.udt(*u.elem)
	whole := len(cols) == 1 && (of == nil || cols[0].typ.kind == kOther)
	if !whole {
		if of == nil || of.elem != nil || of.never || len(of.attrs) != len(cols) {
			return nil, c.unsupported(n, "MULTISET")
		}
		to = to[:0]
		for _, a := range of.attrs {
			to = append(to, a.typ)
		}
	}
	convs := make([]expr, len(cols))
	for i := range cols {
		var err error
		if convs[i], err = c.partValue(n, slotExpr(cols[i].typ, 0, i), to[i]); err != nil {
			return nil, err
		}
	}
	return func(ex *execution, row [][]byte) ([]byte, error) {
		e := &env{row: row, ex: ex}
		list := make([][]byte, len(convs))
		for i := range convs {
			var err error
			if list[i], err = convs[i].eval(e); err != nil {
				return nil, err
			}
		}
		if whole {
			return list[0], nil
		}
		return of.image(list), nil
	}, nil
}
