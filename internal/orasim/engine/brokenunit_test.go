package engine

import (
	"fmt"
	"strings"
	"testing"

	"landfall/internal/orasim/session"
)

// TestBrokenUnits holds that a unit with a mistake of syntax is created, INVALID and with a warning, and that a text without mistakes
// mends it.
func TestBrokenUnits(t *testing.T) {
	s := login(t, newDatabase(t), "hr")
	create := func(sql string) (string, error) {
		st, err := s.Parse(bg, sql)
		if err != nil {
			return "", err
		}
		defer st.Close()
		r, err := st.Execute(bg, &session.Call{})
		if err != nil {
			return "", err
		}
		if st.Kind() != session.Create && st.Kind() != session.Drop {
			t.Errorf("%s: of kind %d", sql, st.Kind())
		}
		return fmt.Sprint(r.Warning != nil), nil
	}
	for _, c := range []struct{ sql, want, rows string }{
		{"CREATE PROCEDURE p IS BEGIN x := ; END;", "true", "P|PROCEDURE|1|27|103|INVALID"},
		{"CREATE OR REPLACE\nEDITIONABLE PROCEDURE hr.p\nIS\nBEGIN\n  NULL END;", "true", "P|PROCEDURE|4|8|103|INVALID"},
		{"CREATE PROCEDURE p IS BEGIN NULL; END;", "ORA-00955", "P|PROCEDURE|4|8|103|INVALID"},
		{"CREATE OR REPLACE PROCEDURE p IS BEGIN NULL; END;", "false", ""},
		{"CREATE OR REPLACE PROCEDURE p IS BEGIN NULL; END", "true", "P|PROCEDURE|1|31|103|INVALID"},
		{"DROP PROCEDURE p", "false", ""},
		{"CREATE PACKAGE BODY k IS PROCEDURE a IS BEGIN NULL END; END;", "true", "K|PACKAGE BODY|1|45|103|INVALID"},
		{"CREATE OR REPLACE PACKAGE k IS PROCEDURE; END;", "true", "K|PACKAGE|1|23|103|INVALID\nK|PACKAGE BODY|1|45|103|INVALID"},
		{"DROP PACKAGE k", "false", ""},
		{"CREATE TYPE y AS OBJECT (a NUMBER,)", "true", "Y|TYPE|1|28|103|INVALID"},
		{"CREATE PROCEDURE oe.q IS BEGIN x := ; END;", "true", "Y|TYPE|1|28|103|INVALID"}, // of another schema
		{"CREATE PROCEDURE nobody.q IS BEGIN x := ; END;", "ORA-01918", "Y|TYPE|1|28|103|INVALID"},
		{"CREATE PROCEDURE IS BEGIN NULL; END;", "ORA-00", "Y|TYPE|1|28|103|INVALID"},
		{"CREATE PROCEDURE q IS BEGIN x := 'a; END;", "ORA-00905", "Y|TYPE|1|28|103|INVALID"},
	} {
		got, err := create(c.sql)
		if err != nil {
			got = errorLine(err)
		}
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q, want %q", c.sql, got, c.want)
		}
		rows, err := run(s, "SELECT e.name, e.type, e.line, e.position, e.message_number, o.status FROM user_errors e JOIN user_objects o ON o.object_name = e.name AND o.object_type = e.type ORDER BY 1, 2")
		if err != nil || strings.TrimSpace(rows) != c.rows {
			t.Errorf("%s: %q, %v, want %q", c.sql, rows, err, c.rows)
		}
	}
	if got, err := run(s, "SELECT text FROM all_source WHERE owner = 'OE'"); got != "PROCEDURE oe.q IS BEGIN x := ; END;\n" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	// in a block it is an exception, and the unit is there
	_, err := run(s, "BEGIN EXECUTE IMMEDIATE 'CREATE FUNCTION f RETURN NUMBER IS BEGIN RETURN ; x END;'; END;")
	if err == nil || !strings.HasPrefix(err.Error(), "ORA-24344: success with compilation error\nORA-06512: at line 1") {
		t.Errorf("%v", err)
	}
	for _, view := range []string{"user_objects", "user_errors", "user_source", "user_procedures", "user_arguments", "user_types", "user_type_attrs", "user_type_methods", "user_coll_types", "user_dependencies", "user_plsql_types"} {
		if _, err := run(s, "SELECT COUNT(*) FROM "+view); err != nil {
			t.Errorf("%s: %v", view, err)
		}
	}
	if got, err := run(s, "SELECT status FROM user_objects WHERE object_name = 'F'"); got != "INVALID\n" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	for _, sql := range []string{"SELECT f FROM dual", "CREATE TABLE t (a y)", "SELECT DBMS_METADATA.GET_DDL('FUNCTION', 'F') FROM dual"} {
		if _, err := run(s, sql); err != nil && strings.HasPrefix(errorLine(err), "fault") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}
