CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_fin_report
AS
  FUNCTION trial_balance (p_period IN VARCHAR2, p_branch IN VARCHAR2 DEFAULT NULL, p_level IN PLS_INTEGER DEFAULT 9) RETURN t_trial_tab PIPELINED
  IS
    CURSOR c_tree IS
      SELECT a.account_code, a.account_name, LEVEL AS lvl, a.leaf_flag
        FROM gl_account a
       START WITH a.parent_code IS NULL
     CONNECT BY PRIOR a.account_code = a.parent_code
         AND LEVEL <= p_level
       ORDER SIBLINGS BY a.account_code;
    l_row t_trial_row;
  BEGIN
    FOR t IN c_tree LOOP
      l_row.account_code := t.account_code;
      l_row.account_name := LPAD(' ', (t.lvl - 1) * 2) || t.account_name;
      l_row.lvl          := t.lvl;
      SELECT NVL(SUM(b.open_lc), 0), NVL(SUM(b.debit_lc), 0), NVL(SUM(b.credit_lc), 0), NVL(SUM(b.close_lc), 0)
        INTO l_row.open_lc, l_row.debit_lc, l_row.credit_lc, l_row.close_lc
        FROM gl_balance b
       WHERE b.period_code = p_period
         AND b.branch_code = NVL(p_branch, b.branch_code)
         AND b.account_code LIKE t.account_code || '%';
      IF l_row.open_lc = 0 AND l_row.debit_lc = 0 AND l_row.credit_lc = 0 THEN
        CONTINUE;
      END IF;
      PIPE ROW (l_row);
    END LOOP;
    RETURN;
  END trial_balance;

  FUNCTION profit_and_loss (p_from IN VARCHAR2, p_to IN VARCHAR2) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT CASE GROUPING_ID(a.account_type, SUBSTR(a.account_code, 1, 4))
               WHEN 0 THEN SUBSTR(a.account_code, 1, 4)
               WHEN 1 THEN DECODE(a.account_type, 'I', '收入合计', '费用合计')
               ELSE '利润'
             END AS line_name,
             MAX(CASE WHEN GROUPING(SUBSTR(a.account_code, 1, 4)) = 0 THEN a.account_name END) AS account_name,
             SUM(b.credit_lc - b.debit_lc) AS amount
        FROM gl_balance b
        JOIN gl_account a ON a.account_code = b.account_code
       WHERE b.period_code BETWEEN p_from AND p_to
         AND a.account_type IN ('I', 'X')
       GROUP BY ROLLUP (a.account_type, SUBSTR(a.account_code, 1, 4))
       ORDER BY a.account_type NULLS LAST, GROUPING(SUBSTR(a.account_code, 1, 4)), 1;
    RETURN l_cur;
  END profit_and_loss;

  -- 综合成本率 = (赔款 + 费用) / 已赚保费
  FUNCTION combined_ratio (p_year IN PLS_INTEGER, p_lob IN VARCHAR2) RETURN NUMBER
  IS
    l_prem NUMBER;
    l_loss NUMBER;
    l_cost NUMBER;
  BEGIN
    SELECT SUM(CASE WHEN b.account_code LIKE '6031%' THEN b.credit_lc - b.debit_lc END),
           SUM(CASE WHEN b.account_code LIKE '6511%' THEN b.debit_lc - b.credit_lc END),
           SUM(CASE WHEN b.account_code LIKE '6421%' OR b.account_code LIKE '6601%' THEN b.debit_lc - b.credit_lc END)
      INTO l_prem, l_loss, l_cost
      FROM gl_balance b
     WHERE b.period_code LIKE p_year || '__'
       AND b.line_of_business = p_lob;
    RETURN ROUND((NVL(l_loss, 0) + NVL(l_cost, 0)) / l_prem, 4);
  EXCEPTION
    WHEN ZERO_DIVIDE THEN
      RETURN NULL;
  END combined_ratio;

  -- 任意查询导出, DBMS_SQL 描述列
  PROCEDURE export_csv (p_sql IN VARCHAR2, p_file IN VARCHAR2, p_rows OUT PLS_INTEGER)
  IS
    l_c    INTEGER := DBMS_SQL.OPEN_CURSOR;
    l_desc DBMS_SQL.DESC_TAB2;
    l_cols INTEGER;
    l_val  VARCHAR2(4000);
    l_line VARCHAR2(32767);
    l_out  UTL_FILE.FILE_TYPE;
    l_ret  INTEGER;
  BEGIN
    IF UPPER(LTRIM(p_sql)) NOT LIKE 'SELECT%' AND UPPER(LTRIM(p_sql)) NOT LIKE 'WITH%' THEN
      RAISE_APPLICATION_ERROR(-20495, '只能导出查询');
    END IF;
    DBMS_SQL.PARSE(l_c, p_sql, DBMS_SQL.NATIVE);
    DBMS_SQL.DESCRIBE_COLUMNS2(l_c, l_cols, l_desc);
    FOR i IN 1 .. l_cols LOOP
      DBMS_SQL.DEFINE_COLUMN(l_c, i, l_val, 4000);
      l_line := l_line || CASE WHEN i > 1 THEN ',' END || l_desc(i).col_name;
    END LOOP;
    l_ret := DBMS_SQL.EXECUTE(l_c);
    l_out := UTL_FILE.FOPEN('REPORT_DIR', p_file, 'w', 32767);
    UTL_FILE.PUT_LINE(l_out, l_line);

    p_rows := 0;
    WHILE DBMS_SQL.FETCH_ROWS(l_c) > 0 LOOP
      l_line := NULL;
      FOR i IN 1 .. l_cols LOOP
        DBMS_SQL.COLUMN_VALUE(l_c, i, l_val);
        IF INSTR(l_val, ',') > 0 OR INSTR(l_val, '"') > 0 THEN
          l_val := '"' || REPLACE(l_val, '"', '""') || '"';
        END IF;
        l_line := l_line || CASE WHEN i > 1 THEN ',' END || l_val;
      END LOOP;
      UTL_FILE.PUT_LINE(l_out, l_line);
      p_rows := p_rows + 1;
    END LOOP;
    UTL_FILE.FCLOSE(l_out);
    DBMS_SQL.CLOSE_CURSOR(l_c);
  EXCEPTION
    WHEN OTHERS THEN
      IF DBMS_SQL.IS_OPEN(l_c) THEN
        DBMS_SQL.CLOSE_CURSOR(l_c);
      END IF;
      IF UTL_FILE.IS_OPEN(l_out) THEN
        UTL_FILE.FCLOSE(l_out);
      END IF;
      RAISE;
  END export_csv;

  FUNCTION cash_forecast (p_days IN PLS_INTEGER DEFAULT 30) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      WITH days (d) AS (
        SELECT TRUNC(SYSDATE) FROM dual
        UNION ALL
        SELECT d + 1 FROM days WHERE d < TRUNC(SYSDATE) + p_days
      ),
      flow AS (
        SELECT GREATEST(due_date, TRUNC(SYSDATE)) AS d, open_amount * DECODE(dunning_level, 0, 0.95, 1, 0.7, 0.3) AS amt
          FROM collection_due
         WHERE status IN ('OP', 'PT', 'FR')
        UNION ALL
        SELECT GREATEST(TRUNC(due_date), TRUNC(SYSDATE)), -net_amount
          FROM payment_order
         WHERE status IN ('00', '10', '20')
      )
      SELECT days.d,
             NVL(SUM(flow.amt), 0) AS net_flow,
             SUM(NVL(SUM(flow.amt), 0)) OVER (ORDER BY days.d) AS running_balance
        FROM days
        LEFT JOIN flow ON flow.d = days.d
       GROUP BY days.d
       ORDER BY days.d;
    RETURN l_cur;
  END cash_forecast;

  FUNCTION top_vouchers (p_period IN VARCHAR2, p_top IN PLS_INTEGER DEFAULT 20) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT v.voucher_no, v.source_module, v.total_debit,
             CUME_DIST() OVER (ORDER BY v.total_debit) AS cume,
             (SELECT LISTAGG(DISTINCT l.account_code, '/') WITHIN GROUP (ORDER BY l.account_code)
                FROM gl_voucher_line l
               WHERE l.voucher_id = v.voucher_id) AS accounts
        FROM gl_voucher v
       WHERE v.period_code = p_period
       ORDER BY v.total_debit DESC
      OFFSET 0 ROWS FETCH NEXT p_top ROWS WITH TIES;
    RETURN l_cur;
  END top_vouchers;

  PROCEDURE print_account_tree (p_root IN VARCHAR2 DEFAULT NULL)
  IS
    -- 递归打印
    PROCEDURE walk (p_code IN VARCHAR2, p_depth IN PLS_INTEGER)
    IS
    BEGIN
      FOR r IN (SELECT account_code, account_name
                  FROM gl_account
                 WHERE DECODE(parent_code, p_code, 1, 0) = 1      -- NULL = NULL 为真
                 ORDER BY account_code) LOOP
        DBMS_OUTPUT.PUT_LINE(RPAD(' ', p_depth * 2) || r.account_code || ' ' || r.account_name);
        walk(r.account_code, p_depth + 1);
      END LOOP;
    END walk;
  BEGIN
    DBMS_OUTPUT.ENABLE(1000000);
    walk(p_root, 0);
  END print_account_tree;

  FUNCTION branch_comparison (p_period IN VARCHAR2) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT *
        FROM (SELECT SUBSTR(branch_code, 1, 4) AS region,
                     line_of_business,
                     credit_lc - debit_lc AS income
                FROM gl_balance
               WHERE period_code = p_period
                 AND account_code LIKE '6%')
       PIVOT (SUM(income) AS inc, COUNT(*) AS n
              FOR line_of_business IN ('LF' AS life, 'HL' AS health, 'PC' AS property, 'AC' AS accident, 'MT' AS motor))
       ORDER BY region;
    RETURN l_cur;
  END branch_comparison;
END pkg_fin_report;
/
