package lexer_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

// corpus is the text of all Oracle sources below a folder, one after the other.
func corpus(tb testing.TB, root string) []byte {
	tb.Helper()
	var all []byte
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch filepath.Ext(path) {
		case ".sql", ".pks", ".pkb", ".pls", ".plb", ".typ", ".tps", ".tpb", ".trg", ".pkg":
			src, err := os.ReadFile(path)
			if err != nil || !utf8.Valid(src) {
				return err
			}
			all = append(append(all, src...), "\n/\n"...)
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		tb.Fatal(err)
	}
	if len(all) == 0 {
		tb.Skip("no files in " + root)
	}
	return all
}

func benchmarkLex(b *testing.B, src []byte) {
	toks := make([]token.Token, 0, len(src)/4)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		toks = toks[:0]
		l := lexer.New(src)
		for {
			n := len(toks)
			toks = l.Fill(toks)
			if len(toks) == n {
				break
			}
		}
	}
	b.ReportMetric(float64(len(src))/float64(len(toks)), "bytes/token")
}

func BenchmarkLexTestdata(b *testing.B) { benchmarkLex(b, corpus(b, "../../../../testdata")) }

// BenchmarkLexCorpus reads the folder named by LANDFALL_CORPUS.
func BenchmarkLexCorpus(b *testing.B) {
	root := os.Getenv("LANDFALL_CORPUS")
	if root == "" {
		b.Skip("set LANDFALL_CORPUS to a folder of Oracle sources")
	}
	benchmarkLex(b, corpus(b, root))
}
