package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// returningOf finds the INTO of RETURNING.
func returningOf(n ast.Stmt) *ast.Into {
	var r *ast.Returning
	switch x := n.(type) {
	case *ast.Insert:
		r = x.Returning
	case *ast.Update:
		r = x.Returning
	case *ast.Delete:
		r = x.Returning
	case *ast.Merge:
		r = x.Returning
	}
	if r == nil {
		return nil
	}
	return r.Into
}

// dml is INSERT, UPDATE, DELETE, MERGE.
func (c *compiler) dml(n ast.Stmt) (stmt, error) {
	run, err := c.change(n, false)
	if err != nil {
		return nil, err
	}
	return func(fr *Frame) (*jump, error) {
		fr.Run.sql.did(0)
		k, err := run(fr, nil)
		if err == nil {
			fr.Run.sql.did(k)
		}
		return nil, err
	}, nil
}

// gathered are the rows of RETURNING BULK COLLECT of all iterations of a FORALL.
type gathered struct{ rows [][][]byte }

// Next implements Rows.
func (g *gathered) Next() ([][]byte, error) {
	if len(g.rows) == 0 {
		return nil, nil
	}
	r := g.rows[0]
	g.rows = g.rows[1:]
	return r, nil
}

// RowID implements Rows.
func (g *gathered) RowID() []byte { return nil }

// Close implements Rows.
func (g *gathered) Close() {}

// change compiles DML with its RETURNING. In FORALL what comes back is gathered, and stored by store at the end.
func (c *compiler) change(n ast.Stmt, forall bool) (func(fr *Frame, all *gathered) (int, error), error) {
	k, err := c.host.Change(c.f, n, c.view(true))
	if err != nil {
		return nil, c.fromHost(n, err, true)
	}
	into := returningOf(n)
	if into == nil {
		return func(fr *Frame, _ *gathered) (int, error) {
			count, _, err := k.Run(fr)
			return count, err
		}, nil
	}
	targets, err := c.targets(into.Targets)
	if err != nil {
		return nil, err
	}
	cols := k.Returning()
	mismatch := c.fewOrMany(n, len(targets), len(cols))
	if into.Bulk {
		store, err := c.bulkInto(n, cols, targets, mismatch)
		if err != nil {
			return nil, err
		}
		return func(fr *Frame, all *gathered) (int, error) {
			if all != nil && all.rows == nil && forall {
				all.rows = [][][]byte{}
			}
			count, rows, err := k.Run(fr)
			if err != nil {
				return 0, err
			}
			if all == nil {
				all = &gathered{}
			}
			all.rows = append(all.rows, rows...)
			_, err = store(fr, &gathered{rows: all.rows}, -1)
			return count, err
		}, nil
	}
	if forall {
		return nil, c.unsupported(n, "RETURNING without BULK COLLECT in FORALL")
	}
	put, err := c.fetchInto(n, cols, targets, mismatch)
	if err != nil {
		return nil, err
	}
	return func(fr *Frame, _ *gathered) (int, error) {
		var count int
		var rows [][][]byte
		err := c.host.Atomically(func() error {
			var err error
			if count, rows, err = k.Run(fr); err == nil && len(rows) > 1 {
				err = ora.New(1422)
			}
			return err
		})
		switch {
		case err != nil:
			return 0, err
		case len(rows) == 1:
			return count, put(fr, rows[0])
		}
		return count, nil // nothing is assigned where no row was touched
	}, nil
}
