package gen

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"testing"

	"landfall/convert/rules"
)

// TestRuleNames holds that every rule that the emitters name is in the table.
func TestRuleNames(t *testing.T) {
	known := map[string]bool{}
	for _, r := range rules.Table() {
		known[r.Name] = true
	}
	arg := map[string]int{"report": 1, "reportAs": 1, "refuse": 1, "ignore": 1, "ignored": 1, "rule": 0}
	fset := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range names {
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := c.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			i, ok := arg[sel.Sel.Name]
			if !ok || i >= len(c.Args) {
				return true
			}
			lit, ok := c.Args[i].(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			seen++
			if name, _ := strconv.Unquote(lit.Value); !known[name] {
				t.Errorf("%s: no rule is called %q", fset.Position(lit.Pos()), name)
			}
			return true
		})
	}
	if seen < 50 {
		t.Errorf("only %d rule names found", seen)
	}
}
