package parser

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// TestPLSQL reads every *.sql of testdata/plsql/*.txtar and compares the tree, with the errors in front, to the
// *.tree behind it. UPDATE=1 writes the trees anew.
func TestPLSQL(t *testing.T) {
	archives, err := filepath.Glob("testdata/plsql/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]string{}
			var fresh []txtar.File
			for _, f := range ar.Files {
				want[f.Name] = string(f.Data)
			}
			for _, in := range ar.Files {
				stem, ok := strings.CutSuffix(in.Name, ".sql")
				if !ok {
					continue
				}
				f := Parse(in.Name, in.Data, Options{})
				for _, s := range f.Stmts {
					checkSpans(t, f, s)
				}
				got := treeText(f)
				fresh = append(fresh, in, txtar.File{Name: stem + ".tree", Data: []byte(got)})
				if os.Getenv("UPDATE") == "" {
					if d := cmp.Diff(want[stem+".tree"], got); d != "" {
						t.Errorf("%s (-want +got):\n%s", in.Name, d)
					}
				}
				if len(f.Errors) > 0 != strings.HasPrefix(stem, "bad_") {
					t.Errorf("%s: errors: %v; files with errors are called bad_*", in.Name, got)
				}
			}
			if os.Getenv("UPDATE") != "" {
				ar.Files = fresh
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// checkSpans holds every tree to the promise of package ast: children lie inside their parent and apart from
// each other.
func checkSpans(t *testing.T, f *ast.File, n ast.Node) {
	t.Helper()
	s := n.Range()
	last := s.Lo
	for _, c := range ast.InOrder(n) {
		r := c.Range()
		if r.Lo < last || r.Hi > s.Hi || r.Lo > r.Hi {
			t.Errorf("%s: %T %v of %T %v begins before %d or ends outside", f.Pos(n), c, r, n, s, last)
		}
		last = r.Hi
		checkSpans(t, f, c)
	}
}

// treeText shows errors and statements of a file. Nodes of PL/SQL are shown with all their fields, a line a
// node; expressions, types, queries and DML as their type and text.
func treeText(f *ast.File) string {
	var b strings.Builder
	for _, e := range f.Errors {
		pos := f.OffsetPos(e.Off)
		fmt.Fprintf(&b, "! %d:%d: %s", pos.Line, pos.Col, e.Msg)
		if len(e.Expected) > 0 {
			fmt.Fprintf(&b, ", expected %s", strings.Join(e.Expected, " or "))
		}
		if e.Hint != "" {
			fmt.Fprintf(&b, " (%s)", e.Hint)
		}
		b.WriteByte('\n')
	}
	for _, s := range f.Stmts {
		writeNode(&b, f, "", s, 0)
	}
	return b.String()
}

func writeNode(b *strings.Builder, f *ast.File, label string, n ast.Node, depth int) {
	v := reflect.ValueOf(n).Elem()
	fmt.Fprintf(b, "%s%s%s", strings.Repeat("  ", depth), label, v.Type().Name())
	if opaque(n) {
		fmt.Fprintf(b, " %s\n", strings.Join(strings.Fields(f.Source(n)), " "))
		return
	}
	var kids []func()
	writeFields(b, f, v, depth, &kids)
	b.WriteByte('\n')
	for _, k := range kids {
		k()
	}
}

// opaque reports whether a node is shown by its text only.
func opaque(n ast.Node) bool {
	switch n.(type) {
	case *ast.DataType, *ast.Select, *ast.SelectStmt, *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.Clause, *ast.BadStmt, *ast.BadDecl:
		return true
	case ast.Expr:
		return true
	}
	return false
}

func writeFields(b *strings.Builder, f *ast.File, v reflect.Value, depth int, kids *[]func()) {
	for i := range v.NumField() {
		name, x := v.Type().Field(i).Name, v.Field(i)
		switch x.Kind() {
		case reflect.Struct:
			if name == "UnitFlags" {
				writeFields(b, f, x, depth, kids)
			}
		case reflect.Bool:
			if x.Bool() {
				fmt.Fprintf(b, " %s", name)
			}
		case reflect.Uint8:
			if x.Uint() != 0 {
				fmt.Fprintf(b, " %s=%d", name, x.Uint())
			}
		case reflect.Uint16:
			if kw := token.Keyword(x.Uint()); kw != 0 {
				fmt.Fprintf(b, " %s=%s", name, kw)
			}
		case reflect.Pointer, reflect.Interface:
			if !x.IsNil() {
				if n, ok := x.Interface().(*ast.Name); ok {
					fmt.Fprintf(b, " %s=%s", name, f.Source(n))
					continue
				}
				n := x.Interface().(ast.Node)
				*kids = append(*kids, func() { writeNode(b, f, name+": ", n, depth+1) })
			}
		case reflect.Slice:
			if names, ok := x.Interface().([]*ast.Name); ok {
				for j, n := range names {
					fmt.Fprintf(b, " %s[%d]=%s", name, j, f.Source(n))
				}
				continue
			}
			for j := range x.Len() {
				n := x.Index(j).Interface().(ast.Node)
				label := fmt.Sprintf("%s: ", name)
				*kids = append(*kids, func() { writeNode(b, f, label, n, depth+1) })
			}
		}
	}
}
