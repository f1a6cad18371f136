package printer_test

import (
	"strings"
	"testing"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/printer"
)

func parseOne(t *testing.T, src string) (*ast.File, ast.Stmt) {
	t.Helper()
	f := parser.Parse("x.sql", []byte(src), parser.Options{})
	if len(f.Errors) > 0 || len(f.Stmts) != 1 {
		t.Fatalf("%q: %d statements, errors %v", src, len(f.Stmts), f.Errors)
	}
	return f, f.Stmts[0]
}

func TestNormalise(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"select  a,b from  t where x!=1 and \"Y\"=\"y\" -- c\n;", `SELECT A, B FROM T WHERE X <> 1 AND Y = "y"`},
		{"select /*+ full(t) */ count( * ) from s . t@db.dom;", "SELECT COUNT(*) FROM S.T@DB.DOM"},
		{"select - 1 - -1, t.* from t where a in(1,2) and b(+)=c;", "SELECT - 1 - - 1, T.* FROM T WHERE A IN (1, 2) AND B(+) = C"},
		{"begin for i in 1..10 loop null; end loop; end;\n/", "BEGIN FOR I IN 1 .. 10 LOOP NULL;\nEND LOOP;\nEND"},
	} {
		f, s := parseOne(t, c.src)
		if got := printer.Normalise(f, s, printer.Style{}); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.src, got, c.want)
		}
	}
	f, s := parseOne(t, "select /*+ full(t) */ /* note */ 1 -- end\n from t;")
	if got, want := printer.Normalise(f, s, printer.Style{Hints: true}), "SELECT /*+ full(t) */ 1 FROM T"; got != want {
		t.Errorf("hints only: %s", got)
	}
	if got, want := printer.Normalise(f, s, printer.Style{Comments: true}), "SELECT /*+ full(t) */ /* note */ 1 -- end\nFROM T"; got != want {
		t.Errorf("comments: %s", got)
	}
}

func TestFingerprintIsTheSameForStatementsThatDifferInConstants(t *testing.T) {
	for _, same := range [][]string{
		{"select * from t where a = 1;", "SELECT  *  FROM T WHERE a = :x;", "select /*+ x */ * from t where a = -2.5 /* c */;", "select * from t where a = date '2020-01-01';"},
		{"select * from t where a in (1,2,3) and b = 'x';", "select * from t where a in (4) and b = q'[y]';"},
		{"insert into t (a, b) values (1, 'x');", "insert into t (a, b) values (2, :b);"},
		{"insert into t (a, b) values (1, 'x'), (2, 'y'), (3, 'z');", "insert into t (a, b) values (1, 'x'), (2, 'y');"},
	} {
		first, want := "", uint64(0)
		for i, src := range same {
			f, s := parseOne(t, src)
			text, digest := printer.Fingerprint(f, s)
			if i == 0 {
				first, want = text, digest
			} else if digest != want {
				t.Errorf("%s\nis %s\nnot %s", src, text, first)
			}
		}
	}
	for _, differ := range [][2]string{
		{"select * from t where a = 1;", "select * from t where b = 1;"},
		{"select * from t where a is null;", "select * from t where a = 1;"},
		{"select f(1, 2) from t;", "select f(1) from t;"},
		{"select cast(a as number(3)) from t;", "select cast(a as number(4)) from t;"},
	} {
		f, s := parseOne(t, differ[0])
		g, r := parseOne(t, differ[1])
		a, da := printer.Fingerprint(f, s)
		b, db := printer.Fingerprint(g, r)
		if da == db {
			t.Errorf("the same fingerprint: %s | %s", a, b)
		}
	}
	// digests are stored: they may never change
	f, s := parseOne(t, "select a from t where b in (1, 2);")
	if text, d := printer.Fingerprint(f, s); text != "SELECT A FROM T WHERE B IN (?)" || d != 0x4b6ceb6dcb32acbd {
		t.Errorf("%s %#x", text, d)
	}
}

func TestAnonymisedTextHidesNamesAndConstantsAndParses(t *testing.T) {
	const src = `
-- secret comment
define secret_var = secret_value
prompt secret prompt
create table hr.secret_table (secret_id number(10,2) primary key, "Secret Name" varchar2(30 char), d date default sysdate);
select nvl(secret_id, 4711), to_char(d, 'YYYY-MM-DD'), 'secret text' from hr.secret_table t where d > date '1999-12-31';
create or replace package body secret_pkg is
  procedure secret_proc(p_secret in hr.secret_table.secret_id%type) is
  begin
    dbms_output.put_line('secret ' || :secret_bind || q'[secret]');
  exception when no_data_found then raise;
  end;
end secret_pkg;
/
exec secret_pkg.secret_proc(4711)
`
	f := parser.Parse("x.sql", []byte(src), parser.Options{})
	if len(f.Errors) > 0 {
		t.Fatal(f.Errors[0].Msg)
	}
	a := printer.NewAnonymiser([]byte("key"))
	out := string(a.File(f))
	if strings.Contains(strings.ToLower(out), "secret") || strings.Contains(out, "4711") || strings.Contains(out, "1999-12-31") {
		t.Errorf("something shows:\n%s", out)
	}
	for _, kept := range []string{"NVL(", "'YYYY-MM-DD'", "NUMBER(10, 2)", "VARCHAR2(30 CHAR)", "DBMS_OUTPUT.PUT_LINE", "NO_DATA_FOUND", "SYSDATE"} {
		if !strings.Contains(out, kept) {
			t.Errorf("%s is gone:\n%s", kept, out)
		}
	}
	g := parser.Parse("y.sql", []byte(out), parser.Options{})
	if len(g.Errors) > 0 || len(g.Stmts) != len(f.Stmts) {
		t.Fatalf("%d statements, errors %v:\n%s", len(g.Stmts), g.Errors, out)
	}
	if again := string(printer.NewAnonymiser([]byte("key")).File(f)); again != out {
		t.Error("the same key gave another text")
	}
	if other := string(printer.NewAnonymiser([]byte("other")).File(f)); other == out {
		t.Error("another key gave the same text")
	}
}

// TestPrintRefusesBrokenTrees: a tree that lost or doubled a token must not print.
func TestPrintRefusesBrokenTrees(t *testing.T) {
	for name, damage := range map[string]func(s *ast.Select){
		"child too long":   func(s *ast.Select) { s.Body.(*ast.QueryBlock).Where.(*ast.Binary).Y.(*ast.Literal).Hi += 2 },
		"children overlap": func(s *ast.Select) { s.Body.(*ast.QueryBlock).Where.(*ast.Binary).X.(*ast.Name).Hi += 2 },
		"doubled":          func(s *ast.Select) { b := s.Body.(*ast.QueryBlock).Where.(*ast.Binary); b.Y = b.X },
	} {
		f, s := parseOne(t, "select a from t where b = 1 order by 1;")
		damage(s.(*ast.SelectStmt).Query)
		if err := printer.RoundTrip(f); err == nil {
			t.Errorf("%s: prints", name)
		}
	}
	f, _ := parseOne(t, "select a from t;")
	f.Stmts = nil
	if err := printer.RoundTrip(f); err == nil {
		t.Error("a lost statement prints")
	}
}
