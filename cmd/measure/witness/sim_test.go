package witness

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRunSim runs two suites of our own in the embedded Oracle and says what becomes of every statement.
func TestRunSim(t *testing.T) {
	masks, err := readMasks("test", `orafce * /lengthb\(''\)/ '' is NULL`)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind, scripts, script, results, result string
		want                                   []string
	}{
		{"orafce", "sql/a.sql", `\set ECHO none
SET search_path TO oracle;
\set ECHO all
----
-- a comment that looks like a rule
----
SELECT substr('Oracle', 2, 3);
SELECT 'a' = 'a';
SELECT lnnvl(1 = 1);
SELECT lengthb('');
SELECT substr('Oracle', 1, 1);
SELECT nosuch(1);
SELECT 1::int;
SELECT months_between(DATE '2003-03-14', DATE '2003-01-01');
SET orafce.nls_date_format='DD.MM.YYYY';
SELECT to_char(to_date('02.01.2003'));
SELECT CAST('hello' AS varchar2);
SELECT dbms_random.random();
`, "expected/a.out", `\set ECHO none
----
-- a comment that looks like a rule
----
SELECT substr('Oracle', 2, 3);
 substr 
--------
 rac
(1 row)

SELECT 'a' = 'a';
 ?column? 
----------
 t
(1 row)

SELECT lnnvl(1 = 1);
 lnnvl 
-------
 f
(1 row)

SELECT lengthb('');
 lengthb 
---------
       0
(1 row)

SELECT substr('Oracle', 1, 1);
 substr 
--------
 X
(1 row)

SELECT nosuch(1);
ERROR:  function nosuch(integer) does not exist
SELECT 1::int;
 int4 
------
    1
(1 row)

SELECT months_between(DATE '2003-03-14', DATE '2003-01-01');
  months_between  
------------------
 2.41935483870968
(1 row)

SET orafce.nls_date_format='DD.MM.YYYY';
SELECT to_char(to_date('02.01.2003'));
  to_char   
------------
 02.01.2003
(1 row)

SELECT CAST('hello' AS varchar2);
 varchar2 
----------
 hello
(1 row)

SELECT dbms_random.random();
  random   
-----------
 152422768
(1 row)

`, []string{
			"1 not compared: a command of psql", "2 not compared: a setting of PostgreSQL's", "3 not compared: a command of psql", "7 right", "8 right", "9 right",
			"10 apart: masked: '' is NULL", `11 wrong: "O", the witness has "X"`, "12 right", "13 not compared: PostgreSQL's language", "14 right",
			"15 not compared: a setting of PostgreSQL's", "16 right", "17 error: ORA-00906: missing left parenthesis",
			"18 refused: ORA-03001: unimplemented feature: call: dbms_random.random()",
		}},
		{"mariadb", "t/a.test", `SET sql_mode=ORACLE;
CREATE TABLE t1 (a NUMBER, b VARCHAR2(10));
INSERT INTO t1 VALUES (1,'a'),(2,'b)'),(3,NULL);
SELECT a, b FROM t1 ORDER BY a;
CREATE PROCEDURE p1 AS BEGIN NULL; END;
CREATE TABLE t2 (a BIGINT);
SELECT * FROM t2;
CREATE VIEW v1 AS SELECT t2.a FROM t2;
SELECT * FROM v1;
CREATE TABLE t3 (a NUMBER);
CREATE TRIGGER tr1 BEFORE INSERT ON t3 FOR EACH ROW :NEW.a:= 10;
SELECT * FROM t3;
SELECT * FROM missing;
BEGIN SELECT 1 AS one FROM DUAL; SELECT 'x;y' AS one FROM DUAL; END /* SELECT 3 */;
DROP PROCEDURE p1;
CREATE FUNCTION f1 (p NUMBER) RETURN NUMBER AS BEGIN RETURN p + 1; END;
SELECT f1(1) FROM DUAL;
CREATE PROCEDURE p2(p NUMBER) AS v NUMBER; BEGIN SELECT f1(p) INTO v FROM DUAL; END;
CREATE OR REPLACE PROCEDURE p2(p NUMBER) AS v NUMBER := f1(p); BEGIN SELECT v; END;
CALL p2(5);
SELECT a, f1(a) FROM t1;
DROP FUNCTION f1;
CALL p2(5);
BEGIN RAISE NO_DATA_FOUND; END;
`, "r/a.result", "SET sql_mode=ORACLE;\nCREATE TABLE t1 (a NUMBER, b VARCHAR2(10));\nINSERT INTO t1 VALUES (1,'a'),(2,'b)'),(3,NULL);\nSELECT a, b FROM t1 ORDER BY a;\na\tb\n1\ta\n2\tb)\n3\tNULL\n" +
			"CREATE PROCEDURE p1 AS BEGIN NULL; END;\nCREATE TABLE t2 (a BIGINT);\nSELECT * FROM t2;\na\nCREATE VIEW v1 AS SELECT t2.a FROM t2;\nSELECT * FROM v1;\na\nCREATE TABLE t3 (a NUMBER);\n" +
			"CREATE TRIGGER tr1 BEFORE INSERT ON t3 FOR EACH ROW :NEW.a:= 10;\nSELECT * FROM t3;\na\nSELECT * FROM missing;\nERROR 42S02: Table 'test.missing' doesn't exist\n" + `BEGIN SELECT 1 AS one FROM DUAL; SELECT 'x;y' AS one FROM DUAL; END /* SELECT 3 */;
one
1
one
x;y
DROP PROCEDURE p1;
CREATE FUNCTION f1 (p NUMBER) RETURN NUMBER AS BEGIN RETURN p + 1; END;
SELECT f1(1) FROM DUAL;
f1(1)
2
CREATE PROCEDURE p2(p NUMBER) AS v NUMBER; BEGIN SELECT f1(p) INTO v FROM DUAL; END;
CREATE OR REPLACE PROCEDURE p2(p NUMBER) AS v NUMBER := f1(p); BEGIN SELECT v; END;
CALL p2(5);
v
7
SELECT a, f1(a) FROM t1;
a	f1(a)
1	2
DROP FUNCTION f1;
CALL p2(5);
ERROR 42000: FUNCTION f1 does not exist
BEGIN RAISE NO_DATA_FOUND; END;
`, []string{
			"1 not compared: a setting or statement of MariaDB's", "2 ran", "3 ran", "4 right", "5 not compared: a routine, which runs where it is called",
			"6 not compared: names and types that Oracle does not have", "7 not compared: follows what is not the same or not compared",
			"8 not compared: follows what is not the same or not compared", "9 not compared: follows what is not the same or not compared",
			"10 ran", "11 not compared: PL/SQL and accounts", "12 not compared: follows what is not the same or not compared", "13 right",
			"14 right", "15 not compared: a routine, which runs where it is called", "16 not compared: a routine, which runs where it is called", "17 right",
			"18 not compared: a routine, which runs where it is called", "19 not compared: a routine, which runs where it is called",
			`20 wrong: "6", the witness has "7"`, "21 not compared: a function of the suite in SQL", "22 not compared: a routine, which runs where it is called", "23 not compared: follows what is not the same or not compared",
			"24 error: ORA-01403: no data found\nORA-06512: at line 1",
		}},
	} {
		dir := t.TempDir()
		for name, text := range map[string]string{c.scripts: c.script, c.results: c.result} {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		files, err := Read(c.kind, dir)
		if err != nil || len(files) != 1 {
			t.Fatal(len(files), err)
		}
		verdicts, err := RunSim(context.Background(), c.kind, masks, files[0])
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range verdicts {
			line := fmt.Sprintf("%d %s", v.Statement.Line, v.Outcome)
			if v.Why != "" {
				line += ": " + v.Why
			}
			got = append(got, line)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.kind, d)
		}
	}
}

// TestSingleRows holds that an INSERT of several rows becomes one for each, whatever its texts have in them.
func TestSingleRows(t *testing.T) {
	got := singleRows("INSERT INTO t (a, b) VALUES (1, '),('), (f(2,3), 'x')")
	want := []string{"INSERT INTO t (a, b) VALUES (1, '),(')", "INSERT INTO t (a, b) VALUES  (f(2,3), 'x')"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
