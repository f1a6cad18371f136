package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/oracle/bundle"
)

// liveRun runs a command with the password of the simulated source in the environment.
func liveRun(t *testing.T, env map[string]string, args ...string) (code int, out, errs string) {
	t.Helper()
	io, o, e := testStreams()
	io.Env = func(name string) string { return env[name] }
	code = Run(context.Background(), args, io)
	for _, secret := range []string{"hush/1", "wrong-password"} {
		if strings.Contains(o.String()+e.String(), secret) {
			t.Errorf("a password shows: %s%s", o, e)
		}
	}
	return code, o.String(), e.String()
}

const liveSchema = `CREATE TABLE customer (id NUMBER(10) PRIMARY KEY, name VARCHAR2(100 CHAR) NOT NULL, born DATE DEFAULT SYSDATE);
COMMENT ON TABLE customer IS 'who buys';
CREATE TABLE invoice (id NUMBER(10) PRIMARY KEY, customer_id NUMBER(10) NOT NULL CONSTRAINT fk_invoice REFERENCES customer, total NUMBER(12,2) CONSTRAINT ck_total CHECK (total >= 0));
CREATE INDEX ix_invoice ON invoice (customer_id);
CREATE OR REPLACE VIEW v_open AS SELECT id, total FROM invoice WHERE total > 0;
CREATE SEQUENCE seq_invoice START WITH 100;
CREATE OR REPLACE FUNCTION f_double(x NUMBER) RETURN NUMBER IS BEGIN RETURN 2 * x; END;
/
`

// TestLiveSource: collect, assess and convert take a live database as they take files.
func TestLiveSource(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "ddl"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ddl", "a.sql"), []byte(liveSchema), 0o600); err != nil {
		t.Fatal(err)
	}
	s := startSim(t, "--schema", filepath.Join(dir, "ddl"), "--owner", "shop")
	defer s.end(t)
	url := "oracle://landfall@" + s.ready.Address + "/SIM"
	env := map[string]string{sourcePasswordEnv: "hush/1"}
	file := filepath.Join(dir, "shop.zip")

	code, out, errs := liveRun(t, env, "collect", "--source", url, "--schemas", "shop", "--out", file)
	if code != ExitOK && code != ExitPartly || !strings.Contains(out, "extracts") {
		t.Fatalf("collect: exit code %d: %s%s", code, out, errs)
	}
	b, err := bundle.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	if m := b.Manifest; m.Origin != bundle.FromOracle || m.Database.Name != "SIM" || m.Database.Charset != "AL32UTF8" || len(m.Schemas) != 1 || m.Entry("tables").Rows != 2 || m.Entry("source").Rows != 1 {
		t.Errorf("%+v", m)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}

	for _, kind := range []string{url, "bundle:" + file} {
		to := filepath.Join(dir, "assess")
		code, out, errs = liveRun(t, env, "assess", "--source", kind, "--out", to, "--format", "json", "--json", "--quiet")
		if kind != url && code != ExitOK && code != ExitPartly {
			t.Fatalf("assess %s: exit code %d: %s%s", kind, code, out, errs)
		}
		var got struct {
			Totals struct {
				Objects int `json:"objects"`
			} `json:"totals"`
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil || got.Totals.Objects < 6 {
			t.Errorf("assess %s: %v, %s%s", kind, err, out, errs)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "assess", "bundle.zip")); err != nil {
		t.Error(err)
	}
	code, out, errs = liveRun(t, env, "convert", "--source", url, "--schemas", "SHOP", "--out", filepath.Join(dir, "pg"), "--quiet")
	if code != ExitOK && code != ExitPartly {
		t.Errorf("convert: exit code %d: %s%s", code, out, errs)
	}
	deploy, err := os.ReadFile(filepath.Join(dir, "pg", "deploy.sql"))
	if err != nil || len(deploy) == 0 {
		t.Errorf("%v", err)
	}
}

