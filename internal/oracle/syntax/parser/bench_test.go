package parser_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/token"
)

const sample = "../../../../testdata/insurance"

// sources are the Oracle files below a folder.
func sources(tb testing.TB, root string) (all [][]byte, size int64) {
	tb.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch strings.ToLower(filepath.Ext(path)) {
		case ".sql", ".pks", ".pkb", ".pls", ".plb", ".typ", ".tps", ".tpb", ".trg", ".pkg", ".bdy", ".tab", ".vw", ".prc", ".fnc":
			src, err := os.ReadFile(path)
			if err != nil || !utf8.Valid(src) {
				return err
			}
			all = append(all, src)
			size += int64(len(src))
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	if size == 0 {
		tb.Skip("no files in " + root)
	}
	return all, size
}

// BenchmarkParse parses every file below LANDFALL_CORPUS, or of the insurance sample, and reports the memory that
// all trees together keep, texts not counted.
func BenchmarkParse(b *testing.B) {
	root := os.Getenv("LANDFALL_CORPUS")
	if root == "" {
		root = sample
	}
	all, size := sources(b, root)
	b.SetBytes(size)
	for b.Loop() {
		for _, src := range all {
			parser.Parse("", src, parser.Options{})
		}
	}
	b.StopTimer()
	statements, bad := 0, 0
	trees := make([]*ast.File, 0, len(all))
	b.ReportMetric(heapOf(func() {
		for _, src := range all {
			trees = append(trees, parser.Parse("", src, parser.Options{}))
		}
	})/float64(size), "x-heap")
	for _, f := range trees {
		for _, s := range f.Stmts {
			switch s.(type) {
			case *ast.PlusCommand, *ast.EmptyStmt:
			case *ast.BadStmt:
				statements++
				bad++
			default:
				statements++
			}
		}
	}
	b.ReportMetric(float64(size)/1e6, "MB")
	b.ReportMetric(float64(statements), "statements")
	b.ReportMetric(100*float64(statements-bad)/float64(max(statements, 1)), "parsed-%")
}

// heapOf is by how many bytes the live heap is larger after f.
func heapOf(f func()) float64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return float64(after.HeapAlloc) - float64(before.HeapAlloc)
}

// BenchmarkParse50MB parses one package body of 5, 10, 25 and 50 MB: time must grow with size and no faster.
func BenchmarkParse50MB(b *testing.B) {
	for _, mb := range []int{5, 10, 25, 50} {
		b.Run(fmt.Sprintf("body=%dMB", mb), func(b *testing.B) { benchmarkOne(b, hugeBody(b, mb*1_000_000)) })
	}
}

// BenchmarkParseInserts parses 20 MB of short INSERT statements, the text with the most nodes a byte.
func BenchmarkParseInserts(b *testing.B) {
	benchmarkOne(b, bytes.Repeat([]byte("insert into t values (1,'abc',sysdate);\n"), 500_000))
}

// BenchmarkParseTerms parses one expression of a hundred thousand terms.
func BenchmarkParseTerms(b *testing.B) {
	var s bytes.Buffer
	s.WriteString("select 0")
	for i := range 100_000 - 1 {
		fmt.Fprintf(&s, " + col_%d", i)
	}
	s.WriteString(" from dual;\n")
	benchmarkOne(b, s.Bytes())
}

// BenchmarkParseRow parses one INSERT of two million values in one line.
func BenchmarkParseRow(b *testing.B) {
	benchmarkOne(b, slicesOf("insert into t values (", "1234,'abcdef',", 1_000_000, "1);\n"))
}

// BenchmarkParseUnits parses ten thousand procedures without a slash between them.
func BenchmarkParseUnits(b *testing.B) {
	var s bytes.Buffer
	for i := range 10_000 {
		fmt.Fprintf(&s, "create or replace procedure p%d is\nbegin\n  x := %d;\nend p%d;\n", i, i, i)
	}
	benchmarkOne(b, s.Bytes())
}

func slicesOf(head, piece string, n int, tail string) []byte {
	return []byte(head + strings.Repeat(piece, n) + tail)
}

// benchmarkOne parses one text that holds no error. x-alloc is all memory that the parser asks for, garbage
// included, x-heap what the tree keeps, both as multiples of the text's size.
func benchmarkOne(b *testing.B, src []byte) {
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if f := parser.Parse("", src, parser.Options{}); len(f.Errors) > 0 {
			b.Fatal(f.OffsetPos(f.Errors[0].Off), f.Errors[0].Msg)
		}
	}
	b.StopTimer()
	var f *ast.File
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	kept := heapOf(func() { f = parser.Parse("", src, parser.Options{}) })
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(f)
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(len(src)), "x-alloc")
	b.ReportMetric(kept/float64(len(src)), "x-heap")
}

// hugeBody is a package body of about n bytes: the routines of the insurance sample's packages again and again,
// each under a name of its own.
func hugeBody(tb testing.TB, n int) []byte {
	members := sampleRoutines(tb)
	var out bytes.Buffer
	out.Grow(n + 1<<16)
	out.WriteString("create or replace package body huge_pkg is\n")
	for i := 0; out.Len() < n; i++ {
		for _, m := range members {
			suffix := fmt.Sprintf("_%d", i)
			at := 0
			for _, end := range m.names {
				out.WriteString(m.text[at:end])
				out.WriteString(suffix)
				at = end
			}
			out.WriteString(m.text[at:])
			if out.Len() >= n {
				break
			}
		}
	}
	out.WriteString("end huge_pkg;\n/\n")
	return out.Bytes()
}

// routine is the text of one routine with the offsets behind its name and the name after its END.
type routine struct {
	text  string
	names []int
}

func sampleRoutines(tb testing.TB) (list []routine) {
	all, _ := sources(tb, sample)
	for _, src := range all {
		f := parser.Parse("", src, parser.Options{})
		for _, s := range f.Stmts {
			body, ok := s.(*ast.CreatePackageBody)
			if !ok {
				continue
			}
			for _, d := range body.Decls {
				r, ok := d.(*ast.Routine)
				if !ok || r.Body == nil || f.Tokens[r.Name.Lo].Kind != token.Ident {
					continue
				}
				from := f.Tokens[r.Lo].Off
				if r.Lo > 0 {
					from = f.Tokens[r.Lo-1].End() // with the comments in front of it
				}
				m := routine{text: string(src[from:f.Tokens[r.Hi-1].End()]), names: []int{int(f.Tokens[r.Name.Lo].End() - from)}}
				if !strings.HasSuffix(m.text, ";") {
					m.text += ";"
				}
				if e := r.Body.EndName; e != nil {
					m.names = append(m.names, int(f.Tokens[e.Lo].End()-from))
				}
				list = append(list, m)
			}
		}
	}
	if len(list) == 0 {
		tb.Skip("no package bodies in " + sample)
	}
	return list
}
