package copyin

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	ora "landfall/internal/oracle/value"
	"landfall/internal/postgres/scratch/pgtest"
	"landfall/internal/postgres/value"
)

var ctx = context.Background()

func exec(t testing.TB, conn *pgx.Conn, sql string) {
	t.Helper()
	if _, err := conn.Exec(ctx, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// encoder is for tables (id numeric(10), v varchar(20)).
func encoder(t testing.TB) *value.Encoder {
	t.Helper()
	id, err := value.ParseTarget("numeric(10)")
	if err != nil {
		t.Fatal(err)
	}
	v, err := value.ParseTarget("varchar(20)")
	if err != nil {
		t.Fatal(err)
	}
	e, err := value.Plan([]value.Column{
		{Name: "id", Source: ora.Column{Type: ora.Number}, Target: id},
		{Name: "v", Source: ora.Column{Type: ora.Varchar2}, Target: v},
	}, value.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func num(i int) []byte {
	b, err := ora.AppendNumber(nil, strconv.Itoa(i))
	if err != nil {
		panic(err)
	}
	return b
}

// run writes rows id, 'v' || id in a transaction, id and v changed by change, and commits where nothing fails. The tag is the id.
func run(t *testing.T, conn *pgx.Conn, opt Options, rows int, change func(i int, cols [][]byte)) (Result, error) {
	t.Helper()
	if opt.Table == "" {
		opt.Table, opt.Relation = "t", "t"
	}
	if opt.Encoder == nil {
		opt.Encoder = encoder(t)
	}
	opt.Columns, opt.Tags = []string{"id", "v"}, 1
	tx, err := conn.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(conn.PgConn(), opt)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		cols := [][]byte{num(i), fmt.Appendf(nil, "v%d", i), num(i)}
		if change != nil {
			change(i, cols)
		}
		if err := w.Row(ctx, cols, nil); err != nil {
			break
		}
	}
	r, err := w.Close(ctx)
	if err != nil {
		_ = tx.Rollback(ctx)
		return r, err
	}
	if err := tx.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	return r, nil
}

// held is the fingerprint of what a table holds.
func held(t *testing.T, conn *pgx.Conn, table string, fields int) value.Fingerprint {
	t.Helper()
	var f value.Fingerprint
	r := value.NewReader(fields, 0)
	if _, err := conn.PgConn().CopyTo(ctx, feeder{r, &f}, "COPY "+table+" TO STDOUT BINARY"); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return f
}

type feeder struct {
	r *value.Reader
	f *value.Fingerprint
}

func (f feeder) Write(b []byte) (int, error) {
	return len(b), f.r.Feed(b, func(tuple []byte) error { f.f.Add(tuple); return nil })
}

const table = "CREATE TABLE t (id numeric(10), v varchar(20))"

func TestBatches(t *testing.T) {
	for _, retain := range []int{1, 1 << 18, 0} {
		db := pgtest.OpenBare(t)
		exec(t, db.Conn, table)
		r, err := run(t, db.Conn, Options{Retain: retain, Reject: func(r Reject) error { return r.Err }}, 30000, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r.Rows != 30000 || r.Rejected != 0 || r.Written.Rows != 30000 || r.Bytes < 30000*20 || r.Waited <= 0 {
			t.Errorf("%+v", r)
		}
		if got := held(t, db.Conn, "t", 2); got != r.Written {
			t.Errorf("the table holds %s, written was %s", got, r.Written)
		}
	}
}

func TestNoRows(t *testing.T) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, table)
	if r, err := run(t, db.Conn, Options{}, 0, nil); err != nil || r.Rows != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestRejects has rows refused on both sides, in every place of a batch.
func TestRejects(t *testing.T) {
	for _, c := range []struct {
		name  string
		ddl   string
		bad   []int
		spoil func(i int, cols [][]byte)
		code  string
	}{
		{"client", table, []int{0, 1, 500, 998, 999}, func(i int, cols [][]byte) { cols[1] = []byte("a\x00b") }, "nul-byte"},
		{"duplicate", "CREATE TABLE t (id numeric(10) PRIMARY KEY, v varchar(20))", []int{1, 2, 500, 999}, func(i int, cols [][]byte) { cols[0] = num(0) }, "23505"},
		{"check", table + "; ALTER TABLE t ADD CHECK (v <> 'bad')", []int{0, 1, 500, 998, 999}, func(i int, cols [][]byte) { cols[1] = []byte("bad") }, "23514"},
		{"not null", table + "; ALTER TABLE t ALTER v SET NOT NULL", []int{0, 7, 999}, func(i int, cols [][]byte) { cols[1] = nil }, "23502"},
		{"type", "CREATE TABLE t (id numeric(10), v varchar(4))", []int{100, 400, 999}, func(i int, cols [][]byte) { cols[1] = []byte("longer") }, "22001"},
		{"no partition", "CREATE TABLE t (id numeric(10), v varchar(20)) PARTITION BY RANGE (id); CREATE TABLE p PARTITION OF t FOR VALUES FROM (0) TO (1000)", []int{0, 999}, func(i int, cols [][]byte) { cols[0] = num(1000) }, "23514"},
		{"foreign key", table + "; CREATE TABLE parent (id numeric PRIMARY KEY); INSERT INTO parent SELECT generate_series(0, 999); ALTER TABLE t ADD FOREIGN KEY (id) REFERENCES parent", []int{3, 4, 700}, func(i int, cols [][]byte) { cols[0] = num(5000) }, "23503"},
		{"trigger", table + `; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF NEW.v = 'bad' THEN RAISE 'bad'; END IF; RETURN NEW; END$$; CREATE TRIGGER f BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()`, []int{0, 998}, func(i int, cols [][]byte) { cols[1] = []byte("bad") }, "P0001"},
		{"all", table + "; ALTER TABLE t ADD CHECK (false)", nil, func(i int, cols [][]byte) {}, "23514"},
	} {
		for _, retain := range []int{0, 1} { // one batch; one for every frame
			t.Run(fmt.Sprintf("%s/%d", c.name, retain), func(t *testing.T) {
				db := pgtest.OpenBare(t)
				exec(t, db.Conn, c.ddl)
				rows, bad := 1000, c.bad
				if bad == nil {
					rows = 20
					for i := range rows {
						bad = append(bad, i)
					}
				}
				var got []int
				r, err := run(t, db.Conn, Options{Retain: retain, Reject: func(r Reject) error {
					if len(r.Cols) != 3 || !bytes.Equal(r.Cols[2], num(int(r.Row))) {
						t.Errorf("row %d has %q", r.Row, r.Cols)
					}
					want := [][]byte{num(int(r.Row)), fmt.Appendf(nil, "v%d", r.Row), num(int(r.Row))}
					c.spoil(int(r.Row), want)
					if fmt.Sprint(r.Cols) != fmt.Sprint(want) {
						t.Errorf("row %d came back as %q, not %q", r.Row, r.Cols, want)
					}
					var server *pgconn.PgError
					var client *value.RowError
					if !(errors.As(r.Err, &server) && server.Code == c.code || errors.As(r.Err, &client) && client.Fault.String() == c.code) {
						t.Errorf("row %d: %v, want %s", r.Row, r.Err, c.code)
					}
					got = append(got, int(r.Row))
					return nil
				}}, rows, func(i int, cols [][]byte) {
					if slices.Contains(bad, i) {
						c.spoil(i, cols)
					}
				})
				if err != nil {
					t.Fatal(err)
				}
				slices.Sort(got)
				if !slices.Equal(got, bad) {
					t.Errorf("refused were %v, not %v", got, bad)
				}
				if r.Rows != int64(rows) || r.Rejected != int64(len(bad)) {
					t.Errorf("%+v", r)
				}
				if got := held(t, db.Conn, "(SELECT id, v FROM t)", 2); got != r.Written {
					t.Errorf("the table holds %s, written was %s", got, r.Written)
				}
			})
		}
	}
}

// TestFirstRejectEnds has no place for rejects: the row is named, and the connection can be used again.
func TestFirstRejectEnds(t *testing.T) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, "CREATE TABLE t (id numeric(10) PRIMARY KEY, v varchar(20))")
	_, err := run(t, db.Conn, Options{}, 100, func(i int, cols [][]byte) { cols[0] = num(i % 50) })
	var f *RowFailure
	var server *pgconn.PgError
	if !errors.As(err, &f) || f.Row != 50 || !bytes.Equal(f.Cols[2], num(50)) || f.Cols[0] != nil || f.Cols[1] != nil {
		t.Errorf("%v: %+v", err, f)
	}
	_, err = run(t, db.Conn, Options{Keep: []int{1}}, 100, func(i int, cols [][]byte) { cols[0] = num(i % 50) })
	if !errors.As(err, &f) || f.Row != 50 || string(f.Cols[1]) != "v50" || f.Cols[0] != nil || !bytes.Equal(f.Cols[2], num(50)) || !errors.As(err, &server) || server.Code != "23505" {
		t.Errorf("%v: %+v", err, f)
	}
	_, err = run(t, db.Conn, Options{}, 100, func(i int, cols [][]byte) { cols[1] = []byte{0xff} })
	var bad *value.RowError
	if !errors.As(err, &bad) || bad.Name != "v" {
		t.Error(err)
	}
	if _, err := New(db.PgConn(), Options{Table: "t", Relation: "t", Columns: []string{"id", "v"}, Encoder: encoder(t), Keep: []int{2}}); err == nil {
		t.Error("a column that there is not was kept")
	}
	stop := errors.New("enough")
	_, err = run(t, db.Conn, Options{Reject: func(Reject) error { return stop }}, 100, func(i int, cols [][]byte) { cols[0] = num(i % 50) })
	if !errors.Is(err, stop) {
		t.Error(err)
	}
	if r, err := run(t, db.Conn, Options{}, 100, nil); err != nil || held(t, db.Conn, "t", 2) != r.Written {
		t.Errorf("afterwards: %v", err)
	}
}

func TestFreeze(t *testing.T) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, "BEGIN; CREATE TABLE t (id numeric(10) CHECK (id < 100), v varchar(20))")
	w, err := New(db.PgConn(), Options{Table: "t", Relation: "t", Columns: []string{"id", "v"}, Encoder: encoder(t), Freeze: true, Reject: func(Reject) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		if err := w.Row(ctx, [][]byte{num(i), []byte("x")}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Row(ctx, [][]byte{num(0), {0xff}}, nil); err != nil { // which the server never sees
		t.Fatal(err)
	}
	r, err := w.Close(ctx)
	if err != nil || r.Rejected != 1 || r.Written.Rows != 100 {
		t.Fatalf("%+v, %v", r, err)
	}
	exec(t, db.Conn, "COMMIT; BEGIN; TRUNCATE t")
	w, err = New(db.PgConn(), Options{Table: "t", Relation: "t", Columns: []string{"id", "v"}, Encoder: encoder(t), Freeze: true, Reject: func(Reject) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Row(ctx, [][]byte{num(100), []byte("x")}, nil); err != nil {
		t.Fatal(err)
	}
	var f *RowFailure
	if _, err = w.Close(ctx); !errors.As(err, &f) || f.Row != 0 {
		t.Error(err)
	}
}

func TestStrangeNames(t *testing.T) {
	db := pgtest.OpenBare(t)
	for _, name := range []string{"t, line 3", `12 "x"`, "COPY t, line 2, column v"} {
		q := pgx.Identifier{name}.Sanitize()
		exec(t, db.Conn, "CREATE TABLE "+q+" (id numeric(10) PRIMARY KEY, v varchar(20))")
		var got []int64
		if _, err := run(t, db.Conn, Options{Table: q, Relation: name, Reject: func(r Reject) error { got = append(got, r.Row); return nil }}, 100,
			func(i int, cols [][]byte) { cols[0] = num(i % 90) }); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(got) != "[90 91 92 93 94 95 96 97 98 99]" {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestLine(t *testing.T) {
	for where, want := range map[string]int{
		"COPY t, line 12, column v":                              12,
		"COPY t, line 12":                                        12,
		"COPY t, Zeile 12, Spalte v":                             12,
		"COPY t, 第 12 行, 列 v":                                    12,
		"COPY t, строка 12, столбец v":                           12,
		"PL/pgSQL function f() line 3 at RAISE\nCOPY t, line 12": 12,
		"COPY t2, line 12":                                       0,
		"SQL statement \"SELECT 1\"":                             0,
		"COPY t, no line\nline 3":                                0,
		"":                                                       0,
	} {
		if got := line(&pgconn.PgError{Where: where}, "t"); got != want {
			t.Errorf("%q: %d, want %d", where, got, want)
		}
	}
	if line(errors.New("x"), "t") != 0 {
		t.Error("a line without a server")
	}
}

// TestNotices has a trigger that says more than a socket holds while nobody asks.
func TestNotices(t *testing.T) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, table+`; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE WARNING '%', repeat('x', 5000); RETURN NEW; END$$;
		CREATE TRIGGER f BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()`)
	if r, err := run(t, db.Conn, Options{}, 20000, nil); err != nil || r.Written.Rows != 20000 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestDroppedRows(t *testing.T) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, table+`; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN CASE WHEN NEW.id <> 5 THEN NEW END; END$$;
		CREATE TRIGGER f BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()`)
	if _, err := run(t, db.Conn, Options{}, 10, nil); err == nil || !strings.Contains(err.Error(), "t took 9 of 10 rows") {
		t.Error(err)
	}
}

// TestServerTrouble is an error of the server that carries the line of a row and is not the row's.
func TestServerTrouble(t *testing.T) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, table+`; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(60); RETURN NEW; END$$;
		CREATE TRIGGER f BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); SET statement_timeout = '100ms'`)
	var server *pgconn.PgError
	if _, err := run(t, db.Conn, Options{Reject: func(Reject) error { return nil }}, 10, nil); !errors.As(err, &server) || server.Code != "57014" || server.Where == "" {
		t.Errorf("%v: %+v", err, server)
	}
	exec(t, db.Conn, "SET statement_timeout = 0")
	if _, err := run(t, db.Conn, Options{Table: "nowhere", Relation: "nowhere"}, 10, nil); !errors.As(err, &server) || server.Code != "42P01" {
		t.Error(err)
	}
	exec(t, db.Conn, "SELECT 1")
}

// TestCancel cancels while the server waits for a lock, which is when it reads nothing.
func TestCancel(t *testing.T) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, table)
	exec(t, db.Conn, "BEGIN; LOCK TABLE t")
	other, err := db.Server.Connect(ctx, db.Name)
	if err != nil {
		t.Fatal(err)
	}
	watch, err := db.Server.Connect(ctx, db.Name) // in no transaction, which would see the activity of its start only
	if err != nil {
		t.Fatal(err)
	}
	defer watch.Close(ctx)
	pid := other.PgConn().PID()
	exec(t, other, "BEGIN")
	w, err := New(other.PgConn(), Options{Table: "t", Relation: "t", Columns: []string{"id", "v"}, Encoder: encoder(t)})
	if err != nil {
		t.Fatal(err)
	}
	canceled, cancel := context.WithCancel(ctx)
	watched := make(chan error, 1)
	go func() {
		var err error
		for waiting := false; !waiting; {
			if err = watch.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock')", pid).Scan(&waiting); err != nil {
				break
			}
		}
		watched <- err
		cancel()
	}()
	for i := 0; err == nil && i < 1e7; i++ {
		err = w.Row(canceled, [][]byte{num(i), []byte("x")}, nil)
	}
	if err := <-watched; err != nil {
		t.Fatal(err)
	}
	if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrConnection) || !other.IsClosed() {
		t.Errorf("%v, closed: %v", err, other.IsClosed())
	}
	if err := w.Row(ctx, [][]byte{num(1), nil}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("another row: %v", err)
	}
	if _, err := w.Close(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Close: %v", err)
	}
	gone := false
	for i := 0; !gone && i < 200; i++ {
		if err := watch.QueryRow(ctx, "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1)", pid).Scan(&gone); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	if !gone {
		t.Error("the server still works on it")
	}
}

