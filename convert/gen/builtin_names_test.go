package gen

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"landfall/convert/support"
	"landfall/internal/oracle/resolve"
)

// TestEveryBuiltinIsAnswered holds the conversions against the functions and pseudo-columns that name resolution knows: each
// is converted, or refused with a reason of its own.
func TestEveryBuiltinIsAnswered(t *testing.T) {
	names := resolve.BuiltinNames()
	if len(names) < 400 {
		t.Fatalf("only %d names", len(names))
	}
	// areas of the generator that convert these where they stand: queries, loops, PL/SQL
	elsewhere := strings.Fields(`ROWNUM LEVEL CONNECT_BY_ISLEAF CONNECT_BY_ISCYCLE COLUMN_VALUE OBJECT_VALUE SYS_NC_ROWINFO$ ORA_SHARD_ID
		VERSIONS_STARTSCN VERSIONS_ENDSCN VERSIONS_STARTTIME VERSIONS_ENDTIME VERSIONS_XID VERSIONS_OPERATION CON$NAME CDB$NAME
		RAISE_APPLICATION_ERROR SQLCODE SQLERRM INSERTING UPDATING DELETING`)
	for _, name := range names {
		if builtins[name] == nil && !slices.Contains(elsewhere, name) {
			t.Errorf("%s is neither converted nor refused", name)
		}
	}
}

// TestSupportNames holds the names of support functions in this package's code against the support schema.
func TestSupportNames(t *testing.T) {
	known := support.Names()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	calls := map[string]int{"use": 0, "useOf": 0, "numericSupport": 0, "regexpSupport": 0, "bytesOf": 0, "jsonPath": 0, "textInterval": 0, "numToInterval": 0, "supported": 0, "storageCall": 0}
	count := 0
	for _, e := range files {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok || len(c.Args) == 0 {
				return true
			}
			fn := ""
			switch x := c.Fun.(type) {
			case *ast.Ident:
				fn = x.Name
			case *ast.SelectorExpr:
				fn = x.Sel.Name
			}
			lit, ok := c.Args[0].(*ast.BasicLit)
			if _, is := calls[fn]; !is || !ok || lit.Kind != token.STRING {
				return true
			}
			name, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			count++
			if base, _, _ := strings.Cut(name, "("); !slices.Contains(known, base) {
				t.Errorf("%s: the support schema has no function %s", e.Name(), name)
			}
			return true
		})
	}
	if count < 40 {
		t.Errorf("only %d names were looked at", count)
	}
}
