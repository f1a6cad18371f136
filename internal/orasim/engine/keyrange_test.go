package engine

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"landfall/internal/orasim/session"
)

// steps runs a query with binds of text, and gives its rows and how many rows it has looked at.
func steps(t *testing.T, s *Session, sql string, binds ...string) (rows []string, looked int) {
	t.Helper()
	st, err := s.Parse(bg, sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	call := &session.Call{Rows: [][][]byte{{}}}
	for _, b := range binds {
		call.Binds = append(call.Binds, session.Bind{Type: session.Varchar2, Size: 4000})
		call.Rows[0] = append(call.Rows[0], []byte(b))
	}
	r, err := st.Execute(bg, call)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	row := make([][]byte, len(r.Columns))
	for {
		err := r.Rows.Next(bg, row)
		if err == io.EOF {
			return rows, r.Rows.(*result).ex.steps / 2 // the scan and the order of the rows both count
		}
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		rows = append(rows, string(row[0]))
	}
}

// TestKeyRanges reads an index-organized table in chunks of its key, as a load does, and holds them against the same rows of a
// heap table: none is missing, none comes twice, and each chunk costs what it holds. Rows change their keys on the way.
func TestKeyRanges(t *testing.T) {
	s := login(t, newDatabase(t), "hr")
	const rows = 4000
	for _, sql := range []string{
		"CREATE TABLE iot (a NUMBER, b VARCHAR2(10), c DATE, v NUMBER, PRIMARY KEY (a, b, c)) ORGANIZATION INDEX",
		fmt.Sprintf("INSERT INTO iot SELECT MOD(LEVEL, 7) - 3, 'k' || MOD(LEVEL, 50), DATE '2024-01-01' + LEVEL, LEVEL FROM dual CONNECT BY LEVEL <= %d", rows),
		"CREATE TABLE heap AS SELECT * FROM iot",
		"COMMIT",
	} {
		must(t, s, sql)
	}
	then := s.db.SCN()
	chunk := func(table string, asOf string, lo, hi []string) (string, []string) {
		var binds []string
		beyond := func(vals []string, inner, last string) string {
			forms := []string{"TO_NUMBER(%s)", "%s", "TO_DATE(%s, 'YYYY-MM-DD')"}
			value := func(j int) string {
				binds = append(binds, vals[j])
				return fmt.Sprintf(forms[j], fmt.Sprintf(":%d", len(binds)))
			}
			var ors []string
			for i := range vals {
				var ands []string
				for j := range i {
					ands = append(ands, string("abc"[j])+" = "+value(j))
				}
				op := inner
				if i == len(vals)-1 {
					op = last
				}
				ors = append(ors, "("+strings.Join(append(ands, string("abc"[i])+" "+op+" "+value(i)), " AND ")+")")
			}
			return "(" + strings.Join(ors, " OR ") + ")"
		}
		var conds []string
		if lo != nil {
			conds = append(conds, beyond(lo, ">", ">="))
		}
		if hi != nil {
			conds = append(conds, beyond(hi, "<", "<"))
		}
		conds = append(conds, "a IS NOT NULL AND b IS NOT NULL AND c IS NOT NULL")
		return "SELECT TO_CHAR(v) FROM " + table + asOf + " WHERE " + strings.Join(conds, " AND ") + " ORDER BY a, b, c", binds
	}
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 3 {
		asOf := ""
		if round == 2 { // back to what was before the changes
			asOf = fmt.Sprintf(" AS OF SCN %d", then)
		}
		keys, _ := steps(t, s, "SELECT a || '/' || b || '/' || TO_CHAR(c, 'YYYY-MM-DD') FROM heap"+asOf+" ORDER BY a, b, c")
		var cuts [][]string
		for i := 0; i < len(keys); i += 100 + r.IntN(200) {
			cuts = append(cuts, strings.Split(keys[i], "/"))
		}
		seen, looked := 0, 0
		for i := -1; i < len(cuts); i++ {
			var lo, hi []string
			if i >= 0 {
				lo = cuts[i]
			}
			if i+1 < len(cuts) {
				hi = cuts[i+1]
			}
			if lo == nil && hi == nil {
				continue
			}
			sql, binds := chunk("iot", asOf, lo, hi)
			got, n := steps(t, s, sql, binds...)
			sql, binds = chunk("heap", asOf, lo, hi)
			want, _ := steps(t, s, sql, binds...)
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Fatalf("round %d, from %v to %v: %d rows, want %d", round, lo, hi, len(got), len(want))
			}
			seen, looked = seen+len(got), looked+n
		}
		if seen != rows || looked > 2*rows {
			t.Errorf("round %d: %d rows, %d looked at", round, seen, looked)
		}
		for _, table := range []string{"iot", "heap"} {
			must(t, s, "UPDATE "+table+" SET a = -a, c = c + 100000 WHERE MOD(v, 3) = 0")
			must(t, s, "DELETE FROM "+table+" WHERE v = "+fmt.Sprint(round+1))
			must(t, s, "INSERT INTO "+table+" VALUES ("+fmt.Sprint(9+round)+", 'new', DATE '2024-01-01', "+fmt.Sprint(-round)+")")
			must(t, s, "DELETE FROM "+table+" WHERE v = "+fmt.Sprint(-round)+" AND "+fmt.Sprint(round)+" = 0") // comes and goes
			must(t, s, "INSERT INTO "+table+" SELECT 10, 'x', DATE '2024-01-01', "+fmt.Sprint(5000+round)+" FROM dual WHERE "+fmt.Sprint(round)+" = 0")
		}
		must(t, s, "COMMIT")
	}
}