// TestCancelBusy cancels while rows flow.
func TestCancelBusy(t *testing.T) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, table+"; BEGIN")
	w, err := New(db.PgConn(), Options{Table: "t", Relation: "t", Columns: []string{"id", "v"}, Encoder: encoder(t), Reject: func(Reject) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	canceled, cancel := context.WithCancel(ctx)
	defer cancel()
	for i := 0; err == nil && i < 1e7; i++ {
		if i == 50000 {
			cancel()
		}
		err = w.Row(canceled, [][]byte{num(i), []byte("x")}, nil)
	}
	if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrConnection) || !db.IsClosed() {
		t.Errorf("%v, closed: %v", err, db.IsClosed())
	}
}

func TestServerGone(t *testing.T) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, table)
	other, err := db.Server.Connect(ctx, db.Name)
	if err != nil {
		t.Fatal(err)
	}
	exec(t, other, "BEGIN")
	w, err := New(other.PgConn(), Options{Table: "t", Relation: "t", Columns: []string{"id", "v"}, Encoder: encoder(t), Reject: func(Reject) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; err == nil && i < 1e7; i++ {
		if i == 50000 {
			exec(t, db.Conn, fmt.Sprintf("SELECT pg_terminate_backend(%d)", other.PgConn().PID()))
		}
		err = w.Row(ctx, [][]byte{num(i), []byte("x")}, nil)
	}
	var server *pgconn.PgError
	if !errors.Is(err, ErrConnection) && !(errors.As(err, &server) && server.Code == "57P01") {
		t.Errorf("%v", err)
	}
	if _, err := w.Close(ctx); err == nil {
		t.Error("closed well")
	}
}

// TestLongValues has values go through files, and the same ones through memory.
func TestLongValues(t *testing.T) {
	for _, hold := range []int{1000, 16 << 20} {
		t.Run(fmt.Sprint(hold), func(t *testing.T) { longValues(t, hold) })
	}
}

func longValues(t *testing.T, hold int) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, "CREATE TABLE lobs (id numeric(10) CHECK (id <> 3), c text, b bytea, n text)")
	var columns []value.Column
	for _, c := range []struct {
		name, target string
		source       ora.Type
		policy       func(*value.Policy) error
	}{
		{"id", "numeric(10)", ora.Number, nil},
		{"c", "text", ora.CLOB, func(p *value.Policy) error { return p.SetByName("nul-byte", "strip") }},
		{"b", "bytea", ora.BLOB, nil},
		{"n", "text", ora.CLOB, func(p *value.Policy) error { return p.SetByName("bad-utf8", "null") }},
	} {
		target, err := value.ParseTarget(c.target)
		if err != nil {
			t.Fatal(err)
		}
		col := value.Column{Name: c.name, Source: ora.Column{Type: c.source}, Target: target}
		if c.policy != nil {
			if err := c.policy(&col.Policy); err != nil {
				t.Fatal(err)
			}
		}
		columns = append(columns, col)
	}
	e, err := value.Plan(columns, value.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := bytes.Repeat([]byte("aé你😀"), 100000)
	withNul := append([]byte{0}, text...)
	blob := bytes.Repeat([]byte{0, 1, 2, 255}, 700000)
	spoiled := append(append(bytes.Clone(text), 0xff), text...)
	broken := append(bytes.Clone(text), 0xf0, 0x9f)
	rows := []struct {
		c, b         []byte
		cLong, bLong bool
		bad          bool
		n            []byte // always long
		ends         error  // of the reader of n
	}{
		{c: []byte("short"), b: []byte{1}},
		{c: text, b: blob, cLong: true, bLong: true},
		{c: withNul, b: []byte{2}, cLong: true},
		{c: text, b: blob, cLong: true, bLong: true, bad: true}, // by the check
		{c: spoiled, b: []byte{3}, cLong: true, bad: true},
		{c: broken, b: []byte{4}, cLong: true, bad: true},
		{c: nil, b: blob, bLong: true},
		{c: []byte("x"), b: []byte{5}, n: spoiled},
		{c: []byte("x"), b: []byte{6}, n: text},
		{c: []byte("x"), b: []byte{7}, n: text, ends: errRow, bad: true},
		{c: []byte("last"), b: []byte{}},
	}
	dir := t.TempDir()
	var bad []int64
	tx, err := db.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(db.PgConn(), Options{
		Table: "lobs", Relation: "lobs", Columns: []string{"id", "c", "b", "n"}, Encoder: e, TempDir: dir, Hold: hold,
		OfRow: func(err error) bool { return err == errRow },
		Reject: func(r Reject) error {
			at := 1
			if rows[r.Row].n != nil {
				at = 3
			}
			front := []byte("aé你😀")
			if cut := hold == 1000; r.Cut != nil && (r.Cut[at] != cut || r.Cut[0]) || cut != (len(r.Cols[at]) <= 64) || !bytes.HasPrefix(r.Cols[at], front) || !bytes.Equal(r.Cols[0], num(int(r.Row))) {
				t.Errorf("%d: %.70q, %v", r.Row, r.Cols, r.Cut)
			}
			bad = append(bad, r.Row)
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		err := w.Row(ctx, [][]byte{num(i), row.c, row.b, nil}, func(col int) io.Reader {
			switch {
			case col == 3 && row.n != nil:
				return endsWith{bytes.NewReader(row.n), row.ends}
			case col == 1 && row.cLong:
				return smallReads{bytes.NewReader(row.c)}
			case col == 2 && row.bLong:
				return bytes.NewReader(row.b)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	r, err := w.Close(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	slices.Sort(bad) // what the server refuses comes late
	if fmt.Sprint(bad) != "[3 4 5 9]" || r.Rows != 11 || r.Rejected != 4 || fmt.Sprint(r.Counts) != "[{1 c nul-byte strip 1} {3 n bad-utf8 null 1}]" {
		t.Errorf("refused were %v: %+v", bad, r)
	}
	if got := held(t, db.Conn, "lobs", 4); got != r.Written {
		t.Errorf("the table holds %s, written was %s", got, r.Written)
	}
	for i, row := range rows {
		if row.bad {
			continue
		}
		var c, n *string
		var b []byte
		if err := db.QueryRow(ctx, "SELECT c, b, n FROM lobs WHERE id = $1", i).Scan(&c, &b, &n); err != nil {
			t.Fatal(err)
		}
		want := bytes.ReplaceAll(row.c, []byte{0}, nil)
		if (n == nil) != (i != 8) || n != nil && *n != string(row.n) {
			t.Errorf("row %d: n came out different", i)
		}
		if (c == nil) != (row.c == nil) || c != nil && *c != string(want) || !bytes.Equal(b, row.b) {
			t.Errorf("row %d came out different", i)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

// endsWith is a reader with an error at its end, if any.
type endsWith struct {
	r   io.Reader
	err error
}

var errRow = errors.New("no text")

func (e endsWith) Read(b []byte) (int, error) {
	n, err := e.r.Read(b)
	if err == io.EOF && e.err != nil {
		err = e.err
	}
	return n, err
}

// smallReads cuts characters.
type smallReads struct{ r io.Reader }

func (s smallReads) Read(b []byte) (int, error) { return s.r.Read(b[:min(len(b), 1001)]) }

func TestRowsDoNotAllocate(t *testing.T) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, table+"; BEGIN")
	w, err := New(db.PgConn(), Options{Table: "t", Relation: "t", Columns: []string{"id", "v"}, Encoder: encoder(t)})
	if err != nil {
		t.Fatal(err)
	}
	row := [][]byte{num(12345), []byte("text")}
	for range 20000 { // so that buffers have grown
		if err := w.Row(ctx, row, nil); err != nil {
			t.Fatal(err)
		}
	}
	if a := testing.AllocsPerRun(10000, func() {
		if err := w.Row(ctx, row, nil); err != nil {
			t.Fatal(err)
		}
	}); a != 0 {
		t.Errorf("%v allocations a row", a)
	}
	if _, err := w.Close(ctx); err != nil {
		t.Fatal(err)
	}
}

// TestLongRowsLeaveNoGarbage: what rows with LOBs leave behind does not grow with the LOBs.
func TestLongRowsLeaveNoGarbage(t *testing.T) {
	db := pgtest.OpenBare(t)
	exec(t, db.Conn, "CREATE TABLE t (c text, b bytea); BEGIN")
	var list []value.Column
	for _, c := range []struct {
		name, target string
		source       ora.Type
	}{{"c", "text", ora.CLOB}, {"b", "bytea", ora.BLOB}} {
		target, err := value.ParseTarget(c.target)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, value.Column{Name: c.name, Source: ora.Column{Type: c.source}, Target: target})
	}
	e, err := value.Plan(list, value.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(db.PgConn(), Options{Table: "t", Relation: "t", Columns: []string{"c", "b"}, Encoder: e, Retain: 2 << 20})
	if err != nil {
		t.Fatal(err)
	}
	const rows = 30
	text := strings.Repeat("x", 3<<20)
	write := func(n int) {
		for range n {
			if err := w.Row(ctx, make([][]byte, 2), func(i int) io.Reader {
				return strings.NewReader(text[:len(text)>>(2*i)]) // one through a file, one held
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	write(3)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	write(rows)
	runtime.ReadMemStats(&after)
	if a := after.TotalAlloc - before.TotalAlloc; a > rows*100<<10 {
		t.Errorf("%d KB allocated for a row of %d KB", a/rows>>10, len(text)>>10)
	}
	if _, err := w.Close(ctx); err != nil {
		t.Fatal(err)
	}
}