// TestLiveSourceRefused: how a login fails, and what is refused before one.
func TestLiveSourceRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.sql"), []byte(liveSchema), 0o600); err != nil {
		t.Fatal(err)
	}
	password := filepath.Join(dir, "password")
	if err := os.WriteFile(password, []byte("hush/1\r\nnot this\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := startSim(t, "--schema", dir, "--owner", "shop")
	defer s.end(t)
	url := "oracle://landfall@" + s.ready.Address + "/SIM"
	none := map[string]string{}
	for _, c := range []struct {
		name string
		code int
		want string
		env  map[string]string
		args []string
	}{
		{"file", ExitPartly, "extracts", none, []string{"--source", url, "--source-password-file", password}},
		{"command", ExitPartly, "extracts", none, []string{"--source", url, "--source-password-command", "cat " + password}},
		{"variable", ExitPartly, "extracts", map[string]string{"OTHER": "hush/1"}, []string{"--source", url, "--source-password-env", "OTHER"}},
		{"wrong password", ExitLogin, "ORA-01017", map[string]string{sourcePasswordEnv: "wrong-password"}, []string{"--source", url}},
		{"unknown service", ExitLogin, "ORA-12514", map[string]string{sourcePasswordEnv: "hush/1"}, []string{"--source", strings.TrimSuffix(url, "SIM") + "OTHER"}},
		{"nobody there", ExitLogin, "127.0.0.1:1", map[string]string{sourcePasswordEnv: "hush/1"}, []string{"--source", "oracle://landfall@127.0.0.1:1/SIM"}},
		{"command fails", ExitLogin, "exit status 3: no secret", none, []string{"--source", url, "--source-password-command", "echo no secret >&2; exit 3"}},
		{"no password", ExitUsage, "--source-password-file", none, []string{"--source", url}},
		{"two places", ExitUsage, "several", none, []string{"--source", url, "--source-password-file", password, "--source-password-command", "true"}},
		{"no variable", ExitUsage, "OTHER", none, []string{"--source", url, "--source-password-env", "OTHER"}},
		{"in the URL", ExitUsage, "does not belong", none, []string{"--source", "oracle://landfall:wrong-password@" + s.ready.Address + "/SIM"}},
		{"SYS", ExitUsage, "SYSDBA", map[string]string{sourcePasswordEnv: "hush/1"}, []string{"--source", "oracle://sys@" + s.ready.Address + "/SIM"}},
		{"alias", ExitUsage, "tnsnames.ora", map[string]string{sourcePasswordEnv: "hush/1"}, []string{"--source", "oracle://landfall@erp"}},
		{"unknown schema", ExitFailed, "no user NOPE", map[string]string{sourcePasswordEnv: "hush/1"}, []string{"--source", url, "--schemas", "nope"}},
		{"days", ExitUsage, "--days", map[string]string{sourcePasswordEnv: "hush/1"}, []string{"--source", url, "--days", "0"}},
	} {
		code, out, errs := liveRun(t, c.env, append([]string{"collect", "--out", filepath.Join(dir, "out.zip")}, c.args...)...)
		if code != c.code || !strings.Contains(out+errs, c.want) {
			t.Errorf("%s: exit code %d, want %d with %q: %s%s", c.name, code, c.code, c.want, out, errs)
		}
	}
}

// TestDoctorSource: one command that holds a database against what is expected of it.
func TestDoctorSource(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.sql"), []byte(liveSchema+"INSERT INTO customer (id, name) VALUES (1, 'Grüße');\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := startSim(t, "--schema", dir, "--owner", "shop")
	defer s.end(t)
	url := "oracle://landfall@" + s.ready.Address + "/SIM"
	env := map[string]string{sourcePasswordEnv: "hush/1"}
	code, out, errs := liveRun(t, env, "doctor", "--source", url, "--schemas", "shop", "--table", "SHOP.CUSTOMER", "--json")
	var r struct {
		Target string `json:"target"`
		Facts  struct {
			Charset string `json:"charset"`
		} `json:"facts"`
		Checks []struct {
			Group, Name, Status string
		} `json:"checks"`
		Rates []struct {
			Table string `json:"table"`
			Read  int    `json:"read"`
		} `json:"rates"`
		Counts map[string]int `json:"counts"`
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v: %s%s", err, out, errs)
	}
	// the simulated database does not know V$LOG and the like, which is "failed", and exit code 3
	if code != ExitPartly || r.Counts["differs"] != 0 || r.Counts["ok"] < 150 || r.Facts.Charset != "AL32UTF8" || len(r.Rates) != 4 || r.Rates[0].Table != "SHOP.CUSTOMER" || r.Rates[0].Read != 1 {
		t.Errorf("exit code %d, %v, %+v, %+v", code, r.Counts, r.Facts, r.Rates)
	}
	code, out, errs = liveRun(t, env, "doctor", "--source", url, "--schemas", "shop", "--rows", "10")
	for _, want := range []string{"Oracle Database 19c", "character sets AL32UTF8, AL16UTF16", "failed: dictionary: redo_logs\n  ORA-03001", "ROWS A CALL", " ok, "} {
		if code != ExitPartly || !strings.Contains(out, want) {
			t.Errorf("exit code %d, no %q: %s%s", code, want, out, errs)
		}
	}
	for want, args := range map[string][]string{
		"do not go together": {"--source", url, "--target", "postgres://a@b/c"},
		"--rows":             {"--source", url, "--rows", "0"},
		"--table":            {"--source", url, "--table", "a; drop table b"},
	} {
		if code, out, errs := liveRun(t, env, append([]string{"doctor"}, args...)...); code != ExitUsage || !strings.Contains(errs, want) {
			t.Errorf("%v: exit code %d: %s%s", args, code, out, errs)
		}
	}
	if code, _, errs := liveRun(t, map[string]string{sourcePasswordEnv: "wrong-password"}, "doctor", "--source", url); code != ExitLogin || !strings.Contains(errs, "ORA-01017") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

// TestSimOfBundle goes round: a simulated database is collected live, and the bundle is served as a database of its own, with the same
// tables, and with rows in the proportions that the first one had.
func TestSimOfBundle(t *testing.T) {
	dir := t.TempDir()
	first := startSim(t, "--schema", "../../../testdata/insurance/schema", "--owner", "ins_core", "--data", "generate:4000")
	file := filepath.Join(dir, "ins.zip")
	code, _, errs := liveRun(t, map[string]string{sourcePasswordEnv: "hush/1"}, "collect", "--source", "oracle://landfall@"+first.ready.Address+"/SIM", "--out", file)
	if code != ExitOK && code != ExitPartly {
		t.Fatalf("collect: exit code %d: %s", code, errs)
	}
	first.end(t)
	second := startSim(t, "--schema", "bundle:"+file, "--data", "generate:2000")
	second.end(t)
	rows := map[string]int64{}
	for _, x := range second.ready.Tables {
		rows[x.Owner+"."+x.Name] = x.Rows
	}
	for _, x := range first.ready.Tables {
		n, ok := rows[x.Owner+"."+x.Name]
		switch {
		case !ok:
			t.Errorf("%s.%s is not in the second database", x.Owner, x.Name)
		case (x.Rows > 0) != (n > 0) && !strings.HasPrefix(x.Name, "MV_"):
			t.Errorf("%s.%s has %d rows, and %d in the second database", x.Owner, x.Name, x.Rows, n)
		case x.Rows >= 100 && (n < x.Rows/3 || n > x.Rows*2/3):
			t.Errorf("%s.%s has %d rows, and %d in the second database", x.Owner, x.Name, x.Rows, n)
		}
	}
	if len(first.ready.Tables) != len(second.ready.Tables) {
		t.Errorf("%d tables, and %d in the second database", len(first.ready.Tables), len(second.ready.Tables))
	}
	for _, r := range second.ready.LeftOut {
		if r.Code != 3001 {
			t.Errorf("%s:%d: %s", r.File, r.Line, r.Message)
		}
	}
}
