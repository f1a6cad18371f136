package printer_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/printer"
)

// addSeeds gives the fuzzer the script goldens and a few statements of every kind.
func addSeeds(f *testing.F) {
	for _, s := range []string{
		"select a, b from t where x in (1, 2) order by 1;", "begin null; end;\n/\n", "exec p(1)\nprompt it's\n",
		"create table t (a number(10,2) default 1 not null);", "merge into t using u on (t.a = u.a) when matched then update set b = 1;",
		"create or replace package body p is procedure q is begin for i in 1..10 loop null; end loop; end; end p;\n/\n",
		"begin\n$if $$x $then a; $else b; $end\nend;\n/", "insert into t values ('abc);\ninsert into t values ('d');",
		"with function f return number is begin return 1; end; select f from dual;\n/",
	} {
		f.Add([]byte(s))
	}
	paths, _ := filepath.Glob("../parser/testdata/*/*.txtar")
	for _, p := range paths {
		if b, err := os.ReadFile(p); err == nil && len(b) < 20000 {
			f.Add(b)
		}
	}
}

// parse turns a hang into a crash that the fuzzer reports with its input.
func parse(src []byte) *ast.File {
	alarm := time.AfterFunc(5*time.Second, func() { panic(fmt.Sprintf("parsing hangs on %q", src)) })
	defer alarm.Stop()
	return parser.Parse("fuzz", src, parser.Options{})
}

// FuzzParse: whatever the bytes, parsing ends, every token is in the tree once, and the tree prints back.
func FuzzParse(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		file := parse(src)
		end := uint32(0)
		for i, tok := range file.Tokens {
			if tok.Off < end || int(tok.End()) > len(src) {
				t.Fatalf("token %d [%d,%d) after %d", i, tok.Off, tok.End(), end)
			}
			end = tok.End()
		}
		if out, err := printer.Print(file); err != nil || !bytes.Equal(out, src) {
			t.Fatalf("prints as %q: %v", out, err)
		}
		bad := 0
		for _, s := range file.Stmts {
			ast.Walk(s, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.BadStmt:
					bad++
					if n.Err < 0 || n.Err >= len(file.Errors) {
						t.Fatalf("BadStmt names error %d of %d", n.Err, len(file.Errors))
					}
				case *ast.BadDecl:
					bad++
					if n.Err < 0 || n.Err >= len(file.Errors) {
						t.Fatalf("BadDecl names error %d of %d", n.Err, len(file.Errors))
					}
				}
				return true
			})
		}
		if bad > 0 && len(file.Errors) == 0 {
			t.Fatal("bad statements without an error")
		}
		for i := 1; i < len(file.Errors); i++ {
			if file.Errors[i].Off < file.Errors[i-1].Off {
				t.Fatal("errors are out of order")
			}
		}
	})
}

// FuzzPrintNormalised: the normalised text of what was read without error reads as an equal tree.
func FuzzPrintNormalised(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		file := parse(src)
		if len(file.Errors) > 0 {
			return
		}
		out := printer.NormaliseFile(file, printer.Style{})
		again := parser.Parse("fuzz", out, parser.Options{})
		if len(again.Errors) > 0 {
			t.Fatalf("not read: %s at %v\n%s", again.Errors[0].Msg, again.OffsetPos(again.Errors[0].Off), out)
		}
		if a, b := ast.DumpFile(file), ast.DumpFile(again); a != b {
			t.Fatalf("reads differently:\n%s\n--- %s\n+++ %s", out, a, b)
		}
	})
}
