package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"landfall/assess"
	"landfall/internal/model"
)

// sampleFiles is a small estate in the manner of an insurance system. The objects stand where their CREATE is.
var sampleFiles = map[string]string{
	"ddl/tables.sql":       sampleTables,
	"plsql/pkg_claim.sql":  sampleClaim,
	"plsql/pkg_policy.sql": samplePolicy,
	"plsql/triggers.sql":   sampleTriggers,
	"ddl/views.sql":        sampleViews,
}

const sampleTables = `-- 保单核心表
CREATE TABLE ins.policy (
  policy_id     NUMBER(18)          NOT NULL,
  policy_no     VARCHAR2(32 CHAR)   NOT NULL,
  holder_name   NVARCHAR2(60),
  premium       NUMBER(12,2)        DEFAULT 0,
  start_date    DATE                DEFAULT SYSDATE,
  status        CHAR(1)             DEFAULT 'A',
  terms         CLOB,
  CONSTRAINT pk_policy PRIMARY KEY (policy_id)
) PARTITION BY RANGE (start_date) INTERVAL (NUMTOYMINTERVAL(1,'MONTH'))
  (PARTITION p0 VALUES LESS THAN (DATE '2020-01-01'));

CREATE TABLE ins.claim (
  claim_id      NUMBER(18) NOT NULL,
  policy_id     NUMBER(18) NOT NULL REFERENCES ins.policy (policy_id),
  loss_date     DATE NOT NULL,
  amount        NUMBER,
  photo         BFILE,
  row_ref       UROWID,
  notes         LONG
);

CREATE GLOBAL TEMPORARY TABLE ins.calc_work (id NUMBER, amount BINARY_DOUBLE) ON COMMIT DELETE ROWS;
CREATE TABLE ins.party (party_id NUMBER(18), name VARCHAR2(200), birth DATE, doc XMLTYPE);
CREATE TABLE ins.product (product_code VARCHAR2(12), title VARCHAR2(200), rate NUMBER(9,6)) ORGANIZATION INDEX;
CREATE TABLE ins.payment (pay_id NUMBER(18), claim_id NUMBER(18), paid_at TIMESTAMP(6) WITH LOCAL TIME ZONE, amount NUMBER(14,2));
CREATE TABLE ins.audit_log (at TIMESTAMP(9), who VARCHAR2(30), what VARCHAR2(4000), data RAW(2000));
CREATE SEQUENCE ins.seq_claim START WITH 1 CACHE 100 ORDER;
CREATE SEQUENCE ins.seq_policy CACHE 20;
CREATE DATABASE LINK reins CONNECT TO ri IDENTIFIED BY VALUES ':1' USING 'REINS';
CREATE SYNONYM ins.treaty FOR ri.treaty@reins;
`

