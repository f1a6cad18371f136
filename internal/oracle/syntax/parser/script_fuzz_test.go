package parser_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/token"
)

// canary is a good statement that stands behind whatever the fuzzer makes.
const canary = "\n\n/\nCREATE TABLE landfall_canary (a NUMBER(10));\n"

// FuzzScript holds what the script layer promises of any bytes: statements are in order and share no token, what
// lies between two of them is terminators, and the next good statement is never swallowed.
func FuzzScript(f *testing.F) {
	for _, s := range []string{
		"select 1 from dual;\n/\nselect 2 from dual\n/\n", "begin null; end;\n/\nexec p(1)\nprompt it's\n", "select 'open from dual;",
		"select q'[open from dual;", "select \"open from dual;", "select 1 /* open from dual;", "create table t (a number",
		"create or replace procedure p is begin if x then null; end;\n/", "set sqlterminator !\nselect 1 from dual!\n",
		"set define #\nselect '#x' from dual;", "prompt a-\nselect 1 from dual;", "create or replace package p wrapped\na000000\n1\n/\n",
		"create or replace java source named \"X\" as\nclass X { int i = '\\''; }\n/\n", "begin\n$if $$x $then a;\n/", "a;;/;\n.\n",
		"set cmdsep ;\nset echo off; select 1 from dual;\n",
	} {
		f.Add([]byte(s))
	}
	paths, _ := filepath.Glob("testdata/script/*.txtar")
	for _, p := range paths {
		if ar, err := txtar.ParseFile(p); err == nil {
			for _, file := range ar.Files {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		text := append(bytes.Clone(src), canary...)
		alarm := time.AfterFunc(5*time.Second, func() { panic(fmt.Sprintf("hangs on %q", text)) })
		file := parser.Parse("fuzz", text, parser.Options{})
		alarm.Stop()
		next := uint32(0)
		between := func(hi uint32) {
			for ; next < hi; next++ {
				switch tok := file.Tokens[next]; {
				case tok.Kind == token.Semi, tok.Kind == token.TermSlash, tok.Flags&token.FlagInactive != 0:
				default:
					t.Fatalf("token %q is in no statement", file.Text(next))
				}
			}
		}
		for _, s := range file.Stmts {
			span := s.Range()
			if span.Lo < next || span.Hi < span.Lo {
				t.Fatalf("statement [%d,%d) after token %d", span.Lo, span.Hi, next)
			}
			between(span.Lo)
			next = span.Hi
		}
		between(uint32(len(file.Tokens)))
		if opensDocument(file) {
			return
		}
		if n := len(file.Stmts); n > 0 {
			if s, ok := file.Stmts[n-1].(*ast.CreateTable); ok && file.Source(s) == canary[4:len(canary)-2] {
				return
			}
		}
		t.Fatalf("the statement behind is lost: %d statements, errors %v", len(file.Stmts), file.Errors)
	})
}

// opensDocument reports whether the last thing read is a DOCUMENT command, which ends at a # alone.
func opensDocument(file *ast.File) bool {
	if len(file.Stmts) == 0 {
		return false
	}
	c, ok := file.Stmts[len(file.Stmts)-1].(*ast.PlusCommand)
	return ok && c.Verb == token.DOCUMENT
}
