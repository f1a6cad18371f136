package resolve_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"landfall/internal/cputime"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// TestDeep resolves the longest chains and the deepest nesting that the parser reads. What grows with more than their length
// does not come to an end.
func TestDeep(t *testing.T) {
	const chain, depth = 100_000 - 1, 900
	for name, src := range map[string]string{
		"sum":      "SELECT 1" + strings.Repeat(" + a", chain) + " FROM dual",
		"concat":   "BEGIN EXECUTE IMMEDIATE 'x'" + strings.Repeat(" || 'y'", chain) + "; END;",
		"union":    "SELECT 1 a FROM dual" + strings.Repeat(" UNION ALL SELECT 1 FROM dual", chain/10),
		"join":     "SELECT * FROM dual a" + strings.Repeat(" CROSS JOIN dual", chain/100),
		"parens":   "SELECT " + strings.Repeat("(", depth) + "a" + strings.Repeat(")", depth) + " FROM dual",
		"views":    strings.Repeat("SELECT * FROM (", depth) + "SELECT 1 a FROM dual" + strings.Repeat(")", depth),
		"blocks":   strings.Repeat("BEGIN ", depth) + "NULL;" + strings.Repeat(" END;", depth),
		"loops":    "DECLARE v VARCHAR2(9) := 'a'; BEGIN " + strings.Repeat("LOOP ", depth) + "v := v || 'b'; EXECUTE IMMEDIATE v;" + strings.Repeat(" END LOOP;", depth) + " END;",
		"calls":    "BEGIN x := " + strings.Repeat("f(", depth) + "1" + strings.Repeat(")", depth) + "; END;",
		"fields":   "BEGIN x := a" + strings.Repeat("(1).b", chain/10) + "; END;",
		"doubling": "DECLARE v VARCHAR2(9) := 'abcdefgh'; BEGIN " + strings.Repeat("v := v || v; ", 1000) + "EXECUTE IMMEDIATE v; END;",
	} {
		t.Run(name, func(t *testing.T) {
			if strings.HasPrefix(src, "BEGIN") || strings.HasPrefix(src, "DECLARE") {
				src += "\n/\n"
			}
			f := parser.Parse(name, []byte(src), parser.Options{})
			if len(f.Errors) > 0 {
				t.Fatalf("not read: %s", f.Errors[0].Msg)
			}
			for _, s := range f.Stmts {
				resolve.Resolve(nil, f, s, "APP")
			}
		})
	}
}

// body is a package body of about n bytes.
func body(n int) string {
	var b strings.Builder
	b.WriteString("CREATE OR REPLACE PACKAGE BODY big AS\n")
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, `  FUNCTION fn_%d (p_id IN NUMBER, p_name IN VARCHAR2 DEFAULT 'x') RETURN NUMBER IS
    l_total NUMBER(12,2) := 0;
    l_row emp%%ROWTYPE;
  BEGIN
    FOR r IN (SELECT e.empno, e.ename, d.dname, NVL(e.sal, 0) * 12 AS pay FROM emp e JOIN dept d ON d.deptno = e.deptno WHERE e.empno = p_id) LOOP
      l_total := l_total + r.pay + fn_%d(p_id => r.empno);
      UPDATE emp SET sal = l_total WHERE ename = r.ename AND empno <> l_row.empno;
      DBMS_OUTPUT.PUT_LINE(r.dname || ': ' || TO_CHAR(l_total, '999G990'));
    END LOOP;
    RETURN ROUND(l_total, 2);
  END fn_%d;
`, i, i/2, i)
	}
	b.WriteString("END big;\n/\n")
	return b.String()
}

const bodySchema = `CREATE TABLE emp (empno NUMBER, ename VARCHAR2(30), sal NUMBER(9,2), deptno NUMBER);
CREATE TABLE dept (deptno NUMBER, dname VARCHAR2(20));
`

// TestLinear holds that the time for a package body grows no faster than its size.
func TestLinear(t *testing.T) {
	cat := parser.Parse("schema.sql", []byte(bodySchema), parser.Options{})
	est := scripts.FromFiles([]*ast.File{cat}, scripts.Options{DefaultSchema: "APP"})
	took := func(n int) time.Duration {
		f := parser.Parse("big", []byte(body(n)), parser.Options{})
		best := time.Hour
		for range 3 {
			var in *resolve.Info
			best = min(best, cputime.Of(func() { in = resolve.Resolve(est.Catalog, f, f.Stmts[0], "APP") }))
			for n, ref := range in.Names() {
				if ref.Kind == resolve.Unknown {
					t.Fatalf("%v: %s is unknown", f.Pos(n), f.Source(n))
				}
			}
		}
		return best
	}
	var small, big time.Duration
	for range 4 { // other work on the machine may disturb one of the two
		if small, big = took(200<<10), took(1600<<10); big < 24*small {
			return
		}
	}
	t.Errorf("8 times the text took %v instead of %v", big, small)
}

// TestParallel resolves the sample from several goroutines over one catalog; the race detector looks on.
func TestParallel(t *testing.T) {
	est, err := scripts.Load(context.Background(), insurance, scripts.Options{DefaultSchema: "INS_CORE"})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	counts := make([]int, 4)
	for i := range counts {
		wg.Go(func() {
			for _, u := range est.Units {
				counts[i] += len(resolve.Resolve(est.Catalog, u.Source.Parsed, u.Stmt, u.Schema).Depends)
			}
		})
	}
	wg.Wait()
	for _, n := range counts {
		if n != counts[0] || n == 0 {
			t.Fatalf("results differ: %v", counts)
		}
	}
}