const sampleClaim = `CREATE OR REPLACE PACKAGE ins.pkg_claim AS
  g_batch_size PLS_INTEGER := 500;  -- 批量大小
  FUNCTION reserve_amount(p_claim_id IN claim.claim_id%TYPE) RETURN NUMBER;
  PROCEDURE settle(p_claim_id IN NUMBER, p_amount IN NUMBER DEFAULT NULL);
  PROCEDURE close_month(p_month IN DATE);
END pkg_claim;
/
CREATE OR REPLACE PACKAGE BODY ins.pkg_claim AS

  PROCEDURE log_it(p_what IN VARCHAR2) IS
    PRAGMA AUTONOMOUS_TRANSACTION;
  BEGIN
    INSERT INTO audit_log (at, who, what) VALUES (SYSTIMESTAMP, USER, SUBSTR(p_what, 1, 4000));
    COMMIT;
  END log_it;

  -- 计算未决赔款准备金：取案件估损与已付差额，空值按零处理
  FUNCTION reserve_amount(p_claim_id IN claim.claim_id%TYPE) RETURN NUMBER IS
    l_reserve NUMBER;
  BEGIN
    SELECT NVL(c.amount, 0) - NVL(SUM(p.amount), 0)
      INTO l_reserve
      FROM claim c, payment p
     WHERE p.claim_id(+) = c.claim_id
       AND c.claim_id = p_claim_id
     GROUP BY c.amount;
    RETURN DECODE(SIGN(l_reserve), -1, 0, l_reserve);
  EXCEPTION
    WHEN NO_DATA_FOUND THEN RETURN 0;
  END reserve_amount;

  PROCEDURE settle(p_claim_id IN NUMBER, p_amount IN NUMBER DEFAULT NULL) IS
    l_amount NUMBER := NVL(p_amount, reserve_amount(p_claim_id));
  BEGIN
    SAVEPOINT before_settle;
    INSERT INTO payment (pay_id, claim_id, paid_at, amount) VALUES (seq_claim.NEXTVAL, p_claim_id, SYSTIMESTAMP, l_amount);
    log_it('赔案 ' || p_claim_id || ' 已结案, 金额 ' || TO_CHAR(l_amount, 'FM999G999G990D00', 'NLS_NUMERIC_CHARACTERS=''.,''') || ' -- a rather long line that goes on and on so that the report has to cut it somewhere sensible: ' || RPAD('*', 200, '*') || ' <b>not bold</b> & "quoted"');
    COMMIT;
  EXCEPTION
    WHEN OTHERS THEN
      ROLLBACK TO before_settle;
      log_it(SQLERRM);
      RAISE_APPLICATION_ERROR(-20001, 'settle: ' || SQLERRM);
  END settle;

  PROCEDURE close_month(p_month IN DATE) IS
    TYPE t_ids IS TABLE OF claim.claim_id%TYPE INDEX BY PLS_INTEGER;
    l_ids t_ids;
    CURSOR c IS SELECT claim_id FROM claim WHERE loss_date < ADD_MONTHS(TRUNC(p_month, 'MM'), 1) AND ROWNUM <= g_batch_size ORDER BY loss_date;
  BEGIN
    OPEN c;
    LOOP
      FETCH c BULK COLLECT INTO l_ids LIMIT g_batch_size;
      EXIT WHEN l_ids.COUNT = 0;
      FORALL i IN 1 .. l_ids.COUNT SAVE EXCEPTIONS
        UPDATE claim SET notes = NULL WHERE claim_id = l_ids(i);
      EXECUTE IMMEDIATE 'ALTER TABLE calc_work TRUNCATE PARTITION p' || TO_CHAR(p_month, 'YYYYMM');
      COMMIT;
    END LOOP;
    DBMS_STATS.GATHER_TABLE_STATS('INS', 'CLAIM');
  END close_month;

END pkg_claim;
/
`

const samplePolicy = `CREATE OR REPLACE PACKAGE BODY ins.pkg_policy AS
  -- 保单号生成规则：机构代码 + 年份 + 流水
  FUNCTION next_no(p_org IN VARCHAR2) RETURN VARCHAR2 IS
    l_n NUMBER;
  BEGIN
    SELECT seq_policy.NEXTVAL INTO l_n FROM dual;
    RETURN p_org || TO_CHAR(SYSDATE, 'YYYY') || LPAD(l_n, 10, '0');
  END next_no;

  PROCEDURE renew(p_id IN NUMBER) IS
  BEGIN
    MERGE INTO policy t
    USING (SELECT p_id id FROM dual) s ON (t.policy_id = s.id)
    WHEN MATCHED THEN UPDATE SET t.start_date = ADD_MONTHS(t.start_date, 12) DELETE WHERE t.status = 'X'
    WHEN NOT MATCHED THEN INSERT (policy_id, policy_no) VALUES (s.id, next_no('01'));
    UTL_FILE.PUT_LINE(g_file, 'renewed ' || p_id);
    DBMS_LOB.APPEND(g_terms, TO_CLOB('续保'));
  END renew;
END pkg_policy;
/
CREATE OR REPLACE FUNCTION ins.agent_path(p_id NUMBER) RETURN VARCHAR2 IS
  l_path VARCHAR2(4000);
BEGIN
  SELECT SYS_CONNECT_BY_PATH(name, '/') INTO l_path FROM party WHERE CONNECT_BY_ISLEAF = 1 AND ROWNUM = 1
   START WITH party_id = p_id CONNECT BY NOCYCLE PRIOR party_id = party_id;
  RETURN l_path;
END;
/
`