// TestKeyRangeShapes holds conditions that bound a key, and such that must not, against a heap table.
func TestKeyRangeShapes(t *testing.T) {
	s := login(t, newDatabase(t), "hr")
	for _, sql := range []string{
		"CREATE TABLE iot (a NUMBER, b CHAR(4), v NUMBER, PRIMARY KEY (a, b)) ORGANIZATION INDEX",
		"INSERT INTO iot SELECT TRUNC(LEVEL / 10), 'b' || MOD(LEVEL, 10), LEVEL FROM dual CONNECT BY LEVEL <= 500",
		"CREATE TABLE heap AS SELECT * FROM iot",
	} {
		must(t, s, sql)
	}
	for cond, most := range map[string]int{
		"a BETWEEN 3 AND 5":          35,
		"a >= 3 AND a < 5 AND v > 0": 30,
		"5 > a AND 3 <= a":           30,
		"a = 7":                      15,
		"a = 7 AND b > 'b3'":         15,
		"a = 7 AND b = 'b3'":         10,
		"a > 48 OR a < 2":            510, // two ranges: all that lies between is looked at
		"(a = 3 AND b >= 'b5') OR (a > 3 AND a < 5)": 35,
		"a > 10 AND (a < 12 OR v = 3)":               510,
		"a > NULL":                                   1,
		"a >= (SELECT 48 FROM dual)":                 30,
		"a IN (3, 4)":                                510,
		"NOT (a < 45)":                               510,
		"a >= 3 AND a >= 45 AND a <= 100":            60,
		"b >= 'b5'":                                  510,
		"a + 0 >= 45":                                510,
		"(a > 45 OR (a = 45 AND b > 'b3  ')) AND a < 47": 30,
		"TO_CHAR(a) >= '45'":                             510,
		"a >= '45'":                                      60,
		"(a > 45 OR (a = 45 AND b > RTRIM('b3 '))) AND a < 1000": 510,
	} {
		got, n := steps(t, s, "SELECT TO_CHAR(v) FROM iot WHERE "+cond+" ORDER BY v")
		want, _ := steps(t, s, "SELECT TO_CHAR(v) FROM heap WHERE "+cond+" ORDER BY v")
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %v, want %v", cond, got, want)
		}
		if n > most {
			t.Errorf("%s looks at %d rows", cond, n)
		}
	}
}

// TestViewAsOf reads views as of an SCN: what is in them is read as of then, at every depth.
func TestViewAsOf(t *testing.T) {
	s := login(t, newDatabase(t), "hr")
	for _, sql := range []string{
		"CREATE TABLE t (id NUMBER PRIMARY KEY, v VARCHAR2(10))", "CREATE TABLE u (id NUMBER, w NUMBER)",
		"INSERT INTO t SELECT LEVEL, 'old' FROM dual CONNECT BY LEVEL <= 3", "INSERT INTO u SELECT LEVEL, 1 FROM dual CONNECT BY LEVEL <= 3",
		"CREATE VIEW simple AS SELECT id, v FROM t WHERE id > 1",
		"CREATE VIEW joined AS SELECT t.id, t.v, u.w, (SELECT MAX(w) FROM u) m FROM t JOIN u ON u.id = t.id WHERE EXISTS (SELECT 1 FROM u x WHERE x.id = t.id AND x.w = 1)",
		"CREATE VIEW nested AS SELECT COUNT(*) n, MAX(v) v, MAX(m) m FROM joined WHERE id IN (SELECT id FROM simple)",
		"COMMIT",
	} {
		must(t, s, sql)
	}
	then := s.db.SCN()
	for _, sql := range []string{"UPDATE t SET v = 'new'", "UPDATE u SET w = 2", "DELETE FROM t WHERE id = 3", "COMMIT"} {
		must(t, s, sql)
	}
	asOf := fmt.Sprintf(" AS OF SCN %d", then)
	for sql, want := range map[string]string{
		"SELECT id, v FROM simple ORDER BY id":                                                           "2|new\n",
		"SELECT id, v FROM simple" + asOf + " ORDER BY id":                                               "2|old\n3|old\n",
		"SELECT * FROM joined" + asOf + " x WHERE id = 2":                                                "2|old|1|1\n",
		"SELECT * FROM joined":                                                                           "",
		"SELECT * FROM nested" + asOf:                                                                    "2|old|1\n",
		"SELECT a.v, b.v FROM simple" + asOf + " a JOIN simple b ON a.id = b.id":                         "old|new\n",
		"SELECT (SELECT MAX(v) FROM simple" + asOf + ") FROM t WHERE id = 1":                             "old\n",
		"SELECT COUNT(*) FROM t WHERE EXISTS (SELECT 1 FROM simple" + asOf + " s WHERE s.id = t.id + 1)": "2\n",
	} {
		if got, err := run(s, sql); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", sql, got, err, want)
		}
	}
	if _, err := run(s, fmt.Sprintf("SELECT * FROM simple AS OF SCN %d", s.db.SCN()+1000)); code(err) != 8181 {
		t.Errorf("the future: %v", err)
	}
	must(t, s, "TRUNCATE TABLE u")
	if _, err := run(s, "SELECT * FROM joined"+asOf); code(err) != 1466 {
		t.Errorf("before a table was truncated: %v", err)
	}
}
