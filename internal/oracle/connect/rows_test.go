package connect

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/orasim/tns"
)

func TestValues(t *testing.T) {
	s := newSim(t, tns.Options{},
		`create table t (id number(10) primary key, n number, v varchar2(20 char), ch char(5), nv nvarchar2(10), d date, ts timestamp(9), tz timestamp with time zone,
			r raw(20), bf binary_float, bd binary_double, ym interval year to month, ds interval day to second, c clob, b blob)`,
		`insert into t values (1, 12345678901234567890123456789012345678, 'grüße 😀', 'ab', 'x國', date '2024-02-29', timestamp '2024-02-29 13:14:15.123456789',
			timestamp '2024-02-29 13:14:15.5 +05:30', hextoraw('00FF'), 1.5, -2.25, interval '-1-2' year to month, interval '1 2:3:4.5' day to second, null, null)`,
		`insert into t (id, n, d) values (2, -1.2e-10, date '0001-01-01')`,
		`insert into t (id, n, d) values (3, 1e125, to_date('9999-12-31 23:59:59', 'YYYY-MM-DD HH24:MI:SS'))`,
	)
	se := s.session(t, Options{})
	ctx := within(t, 20*time.Second)
	rows, err := se.Query(ctx, "select * from t order by id")
	if err != nil {
		t.Fatal(err)
	}
	want := []Column{
		{Name: "ID", OracleType: "NUMBER", Precision: 10},
		{Name: "N", OracleType: "NUMBER", Precision: 38, Scale: 255, Nullable: true},
		{Name: "V", OracleType: "VARCHAR2", Length: 20, CharsetForm: 1, Nullable: true},
		{Name: "CH", OracleType: "CHAR", Length: 5, CharsetForm: 1, Nullable: true},
		{Name: "NV", OracleType: "NVARCHAR2", Length: 10, CharsetForm: 2, Nullable: true},
		{Name: "D", OracleType: "DATE", Nullable: true},
		{Name: "TS", OracleType: "TIMESTAMP", Nullable: true},
		{Name: "TZ", OracleType: "TIMESTAMP WITH TIME ZONE", Nullable: true},
		{Name: "R", OracleType: "RAW", Nullable: true},
		{Name: "BF", OracleType: "BINARY_FLOAT", Nullable: true},
		{Name: "BD", OracleType: "BINARY_DOUBLE", Nullable: true},
		{Name: "YM", OracleType: "INTERVAL YEAR TO MONTH", Nullable: true},
		{Name: "DS", OracleType: "INTERVAL DAY TO SECOND", Nullable: true},
		{Name: "C", OracleType: "CLOB", CharsetForm: 1, Nullable: true},
		{Name: "B", OracleType: "BLOB", Nullable: true},
	}
	if d := cmp.Diff(want, rows.Columns()); d != "" {
		t.Error(d)
	}
	var got [][]string
	for rows.Next(ctx) {
		var row []string
		for _, v := range rows.Values() {
			switch v := v.(type) {
			case nil:
				row = append(row, "NULL")
			case time.Time:
				row = append(row, v.Format("2006-01-02T15:04:05.999999999Z07:00"))
			case []byte:
				row = append(row, fmt.Sprintf("%X", v))
			default:
				row = append(row, fmt.Sprint(v))
			}
		}
		got = append(got, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	null := func(n int) []string { return strings.Split(strings.Repeat("NULL ", n), " ")[:n] }
	wantRows := [][]string{
		{
			"1", "12345678901234567890123456789012345678", "grüße 😀", "ab   ", "x國", "2024-02-29T00:00:00Z", "2024-02-29T13:14:15.123456789Z", "2024-02-29T13:14:15.5+05:30",
			"00FF", "1.5", "-2.25", "-01-02", "+01 02:03:04.500000", "NULL", "NULL",
		},
		append(append([]string{"2", "-0.00000000012"}, null(3)...), append([]string{"0001-01-01T00:00:00Z"}, null(9)...)...),
		append(append([]string{"3", "1" + strings.Repeat("0", 125)}, null(3)...), append([]string{"9999-12-31T23:59:59Z"}, null(9)...)...),
	}
	if d := cmp.Diff(wantRows, got); d != "" {
		t.Error(d)
	}
}

func many(n int) []string {
	return []string{
		"create table many (id number primary key, v varchar2(100))",
		fmt.Sprintf("insert into many select level, 'row ' || level from dual connect by level <= %d", n),
	}
}

func TestFetchSizes(t *testing.T) {
	s := newSim(t, tns.Options{}, many(2000)...)
	se := s.session(t, Options{})
	for _, size := range []int{1, 7, 25, 1000, 1999, 2000, 2001, 5000} {
		ctx := within(t, 60*time.Second)
		rows, err := se.QueryWith(ctx, Query{FetchRows: size}, "select id, v from many order by id")
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for rows.Next(ctx) {
			n++
			if v := rows.Values(); v[0] != fmt.Sprint(n) || v[1] != fmt.Sprintf("row %d", n) {
				t.Fatalf("size %d, row %d: %v", size, n, v)
			}
		}
		if rows.Err() != nil || n != 2000 {
			t.Errorf("size %d: %d rows, %v", size, n, rows.Err())
		}
	}
	for bytes, want := range map[int]int{0: 5000, 1: 5000, 150: 5000, 1000: 1048, 1 << 20: 1, 1 << 30: 1} {
		if got := FetchFor(bytes); got != want {
			t.Errorf("FetchFor(%d) is %d, want %d", bytes, got, want)
		}
	}
}

func TestOneResultAtATime(t *testing.T) {
	s := newSim(t, tns.Options{}, many(10)...)
	se := s.session(t, Options{})
	rows, err := se.Query(context.Background(), "select id from many")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := se.Query(context.Background(), "select 1 from dual"); err == nil {
		t.Error("two results at once")
	}
	if !rows.Next(context.Background()) {
		t.Fatal(rows.Err())
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	if rows.Next(context.Background()) {
		t.Error("a row after Close")
	}
	if got := all(t, se, "select count(*) from many where id > :1 and v like :2", 3, "row%"); got[0][0] != "7" {
		t.Errorf("%v", got)
	}
}

// TestJulianFaults: the driver gives 1 March for 29 February of years that only the Julian calendar makes leap years.
func TestJulianFaults(t *testing.T) {
	s := newSim(t, tns.Options{}, "create table t (id number, d date)",
		"insert into t values (1, date '1500-02-28')", "insert into t values (2, date '1500-02-28' + 1)", "insert into t values (3, date '1500-02-28' + 2)",
		"insert into t values (4, date '1600-03-01')", "insert into t values (5, date '1900-03-01')", "insert into t values (6, date '1501-03-01')",
	)
	se := s.session(t, Options{})
	got := all(t, se, "select id, d, to_char(d, 'YYYY-MM-DD') from t order by id")
	for _, row := range got {
		f, bad := row[1].(*Fault)
		if wantBad := row[0] == "2" || row[0] == "3"; bad != wantBad || bad && (f.Kind != LostDate || f.Column != "D") {
			t.Errorf("%v: %v", row[2], row[1])
		}
	}
	if got[1][2] != "1500-02-29" || got[2][2] != "1500-03-01" {
		t.Errorf("the dates are %v and %v", got[1][2], got[2][2])
	}
}

// TestCancelQuery: a query that runs for ever is interrupted by its context, and the session can be used again.
func TestCancelQuery(t *testing.T) {
	s := newSim(t, tns.Options{}, many(2000)...)
	se := s.session(t, Options{})
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	_, err := se.Query(ctx, "select count(*) from many a, many b, many c")
	if !errors.Is(err, ErrCancelled) || !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("%v", err)
	}
	if se.Broken() == nil {
		if got := all(t, se, "select count(*) from many"); got[0][0] != "2000" {
			t.Errorf("%v", got)
		}
	}
}

// TestStatementTimeout: the same by the time limit, of the query itself and while rows are fetched.
func TestStatementTimeout(t *testing.T) {
	s := newSim(t, tns.Options{}, many(2000)...)
	src := s.source(t, Options{StatementTimeout: 300 * time.Millisecond})
	for _, sql := range []string{
		"select count(*) from many a, many b, many c",
		"select a.id from many a where a.id = 1 union all select a.id from many a where (select count(*) from many b, many c, many d where b.id <> a.id) = 0",
	} {
		se, err := src.Session(within(t, 20*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		ctx := within(t, 60*time.Second)
		rows, err := se.QueryWith(ctx, Query{FetchRows: 1}, sql)
		if err == nil {
			for rows.Next(ctx) {
			}
			err = rows.Err()
		}
		if !errors.Is(err, ErrCancelled) || !errors.Is(err, ErrTimeout) {
			t.Errorf("%s: %v", sql, err)
		}
		if err := se.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestCancelFetch: rows are being fetched when the context ends.
func TestCancelFetch(t *testing.T) {
	s := newSim(t, tns.Options{}, many(2000)...)
	se := s.session(t, Options{})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	rows, err := se.QueryWith(ctx, Query{FetchRows: 100}, "select a.id from many a, many b, many c")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for rows.Next(ctx) {
		if n++; n == 1050 {
			go cancel()
		}
	}
	if !errors.Is(rows.Err(), context.Canceled) {
		t.Errorf("after %d rows: %v", n, rows.Err())
	}
	if se.Broken() == nil {
		if got := all(t, se, "select count(*) from many"); got[0][0] != "2000" {
			t.Errorf("%v", got)
		}
	}
}

// TestFaults: what goes wrong on the way is an error with its number, never a short result, and says whether the session lives.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		fault  string
		class  error
		broken bool
	}{
		{"drop@rows=700", ErrLost, true},
		{"drop@bytes=20000", ErrLost, true},
		{"error=1555@rows=700", ErrSnapshotTooOld, false},
		{"error=60@rows=700", nil, false},
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
			n := 0
			rows, err := se.Query(ctx, "select id, v from many order by id")
			if err == nil {
				for rows.Next(ctx) {
					n++
				}
				err = rows.Err()
			}
			var e *OracleError
			if !errors.As(err, &e) || c.class != nil && !errors.Is(err, c.class) {
				t.Errorf("after %d rows: %v", n, err)
			}
			if strings.HasPrefix(c.fault, "error=") && (e == nil || !strings.HasPrefix(c.fault, fmt.Sprintf("error=%d@", e.Code))) {
				t.Errorf("%v", err)
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

// TestKilled: the driver hides ORA-00028; we do not.
func TestKilled(t *testing.T) {
	s := newSim(t, tns.Options{}, many(10)...)
	se := s.session(t, Options{})
	f, err := tns.ParseFault("kill@calls=1")
	if err != nil {
		t.Fatal(err)
	}
	s.server.SetFaults(f)
	_, err = se.Query(within(t, 20*time.Second), "select id from many")
	var e *OracleError
	if !errors.As(err, &e) || e.Code != 28 || !errors.Is(err, ErrLost) {
		t.Errorf("%v", err)
	}
	if _, err := se.Query(context.Background(), "select 1 from dual"); !errors.Is(err, ErrLost) {
		t.Errorf("after it: %v", err)
	}
}

// TestBadText: a byte that is none of the character set's is seen, under each policy, in each set that has such bytes.
func TestBadText(t *testing.T) {
	for _, charset := range []int{873, 871, 852, 854, 1, 178} {
		for _, policy := range []TextPolicy{RejectText, HexText, ReplaceText, NullText} {
			badText(t, charset, policy)
		}
	}
}

func badText(t *testing.T, charset int, policy TextPolicy) {
	t.Helper()
	s := newSimIn(t, charset, tns.Options{}, many(10)...)
	se := s.session(t, Options{})
	f, err := tns.ParseFault("text@rows=3")
	if err != nil {
		t.Fatal(err)
	}
	s.server.SetFaults(f)
	ctx := within(t, 20*time.Second)
	rows, err := se.QueryWith(ctx, Query{Text: map[string]TextPolicy{"V": policy}}, "select id, v from many order by id")
	if err != nil {
		t.Fatal(err)
	}
	bad := 0
	for rows.Next(ctx) {
		switch v := rows.Values()[1].(type) {
		case *Fault:
			bad++
			if strings.Contains(strings.ToUpper(v.Error()), fmt.Sprintf("%X", v.Raw)) || !strings.Contains(v.Error(), "the first is byte ") {
				t.Errorf("%v: a message has a place, and not the bytes of a row", v)
			}
			if policy != RejectText || v.Kind != BadText || len(v.Raw) == 0 || v.Column != "V" {
				t.Errorf("%d, %q: %v", charset, policy, v)
			}
		case nil:
			if policy == NullText {
				bad++
			}
		case string:
			if policy == HexText && strings.Contains(v, `\x`) || policy == ReplaceText && strings.Contains(v, "\uFFFD") {
				bad++
			}
		}
	}
	if err := rows.Err(); err != nil || bad != 1 {
		t.Errorf("%d, %q: %d bad values, %v", charset, policy, bad, err)
	}
	if n := rows.TextFaults(); len(n) != 1 || n[0].Column != "V" || n[0].Values != 1 || len(n[0].First) == 0 {
		t.Errorf("%d, %q: %+v", charset, policy, n)
	}
}
