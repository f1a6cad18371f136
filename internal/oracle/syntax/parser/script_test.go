package parser_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/printer"
)

// TestScripts reads testdata/script/*.txtar: pairs of NAME.sql and NAME.want, the statements, errors and notes
// the script layer makes of the text. In the text, "␍" stands for CR, "␀" for NUL and "␚" for ^Z.
func TestScripts(t *testing.T) {
	paths, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, path := range paths {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var out []txtar.File
		for _, f := range ar.Files {
			name, isSQL := strings.CutSuffix(f.Name, ".sql")
			if !isSQL {
				continue
			}
			src := strings.NewReplacer("␍\n", "\r", "␍", "\r", "␀", "\x00", "␚", "\x1a").Replace(string(f.Data))
			got := summary(t, src)
			want := ""
			for _, g := range ar.Files {
				if g.Name == name+".want" {
					want = string(g.Data)
				}
			}
			out = append(out, f, txtar.File{Name: name + ".want", Data: []byte(got)})
			if os.Getenv("UPDATE") == "" {
				t.Run(filepath.Base(path)+"/"+name, func(t *testing.T) {
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("-want +got:\n%s", diff)
					}
				})
			}
		}
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(path, txtar.Format(&txtar.Archive{Comment: ar.Comment, Files: out}), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// summary lists what was read, a line each.
func summary(t *testing.T, src string) string {
	t.Helper()
	f := parser.Parse("", []byte(src), parser.Options{})
	if err := printer.RoundTrip(f); err != nil {
		t.Errorf("round trip: %v", err)
	}
	var b strings.Builder
	for _, s := range f.Stmts {
		pos := f.Pos(s)
		fmt.Fprintf(&b, "%d:%d %s", pos.Line, pos.Col, strings.TrimPrefix(fmt.Sprintf("%T", s), "*ast."))
		text := strings.Join(strings.Fields(f.Source(s)), " ")
		if len(text) > 90 {
			text = text[:60] + " ... " + text[len(text)-25:]
		}
		switch s := s.(type) {
		case *ast.PlusCommand:
			fmt.Fprintf(&b, " %s", s.Verb)
			if path, args, ok := f.Include(s); ok {
				fmt.Fprintf(&b, " include=%q args=%q nested=%v", path, args, s.Nested)
			}
			if name, value, ok := f.Define(s); ok {
				fmt.Fprintf(&b, " %s=%q", name, value)
			}
			for _, set := range f.Settings(s) {
				fmt.Fprintf(&b, " %s=%q", set.Name, set.Value)
			}
			if event, action, rest := f.Whenever(s); event != "" {
				fmt.Fprintf(&b, " on %s %s %q", event, action, rest)
			}
			if name, typ, ok := f.Variable(s); ok {
				fmt.Fprintf(&b, " %s is %s", name, typ)
			}
			if to := f.SpoolTarget(s); to != "" {
				fmt.Fprintf(&b, " to=%q", to)
			}
			for _, st := range s.Body {
				fmt.Fprintf(&b, " %s", strings.TrimPrefix(fmt.Sprintf("%T", st), "*ast."))
			}
		case *ast.WrappedUnit:
			fmt.Fprintf(&b, " %s body=%v %v", s.Kind, s.Body, f.Parts(s.Name))
		case *ast.ForeignUnit:
			fmt.Fprintf(&b, " %s", s.Kind)
			if s.Name != nil {
				fmt.Fprintf(&b, " %v", f.Parts(s.Name))
			}
		}
		fmt.Fprintf(&b, " %q\n", text)
	}
	list := func(what string, es []*ast.Error) {
		for _, e := range es {
			pos := f.OffsetPos(e.Off)
			fmt.Fprintf(&b, "%s %d:%d %s", what, pos.Line, pos.Col, e.Msg)
			if len(e.Expected) > 0 {
				fmt.Fprintf(&b, ", expected %s", strings.Join(e.Expected, " or "))
			}
			b.WriteByte('\n')
		}
	}
	list("error", f.Errors)
	list("note", f.Notes)
	return b.String()
}
