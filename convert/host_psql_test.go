package convert_test

import (
	"context"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/convert"
	"landfall/internal/postgres/scratch/pgtest"
)

// TestHostVariables runs a script with host variables in psql, as SQL*Plus would run the original: variables keep their
// values from statement to statement (SQL*Plus User's Guide, "Using Bind Variables": a variable that no block has set is NULL).
func TestHostVariables(t *testing.T) {
	psql, err := exec.LookPath("psql")
	if err != nil {
		t.Skip("needs psql; apt-get install postgresql-client")
	}
	text, _, err := convert.Text(context.Background(), "script.sql", []byte(`
CREATE TABLE emp (empno NUMBER(6), ename VARCHAR2(30), hired DATE);
INSERT INTO emp VALUES (1, 'it''s', DATE '2024-02-29');
COMMIT;
CREATE PROCEDURE find(p_emp NUMBER, p_name OUT VARCHAR2, p_hired IN OUT DATE) IS
BEGIN
  SELECT ename, hired + 1 INTO p_name, p_hired FROM emp WHERE empno = p_emp;
END;
/
CREATE FUNCTION twice(p NUMBER) RETURN NUMBER IS BEGIN RETURN p * 2; END;
/
VARIABLE n NUMBER
VARIABLE ename VARCHAR2(30)
EXEC :n := 1
BEGIN
  find(:n, :ename, :hired);
  IF :ename = 'it''s' THEN :ename := :ename || ' ' || TO_CHAR(:hired, 'YYYY-MM-DD'); END IF;
  INSERT INTO emp (empno, ename) VALUES (:n + 1, :ename);
  COMMIT;
END;
/
CALL twice(:n) INTO :n;
BEGIN :n := twice(:n) + NVL(LENGTH(:empty), 0); END;
/
BEGIN :n := NULL; END;
/
BEGIN INSERT INTO emp VALUES (NVL(:n, 7), 'null', NULL); END;
/
SELECT ename FROM emp WHERE ename LIKE :p || '%' AND empno < :m;
`), convert.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(psql, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-v", "empty=", pgtest.Open(t).URL)
	cmd.Stdin = strings.NewReader("\\set hired ''\n" + text + "\\echo n is [:n], name is [:ename]\nEXECUTE script_29('nu', 9);\nSELECT empno, ename FROM emp ORDER BY empno;\n")
	out, err := cmd.CombinedOutput()
	want := "n is [], name is [it's 2024-03-01]\nnull\n1|it's\n2|it's 2024-03-01\n7|null\n"
	if diff := cmp.Diff(want, string(out)); diff != "" || err != nil {
		t.Errorf("(-want +got) %v\n%s\n%s", err, diff, text)
	}
}
