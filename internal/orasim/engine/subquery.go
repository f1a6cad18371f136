package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
)

// nested compiles a query inside of an expression: it sees the block around it.
func (c *compiler) nested(sel *ast.Select) (*query, error) {
	if c.ddl && c.scope == nil {
		return nil, ora.At(ora.New(2251), c.at(sel))
	}
	agg, nested, collects := c.inAgg, c.inNested, c.collects // its aggregates are of its own groups
	c.inAgg, c.inNested, c.collects = false, false, nil
	q, err := c.query(sel)
	c.inAgg, c.inNested, c.collects = agg, nested, collects
	return q, err
}

// run opens a nested query in the env of the expression.
func (q *query) run(e *env) (rows, error) { return q.open(e) }

// cached runs a nested query once an execution where it refers to nothing around it.
func cached[T any](q *query, key any, f func(e *env) (T, error)) func(e *env) (T, error) {
	return func(e *env) (T, error) {
		if q.outer {
			return f(e)
		}
		if v, ok := e.ex.memo[key]; ok {
			return v.(T), nil
		}
		v, err := f(e)
		if err == nil {
			e.ex.memo[key] = v
		}
		return v, err
	}
}

// scalarSubquery is a query as a value: NULL without a row, ORA-01427 with several.
func (c *compiler) scalarSubquery(n *ast.Subquery) (expr, error) {
	if c.noSubquery {
		return expr{}, c.fail(n, 2251)
	}
	q, err := c.nested(n.Query)
	if err != nil {
		return expr{}, err
	}
	if len(q.cols) != 1 {
		return expr{}, c.fail(n, 913)
	}
	f := cached(q, n, func(e *env) ([]byte, error) {
		row, err := q.single(e)
		if row == nil || err != nil {
			return nil, err
		}
		return row[0], nil
	})
	return computed(q.cols[0].typ, f), nil
}

// single gives the one row of a query, nil for none.
func (q *query) single(e *env) ([][]byte, error) {
	r, err := q.run(e)
	if err != nil {
		return nil, err
	}
	defer r.close()
	row, err := r.next()
	if row == nil || err != nil {
		return nil, err
	}
	row = append([][]byte(nil), row...)
	more, err := r.next()
	if err != nil {
		return nil, err
	}
	if more != nil {
		return nil, ora.New(1427)
	}
	return row, nil
}

func (c *compiler) exists(n *ast.Exists) (cond, error) {
	q, err := c.nested(n.Query)
	if err != nil {
		return nil, err
	}
	f := cached(q, n, func(e *env) (tri, error) {
		r, err := q.run(e)
		if err != nil {
			return unknown, err
		}
		defer r.close()
		row, err := r.next()
		return truth(row != nil), err
	})
	return f, nil
}

// columnsOf are the columns of a nested query as expressions over its row.
func (q *query) columnsOf() []expr {
	xs := make([]expr, len(q.cols))
	for i, col := range q.cols {
		xs[i] = computed(col.typ, func(e *env) ([]byte, error) { return e.out[i], nil })
		xs[i].null = col.expr.null
		if xs[i].null {
			xs[i].typ = tNull
		}
	}
	return xs
}

// set is the rows of a nested query that depends on nothing, by key.
type set struct {
	has   map[string]bool
	nulls bool // a row with a NULL
	n     int
}

// inSubquery is x IN (query).
func (c *compiler) inSubquery(n *ast.In, xs []expr, sub *ast.Subquery) (cond, error) {
	return c.memberOf(n, xs, sub)
}

