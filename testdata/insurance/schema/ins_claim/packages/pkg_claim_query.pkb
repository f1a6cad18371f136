CREATE OR REPLACE PACKAGE BODY ins_claim.pkg_claim_query
AS
  TYPE t_names IS TABLE OF VARCHAR2(60) INDEX BY VARCHAR2(2);
  g_status t_names;

  FUNCTION split_list (p_list IN VARCHAR2, p_sep IN VARCHAR2 DEFAULT ',') RETURN t_varchar_tab
  IS
    l_out t_varchar_tab := t_varchar_tab();
    l_pos PLS_INTEGER := 1;
    l_hit PLS_INTEGER;
  BEGIN
    IF p_list IS NULL THEN
      RETURN l_out;
    END IF;
    LOOP
      l_hit := INSTR(p_list, p_sep, l_pos);
      l_out.EXTEND;
      IF l_hit = 0 THEN
        l_out(l_out.LAST) := SUBSTR(p_list, l_pos);
        RETURN l_out;
      END IF;
      l_out(l_out.LAST) := SUBSTR(p_list, l_pos, l_hit - l_pos);
      l_pos := l_hit + LENGTH(p_sep);
    END LOOP;
  END split_list;

  FUNCTION status_name (p_status IN VARCHAR2) RETURN VARCHAR2
  IS
  BEGIN
    IF g_status.COUNT = 0 THEN
      FOR r IN (SELECT code_value, code_name FROM ref_code WHERE code_type = 'CLAIM_STATUS') LOOP
        g_status(r.code_value) := SUBSTR(r.code_name, 1, 20);
      END LOOP;
    END IF;
    RETURN CASE WHEN g_status.EXISTS(p_status) THEN g_status(p_status) ELSE p_status END;
  END status_name;

  -- 条件拼接: 每个绑定变量恒出现 (IS NULL OR ...), 保证 USING 个数固定
  FUNCTION where_clause (p_crit IN t_criteria) RETURN VARCHAR2
  IS
    l_sql VARCHAR2(4000);
  BEGIN
    l_sql := q'[ FROM claim c, party y
  WHERE y.party_id = c.insured_id
    AND c.claim_no = NVL(:claim_no, c.claim_no)
    AND c.policy_no = NVL(:policy_no, c.policy_no)
    AND c.branch_code = NVL(:branch, c.branch_code)
    AND c.report_date >= NVL(:d1, c.report_date) AND c.report_date < NVL(:d2, c.report_date) + 1
    AND NVL(c.assessed_amount, c.estimated_amount) >= NVL(:amt, 0)]';
    IF p_crit.insured IS NOT NULL THEN
      l_sql := l_sql || ' AND y.full_name LIKE ''' || REPLACE(p_crit.insured, '''', '''''') || '%''';
    END IF;
    IF p_crit.status_list IS NOT NULL THEN
      l_sql := l_sql || ' AND c.status IN (''' || REPLACE(p_crit.status_list, ',', ''',''') || ''')';
    END IF;
    RETURN l_sql;
  END where_clause;

  FUNCTION search (p_crit IN t_criteria, p_page IN PLS_INTEGER DEFAULT 1, p_size IN PLS_INTEGER DEFAULT 20) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
    l_sql VARCHAR2(8000);
  BEGIN
    l_sql := 'SELECT * FROM (SELECT q.*, ROWNUM AS rn FROM (SELECT /*+ FIRST_ROWS(20) */ c.claim_no, c.policy_no, y.full_name, c.loss_date, c.status, c.outstanding_amount'
          || where_clause(p_crit)
          || ' ORDER BY c.report_date DESC, c.claim_id) q WHERE ROWNUM <= :hi) WHERE rn > :lo';
    OPEN l_cur FOR l_sql
      USING p_crit.claim_no, p_crit.policy_no, p_crit.branch_code, p_crit.from_date, p_crit.to_date, p_crit.min_amount,
            p_page * p_size, (p_page - 1) * p_size;
    RETURN l_cur;
  END search;

  FUNCTION count_claims (p_crit IN t_criteria) RETURN PLS_INTEGER
  IS
    l_n PLS_INTEGER;
  BEGIN
    EXECUTE IMMEDIATE 'SELECT COUNT(*)' || where_clause(p_crit)
      INTO l_n
      USING p_crit.claim_no, p_crit.policy_no, p_crit.branch_code, p_crit.from_date, p_crit.to_date, p_crit.min_amount;
    RETURN l_n;
  END count_claims;

  FUNCTION open_claims (p_branch IN VARCHAR2 DEFAULT NULL) RETURN t_claim_summary_tab PIPELINED
  IS
    CURSOR c_open RETURN claim%ROWTYPE IS
      SELECT *
        FROM claim
       WHERE status IN ('10', '20', '30', '40', '50')
         AND (p_branch IS NULL OR branch_code = p_branch)
       ORDER BY report_date;
    l_name party.full_name%TYPE;
  BEGIN
    FOR r IN c_open LOOP
      BEGIN
        SELECT full_name INTO l_name FROM party WHERE party_id = r.insured_id;
      EXCEPTION
        WHEN NO_DATA_FOUND THEN
          l_name := '?';
      END;
      PIPE ROW (t_claim_summary(r.claim_no, l_name, r.loss_date, status_name(r.status), r.outstanding_amount, TRUNC(SYSDATE) - TRUNC(r.report_date)));
    END LOOP;
    RETURN;
  EXCEPTION
    WHEN NO_DATA_NEEDED THEN
      DBMS_OUTPUT.PUT_LINE('consumer stopped');
      RAISE;
  END open_claims;

  PROCEDURE workload (p_branch IN VARCHAR2, p_cur OUT t_weak_cur)
  IS
  BEGIN
    OPEN p_cur FOR
      SELECT NVL(t.assignee, '待领') AS assignee,
             COUNT(*) AS tasks,
             COUNT(CASE WHEN t.due_at < SYSDATE THEN 1 END) AS overdue,
             MIN(t.due_at) KEEP (DENSE_RANK FIRST ORDER BY t.priority) AS most_urgent,
             LISTAGG(c.claim_no, ', ' ON OVERFLOW TRUNCATE '...' WITH COUNT) WITHIN GROUP (ORDER BY t.due_at) AS claims
        FROM claim_task t
        JOIN claim c ON c.claim_id = t.claim_id
       WHERE t.status IN ('O', 'A')
         AND c.branch_code IN (SELECT b.branch_code
                                 FROM branch b
                                START WITH b.branch_code = p_branch
                              CONNECT BY b.parent_code = PRIOR b.branch_code)
       GROUP BY t.assignee
       ORDER BY overdue DESC;
  END workload;

  FUNCTION loss_ratio (p_product IN VARCHAR2, p_year IN NUMBER) RETURN NUMBER
  IS
    l_loss NUMBER;
    l_prem NUMBER;
  BEGIN
    SELECT SUM(NVL(assessed_amount, estimated_amount))
      INTO l_loss
      FROM claim
     WHERE product_code = p_product
       AND loss_date BETWEEN TO_DATE(p_year || '-01-01', 'YYYY-MM-DD') AND TO_DATE(p_year || '-12-31 23:59:59', 'YYYY-MM-DD HH24:MI:SS')
       AND status NOT IN ('80', '90');
    SELECT SUM(annual_premium * GREATEST(LEAST(NVL(expiry_date, DATE '9999-12-31'), TO_DATE(p_year || '1231', 'YYYYMMDD'))
                                         - GREATEST(effective_date, TO_DATE(p_year || '0101', 'YYYYMMDD')), 0) / 365)
      INTO l_prem
      FROM policy
     WHERE product_code = p_product;
    RETURN ROUND(NVL(l_loss, 0) / NULLIF(l_prem, 0), 4);
  END loss_ratio;

  PROCEDURE monthly_trend (p_months IN PLS_INTEGER, p_cur OUT SYS_REFCURSOR)
  IS
  BEGIN
    OPEN p_cur FOR
      WITH months AS (
        SELECT ADD_MONTHS(TRUNC(SYSDATE, 'MM'), 1 - LEVEL) AS m FROM dual CONNECT BY LEVEL <= p_months
      ),
      stat AS (
        SELECT TRUNC(report_date, 'MM') AS m, COUNT(*) AS cnt, SUM(NVL(assessed_amount, estimated_amount)) AS amt
          FROM claim
         GROUP BY TRUNC(report_date, 'MM')
      )
      SELECT TO_CHAR(months.m, 'YYYY-MM') AS month_code,
             NVL(stat.cnt, 0) AS claims,
             NVL(stat.amt, 0) AS amount,
             LAG(NVL(stat.cnt, 0), 12) OVER (ORDER BY months.m) AS claims_last_year,
             ROUND(AVG(NVL(stat.amt, 0)) OVER (ORDER BY months.m ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), 2) AS moving_avg,
             SUM(NVL(stat.amt, 0)) OVER (PARTITION BY EXTRACT(YEAR FROM months.m) ORDER BY months.m) AS ytd
        FROM months
        LEFT JOIN stat ON stat.m = months.m
       ORDER BY months.m;
  END monthly_trend;

  FUNCTION diagnosis_tree (p_root IN VARCHAR2) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT LPAD(' ', 2 * (LEVEL - 1)) || icd_code AS code,
             icd_name,
             LEVEL AS lvl,
             CONNECT_BY_ISLEAF AS leaf,
             CONNECT_BY_ROOT icd_code AS root_code,
             SYS_CONNECT_BY_PATH(icd_code, '>') AS code_path,
             (SELECT COUNT(*) FROM medical_bill b WHERE b.main_icd = d.icd_code) AS bills
        FROM icd_diagnosis d
       WHERE NOT (critical_flag = 'Y' AND LEVEL = 1)
       START WITH icd_code = p_root
     CONNECT BY NOCYCLE PRIOR icd_code = parent_code
       ORDER SIBLINGS BY icd_code;
    RETURN l_cur;
  END diagnosis_tree;
END pkg_claim_query;
/
