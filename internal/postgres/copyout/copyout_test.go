package copyout

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"landfall/internal/postgres/scratch/pgtest"
	"landfall/internal/postgres/value"
)

var ctx = context.Background()

func exec(t *testing.T, db *pgtest.DB, sql string) {
	t.Helper()
	if _, err := db.Exec(ctx, sql); err != nil {
		t.Fatal(err)
	}
}

func copyOf(from string) string { return "COPY " + from + " TO STDOUT (FORMAT binary)" }

// TestFingerprint holds both ways against the driver's own COPY, for rows from none to many buffers long.
func TestFingerprint(t *testing.T) {
	db := pgtest.OpenBare(t)
	for _, from := range []string{
		"(SELECT 1, NULL::text WHERE false)",
		"(SELECT g, repeat('x', g % 300) FROM generate_series(1, 20000) g)",
		"(SELECT g, CASE WHEN g % 3 > 0 THEN repeat('y', g * 100000) END FROM generate_series(1, 20) g)",
		"(SELECT 1, '')",
	} {
		var want value.Fingerprint
		r := value.NewReader(2, 0)
		if _, err := db.PgConn().CopyTo(ctx, writer(func(b []byte) error {
			return r.Feed(b, func(tuple []byte) error { want.Add(tuple); return nil })
		}), copyOf(from)); err != nil {
			t.Fatal(err)
		}
		got, err := Fingerprint(ctx, db.PgConn(), copyOf(from), 2)
		if err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", from, got, err, want)
		}
		var one value.Fingerprint
		if err := Tuples(ctx, db.PgConn(), copyOf(from), 2, func(tuple []byte) error { one.Add(tuple); return nil }); err != nil || one != want {
			t.Errorf("%s, one by one: %s, %v; want %s", from, one, err, want)
		}
	}
	exec(t, db, "SELECT 1") // the driver goes on as if nothing had been
}

type writer func([]byte) error

func (w writer) Write(b []byte) (int, error) { return len(b), w(b) }

func TestMemory(t *testing.T) {
	db := pgtest.OpenBare(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f, err := Fingerprint(ctx, db.PgConn(), copyOf("(SELECT repeat('z', 50000000))"), 1)
	if err != nil || f.Rows != 1 {
		t.Fatal(f, err)
	}
	n := 0
	err = Rows(ctx, db.PgConn(), copyOf("(SELECT 7, repeat('z', 50000000), 'k')"), 3, 1, []int{1}, func(row value.HashedRow) error {
		if n++; string(row.Front[0]) != "\x00\x00\x00\x07" || string(row.Kept[0]) != "k" {
			t.Errorf("%+v", row)
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 4<<20 {
		t.Errorf("two rows of 50 MB took %d bytes", n)
	}
}

func TestServerErrors(t *testing.T) {
	db := pgtest.OpenBare(t)
	var server *pgconn.PgError
	if _, err := Fingerprint(ctx, db.PgConn(), copyOf("nowhere"), 1); !errors.As(err, &server) || server.Code != "42P01" {
		t.Error(err)
	}
	if _, err := Fingerprint(ctx, db.PgConn(), copyOf("(SELECT 1 / (50000 - g) FROM generate_series(1, 100000) g)"), 1); !errors.As(err, &server) || server.Code != "22012" {
		t.Error(err)
	}
	if _, err := Fingerprint(ctx, db.PgConn(), "DO $$BEGIN RAISE NOTICE 'x'; END$$", 1); err == nil || !strings.Contains(err.Error(), "no COPY TO") {
		t.Error(err)
	}
	exec(t, db, "SELECT 1")
	if _, err := Fingerprint(ctx, db.PgConn(), "SELECT 1", 1); err == nil || !strings.Contains(err.Error(), "no COPY TO") || !db.IsClosed() {
		t.Errorf("%v, closed: %v", err, db.IsClosed())
	}
}

func TestYieldEnds(t *testing.T) {
	db := pgtest.OpenBare(t)
	stop := errors.New("enough")
	if err := Tuples(ctx, db.PgConn(), copyOf("(SELECT generate_series(1, 1000000))"), 1, func([]byte) error { return stop }); !errors.Is(err, stop) || !db.IsClosed() {
		t.Errorf("%v, closed: %v", err, db.IsClosed())
	}
	other := pgtest.OpenBare(t)
	if _, err := Fingerprint(ctx, other.PgConn(), copyOf("(SELECT 1, 2)"), 1); !errors.Is(err, value.ErrStream) {
		t.Error(err)
	}
}

func TestCancel(t *testing.T) {
	db := pgtest.OpenBare(t)
	canceled, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	defer cancel()
	_, err := Fingerprint(canceled, db.PgConn(), copyOf("(SELECT pg_sleep(60))"), 1)
	if !errors.Is(err, context.DeadlineExceeded) || !db.IsClosed() {
		t.Errorf("%v, closed: %v", err, db.IsClosed())
	}
}

func TestServerGone(t *testing.T) {
	db := pgtest.OpenBare(t)
	_, err := Fingerprint(ctx, db.PgConn(), copyOf("(SELECT pg_terminate_backend(pg_backend_pid())::text)"), 1)
	var server *pgconn.PgError
	if !errors.As(err, &server) && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
}

// TestReader cuts messages at every place.
func TestReader(t *testing.T) {
	text := "d\x00\x00\x00\x07abcd\x00\x00\x00\x04Z\x00\x00\x00\x05I"
	for size := 1; size <= len(text); size++ {
		r := &reader{conn: &slowly{text, size}, buf: make([]byte, 8)}
		var got []string
		for range 3 {
			typ, length, err := r.head()
			if err != nil {
				t.Fatalf("in pieces of %d: %v", size, err)
			}
			b, err := r.body(length)
			if err != nil {
				t.Fatalf("in pieces of %d: %v", size, err)
			}
			got = append(got, fmt.Sprintf("%c%s", typ, b))
		}
		if s := strings.Join(got, " "); s != "dabc d ZI" {
			t.Errorf("in pieces of %d: %s", size, s)
		}
		if _, _, err := r.head(); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("at the end: %v", err)
		}
	}
}

type slowly struct {
	s    string
	size int
}

func (s *slowly) Read(b []byte) (int, error) {
	if s.s == "" {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), s.size)], s.s)
	s.s = s.s[n:]
	return n, nil
}
