package native_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/convert"
	"landfall/convert/rules"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/parser"
)

func polar(t *testing.T) *rules.Profile {
	t.Helper()
	p, ok := rules.ProfileNamed("polardb-oracle")
	if !ok {
		t.Fatal("no profile")
	}
	return p
}

func text(t *testing.T, src string, target *rules.Profile) (string, *convert.Result) {
	t.Helper()
	out, r, err := convert.Text(context.Background(), "n.sql", []byte(src), convert.Options{Target: target})
	if err != nil {
		t.Fatal(err)
	}
	return out, r
}

// TestKept holds what stays as it is written, and what changes, on a target that speaks Oracle's language.
func TestKept(t *testing.T) {
	for _, c := range []struct{ name, oracle, want, codes string }{
		{
			"query", "SELECT e.ename, LEVEL FROM emp e, dept d WHERE e.deptno = d.deptno (+) AND ROWNUM < 5 START WITH e.mgr IS NULL CONNECT BY PRIOR e.empno = e.mgr;\n",
			"SELECT e.ename, LEVEL FROM emp e, dept d WHERE e.deptno = d.deptno (+) AND ROWNUM < 5 START WITH e.mgr IS NULL CONNECT BY PRIOR e.empno = e.mgr;\n", "",
		},
		{
			"types", "CREATE TABLE t (a INTEGER, b NUMBER(6,-2), c FLOAT(63), d TIMESTAMP(9), e VARCHAR2(3 CHAR), f DATE) TABLESPACE users PCTFREE 5;\n",
			"CREATE TABLE t (a NUMBER(38), b NUMBER(8), c NUMBER, d TIMESTAMP(6), e VARCHAR2(3 CHAR), f DATE);\n", "CV0125 CV0102 CV0116 CV0113",
		},
		{"quoted upper case", "CREATE TABLE \"T\" (\"A\" DATE, \"b\" DATE);\n", "CREATE TABLE t (a DATE, \"b\" DATE);\n", ""},
		{"bitmap", "CREATE BITMAP INDEX i ON t (a) NOLOGGING;\n", "CREATE INDEX i ON t (a);\n", "CV0216"},
		{
			"merge", "MERGE INTO t USING s ON (t.a = s.a) WHEN MATCHED THEN UPDATE SET b = 1 WHERE s.c = 2;\n",
			"MERGE INTO t USING s ON (t.a = s.a) WHEN MATCHED AND (s.c = 2) THEN UPDATE SET b = 1;\n", "CV0501",
		},
		{"unit with comments", "-- above\nCREATE OR REPLACE PROCEDURE p IS -- here\nBEGIN\n  DBMS_OUTPUT.PUT_LINE(NVL('a', 'b'));\nEND p;\n/\n", "-- above\nCREATE OR REPLACE PROCEDURE p IS -- here\nBEGIN\n  DBMS_OUTPUT.PUT_LINE(NVL('a', 'b'));\nEND p;\n/\n", ""},
		{"left out", "ALTER SYSTEM SET processes = 5;\n", "", ""},
		{"refused", "SELECT MAX(a) KEEP (DENSE_RANK FIRST ORDER BY b) FROM t;\n", "-- refused, CV0313: KEEP (DENSE_RANK FIRST or LAST) does not exist on PolarDB for PostgreSQL (Compatible with Oracle) (list of 1.0)\n-- SELECT MAX(a) KEEP (DENSE_RANK FIRST ORDER BY b) FROM t\n", "CV0313"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, r := text(t, c.oracle, polar(t))
			body := got
			if head, rest, ok := strings.Cut(got, "\n\n"); ok && strings.HasPrefix(head, "-- CV") { // the findings, which codes holds
				body = rest
			}
			if diff := cmp.Diff(c.want, body); diff != "" {
				t.Error(diff)
			}
			var codes []string
			for _, f := range r.Findings {
				if f.Code != "CV0233" && !strings.Contains(f.Message, "was read about this") { // no key; not told by any document
					codes = append(codes, f.Code)
				}
			}
			if got := strings.Join(codes, " "); got != c.codes {
				t.Errorf("codes %q, want %q: %+v", got, c.codes, r.Findings)
			}
			if again, _ := text(t, c.oracle, polar(t)); again != got {
				t.Error("twice is not the same")
			}
		})
	}
}

