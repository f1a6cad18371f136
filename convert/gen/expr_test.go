package gen_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"landfall/convert"
	"landfall/convert/gen"
	"landfall/internal/postgres/scratch/pgtest"
)

// TestExpressions converts expressions and asks a server for their values. A file of cases is a txtar archive with
//
//	-- oracle.sql --   objects that the expressions name, Oracle; converted with them
//	-- setup.sql --    rows, PostgreSQL
//	-- from --         FROM and WHERE behind each expression; none: FROM dual
//	-- cases --        an expression at the margin, below it "pg" and what it becomes, "is" and its value, or "!!" and the
//	                   beginning of the error, or "code" and the code of the finding that refuses it
//
// UPDATE=1 writes the "pg" lines; values are written by hand, from Oracle's manuals.
func TestExpressions(t *testing.T) {
	files, err := filepath.Glob("testdata/expr/*.cases")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".cases"), func(t *testing.T) { runExpressions(t, path) })
	}
}

type exprCase struct {
	expr, pg, is, fails, code string
	comment                   string // lines in front of it
}

func runExpressions(t *testing.T, path string) {
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	part := map[string]string{}
	for _, f := range ar.Files {
		part[f.Name] = string(f.Data)
	}
	from := strings.TrimSpace(part["from"])
	if from == "" {
		from = "FROM dual"
	}
	cases := readExprCases(t, part["cases"])
	var src strings.Builder
	src.WriteString(part["oracle.sql"] + "\n")
	for _, c := range cases {
		src.WriteString("SELECT " + c.expr + " AS value " + from + ";\n")
	}
	text, result, err := convert.Text(context.Background(), "cases.sql", []byte(src.String()), convert.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var queries []*convert.Output
	head := text
	for _, o := range result.Outputs {
		if o.Phase == gen.PhaseScript {
			queries = append(queries, o)
			head = strings.Replace(head, o.SQL, "", 1)
		}
	}
	if len(queries) != len(cases) {
		t.Fatalf("%d queries for %d cases", len(queries), len(cases))
	}
	db := pgtest.Open(t)
	ctx := context.Background()
	for _, sql := range []string{"SET TimeZone = 'Europe/Berlin'; SET client_min_messages = warning;", head, part["setup.sql"]} {
		if _, err := db.Exec(ctx, sql); err != nil {
			t.Fatalf("%v in\n%s", err, lastLines(sql, 30))
		}
	}
	var out bytes.Buffer
	for i, c := range cases {
		q := queries[i]
		c.pg = ""
		pg := strings.TrimSuffix(strings.TrimSpace(q.SQL), ";")
		if !q.Refused {
			c.pg = strings.TrimPrefix(pg, "SELECT ")
			c.pg = strings.TrimSpace(c.pg[:strings.LastIndex(c.pg, " AS value")])
		}
		old := cases[i]
		if os.Getenv("UPDATE") == "" && old.pg != c.pg {
			t.Errorf("%s\n    becomes %s\n    not     %s", c.expr, c.pg, old.pg)
		}
		c.write(&out)
		if q.Refused {
			if len(q.Codes) == 0 || !strings.Contains(strings.Join(q.Codes, " "), c.code) || c.code == "" {
				t.Errorf("%s\n    is refused by %v, want %q", c.expr, q.Codes, c.code)
			}
			continue
		}
		if c.code != "" {
			t.Errorf("%s\n    is not refused, want %s", c.expr, c.code)
			continue
		}
		got, err := exprValue(ctx, db, q.SQL)
		switch {
		case err != nil && c.fails != "":
			if !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%s\n    fails with %v, want %s", c.expr, err, c.fails)
			}
		case err != nil:
			t.Errorf("%s\n    %s\n    fails: %v", c.expr, c.pg, err)
		case c.fails != "":
			t.Errorf("%s\n    %s\n    is %s, want the error %s", c.expr, c.pg, got, c.fails)
		case got != c.is:
			t.Errorf("%s\n    %s\n    is   %q\n    want %q", c.expr, c.pg, got, c.is)
		}
	}
	if os.Getenv("UPDATE") != "" {
		for i := range ar.Files {
			if ar.Files[i].Name == "cases" {
				ar.Files[i].Data = out.Bytes()
			}
		}
		if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// exprValue is the text of a query's value; several rows are joined by |.
func exprValue(ctx context.Context, db *pgtest.DB, sql string) (string, error) {
	wrapped := "SELECT coalesce(string_agg(coalesce(value::text, 'NULL'), '|'), 'no row') FROM (" + strings.TrimSuffix(strings.TrimSpace(sql), ";") + ") AS q(value)"
	var s string
	err := db.QueryRow(ctx, wrapped).Scan(&s)
	return s, err
}

func readExprCases(t *testing.T, text string) []exprCase {
	t.Helper()
	var (
		list    []exprCase
		comment string
	)
	in := bufio.NewScanner(strings.NewReader(text))
	for in.Scan() {
		line := in.Text()
		last := len(list) - 1
		rest, indented := strings.CutPrefix(line, "    ")
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
			comment += line + "\n"
		case !indented:
			list = append(list, exprCase{expr: line, comment: comment})
			comment = ""
		case strings.HasPrefix(rest, "pg "):
			list[last].pg = rest[3:]
		case strings.HasPrefix(rest, "   ") && list[last].pg != "":
			list[last].pg += "\n" + rest[3:]
		case strings.HasPrefix(rest, "is "):
			list[last].is = rest[3:]
		case strings.HasPrefix(rest, "!! "):
			list[last].fails = rest[3:]
		case strings.HasPrefix(rest, "code "):
			list[last].code = rest[5:]
		default:
			t.Fatalf("cannot read %q", line)
		}
	}
	return list
}

func (c *exprCase) write(b *bytes.Buffer) {
	fmt.Fprintf(b, "%s%s\n", c.comment, c.expr)
	if c.pg != "" {
		fmt.Fprintf(b, "    pg %s\n", strings.ReplaceAll(c.pg, "\n", "\n       "))
	}
	switch {
	case c.code != "":
		fmt.Fprintf(b, "    code %s\n", c.code)
	case c.fails != "":
		fmt.Fprintf(b, "    !! %s\n", c.fails)
	default:
		fmt.Fprintf(b, "    is %s\n", c.is)
	}
}

func lastLines(s string, n int) string {
	lines := strings.Split(s, "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
