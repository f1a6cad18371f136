package convert_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"landfall/convert"
	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/postgres/grammar"
)

// seeds are the Oracle sides of all goldens and the examples of all rules.
func seeds(f *testing.F) {
	for _, r := range rules.Table() {
		f.Add(r.Before + ";\n")
	}
	for _, pattern := range []string{"gen/testdata/*/*.txtar", "../testdata/behaviour/*/*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			for _, part := range txtar.Parse(data).Files {
				if part.Name == "oracle.sql" {
					f.Add(string(part.Data))
				}
			}
		}
	}
}

// FuzzConvert holds for any input that nothing panics, that converting twice gives the same bytes, that the ledger adds
// up, and that what is not refused is PostgreSQL by PostgreSQL's own grammar.
func FuzzConvert(f *testing.F) {
	seeds(f)
	judge := grammar.New()
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 1<<14 {
			t.Skip("long input only repeats short")
		}
		text, r, err := convert.Text(context.Background(), "fuzz.sql", []byte(src), convert.Options{Jobs: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, fd := range r.Findings {
			if strings.Contains(fd.Message, gen.InternalError) {
				t.Fatalf("%s\n%s", fd.Message, src)
			}
		}
		again, _, err := convert.Text(context.Background(), "fuzz.sql", []byte(src), convert.Options{Jobs: 2})
		if err != nil || again != text {
			t.Fatalf("converting twice gives two results (%v):\n%s\n----\n%s", err, text, again)
		}
		l := r.Totals.Ledger
		if sum := l.Converted + l.Changed + l.Refused + l.Ignored; sum != r.Totals.Statements {
			t.Fatalf("the ledger has %d lines for %d statements", sum, r.Totals.Statements)
		}
		for _, o := range r.Outputs {
			if o.Refused {
				continue
			}
			for _, p := range judge.Check(convert.ServerText(o)) {
				if !undeclared(p) {
					t.Fatalf("not refused, and no PostgreSQL: %v\n%s\n---- from\n%s", p, o.SQL, src)
				}
			}
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
