package mysql_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"landfall/convert/gen"
	"landfall/convert/mysql"
	"landfall/convert/rules"
	"landfall/internal/mysql/grammar"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// FuzzConvert holds what becomes of any text: no panic, and each output is taken by TiDB's parser or refused. Statements go both
// ways, as those of a script and as those of a program.
func FuzzConvert(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		f.Fatal(err, files)
	}
	for _, path := range files {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(section(archive, "oracle.sql"))
	}
	more, err := filepath.Glob("../../testdata/insurance/schema/*/*.sql")
	if err != nil || len(more) == 0 {
		f.Fatal(err, more)
	}
	for _, path := range more {
		if text, err := os.ReadFile(path); err == nil && len(text) < 4000 {
			f.Add(string(text))
		}
	}
	target, _ := rules.ProfileNamed("tidb")
	judge := grammar.New()
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<13 {
			return
		}
		parsed := parser.Parse("f.sql", []byte(text), parser.Options{})
		estate := scripts.FromFiles([]*ast.File{parsed}, scripts.Options{})
		c := mysql.New(estate, target, gen.Policy{})
		for _, u := range estate.Units {
			for _, o := range c.Convert(u).Outputs {
				taken(t, judge, u, o)
			}
			for _, o := range c.ConvertStatement(u).Outputs {
				taken(t, judge, u, o)
			}
		}
	})
}

func taken(t *testing.T, judge *grammar.Checker, u *scripts.Unit, o *gen.Output) {
	if o.Refused || u.Err != nil {
		return
	}
	if p := judge.Check(o.SQL); len(p) > 0 {
		t.Errorf("TiDB does not take it: %s\n%s\nfrom\n%s", p[0], o.SQL, u.Source.Parsed.Source(u.Stmt))
	}
}
