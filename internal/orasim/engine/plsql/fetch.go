package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

func (c *compiler) open(n *ast.Open) (stmt, error) {
	r, err := c.cursorOf(n.Cursor)
	if err != nil {
		return nil, err
	}
	if r.decl == nil {
		return nil, c.wrong(n, 455, "cursor '%s' cannot be used in dynamic SQL OPEN statement", r.v.shown)
	}
	f, err := c.opening(n, r)
	if err != nil {
		return nil, err
	}
	return func(fr *Frame) (*jump, error) { return nil, f(fr) }, nil
}

func (c *compiler) closeCursor(n *ast.Close) (stmt, error) {
	r, err := c.cursorOf(n.Cursor)
	if err != nil {
		return nil, err
	}
	return func(fr *Frame) (*jump, error) {
		x, err := r.cursor(fr)
		if err != nil {
			return nil, err
		}
		if x.Rows == nil {
			return nil, ora.New(1001)
		}
		x.Close()
		return nil, nil
	}, nil
}

// fetch is FETCH cursor [BULK COLLECT] INTO targets [LIMIT n].
func (c *compiler) fetch(n *ast.Fetch) (stmt, error) {
	r, err := c.cursorOf(n.Cursor)
	if err != nil {
		return nil, err
	}
	targets, err := c.targets(n.Into)
	if err != nil {
		return nil, err
	}
	mismatch := func() error {
		return c.wrong(n, 394, "wrong number of values in the INTO list of a FETCH statement")
	}
	limit := func(*Frame) (int, bool, error) { return -1, true, nil }
	if n.Limit != nil {
		if limit, err = c.integer(n.Limit); err != nil {
			return nil, err
		}
	}
	// what the columns of a cursor variable are, only the run tells
	type puts struct {
		one func(*Frame, [][]byte) error
		all func(*Frame, Rows, int) (int, error)
	}
	make := func(cols []Column) (p puts, err error) {
		if n.Bulk {
			p.all, err = c.bulkInto(n, cols, targets, mismatch)
		} else {
			p.one, err = c.fetchInto(n, cols, targets, mismatch)
		}
		return p, err
	}
	var fixed *puts
	if r.decl != nil {
		p, err := make(r.decl.query.Columns())
		if err != nil {
			return nil, err
		}
		fixed = &p
	}
	return func(fr *Frame) (*jump, error) {
		x, err := r.cursor(fr)
		if err != nil {
			return nil, err
		}
		if x.Rows == nil {
			return nil, ora.New(1001)
		}
		p := fixed
		if p == nil {
			q, err := make(x.Columns)
			if err != nil {
				return nil, ora.New(6504)
			}
			p = &q
		}
		if n.Bulk {
			most, ok, err := limit(fr)
			if err != nil {
				return nil, err
			}
			if n.Limit != nil && (!ok || most <= 0) {
				return nil, valueError()
			}
			k, err := p.all(fr, counted{x}, most)
			if err != nil {
				return nil, err
			}
			if x.found = Boolean(k > 0); most > 0 {
				x.found = Boolean(k == most)
			} else {
				x.found = Boolean(false)
			}
			return nil, nil
		}
		row, err := x.next()
		if row == nil || err != nil {
			return nil, err
		}
		return nil, p.one(fr, row)
	}, nil
}

// counted fetches through a cursor, so that %ROWCOUNT follows.
type counted struct{ x *Cursor }

// Next implements Rows.
func (r counted) Next() ([][]byte, error) { return r.x.next() }

// RowID implements Rows.
func (r counted) RowID() []byte { return r.x.rowid }

// Close implements Rows.
func (r counted) Close() {}
