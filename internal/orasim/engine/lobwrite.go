package engine

import (
	"context"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// lobHome is the row that a LOB lies in, where its locator may be written through: one of SELECT ... FOR UPDATE or of RETURNING. What is
// written goes to the row before the next statement of the session, and at the commit.
type lobHome struct {
	t   *table
	ref store.Ref
	col int // place of the column
	tx  *store.Tx
}

// writable reports whether a LOB may be written to: a temporary one always, one of a row while its transaction lasts
// (SecureFiles and Large Objects Guide, "LOB Locators and Transaction Boundaries").
func (s *Session) writable(l *lob) error {
	switch {
	case l.temporary:
		return nil
	case l.home == nil:
		return ora.New(22920)
	case l.home.tx != s.tx:
		return ora.New(22990)
	}
	return nil
}

// written notes that a LOB of a row has changed.
func (s *Session) written(l *lob) {
	if l.home != nil && !l.dirty {
		l.dirty = true
		s.dirty = append(s.dirty, l)
	}
}

// flushLOBs brings what was written through locators into the rows.
func (s *Session) flushLOBs(ctx context.Context) error {
	list := s.dirty
	s.dirty = nil
	for _, l := range list {
		l.dirty = false
		if l.home.tx != s.tx || s.tx == nil {
			continue // the transaction was rolled back
		}
		t := s.db.current(l.home.t)
		cur := l.home.ref.Current(s.tx)
		if t == nil || cur.Row == nil {
			continue // the row is gone, and the value with it
		}
		c := &compiler{s: s, schema: t.owner, f: &ast.File{}, ddl: true, silent: true}
		w, err := c.writer(nil2{}, t)
		if err != nil {
			return err
		}
		old := make([][]byte, firstSlot+len(t.cols))
		t.complete(old[firstSlot:], store.Decode(cur.Row, old[firstSlot:]))
		row := append([][]byte{}, old...)
		row[firstSlot+l.home.col] = append([]byte{}, l.bytes()...)
		ex := s.execution(ctx)
		p := &pending{}
		if _, err := w.update(ex, s.tx, l.home.ref, old, row, p); err != nil {
			return err
		}
		if err := s.verify(ex, s.tx, p, false); err != nil {
			return err
		}
	}
	return nil
}

// lobColumns says for each column of a query FOR UPDATE which of its locked rows a LOB lies in, -1 for none.
func (q *query) lobColumns() []int {
	if q.lock == nil {
		return nil
	}
	at := make([]int, len(q.cols))
	for i, col := range q.cols {
		at[i] = -1
		if !col.typ.kind.lob() || col.expr.col == nil || col.expr.col.col == nil || col.slot < 0 {
			continue
		}
		for _, x := range q.block.scope.srcs {
			for k, rowid := range q.lock.rowids {
				if x.rowid != rowid {
					continue
				}
				for j := range x.cols {
					if x.cols[j].slot == col.slot {
						at[i] = k
					}
				}
			}
		}
	}
	return at
}
