package mysql_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"landfall/convert/gen"
	"landfall/convert/mysql"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/mysql/grammar"
	"landfall/internal/oracle/scripts"
)

// TestGolden converts what stands under oracle.sql. Under tidb.sql is what becomes of it, each statement taken by TiDB's
// parser, and under findings what is said about it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d goldens, %v", len(files), err)
	}
	judge := grammar.New()
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := convertText(t, judge, section(archive, "oracle.sql"))
			if os.Getenv("UPDATE") != "" {
				archive.Files = []txtar.File{{Name: "oracle.sql", Data: []byte(section(archive, "oracle.sql"))}, {Name: "tidb.sql", Data: []byte(got[0])}, {Name: "findings", Data: []byte(got[1])}}
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for i, name := range []string{"tidb.sql", "findings"} {
				if d := cmp.Diff(section(archive, name), got[i]); d != "" {
					t.Errorf("%s: run with UPDATE=1 when it should be so:\n%s", name, d)
				}
			}
		})
	}
}

func section(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func load(t testing.TB, source string) (*scripts.Estate, *mysql.Converter) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "oracle.sql"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	estate, err := scripts.Load(context.Background(), dir, scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	target, _ := rules.ProfileNamed("tidb")
	return estate, mysql.New(estate, target, gen.Policy{})
}

func convertText(t *testing.T, judge *grammar.Checker, source string) [2]string {
	estate, c := load(t, source)
	var sql, findings strings.Builder
	for _, u := range estate.Units {
		r := c.Convert(u)
		for _, o := range r.Outputs {
			for _, p := range judge.Check(o.SQL) {
				t.Errorf("line %d: TiDB does not take it: %s\n%s", u.Pos.Line, p, o.SQL)
			}
			sql.WriteString(o.SQL)
		}
		for _, f := range r.Findings {
			fmt.Fprintf(&findings, "%d:%d: %s %s %s: %s\n", f.Pos.Line, f.Pos.Col, f.Severity, f.Effort, f.Rule, f.Message)
		}
		refused := slices.ContainsFunc(r.Outputs, func(o *gen.Output) bool { return o.Refused })
		if refused != (r.Ledger[0].Class == gen.Refused) {
			t.Errorf("line %d: outputs and ledger disagree: %+v", u.Pos.Line, r.Ledger[0])
		}
		if refused && !slices.ContainsFunc(r.Findings, func(f model.Finding) bool { return f.Effort.String() == "manual" }) {
			t.Errorf("line %d: refused without a finding", u.Pos.Line)
		}
	}
	return [2]string{sql.String(), findings.String()}
}

// TestSent holds what a program gets: its own names of the variables to look at, question marks in order to send.
func TestSent(t *testing.T) {
	estate, c := load(t, "SELECT INSTR(:b, :a) FROM dual WHERE :c = 1 AND :d = 2;\n")
	s := c.ConvertStatement(estate.Units[0])
	if want := "SELECT LOCATE(:a, :b) FROM DUAL WHERE :c = 1 AND :d = 2"; s.Shown != want {
		t.Errorf("shown %q, want %q", s.Shown, want)
	}
	if want := "SELECT LOCATE(?, ?) FROM DUAL WHERE ? = 1 AND ? = 2"; s.Text != want {
		t.Errorf("sent %q, want %q", s.Text, want)
	}
	var names []string
	for _, p := range s.Params {
		names = append(names, p.Name)
	}
	if d := cmp.Diff([]string{":a", ":b", ":c", ":d"}, names); d != "" {
		t.Error(d)
	}
}

// TestRuleNames holds that every rule that is named in the source is in the table, and of the family.
func TestRuleNames(t *testing.T) {
	family := map[string]bool{}
	for _, r := range rules.Table() {
		family[r.Name] = r.Family == rules.MySQL
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, name := range append(files, "../rules/propose_mysql.go") {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, word := range strings.Split(string(src), `"`) {
			if i > 0 && strings.HasPrefix(word, "mysql-") && len(word) > len("mysql-") {
				used[word] = true
				if !family[word] {
					t.Errorf("%s: no rule of the family is called %q", name, word)
				}
			}
		}
	}
	for name, ours := range family {
		if ours && !used[name] {
			t.Errorf("nothing reports %s", name)
		}
	}
}
