package engine

import (
	"slices"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// found rows of UPDATE and DELETE: the block's rows, with the place of the target.
type matched struct {
	c     *compiler
	b     *block
	base  int
	width int
	rowid int
}

// matching compiles target and WHERE.
func (c *compiler) matching(t *table, alias string, n *ast.TableName, where, currentOf ast.Expr) (*matched, error) {
	s := &scope{width: firstSlot}
	c.scope = s
	it, err := c.rowSource(t, alias, n)
	if err != nil {
		return nil, err
	}
	b := &block{scope: s}
	if err := c.where(b, &ast.QueryBlock{Where: where}, []*item{it}); err != nil {
		return nil, err
	}
	if currentOf != nil {
		if err := c.currentRow(b, currentOf, s.srcs[0].rowid); err != nil {
			return nil, err
		}
	}
	return &matched{c: c, b: b, base: it.lo, width: len(t.cols), rowid: s.srcs[0].rowid}, nil
}

// each locks every row that matches and hands it over.
func (m *matched) each(ex *execution, tx *store.Tx, f func(e *env, ref store.Ref, old [][]byte) error) error {
	e := &env{row: make([][]byte, m.b.scope.width), ex: ex}
	in, err := m.b.node.open(e)
	if err != nil {
		return err
	}
	defer in.close()
	units := &fromUnits{b: m.b, e: e, in: in}
	for {
		ok, err := units.next()
		if !ok || err != nil {
			return err
		}
		ref, err := ex.hold(tx, e.row[m.rowid], store.WaitForever)
		if err != nil {
			return err
		}
		if err := f(e, ref, oldRow(e, m.base, m.width)); err != nil {
			return err
		}
	}
}

// hold locks the row of a ROWID; one that has changed since the snapshot makes the statement start again.
func (ex *execution) hold(tx *store.Tx, rowid []byte, w store.Wait) (store.Ref, error) {
	db := ex.s.db.store
	ref, ok := db.Find(rowid)
	if !ok {
		return ref, ora.New(1410)
	}
	ok, err := tx.Lock(ex.ctx, ref, w)
	if err != nil {
		return ref, err
	}
	if !ok {
		if w.Skip {
			return store.Ref{}, nil
		}
		return ref, errRestart
	}
	if db.ChangedSince(ref, ex.snap) {
		return ref, errRestart
	}
	return ref, nil
}

// changing runs a change over every row that matches, and checks then what is checked at the end of a statement.
func (m *matched) changing(change func(ex *execution, tx *store.Tx, out *returned, e *env, ref store.Ref, old [][]byte, p *pending) error) func(*execution, *store.Tx, *returned) (int, error) {
	return func(ex *execution, tx *store.Tx, out *returned) (int, error) {
		p := &pending{}
		count := 0
		err := m.each(ex, tx, func(e *env, ref store.Ref, old [][]byte) error {
			count++
			return change(ex, tx, out, e, ref, old, p)
		})
		if err != nil {
			return 0, err
		}
		return count, ex.s.verify(ex, tx, p, false)
	}
}

func (c *compiler) update(n *ast.Update) (*change, error) {
	if n.LogErrors != nil || len(n.From) > 0 || n.CurrentOf != nil && c.names == nil || len(n.Subst) > 0 {
		return nil, c.unsupported(n, "UPDATE")
	}
	t, alias, name, err := c.target(n.Target, "UPDATE")
	if err != nil {
		return nil, err
	}
	w, err := c.writer(n, t)
	if err != nil {
		return nil, err
	}
	m, err := c.matching(t, alias, name, n.Where, n.CurrentOf)
	if err != nil {
		return nil, err
	}
	set, err := c.assignments(t, w, alias, n.Set)
	if err != nil {
		return nil, err
	}
	c.scope = nil
	ch := &change{locks: []*table{t}}
	if ch.returning, err = c.returningOf(n.Returning, t, alias); err != nil {
		return nil, err
	}
	ch.run = m.changing(func(ex *execution, tx *store.Tx, out *returned, e *env, ref store.Ref, old [][]byte, p *pending) error {
		clear(ex.seqs)
		row := slices.Clone(old)
		if err := applySet(set, e, row); err != nil {
			return err
		}
		ref, err := w.update(ex, tx, ref, old, row, p)
		if err != nil {
			return err
		}
		return ch.returning.add(ex, out, row, ref)
	})
	return ch, nil
}

func (c *compiler) delete(n *ast.Delete) (*change, error) {
	if n.LogErrors != nil || len(n.From) > 0 || n.CurrentOf != nil && c.names == nil || len(n.Subst) > 0 {
		return nil, c.unsupported(n, "DELETE")
	}
	t, alias, name, err := c.target(n.Target, "DELETE")
	if err != nil {
		return nil, err
	}
	w, err := c.writer(n, t)
	if err != nil {
		return nil, err
	}
	m, err := c.matching(t, alias, name, n.Where, n.CurrentOf)
	if err != nil {
		return nil, err
	}
	c.scope = nil
	ch := &change{locks: []*table{t}}
	if ch.returning, err = c.returningOf(n.Returning, t, alias); err != nil {
		return nil, err
	}
	ch.run = m.changing(func(ex *execution, tx *store.Tx, out *returned, _ *env, ref store.Ref, old [][]byte, p *pending) error {
		if err := ch.returning.add(ex, out, old, ref); err != nil {
			return err
		}
		return w.delete(ex, tx, ref, old, p)
	})
	return ch, nil
}