const sampleTriggers = `CREATE OR REPLACE TRIGGER ins.trg_claim_bi BEFORE INSERT ON ins.claim FOR EACH ROW
BEGIN
  SELECT seq_claim.NEXTVAL INTO :new.claim_id FROM dual;
END;
/
CREATE OR REPLACE TRIGGER ins.trg_policy_aud AFTER UPDATE OR DELETE ON ins.policy FOR EACH ROW
DECLARE
  PRAGMA AUTONOMOUS_TRANSACTION;
BEGIN
  INSERT INTO audit_log (at, who, what) VALUES (SYSTIMESTAMP, SYS_CONTEXT('USERENV','SESSION_USER'), :old.policy_no);
  COMMIT;
END;
/
`

const sampleViews = `CREATE OR REPLACE VIEW ins.v_open_claims AS
SELECT /*+ INDEX(c ix_claim) */ c.claim_id, NVL2(c.notes, 'Y', 'N') has_notes, p.policy_no
  FROM claim c, policy p
 WHERE c.policy_id = p.policy_id(+)
MINUS
SELECT claim_id, 'N', NULL FROM payment;
CREATE MATERIALIZED VIEW ins.mv_month REFRESH FAST ON COMMIT AS SELECT TRUNC(loss_date,'MM') m, COUNT(*) n FROM claim GROUP BY TRUNC(loss_date,'MM');
COMMENT ON TABLE ins.policy IS '保单主表';
`

type sampleRule struct {
	code, name, title, pattern string
	severity                   model.Severity
	effort                     model.Effort
	message, advice            string
	before, after              string
}

var sampleRules = []sampleRule{
	{"CV0101", "nvl", "NVL becomes COALESCE", `\bNVL\(`, model.Info, model.Auto, "NVL is written as COALESCE", "", "select nvl(a, 0) from t", "select coalesce(a, 0) from t"},
	{"CV0102", "decode", "DECODE becomes CASE", `\bDECODE\(`, model.Low, model.Auto, "DECODE is written as CASE with NULL-safe comparison", "", "decode(a, 1, 'x')", "case when a is not distinct from 1 then 'x' end"},
	{"CV0110", "outer-join", "(+) becomes an ANSI join", `\(\+\)`, model.Low, model.Auto, "old outer join is written as LEFT JOIN", "", "where a.x = b.x(+)", "a left join b on a.x = b.x"},
	{"CV0120", "rownum", "ROWNUM before ORDER BY", `\bROWNUM\b`, model.Medium, model.Review, "ROWNUM is applied before ORDER BY; LIMIT would be applied after", "Check that the subquery keeps the order that is meant.", "", ""},
	{"CV0130", "autonomous", "Autonomous transactions", `PRAGMA AUTONOMOUS_TRANSACTION`, model.High, model.Manual, "PostgreSQL has no autonomous transactions", "Write through a second connection (dblink, pg_background) or accept that the log row rolls back with the caller.", "", ""},
	{"CV0131", "commit-in-routine", "COMMIT inside a routine", `\bCOMMIT;`, model.Medium, model.Review, "COMMIT ends the caller's transaction and is only allowed in a procedure called outside a transaction block", "Move the commit to the caller.", "", ""},
	{"CV0140", "connect-by", "CONNECT BY becomes WITH RECURSIVE", `CONNECT BY`, model.Medium, model.Review, "hierarchical query is written as WITH RECURSIVE", "Compare the order of siblings.", "", ""},
	{"CV0150", "dynamic-ddl", "Dynamic DDL", `EXECUTE IMMEDIATE`, model.High, model.Manual, "the text is put together at run time and holds DDL that PostgreSQL does not know", "Rewrite with format() and quote_ident().", "", ""},
	{"CV0160", "merge-delete", "MERGE with DELETE", `DELETE WHERE`, model.Medium, model.Review, "DELETE of MERGE sees the updated row in Oracle", "", "", ""},
	{"CV0170", "package-state", "Package variables", `g_batch_size PLS_INTEGER`, model.Medium, model.Review, "package variable becomes a session setting", "", "", ""},
	{"CV0180", "minus", "MINUS becomes EXCEPT", `\bMINUS\b`, model.Info, model.Auto, "MINUS is written as EXCEPT", "", "a minus b", "a except b"},
	{"CV0190", "utl-file", "UTL_FILE", `UTL_FILE\.\w+`, model.High, model.Manual, "files of the database server are out of reach", "Move the file work to the application or to orafce's utl_file.", "", ""},
	{"CV0191", "dbms-package", "DBMS_ packages", `DBMS_\w+\.\w+`, model.Medium, model.Review, "call of a supplied package", "orafce has some of these packages.", "", ""},
	{"CV0200", "bfile", "BFILE", `\bBFILE\b`, model.Blocker, model.Manual, "PostgreSQL has no files outside the database as column values", "Decide where the files shall live: bytea, large objects or an object store.", "", ""},
	{"CV0201", "dblink", "Database link", `@reins|DATABASE LINK`, model.Blocker, model.Manual, "link to another Oracle database", "Bring both databases over in one wave, or use oracle_fdw for the time between.", "", ""},
	{"CV0210", "hint", "Optimizer hints", `/\*\+[^*]*\*/`, model.Info, model.Auto, "hint is dropped", "", "", ""},
	{"CV0220", "empty-string", "'' is NULL", `\|\|`, model.Low, model.Auto, "concatenation with NULL gives NULL in PostgreSQL; concat() is used", "", "", ""},
}

