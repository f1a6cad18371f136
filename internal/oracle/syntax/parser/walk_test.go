package parser_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// TestWalkInOrder holds that nodes are visited in source order, those included whose children are taken as they are.
func TestWalkInOrder(t *testing.T) {
	kinds := map[ast.NodeKind]int{}
	err := filepath.WalkDir("../../../../testdata/insurance", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".sql") {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f := parser.Parse(path, src, parser.Options{})
		for _, s := range f.Stmts {
			last := uint32(0)
			ast.Walk(s, func(n ast.Node) bool {
				if lo := n.Range().Lo; !n.Range().Empty() {
					if lo < last {
						t.Errorf("%s: %T is visited late", f.Pos(n), n)
					}
					last = lo
				}
				kinds[n.NodeKind()]++
				return true
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []ast.Node{&ast.Binary{}, &ast.AssignStmt{}, &ast.IfArm{}} {
		if kinds[n.NodeKind()] == 0 {
			t.Errorf("no %T was there", n)
		}
	}
	if kinds[0] > 0 || len(kinds) >= ast.NodeKinds {
		t.Errorf("%d kinds, %d nodes without one", len(kinds), kinds[0])
	}
}
