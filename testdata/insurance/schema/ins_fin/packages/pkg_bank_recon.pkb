CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_bank_recon
IS
  TYPE t_stmt_tab IS TABLE OF bank_statement_line%ROWTYPE;
  TYPE t_id_list  IS TABLE OF NUMBER INDEX BY BINARY_INTEGER;

  PROCEDURE load_statement (p_file_name IN VARCHAR2, p_account_no IN VARCHAR2, p_loaded OUT PLS_INTEGER)
  IS
    f       UTL_FILE.FILE_TYPE;
    buf     VARCHAR2(2000);
    parts   DBMS_UTILITY.LNAME_ARRAY;
    n       PLS_INTEGER;
    pos     PLS_INTEGER;
    prev    PLS_INTEGER;
    bad     PLS_INTEGER := 0;
  BEGIN
    p_loaded := 0;
    f := UTL_FILE.FOPEN('BANK_IN_DIR', p_file_name, 'r', 2000);
    LOOP
      BEGIN
        UTL_FILE.GET_LINE(f, buf);
      EXCEPTION
        WHEN NO_DATA_FOUND THEN
          EXIT;
      END;
      -- 手工拆分, 这段代码 2010 年就有了
      parts.DELETE;
      n := 0;
      prev := 1;
      LOOP
        pos := INSTR(buf, '~', prev);
        n := n + 1;
        IF pos = 0 THEN
          parts(n) := SUBSTR(buf, prev);
          EXIT;
        END IF;
        parts(n) := SUBSTR(buf, prev, pos - prev);
        prev := pos + 1;
      END LOOP;

      BEGIN
        INSERT INTO bank_statement_line (account_no, stmt_date, bank_ref, dc_flag, amount, counter_acct, counter_name, summary)
        VALUES (p_account_no, TO_DATE(parts(1), 'YYYYMMDD'), parts(2), parts(3), parts(4) / 100, parts(5), parts(6), parts(7));
        p_loaded := p_loaded + 1;
      EXCEPTION
        WHEN NO_DATA_FOUND THEN
          bad := bad + 1;    -- 字段不足
        WHEN OTHERS THEN
          bad := bad + 1;
          pkg_log.warn('PKG_BANK_RECON', SQLERRM || ' in ' || buf);
      END;
    END LOOP;
    UTL_FILE.FCLOSE(f);
    IF bad > p_loaded THEN
      ROLLBACK;
      RAISE_APPLICATION_ERROR(-20440, 'file ' || p_file_name || ': ' || bad || ' bad lines');
    END IF;
  END load_statement;

  PROCEDURE match_exact (p_account_no IN VARCHAR2, p_date IN DATE, p_matched OUT PLS_INTEGER)
  IS
  BEGIN
    -- 支出:按付款编号
    MERGE INTO bank_statement_line s
    USING (SELECT p.payment_id, p.payment_no, p.net_amount
             FROM payment_order p
            WHERE p.status = '30'
              AND TRUNC(p.paid_at) BETWEEN p_date - 5 AND p_date) x
       ON (s.bank_ref = x.payment_no)
     WHEN MATCHED THEN
       UPDATE SET s.match_status = 'M', s.match_type = 'PAY', s.match_id = x.payment_id
        WHERE s.match_status = 'U'
          AND s.account_no = p_account_no
          AND s.dc_flag = 'D'
          AND ABS(s.amount - x.net_amount) < c_tolerance;
    p_matched := SQL%ROWCOUNT;

    UPDATE bank_statement_line s
       SET (s.match_status, s.match_type, s.match_id) =
           (SELECT 'M', 'RCP', MIN(r.receipt_id)
              FROM receipt r
             WHERE r.bank_ref = s.bank_ref
               AND r.amount = s.amount)
     WHERE s.match_status = 'U'
       AND s.account_no = p_account_no
       AND s.dc_flag = 'C'
       AND s.stmt_date = TRUNC(p_date)
       AND EXISTS (SELECT 1 FROM receipt r WHERE r.bank_ref = s.bank_ref AND r.amount = s.amount);
    p_matched := p_matched + SQL%ROWCOUNT;
  END match_exact;

  PROCEDURE match_fuzzy (p_account_no IN VARCHAR2, p_date IN DATE, p_days IN PLS_INTEGER DEFAULT 3, p_matched OUT PLS_INTEGER)
  IS
    l_stmt  t_stmt_tab;
    l_ids   t_id_list;
    l_line  t_id_list;
    l_pay   payment_order.payment_id%TYPE;
    l_name  VARCHAR2(200);
  BEGIN
    SELECT *
      BULK COLLECT INTO l_stmt
      FROM bank_statement_line
     WHERE account_no = p_account_no
       AND match_status = 'U'
       AND dc_flag = 'D'
       AND stmt_date BETWEEN p_date - p_days AND p_date;

    FOR i IN 1 .. l_stmt.COUNT LOOP
      l_name := TRANSLATE(l_stmt(i).counter_name, '() ', '()');
      BEGIN
        SELECT payment_id
          INTO l_pay
          FROM (SELECT payment_id,
                       UTL_MATCH.JARO_WINKLER_SIMILARITY(payee_name, l_name) AS score
                  FROM payment_order
                 WHERE status = '30'
                   AND net_amount = l_stmt(i).amount
                   AND account_no LIKE '%' || SUBSTR(l_stmt(i).counter_acct, -6)
                   AND NOT EXISTS (SELECT 1 FROM bank_statement_line b WHERE b.match_type = 'PAY' AND b.match_id = payment_id)
                 ORDER BY score DESC, paid_at)
         WHERE ROWNUM = 1
           AND score > 80;
        l_ids(l_ids.COUNT + 1)   := l_pay;
        l_line(l_line.COUNT + 1) := l_stmt(i).stmt_line_id;
      EXCEPTION
        WHEN NO_DATA_FOUND THEN NULL;
      END;
    END LOOP;

    FORALL i IN 1 .. l_ids.COUNT
      UPDATE bank_statement_line
         SET match_status = 'F', match_type = 'PAY', match_id = l_ids(i)
       WHERE stmt_line_id = l_line(i)
         AND match_status = 'U';
    p_matched := 0;
    FOR i IN 1 .. l_ids.COUNT LOOP
      p_matched := p_matched + SQL%BULK_ROWCOUNT(i);
    END LOOP;
  END match_fuzzy;

  -- 一笔流水 = 多张收据 (同一付款人同一天)
  PROCEDURE match_split (p_account_no IN VARCHAR2, p_date IN DATE, p_matched OUT PLS_INTEGER)
  IS
    CURSOR c_open IS
      SELECT s.stmt_line_id, s.amount, s.counter_name
        FROM bank_statement_line s
       WHERE s.account_no = p_account_no
         AND s.stmt_date = p_date
         AND s.dc_flag = 'C'
         AND s.match_status = 'U'
         FOR UPDATE;
    l_sum NUMBER;
    l_min NUMBER;
  BEGIN
    p_matched := 0;
    FOR c IN c_open LOOP
      SELECT SUM(amount), MIN(receipt_id)
        INTO l_sum, l_min
        FROM receipt
       WHERE payer_name = c.counter_name
         AND receipt_date = p_date
         AND bank_ref IS NULL;
      IF l_sum = c.amount THEN
        UPDATE bank_statement_line
           SET match_status = 'P', match_type = 'RCP', match_id = l_min
         WHERE CURRENT OF c_open;
        p_matched := p_matched + 1;
      END IF;
    END LOOP;
  END match_split;

  PROCEDURE unmatch (p_stmt_line_id IN NUMBER)
  IS
    l_old bank_statement_line.match_id%TYPE;
  BEGIN
    UPDATE bank_statement_line
       SET match_status = 'U', match_type = NULL, match_id = NULL
     WHERE stmt_line_id = p_stmt_line_id
    RETURNING stmt_line_id INTO l_old;
    IF SQL%ROWCOUNT <> 1 THEN
      RAISE_APPLICATION_ERROR(-20441, 'no such line', TRUE);
    END IF;
    pkg_audit.log_action('PAY', 'UNMATCH', 'BANK_STATEMENT_LINE', l_old);
  END unmatch;

  FUNCTION summary (p_date IN DATE) RETURN t_summary_tab PIPELINED
  IS
    l_row r_summary;
  BEGIN
    FOR a IN (SELECT ba.account_no,
                     COUNT(CASE WHEN s.match_status <> 'U' THEN 1 END) AS mc,
                     NVL(SUM(CASE WHEN s.match_status <> 'U' THEN s.amount END), 0) AS ms,
                     COUNT(CASE WHEN s.match_status = 'U' THEN 1 END) AS oc,
                     NVL(SUM(CASE WHEN s.match_status = 'U' THEN s.amount END), 0) AS os
                FROM bank_account ba, bank_statement_line s
               WHERE s.account_no (+) = ba.account_no
                 AND s.stmt_date (+) = TRUNC(p_date)
               GROUP BY ba.account_no
               ORDER BY ba.account_no)
    LOOP
      l_row.account_no    := a.account_no;
      l_row.matched_count := a.mc;
      l_row.matched_sum   := a.ms;
      l_row.open_count    := a.oc;
      l_row.open_sum      := a.os;
      PIPE ROW (l_row);
    END LOOP;
    RETURN;
  EXCEPTION
    WHEN NO_DATA_NEEDED THEN
      NULL;
  END summary;

  FUNCTION open_items (p_account_no IN VARCHAR2, p_page IN PLS_INTEGER DEFAULT 1, p_page_size IN PLS_INTEGER DEFAULT 20) RETURN SYS_REFCURSOR
  IS
    rc SYS_REFCURSOR;
  BEGIN
    OPEN rc FOR
      SELECT *
        FROM (SELECT t.*, ROWNUM rn
                FROM (SELECT stmt_line_id, stmt_date, dc_flag, amount, counter_name, summary,
                             TRUNC(SYSDATE) - stmt_date AS age_days
                        FROM bank_statement_line
                       WHERE account_no = p_account_no
                         AND match_status = 'U'
                       ORDER BY stmt_date, stmt_line_id) t
               WHERE ROWNUM <= p_page * p_page_size)
       WHERE rn > (p_page - 1) * p_page_size;
    RETURN rc;
  END open_items;

  PROCEDURE reconcile_day (p_date IN DATE)
  IS
    n1 PLS_INTEGER;
    n2 PLS_INTEGER;
    n3 PLS_INTEGER;
  BEGIN
    FOR a IN (SELECT account_no FROM bank_account) LOOP
      SAVEPOINT one_account;
      BEGIN
        match_exact(a.account_no, p_date, n1);
        match_fuzzy(a.account_no, p_date, p_matched => n2);
        match_split(a.account_no, p_date, n3);
        DBMS_OUTPUT.PUT_LINE(a.account_no || ': ' || n1 || '/' || n2 || '/' || n3);
      EXCEPTION
        WHEN TOO_MANY_ROWS OR DUP_VAL_ON_INDEX THEN
          ROLLBACK TO one_account;
        WHEN OTHERS THEN
          ROLLBACK TO one_account;
          pkg_log.error('PKG_BANK_RECON', DBMS_UTILITY.FORMAT_ERROR_STACK, a.account_no);
      END;
    END LOOP;
    COMMIT;
  END reconcile_day;
END pkg_bank_recon;
/
