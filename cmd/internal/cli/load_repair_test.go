package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"landfall/internal/postgres/scratch/pgtest"
)

// TestLoadRepair holds that repair.sql, as it is, makes a target with keys, foreign keys and triggers what it was, and that it says so when it
// does not have everything.
func TestLoadRepair(t *testing.T) {
	dir := t.TempDir()
	scripts := filepath.Join(dir, "ddl")
	if err := os.MkdirAll(scripts, 0o700); err != nil {
		t.Fatal(err)
	}
	err := os.WriteFile(filepath.Join(scripts, "all.sql"), []byte(`CREATE TABLE bank.a_entry (id NUMBER(9) PRIMARY KEY, acct NUMBER(9) NOT NULL, note VARCHAR2(100));
CREATE TABLE bank.b_acct (id NUMBER(9) PRIMARY KEY, name VARCHAR2(40));
INSERT INTO bank.b_acct SELECT LEVEL, 'it''s \ ' || LEVEL FROM dual CONNECT BY LEVEL <= 50;
INSERT INTO bank.a_entry SELECT LEVEL, LEVEL, 'a' || CHR(10) || ':x' || LEVEL FROM dual CONNECT BY LEVEL <= 50;
`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	pg := pgtest.Open(t)
	exec := func(sql string) {
		t.Helper()
		if _, err := pg.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	exec("CREATE SCHEMA bank; CREATE TABLE bank.b_acct (id integer PRIMARY KEY, name text); CREATE TABLE bank.a_entry (id integer PRIMARY KEY, acct integer, note text)")
	s := startSim(t, "--schema", scripts, "--user", "BANK")
	common := []string{"--source", "oracle://BANK@" + s.ready.Address + "/" + s.ready.Service, "--target", pg.URL, "--project", dir}
	code, out, errs := command(t, append([]string{"load", "run", "--schemas", "BANK", "-q"}, common...)...)
	wants(t, ExitOK, code, out, errs)
	exec(`ALTER TABLE bank.a_entry ADD FOREIGN KEY (acct) REFERENCES bank.b_acct;
		CREATE FUNCTION bank.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'touched'; RETURN NEW; END $$;
		CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON bank.a_entry FOR EACH ROW EXECUTE FUNCTION bank.touch()`)
	exec("DELETE FROM bank.a_entry WHERE id IN (7, 8); DELETE FROM bank.b_acct WHERE id IN (7, 8); UPDATE bank.b_acct SET name = NULL WHERE id = 9")
	exec("INSERT INTO bank.b_acct VALUES (777, 'much'); INSERT INTO bank.a_entry VALUES (777, 777); UPDATE bank.a_entry SET acct = 1 WHERE id = 20")
	verify := append([]string{"load", "verify", "--samples", "0"}, common...)
	code, out, errs = command(t, verify...)
	wants(t, ExitDifferences, code, out, errs)
	if !strings.Contains(out.String(), ": 8 differences\n") {
		t.Error(out)
	}
	repair := func() string {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(dir, "repair.sql"))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	text := repair()
	// parents come before their children, and go behind them, for those who may not pass foreign keys over
	plain := strings.ReplaceAll(strings.ReplaceAll(text, "\\set ON_ERROR_STOP on\n", ""), "SET LOCAL session_replication_role = replica;\n", "")
	exec(strings.ReplaceAll("ALTER TABLE bank.a_entry DISABLE TRIGGER touch;"+plain, "COMMIT;", "ROLLBACK; ALTER TABLE bank.a_entry ENABLE TRIGGER touch;"))
	if strings.Contains(text, "NOT ALL") {
		t.Error(text)
	}
	exec(strings.ReplaceAll(text, "\\set ON_ERROR_STOP on\n", "SET DateStyle = 'German'; SET standard_conforming_strings = off;\n"))
	code, out, errs = command(t, verify...)
	wants(t, ExitOK, code, out, errs)

	exec("DELETE FROM bank.a_entry")
	code, out, errs = command(t, append(verify, "--max-differences", "3")...)
	wants(t, ExitDifferences, code, out, errs)
	if !strings.Contains(repair(), "NOT ALL") || !strings.Contains(out.String(), ": more than 3 differences\n") {
		t.Errorf("%s\n%s", out, repair())
	}
	code, out, errs = command(t, "load", "verify", "--ledger-only", "--target", pg.URL, "--project", dir)
	wants(t, ExitDifferences, code, out, errs)
	if text := repair(); !strings.Contains(text, "-- no SQL for: BANK.A_ENTRY different some rows") {
		t.Error(text)
	}

	for _, c := range []struct {
		code int
		args []string
	}{
		{ExitNoProject, []string{"verify", "--ledger-only", "--project", filepath.Join(dir, "nowhere")}}, // a slip, whose files nobody would find
		{ExitUsage, []string{"discard", ""}}, {ExitUsage, []string{"discard", "a", "b"}}, {ExitUsage, []string{"discard", "a", "--plan", "b"}},
	} {
		code, _, errs := command(t, slices.Concat([]string{"load"}, c.args, []string{"--target", pg.URL})...)
		if code != c.code {
			t.Errorf("%v: %d %s", c.args, code, errs)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "nowhere")); err == nil {
		t.Error("a folder was made")
	}
	code, out, errs = command(t, "load", "status", "--target", pg.URL)
	wants(t, ExitOK, code, out, errs)
}
