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