var (
	createRE  = regexp.MustCompile(`(?im)^CREATE (?:OR REPLACE )?(?:GLOBAL TEMPORARY )?(TABLE|SEQUENCE|SYNONYM|DATABASE LINK|PACKAGE BODY|PACKAGE|FUNCTION|TRIGGER|MATERIALIZED VIEW|VIEW) (?:ins\.)?(\w+)`)
	commentRE = regexp.MustCompile(`--.*|COMMENT ON.*`)
)

// sampleResult is a believable result made of sampleFiles with regular expressions; copies repeats the estate
// under other schema names for tests of size.
func sampleResult(copies int) *assess.Result {
	r := &assess.Result{
		Tool:   assess.Tool{Name: "landfall", Version: "0.1.0"},
		Source: assess.Source{Kind: "files", Name: "insurance-core", Version: "19c", Charset: "ZHS16GBK", Schemas: []string{"INS"}},
		Target: assess.Target{Profile: "postgresql", Title: "PostgreSQL", Version: "17"},
		Method: assess.Method{
			Steps:    []string{"Every file under the folder was read, decoded and parsed; each statement was printed back and compared token for token.", "The rule table was run over the tree with names resolved.", "Nothing was created on a server: rungs end at converted."},
			Limits:   []string{"Dynamic SQL is judged by its constant parts only.", "Row counts and sizes are not known from scripts."},
			Versions: []assess.Version{{Name: "landfall", Version: "0.1.0"}, {Name: "rule table", Version: "17 rules"}},
		},
	}
	r.Conversion = assess.Conversion{
		Statements: 40, Converted: 28, Changed: 5, Refused: 4, Ignored: 3, Grammar: "libpg_query 17", Server: "PostgreSQL 17.2", Extensions: []string{"orafce 4.14"},
		Absent: []string{"oracle_fdw"}, Needs: []assess.NeedCount{{Extension: "oracle_fdw", Objects: 1}}, NotClean: 2, Nothing: 1,
	}
	for _, d := range sampleRules {
		r.Rules = append(r.Rules, assess.RuleUse{Code: d.code, Name: d.name, Title: d.title, Severity: d.severity, Effort: d.effort, Before: d.before, After: d.after, Doc: "What " + d.title + " means for the migration, in a sentence or two."})
	}
	for n := range copies {
		schema := "INS"
		if n > 0 {
			schema = fmt.Sprintf("INS%d", n)
		}
		sampleSchema(r, schema)
	}
	r.Datatypes = []assess.DatatypeUse{
		{Type: "NUMBER", Family: "NUMBER", Count: 14, Columns: 3, Proposed: "numeric", Severity: model.Low, Note: "without precision: bigint where all values are whole and small", Examples: []string{"INS.CLAIM.AMOUNT"}},
		{Type: "NUMBER(18)", Family: "NUMBER", Count: 8, Columns: 8, Proposed: "bigint"},
		{Type: "NUMBER(12,2)", Family: "NUMBER", Count: 1, Columns: 1, Proposed: "numeric(12,2)"},
		{Type: "DATE", Family: "DATE", Count: 5, Columns: 3, Proposed: "timestamp(0)", Severity: model.Low, Note: "Oracle's DATE has a time of day"},
		{Type: "BFILE", Family: "LOB", Count: 1, Columns: 1, Severity: model.Blocker, Note: "no counterpart", Examples: []string{"INS.CLAIM.PHOTO"}},
		{Type: "LONG", Family: "LOB", Count: 1, Columns: 1, Proposed: "text", Severity: model.Low},
		{Type: "VARCHAR2(32 CHAR)", Family: "VARCHAR2", Count: 1, Columns: 1, Proposed: "varchar(32)"},
		{Type: "XMLTYPE", Family: "XML", Count: 1, Columns: 1, Proposed: "xml", Severity: model.Medium, Note: "functions differ"},
	}
	r.Features = []assess.FeatureUse{{Feature: "CONNECT BY", Group: "Query", Count: 1, Objects: 1}, {Feature: "Interval partitioning", Group: "Storage", Count: 1, Objects: 1, Note: "partitions must be made ahead"}, {Feature: "FORALL", Group: "PL/SQL", Count: 1, Objects: 1}}
	r.NotCovered = []assess.NotCovered{
		{File: "plsql/legacy_wrapped.plb", Line: 1, Lines: 412, Object: "package_body:INS.PKG_SECRET", Kind: assess.NotParsed, Reason: "wrapped source", Hint: "ask the vendor for the source", Head: "CREATE OR REPLACE PACKAGE BODY ins.pkg_secret wrapped a000000 1 abcd"},
		{File: "ddl/odd.sql", Line: 17, Lines: 3, Kind: assess.NotParsed, Reason: "expected ) but found ; at 17:42", Head: "=CREATE TABLE ins.odd (a NUMBER;"},
		{File: "ddl/scheduler.sql", Line: 4, Kind: assess.NotAssessed, Reason: "administrative statement", Head: "ALTER SYSTEM SET open_cursors = 800"},
	}
	r.Workload = sampleWorkload()
	r.Finish()
	sampleScores(r)
	r.Finish()
	return r
}

