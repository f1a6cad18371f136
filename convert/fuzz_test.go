package convert_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"landfall/convert/rules"
	"landfall/internal/postgres/grammar"
)

// seedTexts are the Oracle sides of all goldens and the examples of all rules.
func seedTexts(t testing.TB) (list []string) {
	t.Helper()
	for _, r := range rules.Table() {
		list = append(list, r.Before+";\n")
	}
	for _, pattern := range []string{"gen/testdata/*/*.txtar", "../testdata/behaviour/*/*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range txtar.Parse(data).Files {
				if part.Name == "oracle.sql" || strings.HasPrefix(part.Name, "call ") {
					list = append(list, string(part.Data))
				}
			}
		}
	}
	return list
}

// FuzzConvert holds for any input that nothing panics, that converting twice gives the same bytes, that the ledger adds
// up, and that what is not refused is PostgreSQL by PostgreSQL's own grammar.
func FuzzConvert(f *testing.F) {
	for _, text := range seedTexts(f) {
		f.Add(text)
	}
	judge := grammar.New()
	judge.Check("SELECT 1;") // ready before the first input: one that takes ten seconds counts as hung
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 1<<14 {
			t.Skip("long input only repeats short")
		}
		if err := holdConvert(judge, src); err != nil {
			t.Fatal(err)
		}
	})
}

// undeclared tells a complaint about a name that the Oracle side itself does not declare: the examples of the rules are
// pieces of larger texts.
func undeclared(p grammar.Problem) bool {
	for _, text := range []string{"is not a known variable", "must be of type cursor or refcursor", `missing "FROM or IN"`} {
		if strings.Contains(p.Message, text) {
			return true
		}
	}
	return false
}
