package resolve_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
)

// survey resolves every statement of an estate and lists the names that are not known.
func survey(tb testing.TB, dir string) (names int, unknown []string) {
	tb.Helper()
	est, err := scripts.Load(context.Background(), dir, scripts.Options{DefaultSchema: cmp.Or(os.Getenv("LANDFALL_RESOLVE_SCHEMA"), "INS_CORE")})
	if err != nil {
		tb.Fatal(err)
	}
	for _, u := range est.Units {
		if u.Err != nil {
			continue
		}
		f := u.Source.Parsed
		in := resolve.Resolve(est.Catalog, f, u.Stmt, u.Schema)
		ast.Walk(u.Stmt, func(n ast.Node) bool {
			name, ok := n.(*ast.Name)
			if !ok {
				return true
			}
			names++
			ref := in.Known(name)
			switch {
			case ref == nil:
				unknown = append(unknown, fmt.Sprintf("%v: %s was not visited", f.Pos(name), f.Source(name)))
			case ref.Kind == resolve.Unknown:
				unknown = append(unknown, fmt.Sprintf("%v: %s", f.Pos(name), f.Source(name)))
			}
			return true
		})
	}
	return names, unknown
}

// TestInsuranceCoverage holds that every name of the sample is resolved.
func TestInsuranceCoverage(t *testing.T) {
	names, unknown := survey(t, insurance)
	if names < 40_000 {
		t.Fatalf("only %d names were looked at", names)
	}
	t.Logf("%d of %d names unknown", len(unknown), names)
	if len(unknown) > 0 {
		t.Errorf("%d of %d names unknown:\n%s", len(unknown), names, strings.Join(unknown, "\n"))
	}
}

// TestFolderCoverage is for measuring by hand: LANDFALL_RESOLVE_DIR=folder, LANDFALL_RESOLVE_SCHEMA=name.
func TestFolderCoverage(t *testing.T) {
	dir := os.Getenv("LANDFALL_RESOLVE_DIR")
	if dir == "" {
		t.Skip("LANDFALL_RESOLVE_DIR is not set")
	}
	names, unknown := survey(t, dir)
	sort.Strings(unknown)
	t.Logf("%d of %d names unknown:\n%s", len(unknown), names, strings.Join(unknown, "\n"))
}
