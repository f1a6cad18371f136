package engine

import (
	"bytes"

	"landfall/internal/oracle/syntax/ast"
)

// currentRow adds WHERE CURRENT OF to the conditions of a change.
func (c *compiler) currentRow(b *block, cursor ast.Expr, rowid int) error {
	x, err := c.names.CurrentOf(cursor)
	if err != nil {
		return err
	}
	y := c.given(x)
	b.last = append(b.last, func(e *env) (tri, error) {
		v, err := y.eval(e)
		if v == nil || err != nil {
			return unknown, err
		}
		return truth(bytes.Equal(v, e.row[rowid])), nil
	})
	b.stops = append(b.stops, false)
	return nil
}

// recordValues is VALUES rec: a field for each column.
func (c *compiler) recordValues(n ast.Node, t *table, cols []*column, rec ast.Expr) ([]expr, error) {
	fields, ok, err := c.names.Row(rec)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, c.unsupported(rec, "VALUES of what is no record")
	}
	if len(fields) > len(cols) {
		return nil, c.fail(n, 913)
	}
	if len(fields) < len(cols) {
		return nil, c.fail(n, 947)
	}
	var xs []expr
	for i, f := range fields {
		if err := writable(c, rec, cols[i], true); err != nil {
			return nil, err
		}
		x, err := c.assign(rec, t, cols[i], c.given(f))
		if err != nil {
			return nil, err
		}
		xs = append(xs, x)
	}
	return xs, nil
}

// setRow is SET ROW = rec: every column.
func (c *compiler) setRow(a *ast.Assign, t *table) ([]*assignment, error) {
	if c.names == nil {
		return nil, c.unsupported(a, "SET ROW")
	}
	fields, ok, err := c.names.Row(a.X)
	if err != nil {
		return nil, err
	}
	cols := t.visible()
	if !ok || len(fields) != len(cols) {
		return nil, c.unsupported(a, "SET ROW of what is no record of the table's columns")
	}
	var list []*assignment
	for i, f := range fields {
		if err := writable(c, a, cols[i], false); err != nil {
			return nil, err
		}
		x, err := c.assign(a, t, cols[i], c.given(f))
		if err != nil {
			return nil, err
		}
		list = append(list, &assignment{cols: []*column{cols[i]}, xs: []expr{x}})
	}
	return list, nil
}
