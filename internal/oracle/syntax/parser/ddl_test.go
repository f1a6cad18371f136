package parser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"landfall/internal/oracle/syntax/ast"
)

// TestDDL reads every *.sql of testdata/ddl/*.txtar, which is all good, and compares the dumped tree to the
// *.tree of the same name. UPDATE=1 writes the trees anew.
func TestDDL(t *testing.T) {
	archives, err := filepath.Glob("testdata/ddl/*.txtar")
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
			for _, f := range ar.Files {
				want[f.Name] = string(f.Data)
			}
			var fresh []txtar.File
			for _, in := range ar.Files {
				stem, ok := strings.CutSuffix(in.Name, ".sql")
				if !ok {
					continue
				}
				f := Parse(in.Name, in.Data, Options{})
				for _, e := range f.Errors {
					pos := f.OffsetPos(e.Off)
					t.Errorf("%s:%d:%d: %s, expected %v", in.Name, pos.Line, pos.Col, e.Msg, e.Expected)
				}
				for _, s := range f.Stmts {
					ddlSpans(t, f, s)
				}
				got := ast.DumpFile(f)
				fresh = append(fresh, in, txtar.File{Name: stem + ".tree", Data: []byte(got)})
				if os.Getenv("UPDATE") == "" {
					if d := cmp.Diff(want[stem+".tree"], got); d != "" {
						t.Errorf("%s (-want +got):\n%s", in.Name, d)
					}
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

// ddlSpans holds every tree to the promise of package ast: children lie inside their parent, apart from each other.
func ddlSpans(t *testing.T, f *ast.File, n ast.Node) {
	t.Helper()
	s := n.Range()
	last := s.Lo
	for _, c := range ast.InOrder(n) {
		r := c.Range()
		if r.Lo < last || r.Hi > s.Hi || r.Lo > r.Hi {
			t.Errorf("line %d: %T %v of %T %v begins before %d or ends outside", f.Pos(n).Line, c, r, n, s, last)
		}
		last = r.Hi
		ddlSpans(t, f, c)
	}
}

// TestDDLErrors reads statements that are all wrong, one a line: each is refused with its own position and
// takes no neighbour with it.
func TestDDLErrors(t *testing.T) {
	const name = "testdata/ddl_errors.txtar"
	ar, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	src := ar.Files[0].Data
	f := Parse("bad.sql", src, Options{})
	lines := strings.Split(strings.TrimSpace(string(src)), "\n")
	if len(f.Stmts) != len(lines) {
		t.Errorf("%d statements in %d lines", len(f.Stmts), len(lines))
	}
	var b strings.Builder
	for _, s := range f.Stmts {
		bad, ok := s.(*ast.BadStmt)
		if !ok {
			t.Errorf("line %d is taken: %s", f.Pos(s).Line, f.Source(s))
			continue
		}
		e := f.Errors[bad.Err]
		pos := f.OffsetPos(e.Off)
		fmt.Fprintf(&b, "%s\n%s^ %s, expected %s\n", f.Source(s), strings.Repeat(" ", pos.Col-1), e.Msg, strings.Join(e.Expected, " or "))
	}
	if os.Getenv("UPDATE") != "" {
		ar.Files[1].Data = []byte(b.String())
		if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(string(ar.Files[1].Data), b.String()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestDDLCut ends and breaks every good statement at every token: whatever comes out, nothing panics, spans
// hold, and the statement behind a broken one is still read.
func TestDDLCut(t *testing.T) {
	archives, err := filepath.Glob("testdata/ddl/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		whole := Parse(name, ar.Files[0].Data, Options{})
		for n, s := range whole.Stmts {
			if n%7 != 0 && testing.Short() {
				continue
			}
			r := s.Range()
			for i := r.Lo; i < r.Hi; i++ {
				at, end := whole.Tokens[i].Off, whole.Tokens[r.Hi-1].End()
				cut := string(whole.Src[whole.Tokens[r.Lo].Off:at])
				rest := string(whole.Src[whole.Tokens[i].End():end])
				for _, src := range []string{cut, cut + rest, cut + " ) " + rest, cut + " ( " + rest} {
					f := Parse("cut.sql", []byte(src+";\nCREATE TABLE next_one (a NUMBER);\n"), Options{})
					for _, s := range f.Stmts {
						ddlSpans(t, f, s)
					}
					last := f.Stmts[len(f.Stmts)-1]
					if _, ok := last.(*ast.CreateTable); !ok && !strings.Contains(src, "DECLARE") {
						t.Errorf("%s:\n%s\nlast statement is %T: %s", name, src, last, f.Source(last))
					}
				}
			}
		}
	}
}
