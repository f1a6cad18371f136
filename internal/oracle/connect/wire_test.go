package connect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	goora "github.com/sijms/go-ora/v2"

	"landfall/internal/model"
	"landfall/internal/oracle/value"
	"landfall/internal/orasim/tns"
)

// wireRows fetches everything as bytes; NULL is nil.
func wireRows(t testing.TB, se *Session, q Query, sql string, args ...any) (*Wire, [][][]byte) {
	t.Helper()
	ctx := within(t, 60*time.Second)
	w, err := se.Fetch(ctx, q, sql, args...)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	defer func() { _ = w.Close() }()
	var out [][][]byte
	row := make([][]byte, len(w.Columns()))
	for {
		err := w.Next(ctx, row)
		if err == io.EOF {
			return w, out
		}
		if err != nil {
			t.Fatalf("%s: row %d: %v", sql, len(out)+1, err)
		}
		kept := make([][]byte, len(row))
		for i, v := range row {
			if l := w.LOB(ctx, i); l != nil {
				if v, err = io.ReadAll(l); err != nil {
					t.Fatalf("%s: row %d: %v", sql, len(out)+1, err)
				}
			}
			if v != nil {
				kept[i] = append([]byte{}, v...)
			}
		}
		out = append(out, kept)
	}
}

const scalarTable = `create table t (id number(10) primary key, n number, v varchar2(20 char), ch char(5), nv nvarchar2(10), d date, ts timestamp(9), tz timestamp(9) with time zone,
	r raw(20), bf binary_float, bd binary_double, ym interval year to month, ds interval day to second, lt timestamp with local time zone)`

var scalarRows = []string{
	`insert into t values (1, 12345678901234567890123456789012345678, 'grüße 😀', 'ab', 'x國😀', date '2024-02-29', timestamp '2024-02-29 13:14:15.123456789',
		timestamp '2024-02-29 13:14:15.5 +05:30', hextoraw('00FF'), 1.5, -2.25, interval '-1-2' year to month, interval '1 2:3:4.5' day to second, timestamp '2024-02-29 13:14:15.5')`,
	`insert into t (id, n, d, ts) values (2, -1.2e-10, date '0001-01-01', timestamp '9999-12-31 23:59:59.999999999')`,
	`insert into t (id, n, d, bd) values (3, 1e125, to_date('9999-12-31 23:59:59', 'YYYY-MM-DD HH24:MI:SS'), 0)`,
	`insert into t (id, n, d) values (4, 0, date '-4712-01-01')`,
	`insert into t (id, n) values (5, -9.99e-130)`,
}

// TestWireEqualsDriver: the bytes say what the driver's own values say, wherever it does not lose anything.
func TestWireEqualsDriver(t *testing.T) {
	s := newSim(t, tns.Options{}, append([]string{scalarTable}, scalarRows...)...)
	se := s.session(t, Options{})
	const sql = "select t.*, t.rowid from t order by id"
	w, got := wireRows(t, se, Query{}, sql)
	want := all(t, se, sql)
	if len(got) != len(want) || len(got) != len(scalarRows) {
		t.Fatalf("%d rows, %d by the driver", len(got), len(want))
	}
	for r := range want {
		for i, c := range w.Columns() {
			if want[r][i] == nil || got[r][i] == nil {
				if want[r][i] != nil || got[r][i] != nil {
					t.Errorf("row %d, %s: %X, by the driver %v", r+1, c.Name, got[r][i], want[r][i])
				}
				continue
			}
			col, err := value.Of(model.TypeRef{Name: c.OracleType})
			if err != nil {
				t.Fatal(err)
			}
			b, err := value.AppendDriver(nil, col, want[r][i])
			if err != nil {
				t.Fatalf("row %d, %s: %v", r+1, c.Name, err)
			}
			if !bytes.Equal(b, got[r][i]) {
				t.Errorf("row %d, %s (%s): %X, by the driver %X (%v)", r+1, c.Name, c.OracleType, got[r][i], b, want[r][i])
			}
		}
	}
}

