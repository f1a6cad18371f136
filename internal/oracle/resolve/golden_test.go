package resolve_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// TestGolden resolves each case's input over the catalog that its schema section makes. UPDATE=1 rewrites.
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var schema, input, want string
			for _, f := range ar.Files {
				switch f.Name {
				case "schema.sql":
					schema = string(f.Data)
				case "input.sql":
					input = string(f.Data)
				case "resolved":
					want = string(f.Data)
				}
			}
			got := resolved(t, schema, input)
			if os.Getenv("UPDATE") != "" {
				out := &txtar.Archive{Comment: ar.Comment, Files: []txtar.File{
					{Name: "schema.sql", Data: []byte(schema)}, {Name: "input.sql", Data: []byte(input)}, {Name: "resolved", Data: []byte(got)},
				}}
				if err := os.WriteFile(path, txtar.Format(out), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func resolved(tb testing.TB, schema, input string) string {
	tb.Helper()
	cat := parser.Parse("schema.sql", []byte(schema), parser.Options{})
	for _, e := range cat.Errors {
		tb.Fatalf("schema.sql at %v: %s", cat.OffsetPos(e.Off), e.Msg)
	}
	est := scripts.FromFiles([]*ast.File{cat}, scripts.Options{DefaultSchema: "APP"})
	f := parser.Parse("", []byte(input), parser.Options{})
	for _, e := range f.Errors {
		tb.Fatalf("input.sql at %v: %s", f.OffsetPos(e.Off), e.Msg)
	}
	var b strings.Builder
	for _, s := range f.Stmts {
		in := resolve.Resolve(est.Catalog, f, s, "APP")
		describe(&b, in)
	}
	return b.String()
}

// describe writes one line for every name and, behind a colon, the type of every other expression worth a line.
func describe(b *strings.Builder, in *resolve.Info) {
	f := in.File
	ast.Walk(in.Stmt, func(n ast.Node) bool {
		pos := f.Pos(n)
		switch x := n.(type) {
		case *ast.Name:
			ref := in.Known(x)
			if ref == nil {
				fmt.Fprintf(b, "%d:%d %s NOT VISITED\n", pos.Line, pos.Col, f.Source(x))
				return true
			}
			fmt.Fprintf(b, "%d:%d %s -> %s%s%s\n", pos.Line, pos.Col, f.Source(x), ref.Kind, reachedText(ref), typeText(*ref.TypeOf()))
		case *ast.Binary, *ast.Call, *ast.Case, *ast.Cast, *ast.Subquery, *ast.Field, *ast.Attr, *ast.BindExpr:
			if t := in.Type(n.(ast.Expr)); t.Class != resolve.ClassUnknown {
				text := strings.Join(strings.Fields(f.Source(n)), " ")
				if r := []rune(text); len(r) > 40 {
					text = string(r[:37]) + "..."
				}
				fmt.Fprintf(b, "%d:%d (%s)%s\n", pos.Line, pos.Col, text, typeText(t))
			}
		}
		return true
	})
	for _, a := range in.Accesses {
		how := a.Write
		if how == "" {
			how = "read"
		}
		fmt.Fprintf(b, "access %s %s", how, a.Name)
		if a.Object != nil {
			fmt.Fprintf(b, " = %s", a.Object.ID())
		}
		if a.Link != "" {
			fmt.Fprintf(b, " over %s", a.Link)
		}
		fmt.Fprintf(b, " (%s)\n", strings.Join(a.Columns, ", "))
	}
	for _, d := range in.Dynamic {
		fmt.Fprintf(b, "dynamic %d holes, constant %v, parsed %v: %q\n", d.Holes, d.Constant, d.Parsed != nil, d.Text)
	}
	for _, d := range in.Depends {
		fmt.Fprintf(b, "%s %s %s.%s", d.How, d.Kind, d.Schema, d.Name)
		if !d.Found {
			b.WriteString(" missing")
		}
		if d.External != "" {
			fmt.Fprintf(b, " at %s", d.External)
		}
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
}

func reachedText(ref *resolve.Ref) string {
	var parts []string
	if ref.Object != nil {
		parts = append(parts, ref.Object.Name)
	}
	switch {
	case ref.Column != nil:
		parts = append(parts, ref.Column.Name)
	case ref.Routine != nil:
		parts = append(parts, fmt.Sprintf("%s/%d", ref.Routine.Name, len(ref.Routine.Params)))
	case ref.Variable != nil:
		parts = append(parts, ref.Variable.Name)
	case ref.Builtin != "":
		parts = append(parts, ref.Builtin)
	}
	s := ""
	if len(parts) > 0 {
		s = " " + strings.Join(parts, ".")
	}
	for _, y := range ref.Synonyms {
		s += " by " + y.Name
	}
	if ref.Link != "" {
		s += " @" + ref.Link
	}
	if ref.Decl != nil {
		s += " local"
	}
	if ref.Outer {
		s += " outer"
	}
	return s
}

func typeText(t resolve.Type) string {
	if t.Class == resolve.ClassUnknown {
		return ""
	}
	s := ": " + t.Class.String()
	if t.Ref.Name != "" {
		s += " " + t.Ref.Name
	}
	if t.Ref.Precision != nil {
		s += fmt.Sprintf("(%d)", *t.Ref.Precision)
	}
	if t.Elem != nil {
		s += " of" + strings.TrimPrefix(typeText(*t.Elem), ":")
	}
	return s
}
