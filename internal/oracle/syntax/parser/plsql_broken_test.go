package parser

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"landfall/internal/cputime"
	"landfall/internal/oracle/syntax/ast"
)

// TestPLSQLBroken leaves out, doubles and swaps single tokens of every sample: whatever comes of it, the
// parser must come through, spans must nest, and every statement in a list must be accounted for.
func TestPLSQLBroken(t *testing.T) {
	archives, _ := filepath.Glob("testdata/plsql/*.txtar")
	for _, name := range archives {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range ar.Files {
			if !strings.HasSuffix(in.Name, ".sql") {
				continue
			}
			whole := Parse(in.Name, in.Data, Options{})
			for i := range whole.Tokens {
				a := whole.Tokens[i]
				out := append(append([]byte(nil), in.Data[:a.Off]...), in.Data[a.End():]...)
				checkBroken(t, fmt.Sprintf("%s without token %d", in.Name, i), out)
				twice := append(append(append([]byte(nil), in.Data[:a.End()]...), ' '), in.Data[a.Off:]...)
				checkBroken(t, fmt.Sprintf("%s with token %d twice", in.Name, i), twice)
				if i+1 < len(whole.Tokens) {
					b := whole.Tokens[i+1]
					swapped := bytes.Join([][]byte{in.Data[:a.Off], in.Data[b.Off:b.End()], in.Data[a.Off:a.End()], in.Data[b.End():]}, []byte(" "))
					checkBroken(t, fmt.Sprintf("%s with tokens %d and %d swapped", in.Name, i, i+1), swapped)
				}
				checkBroken(t, fmt.Sprintf("%s up to token %d", in.Name, i), in.Data[:a.End()])
			}
		}
	}
}

func checkBroken(t *testing.T, what string, src []byte) {
	t.Helper()
	f := Parse("broken.sql", src, Options{})
	last := uint32(0)
	bad := false
	for _, s := range f.Stmts {
		if s.Range().Lo < last {
			t.Fatalf("%s: statements overlap", what)
		}
		last = s.Range().Hi
		checkSpans(t, f, s)
		ast.Walk(s, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.BadStmt, *ast.BadDecl:
				bad = true
			}
			return true
		})
	}
	if bad && len(f.Errors) == 0 {
		t.Errorf("%s: a bad statement without an error", what)
	}
	if t.Failed() {
		t.Fatalf("%s:\n%s", what, src)
	}
}

// TestPLSQLRecoveryIsLinear gives texts in which every line is an error, or which nest without end.
func TestPLSQLRecoveryIsLinear(t *testing.T) {
	rep := strings.Repeat
	for name, make := range map[string]func(n int) string{
		"bad statements": func(n int) string { return "begin\n" + rep("  a b c;\n", n) + "end;\n/\n" },
		"bad conditions": func(n int) string { return "begin\n" + rep("if ) then\n", n) + rep("end if;\n", n) + "end;\n/\n" },
		"no end if":      func(n int) string { return "begin\n" + rep("if a then\n", n) + "end;\n/\n" },
		"no end":         func(n int) string { return rep("begin\n", n) },
		"stray ends":     func(n int) string { return "begin\n" + rep("end if;\n", n) + "end;\n/\n" },
		"wrong ends":     func(n int) string { return "begin\n" + rep("loop\n", n) + rep("end if;\n", n) + "end;\n/\n" },
		"case arms": func(n int) string {
			return "begin\n" + rep("case x when 1 then\n", n) + rep("a; when ) then b; end case;\n", n) + "end;\n/\n"
		},
		"bad declarations":   func(n int) string { return "declare\n" + rep("a varchar2(;\n", n) + "begin null; end;\n/\n" },
		"bad nested heads":   func(n int) string { return "declare\n" + rep("procedure p(a ) is\n", n) + "begin null; end;\n/\n" },
		"no semicolon":       func(n int) string { return "begin\n" + rep("a := 1\n", n) + "end;\n/\n" },
		"one endless string": func(n int) string { return "begin\n" + rep("a('\n", n) + "end;\n/\n" },
		"labels":             func(n int) string { return "begin\n" + rep("<<a>>\n", n) + "end;\n/\n" },
	} {
		t.Run(name, func(t *testing.T) {
			cost := func(n int) time.Duration {
				src := []byte(make(n))
				best := time.Duration(1 << 62)
				for range 3 {
					var f *ast.File
					best = min(best, cputime.Of(func() { f = Parse("x.sql", src, Options{}) }))
					if len(f.Errors) == 0 {
						t.Fatal("no error")
					}
				}
				return best
			}
			// eight times the text; 40 allows for noise and is far from the 64 of a quadratic cost. Other work on the
			// machine may disturb one of the two.
			var small, large time.Duration
			for range 4 {
				small, large = cost(2000), cost(16000)
				if large <= 40*small || large <= 200*time.Millisecond {
					return
				}
			}
			t.Errorf("2000 lines take %v, 16000 lines %v", small, large)
		})
	}
}
