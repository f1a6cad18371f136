package rules

import "slices"

// Probe is a question to a server whose answer stands above the profile's table: the feature is there when all of
// Setup is taken and SQL gives Want (or, with Fails, the last statement is refused).
type Probe struct {
	Name    string
	Feature Feature
	Setup   []string
	SQL     string
	Want    string
	Fails   bool
}

// Probes lists the questions for a target. What Oracle has is asked in Oracle's words and only of targets that may have
// it; what versions of PostgreSQL have is asked of all.
func Probes(target *Profile) []Probe {
	list := slices.Clone(postgresProbes)
	if target.Name == "polardb-oracle" {
		list = append(list, oracleProbes...)
	}
	return list
}

// postgresProbes ask for what newer versions take.
var postgresProbes = []Probe{
	{Name: "CYCLE clause", Feature: FeaturePGCycleClause, SQL: "with recursive t(n) as (select 1 union all select n % 3 + 1 from t) cycle n set looped using path select count(*) from t", Want: "4"},
	{Name: "OUT of a procedure", Feature: FeaturePGProcedureOut, Setup: []string{"create procedure p_out(out a integer) language plpgsql as $$ begin a := 3; end $$"}, SQL: "call p_out(null)", Want: "3"},
	{Name: "MERGE", Feature: FeaturePGMerge, Setup: []string{"create table t_merge (a integer)", "merge into t_merge t using (select 5 as a) s on t.a = s.a when not matched then insert (a) values (s.a)"}, SQL: "select a from t_merge", Want: "5"},
	{Name: "regexp_count", Feature: FeaturePGRegexpFunctions, SQL: "select regexp_count('abcabc', 'b')", Want: "2"},
	{Name: "NULLS NOT DISTINCT", Feature: FeaturePGNullsNotDistinct, Setup: []string{"create table t_nulls (a integer, unique nulls not distinct (a))", "insert into t_nulls values (null)", "insert into t_nulls values (null)"}, Fails: true},
	{Name: "negative scale", Feature: FeaturePGNegativeScale, SQL: "select 12345::numeric(6,-2)", Want: "12300"},
	{Name: "security_invoker", Feature: FeaturePGInvokerViews, Setup: []string{"create view v_invoker with (security_invoker = true) as select 1 as a"}, SQL: "select a from v_invoker", Want: "1"},
	{Name: "subquery without an alias", Feature: FeaturePGSubqueryAlias, SQL: "select a from (select 7 as a)", Want: "7"},
	{Name: "JSON_ARRAYAGG", Feature: FeaturePGSQLJSON, SQL: "select json_arrayagg(a) from (values (1), (2)) v(a)", Want: "[1, 2]"},
	{Name: "JSON_TABLE", Feature: FeaturePGJSONTable, SQL: `select a from json_table('[{"a": 4}]'::jsonb, '$[*]' columns (a integer path '$.a')) j`, Want: "4"},
	{Name: "MERGE RETURNING", Feature: FeaturePGMergeReturning, Setup: []string{"create table t_merge (a integer)"}, SQL: "merge into t_merge t using (select 5 as a) s on t.a = s.a when not matched then insert (a) values (s.a) returning t.a", Want: "5"},
	{Name: "GRANT MAINTAIN", Feature: FeaturePGMaintain, Setup: []string{"create table t_maintain (a integer)", "grant maintain on t_maintain to public"}},
	{Name: "virtual columns", Feature: FeaturePGVirtualColumns, Setup: []string{"create table t_virtual (a integer, b integer generated always as (a + 1) virtual)", "insert into t_virtual (a) values (1)"}, SQL: "select b from t_virtual", Want: "2"},
	{Name: "RETURNING old", Feature: FeaturePGOldNewReturning, Setup: []string{"create table t_old (a integer)", "insert into t_old values (1)"}, SQL: "update t_old set a = 2 returning old.a", Want: "1"},
	{Name: "NOT ENFORCED", Feature: FeaturePGNotEnforced, Setup: []string{"create table t_enforced (a integer check (a > 0) not enforced)", "insert into t_enforced values (-1)"}},
	{Name: "NOT NULL NOT VALID", Feature: FeaturePGNotNullNotValid, Setup: []string{"create table t_valid (a integer)", "alter table t_valid add constraint c not null a not valid"}},
	{Name: "WITHOUT OVERLAPS", Feature: FeaturePGTemporalKeys, Setup: []string{"create table t_overlap (k int4range, a daterange, unique (k, a without overlaps))"}},
}

