package rules_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/postgres/scratch/pgtest"
)

var update = os.Getenv("UPDATE") != ""

// run gives the findings of all statements of a source, in report order.
func run(t testing.TB, name, src string) []model.Finding {
	t.Helper()
	f := parser.Parse(name, []byte(src), parser.Options{})
	for _, e := range f.Errors {
		t.Errorf("%s: %s: %s", name, f.OffsetPos(e.Off), e.Msg)
	}
	e := rules.NewEngine(rules.PostgreSQL(), rules.Table())
	var found []model.Finding
	for _, s := range f.Stmts {
		found = append(found, e.Statement(&model.Catalog{}, info(f, s), "")...)
	}
	model.SortFindings(found)
	return found
}

// info resolves a statement over an empty catalog: names of tables stay unknown, built-ins and local names do not.
func info(f *ast.File, s ast.Stmt) *resolve.Info {
	cat := &model.Catalog{}
	cat.Freeze()
	return resolve.Resolve(cat, f, s, "")
}

func codes(found []model.Finding) []string {
	var list []string
	for _, f := range found {
		list = append(list, f.Code)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func TestTable(t *testing.T) {
	table := rules.Table()
	if len(table) < 60 {
		t.Errorf("only %d rules", len(table))
	}
	code := regexp.MustCompile(`^CV(0[1-9]|1[01])\d\d$`)
	name := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	names := map[string]bool{}
	for i, r := range table {
		if !code.MatchString(r.Code) || !name.MatchString(r.Name) || names[r.Name] {
			t.Errorf("%s %s: bad code, bad name or name used twice", r.Code, r.Name)
		}
		names[r.Name] = true
		if i > 0 && table[i-1].Code >= r.Code {
			t.Errorf("%s does not stand behind %s", r.Code, table[i-1].Code)
		}
		if r.Since == "" || r.Group == "" || r.Before == "" || (len(r.On) == 0 && r.OnObject == nil) != r.Conversion {
			t.Errorf("%s %s: Since, Group, Before or On is empty", r.Code, r.Name)
		}
	}
}

// TestCodes holds that a code never goes away and never means another rule.
func TestCodes(t *testing.T) {
	const golden = "testdata/codes.golden"
	var now []string
	for _, r := range rules.Table() {
		now = append(now, r.Code+" "+r.Name)
	}
	b, err := os.ReadFile(golden)
	if err != nil && !update {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); !slices.Contains(now, line) {
			t.Errorf("%s is in %s and not in the table: codes stay for ever", line, golden)
		}
	}
	want := strings.Join(now, "\n") + "\n"
	if update {
		write(t, golden, want)
	} else if string(b) != want {
		t.Errorf("%s lacks new codes; run with UPDATE=1:\n%s", golden, cmp.Diff(string(b), want))
	}
}

// TestBefore holds that each example makes its own rule report and no other.
func TestBefore(t *testing.T) {
	for _, r := range rules.Table() {
		if r.Conversion {
			continue // package gen tests those
		}
		t.Run(r.Name, func(t *testing.T) {
			found := runRule(t, r, r.Name, r.Before+terminator(r.Before))
			if got := codes(found); !slices.Equal(got, []string{r.Code}) {
				t.Errorf("%s reports %v, want only %s:\n%s\n%s", r.Name, got, r.Code, r.Before, findingLines(found))
			}
		})
	}
}

func findingLines(found []model.Finding) string {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintf(&b, "%s:%d:%d: %s %s: %s\n", f.Pos.File, f.Pos.Line, f.Pos.Col, f.Severity, f.Code, f.Message)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	want := map[string]bool{}
	for _, r := range rules.Table() {
		if r.Conversion {
			continue
		}
		want[r.Name] = true
		t.Run(r.Name, func(t *testing.T) { golden(t, "testdata/rules/"+r.Name+".txtar", r) })
	}
	files, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".txtar"); !want[name] {
			t.Errorf("%s belongs to no rule", f)
		}
	}
}

