package engine

import (
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/store"
)

// verify checks at the end of a statement what could not be checked row by row. What is deferred waits for the commit.
func (s *Session) verify(ex *execution, tx *store.Tx, p *pending, atCommit bool) error {
	for _, k := range p.keys {
		if !atCommit && s.isDeferred(k.k.name, k.k.deferrable, k.k.deferred) {
			s.deferred.keys = append(s.deferred.keys, k)
			continue
		}
		if err := s.checkKey(ex, tx, k); err != nil {
			return err
		}
	}
	for _, f := range p.parents {
		if !atCommit && s.isDeferred(f.f.name, f.f.deferrable, f.f.deferred) {
			s.deferred.parents = append(s.deferred.parents, f)
			continue
		}
		if err := s.checkParent(ex, tx, f); err != nil {
			return err
		}
	}
	for _, g := range p.gone {
		if !atCommit && s.isDeferred(g.c.foreign.name, g.c.foreign.deferrable, g.c.foreign.deferred) {
			s.deferred.gone = append(s.deferred.gone, g)
			continue
		}
		if err := s.checkGone(ex, tx, g); err != nil {
			return err
		}
	}
	for _, k := range p.checks {
		if !atCommit && s.isDeferred(k.k.name, k.k.deferrable, k.k.deferred) {
			s.deferred.checks = append(s.deferred.checks, k)
			continue
		}
		cur := k.ref.Current(tx)
		if cur.Row == nil {
			continue
		}
		row := make([][]byte, firstSlot+len(k.t.cols))
		k.t.complete(row[firstSlot:], store.Decode(cur.Row, row[firstSlot:]))
		if b, err := k.cond(&env{row: row, ex: ex}); err != nil {
			return err
		} else if b == no {
			return ora.New(2290, k.t.owner+"."+k.k.name)
		}
	}
	return nil
}

func (s *Session) isDeferred(name string, deferrable, initially bool) bool {
	if !deferrable {
		return false
	}
	if v, ok := s.constraintMode[name]; ok {
		return v
	}
	if v, ok := s.constraintMode[""]; ok {
		return v
	}
	return initially
}

// rowKey gives the encoded key of a stored row, "" when it is in no index.
func (s *Session) rowKey(ex *execution, t *table, k *key, stored []byte) (string, error) {
	if stored == nil {
		return "", nil
	}
	row := make([][]byte, firstSlot+len(t.cols))
	n := store.Decode(stored, row[firstSlot:])
	t.complete(row[firstSlot:], n)
	w := &writer{t: t, s: s}
	vals, err := w.keyValues(ex, k, row)
	if vals == nil || err != nil {
		return "", err
	}
	return k.encode(vals), nil
}

// checkKey looks for other rows with the same key. A row that another transaction has entered before this one decides
// when that transaction ends.
func (s *Session) checkKey(ex *execution, tx *store.Tx, p pendingKey) error {
again:
	for {
		own, err := s.rowKey(ex, p.t, p.k, p.ref.Current(tx).Row)
		if err != nil {
			return err
		}
		if own != p.enc {
			return nil // it has changed again, or is gone
		}
		mine := false
		for _, ref := range p.k.index(s, p.t).Refs(p.enc) {
			if ref == p.ref {
				mine = true
				continue
			}
			st := ref.Current(tx)
			now, err := s.rowKey(ex, p.t, p.k, st.Row)
			if err != nil {
				return err
			}
			if st.By == nil {
				if now == p.enc {
					return ora.New(1, p.t.owner+"."+p.k.name)
				}
				continue
			}
			then, err := s.rowKey(ex, p.t, p.k, st.Pending)
			if err != nil {
				return err
			}
			if now == p.enc || then == p.enc && !mine {
				if _, err := tx.WaitFor(ex.ctx, st.By, store.WaitForever); err != nil {
					return err
				}
				continue again
			}
		}
		return nil
	}
}

// checkParent looks for the row that a foreign key refers to.
func (s *Session) checkParent(ex *execution, tx *store.Tx, p pendingParent) error {
	cur := p.ref.Current(tx)
	if cur.Row == nil {
		return nil
	}
	row := make([][]byte, len(p.t.cols))
	n := store.Decode(cur.Row, row)
	p.t.complete(row, n)
	if !sameValues(p.f.values(row), p.vals) {
		return nil
	}
	o := s.db.lookup(p.f.refOwner, []string{p.f.refOwner, p.f.refTable})
	fail := ora.New(2291, p.t.owner+"."+p.f.name)
	if o == nil || o.table == nil {
		return fail
	}
	parent := o.table
	k, vals, err := parent.keyFor(p.f.refCols, p.vals)
	if err != nil {
		return err
	}
	enc := k.encode(vals)
again:
	for {
		for _, ref := range k.index(s, parent).Refs(enc) {
			st := ref.Current(tx)
			now, err := s.rowKey(ex, parent, k, st.Row)
			if err != nil {
				return err
			}
			if st.By == nil {
				if now == enc {
					return nil
				}
				continue
			}
			then, err := s.rowKey(ex, parent, k, st.Pending)
			if err != nil {
				return err
			}
			if now == enc && then == enc {
				return nil
			}
			if now == enc || then == enc {
				if _, err := tx.WaitFor(ex.ctx, st.By, store.WaitForever); err != nil {
					return err
				}
				continue again
			}
		}
		return fail
	}
}

// keyFor finds the key of columns, and puts values into its order.
func (t *table) keyFor(cols []string, vals [][]byte) (*key, [][]byte, error) {
	for _, k := range t.keys {
		if len(k.cols) != len(cols) || k.exprs != nil || k.disabled || !k.constraint {
			continue
		}
		out := make([][]byte, len(cols))
		hit := 0
		for i, at := range k.cols {
			for j, name := range cols {
				if t.cols[at].name == name {
					out[i] = vals[j]
					hit++
				}
			}
		}
		if hit == len(cols) {
			return k, out, nil
		}
	}
	return nil, nil, ora.New(2270)
}

// checkGone looks for rows that still refer to a key that is gone.
func (s *Session) checkGone(ex *execution, tx *store.Tx, p pendingGone) error {
	// the key may be back: another row of the same statement has taken it
	if parent := s.db.current(p.t); parent != nil {
		if k, vals, err := parent.keyFor(p.c.foreign.refCols, p.vals); err == nil {
			enc := k.encode(vals)
			for _, ref := range k.index(s, parent).Refs(enc) {
				if now, err := s.rowKey(ex, parent, k, ref.Current(tx).Row); err != nil {
					return err
				} else if now == enc {
					return nil
				}
			}
		}
	}
	t, f := p.c.table, p.c.foreign
	values := func(stored []byte) [][]byte {
		if stored == nil {
			return nil
		}
		row := make([][]byte, len(t.cols))
		n := store.Decode(stored, row)
		t.complete(row, n)
		return f.values(row)
	}
	// CHAR columns compare without the blanks at their end
	same := func(vals [][]byte) bool { return vals != nil && f.encode(vals) == f.encode(p.vals) }
again:
	for {
		for _, ref := range f.index(s, t).Refs(f.encode(p.vals)) {
			st := ref.Current(tx)
			now := same(values(st.Row))
			if st.By == nil {
				if now {
					return ora.New(2292, t.owner+"."+f.name)
				}
				continue
			}
			if now || same(values(st.Pending)) {
				if _, err := tx.WaitFor(ex.ctx, st.By, store.WaitForever); err != nil {
					return err
				}
				continue again
			}
		}
		return nil
	}
}
