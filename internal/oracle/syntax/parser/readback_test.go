package parser_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// TestReadBack: a package body that was put away and read back is the tree that a plain reading makes.
func TestReadBack(t *testing.T) {
	var names []string
	for _, root := range []string{"../../../../testdata", "testdata"} {
		_ = filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				switch filepath.Ext(path) {
				case ".sql", ".pkb", ".pks", ".txtar", ".txt", ".plb":
					names = append(names, path)
				}
			}
			return nil
		})
	}
	if dir := os.Getenv("LANDFALL_CORPUS"); dir != "" {
		_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				names = append(names, path)
			}
			return nil
		})
	}
	bodies := 0
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		bodies += readBack(t, name, src)
	}
	if bodies < 50 {
		t.Errorf("only %d routines were put away", bodies)
	}
	t.Logf("%d routines of %d files", bodies, len(names))
}

func readBack(t *testing.T, name string, src []byte) int {
	t.Helper()
	whole := parser.Parse(name, src, parser.Options{})
	thin := parser.Parse(name, src, parser.Options{Thin: true})
	if !reflect.DeepEqual(whole.Tokens, thin.Tokens) || !reflect.DeepEqual(whole.Errors, thin.Errors) {
		t.Errorf("%s: tokens or errors differ", name)
	}
	n := 0
	for round := range 2 {
		for _, s := range thin.Stmts {
			b, ok := s.(*ast.CreatePackageBody)
			if !ok {
				continue
			}
			for _, d := range b.Decls {
				if r, ok := d.(*ast.Routine); ok && r.Body != nil && r.Body.Away() {
					n++
				}
			}
			parser.ReadBack(thin, b)
		}
		if !reflect.DeepEqual(whole.Stmts, thin.Stmts) {
			for i := range whole.Stmts {
				if !reflect.DeepEqual(whole.Stmts[i], thin.Stmts[i]) {
					t.Errorf("%s: statement %d at %v is another tree when it is read back", name, i, whole.Pos(whole.Stmts[i]))
				}
			}
		}
		if round == 0 {
			for _, s := range thin.Stmts {
				if b, ok := s.(*ast.CreatePackageBody); ok && len(thin.Errors) == 0 {
					parser.PutAway(b)
				}
			}
		}
	}
	return n
}

// TestPutAway: what is put away cannot pass for empty.
func TestPutAway(t *testing.T) {
	src := "create package body p is\n procedure a is pragma autonomous_transaction; n int; begin n := 1; end;\n procedure b is begin null end;\nend;\n/\n" +
		"create package body q is\n procedure a is begin null; end;\nend;\n/\n" +
		"create package body r is\n procedure a is begin $if $$debug $then null; $end null; end;\nend;\n/\n"
	f := parser.Parse("x", []byte(src), parser.Options{Thin: true})
	away := func(i, d int) bool { return f.Stmts[i].(*ast.CreatePackageBody).Decls[d].(*ast.Routine).Body.Away() }
	if away(0, 0) {
		t.Error("a package with an error is put away")
	}
	if !away(1, 0) {
		t.Error("a good package is not put away")
	}
	if away(2, 0) {
		t.Error("a package with conditional compilation is put away")
	}
	defer func() {
		if r := recover(); r == nil || !strings.Contains(r.(string), "put away") {
			t.Errorf("walking what is put away gave %v", r)
		}
	}()
	ast.Walk(f.Stmts[1], func(ast.Node) bool { return true })
}