func sampleSchema(r *assess.Result, schema string) {
	id := func(k model.ObjectKind, n string) model.ObjectID {
		return model.NewObjectID(k, model.CatalogName(schema, n))
	}
	for name, src := range sampleFiles {
		if schema != "INS" {
			name = strings.ToLower(schema) + "/" + name
		}
		sum := sha256.Sum256([]byte(src))
		creates := createRE.FindAllStringSubmatchIndex(src, -1)
		r.Inputs = append(r.Inputs, assess.Input{Name: name, Bytes: int64(len(src)), SHA256: hex.EncodeToString(sum[:]), Charset: "gb18030", Lines: strings.Count(src, "\n"), Statements: len(creates) + 1, Parsed: len(creates) + 1 - len(name)%2})
		for i, m := range creates {
			end := len(src)
			if i+1 < len(creates) {
				end = creates[i+1][0]
			}
			kind, _ := model.ParseObjectKind(src[m[2]:m[3]])
			o := assess.Object{ID: id(kind, strings.ToUpper(src[m[4]:m[5]])), Kind: kind, Schema: schema, Name: strings.ToUpper(src[m[4]:m[5]]), File: name, Line: 1 + strings.Count(src[:m[0]], "\n"), Lines: strings.Count(src[m[0]:end], "\n"), Statements: 1 + strings.Count(src[m[0]:end], ";")/3, Rung: model.RungConverted, Wave: 1}
			if kind == model.KindTable && o.Name == "POLICY" {
				o.Comment, o.Rung = "保单主表", model.RungCompiled
				o.Evidence = []model.Evidence{{Object: o.ID, Rung: model.RungCompiled, OK: true, Check: "create", By: "PostgreSQL 17.2"}}
			}
			if kind.HasCode() || kind == model.KindView {
				o.Wave = 2 + kind.Rank()%3
				o.DependsOn = []model.ObjectID{id(model.KindTable, "CLAIM"), id(model.KindTable, "POLICY")}
				for _, d := range o.DependsOn {
					r.Dependencies.Edges = append(r.Dependencies.Edges, assess.Edge{From: o.ID, To: d, How: "reads"})
				}
			}
			for _, d := range sampleRules {
				for _, at := range regexp.MustCompile(d.pattern).FindAllStringIndex(src[m[0]:end], -1) {
					lo, hi := m[0]+at[0], m[0]+at[1]
					if inComment(src, lo) {
						continue
					}
					line := 1 + strings.Count(src[:lo], "\n")
					r.Findings = append(r.Findings, model.Finding{
						Code: d.code, Rule: d.name, Severity: d.severity, Effort: d.effort, Object: o.ID,
						Pos:     model.Pos{File: name, Offset: lo, Line: line, Col: 1 + len([]rune(src[strings.LastIndexByte(src[:lo], '\n')+1:lo]))},
						Message: d.message, Advice: d.advice, Snippet: model.NewSnippet(src, lo, hi, line, 2),
					})
					if d.severity == model.Blocker {
						o.Rung, o.Refused, o.Why = model.RungRead, true, d.code+": "+d.message
					}
				}
			}
			r.Objects = append(r.Objects, o)
		}
	}
	r.Objects = append(r.Objects, assess.Object{ID: id(model.KindPackageBody, "PKG_SECRET"), Kind: model.KindPackageBody, Schema: schema, Name: "PKG_SECRET", File: "plsql/legacy_wrapped.plb", Line: 1, Lines: 412, Wrapped: true})
	r.Dependencies.Edges = append(r.Dependencies.Edges, assess.Edge{From: id(model.KindSynonym, "TREATY"), To: "table:RI.TREATY@REINS", How: "names", External: true},
		assess.Edge{From: id(model.KindPackageBody, "PKG_CLAIM"), To: id(model.KindPackageBody, "PKG_POLICY"), How: "calls"}, assess.Edge{From: id(model.KindPackageBody, "PKG_POLICY"), To: id(model.KindPackageBody, "PKG_CLAIM"), How: "calls"})
	r.Dependencies.Cycles = append(r.Dependencies.Cycles, []model.ObjectID{id(model.KindPackageBody, "PKG_POLICY"), id(model.KindPackageBody, "PKG_CLAIM")})
	for w := 1; w <= 4; w++ {
		for len(r.Dependencies.Waves) < w {
			r.Dependencies.Waves = append(r.Dependencies.Waves, assess.Wave{Number: len(r.Dependencies.Waves) + 1})
		}
		for _, o := range r.Objects {
			if o.Wave == w && o.Schema == schema {
				r.Dependencies.Waves[w-1].Objects = append(r.Dependencies.Waves[w-1].Objects, o.ID)
			}
		}
	}
}

func inComment(src string, at int) bool {
	from := strings.LastIndexByte(src[:at], '\n') + 1
	m := commentRE.FindStringIndex(src[from:at])
	return m != nil
}
