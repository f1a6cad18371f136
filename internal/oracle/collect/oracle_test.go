package collect_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/bundle/sqlplus"
	"landfall/internal/oracle/collect"
	"landfall/internal/oracle/connect"
	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/simtest"
	"landfall/internal/orasim/tns"
)

// insurance serves the sample, loaded by the scripts of a folder.
func insurance(t testing.TB, dir string) (*engine.Database, *tns.Server, connect.Target) {
	t.Helper()
	db := simtest.New(simtest.AL32UTF8, func() time.Time { return time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC) })
	if _, err := db.LoadScripts(context.Background(), dir, "INS_CORE"); err != nil {
		t.Fatal(err)
	}
	db.AddUser("COLLECTOR", "secret")
	server, port := simtest.Serve(t, db, tns.Options{})
	return db, server, connect.Target{User: "collector", Host: "127.0.0.1", Port: port, Service: simtest.Service}
}

func source(t testing.TB, target connect.Target, opt collect.OracleOptions) *collect.Oracle {
	t.Helper()
	src, err := connect.New(target, connect.Options{Password: func(context.Context) (string, error) { return "secret", nil }, StatementTimeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	o, err := collect.NewOracle(context.Background(), src, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

func run(t testing.TB, s collect.Source, opt collect.Options) *bundle.Content {
	t.Helper()
	c, err := collect.Run(context.Background(), s, opt)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func rowsOf(c *bundle.Content, name string) [][]string {
	for _, t := range c.Tables {
		if t.Extract.Name == name {
			return t.Rows
		}
	}
	return nil
}

// notInSim are the extracts that the simulated database does not give, with the reason.
var notInSim = map[string]bundle.Reason{
	"redo_logs": bundle.ReasonFailed, "redo_per_hour": bundle.ReasonFailed, "log_switches": bundle.ReasonFailed, "archive_destinations": bundle.ReasonFailed, // V$LOG and the like are ORA-03001
}

func TestOracle(t *testing.T) {
	_, _, target := insurance(t, "../../../testdata/insurance/schema")
	c := run(t, source(t, target, collect.OracleOptions{Diagnostics: true, Audit: true, Days: 7}), collect.Options{Tool: "test"})
	m := c.Manifest
	d := m.Database
	if m.Origin != bundle.FromOracle || m.Level != "dba" || m.Days != 7 || d.Name != "SIM" || d.Version != "19.3.0.0.0" || d.Charset != "AL32UTF8" || d.NCharset != "AL16UTF16" || d.SessionUser != "COLLECTOR" || d.Container != "SIM" || d.DBID == "" || m.CollectedAt == "" {
		t.Errorf("%+v", m)
	}
	for _, n := range m.NotCollected {
		e := bundle.Find(n.Name)
		switch {
		case e.Only == bundle.FromFiles && n.Reason == bundle.ReasonOrigin:
		case e.Pack == bundle.Statspack && n.Reason == bundle.ReasonPack:
		case notInSim[n.Name] == n.Reason && n.Detail != "":
		default:
			t.Errorf("%s was not collected: %s, %s", n.Name, n.Reason, n.Detail)
		}
	}
	for name, least := range map[string]int{"tables": 150, "columns": 1700, "constraints": 1000, "source": 180, "views": 35, "column_defaults": 400, "check_conditions": 700, "dependencies": 1000, "parameters": 5, "sql": 1} {
		if n := len(rowsOf(c, name)); n < least {
			t.Errorf("%s has %d rows", name, n)
		}
		if c.Levels[name] != "dba" {
			t.Errorf("%s is of level %q", name, c.Levels[name])
		}
	}
	// a unit is one row, its lines in order
	for _, r := range rowsOf(c, "source") {
		if r[0] == "INS_CORE" && r[1] == "PACKAGE BODY" && r[2] == "PKG_POLICY" && (!strings.HasPrefix(r[4], "PACKAGE BODY") || !strings.HasSuffix(strings.TrimSpace(r[4]), ";") || strings.Count(r[4], "\n") < 50) {
			t.Errorf("%.200s", r[4])
		}
	}
}

// TestOracleByPrivilege: without the catalog, ALL views are read, and what only DBA views have is named.
func TestOracleByPrivilege(t *testing.T) {
	db, _, target := insurance(t, "../../../testdata/insurance/schema")
	if err := db.AddAccount(context.Background(), "SMALL", "secret", "CREATE SESSION", "SELECT ANY TABLE"); err != nil {
		t.Fatal(err)
	}
	target.User = "small"
	c := run(t, source(t, target, collect.OracleOptions{Schemas: []string{"INS_CLAIM"}}), collect.Options{Schemas: []string{"INS_CLAIM"}})
	if c.Manifest.Level != "all" || c.Levels["tables"] != "all" || c.Levels["columns"] != "all" {
		t.Errorf("%s, %v", c.Manifest.Level, c.Levels)
	}
	if n := len(rowsOf(c, "tables")); n < 20 {
		t.Errorf("%d tables", n)
	}
	for _, r := range rowsOf(c, "tables") {
		if r[0] != "INS_CLAIM" {
			t.Errorf("table of %s", r[0])
		}
	}
	why := map[string]bundle.NotCollected{}
	for _, n := range c.Manifest.NotCollected {
		why[n.Name] = n
	}
	for _, name := range []string{"database", "parameters", "sql", "roles", "data_files"} {
		if why[name].Reason != bundle.ReasonPrivilege || !strings.Contains(why[name].Detail, "ORA-00942") {
			t.Errorf("%s: %+v", name, why[name])
		}
	}
}

// TestOracleFaults: a session that is lost on the way, and a snapshot that is too old, cost nothing but time.
func TestOracleFaults(t *testing.T) {
	_, server, target := insurance(t, "../../../testdata/insurance/schema")
	opt := collect.OracleOptions{Schemas: []string{"INS_CLAIM"}}
	want := run(t, source(t, target, opt), collect.Options{})
	for _, spec := range []string{"kill@calls=150", "drop@rows=2000", "error=1555@rows=2500", "error=3113@calls=200"} {
		f, err := tns.ParseFault(spec)
		if err != nil {
			t.Fatal(err)
		}
		from := source(t, target, opt)
		server.SetFaults(f)
		got := run(t, from, collect.Options{})
		server.SetFaults()
		for _, x := range want.Tables {
			name := x.Extract.Name
			if slices.Contains([]string{"sql", "sql_binds", "sysstat", "sessions", "database", "session", "resource_limits", "modifications", "pga"}, name) { // they tell of the collection itself
				continue
			}
			x.Sort()
			y := &bundle.Table{Extract: x.Extract, Rows: rowsOf(got, name)}
			y.Sort()
			if d := cmp.Diff(x.Rows, y.Rows); d != "" {
				t.Errorf("%s: %s: %s", spec, name, d)
			}
		}
		if !slices.EqualFunc(want.Manifest.NotCollected, got.Manifest.NotCollected, func(a, b bundle.NotCollected) bool { return a.Name == b.Name }) {
			t.Errorf("%s: %v", spec, got.Manifest.NotCollected)
		}
	}
	// an error of one extract is that extract's
	f, err := tns.ParseFault("error=600@rows=1500")
	if err != nil {
		t.Fatal(err)
	}
	from := source(t, target, opt)
	server.SetFaults(f)
	got := run(t, from, collect.Options{})
	server.SetFaults()
	if n := len(got.Manifest.NotCollected) - len(want.Manifest.NotCollected); n != 1 {
		t.Errorf("%d more extracts are missing", n)
	}
}

// TestOracleRefused: what cannot be collected from says why.
func TestOracleRefused(t *testing.T) {
	_, _, target := insurance(t, "../../../testdata/insurance/schema/ins_claim")
	src, err := connect.New(target, connect.Options{Password: func(context.Context) (string, error) { return "secret", nil }})
	if err != nil {
		t.Fatal(err)
	}
	o, err := collect.NewOracle(context.Background(), src, collect.OracleOptions{Schemas: []string{"NOPE"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Manifest(context.Background()); model.Code(err) != bundle.CodeUnknownName || !strings.Contains(model.Hint(err), "INS_CLAIM") {
		t.Errorf("%v", err)
	}
	if err := errors.Join(o.Close(), o.Close()); err != nil {
		t.Error(err)
	}
	if _, err := collect.NewOracle(context.Background(), src, collect.OracleOptions{Container: "OTHERPDB"}); err == nil {
		t.Error("a container that is not there")
	}
}

// TestEveryQueryIsAllowed holds that every statement of every extract, version and level passes the check of a reader.
func TestEveryQueryIsAllowed(t *testing.T) {
	n := 0
	for i := range bundle.Registry() {
		e := &bundle.Registry()[i]
		for _, v := range bundle.Versions {
			for _, schemas := range [][]string{nil, {"ERP", "客户", "A'B"}} {
				for _, q := range sqlplus.Queries(e, sqlplus.Options{Schemas: schemas}, v) {
					n++
					if err := connect.Check(q.SQL); err != nil {
						t.Errorf("%s, %d, %s: %v", e.Name, v, q.Level, err)
					}
					if e.Form != bundle.FormDDL && len(q.Columns) != len(e.Columns) {
						t.Errorf("%s, %d, %s: %d columns", e.Name, v, q.Level, len(q.Columns))
					}
				}
			}
		}
	}
	if err := connect.Check(sqlplus.Transforms); err != nil {
		t.Error(err)
	}
	if n < 1000 {
		t.Errorf("only %d queries", n)
	}
}
