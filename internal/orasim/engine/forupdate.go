package engine

import (
	"slices"
	"time"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// rowLock is FOR UPDATE: which places of the row are locked, and how long to wait.
type rowLock struct {
	rowids []int
	tables []*table
	wait   store.Wait
}

// forUpdate compiles FOR UPDATE of a plain query block.
func (c *compiler) forUpdate(sel *ast.Select, q *query) error {
	n := sel.Lock
	b := q.block
	if b == nil || b.group != nil || b.distinct || b.limit != nil || b.hier != nil || len(b.wins.calls) > 0 {
		if b != nil && (b.group != nil || b.distinct || b.limit != nil) {
			return c.fail(n, 2014)
		}
		return c.unsupported(n, "FOR UPDATE of such a query")
	}
	if slices.ContainsFunc(q.cols, func(col outCol) bool { return col.typ.kind == kCursor }) {
		return c.unsupported(n, "FOR UPDATE of a query with CURSOR expressions")
	}
	l := &rowLock{wait: store.WaitForever}
	switch n.Mode {
	case token.NOWAIT:
		l.wait = store.Wait{}
	case token.SKIP:
		l.wait = store.Wait{Skip: true}
	case token.WAIT:
		x, err := c.expr(n.Wait)
		if err != nil {
			return err
		}
		f, err := c.integer(n, x)
		if err != nil {
			return err
		}
		k, _, err := f(c.still())
		if err != nil || !x.constant {
			return c.unsupported(n, "FOR UPDATE WAIT")
		}
		l.wait = store.Wait{Limit: time.Duration(k) * time.Second}
	}
	want := map[*src]bool{}
	for _, name := range n.Of {
		hit, err := b.scope.find(c.f.Parts(name))
		if err != nil {
			return err
		}
		if hit == nil {
			return c.invalid(name, c.f.Parts(name))
		}
		want[hit.src] = true
	}
	for _, x := range b.scope.srcs {
		if len(n.Of) > 0 && !want[x] {
			continue
		}
		if x.table == nil || x.rowid < 0 {
			return c.unsupported(n, "FOR UPDATE of a view")
		}
		x.wantRowID = true
		l.rowids = append(l.rowids, x.rowid)
		l.tables = append(l.tables, x.table)
	}
	q.lock = l
	return nil
}

// lockRows runs a query, locks its rows, and begins again with a newer snapshot where one has changed meanwhile.
func (s *Session) lockRows(ex *execution, q *query) (rows, error) {
	if s.readOnly {
		return nil, ora.New(1456)
	}
	tx := s.transaction()
	for _, t := range q.lock.tables {
		if err := tx.LockTable(ex.ctx, t.lock, store.RowExclusive, store.WaitForever); err != nil {
			return nil, err
		}
	}
	mark := tx.Mark()
	for {
		ex.snapshot()
		clear(ex.memo)
		clear(ex.ctes)
		out, err := s.lockOnce(ex, tx, q)
		if err == nil {
			return &sliceRows{rows: out}, nil
		}
		tx.RollbackTo(mark)
		if err != error(errRestart) {
			return nil, err
		}
		if s.serial2 != 0 {
			return nil, ora.New(8177)
		}
	}
}

func (s *Session) lockOnce(ex *execution, tx *store.Tx, q *query) ([][][]byte, error) {
	b := *q.block
	n := len(b.items)
	// the places of the rows come along behind the columns
	b.items = slices.Clone(b.items)
	for _, slot := range q.lock.rowids {
		b.items = append(b.items, slotExpr(tRowID, 0, slot))
	}
	r, err := b.open(&env{ex: ex})
	if err != nil {
		return nil, err
	}
	defer r.close()
	var out [][][]byte
	for {
		row, err := r.next()
		if err != nil {
			return nil, err
		}
		if row == nil {
			return out, nil
		}
		skip := false
		for i := range q.lock.rowids {
			id := row[n+i]
			if id == nil {
				continue // the missing side of an outer join
			}
			ref, err := ex.hold(tx, id, q.lock.wait)
			if err != nil {
				return nil, err
			}
			skip = skip || !ref.Valid()
		}
		if !skip {
			out = append(out, slices.Clone(row)) // with the places: LOBs are written to them
		}
	}
}
