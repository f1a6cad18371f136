package engine

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"landfall/internal/orasim/session"
)

// TestRowIDRanges cuts a table at every one of its rows: the parts must hold all rows once, whatever the comparison.
func TestRowIDRanges(t *testing.T) {
	db := newDatabase(t)
	s := login(t, db, "hr")
	must(t, s, "CREATE TABLE t (id NUMBER, v VARCHAR2(400)) PARTITION BY HASH (id) PARTITIONS 2")
	must(t, s, "INSERT INTO t SELECT LEVEL, RPAD('x', 300, 'x') FROM dual CONNECT BY LEVEL <= 120")
	must(t, s, "COMMIT")
	scn := db.SCN()
	must(t, s, "DELETE FROM t WHERE MOD(id, 3) = 0")
	must(t, s, "COMMIT")
	ids := strings.Fields(must(t, s, fmt.Sprintf("SELECT ROWIDTOCHAR(ROWID) FROM t AS OF SCN %d ORDER BY ROWID", scn)))
	if len(ids) != 120 {
		t.Fatalf("%d rows", len(ids))
	}
	from := fmt.Sprintf(" FROM t AS OF SCN %d WHERE ", scn)
	for i, id := range ids {
		for cond, want := range map[string]int{
			"ROWID >= CHARTOROWID('%s')": 120 - i, "ROWID > CHARTOROWID('%s')": 119 - i, "ROWID <= CHARTOROWID('%s')": i + 1, "ROWID < CHARTOROWID('%s')": i,
			"CHARTOROWID('%s') > ROWID": i, "'%s' = ROWID": 1,
		} {
			if got := must(t, s, "SELECT COUNT(*)"+from+fmt.Sprintf(cond, id)); got != fmt.Sprintln(want) {
				t.Fatalf("row %d, %s: %s", i, cond, got)
			}
		}
	}
	for cond, want := range map[string]string{
		fmt.Sprintf("ROWID BETWEEN '%s' AND '%s'", ids[10], ids[70]):              "61",
		fmt.Sprintf("ROWID BETWEEN '%s' AND '%s'", ids[70], ids[10]):              "0",
		fmt.Sprintf("ROWID > '%s' AND ROWID < '%s'", ids[10], ids[11]):            "0",
		fmt.Sprintf("ROWID > '%s' AND ROWID = '%s'", ids[10], ids[3]):             "0",
		fmt.Sprintf("ROWID > NULL AND ROWID < '%s'", ids[10]):                     "0",
		fmt.Sprintf("ROWID NOT BETWEEN '%s' AND '%s'", ids[10], ids[70]):          "59",
		fmt.Sprintf("(ROWID < '%s' OR ROWID >= '%s') AND id > 0", ids[5], ids[9]): "116",
	} {
		if got := must(t, s, "SELECT COUNT(*)"+from+cond); got != want+"\n" {
			t.Errorf("%s: %s, want %s", cond, got, want)
		}
	}
}

// BenchmarkScan reads ranges of ROWIDs of a table of 12 columns AS OF an SCN, with the ROWID, as a load does.
func BenchmarkScan(b *testing.B) {
	db := newDatabase(b)
	s := login(b, db, "hr")
	must(b, s, "CREATE TABLE t (a NUMBER(12), b NUMBER(14,2), c NUMBER(14,2), d NUMBER(14,2), e VARCHAR2(40), f VARCHAR2(40), g VARCHAR2(40), h VARCHAR2(40), i DATE, j TIMESTAMP, k CHAR(1), l VARCHAR2(200))")
	must(b, s, `INSERT INTO t SELECT LEVEL, LEVEL / 100, LEVEL * 3, -LEVEL, 'policy ' || LEVEL, 'holder', 'abcdefghij', 'x', DATE '2024-01-01' + MOD(LEVEL, 1000), TIMESTAMP '2024-01-01 10:11:12.5', 'Y', RPAD('t', 60, 'x')
		FROM dual CONNECT BY LEVEL <= 100000`)
	must(b, s, "COMMIT")
	bounds := strings.Fields(must(b, s, "SELECT MIN(ROWID), MAX(ROWID) FROM t"))
	lo, hi, _ := strings.Cut(bounds[0], "|")
	st, err := s.Parse(bg, fmt.Sprintf("SELECT a, b, c, d, e, f, g, h, i, j, k, l, ROWID FROM t AS OF SCN %d WHERE ROWID >= CHARTOROWID(:1) AND ROWID < CHARTOROWID(:2)", db.SCN()))
	if err != nil {
		b.Fatal(err)
	}
	text := session.Bind{Type: session.Varchar2, Size: 18}
	call := &session.Call{Binds: []session.Bind{text, text}, Rows: [][][]byte{{[]byte(lo), []byte(hi)}}}
	row := make([][]byte, 13)
	b.ReportAllocs()
	b.ResetTimer()
	n := 0
	for range b.N {
		r, err := st.Execute(bg, call)
		for ; err == nil; n++ {
			err = r.Rows.Next(bg, row)
		}
		if err != io.EOF {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/row")
}