// emp makes a small hierarchy for the probes that need rows.
var emp = []string{
	"CREATE TABLE lf_emp (empno NUMBER(4), mgr NUMBER(4), ename VARCHAR2(10))",
	"INSERT INTO lf_emp VALUES (1, NULL, 'KING')",
	"INSERT INTO lf_emp VALUES (2, 1, 'BLAKE')",
	"INSERT INTO lf_emp VALUES (3, 2, 'ALLEN')",
}

func withEmp(more ...string) []string { return append(slices.Clone(emp), more...) }

// inFunction is a function whose value is asked for.
func inFunction(declarations, body string) []string {
	return []string{"CREATE FUNCTION lf_f RETURN VARCHAR2 IS " + declarations + " BEGIN " + body + " END;"}
}

const askFunction = "SELECT lf_f() FROM dual"

// block is a probe that an anonymous block runs.
func block(body string) []string { return []string{body} }

// oracleProbes ask in Oracle's words; on an Oracle database every answer is yes.
var oracleProbes = []Probe{
	{Name: "NVL", Feature: FeatureNvl, SQL: "SELECT NVL(NULL, 'x') FROM dual", Want: "x"},
	{Name: "NVL2", Feature: FeatureNvl2, SQL: "SELECT NVL2('a', 'b', 'c') FROM dual", Want: "b"},
	{Name: "DECODE finds NULL", Feature: FeatureDecode, SQL: "SELECT DECODE(NULL, 1, 'a', NULL, 'x', 'y') FROM dual", Want: "x"},
	{Name: "DUAL", Feature: FeatureDual, SQL: "SELECT dummy FROM dual", Want: "X"},
	{Name: "'' is NULL", Feature: FeatureEmptyStringNull, SQL: "SELECT CASE WHEN '' IS NULL THEN 'null' ELSE 'text' END FROM dual", Want: "null"},
	{Name: "SYSDATE", Feature: FeatureSysdate, SQL: "SELECT CASE WHEN SYSDATE IS NULL THEN 'none' ELSE 'some' END FROM dual", Want: "some"},
	{Name: "SYSTIMESTAMP", Feature: FeatureSystimestamp, SQL: "SELECT CASE WHEN SYSTIMESTAMP IS NULL THEN 'none' ELSE 'some' END FROM dual", Want: "some"},
	{Name: "DATE has a time", Feature: FeatureDate, Setup: []string{"CREATE TABLE lf_d (d DATE)", "INSERT INTO lf_d VALUES (TO_DATE('2024-01-31 13:14:15', 'YYYY-MM-DD HH24:MI:SS'))"}, SQL: "SELECT TO_CHAR(d, 'HH24:MI:SS') FROM lf_d", Want: "13:14:15"},
	{Name: "dates and days", Feature: FeatureDateArithmetic, SQL: "SELECT TO_CHAR((TO_DATE('2024-03-01', 'YYYY-MM-DD') + 1.5 - TO_DATE('2024-02-28', 'YYYY-MM-DD')) * 2) FROM dual", Want: "7"},
	{Name: "5 / 2", Feature: FeatureNumberDivision, SQL: "SELECT TO_CHAR(5 / 2) FROM dual", Want: "2.5"},
	{Name: "text where a number is", Feature: FeatureImplicitConvert, SQL: "SELECT COUNT(*) FROM dual WHERE 1 = TO_CHAR(1)", Want: "1"},
	{Name: "masks", Feature: FeatureFormatMasks, SQL: "SELECT TO_CHAR(TO_DATE('05-MAR-24', 'DD-MON-RR'), 'FMDay, DD Month YYYY') FROM dual", Want: "Tuesday, 5 March 2024"},
	{Name: "NUMBER", Feature: FeatureNumber, SQL: "SELECT TO_CHAR(CAST(1.5 AS NUMBER(3,1))) FROM dual", Want: "1.5"},
	{Name: "NUMBER(6,-2)", Feature: FeatureNumberScale, Setup: []string{"CREATE TABLE lf_n (n NUMBER(6,-2))", "INSERT INTO lf_n VALUES (12345)"}, SQL: "SELECT TO_CHAR(n) FROM lf_n", Want: "12300"},
	{Name: "INTEGER of 20 digits", Feature: FeatureInteger38, Setup: []string{"CREATE TABLE lf_i (i INTEGER)", "INSERT INTO lf_i VALUES (12345678901234567890)"}, SQL: "SELECT TO_CHAR(i) FROM lf_i", Want: "12345678901234567890"},
	{Name: "VARCHAR2", Feature: FeatureVarchar2, Setup: []string{"CREATE TABLE lf_v (v VARCHAR2(3), n NVARCHAR2(3))"}},
	{Name: "VARCHAR2(3 BYTE)", Feature: FeatureVarchar2Bytes, Setup: []string{"CREATE TABLE lf_b (v VARCHAR2(3 BYTE))", "INSERT INTO lf_b VALUES ('éé')"}, Fails: true},
	{Name: "CHAR is padded", Feature: FeatureCharPadding, SQL: "SELECT CAST('a' AS CHAR(3)) || 'b' FROM dual", Want: "a  b"},
	{Name: "nine digits of a second", Feature: FeatureTimestampNano, SQL: "SELECT TO_CHAR(TO_TIMESTAMP('10:00:00.123456789', 'HH24:MI:SS.FF9'), 'FF9') FROM dual", Want: "123456789"},
	{Name: "FLOAT is decimal", Feature: FeatureDecimalFloat, SQL: "SELECT CASE WHEN CAST(0.1 AS FLOAT) + CAST(0.2 AS FLOAT) = CAST(0.3 AS FLOAT) THEN 'decimal' ELSE 'binary' END FROM dual", Want: "decimal"},
	{Name: "BINARY_DOUBLE", Feature: FeatureBinaryFloat, Setup: []string{"CREATE TABLE lf_bd (a BINARY_FLOAT, b BINARY_DOUBLE)"}},
	{Name: "intervals", Feature: FeatureIntervals, Setup: []string{"CREATE TABLE lf_iv (a INTERVAL YEAR TO MONTH, b INTERVAL DAY TO SECOND)"}},
	{Name: "BFILE", Feature: FeatureBfile, Setup: []string{"CREATE TABLE lf_bf (f BFILE)"}},
	{Name: "RAW", Feature: FeatureRaw, Setup: []string{"CREATE TABLE lf_raw (r RAW(4))", "INSERT INTO lf_raw VALUES (HEXTORAW('0A0B'))"}, SQL: "SELECT RAWTOHEX(r) FROM lf_raw", Want: "0A0B"},
	{Name: "CLOB, BLOB", Feature: FeatureLob, Setup: []string{"CREATE TABLE lf_lob (c CLOB, b BLOB)"}},
	{Name: "LONG", Feature: FeatureLong, Setup: []string{"CREATE TABLE lf_long (l LONG)"}},
	{Name: "UROWID", Feature: FeatureRowidType, Setup: []string{"CREATE TABLE lf_rid (r ROWID, u UROWID)"}},
	{Name: "XMLTYPE methods", Feature: FeatureXMLType, SQL: "SELECT XMLTYPE('<a>1</a>').getStringVal() FROM dual", Want: "<a>1</a>"},
	{Name: "JSON", Feature: FeatureJSONType, Setup: []string{"CREATE TABLE lf_js (j JSON)"}},
	{Name: "virtual columns", Feature: FeatureVirtualColumns, Setup: []string{"CREATE TABLE lf_vc (a NUMBER, b NUMBER GENERATED ALWAYS AS (a + 1) VIRTUAL)", "INSERT INTO lf_vc (a) VALUES (1)"}, SQL: "SELECT TO_CHAR(b) FROM lf_vc", Want: "2"},
	{Name: "identity", Feature: FeatureIdentity, Setup: []string{"CREATE TABLE lf_id (a NUMBER GENERATED BY DEFAULT ON NULL AS IDENTITY, b NUMBER)", "INSERT INTO lf_id VALUES (NULL, 1)"}, SQL: "SELECT TO_CHAR(a) FROM lf_id", Want: "1"},
	{Name: "DEFAULT ON NULL", Feature: FeatureDefaultOnNull, Setup: []string{"CREATE TABLE lf_don (a NUMBER DEFAULT ON NULL 7)", "INSERT INTO lf_don VALUES (NULL)"}, SQL: "SELECT TO_CHAR(a) FROM lf_don", Want: "7"},
	{Name: "invisible columns", Feature: FeatureInvisibleColumns, Setup: []string{"CREATE TABLE lf_inv (a NUMBER, b NUMBER INVISIBLE)"}},

	{Name: "global temporary", Feature: FeatureGlobalTemporary, Setup: []string{"CREATE GLOBAL TEMPORARY TABLE lf_gtt (a NUMBER) ON COMMIT PRESERVE ROWS"}},
	{Name: "private temporary", Feature: FeaturePrivateTemporary, Setup: []string{"CREATE PRIVATE TEMPORARY TABLE ora$ptt_lf (a NUMBER) ON COMMIT DROP DEFINITION"}},
	{Name: "index-organized", Feature: FeatureIndexOrganized, Setup: []string{"CREATE TABLE lf_iot (a NUMBER PRIMARY KEY) ORGANIZATION INDEX"}},
	{Name: "cluster", Feature: FeatureClusters, Setup: []string{"CREATE CLUSTER lf_cl (a NUMBER)"}},
	{Name: "partitions", Feature: FeaturePartitions, Setup: []string{"CREATE TABLE lf_part (a NUMBER) PARTITION BY RANGE (a) (PARTITION p1 VALUES LESS THAN (10), PARTITION p2 VALUES LESS THAN (MAXVALUE))"}},
	{Name: "interval partitions", Feature: FeatureIntervalPartitions, Setup: []string{"CREATE TABLE lf_ipart (a NUMBER) PARTITION BY RANGE (a) INTERVAL (10) (PARTITION p1 VALUES LESS THAN (10))", "INSERT INTO lf_ipart VALUES (25)"}},
	{Name: "key without the partition key", Feature: FeaturePartitionKeyFree, Setup: []string{"CREATE TABLE lf_kpart (a NUMBER, id NUMBER PRIMARY KEY) PARTITION BY RANGE (a) (PARTITION p1 VALUES LESS THAN (10))"}},
	{Name: "SPLIT PARTITION", Feature: FeaturePartitionWork, Setup: []string{"CREATE TABLE lf_spart (a NUMBER) PARTITION BY RANGE (a) (PARTITION p1 VALUES LESS THAN (10))", "ALTER TABLE lf_spart SPLIT PARTITION p1 AT (5) INTO (PARTITION p1a, PARTITION p1b)"}},
	{Name: "global index", Feature: FeatureGlobalIndex, Setup: []string{"CREATE TABLE lf_gpart (a NUMBER, b NUMBER) PARTITION BY RANGE (a) (PARTITION p1 VALUES LESS THAN (10))", "CREATE INDEX lf_gi ON lf_gpart (b) GLOBAL"}},
	{Name: "bitmap index", Feature: FeatureBitmapIndex, Setup: withEmp("CREATE BITMAP INDEX lf_bi ON lf_emp (mgr)")},
	{Name: "function index", Feature: FeatureFunctionIndex, Setup: withEmp("CREATE INDEX lf_fi ON lf_emp (UPPER(ename))")},
	{Name: "ENABLE NOVALIDATE", Feature: FeatureConstraintState, Setup: withEmp("ALTER TABLE lf_emp ADD CONSTRAINT lf_c CHECK (empno > 1) ENABLE NOVALIDATE")},
	{Name: "materialized view", Feature: FeatureMaterializedViews, Setup: withEmp("CREATE MATERIALIZED VIEW lf_mv BUILD IMMEDIATE REFRESH COMPLETE ON DEMAND AS SELECT ename FROM lf_emp")},
	{Name: "synonym", Feature: FeatureSynonyms, Setup: withEmp("CREATE SYNONYM lf_syn FOR lf_emp"), SQL: "SELECT COUNT(*) FROM lf_syn", Want: "3"},
	{Name: "row trigger", Feature: FeatureTriggers, Setup: withEmp("CREATE TRIGGER lf_tr BEFORE INSERT ON lf_emp FOR EACH ROW BEGIN :NEW.ename := UPPER(:NEW.ename); END;", "INSERT INTO lf_emp VALUES (9, 1, 'ward')"), SQL: "SELECT ename FROM lf_emp WHERE empno = 9", Want: "WARD"},
	{Name: "compound trigger", Feature: FeatureCompoundTriggers, Setup: withEmp("CREATE TRIGGER lf_ct FOR INSERT ON lf_emp COMPOUND TRIGGER BEFORE EACH ROW IS BEGIN :NEW.ename := 'X'; END BEFORE EACH ROW; END lf_ct;")},
	{Name: "dictionary", Feature: FeatureDictionaryViews, SQL: "SELECT CASE WHEN COUNT(*) >= 0 THEN 'there' END FROM user_tables", Want: "there"},

	{Name: "(+)", Feature: FeatureOuterJoin, Setup: emp, SQL: "SELECT COUNT(*) FROM lf_emp e, lf_emp m WHERE e.mgr = m.empno (+)", Want: "3"},
	{Name: "CONNECT BY", Feature: FeatureConnectBy, Setup: emp, SQL: "SELECT COUNT(*) FROM lf_emp START WITH mgr IS NULL CONNECT BY PRIOR empno = mgr", Want: "3"},
	{Name: "CONNECT BY path", Feature: FeatureConnectByExtras, Setup: emp, SQL: "SELECT MAX(SYS_CONNECT_BY_PATH(ename, '/')) FROM lf_emp START WITH mgr IS NULL CONNECT BY PRIOR empno = mgr", Want: "/KING/BLAKE/ALLEN"},
	{Name: "LEVEL", Feature: FeatureLevel, SQL: "SELECT MAX(LEVEL) FROM dual CONNECT BY LEVEL <= 3", Want: "3"},
	{Name: "ROWNUM", Feature: FeatureRownum, Setup: emp, SQL: "SELECT COUNT(*) FROM lf_emp WHERE ROWNUM <= 2", Want: "2"},
	{Name: "MINUS", Feature: FeatureMinus, Setup: emp, SQL: "SELECT empno FROM lf_emp MINUS SELECT empno FROM lf_emp WHERE empno > 1", Want: "1"},
	{Name: "PIVOT", Feature: FeaturePivot, Setup: emp, SQL: "SELECT king FROM (SELECT ename, empno FROM lf_emp) PIVOT (SUM(empno) FOR ename IN ('KING' AS king, 'BLAKE' AS blake))", Want: "1"},
	{Name: "UNPIVOT", Feature: FeatureUnpivot, SQL: "SELECT COUNT(*) FROM (SELECT 1 AS a, 2 AS b FROM dual) UNPIVOT (v FOR k IN (a, b))", Want: "2"},
	{Name: "KEEP", Feature: FeatureKeep, Setup: emp, SQL: "SELECT MAX(ename) KEEP (DENSE_RANK FIRST ORDER BY empno) FROM lf_emp", Want: "KING"},
	{Name: "FOR UPDATE OF", Feature: FeatureForUpdateOf, Setup: emp, SQL: "SELECT e.ename FROM lf_emp e WHERE e.empno = 1 FOR UPDATE OF e.ename", Want: "KING"},
	{Name: "ROWID", Feature: FeatureRowid, Setup: emp, SQL: "SELECT COUNT(ROWID) FROM lf_emp", Want: "3"},
	{Name: "NEXTVAL", Feature: FeatureNextval, Setup: []string{"CREATE SEQUENCE lf_seq"}, SQL: "SELECT lf_seq.NEXTVAL FROM dual", Want: "1"},
	{Name: "MERGE with WHERE", Feature: FeatureMerge, Setup: withEmp("MERGE INTO lf_emp e USING (SELECT 3 AS n FROM dual) s ON (e.empno = s.n) WHEN MATCHED THEN UPDATE SET ename = 'X' WHERE mgr = 2"), SQL: "SELECT ename FROM lf_emp WHERE empno = 3", Want: "X"},
	{Name: "UPDATE of a subquery", Feature: FeatureSubqueryDML, Setup: withEmp("UPDATE (SELECT ename FROM lf_emp WHERE empno = 1) SET ename = 'X'"), SQL: "SELECT ename FROM lf_emp WHERE empno = 1", Want: "X"},
	{Name: "DUMP, VSIZE", Feature: FeatureStorageFunction, SQL: "SELECT VSIZE('abc') FROM dual", Want: "3"},

	{Name: "package", Feature: FeaturePackages, Setup: []string{"CREATE PACKAGE lf_pkg IS FUNCTION f RETURN NUMBER; END lf_pkg;", "CREATE PACKAGE BODY lf_pkg IS FUNCTION f RETURN NUMBER IS BEGIN RETURN 4; END; END lf_pkg;"}, SQL: "SELECT TO_CHAR(lf_pkg.f()) FROM dual", Want: "4"},
	{Name: "package state", Feature: FeaturePackageState, Setup: []string{"CREATE PACKAGE lf_st IS n NUMBER := 1; FUNCTION f RETURN NUMBER; END lf_st;", "CREATE PACKAGE BODY lf_st IS FUNCTION f RETURN NUMBER IS BEGIN n := n + 1; RETURN n; END; END lf_st;", "BEGIN lf_st.n := 10; END;"}, SQL: "SELECT TO_CHAR(lf_st.f()) FROM dual", Want: "11"},
	{Name: "package initialisation", Feature: FeaturePackageInit, Setup: []string{"CREATE PACKAGE lf_in IS n NUMBER; FUNCTION f RETURN NUMBER; END lf_in;", "CREATE PACKAGE BODY lf_in IS FUNCTION f RETURN NUMBER IS BEGIN RETURN n; END; BEGIN n := 5; END lf_in;"}, SQL: "SELECT TO_CHAR(lf_in.f()) FROM dual", Want: "5"},
	{Name: "overloads", Feature: FeatureOverloads, Setup: []string{"CREATE PACKAGE lf_ov IS FUNCTION f (a NUMBER) RETURN VARCHAR2; FUNCTION f (a VARCHAR2) RETURN VARCHAR2; END lf_ov;", "CREATE PACKAGE BODY lf_ov IS FUNCTION f (a NUMBER) RETURN VARCHAR2 IS BEGIN RETURN 'n'; END; FUNCTION f (a VARCHAR2) RETURN VARCHAR2 IS BEGIN RETURN 'v'; END; END lf_ov;"}, SQL: "SELECT lf_ov.f('a') FROM dual", Want: "v"},
	{Name: "%TYPE, %ROWTYPE", Feature: FeatureAnchoredTypes, Setup: withEmp(inFunction("n lf_emp.ename%TYPE; r lf_emp%ROWTYPE;", "SELECT * INTO r FROM lf_emp WHERE empno = 1; n := r.ename; RETURN n;")...), SQL: askFunction, Want: "KING"},
	{Name: "record", Feature: FeatureRecordTypes, Setup: inFunction("TYPE t IS RECORD (a NUMBER, b VARCHAR2(3)); r t;", "r.b := 'x'; RETURN r.b;"), SQL: askFunction, Want: "x"},
	{Name: "associative array", Feature: FeatureAssociativeArrays, Setup: inFunction("TYPE t IS TABLE OF NUMBER INDEX BY VARCHAR2(9); a t;", "a('x') := 3; RETURN TO_CHAR(a('x') + a.COUNT);"), SQL: askFunction, Want: "4"},
	{Name: "nested table", Feature: FeatureCollections, Setup: inFunction("TYPE t IS TABLE OF NUMBER; a t := t(1, 2);", "a.EXTEND; a(3) := 7; a.DELETE(1); RETURN TO_CHAR(a.COUNT) || a.FIRST;"), SQL: askFunction, Want: "22"},
	{Name: "MULTISET", Feature: FeatureMultiset, Setup: inFunction("TYPE t IS TABLE OF NUMBER; a t := t(1, 2); b t := t(2, 3);", "a := a MULTISET UNION b; RETURN TO_CHAR(a.COUNT);"), SQL: askFunction, Want: "4"},
	{Name: "FORALL SAVE EXCEPTIONS", Feature: FeatureBulk, Setup: withEmp(inFunction("TYPE t IS TABLE OF lf_emp.empno%TYPE; a t;", "SELECT empno BULK COLLECT INTO a FROM lf_emp; FORALL i IN 1 .. a.COUNT SAVE EXCEPTIONS UPDATE lf_emp SET mgr = 0 WHERE empno = a(i); RETURN TO_CHAR(SQL%ROWCOUNT);")...), SQL: askFunction, Want: "3"},
	{Name: "cursor attributes", Feature: FeatureCursorAttributes, Setup: withEmp(inFunction("CURSOR c IS SELECT ename FROM lf_emp ORDER BY empno; n VARCHAR2(10);", "OPEN c; FETCH c INTO n; IF c%FOUND AND c%ROWCOUNT = 1 AND c%ISOPEN THEN RETURN n; END IF; RETURN 'no';")...), SQL: askFunction, Want: "KING"},
	{Name: "SYS_REFCURSOR", Feature: FeatureRefCursors, Setup: withEmp(inFunction("c SYS_REFCURSOR; n VARCHAR2(10);", "OPEN c FOR SELECT ename FROM lf_emp WHERE empno = 2; FETCH c INTO n; CLOSE c; RETURN n;")...), SQL: askFunction, Want: "BLAKE"},
	{Name: "EXECUTE IMMEDIATE", Feature: FeatureExecuteImmediate, Setup: withEmp(inFunction("n VARCHAR2(10);", "EXECUTE IMMEDIATE 'SELECT ename FROM lf_emp WHERE empno = :1' INTO n USING 3; RETURN n;")...), SQL: askFunction, Want: "ALLEN"},
	{Name: "exceptions", Feature: FeatureExceptions, Setup: inFunction("e EXCEPTION; PRAGMA EXCEPTION_INIT(e, -20001);", "RAISE_APPLICATION_ERROR(-20001, 'x'); EXCEPTION WHEN e THEN RETURN TO_CHAR(SQLCODE);"), SQL: askFunction, Want: "-20001"},
	{Name: "nested subprogram", Feature: FeatureNestedSubprograms, Setup: inFunction("n NUMBER := 1; PROCEDURE p IS BEGIN n := n + 1; END;", "p; RETURN TO_CHAR(n);"), SQL: askFunction, Want: "2"},
	{Name: "GOTO", Feature: FeatureGoto, Setup: inFunction("n NUMBER := 0;", "<<top>> n := n + 1; IF n < 3 THEN GOTO top; END IF; RETURN TO_CHAR(n);"), SQL: askFunction, Want: "3"},
	{Name: "SUBTYPE", Feature: FeatureSubtypes, Setup: inFunction("SUBTYPE s IS VARCHAR2(3); v s := 'abc';", "RETURN v;"), SQL: askFunction, Want: "abc"},
	{Name: "PIPELINED", Feature: FeaturePipelined, Setup: []string{"CREATE TYPE lf_tab AS TABLE OF NUMBER", "CREATE FUNCTION lf_pipe RETURN lf_tab PIPELINED IS BEGIN PIPE ROW (1); PIPE ROW (2); RETURN; END;"}, SQL: "SELECT COUNT(*) FROM TABLE(lf_pipe())", Want: "2"},
	{Name: "function with OUT", Feature: FeatureFunctionOut, Setup: []string{"CREATE FUNCTION lf_out (a OUT NUMBER) RETURN NUMBER IS BEGIN a := 2; RETURN 1; END;", "CREATE FUNCTION lf_f RETURN VARCHAR2 IS a NUMBER; b NUMBER; BEGIN b := lf_out(a); RETURN TO_CHAR(a + b); END;"}, SQL: askFunction, Want: "3"},
	{Name: "object type", Feature: FeatureObjectTypes, Setup: []string{"CREATE TYPE lf_obj AS OBJECT (a NUMBER, MEMBER FUNCTION twice RETURN NUMBER)", "CREATE TYPE BODY lf_obj AS MEMBER FUNCTION twice RETURN NUMBER IS BEGIN RETURN a * 2; END; END;"}, SQL: "SELECT TO_CHAR(lf_obj(3).twice()) FROM dual", Want: "6"},
	{Name: "subtypes of objects", Feature: FeatureTypeInheritance, Setup: []string{"CREATE TYPE lf_base AS OBJECT (a NUMBER) NOT FINAL", "CREATE TYPE lf_sub UNDER lf_base (b NUMBER)"}},
	{Name: "nested table column", Feature: FeatureNestedTables, Setup: []string{"CREATE TYPE lf_nt AS TABLE OF NUMBER", "CREATE TABLE lf_ntt (a lf_nt) NESTED TABLE a STORE AS lf_nts"}},
	{Name: "savepoint", Feature: FeatureSavepoints, Setup: withEmp("BEGIN SAVEPOINT a; DELETE FROM lf_emp; ROLLBACK TO a; END;"), SQL: "SELECT COUNT(*) FROM lf_emp", Want: "3"},
	{Name: "autonomous", Feature: FeatureAutonomous, Setup: withEmp("CREATE PROCEDURE lf_auto IS PRAGMA AUTONOMOUS_TRANSACTION; BEGIN NULL; COMMIT; END;", "BEGIN lf_auto; END;")},
	{Name: "$IF", Feature: FeatureConditionalCompile, Setup: inFunction("", "$IF TRUE $THEN RETURN 'a'; $ELSE RETURN 'b'; $END"), SQL: askFunction, Want: "a"},

	{Name: "DBMS_OUTPUT", Feature: Package("DBMS_OUTPUT"), Setup: block("BEGIN DBMS_OUTPUT.PUT_LINE('x'); END;")},
	{Name: "DBMS_LOB", Feature: Package("DBMS_LOB"), SQL: "SELECT TO_CHAR(DBMS_LOB.GETLENGTH(TO_CLOB('abc'))) FROM dual", Want: "3"},
	{Name: "DBMS_SQL", Feature: Package("DBMS_SQL"), Setup: block("DECLARE c INTEGER; BEGIN c := DBMS_SQL.OPEN_CURSOR; DBMS_SQL.CLOSE_CURSOR(c); END;")},
	{Name: "DBMS_RANDOM", Feature: Package("DBMS_RANDOM"), Setup: block("DECLARE x NUMBER; BEGIN x := DBMS_RANDOM.VALUE(1, 2); END;")},
	{Name: "DBMS_LOCK", Feature: Package("DBMS_LOCK"), Setup: block("BEGIN DBMS_LOCK.SLEEP(0); END;")},
	{Name: "DBMS_UTILITY", Feature: Package("DBMS_UTILITY"), Setup: block("DECLARE x NUMBER; BEGIN x := DBMS_UTILITY.GET_TIME; END;")},
	{Name: "DBMS_SESSION", Feature: Package("DBMS_SESSION"), Setup: block("BEGIN DBMS_SESSION.SET_NLS('NLS_DATE_FORMAT', '''YYYY-MM-DD'''); END;")},
	{Name: "DBMS_APPLICATION_INFO", Feature: Package("DBMS_APPLICATION_INFO"), Setup: block("BEGIN DBMS_APPLICATION_INFO.SET_MODULE('m', 'a'); END;")},
	{Name: "DBMS_ASSERT", Feature: Package("DBMS_ASSERT"), SQL: "SELECT DBMS_ASSERT.SIMPLE_SQL_NAME('ABC') FROM dual", Want: "ABC"},
	{Name: "DBMS_XMLGEN", Feature: Package("DBMS_XMLGEN"), Setup: block("DECLARE x CLOB; BEGIN x := DBMS_XMLGEN.GETXML('SELECT 1 FROM dual'); END;")},
	{Name: "UTL_RAW", Feature: Package("UTL_RAW"), SQL: "SELECT RAWTOHEX(UTL_RAW.CAST_TO_RAW('A')) FROM dual", Want: "41"},
	{Name: "UTL_MATCH", Feature: Package("UTL_MATCH"), SQL: "SELECT TO_CHAR(UTL_MATCH.EDIT_DISTANCE('ab', 'ac')) FROM dual", Want: "1"},
	{Name: "UTL_URL", Feature: Package("UTL_URL"), SQL: "SELECT UTL_URL.ESCAPE('a b') FROM dual", Want: "a%20b"},
	{Name: "UTL_FILE", Feature: Package("UTL_FILE"), Setup: block("DECLARE f UTL_FILE.FILE_TYPE; BEGIN IF UTL_FILE.IS_OPEN(f) THEN NULL; END IF; END;")},
	{Name: "UTL_HTTP", Feature: Package("UTL_HTTP"), Setup: block("BEGIN UTL_HTTP.SET_TRANSFER_TIMEOUT(1); END;")},
	{Name: "DBMS_SCHEDULER", Feature: Package("DBMS_SCHEDULER"), Setup: block("BEGIN DBMS_SCHEDULER.CREATE_JOB(job_name => 'LF_JOB', job_type => 'PLSQL_BLOCK', job_action => 'BEGIN NULL; END;', enabled => FALSE); END;")},
	{Name: "DBMS_ROWID", Feature: Package("DBMS_ROWID"), Setup: emp, SQL: "SELECT COUNT(DBMS_ROWID.ROWID_BLOCK_NUMBER(ROWID)) FROM lf_emp", Want: "3"},
	{Name: "DBMS_XMLDOM", Feature: Package("DBMS_XMLDOM"), Setup: block("DECLARE d DBMS_XMLDOM.DOMDOCUMENT; BEGIN d := DBMS_XMLDOM.NEWDOMDOCUMENT; END;")},
}
