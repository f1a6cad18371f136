package resolve

import (
	"testing"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// TestRelease: what a released Info was made of serves the next statement without a trace of the one before, and an Info
// that is asked too late says so.
func TestRelease(t *testing.T) {
	long := parser.Parse("a.sql", []byte("BEGIN\n  FOR r IN (SELECT dummy a, dummy b, dummy c FROM dual) LOOP\n    x := r.a || r.b || r.c || UPPER(r.a);\n  END LOOP;\nEND;\n/\n"), parser.Options{})
	short := parser.Parse("b.sql", []byte("SELECT dummy FROM dual;\n"), parser.Options{})
	e := NewEstate(&model.Catalog{})
	names := func(in *Info) (n int) {
		for range in.Names() {
			n++
		}
		return n
	}
	want := names(e.Resolve(short, short.Stmts[0], "A"))
	for range 20 {
		in := e.Lend(long, long.Stmts[0], "A")
		if names(in) < 5 {
			t.Fatalf("%d names of a block", names(in))
		}
		in.Release()
		in.Release() // once is enough, twice no harm
		next := e.Lend(short, short.Stmts[0], "A")
		if got := names(next); got != want {
			t.Fatalf("%d names behind a released statement, %d alone", got, want)
		}
		for _, i := range next.names.at {
			if int(i) > len(next.names.list) {
				t.Fatalf("place %d of %d", i, len(next.names.list))
			}
		}
		next.Release()
		for what, ask := range map[string]func(){
			"names":      func() { names(next) },
			"a name":     func() { next.Ref(&ast.Name{Span: ast.Span{Lo: 1, Hi: 2}}) },
			"expression": func() { next.types.find(&ast.Literal{Span: ast.Span{Lo: 1, Hi: 2}}) },
		} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s of a released statement: no panic", what)
					}
				}()
				ask()
			}()
		}
	}
}
