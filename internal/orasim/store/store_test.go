package store

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"landfall/internal/orasim/ora"
)

var bg = context.Background()

func all(t testing.TB, s *Segment, snap Snapshot) map[string]string {
	t.Helper()
	got := map[string]string{}
	sc := s.Scan(snap, nil, nil)
	for {
		r, row, ok, err := sc.Next()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return got
		}
		got[string(r.RowID())] = string(row)
	}
}

// TestHistory makes random commits and rollbacks, and then reads the table as of every SCN there was.
func TestHistory(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	db := New()
	s := db.NewSegment(70001)
	want := map[uint64]map[string]string{db.SCN(): {}}
	model := map[string]string{}
	for range 400 {
		tx := db.Begin()
		next := map[string]string{}
		for k, v := range model {
			next[k] = v
		}
		for range 1 + r.IntN(5) {
			tx.Statement()
			mark, before := tx.Mark(), map[string]string{}
			for k, v := range next {
				before[k] = v
			}
			for range 1 + r.IntN(4) {
				row := fmt.Sprint(r.IntN(1e6))
				switch {
				case len(next) == 0 || r.IntN(3) == 0:
					ref := tx.Insert(s, []byte(row))
					next[string(ref.RowID())] = row
				default:
					for id := range next { // any
						ref, ok := db.Find([]byte(id))
						if !ok {
							t.Fatalf("%x is gone", id)
						}
						switch r.IntN(3) {
						case 0:
							if ok, err := tx.Replace(bg, ref, nil); !ok || err != nil {
								t.Fatal(ok, err)
							}
							delete(next, id)
						case 1:
							if ok, err := tx.Lock(bg, ref, WaitForever); !ok || err != nil {
								t.Fatal(ok, err)
							}
						default:
							if ok, err := tx.Replace(bg, ref, []byte(row)); !ok || err != nil {
								t.Fatal(ok, err)
							}
							next[id] = row
						}
						break
					}
				}
			}
			if r.IntN(4) == 0 {
				tx.RollbackTo(mark)
				next = before
			}
			own := Snapshot{SCN: db.SCN(), Tx: tx, Seq: tx.Statement()}
			if got := all(t, s, own); !equal(got, next) {
				t.Fatalf("own changes: %v, want %v", got, next)
			}
		}
		if r.IntN(4) == 0 {
			tx.Rollback()
		} else {
			tx.Commit()
			model = next
		}
		want[db.SCN()] = model
		if got := s.Rows(); got != int64(len(model)) {
			t.Fatalf("%d rows counted, %d there", got, len(model))
		}
	}
	for scn, w := range want {
		if got := all(t, s, Snapshot{SCN: scn}); !equal(got, w) {
			t.Fatalf("as of %d: %v, want %v", scn, got, w)
		}
	}
	db.Forget(db.SCN())
	if got := all(t, s, Snapshot{SCN: db.SCN()}); !equal(got, model) {
		t.Fatal("the present is forgotten")
	}
	sc := s.Scan(Snapshot{SCN: FirstSCN + 10}, nil, nil)
	for {
		_, _, ok, err := sc.Next()
		if ora.Code(err) == 1555 {
			break
		}
		if !ok || err != nil {
			t.Fatal("no ORA-01555", err)
		}
	}
}

func equal(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if w, ok := b[k]; !ok || v != w {
			return false
		}
	}
	return true
}

