package printer_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/printer"
)

// eachFile calls f with every UTF-8 text below the repository's testdata and below $LANDFALL_CORPUS.
func eachFile(t *testing.T, f func(name string, src []byte)) {
	t.Helper()
	roots := []string{"../../../../testdata"}
	if dir := os.Getenv("LANDFALL_CORPUS"); dir != "" {
		roots = append(roots, dir)
	}
	n := 0
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			switch filepath.Ext(path) {
			case ".sql", ".pks", ".pkb", ".pls", ".plb", ".typ", ".tps", ".tpb", ".trg", ".vw", ".pkg":
			default:
				return nil
			}
			src, err := os.ReadFile(path)
			if err != nil || !utf8.Valid(src) {
				return err
			}
			n++
			f(path, src)
			return nil
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	if n == 0 {
		t.Skip("no files: set LANDFALL_CORPUS")
	}
}

func TestEveryFilePrintsBack(t *testing.T) {
	eachFile(t, func(name string, src []byte) {
		f := parser.Parse(name, src, parser.Options{})
		if out, err := printer.Print(f); err != nil || !bytes.Equal(out, src) {
			t.Errorf("%s prints differently: %v", name, err)
		}
		if err := printer.RoundTrip(f); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	})
}

func TestNormalisedTextGivesAnEqualTree(t *testing.T) {
	eachFile(t, func(name string, src []byte) {
		f := parser.Parse(name, src, parser.Options{})
		if len(f.Errors) > 0 {
			return
		}
		for _, style := range []printer.Style{{}, {Comments: true, Hints: true}} {
			out := printer.NormaliseFile(f, style)
			g := parser.Parse(name, out, parser.Options{})
			if len(g.Errors) > 0 {
				e := g.Errors[0]
				t.Errorf("%s: normalised text is not read: %v: %s", name, g.OffsetPos(e.Off), e.Msg)
				return
			}
			if diff := cmp.Diff(ast.DumpFile(f), ast.DumpFile(g)); diff != "" {
				t.Errorf("%s: normalised text reads differently:\n%.2000s", name, diff)
				return
			}
		}
	})
}

func TestAnonymisedTextIsRead(t *testing.T) {
	a := printer.NewAnonymiser([]byte("key"))
	eachFile(t, func(name string, src []byte) {
		f := parser.Parse(name, src, parser.Options{})
		if len(f.Errors) > 0 {
			return
		}
		out := a.File(f)
		g := parser.Parse(name, out, parser.Options{})
		if len(g.Errors) > 0 {
			e := g.Errors[0]
			line := string(out[max(0, int(e.Off)-60):min(len(out), int(e.Off)+60)])
			t.Errorf("%s: anonymised text is not read: %v: %s: ...%s...", name, g.OffsetPos(e.Off), e.Msg, line)
		}
	})
}