func golden(t *testing.T, path string, r *rules.Rule) {
	code, before := r.Code, r.Before
	archive, err := txtar.ParseFile(path)
	if err != nil {
		if !update {
			t.Fatal(err)
		}
		archive = &txtar.Archive{Files: []txtar.File{{Name: "oracle.sql", Data: []byte(before + terminator(before))}, {Name: "findings"}}}
	}
	var src string
	i := -1
	for j, f := range archive.Files {
		switch f.Name {
		case "oracle.sql":
			src = string(f.Data)
		case "findings":
			i = j
		}
	}
	if i < 0 {
		archive.Files = append(archive.Files, txtar.File{Name: "findings"})
		i = len(archive.Files) - 1
	}
	found := runRule(t, r, "oracle.sql", src)
	if !slices.Contains(codes(found), code) {
		t.Errorf("%s does not report %s", path, code)
	}
	got := findingLines(found)
	for j, f := range found[:max(0, len(found)-1)] {
		if g := found[j+1]; g.Code == f.Code && g.Pos == f.Pos && g.Message == f.Message {
			t.Errorf("reported twice: %s", findingLines(found[j:j+1]))
		}
	}
	if update {
		archive.Files[i].Data = []byte(got)
		write(t, path, string(txtar.Format(archive)))
		return
	}
	if diff := cmp.Diff(string(archive.Files[i].Data), got); diff != "" {
		t.Errorf("%s (run with UPDATE=1): %s", path, diff)
	}
}

// terminator ends an example as a script has to: PL/SQL units with a slash, all else with a semicolon.
func terminator(src string) string {
	src = strings.TrimSpace(src)
	switch {
	case strings.HasSuffix(src, "/"):
		return "\n"
	case strings.HasSuffix(src, ";"):
		return "\n/\n"
	}
	return ";\n"
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestClean holds that SQL which means the same on both sides gives no finding at all.
func TestClean(t *testing.T) {
	src, err := os.ReadFile("testdata/clean.sql")
	if err != nil {
		t.Fatal(err)
	}
	if found := run(t, "clean.sql", string(src)); len(found) > 0 {
		t.Errorf("findings on portable SQL:\n%s", findingLines(found))
	}
}

// TestAfter gives every converted example to a real server. testdata/setup.sql makes the tables that examples
// share; a golden may add its own in -- setup.sql --.
func TestAfter(t *testing.T) {
	db := pgtest.Open(t)
	ctx := context.Background()
	setup, err := os.ReadFile("testdata/setup.sql")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(ctx, string(setup)); err != nil {
		t.Fatalf("setup.sql: %v", err)
	}
	for _, r := range rules.Table() {
		if r.After == "" {
			continue
		}
		t.Run(r.Name, func(t *testing.T) {
			own := ""
			if archive, err := txtar.ParseFile("testdata/rules/" + r.Name + ".txtar"); err == nil {
				for _, f := range archive.Files {
					if f.Name == "setup.sql" {
						own = string(f.Data)
					}
				}
			}
			tx, err := db.Begin(ctx)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback(ctx) }()
			for _, sql := range []string{own, r.After} {
				if strings.TrimSpace(sql) == "" {
					continue
				}
				if _, err := tx.Exec(ctx, sql); err != nil {
					t.Errorf("%s: %v\n%s", r.Code, err, sql)
				}
			}
		})
	}
}

// TestOwnNames holds that things of the user's own are not taken for what Oracle supplies under the same name.
func TestOwnNames(t *testing.T) {
	for _, c := range []struct{ code, src string }{
		{"CV0401", "CREATE FUNCTION f RETURN INTEGER IS FUNCTION nvl (a INTEGER, b INTEGER) RETURN INTEGER IS BEGIN RETURN a; END; BEGIN RETURN nvl(1, 2); END;\n/"},
		{"CV0304", "DECLARE level INTEGER := 1; BEGIN level := level + 1; END;\n/"},
		{"CV0404", `SELECT "SYSDATE" FROM t;`},
		{"CV0306", "SELECT x FROM app.dual;"},
		{"CV0605", "SELECT t.count FROM t;"},
		{"CV0316", "SELECT sample FROM t;"},
		{"CV0332", "SELECT x FROM user_tables_of_mine;"},
		{"CV0612", "DECLARE sqlcode_before INTEGER; BEGIN sqlcode_before := 1; END;\n/"},
		{"CV0930", "BEGIN my_utl_pkg.run(1); END;\n/"},
		{"CV0422", "SELECT GREATEST(1, 2) FROM t;"},
		{"CV0418", "SELECT 'a' || 'b' FROM t;"},
		{"CV0419", "SELECT 5.0 / 2 FROM t;"},
		{"CV0801", "CREATE PROCEDURE p IS PRAGMA AUTONOMOUS_TRANSACTION; BEGIN COMMIT; END;\n/"},
		{"CV0630", "BEGIN DELETE FROM t; EXCEPTION WHEN OTHERS THEN log_it; END;\n/"},
		{"CV0319", "WITH n AS (SELECT 1 AS i FROM m) SELECT i FROM n;"},
		{"CV0409", "SELECT TRUNC(1.5) FROM t;"},
	} {
		if found := run(t, "own.sql", c.src); slices.Contains(codes(found), c.code) {
			t.Errorf("%s is reported on %s\n%s", c.code, c.src, findingLines(found))
		}
	}
}