// TestTransfers moves amounts between rows from many goroutines while others check that the sum stays.
func TestTransfers(t *testing.T) {
	db := New()
	s := db.NewSegment(1)
	tx := db.Begin()
	var refs []Ref
	for range 8 {
		refs = append(refs, tx.Insert(s, []byte{100}))
	}
	tx.Commit()
	var writers, readers sync.WaitGroup
	stop := make(chan struct{})
	var mu sync.Mutex
	deadlocks, moved := 0, 0
	for w := range 6 {
		writers.Go(func() {
			r := rand.New(rand.NewPCG(uint64(w), 9))
			for range 300 {
				a, b := r.IntN(8), r.IntN(8)
				if a == b {
					continue
				}
				tx := db.Begin()
				err := func() error {
					for i, ref := range []Ref{refs[a], refs[b]} {
						if _, err := tx.Lock(bg, ref, WaitForever); err != nil {
							return err
						}
						v := ref.Current(tx).Row[0]
						if _, err := tx.Replace(bg, ref, []byte{v + byte(1-2*i)}); err != nil {
							return err
						}
					}
					return nil
				}()
				mu.Lock()
				switch {
				case ora.Code(err) == 60:
					deadlocks++
				case err != nil:
					t.Error(err)
				default:
					moved++
				}
				mu.Unlock()
				if err != nil {
					tx.Rollback()
				} else {
					tx.Commit()
				}
			}
		})
	}
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				sum := byte(0)
				for _, row := range all(t, s, Snapshot{SCN: db.SCN()}) {
					sum += row[0]
				}
				if sum != byte(800%256) {
					t.Errorf("sum is %d", sum)
					return
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { writers.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(60 * time.Second):
		t.Fatal("writers hang")
	}
	close(stop)
	readers.Wait()
	if moved == 0 {
		t.Error("nothing moved")
	}
	t.Logf("%d moved, %d deadlocks", moved, deadlocks)
}

func TestWaits(t *testing.T) {
	db := New()
	s := db.NewSegment(1)
	tx := db.Begin()
	a, b := tx.Insert(s, []byte("a")), tx.Insert(s, []byte("b"))
	tx.Commit()
	t1, t2 := db.Begin(), db.Begin()
	if ok, err := t1.Lock(bg, a, WaitForever); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if _, err := t2.Lock(bg, a, Wait{}); ora.Code(err) != 54 {
		t.Errorf("NOWAIT: %v", err)
	}
	if _, err := t2.Lock(bg, a, Wait{Limit: 20 * time.Millisecond}); ora.Code(err) != 30006 {
		t.Errorf("WAIT: %v", err)
	}
	if ok, err := t2.Lock(bg, a, Wait{Skip: true}); ok || err != nil {
		t.Errorf("SKIP LOCKED: %v %v", ok, err)
	}
	ctx, cancel := context.WithTimeout(bg, 20*time.Millisecond)
	defer cancel()
	if _, err := t2.Lock(ctx, a, WaitForever); ora.Code(err) != 1013 {
		t.Errorf("cancel: %v", err)
	}
	if ok, err := t2.Lock(bg, b, WaitForever); !ok || err != nil {
		t.Fatal(ok, err)
	}
	got := make(chan error)
	go func() { _, err := t1.Lock(bg, b, WaitForever); got <- err }()
	time.Sleep(20 * time.Millisecond)
	if _, err := t2.Lock(bg, a, WaitForever); ora.Code(err) != 60 {
		t.Errorf("deadlock: %v", err)
	}
	t2.Rollback()
	if err := <-got; err != nil {
		t.Errorf("the other one goes on: %v", err)
	}
	if scn := t1.Commit(); scn == 0 || scn != db.SCN() {
		t.Errorf("SCN %d", scn)
	}
	if row, err := db.Read(a, Snapshot{SCN: db.SCN()}); err != nil || string(row) != "a" {
		t.Errorf("row after locks: %q %v", row, err)
	}
}

func TestTableLocks(t *testing.T) {
	db := New()
	var l TableLock
	t1, t2 := db.Begin(), db.Begin()
	if err := t1.LockTable(bg, &l, RowExclusive, WaitForever); err != nil {
		t.Fatal(err)
	}
	if err := t2.LockTable(bg, &l, RowExclusive, Wait{}); err != nil {
		t.Fatal(err)
	}
	if err := t2.LockTable(bg, &l, Exclusive, Wait{}); ora.Code(err) != 54 {
		t.Errorf("exclusive beside row exclusive: %v", err)
	}
	t1.Rollback()
	if err := t2.LockTable(bg, &l, Exclusive, Wait{}); err != nil {
		t.Errorf("exclusive alone: %v", err)
	}
	if err := db.Begin().LockTable(bg, &l, RowShare, Wait{}); ora.Code(err) != 54 {
		t.Errorf("row share beside exclusive: %v", err)
	}
	t2.Commit()
}

func TestRowIDRanges(t *testing.T) {
	db := New()
	s := db.NewSegment(4711)
	tx := db.Begin()
	var ids [][]byte
	for i := range 20000 {
		ids = append(ids, tx.Insert(s, bytes.Repeat([]byte{byte(i)}, 50+i%200)).RowID())
	}
	tx.Commit()
	for i := 1; i < len(ids); i++ {
		if bytes.Compare(ids[i-1], ids[i]) >= 0 {
			t.Fatalf("ROWID %x is not above %x", ids[i], ids[i-1])
		}
	}
	snap := Snapshot{SCN: db.SCN()}
	for _, c := range [][2]int{{0, 19999}, {5, 5}, {100, 17000}, {19000, 19999}} {
		sc := s.Scan(snap, ids[c[0]], ids[c[1]])
		n := 0
		for {
			r, _, ok, err := sc.Next()
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			if !bytes.Equal(r.RowID(), ids[c[0]+n]) {
				t.Fatalf("row %d of range %v is %x", n, c, r.RowID())
			}
			n++
		}
		if n != c[1]-c[0]+1 {
			t.Errorf("range %v has %d rows", c, n)
		}
	}
	blocks := uint32(0)
	for _, e := range s.Extents() {
		blocks += e.Blocks
	}
	if bytes := int64(blocks) * BlockSize; bytes < 20000*150 || bytes > 20000*150*2 {
		t.Errorf("%d extents, %d blocks", len(s.Extents()), blocks)
	}
}

func FuzzRow(f *testing.F) {
	f.Add([]byte("abc"), []byte{}, true)
	f.Fuzz(func(t *testing.T, a, b []byte, null bool) {
		cols := [][]byte{a, b, bytes.Repeat(a, 3), nil}
		if null {
			cols[0] = nil
		}
		if a == nil || b == nil {
			return
		}
		got := make([][]byte, 6)
		if n := Decode(Encode(cols), got); n != 4 {
			t.Fatalf("%d columns", n)
		}
		for i, c := range cols {
			if !bytes.Equal(got[i], c) || (got[i] == nil) != (c == nil) {
				t.Fatalf("column %d is %x, want %x", i, got[i], c)
			}
		}
	})
}

func BenchmarkScan(b *testing.B) {
	db := New()
	s := db.NewSegment(1)
	tx := db.Begin()
	cols := make([][]byte, 12)
	for i := range cols {
		cols[i] = bytes.Repeat([]byte{1}, 12)
	}
	for range 200000 {
		tx.Insert(s, Encode(cols))
	}
	tx.Commit()
	b.ReportAllocs()
	for b.Loop() {
		sc := s.Scan(Snapshot{SCN: db.SCN()}, nil, nil)
		n := 0
		for {
			_, row, ok, err := sc.Next()
			if err != nil {
				b.Fatal(err)
			}
			if !ok {
				break
			}
			Decode(row, cols)
			n++
		}
		if n != 200000 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/200000, "ns/row")
}
