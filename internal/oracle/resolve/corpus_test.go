package resolve_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

const insurance = "../../../testdata/insurance"

func sources(tb testing.TB, root string) []*ast.File {
	tb.Helper()
	var files []*ast.File
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return nil
		}
		switch strings.ToLower(filepath.Ext(path)) {
		case ".sql", ".pks", ".pkb", ".pls", ".prc", ".fnc", ".trg", ".tps", ".tpb", ".vw":
		default:
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files = append(files, parser.Parse(path, src, parser.Options{}))
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return files
}

// TestEmptyCatalog shows that nothing is needed to look things up in: what is not found is Unknown.
func TestEmptyCatalog(t *testing.T) {
	cat := &model.Catalog{}
	cat.Freeze()
	for _, f := range sources(t, insurance) {
		for _, s := range f.Stmts {
			in := resolve.Resolve(cat, f, s, "APP")
			if in.File != f || in.Stmt != s {
				t.Fatalf("%s: the info is of another statement", f.Name)
			}
		}
	}
}
