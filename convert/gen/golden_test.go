package gen_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"landfall/convert"
	"landfall/convert/support"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/postgres/lex"
	"landfall/internal/postgres/quote"
	"landfall/internal/postgres/scratch/pgtest"
)

// TestGolden converts the oracle.sql of every case and compares pg.sql and findings; UPDATE=1 rewrites those two. What
// comes out must run on a real server, behind setup.sql, and give the rows: of query.sql where the case has one, else
// of the queries in the output itself. Rows are written by hand from what Oracle gives: fields separated by " | ", NULL
// is \N, an empty line between two queries. A row "!" and an SQLSTATE is the error that ends the run.
// A case named refuse_... has statements that are refused, so nothing of it needs to run.
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range cases {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(path), "testdata/"), ".txtar")
		t.Run(name, func(t *testing.T) { golden(t, path) })
	}
}

func golden(t *testing.T, path string) {
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	part := map[string]string{}
	has := map[string]bool{}
	for _, f := range ar.Files {
		part[f.Name], has[f.Name] = string(f.Data), true
	}
	if !has["oracle.sql"] {
		t.Fatal("no oracle.sql")
	}
	sql, server, findings := converted(t, part["oracle.sql"])
	if os.Getenv("UPDATE") != "" {
		out := &txtar.Archive{Comment: ar.Comment}
		for _, name := range []string{"setup.sql", "oracle.sql", "pg.sql", "findings", "query.sql", "rows"} {
			switch {
			case name == "pg.sql":
				out.Files = append(out.Files, txtar.File{Name: name, Data: []byte(sql)})
			case name == "findings":
				out.Files = append(out.Files, txtar.File{Name: name, Data: []byte(findings)})
			case has[name]:
				out.Files = append(out.Files, txtar.File{Name: name, Data: []byte(part[name])})
			}
		}
		if err := os.WriteFile(path, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	} else {
		if diff := cmp.Diff(part["pg.sql"], sql); diff != "" {
			t.Errorf("pg.sql (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(part["findings"], findings); diff != "" {
			t.Errorf("findings (-want +got):\n%s", diff)
		}
	}
	if strings.HasPrefix(filepath.Base(path), "refuse_") {
		if !strings.Contains(sql, "refused, ") {
			t.Error("nothing is refused")
		}
		return
	}
	if strings.Contains(sql, "-- refused, ") {
		t.Errorf("refused:\n%s%s", sql, findings)
	}
	rows := run(t, part["setup.sql"], server, part["query.sql"])
	if diff := cmp.Diff(part["rows"], rows); diff != "" && has["rows"] {
		t.Errorf("rows (-want +got):\n%s\nof\n%s", diff, sql)
	}
}

// converted is the output in order of deployment, with the schemas it needs, and the findings of a script.
func converted(t *testing.T, src string) (sql, server, findings string) {
	t.Helper()
	f := parser.Parse("oracle.sql", []byte(src), parser.Options{})
	for _, e := range f.Errors {
		t.Fatalf("oracle.sql at %v: %s", f.OffsetPos(e.Off), e.Msg)
	}
	r, err := convert.Run(context.Background(), scripts.FromFiles([]*ast.File{f}, scripts.Options{KeepDropped: true}), convert.Options{SourceOrder: true})
	if err != nil {
		t.Fatal(err)
	}
	var b, plain strings.Builder
	made := map[string]bool{}
	for _, o := range r.Outputs {
		if o.Schema != "" && !made[o.Schema] {
			made[o.Schema] = true
			b.WriteString("CREATE SCHEMA IF NOT EXISTS " + quote.Ident(o.Schema) + ";\n")
			plain.WriteString("CREATE SCHEMA IF NOT EXISTS " + quote.Ident(o.Schema) + ";\n")
		}
		b.WriteString(o.SQL)
		plain.WriteString(convert.ServerText(o))
	}
	var fs strings.Builder
	for i := range r.Findings {
		fd := &r.Findings[i]
		fmt.Fprintf(&fs, "%d:%d %s %s %s\n", fd.Pos.Line, fd.Pos.Col, fd.Code, fd.Severity, fd.Message)
	}
	return b.String(), plain.String(), fs.String()
}

var (
	supportCall    = regexp.MustCompile(`landfall\.([a-z_0-9]+)`)
	supportSetting = regexp.MustCompile(`(?m)^SET landfall\..*`) // needs nothing of the schema
)

// run gives the rows of query, or of sql itself when query is empty.
func run(t *testing.T, setup, sql, query string) string {
	t.Helper()
	db := pgtest.Open(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if strings.Contains(sql+query, "landfall.") {
		var names []string
		for _, m := range supportCall.FindAllStringSubmatch(supportSetting.ReplaceAllString(sql, "")+query, -1) {
			names = append(names, m[1])
		}
		script, err := support.Script(names)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.PgConn().Exec(ctx, script).ReadAll(); err != nil {
			t.Fatalf("support schema: %v", err)
		}
	}
	if _, err := db.PgConn().Exec(ctx, setup).ReadAll(); err != nil {
		t.Fatalf("setup.sql: %v", err)
	}
	var b strings.Builder
	one := func(text string) error {
		results, err := db.PgConn().Exec(ctx, text).ReadAll()
		for _, r := range results {
			if len(r.FieldDescriptions) == 0 {
				continue
			}
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			for _, row := range r.Rows {
				for i, v := range row {
					if i > 0 {
						b.WriteString(" | ")
					}
					if v == nil {
						b.WriteString(`\N`)
					}
					b.Write(v)
				}
				b.WriteByte('\n')
			}
		}
		return err
	}
	write := func(text string) error { // each statement in a transaction of its own
		for _, st := range lex.Statements(text) {
			if err := one(st.Text); err != nil {
				return err
			}
		}
		return nil
	}
	err := write(sql)
	if err == nil && query != "" {
		b.Reset()
		err = write(query)
	}
	if err != nil {
		state := err.Error()
		if i := strings.LastIndex(state, "(SQLSTATE "); i >= 0 {
			state = strings.TrimSuffix(state[i+len("(SQLSTATE "):], ")")
		}
		b.WriteString("! " + state + "\n")
		t.Log(err)
	}
	return b.String()
}
