package engine

import (
	"encoding/binary"

	"landfall/internal/orasim/ora"
)

// node is a part of a plan that fills places of the row of its block.
type node interface {
	open(e *env) (cursor, error)
}

// cursor walks over the rows of a node: next fills the places of e.row that belong to it.
type cursor interface {
	next() (bool, error)
	close()
}

// rows is an open query: next gives nil at the end. The slice is valid until the next call, what it points at for good.
type rows interface {
	next() ([][]byte, error)
	close()
}

// outCol is a column of a query's result.
type outCol struct {
	name string
	typ  typ
	// base is the column of a table that it is, for LOB locators and updatable views.
	slot int
	null bool
	expr expr
}

// query is a compiled query.
type query struct {
	cols  []outCol
	open  func(outer *env) (rows, error)
	outer bool // refers to blocks around it
	block *block
	lock  *rowLock // FOR UPDATE
}

// filterNode passes on rows that meet conditions.
type filterNode struct {
	in    node
	conds []cond
}

type filterCursor struct {
	cursor
	e     *env
	conds []cond
}

func (n *filterNode) open(e *env) (cursor, error) {
	in, err := n.in.open(e)
	if err != nil {
		return nil, err
	}
	return &filterCursor{in, e, n.conds}, nil
}

func (c *filterCursor) next() (bool, error) {
	for {
		ok, err := c.cursor.next()
		if !ok || err != nil {
			return false, err
		}
		pass, err := meets(c.e, c.conds)
		if err != nil {
			return false, err
		}
		if pass {
			return true, nil
		}
	}
}

func meets(e *env, conds []cond) (bool, error) {
	for _, k := range conds {
		b, err := k(e)
		if err != nil {
			return false, err
		}
		if b != yes {
			return false, nil
		}
	}
	return true, nil
}

// filtered puts conditions on a node, nil for none.
func filtered(n node, conds []cond) node {
	if len(conds) == 0 {
		return n
	}
	return &filterNode{n, conds}
}

// once is a single row without columns: SELECT without FROM.
type onceNode struct{}

type onceCursor struct{ done bool }

func (onceNode) open(*env) (cursor, error) { return &onceCursor{}, nil }

func (c *onceCursor) next() (bool, error) {
	if c.done {
		return false, nil
	}
	c.done = true
	return true, nil
}

func (c *onceCursor) close() {}

// queryNode is a query in FROM: its columns go to places from base on.
type queryNode struct {
	q       *query
	base    int
	lateral bool
	asOf    func(*env) (uint64, error) // of a view
}

type queryCursor struct {
	e    *env
	r    rows
	base int
}

func (n *queryNode) open(e *env) (cursor, error) {
	outer := e.outer
	if n.lateral {
		outer = e
	}
	if outer == nil {
		outer = &env{ex: e.ex}
	}
	if n.asOf != nil {
		if e.ex.of != nil {
			return nil, ora.Unsupported("a flashback clause within one")
		}
		scn, err := n.asOf(e)
		if err == nil {
			err = e.ex.s.db.flashback(scn)
		}
		if err != nil {
			return nil, err
		}
		outer = &env{ex: e.ex.past(scn)}
	}
	r, err := n.q.open(outer)
	if err != nil {
		return nil, err
	}
	return &queryCursor{e, r, n.base}, nil
}

func (c *queryCursor) next() (bool, error) {
	row, err := c.r.next()
	if row == nil || err != nil {
		return false, err
	}
	copy(c.e.row[c.base:], row)
	return true, nil
}

func (c *queryCursor) close() { c.r.close() }

// sliceRows are rows that are there already.
type sliceRows struct {
	rows [][][]byte
	i    int
}

func (r *sliceRows) next() ([][]byte, error) {
	if r.i == len(r.rows) {
		return nil, nil
	}
	r.i++
	return r.rows[r.i-1], nil
}

func (r *sliceRows) close() {}

// appendKey adds a value to a key of a hash table: values that compare equal have equal keys.
func appendKey(b, v []byte, t typ) []byte {
	if v == nil {
		return append(b, 0)
	}
	switch t.kind {
	case kChar:
		for len(v) > 0 && v[len(v)-1] == ' ' {
			v = v[:len(v)-1]
		}
	case kZoned:
		v = v[:min(11, len(v))]
	}
	b = append(b, 1)
	b = binary.BigEndian.AppendUint32(b, uint32(len(v)))
	return append(b, v...)
}
