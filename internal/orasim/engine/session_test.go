package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/number"
)

func must(t testing.TB, s *Session, sql string) string {
	t.Helper()
	got, err := run(s, sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return got
}

func code(err error) int {
	var e *session.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}

// TestReadConsistency: a query sees what was there when it began, AS OF what was there then, and a transaction its own.
func TestReadConsistency(t *testing.T) {
	db := newDatabase(t)
	a, b := login(t, db, "hr"), login(t, db, "hr")
	must(t, a, "CREATE TABLE t (id NUMBER PRIMARY KEY, v VARCHAR2(10))")
	must(t, a, "INSERT INTO t SELECT LEVEL, 'old' FROM dual CONNECT BY LEVEL <= 5")
	if got := must(t, b, "SELECT COUNT(*) FROM t"); got != "0\n" {
		t.Errorf("uncommitted rows are seen: %s", got)
	}
	if got := must(t, a, "SELECT COUNT(*) FROM t"); got != "5\n" {
		t.Errorf("own rows are not seen: %s", got)
	}
	if err := a.Commit(bg); err != nil {
		t.Fatal(err)
	}
	scn := db.store.SCN()
	st, err := b.Parse(bg, "SELECT id, v FROM t ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	r, err := st.Execute(bg, &session.Call{})
	if err != nil {
		t.Fatal(err)
	}
	open, err := b.Parse(bg, "SELECT v FROM t")
	if err != nil {
		t.Fatal(err)
	}
	stream, err := open.Execute(bg, &session.Call{})
	if err != nil {
		t.Fatal(err)
	}
	must(t, a, "UPDATE t SET v = 'new' WHERE id <= 3")
	must(t, a, "DELETE FROM t WHERE id = 5")
	if err := a.Commit(bg); err != nil {
		t.Fatal(err)
	}
	for _, rows := range []session.Rows{r.Rows, stream.Rows} {
		n := 0
		row := make([][]byte, 2)
		for {
			err := rows.Next(bg, row)
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			n++
			if v := row[0]; rows == stream.Rows && string(v) != "old" {
				t.Errorf("the open query sees %q", v)
			}
		}
		if n != 5 {
			t.Errorf("the open query has %d rows", n)
		}
	}
	if got := must(t, b, fmt.Sprintf("SELECT COUNT(*), MIN(v), MAX(v) FROM t AS OF SCN %d", scn)); got != "5|old|old\n" {
		t.Errorf("as of: %s", got)
	}
	if got := must(t, b, "SELECT COUNT(*), MIN(v), MAX(v) FROM t"); got != "4|new|old\n" {
		t.Errorf("now: %s", got)
	}
	must(t, a, "CREATE VIEW w AS SELECT v, (SELECT MAX(v) FROM t) m FROM t")
	must(t, a, "CREATE VIEW u AS SELECT x.v, y.m FROM w x JOIN w y ON x.v = y.v UNION ALL SELECT 'more', MIN(v) FROM t")
	want := must(t, b, fmt.Sprintf("SELECT COUNT(*), COUNT(DISTINCT v), MAX(m) FROM (SELECT x.v, y.m FROM t AS OF SCN %[1]d x, (SELECT v, (SELECT MAX(v) FROM t AS OF SCN %[1]d) m FROM t AS OF SCN %[1]d) y WHERE x.v = y.v UNION ALL SELECT 'more', MIN(v) FROM t AS OF SCN %[1]d)", scn))
	if got := must(t, b, fmt.Sprintf("SELECT COUNT(*), COUNT(DISTINCT v), MAX(m) FROM u AS OF SCN %d", scn)); got != want || got == must(t, b, "SELECT COUNT(*), COUNT(DISTINCT v), MAX(m) FROM u") {
		t.Errorf("a view as of: %s, want %s", got, want)
	}
	db.ForgetUndo(db.SCN())
	if _, err := run(b, fmt.Sprintf("SELECT COUNT(*) FROM t AS OF SCN %d", scn)); code(err) != 1555 {
		t.Errorf("forgotten: %v", err)
	}
	must(t, a, "TRUNCATE TABLE t")
	if _, err := run(b, fmt.Sprintf("SELECT COUNT(*) FROM t AS OF SCN %d", scn)); code(err) != 1466 {
		t.Errorf("after TRUNCATE: %v", err)
	}
}

// TestOldRowsBehindNewIndex: what was deleted before an index was built is still found as of then.
func TestOldRowsBehindNewIndex(t *testing.T) {
	db := newDatabase(t)
	s := login(t, db, "hr")
	must(t, s, "CREATE TABLE t (id NUMBER, v NUMBER)")
	must(t, s, "INSERT INTO t SELECT LEVEL, LEVEL FROM dual CONNECT BY LEVEL <= 5")
	if err := s.Commit(bg); err != nil {
		t.Fatal(err)
	}
	scn := db.SCN()
	must(t, s, "DELETE FROM t WHERE id = 3")
	must(t, s, "CREATE UNIQUE INDEX ix ON t (id)")
	if got := must(t, s, fmt.Sprintf("SELECT v FROM t AS OF SCN %d WHERE id = 3", scn)); got != "3\n" {
		t.Errorf("as of then: %q", got)
	}
	if got := must(t, s, "SELECT v FROM t WHERE id = 4"); got != "4\n" {
		t.Errorf("now: %q", got)
	}
	if _, err := run(s, "INSERT INTO t VALUES (4, 0)"); code(err) != 1 {
		t.Errorf("duplicate: %v", err)
	}
}

// TestLocking: writers wait, NOWAIT does not, a circle is ORA-00060, and what changed meanwhile is looked at again.
func TestLocking(t *testing.T) {
	db := newDatabase(t)
	a, b := login(t, db, "hr"), login(t, db, "hr")
	must(t, a, "CREATE TABLE t (id NUMBER PRIMARY KEY, n NUMBER)")
	must(t, a, "INSERT INTO t SELECT LEVEL, 0 FROM dual CONNECT BY LEVEL <= 2")
	if err := a.Commit(bg); err != nil {
		t.Fatal(err)
	}
	must(t, a, "UPDATE t SET n = 1 WHERE id = 1")
	if _, err := run(b, "SELECT * FROM t WHERE id = 1 FOR UPDATE NOWAIT"); code(err) != 54 {
		t.Errorf("NOWAIT: %v", err)
	}
	if got := must(t, b, "SELECT id FROM t FOR UPDATE SKIP LOCKED"); got != "2\n" {
		t.Errorf("SKIP LOCKED: %s", got)
	}
	ctx, cancel := context.WithTimeout(bg, 30*time.Millisecond)
	defer cancel()
	st, err := b.Parse(ctx, "UPDATE t SET n = 2 WHERE id = 1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.Execute(ctx, &session.Call{Rows: [][][]byte{{}}}); code(err) != 1013 {
		t.Errorf("cancel: %v", err)
	}
	done := make(chan error, 1)
	go func() { _, err := run(a, "UPDATE t SET n = 1 WHERE id = 2"); done <- err }()
	time.Sleep(20 * time.Millisecond)
	if _, err := run(b, "UPDATE t SET n = 2 WHERE id = 1"); code(err) != 60 {
		t.Errorf("deadlock: %v", err)
	}
	if err := b.Rollback(bg); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("the other one: %v", err)
	}
	// a waiting update sees the row that was committed under it
	go func() {
		time.Sleep(20 * time.Millisecond)
		if err := a.Commit(bg); err != nil {
			t.Error(err)
		}
	}()
	if got := must(t, b, "UPDATE t SET n = n + 10 WHERE id = 1"); got != "1 rows\n" {
		t.Error(got)
	}
	if got := must(t, b, "SELECT n FROM t WHERE id = 1"); got != "11\n" {
		t.Errorf("lost update: %s", got)
	}
}

// TestManySessions adds up from many sessions at once; with -race it looks for data races.
func TestManySessions(t *testing.T) {
	db := newDatabase(t)
	s := login(t, db, "hr")
	must(t, s, "CREATE SEQUENCE seq")
	must(t, s, "CREATE TABLE acc (id NUMBER PRIMARY KEY, n NUMBER NOT NULL CHECK (n >= 0))")
	must(t, s, "CREATE TABLE log (id NUMBER PRIMARY KEY, acc NUMBER NOT NULL REFERENCES acc, what VARCHAR2(20) UNIQUE)")
	must(t, s, "INSERT INTO acc SELECT LEVEL, 100 FROM dual CONNECT BY LEVEL <= 5")
	if err := s.Commit(bg); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	logged := 0
	for w := range 6 {
		wg.Go(func() {
			s := login(t, db, "hr")
			defer s.Close()
			r := rand.New(rand.NewPCG(uint64(w), 1))
			for range 40 {
				from, to := 1+r.IntN(5), 1+r.IntN(5)
				err := func() error {
					for _, sql := range []string{
						fmt.Sprintf("UPDATE acc SET n = n - 1 WHERE id = %d", from), fmt.Sprintf("UPDATE acc SET n = n + 1 WHERE id = %d", to),
						fmt.Sprintf("INSERT INTO log VALUES (seq.NEXTVAL, %d, 'k%d')", from, r.IntN(400)),
					} {
						if _, err := run(s, sql); err != nil {
							return err
						}
					}
					return nil
				}()
				switch code(err) {
				case 0:
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					logged++
					mu.Unlock()
					if err := s.Commit(bg); err != nil {
						t.Error(err)
					}
				case 60, 1, 2290:
					if err := s.Rollback(bg); err != nil {
						t.Error(err)
					}
				default:
					t.Error(err)
				}
				if got, err := run(s, "SELECT SUM(n) FROM acc"); err != nil || got != "500\n" {
					t.Errorf("sum: %s %v", got, err)
				}
			}
		})
	}
	wg.Wait()
	if got := must(t, s, "SELECT COUNT(*), COUNT(DISTINCT what) FROM log"); got != fmt.Sprintf("%d|%d\n", logged, logged) {
		t.Errorf("log: %s, want %d", got, logged)
	}
	if logged == 0 {
		t.Error("nothing was logged")
	}
}

// TestArrayDML binds many rows, with batch errors and RETURNING.
func TestArrayDML(t *testing.T) {
	db := newDatabase(t)
	s := login(t, db, "hr")
	must(t, s, "CREATE TABLE t (id NUMBER PRIMARY KEY, v VARCHAR2(5))")
	n := func(i int64) []byte { return number.FromInt(i).Bytes() }
	binds := []session.Bind{{Type: session.Number}, {Type: session.Varchar2, Size: 20}}
	st, err := s.Parse(bg, "INSERT INTO t VALUES (:1, :2)")
	if err != nil {
		t.Fatal(err)
	}
	r, err := st.Execute(bg, &session.Call{Binds: binds, Rows: [][][]byte{{n(1), []byte("a")}, {n(1), []byte("b")}, {n(2), []byte("toolong")}, {n(3), nil}}, BatchErrors: true})
	if err != nil || r.RowCount != 2 || len(r.BatchErrors) != 2 || r.BatchErrors[0].Code != 1 || r.BatchErrors[1].Code != 12899 || r.BatchErrors[1].Row != 2 {
		t.Fatalf("%+v %v", r, err)
	}
	r, err = st.Execute(bg, &session.Call{Binds: binds, Rows: [][][]byte{{n(7), nil}, {n(7), nil}, {n(8), nil}}})
	if code(err) != 1 || r == nil || r.RowCount != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	st, err = s.Parse(bg, "UPDATE t SET v = 'x' WHERE id > :1 RETURNING id, v INTO :2, :3")
	if err != nil {
		t.Fatal(err)
	}
	r, err = st.Execute(bg, &session.Call{Binds: []session.Bind{{Type: session.Number}, {Type: session.Varchar2, Size: 40}, {Type: session.Varchar2, Size: 40}}, Rows: [][][]byte{{n(1), nil, nil}}})
	if err != nil || r.RowCount != 2 || r.Out[1].Direction != session.Returning {
		t.Fatalf("%+v %v", r, err)
	}
	if got := fmt.Sprintf("%s %s", r.Out[1].Values[0], r.Out[2].Values[0]); got != "[3 7] [x x]" {
		t.Errorf("returning: %s", got)
	}
	if len(r.LastRowID) != 13 {
		t.Errorf("last ROWID %x", r.LastRowID)
	}
	if got := must(t, s, "SELECT COUNT(*) FROM t"); got != "3\n" {
		t.Error(got)
	}
	st, err = s.Parse(bg, "INSERT ALL INTO t (id) VALUES (101) INTO t (id) VALUES (102) SELECT * FROM dual")
	if err != nil {
		t.Fatal(err)
	}
	if r, err = st.Execute(bg, &session.Call{Rows: [][][]byte{nil}}); err != nil || r.RowCount != 2 || r.LastRowID != nil {
		t.Errorf("INSERT ALL: %+v %v, want two rows and no last ROWID", r, err)
	}
}

// TestLOBs writes one through a temporary locator and reads it back in pieces.
func TestLOBs(t *testing.T) {
	db := newDatabase(t)
	s := login(t, db, "hr")
	must(t, s, "CREATE TABLE t (id NUMBER, c CLOB, b BLOB, n NVARCHAR2(10))")
	loc, err := s.CreateTemporary(bg, session.CLOB, false)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("Grüße 😀 ", 1000)
	if err := s.WriteLOB(bg, loc, 0, toUTF16([]byte(text))); err != nil {
		t.Fatal(err)
	}
	st, err := s.Parse(bg, "INSERT INTO t VALUES (1, :1, EMPTY_BLOB(), :2)")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.Execute(bg, &session.Call{Binds: []session.Bind{{Type: session.CLOB}, {Type: session.Varchar2, Size: 20, National: true}}, Rows: [][][]byte{{loc, toUTF16([]byte("né😀"))}}}); err != nil {
		t.Fatal(err)
	}
	if err := s.FreeTemporary(bg, loc); err != nil {
		t.Fatal(err)
	}
	if _, err := s.LOBLength(bg, loc); code(err) != 22922 {
		t.Errorf("freed: %v", err)
	}
	st, err = s.Parse(bg, "SELECT c, b, n FROM t")
	if err != nil {
		t.Fatal(err)
	}
	r, err := st.Execute(bg, &session.Call{})
	if err != nil {
		t.Fatal(err)
	}
	row := make([][]byte, 3)
	if err := r.Rows.Next(bg, row); err != nil {
		t.Fatal(err)
	}
	if n, err := s.LOBLength(bg, row[0]); err != nil || n != uint64(utf16Len(text)) {
		t.Errorf("length %d %v", n, err)
	}
	var got []byte
	for off := uint64(0); ; off += 777 {
		before := len(got)
		if got, err = s.ReadLOB(bg, got, row[0], off, 777); err != nil {
			t.Fatal(err)
		}
		if len(got) == before {
			break
		}
	}
	if string(fromUTF16(got)) != text {
		t.Error("another text came back")
	}
	if n, err := s.LOBLength(bg, row[1]); err != nil || n != 0 || row[1] == nil {
		t.Errorf("empty BLOB: %d %v", n, err)
	}
	if string(fromUTF16(row[2])) != "né😀" || r.Columns[2].Chars != 10 || !r.Columns[2].National {
		t.Errorf("national: %x %+v", row[2], r.Columns[2])
	}
}

// TestDescribe tells columns without running, and by their types.
func TestDescribe(t *testing.T) {
	db := newDatabase(t)
	s := login(t, db, "hr")
	must(t, s, "CREATE TABLE t (n NUMBER(10,2) NOT NULL, f FLOAT(30), v VARCHAR2(30 CHAR), c CHAR(3), d DATE, ts TIMESTAMP(3), tz TIMESTAMP WITH TIME ZONE, r RAW(8), iv INTERVAL DAY(3) TO SECOND(2), bd BINARY_DOUBLE)")
	st, err := s.Parse(bg, "SELECT t.*, ROWID, n + 1, 'abc' x FROM t WHERE n = :1")
	if err != nil {
		t.Fatal(err)
	}
	cols, err := st.Describe(bg, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, c := range cols {
		fmt.Fprintf(&b, "%s %d %d %d,%d %v\n", c.Name, c.Type, c.Size, c.Precision, c.Scale, c.Nullable)
	}
	want := `N 2 22 10,2 false
F 2 22 30,-127 true
V 1 120 0,0 true
C 96 3 0,0 true
D 12 7 0,0 true
TS 180 11 0,3 true
TZ 181 13 0,6 true
R 23 8 0,0 true
IV 183 11 3,2 true
BD 101 8 0,0 true
ROWID 11 18 0,0 true
N+1 2 22 0,-127 true
X 96 3 0,0 true
`
	if b.String() != want {
		t.Errorf("got:\n%s", b.String())
	}
}

// BenchmarkStream is a full scan through the seam.
func BenchmarkStream(b *testing.B) {
	db := newDatabase(b)
	s := login(b, db, "hr")
	must(b, s, "CREATE TABLE t (c1 NUMBER, c2 NUMBER(14,2), c3 NUMBER(14,2), c4 NUMBER, c5 VARCHAR2(20), c6 VARCHAR2(20), c7 VARCHAR2(20), c8 VARCHAR2(20), c9 DATE, c10 TIMESTAMP, c11 CHAR(1), c12 VARCHAR2(200))")
	must(b, s, "INSERT INTO t SELECT LEVEL, LEVEL*1.25, LEVEL*3, LEVEL, 'abcdefgh', 'abcdefgh', 'abcdefgh', 'abcdefgh', SYSDATE, SYSTIMESTAMP, 'x', RPAD('x',150,'y') FROM dual CONNECT BY LEVEL <= 50000")
	if err := s.Commit(bg); err != nil {
		b.Fatal(err)
	}
	st, err := s.Parse(bg, fmt.Sprintf("SELECT * FROM t AS OF SCN %d", db.store.SCN()))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		r, err := st.Execute(bg, &session.Call{})
		if err != nil {
			b.Fatal(err)
		}
		row := make([][]byte, len(r.Columns))
		n := 0
		for {
			err := r.Rows.Next(bg, row)
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 50000 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/50000, "ns/row")
}
