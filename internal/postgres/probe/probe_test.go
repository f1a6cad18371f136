package probe

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/postgres/scratch/pgtest"
)

func target(t *testing.T, db *pgtest.DB, user string) *Target {
	t.Helper()
	host := strings.Split(strings.TrimPrefix(db.URL, "host='"), "'")[0]
	u := url.URL{Scheme: "postgres", User: url.User(user), Path: "/" + db.Name, RawQuery: url.Values{"host": {host}, "port": {"5432"}, "sslmode": {"disable"}}.Encode()}
	to, err := NewTarget(u.String(), "")
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func TestIdentify(t *testing.T) {
	db := pgtest.Open(t)
	s, err := target(t, db, "scratch").Identify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if s.Kind != PostgreSQL || s.Major != db.Server.Major() || !strings.HasPrefix(s.Profile(), "postgresql:1") || s.Encoding != "UTF8" || !s.Superuser || s.Database != db.Name {
		t.Errorf("%+v", s)
	}
	if len(s.Remarks()) > 0 {
		t.Errorf("in the way: %v", s.Remarks())
	}
	for _, e := range s.Extensions {
		if e.Name == "plpgsql_check" && (e.Installed == "") != (len(db.Server.Extensions()) == 0) {
			t.Errorf("%+v, the server says %v", e, db.Server.Extensions())
		}
	}
}

// TestClassify holds how the kinds are told apart (documents of the vendor: settings of Oracle's mode).
func TestClassify(t *testing.T) {
	for _, c := range []struct {
		have map[string]string
		want string
	}{
		{map[string]string{"server_version_num": "150018"}, "postgresql 15.18 "},
		{map[string]string{"server_version_num": "140010", "polar_compatibility_mode": "ora", "polardb_version": "2.0.14.17.33.0"}, "polardb-oracle 14.10 2.0"},
		{map[string]string{"server_version_num": "140010", "polar_compatibility_mode": "pg", "polardb_version": "x"}, "polardb-postgresql 14.10 "},
		{map[string]string{"server_version_num": "140010", "polar_version": "x"}, "polardb-postgresql 14.10 "},
		{map[string]string{"server_version_num": "110009", "polar_comp_stmt_level_tx": "off"}, "polardb-oracle 11.9 1.0"},
		{map[string]string{"server_version_num": "110009", "polar_compatibility_mode": "ora"}, "polardb-oracle 11.9 1.0"},
		{map[string]string{"server_version_num": "110009"}, "postgresql 11.9 "},
	} {
		var s Server
		if err := s.classify(c.have); err != nil {
			t.Errorf("%v: %v", c.have, err)
		}
		if got := s.Kind + " " + s.Version + " " + s.Level; got != c.want {
			t.Errorf("%v: %q, want %q", c.have, got, c.want)
		}
	}
	if err := (&Server{}).classify(map[string]string{}); err == nil {
		t.Error("a server without a version passes")
	}
}

func TestRemarks(t *testing.T) {
	s := Server{Kind: PostgreSQL, Major: 13, Version: "13.1", Encoding: "LATIN1", Settings: []Setting{{Name: "standard_conforming_strings", Value: "off"}, {Name: "default_transaction_read_only", Value: "on"}}}
	if n := len(s.Remarks()); n != 4 {
		t.Errorf("%d remarks: %v", n, s.Remarks())
	}
}

func TestAsk(t *testing.T) {
	db := pgtest.Open(t)
	to := target(t, db, "scratch")
	got, err := to.Ask(context.Background(), []Probe{
		{Name: "value", SQL: "select 1 + 1", Want: "2"},
		{Name: "other value", SQL: "select 3", Want: "2"},
		{Name: "NULL", SQL: "select null", Want: "NULL"},
		{Name: "no row", SQL: "select 1 where false", Want: "1"},
		{Name: "made", Setup: []string{"create table t (a integer)", "insert into t values (4)"}, SQL: "select a from t", Want: "4"},
		{Name: "made again, apart", Setup: []string{"create table t (a integer)"}, SQL: "select count(*) from t", Want: "0"},
		{Name: "setup fails", Setup: []string{"create tabel t", "select 1"}, SQL: "select 1", Want: "1"},
		{Name: "must fail and does", Setup: []string{"select 1 / 0"}, Fails: true},
		{Name: "must fail and does not", Setup: []string{"select 1"}, Fails: true},
		{Name: "leaves a transaction", Setup: []string{"begin", "select 1 / 0"}},
		{Name: "is not in it", SQL: "select 5", Want: "5"},
		{Name: "changes the path", Setup: []string{"set search_path = pg_catalog"}},
		{Name: "is not on it", Setup: []string{"create table here (a integer)"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var short []string
	for _, a := range got {
		s := a.Name + ": no"
		if a.Yes {
			s = a.Name + ": yes"
		}
		short = append(short, s)
	}
	want := []string{
		"value: yes", "other value: no", "NULL: yes", "no row: no", "made: yes", "made again, apart: yes", "setup fails: no", "must fail and does: yes", "must fail and does not: no",
		"leaves a transaction: no", "is not in it: yes", "changes the path: yes", "is not on it: yes",
	}
	if diff := cmp.Diff(want, short); diff != "" {
		t.Errorf("%s\n%+v", diff, got)
	}
	checkNothingLeft(t, db)
}

// TestNoDatabase holds that without the right to make a database only what reads is asked.
func TestNoDatabase(t *testing.T) {
	db := pgtest.Open(t)
	ctx := context.Background()
	if _, err := db.Exec(ctx, "create role probe_guest login"); err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = db.Exec(ctx, "drop role probe_guest") }()
	got, err := target(t, db, "probe_guest").Ask(ctx, []Probe{{Name: "reads", SQL: "select 1", Want: "1"}, {Name: "makes", Setup: []string{"create table t (a integer)"}}})
	if err != nil {
		t.Fatal(err)
	}
	if !got[0].Yes || got[0].Open != "" || got[1].Open == "" || got[1].Yes {
		t.Errorf("%+v", got)
	}
	var tables int
	if err := db.QueryRow(ctx, "select count(*) from pg_class where relname = 't'").Scan(&tables); err != nil || tables != 0 {
		t.Errorf("%d tables, %v", tables, err)
	}
	checkNothingLeft(t, db)
}

func checkNothingLeft(t *testing.T, db *pgtest.DB) {
	t.Helper()
	var n int
	if err := db.QueryRow(context.Background(), "select count(*) from pg_database where datname like 'landfall_probe_%'").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d databases are left, %v", n, err)
	}
}

func TestLogin(t *testing.T) {
	to, err := NewTarget("postgres://me:hush@127.0.0.1:1/x?connect_timeout=1", "hush2")
	if err != nil {
		t.Fatal(err)
	}
	if to.config.Password != "hush2" {
		t.Error("the password given does not stand above the URL's")
	}
	_, err = to.Identify(context.Background())
	var login *LoginError
	if !errors.As(err, &login) || strings.Contains(err.Error(), "hush") {
		t.Errorf("%v", err)
	}
}
