package store

import (
	"context"
	"sync"
)

// LockMode is the mode of a table lock, in Oracle's numbers.
type LockMode uint8

// Lock modes.
const (
	RowShare          LockMode = 2
	RowExclusive      LockMode = 3
	Share             LockMode = 4
	ShareRowExclusive LockMode = 5
	Exclusive         LockMode = 6
)

// compatible modes, by Oracle's table.
var compatible = [7][7]bool{
	RowShare:          {RowShare: true, RowExclusive: true, Share: true, ShareRowExclusive: true},
	RowExclusive:      {RowShare: true, RowExclusive: true},
	Share:             {RowShare: true, Share: true},
	ShareRowExclusive: {RowShare: true},
	Exclusive:         {},
}

// TableLock is what transactions hold of a table as a whole.
type TableLock struct {
	mu   sync.Mutex
	held map[*Tx]LockMode
}

// LockTable takes a lock, or raises the one held.
func (tx *Tx) LockTable(ctx context.Context, l *TableLock, mode LockMode, w Wait) error {
	if tx.held[l] >= mode {
		return nil
	}
	for {
		l.mu.Lock()
		want := mode
		if had := l.held[tx]; had == Share && mode == RowExclusive || had == RowExclusive && mode == Share {
			want = ShareRowExclusive
		}
		var other *Tx
		for t, m := range l.held {
			if t != tx && !compatible[want][m] {
				other = t
				break
			}
		}
		if other == nil {
			if l.held == nil {
				l.held = map[*Tx]LockMode{}
			}
			l.held[tx] = want
			l.mu.Unlock()
			if tx.held == nil {
				tx.held = map[*TableLock]LockMode{}
			}
			tx.held[l] = want
			return nil
		}
		l.mu.Unlock()
		if _, err := tx.WaitFor(ctx, other, w); err != nil {
			return err
		}
	}
}

func (l *TableLock) release(tx *Tx) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.held, tx)
}
