package support_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"landfall/convert/support"
	"landfall/internal/postgres/scratch/pgtest"
)

// A case is a line of testdata/cases/*.txt:
//
//	EXPRESSION => TEXT       the expression's value as PostgreSQL prints it; NULL is written NULL, text as it is;
//	                         a text with blanks at its ends stands in '...'; a line end is \n
//	EXPRESSION !! SQLSTATE BEGINNING    the expression raises that
//	DO BLOCK => TEXT         a PL/pgSQL block; its notices, joined by " | "
//	SET STATEMENT            run as it is, for the lines below
//
// "@" stands for "landfall.". A line that begins with "#" says where the values come from.
type testCase struct {
	where, expr, want, state string
}

func readCases(t *testing.T) []testCase {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	at := regexp.MustCompile(`@([a-z_])`)
	var cases []testCase
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		in := bufio.NewScanner(f)
		for n := 1; in.Scan(); n++ {
			line := in.Text()
			if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
				continue
			}
			c := testCase{where: fmt.Sprintf("%s:%d", filepath.Base(name), n)}
			line = at.ReplaceAllString(line, "landfall.$1")
			if i := strings.LastIndex(line, " !! "); i > 0 {
				c.expr = line[:i]
				c.state, c.want, _ = strings.Cut(line[i+4:], " ")
			} else if i := strings.LastIndex(line, " => "); i > 0 {
				c.expr, c.want = line[:i], line[i+4:]
			} else if strings.HasPrefix(line, "SET ") {
				c.expr = line
			} else {
				t.Fatalf("%s: no => and no !!: %s", c.where, line)
			}
			c.expr = strings.TrimSpace(c.expr)
			cases = append(cases, c)
		}
		if err := errors.Join(in.Err(), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return cases
}

// connect opens a second connection that collects notices.
func connect(t *testing.T, url string) (*pgx.Conn, *[]string) {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	notices := new([]string)
	config.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) { *notices = append(*notices, n.Message) }
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	conn, err := pgx.ConnectConfig(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn, notices
}

func runCases(t *testing.T, conn *pgx.Conn, notices *[]string) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	if _, err := conn.Exec(ctx, "SET TimeZone = 'UTC'"); err != nil {
		t.Fatal(err)
	}
	for _, c := range readCases(t) {
		var got *string
		var err error
		*notices = nil
		switch {
		case strings.HasPrefix(c.expr, "SET "):
			if _, err := conn.Exec(ctx, c.expr); err != nil {
				t.Fatalf("%s: %v", c.where, err)
			}
			continue
		case strings.HasPrefix(c.expr, "DO "):
			_, err = conn.Exec(ctx, "DO $do$ "+strings.TrimPrefix(c.expr, "DO ")+" $do$")
			all := strings.Join(*notices, " | ")
			got = &all
		default:
			err = conn.QueryRow(ctx, "SELECT ("+c.expr+")::text").Scan(&got)
		}
		if c.state != "" {
			var pg *pgconn.PgError
			switch {
			case !errors.As(err, &pg):
				t.Errorf("%s: %s: no error (%v), want %s %s", c.where, c.expr, deref(got), c.state, c.want)
			case pg.Code != c.state || !strings.HasPrefix(pg.Message, c.want):
				t.Errorf("%s: %s: error %s %q, want %s %q", c.where, c.expr, pg.Code, pg.Message, c.state, c.want)
			}
			continue
		}
		if err != nil && strings.Contains(err.Error(), "needs PostgreSQL 15") && conn.PgConn().ParameterStatus("server_version") < "15" {
			continue
		}
		want := c.want
		if strings.HasPrefix(want, "'") && strings.HasSuffix(want, "'") && len(want) > 1 {
			want = want[1 : len(want)-1]
		}
		if got != nil {
			oneLine := strings.ReplaceAll(*got, "\n", `\n`)
			got = &oneLine
		}
		if err != nil {
			t.Errorf("%s: %s: %v", c.where, c.expr, err)
		} else if deref(got) != want {
			t.Errorf("%s: %s:\n   is '%s'\n want '%s'", c.where, c.expr, deref(got), want)
		}
	}
}

func deref(s *string) string {
	if s == nil {
		return "NULL"
	}
	return *s
}

// TestCases runs every case in a database without extensions.
func TestCases(t *testing.T) {
	db := pgtest.OpenBare(t)
	if _, err := db.Exec(context.Background(), support.All()); err != nil {
		t.Fatal(err)
	}
	conn, notices := connect(t, db.URL)
	runCases(t, conn, notices)
}

// TestSearchPath runs every case with orafce's functions in front of PostgreSQL's, as orafce's manual advises.
func TestSearchPath(t *testing.T) {
	if testing.Short() {
		t.Skip("TestCases runs them in -short")
	}
	db := pgtest.Open(t)
	ctx := context.Background()
	var found bool
	if err := db.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'orafce')").Scan(&found); err != nil {
		t.Fatal(err)
	}
	if !found {
		t.Skip("needs orafce (Debian, Ubuntu: apt-get install postgresql-15-orafce)")
	}
	conn, notices := connect(t, db.URL)
	if _, err := conn.Exec(ctx, "SET search_path = oracle, public, pg_catalog"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(ctx, support.All()); err != nil {
		t.Fatal(err)
	}
	runCases(t, conn, notices)
}

// elsewhere are functions that a line cannot test; the test named does.
var elsewhere = map[string]string{
	"autonomous":          "TestAutonomous",
	"dbms_crypto_encrypt": "TestCrypto",
	"dbms_crypto_decrypt": "TestCrypto",
	"autonomous_row":      "TestAutonomous",
	"autonomous_query":    "TestAutonomous",
}

// TestEveryFunctionHasCases wants three cases of each function at least, one of them with NULL where it takes arguments.
func TestEveryFunctionHasCases(t *testing.T) {
	count := map[string]int{}
	withNull := map[string]bool{}
	call := regexp.MustCompile(`landfall\.([a-z_0-9]+)\s*\(`)
	for _, c := range readCases(t) {
		var names []string
		for _, m := range call.FindAllStringSubmatch(c.expr, -1) {
			if !slices.Contains(names, m[1]) {
				names = append(names, m[1])
			}
		}
		for _, n := range names {
			count[n]++
			withNull[n] = withNull[n] || strings.Contains(c.expr, "NULL")
		}
	}
	for _, name := range support.Names() {
		if elsewhere[name] == "" && count[name] < 3 {
			t.Errorf("landfall.%s has %d cases, want 3", name, count[name])
		}
	}
	for name, test := range elsewhere {
		if test == "" || !slices.Contains(support.Names(), name) {
			t.Errorf("elsewhere: %s", name)
		}
	}
}