func (c *compiler) memberOf(n ast.Node, xs []expr, sub *ast.Subquery) (cond, error) {
	q, err := c.nested(sub.Query)
	if err != nil {
		return nil, err
	}
	if len(q.cols) > len(xs) {
		return nil, c.fail(n, 913)
	}
	if len(q.cols) < len(xs) {
		return nil, c.fail(n, 947)
	}
	ys := q.columnsOf()
	ks := make([]cond, len(xs))
	left, right := make([]expr, len(xs)), make([]expr, len(xs))
	types := make([]typ, len(xs))
	for i := range xs {
		if ks[i], err = c.compareExprs(n, token.EQ, xs[i], ys[i]); err != nil {
			return nil, err
		}
		if left[i], right[i], _, err = c.sameKind(n, xs[i], ys[i]); err != nil {
			return nil, err
		}
		types[i] = pairType(left[i], right[i])
	}
	if q.outer || len(xs) > 1 {
		k := allOf(ks)
		return func(e *env) (tri, error) { return q.some(e, k) }, nil
	}
	load := cached(q, sub, func(e *env) (*set, error) {
		r, err := q.run(e)
		if err != nil {
			return nil, err
		}
		defer r.close()
		s := &set{has: map[string]bool{}}
		inner := &env{row: e.row, outer: e.outer, ex: e.ex}
		for {
			row, err := r.next()
			if err != nil {
				return nil, err
			}
			if row == nil {
				return s, nil
			}
			s.n++
			inner.out = row
			v, err := right[0].eval(inner)
			if err != nil {
				return nil, err
			}
			if v == nil {
				s.nulls = true
				continue
			}
			s.has[string(appendKey(nil, v, types[0]))] = true
		}
	})
	return func(e *env) (tri, error) {
		s, err := load(e)
		if err != nil {
			return unknown, err
		}
		if s.n == 0 {
			return no, nil
		}
		v, err := left[0].eval(e)
		if v == nil || err != nil {
			return unknown, err
		}
		if s.has[string(appendKey(nil, v, types[0]))] {
			return yes, nil
		}
		if s.nulls {
			return unknown, nil
		}
		return no, nil
	}, nil
}

// some is whether any row meets a condition over e.out.
func (q *query) some(e *env, k cond) (tri, error) {
	r, err := q.run(e)
	if err != nil {
		return unknown, err
	}
	defer r.close()
	inner := *e
	result := no
	for {
		row, err := r.next()
		if row == nil || err != nil {
			return result, err
		}
		inner.out = row
		b, err := k(&inner)
		if err != nil {
			return unknown, err
		}
		switch b {
		case yes:
			return yes, nil
		case unknown:
			result = unknown
		}
	}
}

// rowSubquery is (a, b) = (query of one row).
func (c *compiler) rowSubquery(n ast.Node, op token.Kind, xs []expr, sub *ast.Subquery) (cond, error) {
	q, err := c.nested(sub.Query)
	if err != nil {
		return nil, err
	}
	k, err := c.rowsEqual(n, xs, q.columnsOf())
	if err != nil {
		return nil, err
	}
	return func(e *env) (tri, error) {
		row, err := q.single(e)
		if row == nil || err != nil {
			return unknown, err
		}
		inner := *e
		inner.out = row
		b, err := k(&inner)
		if op == token.NE {
			b = b.not()
		}
		return b, err
	}, nil
}

// quantifiedSubquery is x op ANY|ALL (query).
func (c *compiler) quantifiedSubquery(n *ast.Quantified, sub *ast.Subquery) (cond, error) {
	xs, err := c.rowValue(n.X)
	if err != nil {
		return nil, err
	}
	if n.Quant != token.ALL && n.Op.Kind == token.EQ {
		return c.memberOf(n, xs, sub)
	}
	if len(xs) != 1 {
		return nil, c.unsupported(n, "comparison of lists")
	}
	q, err := c.nested(sub.Query)
	if err != nil {
		return nil, err
	}
	if len(q.cols) != 1 {
		return nil, c.fail(n, 913)
	}
	k, err := c.compareExprs(n, n.Op.Kind, xs[0], q.columnsOf()[0])
	if err != nil {
		return nil, err
	}
	if n.Quant != token.ALL {
		return func(e *env) (tri, error) { return q.some(e, k) }, nil
	}
	// ALL holds when no row speaks against it
	against := negate(k)
	return func(e *env) (tri, error) {
		b, err := q.some(e, against)
		return b.not(), err
	}, nil
}
