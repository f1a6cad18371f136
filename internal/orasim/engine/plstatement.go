package engine

import (
	"context"
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

const eq = token.EQ

// errColumnsChanged is what a statement ends in whose columns DDL has changed since its block was compiled: Oracle would compile the
// block again.
var errColumnsChanged = ora.Unsupported("a statement of a block that is running, whose columns have changed")

// plCompiled is a statement of a block, compiled. It is compiled anew when the catalog has changed.
type plCompiled struct {
	h       plHost
	f       *ast.File
	names   plsql.Names
	taken   []plsql.Expr // what it takes of its block
	version uint64
	cols    []plsql.Column // which the block was compiled for
}

// compile does it, and keeps what came of it when that is no error.
func (p *plCompiled) compile(do func(c *compiler) error) error {
	version := p.h.s.db.version.Load()
	var taken []plsql.Expr
	c := p.h.compilerFor(p.f, p.names)
	c.taken = &taken
	if err := do(c); err != nil {
		return err
	}
	p.taken, p.version = taken, version
	return nil
}

// binds compiles anew where that is due, and evaluates what the statement takes of its block.
func (p *plCompiled) binds(fr *plsql.Frame, compile func() error, cols func() []plsql.Column) ([][]byte, error) {
	if p.version != p.h.s.db.version.Load() {
		if err := compile(); err != nil {
			return nil, err
		}
		if !slices.Equal(p.cols, cols()) {
			return nil, errColumnsChanged
		}
	}
	return bindTaken(fr, p.taken)
}

// plQuery is a query in a block.
type plQuery struct {
	plCompiled
	sel *ast.Select
	q   *query
}

// Query implements plsql.Host.
func (h plHost) Query(f *ast.File, sel *ast.Select, names plsql.Names) (plsql.Query, error) {
	q := &plQuery{plCompiled: plCompiled{h: h, f: f, names: names}, sel: sel}
	err := q.compile()
	if err == nil {
		q.cols = q.Columns()
	}
	return q, err
}

func (q *plQuery) compile() error {
	return q.plCompiled.compile(func(c *compiler) error {
		c.outermost = q.sel.Body
		x, err := c.query(q.sel)
		if err == nil && q.sel.Lock != nil {
			err = c.forUpdate(q.sel, x)
		}
		if err == nil {
			q.q = x
		}
		return err
	})
}

// Columns implements plsql.Query.
func (q *plQuery) Columns() []plsql.Column { return plColumns(q.q.cols) }

// bind evaluates what a statement takes of its block.
func bindTaken(fr *plsql.Frame, taken []plsql.Expr) ([][]byte, error) {
	vals := make([][]byte, len(taken))
	for i, x := range taken {
		v, err := x.Eval(fr)
		if err != nil {
			return nil, err
		}
		vals[i] = v
	}
	return vals, nil
}

// Open implements plsql.Query.
func (q *plQuery) Open(fr *plsql.Frame) (plsql.Rows, error) {
	vals, err := q.binds(fr, q.compile, q.Columns)
	if err != nil {
		return nil, err
	}
	return q.h.s.plOpen(fr.Run.Ctx, q.q, vals)
}

// plRows are the rows of a query for a block, or for the client that a cursor goes to.
type plRows struct {
	s     *Session
	q     *query
	ex    *execution
	r     rows
	tx    *store.Tx // of a query FOR UPDATE: it cannot be fetched from when that has ended
	last  [][]byte
	ended bool
	of    *execution // that of the query around, of a CURSOR expression
}

// plOpen runs a query.
func (s *Session) plOpen(ctx context.Context, q *query, binds [][]byte) (*plRows, error) {
	if len(s.dirty) > 0 {
		if err := s.flushLOBs(ctx); err != nil {
			return nil, err
		}
	}
	ex := s.execution(ctx)
	ex.binds = binds
	p := &plRows{s: s, q: q, ex: ex}
	var err error
	if q.lock != nil {
		p.r, err = s.lockRows(ex, q)
		p.tx = s.tx
	} else {
		p.r, err = q.open(&env{ex: ex})
	}
	return p, err
}

// Next implements plsql.Rows.
func (p *plRows) Next() ([][]byte, error) {
	if p.ended {
		return nil, nil
	}
	if p.tx != nil && p.tx != p.s.tx {
		return nil, ora.New(1002)
	}
	row, err := p.r.next()
	if row == nil || err != nil {
		p.last = nil
		p.end()
		return nil, err
	}
	p.last = row
	return row[:len(p.q.cols)], nil
}

// RowID implements plsql.Rows.
func (p *plRows) RowID() []byte {
	if p.q.lock == nil || len(p.last) <= len(p.q.cols) {
		return nil
	}
	return slices.Clone(p.last[len(p.q.cols)])
}

// Close implements plsql.Rows. The nested cursors of its rows are closed with it.
func (p *plRows) Close() {
	p.end()
	p.s.closeNested(p.ex)
}

func (p *plRows) end() {
	if !p.ended {
		p.ended = true
		p.r.close()
	}
}

// plChange is DML in a block; its columns are those of RETURNING.
type plChange struct {
	plCompiled
	stmt ast.Stmt
	ch   *change
}

// Change implements plsql.Host.
func (h plHost) Change(f *ast.File, stmt ast.Stmt, names plsql.Names) (plsql.Change, error) {
	x := &plChange{plCompiled: plCompiled{h: h, f: f, names: names}, stmt: stmt}
	err := x.compile()
	if err == nil {
		x.cols = x.Returning()
	}
	return x, err
}

func (x *plChange) compile() error {
	return x.plCompiled.compile(func(c *compiler) error {
		ch, err := c.change(x.stmt)
		if err == nil {
			x.ch = ch
		}
		return err
	})
}

// change compiles DML.
func (c *compiler) change(stmt ast.Stmt) (*change, error) {
	switch n := stmt.(type) {
	case *ast.Insert:
		return c.insert(n)
	case *ast.Update:
		return c.update(n)
	case *ast.Delete:
		return c.delete(n)
	case *ast.Merge:
		return c.merge(n)
	case *ast.MultiInsert:
		return c.multiInsert(n)
	}
	return nil, c.unsupported(stmt, "statement")
}

// Returning implements plsql.Change.
func (x *plChange) Returning() []plsql.Column {
	if x.ch.returning == nil {
		return nil
	}
	out := []plsql.Column{}
	for _, it := range x.ch.returning.items {
		out = append(out, plsql.Column{Type: it.typ})
	}
	return out
}

// Run implements plsql.Change.
func (x *plChange) Run(fr *plsql.Frame) (int, [][][]byte, error) {
	vals, err := x.binds(fr, x.compile, x.Returning)
	if err != nil {
		return 0, nil, err
	}
	return x.h.s.plRun(fr.Run.Ctx, x.ch, vals)
}

// plRun runs DML once: it is done wholly or not at all.
func (s *Session) plRun(ctx context.Context, ch *change, vals [][]byte) (int, [][][]byte, error) {
	if s.readOnly {
		return 0, nil, ora.New(1456)
	}
	if len(s.dirty) > 0 {
		if err := s.flushLOBs(ctx); err != nil {
			return 0, nil, err
		}
	}
	n, out, err := s.once(ctx, ch, vals)
	if err != nil {
		return 0, nil, err
	}
	return n, out.rows, nil
}