// TestPlaces holds what makes a finding worse or milder than its rule.
func TestPlaces(t *testing.T) {
	for _, c := range []struct{ code, src, severity string }{
		{"CV0801", "CREATE FUNCTION f RETURN INTEGER IS BEGIN COMMIT; RETURN 1; END;\n/", "high"},
		{"CV0801", "CREATE TRIGGER t AFTER INSERT ON e BEGIN COMMIT; END;\n/", "high"},
		{"CV0801", "CREATE PROCEDURE p IS BEGIN NULL; EXCEPTION WHEN OTHERS THEN ROLLBACK; END;\n/", "high"},
		{"CV0801", "CREATE PROCEDURE p IS BEGIN LOOP COMMIT; END LOOP; END;\n/", "medium"},
		{"CV0305", "SELECT COUNT(*) FROM t WHERE ROWNUM <= 5;", "high"},
		{"CV0305", "SELECT x FROM t WHERE ROWNUM <= 5 ORDER BY x;", "high"},
		{"CV0305", "SELECT x FROM t WHERE 5 >= ROWNUM;", "medium"},
		{"CV0305", "SELECT ROWNUM, x FROM t;", "medium"},
		{"CV0305", "SELECT ROWNUM, x FROM t ORDER BY x;", "high"},
		{"CV0403", "SELECT DECODE(a, NULL, 1, 2) FROM t;", "medium"},
		{"CV0406", "SELECT TO_CHAR(SYSDATE, 'YYYY-MM-DD FF3') FROM t;", "low"},
		{"CV0406", "SELECT TO_CHAR(SYSDATE, 'Year') FROM t;", "medium"},
		{"CV0407", "SELECT TO_DATE(x, 'DD-MON-RR') FROM t;", "medium"},
		{"CV0409", "SELECT TRUNC(SYSDATE, 'IYYY') FROM t;", "high"},
		{"CV0413", "SELECT SYSDATE - TO_DATE('2020-01-01', 'YYYY-MM-DD') FROM t;", "high"},
		{"CV0419", "SELECT 5 / 2 FROM t;", "high"},
		{"CV0301", "SELECT 1 FROM a, b WHERE a.x = b.x (+) OR b.y (+) = 1;", "high"},
		{"CV0615", "DECLARE e EXCEPTION; PRAGMA EXCEPTION_INIT(e, -20001); BEGIN NULL; END;\n/", "low"},
		{"CV0611", "BEGIN EXECUTE IMMEDIATE 'DELETE FROM ' || t; END;\n/", "high"},
		{"CV0307", "BEGIN EXECUTE IMMEDIATE 'INSERT INTO a SELECT x FROM b MINUS SELECT x FROM c'; END;\n/", "info"},
		{"CV0428", "INSERT INTO t (a, b) VALUES (s.NEXTVAL, s.NEXTVAL);", "info high"},
	} {
		var got []string
		found := run(t, "place.sql", c.src)
		for _, f := range found {
			if f.Code == c.code {
				got = append(got, f.Severity.String())
			}
		}
		if strings.Join(got, " ") != c.severity {
			t.Errorf("%s on %s: %v, want %s\n%s", c.code, c.src, got, c.severity, findingLines(found))
		}
	}
}
