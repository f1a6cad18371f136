package engine

import (
	"strings"
	"testing"

	"landfall/internal/orasim/session"
)

// TestPrivileges holds who may see and do what, as the Security Guide and the Reference say it.
func TestPrivileges(t *testing.T) {
	db := newDatabase(t)
	hr := login(t, db, "hr")
	for _, sql := range []string{
		"CREATE TABLE emp (id NUMBER PRIMARY KEY, name VARCHAR2(10))",
		"CREATE TABLE secret (x NUMBER)",
		"CREATE VIEW names AS SELECT name FROM emp",
		"CREATE SEQUENCE sq",
		"INSERT INTO emp VALUES (1, 'Ann')",
		"COMMIT",
		"CREATE ROLE readers",
		"GRANT SELECT ON emp TO readers",
	} {
		must(t, hr, sql)
	}
	if err := db.AddAccount(bg, "rita", "x", "CREATE SESSION"); err != nil {
		t.Fatal(err)
	}
	rita := login(t, db, "rita")
	refused := func(s *Session, code int, sql string) {
		t.Helper()
		_, err := run(s, sql)
		if e, ok := err.(*session.Error); !ok || e.Code != code {
			t.Errorf("%s: %v, want ORA-%05d", sql, err, code)
		}
	}
	gives := func(s *Session, want, sql string) {
		t.Helper()
		if got := must(t, s, sql); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
	// without a privilege, objects of others are not there, and neither are views of the whole database
	for _, sql := range []string{
		"SELECT * FROM hr.emp", "SELECT * FROM hr.names", "INSERT INTO hr.emp VALUES (2, 'Bob')", "SELECT * FROM dba_tables", "SELECT * FROM v$database", "SELECT * FROM sys.v_$database", "DROP TABLE hr.emp",
		"COMMENT ON TABLE hr.emp IS 'x'", "LOCK TABLE hr.emp IN SHARE MODE",
	} {
		refused(rita, 942, sql)
	}
	refused(rita, 2289, "SELECT hr.sq.NEXTVAL FROM dual")
	for _, sql := range []string{"CREATE TABLE t (a NUMBER)", "CREATE VIEW v AS SELECT 1 a FROM dual", "CREATE ROLE r", "CREATE USER u IDENTIFIED BY u", "GRANT CREATE TABLE TO rita"} {
		refused(rita, 1031, sql)
	}
	gives(rita, "0\n", "SELECT COUNT(*) FROM all_tables")
	gives(rita, "CREATE SESSION\n", "SELECT privilege FROM session_privs")
	// the role shows the table, and only reads it
	must(t, hr, "GRANT readers TO rita")
	gives(rita, "EMP\n", "SELECT table_name FROM all_tables")
	gives(rita, "HR|EMP|SELECT\n", "SELECT table_schema, table_name, privilege FROM all_tab_privs WHERE grantee = 'READERS'")
	gives(rita, "1|Ann\n", "SELECT * FROM hr.emp")
	gives(rita, "READERS\n", "SELECT role FROM session_roles")
	gives(rita, "2\n", "SELECT COUNT(*) FROM all_tab_columns WHERE owner = 'HR'")
	refused(rita, 1031, "DELETE FROM hr.emp")
	refused(rita, 942, "SELECT * FROM hr.secret")
	gives(rita, "0\n", "SELECT COUNT(*) FROM user_tables")
	// a view is read with the rights of its owner
	must(t, hr, "GRANT SELECT ON names TO rita")
	must(t, hr, "REVOKE readers FROM rita")
	refused(rita, 942, "SELECT * FROM hr.emp")
	gives(rita, "Ann\n", "SELECT * FROM hr.names")
	gives(rita, "NAMES\n", "SELECT object_name FROM all_objects WHERE owner = 'HR'")
	// the dictionary as a whole
	must(t, hr, "GRANT SELECT ON sys.v_$database TO rita")
	gives(rita, "SIM\n", "SELECT name FROM v$database")
	refused(rita, 942, "SELECT * FROM dba_tables")
	must(t, hr, "GRANT SELECT ANY DICTIONARY TO rita")
	gives(rita, "2\n", "SELECT COUNT(*) FROM dba_tables WHERE owner = 'HR'")
	refused(rita, 942, "SELECT * FROM hr.emp") // which is no privilege on tables of users
	must(t, hr, "GRANT SELECT ANY TABLE, CREATE TABLE TO rita")
	gives(rita, "1\n", "SELECT COUNT(*) FROM hr.emp")
	must(t, rita, "CREATE TABLE t (a NUMBER)")
	gives(rita, "T\n", "SELECT table_name FROM user_tables")
	// what is wrong
	for sql, code := range map[string]int{
		"GRANT SELECT ON emp TO nobody": 1917, "GRANT nothing TO rita": 1919, "REVOKE CREATE VIEW FROM rita": 1952, "REVOKE readers FROM rita": 1951, "REVOKE UPDATE ON emp FROM rita": 1927,
		"DROP ROLE nobody": 1919, "CREATE ROLE readers": 1921,
	} {
		refused(hr, code, sql)
	}
	must(t, hr, "REVOKE CREATE SESSION FROM rita")
	if _, err := db.Login(bg, session.Login{User: "rita"}); err == nil || !strings.HasPrefix(err.Error(), "ORA-01045") {
		t.Errorf("login without CREATE SESSION: %v", err)
	}
}

// TestBodiesOfOthers holds that ALL_SOURCE shows a package body of others only to who could change it.
func TestBodiesOfOthers(t *testing.T) {
	db := newDatabase(t)
	hr := login(t, db, "hr")
	must(t, hr, "CREATE PACKAGE p IS PROCEDURE x; END;")
	must(t, hr, "CREATE PACKAGE BODY p IS PROCEDURE x IS BEGIN NULL; END; END;")
	if err := db.AddAccount(bg, "rita", "x", "CREATE SESSION", "EXECUTE ON hr.p"); err != nil {
		t.Fatal(err)
	}
	if got := must(t, login(t, db, "rita"), "SELECT DISTINCT type FROM all_source WHERE owner = 'HR'"); got != "PACKAGE\n" {
		t.Errorf("who may execute sees %q", got)
	}
	if got := must(t, hr, "SELECT DISTINCT type FROM user_source ORDER BY 1"); got != "PACKAGE\nPACKAGE BODY\n" {
		t.Errorf("the owner sees %q", got)
	}
	if err := db.AddAccount(bg, "dev", "x", "CREATE SESSION", "CREATE ANY PROCEDURE"); err != nil {
		t.Fatal(err)
	}
	if got := must(t, login(t, db, "dev"), "SELECT DISTINCT type FROM all_source WHERE owner = 'HR' ORDER BY 1"); got != "PACKAGE\nPACKAGE BODY\n" {
		t.Errorf("who may create any sees %q", got)
	}
}