// TestStub holds that one refused routine leaves the others of its package alone.
func TestStub(t *testing.T) {
	got, r := text(t, `CREATE PACKAGE BODY p IS
  PROCEDURE good IS BEGIN NULL; END good;
  FUNCTION bad RETURN NUMBER IS
    v NUMBER;
  BEGIN
    SELECT MAX(a) KEEP (DENSE_RANK FIRST ORDER BY b) INTO v FROM t; /* why */
    RETURN v;
  END bad;
END p;
/
`, polar(t))
	for _, part := range []string{"PROCEDURE good IS BEGIN NULL; END good;", "-- v NUMBER;", "BEGIN RAISE_APPLICATION_ERROR(-20999, 'CV0313: not converted, see the findings'); END;\nEND p;\n/\n"} {
		if !strings.Contains(got, part) {
			t.Errorf("no %q in\n%s", part, got)
		}
	}
	if f := parser.Parse("p.sql", []byte(got), parser.Options{}); len(f.Errors) > 0 {
		t.Errorf("the stub does not parse: %s\n%s", f.Errors[0].Msg, got)
	}
	if len(r.Outputs) != 1 || !r.Outputs[0].Refused || len(r.Outputs[0].Members) != 2 || r.Outputs[0].Members[0].Refused || !r.Outputs[0].Members[1].Refused {
		t.Errorf("%+v", r.Outputs)
	}
	if r.Totals.Refused != 1 || r.Totals.Ledger.Refused != 1 {
		t.Errorf("%+v", r.Totals)
	}
}

// TestUnknown holds that what no document tells is kept loudly, and that a server's answer decides.
func TestUnknown(t *testing.T) {
	const src = "CREATE FUNCTION f RETURN tab PIPELINED IS BEGIN PIPE ROW (1); RETURN; END;\n/\n"
	_, r := text(t, src, polar(t))
	if r.Totals.Ledger.Changed != 1 || !strings.Contains(r.Findings[0].Message, "landfall doctor") {
		t.Errorf("%+v %+v", r.Totals, r.Findings)
	}
	_, r = text(t, src, polar(t).With(map[rules.Feature]rules.State{rules.FeaturePipelined: rules.Native}))
	if r.Totals.Ledger.Converted != 1 {
		t.Errorf("native by a probe: %+v", r.Totals)
	}
	_, r = text(t, src, polar(t).With(map[rules.Feature]rules.State{rules.FeaturePipelined: rules.Absent}))
	if r.Totals.Ledger.Refused != 1 {
		t.Errorf("absent by a probe: %+v", r.Totals)
	}
}

// TestLines holds that lines of the target lead back to those of the source over what was dropped and added.
func TestLines(t *testing.T) {
	_, r := text(t, "\nCREATE TABLE t (\n  a DATE\n) TABLESPACE\n  users\n  PCTFREE 5;\nCREATE TABLE u (\n  b INTEGER);\n", polar(t))
	for i, want := range []map[int]int{{1: 2, 2: 3, 3: 4}, {1: 7, 2: 8}} {
		for target, source := range want {
			if got := r.Outputs[i].SourceLine(target); got != source {
				t.Errorf("output %d: line %d comes from %d, want %d\n%s", i, target, got, source, r.Outputs[i].SQL)
			}
		}
	}
}

// TestInsurance holds that what is made of the sample is still Oracle's language, and that little is refused.
func TestInsurance(t *testing.T) {
	estate, err := scripts.Load(context.Background(), filepath.Join("..", "..", "testdata", "insurance"), scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := convert.Run(context.Background(), estate, convert.Options{Target: polar(t)})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range r.Outputs {
		if strings.Contains(o.SQL, "MATCHED AND (") {
			continue // the target's own form of MERGE
		}
		f := parser.Parse(o.Pos.File, []byte(o.SQL), parser.Options{})
		for _, e := range f.Errors {
			t.Errorf("%s: %s\n%s", o.ID, e.Msg, o.SQL)
		}
	}
	l := r.Totals.Ledger
	if n := l.Converted + l.Changed + l.Refused + l.Ignored; n != r.Totals.Statements || l.Refused*50 > n || l.Converted < n/2 {
		t.Errorf("%+v of %d statements", l, n)
	}
}
