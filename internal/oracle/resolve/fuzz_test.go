package resolve_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// FuzzResolve gives any text, also what the parser could read only in part, to Resolve.
func FuzzResolve(f *testing.F) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	var schema []byte
	for _, path := range cases {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, s := range txtar.Parse(data).Files {
			switch s.Name {
			case "schema.sql":
				schema = append(schema, s.Data...)
				f.Add(string(s.Data))
			case "input.sql":
				f.Add(string(s.Data))
			}
		}
	}
	cat := parser.Parse("schema.sql", schema, parser.Options{})
	est := scripts.FromFiles([]*ast.File{cat}, scripts.Options{DefaultSchema: "APP"})
	f.Fuzz(func(t *testing.T, src string) {
		file := parser.Parse("fuzz", []byte(src), parser.Options{})
		for _, s := range file.Stmts {
			in := resolve.Resolve(est.Catalog, file, s, "APP")
			ast.Walk(s, func(n ast.Node) bool {
				if e, ok := n.(ast.Expr); ok {
					in.Type(e)
				}
				return true
			})
		}
	})
}
