package loadspeed

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"
	"time"

	ora "landfall/internal/oracle/value"
	"landfall/internal/postgres/copyin"
	"landfall/internal/postgres/value"
)

// The LOBs: so many of a size, and one that is much larger.
const (
	lobSize  = 5 << 20
	lobLarge = 200 << 20
)

// lobs writes so many MB of CLOBs and BLOBs through files, and says how much memory that takes: which must not depend on how
// many there are, or on how long one is.
func (b *bench) lobs(ctx context.Context, out io.Writer, mb int) error {
	conn, err := b.server.Connect(ctx, b.db)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if err := exec(ctx, conn, "CREATE TABLE lobs (c text, b bytea)", "ALTER TABLE lobs ALTER c SET STORAGE external, ALTER b SET STORAGE external"); err != nil {
		return err
	}
	var list []value.Column
	for name, c := range map[string]struct {
		source ora.Type
		target string
	}{"c": {ora.CLOB, "text"}, "b": {ora.BLOB, "bytea"}} {
		t, err := value.ParseTarget(c.target)
		if err != nil {
			return err
		}
		list = append(list, value.Column{Name: name, Source: ora.Column{Type: c.source}, Target: t})
	}
	e, err := value.Plan(list, value.Options{})
	if err != nil {
		return err
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	columns := []string{list[0].Name, list[1].Name}
	w, err := copyin.New(conn.PgConn(), copyin.Options{Table: "public.lobs", Relation: "lobs", Columns: columns, Encoder: e, Reject: func(r copyin.Reject) error { return r.Err }})
	if err != nil {
		return err
	}
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	peak, stop := watchHeap()
	begun := time.Now()
	sizes := []int64{lobLarge}
	for n := mb<<20 - lobLarge; n > 0; n -= 2 * lobSize {
		sizes = append(sizes, lobSize)
	}
	total := int64(0)
	for _, size := range sizes {
		long := size
		if err := w.Row(ctx, make([][]byte, 2), func(int) io.Reader {
			n := long
			long = lobSize // of the second column, always
			total += n
			return io.LimitReader(repeated("Schadensmeldung 你好 "), n)
		}); err != nil {
			return err
		}
	}
	r, err := w.Close(ctx)
	if err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	took := time.Since(begun)
	stop()
	var held int64
	if err := conn.QueryRow(ctx, "SELECT sum(octet_length(c))::bigint + sum(octet_length(b))::bigint FROM lobs").Scan(&held); err != nil {
		return err
	}
	if held != total || r.Rejected > 0 {
		return fmt.Errorf("the table holds %d of %d bytes", held, total)
	}
	fmt.Fprintf(out, "\n%d MB of LOBs in %d rows, one of %d MB: %.0f MB/s, at most %d MB of heap beside the rows above.\n",
		total>>20, r.Rows, lobLarge>>20, float64(total)/1e6/took.Seconds(), (peak.Load()-before.HeapInuse)>>20)
	return nil
}

// repeated reads as the same text over and over, whole characters only.
type repeated string

func (r repeated) Read(b []byte) (int, error) {
	n := 0
	for len(b)-n >= len(r) {
		n += copy(b[n:], r)
	}
	if n == 0 {
		for i := range b { // the end
			b[i] = '.'
		}
		n = len(b)
	}
	return n, nil
}

// watchHeap looks at the heap again and again until it is stopped.
func watchHeap() (peak *atomic.Uint64, stop func()) {
	peak = new(atomic.Uint64)
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapInuse))
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return peak, func() { close(done); <-ended }
}
