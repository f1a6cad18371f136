package parser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"landfall/internal/oracle/syntax/ast"
)

// TestQueries reads every *.sql of testdata/{expr,select,dml}/*.txtar, which must be without errors, and compares
// its tree to the *.tree behind it. UPDATE=1 writes the trees anew.
func TestQueries(t *testing.T) {
	for _, folder := range []string{"expr", "select", "dml"} {
		archives, err := filepath.Glob("testdata/" + folder + "/*.txtar")
		if err != nil || len(archives) == 0 {
			t.Fatalf("no archives in %s: %v", folder, err)
		}
		for _, name := range archives {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for i, file := range ar.Files {
				stem, ok := strings.CutSuffix(file.Name, ".sql")
				if !ok {
					continue
				}
				t.Run(folder+"/"+strings.TrimSuffix(filepath.Base(name), ".txtar")+"/"+stem, func(t *testing.T) {
					f := Parse(file.Name, file.Data, Options{})
					for _, e := range f.Errors {
						t.Errorf("%v: %s, expected %v", f.OffsetPos(e.Off), e.Msg, e.Expected)
					}
					for _, s := range f.Stmts {
						checkSpans(t, f, s)
					}
					got := ast.DumpFile(f)
					if os.Getenv("UPDATE") != "" {
						ar.Files[i+1].Data = []byte(got)
					} else if d := cmp.Diff(string(ar.Files[i+1].Data), got); d != "" {
						t.Errorf("tree (-want +got):\n%s", d)
					}
				})
			}
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// TestQueriesTaken reads the statements of testdata/select/taken.sql, one or more a line: what estates are full
// of. Those that begin with SELECT are read again as the query of a cursor loop, where other words are reserved.
func TestQueriesTaken(t *testing.T) {
	src, err := os.ReadFile("testdata/select/taken.sql")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(src)), "\n") {
		texts := []string{line}
		if strings.HasPrefix(line, "select") && strings.Count(line, ";") == 1 {
			texts = append(texts, "begin for r in ("+strings.TrimSuffix(line, ";")+") loop null; end loop; end;")
		}
		for _, text := range texts {
			f := Parse("taken.sql", []byte(text), Options{})
			for _, e := range f.Errors {
				t.Errorf("line %d: %s\nat %d: %s, expected %v", i+1, text, e.Off+1, e.Msg, e.Expected)
			}
			for _, s := range f.Stmts {
				checkSpans(t, f, s)
			}
		}
	}
}
