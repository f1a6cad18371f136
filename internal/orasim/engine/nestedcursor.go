package engine

import (
	"encoding/binary"
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
)

// CURSOR (query) in the select list of the outermost query, or of another CURSOR expression (SQL Language Reference 19c, "CURSOR
// Expressions"): each row has a cursor of its own, which is open when the row is fetched. Everywhere else it is ORA-22902, whose cause in
// the Error Messages manual says so; how DISTINCT, groups, set operators, ORDER BY and FOR UPDATE take one, no manual says: ORA-03001.

// nestedCursor is a CURSOR expression in the select list of a query block.
func (c *compiler) nestedCursor(n *ast.CursorExpr, in *ast.QueryBlock) (expr, error) {
	switch {
	case c.outermost == nil || !branchOf(c.outermost, in):
		return expr{}, c.fail(n, 22902)
	case c.outermost != ast.QueryExpr(in), in.Distinct != 0, c.scope.group != nil, in.Hier != nil:
		return expr{}, c.unsupported(n, "a CURSOR expression in such a query")
	}
	was := c.outermost
	c.outermost = n.Query.Body
	q, err := c.nested(n.Query)
	c.outermost = was
	if err != nil {
		return expr{}, err
	}
	if n.Query.Lock != nil {
		return expr{}, c.unsupported(n, "FOR UPDATE in a CURSOR expression")
	}
	return computed(typ{kind: kCursor}, func(e *env) ([]byte, error) { return e.ex.s.openNested(q, e), nil }), nil
}

// branchOf tells whether a query block is a body, or one of the blocks that its set operators and parentheses hold together.
func branchOf(body ast.QueryExpr, in *ast.QueryBlock) bool {
	switch n := body.(type) {
	case *ast.QueryBlock:
		return n == in
	case *ast.SetOp:
		return branchOf(n.Left, in) || branchOf(n.Right, in)
	case *ast.ParenQuery:
		return branchOf(n.Query.Body, in)
	}
	return false
}

// openNested makes the cursor of a row, and gives its handle. It reads as of the SCN of the query around, with the row as it is now; the
// query runs when the first row of it is fetched.
func (s *Session) openNested(q *query, e *env) []byte {
	ex := *e.ex
	ex.nested = nil
	outer := e.kept(&ex)
	x := &plsql.Cursor{Columns: plColumns(q.cols), Rows: &plRows{s: s, q: q, ex: &ex, of: e.ex, r: &laterRows{q: q, outer: outer}}}
	handle := s.cursorHandle(x)
	if e.ex.nested == nil {
		e.ex.nested = map[*plsql.Cursor]uint64{}
	}
	e.ex.nested[x] = binary.BigEndian.Uint64(handle)
	return handle
}

// closeNested closes the nested cursors of an execution that the client has not taken; those it closes itself.
func (s *Session) closeNested(ex *execution) {
	for x, id := range ex.nested {
		delete(s.cursors, id)
		x.Close()
	}
	ex.nested = nil
}

// Nested implements plsql.Host.
func (h plHost) Nested(v []byte) (*plsql.Cursor, error) {
	if len(v) == 8 {
		if x := h.s.cursors[binary.BigEndian.Uint64(v)]; x != nil {
			return x, nil
		}
	}
	return nil, ora.New(1001)
}

// kept is a copy of an env whose rows stay what they are while the query goes on.
func (e *env) kept(ex *execution) *env {
	if e == nil {
		return nil
	}
	k := *e
	k.row, k.win, k.out, k.ex, k.outer = slices.Clone(e.row), slices.Clone(e.win), slices.Clone(e.out), ex, e.outer.kept(ex)
	return &k
}

// laterRows opens a query when its first row is asked for.
type laterRows struct {
	q     *query
	outer *env
	r     rows
}

func (l *laterRows) next() ([][]byte, error) {
	if l.r == nil {
		r, err := l.q.run(l.outer)
		if err != nil {
			return nil, err
		}
		l.r = r
	}
	return l.r.next()
}

func (l *laterRows) close() {
	if l.r != nil {
		l.r.close()
	}
}
