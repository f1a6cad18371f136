package store

import (
	"context"
	"sync/atomic"
	"time"

	"landfall/internal/orasim/ora"
)

const aborted = ^uint64(0)

// Tx is one transaction.
type Tx struct {
	db   *DB
	ID   uint64
	scn  atomic.Uint64 // 0 while it runs, then that of the commit
	done chan struct{} // closed at the end
	undo []change
	seq  uint32
	held map[*TableLock]LockMode
}

// change is one thing to take back.
type change struct {
	ref   Ref
	v     *version
	index *Index // an entry of an index instead, of key
	key   string
}

// Begin starts a transaction.
func (db *DB) Begin() *Tx {
	return &Tx{db: db, ID: db.txID.Add(1), done: make(chan struct{})}
}

// committed is the SCN of the commit, 0 for one that runs or was rolled back.
func (tx *Tx) committed() uint64 {
	if s := tx.scn.Load(); s != aborted {
		return s
	}
	return 0
}

// Statement begins the next statement: what the snapshot of it sees.
func (tx *Tx) Statement() (seq uint32) {
	tx.seq++
	return tx.seq
}

// Changed reports whether it holds rows.
func (tx *Tx) Changed() bool { return len(tx.undo) > 0 || len(tx.held) > 0 }

// Mark is a savepoint.
func (tx *Tx) Mark() int { return len(tx.undo) }

// Wait says how long to wait for a row that another transaction holds.
type Wait struct {
	Forever bool
	Limit   time.Duration // 0 is NOWAIT
	Skip    bool          // SKIP LOCKED: give up without an error
}

// WaitForever is what DML does.
var WaitForever = Wait{Forever: true}

// Insert adds a row.
func (tx *Tx) Insert(s *Segment, row []byte) Ref {
	s.mu.Lock()
	r := s.place(len(row))
	v := &version{tx: tx, row: row, seq: tx.seq}
	r.slot().head.Store(v)
	s.mu.Unlock()
	s.rows.Add(1)
	tx.undo = append(tx.undo, change{ref: r, v: v})
	return r
}

// Lock holds a row. It is false when Wait says to skip it, or when the row is gone by now.
func (tx *Tx) Lock(ctx context.Context, r Ref, w Wait) (bool, error) {
	return tx.put(ctx, r, w, &version{tx: tx, lock: true})
}

// Replace writes a new state of a row; nil deletes it. It is false when the row is gone by now.
func (tx *Tx) Replace(ctx context.Context, r Ref, row []byte) (bool, error) {
	ok, err := tx.put(ctx, r, WaitForever, &version{tx: tx, row: row, seq: tx.seq})
	if ok && row == nil {
		r.b.seg.rows.Add(-1)
	}
	return ok, err
}

func (tx *Tx) put(ctx context.Context, r Ref, w Wait, v *version) (bool, error) {
	s := r.slot()
	for {
		head := s.head.Load()
		if head == nil {
			return false, nil
		}
		if head.tx != tx && head.tx.scn.Load() == 0 {
			ok, err := tx.WaitFor(ctx, head.tx, w)
			if !ok || err != nil {
				return false, err
			}
			continue
		}
		if v.lock && head.tx == tx {
			return !head.deleted(), nil // held already
		}
		if head.deleted() {
			return false, nil
		}
		v.prev = head
		if s.head.CompareAndSwap(head, v) {
			tx.undo = append(tx.undo, change{ref: r, v: v})
			return true, nil
		}
	}
}

func (v *version) deleted() bool {
	for v.lock {
		if v.prev == nil {
			return true
		}
		v = v.prev
	}
	return v.row == nil
}

// WaitFor waits for the end of another transaction: ORA-00054 or ORA-30006 when it takes longer than said, ORA-00060
// when that one waits for this one. It is false when the waiter skips what is locked.
func (tx *Tx) WaitFor(ctx context.Context, other *Tx, w Wait) (bool, error) {
	select {
	case <-other.done:
		return true, nil
	default:
	}
	if w.Skip {
		return false, nil
	}
	if !w.Forever && w.Limit == 0 {
		return false, ora.New(54)
	}
	db := tx.db
	db.waiting.Lock()
	for t := other; t != nil; t = db.waits[t] {
		if t == tx {
			db.waiting.Unlock()
			return false, ora.New(60)
		}
	}
	db.waits[tx] = other
	db.waiting.Unlock()
	defer func() {
		db.waiting.Lock()
		delete(db.waits, tx)
		db.waiting.Unlock()
	}()
	var timer <-chan time.Time
	if !w.Forever {
		t := time.NewTimer(w.Limit)
		defer t.Stop()
		timer = t.C
	}
	select {
	case <-other.done:
		return true, nil
	case <-timer:
		return false, ora.New(30006)
	case <-ctx.Done():
		return false, ora.New(1013)
	}
}

// RollbackTo takes back everything since a mark.
func (tx *Tx) RollbackTo(mark int) {
	for i := len(tx.undo) - 1; i >= mark; i-- {
		c := tx.undo[i]
		if c.index != nil {
			c.index.remove(c.key, c.ref)
			continue
		}
		s := c.ref.slot()
		if s.head.CompareAndSwap(c.v, c.v.prev) && !c.v.lock {
			switch {
			case c.v.prev == nil:
				c.ref.b.seg.rows.Add(-1)
			case c.v.row == nil:
				c.ref.b.seg.rows.Add(1)
			}
		}
	}
	clear(tx.undo[mark:])
	tx.undo = tx.undo[:mark]
}

// Rollback takes back everything and ends the transaction.
func (tx *Tx) Rollback() {
	tx.RollbackTo(0)
	tx.scn.Store(aborted)
	tx.end()
}

// Commit ends the transaction and gives its SCN; 0 when there was nothing to commit.
func (tx *Tx) Commit() uint64 {
	if len(tx.undo) == 0 {
		tx.scn.Store(aborted)
		tx.end()
		return 0
	}
	for _, c := range tx.undo { // rows that were only held
		if c.v != nil && c.v.lock {
			c.ref.slot().head.CompareAndSwap(c.v, c.v.prev)
		}
	}
	db := tx.db
	db.commit.Lock()
	scn := db.scn.Load() + 1
	tx.scn.Store(scn)
	db.scn.Store(scn)
	db.commit.Unlock()
	tx.undo = nil
	tx.end()
	return scn
}

func (tx *Tx) end() {
	for l := range tx.held {
		l.release(tx)
	}
	tx.held = nil
	close(tx.done)
}
