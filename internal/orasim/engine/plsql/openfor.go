package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

func scalarColumns(types []*Type) []Column {
	var cols []Column
	for _, t := range types {
		cols = append(cols, Column{Type: t.Scalar})
	}
	return cols
}

// dynamicQuery is EXECUTE IMMEDIATE of a query: without INTO it is not even run.
func (c *compiler) dynamicQuery(n *ast.ExecImmediate, fr *Frame, d Dynamic, vals []*Bound, into []*value, mismatch func() error) error {
	if len(into) == 0 {
		return nil
	}
	cols, err := d.Columns(vals)
	if err != nil {
		return err
	}
	rows, err := d.Open(fr.Run, vals)
	if err != nil {
		return err
	}
	defer rows.Close()
	if n.Bulk {
		store, err := c.bulkInto(n, cols, into, mismatch)
		if err != nil {
			return runtime(err)
		}
		k, err := store(fr, rows, -1)
		if err == nil {
			fr.Run.sql.did(k)
		}
		return err
	}
	put, err := c.fetchInto(n, cols, into, mismatch)
	if err != nil {
		return runtime(err)
	}
	row, err := rows.Next()
	if err != nil {
		return err
	}
	if row == nil {
		return ora.New(1403)
	}
	kept := make([][]byte, len(row))
	for i, v := range row {
		kept[i] = bytesOf(owned(v))
	}
	more, err := rows.Next()
	if err != nil {
		return err
	}
	fr.Run.sql.did(1)
	if more != nil {
		return ora.New(1422)
	}
	return put(fr, kept)
}

// runtime makes a mistake that only the run could see an error of the run.
func runtime(err error) error {
	if _, ok := err.(*mistake); ok {
		return ora.New(932, "-", "-")
	}
	return err
}

// openFor is OPEN cursor FOR query | text USING.
func (c *compiler) openFor(n *ast.OpenFor) (stmt, error) {
	t, err := c.target(n.Cursor)
	if err != nil {
		return nil, err
	}
	if t.typ.Kind != KindCursor {
		return nil, c.wrong(n.Cursor, 456, "item '%s' is not a cursor", t.shown)
	}
	set := func(fr *Frame, cols []Column, rows Rows) error {
		// who shares the cursor sees the new result
		old, err := t.eval(fr)
		if err != nil {
			rows.Close()
			return err
		}
		x, _ := old.(*Cursor)
		if x == nil {
			x = &Cursor{}
		} else {
			x.Close()
		}
		*x = Cursor{Columns: cols, Rows: rows, row: t.typ.Row}
		return t.set(fr, x)
	}
	if n.Query != nil {
		q, err := c.query(n.Query)
		if err != nil {
			return nil, err
		}
		if row := t.typ.Row; row != nil && !row.takes(c.rowType("", q.Columns())) {
			return nil, c.wrong(n, 382, "expression is of wrong type")
		}
		return func(fr *Frame) (*jump, error) {
			rows, err := q.Open(fr)
			if err != nil {
				return nil, err
			}
			return nil, set(fr, q.Columns(), rows)
		}, nil
	}
	if t.typ.Row != nil {
		return nil, c.wrong(n, 455, "cursor '%s' cannot be used in dynamic SQL OPEN statement", t.shown)
	}
	_, start, err := c.dynamic(n.Text, n.Using)
	if err != nil {
		return nil, err
	}
	return func(fr *Frame) (*jump, error) {
		d, vals, err := start(fr)
		if err != nil {
			return nil, err
		}
		switch {
		case !d.IsQuery():
			return nil, ora.New(6539)
		case d.Binds() > len(vals):
			return nil, ora.New(1008)
		case d.Binds() < len(vals):
			return nil, ora.New(1006)
		}
		cols, err := d.Columns(vals)
		if err != nil {
			return nil, err
		}
		rows, err := d.Open(fr.Run, vals)
		if err != nil {
			return nil, err
		}
		return nil, set(fr, cols, rows)
	}, nil
}
