package lexer_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// corpus is the text of the Oracle sources below LANDFALL_CORPUS or the insurance sample, file by file.
func corpus(tb testing.TB) (all [][]byte, size int64) {
	tb.Helper()
	root := os.Getenv("LANDFALL_CORPUS")
	if root == "" {
		root = "../../../../testdata/insurance"
	}
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

// BenchmarkLex makes the tokens of every file.
func BenchmarkLex(b *testing.B) {
	all, size := corpus(b)
	var toks []token.Token
	n := 0
	b.SetBytes(size)
	for b.Loop() {
		n = 0
		for _, src := range all {
			toks = toks[:0]
			for l := lexer.New(src); ; {
				before := len(toks)
				toks = l.Fill(toks)
				if len(toks) == before {
					break
				}
			}
			n += len(toks)
		}
	}
	b.ReportMetric(float64(size)/1e6, "MB")
	b.ReportMetric(float64(size)/float64(n), "bytes/token")
}
