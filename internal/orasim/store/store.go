// Package store keeps the rows of the simulated database: every version of them, in blocks with stable ROWIDs, under
// transactions.
//
// Input -> output: encoded rows in, rows as of a snapshot out. Every commit gets the next SCN; a snapshot sees what was
// committed up to its SCN and, of its own transaction, what earlier statements did. Readers never wait. Writers wait for
// the transaction that holds a row; a circle of waiters is ORA-00060. It knows no columns, types or constraints: an
// Index takes keys as its user makes them. Nothing is written to disk.
//
// Everything may be used by many goroutines at once, a Tx by one at a time.
package store

import (
	"sync"
	"sync/atomic"

	"landfall/internal/orasim/ora"
)

// FirstSCN is the SCN of an empty database.
const FirstSCN = 1000000

// DB is all segments of one database and its clock.
type DB struct {
	scn    atomic.Uint64 // of the last commit
	commit sync.Mutex
	forgot atomic.Uint64 // snapshots below this one may have lost what they need

	mu       sync.RWMutex
	segments map[uint32]*Segment
	files    *Files
	lastFile uint16
	txID     atomic.Uint64

	waiting sync.Mutex
	waits   map[*Tx]*Tx // who waits for whom
}

// New is an empty database.
func New() *DB {
	db := &DB{segments: map[uint32]*Segment{}, waits: map[*Tx]*Tx{}}
	db.scn.Store(FirstSCN)
	db.lastFile = 6 // those before are of the system
	db.files = db.NewFiles()
	return db
}

// SCN is that of the last commit.
func (db *DB) SCN() uint64 { return db.scn.Load() }

// Advance makes an SCN with nothing in it, as time and DDL do.
func (db *DB) Advance() uint64 {
	db.commit.Lock()
	defer db.commit.Unlock()
	return db.scn.Add(1)
}

// Forget drops the undo of what was replaced before an SCN: a snapshot below it that needs such a row gets ORA-01555.
func (db *DB) Forget(before uint64) {
	for {
		old := db.forgot.Load()
		if old >= before || db.forgot.CompareAndSwap(old, before) {
			return
		}
	}
}

// Snapshot is what a reader sees.
type Snapshot struct {
	SCN uint64
	Tx  *Tx    // whose own changes are seen; nil for none
	Seq uint32 // ... those of statements before this one
}

// Version is one state of a row. It does not change once it is in a chain.
type version struct {
	tx   *Tx
	row  []byte // nil when deleted
	prev *version
	seq  uint32
	lock bool // holds the row for tx and is no state of its own
}

type slot struct{ head atomic.Pointer[version] }

// Read gives the row that a snapshot sees, nil where it sees none.
func (db *DB) Read(r Ref, snap Snapshot) ([]byte, error) {
	v, err := db.visible(r.slot(), snap)
	if v == nil {
		return nil, err
	}
	return v.row, err
}

func (db *DB) visible(s *slot, snap Snapshot) (*version, error) {
	for v := s.head.Load(); v != nil; v = v.prev {
		if v.lock {
			continue
		}
		if v.tx == snap.Tx && v.tx != nil {
			if v.seq < snap.Seq {
				return v, nil
			}
			continue
		}
		switch scn := v.tx.committed(); {
		case scn == 0:
		case scn <= snap.SCN:
			return v, nil
		case snap.SCN < db.forgot.Load() && scn <= db.forgot.Load():
			return nil, ora.New(1555, 10, "_SYSSMU10$")
		}
	}
	return nil, nil
}

// ChangedSince reports whether another transaction has committed a change of the row that the snapshot does not see.
func (db *DB) ChangedSince(r Ref, snap Snapshot) bool {
	for v := r.slot().head.Load(); v != nil; v = v.prev {
		if v.lock || v.tx == snap.Tx {
			continue
		}
		scn := v.tx.committed()
		return scn == 0 || scn > snap.SCN
	}
	return false
}

// State is what a transaction finds in a place.
type State struct {
	Row     []byte // its own newest state or the committed one; nil when there is none
	By      *Tx    // another transaction that is not at its end and has changed the row
	Pending []byte // ... what it would be then
}

// Current is the newest state of a row for a transaction.
func (r Ref) Current(tx *Tx) State {
	var s State
	for v := r.slot().head.Load(); v != nil; v = v.prev {
		if v.lock {
			continue
		}
		if v.tx != tx && v.tx.committed() == 0 {
			if s.By == nil {
				s.By, s.Pending = v.tx, v.row
			}
			continue
		}
		s.Row = v.row
		return s
	}
	return s
}
