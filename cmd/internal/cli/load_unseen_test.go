package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/internal/postgres/scratch/pgtest"
)

// TestLoadUnseen plans with an account that may SELECT one table of two, without the folder that would say that there is another: the plan and the run
// say what they are sure of, and name the table of the target that nothing fills.
func TestLoadUnseen(t *testing.T) {
	pg := pgtest.Open(t)
	dir := t.TempDir()
	ddl := filepath.Join(dir, "t.sql")
	if err := os.WriteFile(ddl, []byte("CREATE USER erp IDENTIFIED BY x;\nCREATE TABLE erp.a (id NUMBER(9) PRIMARY KEY);\nCREATE TABLE erp.secret (id NUMBER(9) PRIMARY KEY);\nINSERT INTO erp.a VALUES (1);\nINSERT INTO erp.secret VALUES (1);\nCOMMIT;\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := pg.Exec(t.Context(), "CREATE SCHEMA erp; CREATE TABLE erp.a (id numeric); CREATE TABLE erp.secret (id numeric); CREATE TABLE other (id numeric)"); err != nil {
		t.Fatal(err)
	}
	s := startSim(t, "--schema", ddl, "--owner", "ERP", "--user", "READER", "--grant", "CREATE SESSION, FLASHBACK ANY TABLE", "--grant", "SELECT ON ERP.A", "--grant", "SELECT ON SYS.V_$DATABASE")
	common := []string{"--source", "oracle://READER@" + s.ready.Address + "/" + s.ready.Service, "--target", pg.URL, "--project", dir, "--schemas", "ERP"}
	code, out, errs := command(t, append([]string{"load", "plan"}, common...)...)
	wants(t, ExitOK, code, out, errs)
	for _, want := range []string{"only tables that the account may SELECT: others are not in this list", "in the target, and in no load\nerp.secret\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s\nhas not: %s", out, want)
		}
	}
	if strings.Contains(out.String(), "other\n") {
		t.Errorf("a table of another schema: %s", out)
	}
	code, out, errs = command(t, append([]string{"load", "run"}, common...)...)
	wants(t, ExitOK, code, out, errs)
	if want := "1 tables of the target are in no load and stay as they are: erp.secret"; !strings.Contains(errs.String(), want) {
		t.Errorf("%s\nhas not: %s", errs, want)
	}

	s = startSim(t, "--schema", ddl, "--user", "ERP")
	code, out, errs = command(t, "load", "plan", "--source", "oracle://ERP@"+s.ready.Address+"/"+s.ready.Service, "--dry-run", "--schemas", "ERP", "--project", t.TempDir())
	wants(t, ExitOK, code, out, errs)
	if want := "every table of the schemas (DBA_ views)"; !strings.Contains(out.String(), want) {
		t.Errorf("%s\nhas not: %s", out, want)
	}
}
