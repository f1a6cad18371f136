package collect_test

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	driver "github.com/sijms/go-ora/v2"
	"github.com/sijms/go-ora/v2/network"

	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/bundle/sqlplus"
	"landfall/internal/oracle/collect"
	"landfall/internal/oracle/connect"
	"landfall/internal/oracle/plus"
)

// wired runs what the scripts send over one connection of the bare driver.
type wired struct {
	conn *sql.Conn
}

func bare(t *testing.T, target connect.Target) *wired {
	t.Helper()
	pool, err := sql.Open("oracle", driver.BuildUrl(target.Host, target.Port, target.Service, target.User, "secret", nil))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	conn, err := pool.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	// as SET SERVEROUTPUT ON SIZE UNLIMITED does
	if _, err := conn.ExecContext(context.Background(), "BEGIN DBMS_OUTPUT.ENABLE(NULL); END;"); err != nil {
		t.Fatal(err)
	}
	return &wired{conn: conn}
}

// said makes errors of the database those that SQL*Plus prints.
func said(err error) error {
	var e *network.OracleError
	if errors.As(err, &e) {
		return &plus.DatabaseError{Text: strings.TrimRight(e.Error(), "\n")}
	}
	return err
}

func (w *wired) Query(ctx context.Context, text string, binds map[string]*string, each func([]string, []*string) error) error {
	var args []any
	for name, v := range binds {
		args = append(args, sql.Named(name, sql.NullString{String: deref(v), Valid: v != nil}))
	}
	rows, err := w.conn.QueryContext(ctx, text, args...)
	if err != nil {
		return said(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		row, at := make([]*string, len(names)), make([]any, len(names))
		for i := range row {
			at[i] = &row[i]
		}
		if err := rows.Scan(at...); err != nil {
			return err
		}
		if err := each(names, row); err != nil {
			return err
		}
	}
	return said(rows.Err())
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (w *wired) Execute(ctx context.Context, text string, binds map[string]*string) error {
	// by place: the driver takes :MI in a text within q'~...~' for a parameter when it looks for names
	names := slices.SortedFunc(maps.Keys(binds), func(a, b string) int { return strings.Index(text, ":"+a) - strings.Index(text, ":"+b) })
	values := map[string]*sql.NullString{}
	var args []any
	for _, name := range names {
		values[name] = &sql.NullString{String: deref(binds[name]), Valid: binds[name] != nil}
		args = append(args, driver.Out{Dest: values[name], Size: 200, In: true})
	}
	if _, err := w.conn.ExecContext(ctx, text, args...); err != nil {
		return said(err)
	}
	for name, v := range values {
		binds[name] = nil
		if v.Valid {
			binds[name] = &v.String
		}
	}
	return nil
}

// Output reads the buffer of DBMS_OUTPUT line by line.
func (w *wired) Output(ctx context.Context) ([]string, error) {
	var out []string
	for {
		var line sql.NullString
		var status int64
		_, err := w.conn.ExecContext(ctx, "BEGIN DBMS_OUTPUT.GET_LINE(:line, :status); END;",
			sql.Named("line", driver.Out{Dest: &line, Size: 32767}), sql.Named("status", sql.Out{Dest: &status}))
		if err != nil {
			return nil, said(err)
		}
		if status != 0 {
			return out, nil
		}
		out = append(out, line.String)
	}
}

// ofTheRun are the extracts that tell of the sessions and statements of the collection itself.
var ofTheRun = []string{"pga", "resource_limits", "sysstat", "sessions", "sql", "sql_binds"}

// TestScriptsEqualLive: the scripts for SQL*Plus, run over a database, give the bundle that a connection to it gives, row by row: what a
// DBA sees, and what one sees who may only read some tables. Run again, they skip what is there.
func TestScriptsEqualLive(t *testing.T) {
	db, _, target := insurance(t, "../../../testdata/insurance/schema")
	if err := db.AddAccount(context.Background(), "SMALL", "secret", "CREATE SESSION", "SELECT ANY TABLE"); err != nil {
		t.Fatal(err)
	}
	small := target
	small.User = "small"
	schemas := []string{"INS_CORE", "INS_CLAIM"}
	for _, c := range []struct {
		name   string
		target connect.Target
		script sqlplus.Options
		live   collect.OracleOptions
		least  [2]int // extracts, rows
	}{
		{"dba", target, sqlplus.Options{Diagnostics: sqlplus.Yes, Audit: sqlplus.Yes, Statspack: sqlplus.No, Days: 7}, collect.OracleOptions{Diagnostics: true, Audit: true, Days: 7}, [2]int{95, 10_000}},
		{"all", small, sqlplus.Options{Schemas: schemas, Diagnostics: sqlplus.No, Audit: sqlplus.No, Statspack: sqlplus.No}, collect.OracleOptions{Schemas: schemas}, [2]int{40, 4_000}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, f := range sqlplus.Scripts(c.script) {
				name := filepath.Join(dir, filepath.FromSlash(f.Name))
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(f.Text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var talk strings.Builder
			r := plus.Runner{DB: bare(t, c.target), Dir: dir, Out: &talk}
			if err := r.Run(context.Background(), "collect.sql"); err != nil {
				t.Fatal(err)
			}
			if said := talk.String(); !strings.Contains(said, "container SIM, version 1900\n") || !strings.Contains(said, "\nDone.") || !strings.Contains(said, "\ntables: done\n") {
				t.Errorf("said:\n%s", said)
			}
			spool, err := collect.NewSpool(filepath.Join(dir, "spool"))
			if err != nil {
				t.Fatal(err)
			}
			scripted := run(t, spool, collect.Options{})
			live := run(t, source(t, c.target, c.live), collect.Options{})
			extracts, rows := sameContent(t, live, scripted)
			t.Logf("%d extracts, %d equal rows", extracts, rows)
			if extracts < c.least[0] || rows < c.least[1] {
				t.Errorf("only %d extracts with %d rows", extracts, rows)
			}
			talk.Reset()
			if err := r.Run(context.Background(), "collect.sql"); err != nil {
				t.Fatal(err)
			}
			if said := talk.String(); !strings.Contains(said, "\ntables: done before\n") || strings.Contains(said, ": done\n") {
				t.Errorf("said the second time:\n%s", said)
			}
		})
	}
}

// sameContent compares what a connection and scripts have collected, and counts it.
func sameContent(t *testing.T, live, scripted *bundle.Content) (extracts, rows int) {
	t.Helper()
	left := func(c *bundle.Content, name string) bundle.Reason {
		for _, n := range c.Manifest.NotCollected {
			if n.Name == name {
				return n.Reason
			}
		}
		return ""
	}
	for i := range bundle.Registry() {
		e := &bundle.Registry()[i]
		if slices.Contains(ofTheRun, e.Name) {
			continue
		}
		switch want, got := left(live, e.Name), left(scripted, e.Name); {
		case want != got && (want != notInSim[e.Name] || got != bundle.ReasonPrivilege): // to a script a view that fails is one it may not read
			t.Errorf("%s: left out by the scripts for %q, by the connection for %q", e.Name, got, want)
			continue
		case want != "":
			continue
		}
		if live.Levels[e.Name] != scripted.Levels[e.Name] {
			t.Errorf("%s: level %q of the scripts, %q of the connection", e.Name, scripted.Levels[e.Name], live.Levels[e.Name])
		}
		want, got := sortedRows(live, e.Name), sortedRows(scripted, e.Name)
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s: the connection gives -, the scripts +\n%.1500s", e.Name, d)
			continue
		}
		extracts, rows = extracts+1, rows+len(want)
	}
	return extracts, rows
}

func sortedRows(c *bundle.Content, name string) [][]string {
	rows := slices.Clone(rowsOf(c, name))
	slices.SortFunc(rows, slices.Compare)
	return rows
}
