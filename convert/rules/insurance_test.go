package rules_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
)

var insurance = sync.OnceValues(func() (*scripts.Estate, error) {
	return scripts.Load(context.Background(), filepath.Join("..", "..", "testdata", "insurance"), scripts.Options{})
})

type resolved struct {
	info   *resolve.Info
	object model.ObjectID
}

// resolveInsurance gives every statement of the sample, resolved against the catalog of all of it.
func resolveInsurance(t testing.TB) (*model.Catalog, []resolved) {
	t.Helper()
	dir := os.Getenv("RULES_SAMPLE") // another estate to look at
	estate, err := insurance()
	if dir != "" {
		estate, err = scripts.Load(context.Background(), dir, scripts.Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	var all []resolved
	for _, u := range estate.Units {
		if _, bad := u.Stmt.(*ast.BadStmt); bad {
			continue
		}
		all = append(all, resolved{resolve.Resolve(estate.Catalog, u.Source.Parsed, u.Stmt, u.Schema), u.Object})
	}
	return estate.Catalog, all
}

// TestInsurance runs the table over the sample: nothing is told twice, everything has a place.
func TestInsurance(t *testing.T) {
	cat, all := resolveInsurance(t)
	engine := rules.NewEngine(rules.PostgreSQL(), rules.Table())
	seen := map[model.Finding]bool{}
	byCode := map[string]int{}
	for _, r := range all {
		for _, f := range engine.Statement(cat, r.info, r.object) {
			key := model.Finding{Code: f.Code, Pos: f.Pos, Message: f.Message}
			if seen[key] {
				t.Errorf("told twice: %s %s: %s", f.Code, f.Pos, f.Message)
			}
			seen[key] = true
			byCode[f.Code]++
			if f.Pos.Line == 0 || f.Message == "" || f.Snippet.Text == "" {
				t.Errorf("%s has no place, words or snippet: %+v", f.Code, f)
			}
			t.Logf("%s %s %s:%d: %s", f.Code, f.Severity, f.Pos.File, f.Pos.Line, f.Message)
		}
	}
	if len(byCode) < 60 {
		t.Errorf("only %d rules found something in the sample", len(byCode))
	}
}

func BenchmarkInsurance(b *testing.B) {
	cat, all := resolveInsurance(b)
	engine := rules.NewEngine(rules.PostgreSQL(), rules.Table())
	bytes := 0
	files := map[*ast.File]bool{}
	for _, r := range all {
		if f := r.info.File; !files[f] {
			files[f] = true
			bytes += len(f.Src)
		}
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		for _, r := range all {
			engine.Statement(cat, r.info, r.object)
		}
	}
}