// TestWireBytes: what the driver loses is there.
func TestWireBytes(t *testing.T) {
	s := newSim(t, tns.Options{}, "create table t (id number, d date, ds interval day(2) to second(9))",
		"insert into t values (1, date '1500-02-28' + 1, interval '1 2:3:4.123456789' day(2) to second(9))",
		"insert into t values (2, date '1500-02-28' + 2, null)",
	)
	se := s.session(t, Options{})
	_, got := wireRows(t, se, Query{}, "select id, d, ds from t order by id")
	want := [][][]byte{
		{{0xC1, 2}, {115, 100, 2, 29, 1, 1, 1}, {0x80, 0, 0, 1, 62, 63, 64, 0x87, 0x5B, 0xCD, 0x15}},
		{{0xC1, 3}, {115, 100, 3, 1, 1, 1, 1}, nil},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestWireFetchSizes(t *testing.T) {
	s := newSim(t, tns.Options{}, many(2000)...)
	se := s.session(t, Options{})
	for _, size := range []int{1, 7, 25, 1000, 1999, 2000, 2001, 5000} {
		_, rows := wireRows(t, se, Query{FetchRows: size}, "select id, v from many where id <= :1 order by id", 1500)
		if len(rows) != 1500 {
			t.Fatalf("size %d: %d rows", size, len(rows))
		}
		for i, r := range rows {
			if string(r[1]) != fmt.Sprintf("row %d", i+1) {
				t.Fatalf("size %d, row %d: %s", size, i+1, r[1])
			}
		}
	}
	if _, rows := wireRows(t, se, Query{}, "select id from many where id < 0"); len(rows) != 0 {
		t.Errorf("%d rows of none", len(rows))
	}
}

// TestWireCloseEarly: rows that are on their way when the result is closed do not get into the next one.
func TestWireCloseEarly(t *testing.T) {
	s := newSim(t, tns.Options{}, many(2000)...)
	se := s.session(t, Options{})
	for _, n := range []int{0, 1, 10, 11} {
		ctx := within(t, 20*time.Second)
		w, err := se.Fetch(ctx, Query{FetchRows: 10}, "select id, v from many order by id")
		if err != nil {
			t.Fatal(err)
		}
		row := make([][]byte, 2)
		for range n {
			if err := w.Next(ctx, row); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := se.Query(ctx, "select 1 from dual"); err == nil {
			t.Error("two results at once")
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got := all(t, se, "select count(*) from many"); got[0][0] != "2000" {
			t.Errorf("after %d rows: %v", n, got)
		}
	}
}

func TestWireErrors(t *testing.T) {
	s := newSim(t, tns.Options{}, many(2000)...)
	se := s.session(t, Options{})
	ctx := within(t, 20*time.Second)
	if _, err := se.Fetch(ctx, Query{}, "select * from nope"); !errors.Is(err, ErrNoRights) {
		t.Errorf("%v", err)
	}
	if _, err := se.Fetch(ctx, Query{}, "delete from many"); !errors.Is(err, ErrRefused) {
		t.Errorf("%v", err)
	}
	w, err := se.Fetch(ctx, Query{FetchRows: 100}, "select 1/(1000 - id) from many")
	if err != nil {
		t.Fatal(err)
	}
	row := make([][]byte, 1)
	n := 0
	for err == nil {
		if err = w.Next(ctx, row); err == nil {
			n++
		}
	}
	var e *OracleError
	if !errors.As(err, &e) || e.Code != 1476 {
		t.Errorf("after %d rows: %v", n, err)
	}
	if again := w.Next(ctx, row); again != err {
		t.Errorf("then %v", again)
	}
	if got := all(t, se, "select count(*) from many"); got[0][0] != "2000" {
		t.Errorf("%v", got)
	}
}

func TestWireFaults(t *testing.T) {
	for _, c := range []struct {
		fault  string
		class  error
		broken bool
	}{
		{"drop@rows=700", ErrLost, true},
		{"drop@bytes=20000", ErrLost, true},
		{"error=1555@rows=700", ErrSnapshotTooOld, false},
		{"error=3113@rows=700", ErrLost, true},
		{"kill@calls=3", ErrLost, true},
	} {
		t.Run(c.fault, func(t *testing.T) {
			s := newSim(t, tns.Options{}, many(2000)...)
			se := s.session(t, Options{FetchRows: 100})
			f, err := tns.ParseFault(c.fault)
			if err != nil {
				t.Fatal(err)
			}
			s.server.SetFaults(f)
			ctx := within(t, 20*time.Second)
			w, err := se.Fetch(ctx, Query{}, "select id, v from many order by id")
			n := 0
			row := make([][]byte, 2)
			for err == nil {
				if err = w.Next(ctx, row); err == nil {
					n++
				}
			}
			var e *OracleError
			if !errors.As(err, &e) || !errors.Is(err, c.class) {
				t.Errorf("after %d rows: %v", n, err)
			}
			if (se.Broken() != nil) != c.broken {
				t.Errorf("broken: %v", se.Broken())
			}
			s.server.SetFaults()
			if !c.broken {
				if got := all(t, se, "select count(*) from many"); got[0][0] != "2000" {
					t.Errorf("%v", got)
				}
			}
		})
	}
}

func TestWireCancel(t *testing.T) {
	s := newSim(t, tns.Options{}, many(2000)...)
	src := s.source(t, Options{MaxSessions: 9, StatementTimeout: 500 * time.Millisecond})
	for name, sql := range map[string]string{
		"rows come":   "select a.id from many a, many b, many c",
		"no rows yet": "select a.id from many a where (select count(*) from many b, many c, many d where b.id <> a.id) = 0",
	} {
		for _, how := range []string{"context", "limit"} {
			if how == "limit" && name == "rows come" {
				continue
			}
			t.Run(name+" "+how, func(t *testing.T) {
				se, err := src.Session(within(t, 20*time.Second))
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				if how == "context" {
					time.AfterFunc(100*time.Millisecond, cancel)
				}
				w, err := se.Fetch(ctx, Query{FetchRows: 100}, sql)
				row := make([][]byte, 1)
				for err == nil {
					err = w.Next(ctx, row)
				}
				want := context.Canceled
				if how == "limit" {
					want = ErrTimeout
				}
				if !errors.Is(err, ErrCancelled) || !errors.Is(err, want) {
					t.Errorf("%v", err)
				}
				if se.Broken() == nil {
					if got := all(t, se, "select count(*) from many"); got[0][0] != "2000" {
						t.Errorf("%v", got)
					}
				}
				if err := se.Close(); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func TestWireBadText(t *testing.T) {
	for _, policy := range []TextPolicy{RejectText, HexText, ReplaceText} {
		s := newSim(t, tns.Options{}, many(10)...)
		se := s.session(t, Options{})
		f, err := tns.ParseFault("text@rows=3")
		if err != nil {
			t.Fatal(err)
		}
		s.server.SetFaults(f)
		ctx := within(t, 20*time.Second)
		w, err := se.Fetch(ctx, Query{Text: map[string]TextPolicy{"V": policy}}, "select id, v from many order by id")
		if err != nil {
			t.Fatal(err)
		}
		row := make([][]byte, 2)
		n, bad := 0, 0
		for {
			err := w.Next(ctx, row)
			if err == io.EOF {
				break
			}
			n++
			var fault *Fault
			switch {
			case errors.As(err, &fault):
				bad++
				if policy != RejectText || fault.Kind != BadText || len(fault.Raw) == 0 || row[0] == nil {
					t.Errorf("%q: %v", policy, err)
				}
			case err != nil:
				t.Fatal(err)
			case bytes.Contains(row[1], []byte(`\x`)), bytes.Contains(row[1], []byte("\uFFFD")):
				bad++
			}
		}
		if n != 10 || bad != 1 {
			t.Errorf("%q: %d rows, %d bad", policy, n, bad)
		}
		if c := w.TextFaults(); len(c) != 1 || c[0].Values != 1 {
			t.Errorf("%q: %+v", policy, c)
		}
	}
}

// TestWireLOBs: small ones with the row, large ones in pieces, whatever the place where a piece ends; empty is not NULL.
func TestWireLOBs(t *testing.T) {
	s := newSim(t, tns.Options{}, "create table t (id number primary key, c clob, n nclob, b blob)")
	se := s.session(t, Options{})
	ctx := within(t, 60*time.Second)
	pair := strings.Repeat("x", LOBPiece-1) + "😀" + strings.Repeat("y", LOBPiece-1) + "😀 ende"
	large := strings.Repeat("grüße 國 😀 ", 300_000)
	data := bytes.Repeat([]byte{0, 1, 2, 0xFF}, 700_000)
	insert := func(id int, c, n string, b []byte) {
		t.Helper()
		err := se.exec(ctx, "insert into t values (:1, :2, :3, :4)", id, goora.Clob{String: c, Valid: true}, goora.NClob{String: n, Valid: true}, goora.Blob{Data: b})
		if err != nil {
			t.Fatal(err)
		}
	}
	insert(1, "small 😀", "klein 國", []byte{1, 2})
	insert(2, pair, large, data)
	insert(3, strings.Repeat("z", SmallLOB), strings.Repeat("z", SmallLOB+1), bytes.Repeat([]byte{7}, SmallLOB+1))
	for _, sql := range []string{"insert into t values (4, null, null, null)", "insert into t values (5, empty_clob(), empty_clob(), empty_blob())", "commit"} {
		if err := se.exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	for name, small := range map[string]int{"small ones inline": SmallLOB, "all by locator": 0} {
		for _, size := range []int{1, 2, 100} {
			list, plan, err := PlanRead([]ReadColumn{{Expr: `"ID"`, Type: "NUMBER"}, {Expr: `"C"`, Type: "CLOB"}, {Expr: `"N"`, Type: "NCLOB"}, {Expr: `"B"`, Type: "BLOB"}}, small)
			if err != nil {
				t.Fatal(err)
			}
			w, got := wireRows(t, se, Query{Plan: plan, FetchRows: size}, "select "+list+" from t order by id")
			if len(w.Columns()) != 4 || w.Columns()[2].OracleType != "NCLOB" || w.Columns()[3].OracleType != "BLOB" {
				t.Errorf("%s: %+v", name, w.Columns())
			}
			want := [][][]byte{
				{{0xC1, 2}, []byte("small 😀"), []byte("klein 國"), {1, 2}},
				{{0xC1, 3}, []byte(pair), []byte(large), data},
				{{0xC1, 4}, bytes.Repeat([]byte("z"), SmallLOB), bytes.Repeat([]byte("z"), SmallLOB+1), bytes.Repeat([]byte{7}, SmallLOB+1)},
				{{0xC1, 5}, nil, nil, nil},
				{{0xC1, 6}, {}, {}, {}},
			}
			if len(got) != len(want) {
				t.Fatalf("%s: %d rows", name, len(got))
			}
			for r := range want {
				for i := range want[r] {
					if (got[r][i] == nil) != (want[r][i] == nil) || !bytes.Equal(got[r][i], want[r][i]) {
						t.Errorf("%s, %d rows a call: row %d, column %d: %d bytes (NULL: %v), want %d (NULL: %v)", name, size, r+1, i+1, len(got[r][i]), got[r][i] == nil, len(want[r][i]), want[r][i] == nil)
					}
				}
			}
		}
	}
}

func TestWireLOBOfLostRow(t *testing.T) {
	s := newSim(t, tns.Options{}, "create table t (id number primary key, c clob)")
	se := s.session(t, Options{})
	ctx := within(t, 60*time.Second)
	for i := range 2 {
		if err := se.exec(ctx, "insert into t values (:1, :2)", i, goora.Clob{String: "some text", Valid: true}); err != nil {
			t.Fatal(err)
		}
	}
	w, err := se.Fetch(ctx, Query{}, "select c from t order by id")
	if err != nil {
		t.Fatal(err)
	}
	row := make([][]byte, 1)
	if err := w.Next(ctx, row); err != nil {
		t.Fatal(err)
	}
	l := w.LOB(ctx, 0)
	if l == nil || l.Length() != 9 {
		t.Fatalf("%v", l)
	}
	if err := w.Next(ctx, row); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(l); err == nil {
		t.Error("a LOB was read after its row had gone")
	}
	if b, err := io.ReadAll(w.LOB(ctx, 0)); err != nil || string(b) != "some text" {
		t.Errorf("%q, %v", b, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w.LOB(ctx, 0) != nil {
		t.Error("a LOB of a closed result")
	}
}

// TestWireBadTextOfLOB: the policy of a column is that of its LOBs too, small ones and large ones.
func TestWireBadTextOfLOB(t *testing.T) {
	long := append(bytes.Repeat([]byte{0, 'x'}, SmallLOB+1), 0xD8, 0x3D, 0, 'y')
	d := texts{charset: 873, rows: [][3][]byte{{[]byte("a"), nil, []byte{0, 'a', 0xD8, 0x3D, 0, 'b'}}, {[]byte("b"), nil, long}}}
	s := serve(t, d, tns.Options{})
	se := s.session(t, Options{})
	list, plan, err := PlanRead([]ReadColumn{{Expr: `"V"`, Type: "VARCHAR2"}, {Expr: `"N"`, Type: "NVARCHAR2"}, {Expr: `"C"`, Type: "CLOB"}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	w, got := wireRows(t, se, Query{Plan: plan, Text: map[string]TextPolicy{"C": HexText}}, "select "+list+" from t")
	if string(got[0][2]) != `a\xD8\x3Db` || !strings.HasSuffix(string(got[1][2]), `x\xD8\x3Dy`) || len(w.TextFaults()) != 1 || w.TextFaults()[0].Column != "C" {
		t.Errorf("%q, %.40q..., %+v", got[0][2], got[1][2], w.TextFaults())
	}
	w, err = se.Fetch(context.Background(), Query{Plan: plan}, "select "+list+" from t")
	if err != nil {
		t.Fatal(err)
	}
	row := make([][]byte, 3)
	if err := w.Next(context.Background(), row); err != nil {
		t.Fatal(err)
	}
	var f *Fault
	if _, err := io.ReadAll(w.LOB(context.Background(), 2)); !errors.As(err, &f) || f.Column != "C" || f.Kind != BadText {
		t.Errorf("%v", err)
	}
	if err := w.Next(context.Background(), row); err != nil {
		t.Errorf("the next row: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}
