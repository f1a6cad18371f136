package gen_test

import (
	"strings"
	"testing"

	"landfall/internal/oracle/scripts"
)

// TestStandIn holds that hr.emp means the emp of a script without a schema when the source has no other, and that this
// is told; and that a name with a schema that the source has stays what it is.
func TestStandIn(t *testing.T) {
	results := convertFiles(t, map[string]string{"all.sql": `
CREATE TABLE emp (id NUMBER PRIMARY KEY, name VARCHAR2(20));
COMMENT ON TABLE hr.emp IS 'people';
COMMENT ON COLUMN hr.emp.name IS 'their names';
CREATE INDEX emp_name_i ON hr.emp (name);
CREATE TABLE badge (id NUMBER, emp_id NUMBER REFERENCES hr.emp);
CREATE VIEW emp_names AS SELECT e.name FROM hr.emp e;
CREATE TABLE hr.dept (id NUMBER);
CREATE TABLE dept (id NUMBER, own NUMBER);
CREATE VIEW depts AS SELECT d.id FROM hr.dept d;
`}, scripts.Options{})
	var sql strings.Builder
	told := 0
	for _, r := range results {
		for _, o := range r.Outputs {
			sql.WriteString(o.SQL)
		}
		for _, f := range r.Findings {
			if strings.Contains(f.Message, "is taken for it") {
				told++
			}
		}
	}
	for _, want := range []string{"ON TABLE emp IS", "ON COLUMN emp.name IS", "ON emp (name)", "REFERENCES emp;", "FROM emp e", "FROM hr.dept d"} {
		if !strings.Contains(sql.String(), want) {
			t.Errorf("no %q in\n%s", want, sql.String())
		}
	}
	if told != 5 {
		t.Errorf("%d findings tell what was taken, want 5", told)
	}
}
