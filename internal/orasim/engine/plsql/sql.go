package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// sqlState is the implicit cursor SQL.
type sqlState struct {
	ran      bool
	count    int
	bulk     map[string]int // rows by index of the last FORALL
	failures []bulkFailure
}

type bulkFailure struct{ index, code int }

func (s *sqlState) did(n int) { s.ran, s.count, s.bulk = true, n, nil }

// intoOf finds INTO of a query: it stands in the first query block.
func intoOf(q *ast.Select) *ast.Into {
	for b := q.Body; b != nil; {
		switch n := b.(type) {
		case *ast.QueryBlock:
			return n.Into
		case *ast.SetOp:
			b = n.Left
		case *ast.ParenQuery:
			b = n.Query.Body
		default:
			return nil
		}
	}
	return nil
}

func (c *compiler) targets(list []ast.Expr) ([]*value, error) {
	var out []*value
	for _, e := range list {
		v, err := c.target(e)
		if err != nil {
			return nil, err
		}
		c.lobOfRow(v)
		out = append(out, v)
	}
	return out, nil
}

// fewOrMany is ORA-00947 or ORA-00913 for targets that are not as many as there are values.
func (c *compiler) fewOrMany(n ast.Node, targets, values int) func() error {
	return func() error {
		code := 947
		if targets < values {
			code = 913
		}
		e := ora.New(code)
		return &mistake{off: c.offset(n), text: "PL/SQL: " + e.Error(), sql: true}
	}
}

// selectInto is SELECT ... [BULK COLLECT] INTO.
func (c *compiler) selectInto(n *ast.SelectStmt) (stmt, error) {
	into := intoOf(n.Query)
	if into == nil {
		return nil, c.wrong(n, 428, "an INTO clause is expected in this SELECT statement")
	}
	q, err := c.query(n.Query)
	if err != nil {
		return nil, err
	}
	targets, err := c.targets(into.Targets)
	if err != nil {
		return nil, err
	}
	cols := q.Columns()
	if into.Bulk {
		store, err := c.bulkInto(n, cols, targets, c.fewOrMany(n, len(targets), len(cols)))
		if err != nil {
			return nil, err
		}
		return func(fr *Frame) (*jump, error) {
			rows, err := q.Open(fr)
			if err != nil {
				return nil, err
			}
			defer rows.Close()
			k, err := store(fr, rows, -1)
			if err != nil {
				return nil, err
			}
			fr.Run.sql.did(k)
			return nil, nil
		}, nil
	}
	put, err := c.fetchInto(n, cols, targets, c.fewOrMany(n, len(targets), len(cols)))
	if err != nil {
		return nil, err
	}
	return func(fr *Frame) (*jump, error) {
		fr.Run.sql.did(0)
		rows, err := q.Open(fr)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		row, err := rows.Next()
		if err != nil {
			return nil, err
		}
		if row == nil {
			return nil, ora.New(1403)
		}
		var kept [][]byte
		for _, v := range row {
			kept = append(kept, bytesOf(owned(v)))
		}
		if more, err := rows.Next(); err != nil {
			return nil, err
		} else if more != nil {
			fr.Run.sql.did(1)
			return nil, ora.New(1422)
		}
		fr.Run.sql.did(1)
		return nil, put(fr, kept)
	}, nil
}

// bulkInto compiles BULK COLLECT INTO: it reads up to limit rows (-1 all) into collections, which are emptied first.
func (c *compiler) bulkInto(n ast.Node, cols []Column, targets []*value, mismatch func() error) (func(fr *Frame, rows Rows, limit int) (int, error), error) {
	for _, t := range targets {
		if t.typ.Kind != KindCollection {
			return nil, c.wrong(n, 497, "cannot mix between single row and multi-row (BULK) in INTO list")
		}
		if t.typ.assoc() && t.typ.Index.class() != ClassNumber {
			return nil, c.wrong(n, 657, "Implementation restriction: bulk SQL with associative arrays with VARCHAR2 key is not supported.")
		}
	}
	var convs []func(*Frame, [][]byte) (any, error)
	if len(targets) == 1 && targets[0].typ.Elem.Kind == KindRecord && targets[0].typ.Elem.SQL == nil {
		f, err := c.rowInto(n, cols, targets[0].typ.Elem, mismatch)
		if err != nil {
			return nil, err
		}
		convs = append(convs, f)
	} else {
		if len(targets) != len(cols) {
			return nil, mismatch()
		}
		for i, t := range targets {
			f, err := c.columnInto(n, cols[i].Type, t.typ.Elem)
			if err != nil {
				return nil, err
			}
			convs = append(convs, func(fr *Frame, row [][]byte) (any, error) { return f(fr, owned(row[i])) })
		}
	}
	return func(fr *Frame, rows Rows, limit int) (int, error) {
		lists := make([]*Collection, len(targets))
		for i, t := range targets {
			lists[i] = t.typ.empty().(*Collection)
			lists[i].Null = false
		}
		count := 0
		for limit < 0 || count < limit {
			row, err := rows.Next()
			if err != nil {
				return 0, err
			}
			if row == nil {
				break
			}
			for i, f := range convs {
				v, err := f(fr, row)
				if err != nil {
					return 0, err
				}
				if err := lists[i].appendAll([]any{v}); err != nil {
					return 0, err
				}
			}
			count++
		}
		for i, t := range targets {
			if err := t.set(fr, lists[i]); err != nil {
				return 0, err
			}
		}
		return count, nil
	}, nil
}

func (c *compiler) query(q *ast.Select) (Query, error) {
	x, err := c.host.Query(c.f, q, c.view(true))
	if err != nil {
		return nil, c.fromHost(q, err, true)
	}
	return x, nil
}
