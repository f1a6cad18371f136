CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_period_close
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_PERIOD_CLOSE';
  g_steps  t_steps;

  PROCEDURE build_steps
  IS
    PROCEDURE add_step (p_code IN VARCHAR2, p_handler IN VARCHAR2)
    IS
    BEGIN
      g_steps.EXTEND;
      g_steps(g_steps.LAST).step_no   := g_steps.COUNT * 10;
      g_steps(g_steps.LAST).step_code := p_code;
      g_steps(g_steps.LAST).handler   := p_handler;
    END add_step;
  BEGIN
    g_steps := t_steps();
    add_step('CHECK',    'pkg_period_close.step_check_vouchers');
    add_step('RESERVES', 'pkg_period_close.step_reserves');
    add_step('REVAL',    'pkg_period_close.step_reval');
    add_step('TAX',      'pkg_period_close.step_tax');
    add_step('ROLL',     'pkg_period_close.roll_balances');
  END build_steps;

  FUNCTION lock_period (p_period IN VARCHAR2) RETURN gl_period%ROWTYPE
  IS
    l_row gl_period%ROWTYPE;
  BEGIN
    SELECT * INTO l_row FROM gl_period WHERE period_code = p_period FOR UPDATE WAIT 10;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RAISE_APPLICATION_ERROR(-20410, '会计期间不存在: ' || p_period);
  END lock_period;

  FUNCTION current_period RETURN gl_period.period_code%TYPE
  IS
    l_period gl_period.period_code%TYPE;
  BEGIN
    SELECT MIN(period_code) INTO l_period FROM gl_period WHERE status = 'O';
    RETURN l_period;
  END current_period;

  PROCEDURE open_period (p_period IN VARCHAR2)
  IS
    l_row gl_period%ROWTYPE;
    l_prev NUMBER;
  BEGIN
    l_row := lock_period(p_period);
    IF l_row.status = 'O' THEN
      RETURN;
    END IF;
    SELECT COUNT(*) INTO l_prev FROM gl_period WHERE end_date < l_row.start_date AND status = 'N';
    IF l_prev > 0 THEN
      RAISE_APPLICATION_ERROR(-20411, '前面还有未启用期间');
    END IF;
    UPDATE gl_period SET status = 'O' WHERE period_code = p_period;
  END open_period;

  PROCEDURE set_step (p_period IN VARCHAR2, p_step IN t_step, p_status IN VARCHAR2, p_rows IN NUMBER DEFAULT NULL, p_msg IN VARCHAR2 DEFAULT NULL)
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
  BEGIN
    MERGE INTO period_close_step s
    USING (SELECT p_period AS period_code, p_step.step_no AS step_no FROM dual) x
       ON (s.period_code = x.period_code AND s.step_no = x.step_no)
     WHEN MATCHED THEN
       UPDATE SET s.status      = p_status,
                  s.started_at  = CASE p_status WHEN 'R' THEN SYSTIMESTAMP ELSE s.started_at END,
                  s.finished_at = CASE WHEN p_status IN ('D', 'E') THEN SYSTIMESTAMP END,
                  s.row_count   = p_rows,
                  s.message     = SUBSTR(p_msg, 1, 1000)
     WHEN NOT MATCHED THEN
       INSERT (period_code, step_no, step_code, status, started_at)
       VALUES (p_period, p_step.step_no, p_step.step_code, p_status, SYSTIMESTAMP);
    COMMIT;
  END set_step;

  FUNCTION step_done (p_period IN VARCHAR2, p_step_no IN NUMBER) RETURN BOOLEAN
  IS
    l_status CHAR(1);
  BEGIN
    SELECT status INTO l_status FROM period_close_step WHERE period_code = p_period AND step_no = p_step_no;
    RETURN (l_status = 'D');
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN FALSE;
  END step_done;

  FUNCTION can_close (p_period IN VARCHAR2, p_messages OUT ins_claim.t_varchar_tab) RETURN BOOLEAN
  IS
    l_n    NUMBER;
    l_from DATE;
    l_to   DATE;
    PROCEDURE say (p_text VARCHAR2) IS
    BEGIN
      p_messages.EXTEND;
      p_messages(p_messages.COUNT) := p_text;
    END;
  BEGIN
    p_messages := ins_claim.t_varchar_tab();
    SELECT start_date, end_date INTO l_from, l_to FROM gl_period WHERE period_code = p_period;

    SELECT COUNT(*) INTO l_n FROM gl_voucher WHERE period_code = p_period AND status = 'D';
    IF l_n > 0 THEN say('草稿凭证 ' || l_n || ' 张'); END IF;

    SELECT COUNT(*) INTO l_n FROM payment_order WHERE status = '20' AND request_date <= l_to;
    IF l_n > 0 THEN say('在途付款 ' || l_n || ' 笔'); END IF;

    SELECT COUNT(*) INTO l_n FROM claim_reserve_mv WHERE posted_flag = 'N' AND movement_date BETWEEN l_from AND l_to;
    IF l_n > 0 THEN say('未过账准备金变动 ' || l_n || ' 条'); END IF;

    SELECT COUNT(*)
      INTO l_n
      FROM (SELECT voucher_id
              FROM gl_voucher_line
             WHERE accounting_date BETWEEN l_from AND l_to
             GROUP BY voucher_id
            HAVING SUM(signed_lc) <> 0);
    IF l_n > 0 THEN say('不平凭证 ' || l_n || ' 张'); END IF;

    RETURN p_messages.COUNT = 0;
  END can_close;

  PROCEDURE close_period (p_period IN VARCHAR2)
  IS
    l_row  gl_period%ROWTYPE := lock_period(p_period);
    l_rows NUMBER;
    l_step VARCHAR2(20);
  BEGIN
    IF l_row.status NOT IN ('O', 'S') THEN
      pkg_err.raise_error(pkg_err.c_period_closed, p_period);
    END IF;
    UPDATE gl_period SET status = 'S' WHERE period_code = p_period;
    COMMIT;

    build_steps;
    <<steps>>
    FOR i IN g_steps.FIRST .. g_steps.LAST LOOP
      l_step := g_steps(i).step_code;
      IF step_done(p_period, g_steps(i).step_no) THEN
        DBMS_OUTPUT.PUT_LINE('跳过 ' || l_step);
        CONTINUE steps;
      END IF;

      set_step(p_period, g_steps(i), 'R');
      DBMS_APPLICATION_INFO.SET_ACTION(l_step);
      SAVEPOINT sp_step;
      BEGIN
        EXECUTE IMMEDIATE 'BEGIN ' || g_steps(i).handler || '(:p, :r); END;' USING IN p_period, OUT l_rows;
      EXCEPTION
        WHEN OTHERS THEN
          ROLLBACK TO SAVEPOINT sp_step;
          set_step(p_period, g_steps(i), 'E', NULL, SQLERRM);
          pkg_log.error(c_module, l_step || ' ' || pkg_err.current_error, p_period);
          EXIT steps;
      END;
      set_step(p_period, g_steps(i), 'D', l_rows);
      COMMIT;

      IF i = g_steps.LAST THEN
        UPDATE gl_period
           SET status = 'C', closed_by = USER, closed_at = SYSDATE
         WHERE period_code = p_period;
        COMMIT;
        pkg_audit.log_action('GL', 'CLOSE', 'GL_PERIOD', p_period);
      END IF;
    END LOOP steps;
  END close_period;

  PROCEDURE reopen_period (p_period IN VARCHAR2, p_reason IN VARCHAR2)
  IS
    l_later PLS_INTEGER;
    l_row   gl_period%ROWTYPE;
  BEGIN
    l_row := lock_period(p_period);
    SELECT COUNT(*) INTO l_later FROM gl_period WHERE period_code > p_period AND status = 'C';
    CASE
      WHEN l_later > 0 THEN
        RAISE_APPLICATION_ERROR(-20412, '后续期间已关闭');
      WHEN l_row.status != 'C' THEN
        NULL;
      ELSE
        UPDATE gl_period SET status = 'O', closed_by = NULL, closed_at = NULL WHERE period_code = p_period;
        DELETE FROM period_close_step WHERE period_code = p_period AND step_code <> 'CHECK';
        pkg_audit.log_action('GL', 'REOPEN', 'GL_PERIOD', p_period, p_reason, pkg_audit.c_sev_critical);
    END CASE;
  END reopen_period;

  PROCEDURE reset_step (p_period IN VARCHAR2, p_step_code IN VARCHAR2)
  IS
  BEGIN
    UPDATE period_close_step
       SET status = 'P', message = NULL
     WHERE period_code = p_period
       AND step_code = UPPER(p_step_code)
       AND status IN ('E', 'D');
    IF SQL%ROWCOUNT = 0 THEN
      RAISE NO_DATA_FOUND;
    END IF;
  END reset_step;

  FUNCTION status_report (p_period IN VARCHAR2) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT step_no,
             step_code,
             status,
             EXTRACT(MINUTE FROM elapsed) * 60 + EXTRACT(SECOND FROM elapsed) AS seconds,
             row_count,
             NVL2(message, SUBSTR(message, 1, 80), '-') AS message,
             SUM(row_count) OVER (ORDER BY step_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS running_rows
        FROM period_close_step
       WHERE period_code = p_period
       ORDER BY step_no;
    RETURN l_cur;
  END status_report;

  PROCEDURE step_check_vouchers (p_period IN VARCHAR2, p_rows OUT NUMBER)
  IS
    l_msgs ins_claim.t_varchar_tab;
  BEGIN
    IF NOT can_close(p_period, l_msgs) THEN
      RAISE_APPLICATION_ERROR(-20413, l_msgs(1) || CASE WHEN l_msgs.COUNT > 1 THEN ' 等 ' || l_msgs.COUNT || ' 项' END);
    END IF;
    SELECT COUNT(*) INTO p_rows FROM gl_voucher WHERE period_code = p_period;
  END step_check_vouchers;

  PROCEDURE step_reserves (p_period IN VARCHAR2, p_rows OUT NUMBER)
  IS
    l_run NUMBER;
  BEGIN
    l_run := pkg_actuarial.run_upr(LAST_DAY(TO_DATE(p_period, 'YYYYMM')));
    SELECT COUNT(*) INTO p_rows FROM act_reserve WHERE run_id = l_run;
    pkg_actuarial.post_run(l_run);
  END step_reserves;

  PROCEDURE step_reval (p_period IN VARCHAR2, p_rows OUT NUMBER)
  IS
    l_run NUMBER := pkg_fx_reval.run(p_period);
  BEGIN
    SELECT COUNT(*) INTO p_rows FROM fx_reval_line WHERE run_id = l_run;
  END step_reval;

  PROCEDURE step_tax (p_period IN VARCHAR2, p_rows OUT NUMBER)
  IS
    l_total NUMBER;
  BEGIN
    pkg_tax.vessel_tax_of_period(p_period);
    pkg_tax.stamp_duty(p_period, l_total);
    pkg_tax.post_tax(p_period);
    p_rows := pkg_tax.period_tax('STP', p_period) + 0;
  END step_tax;

  PROCEDURE roll_balances (p_period IN VARCHAR2, p_rows OUT NUMBER)
  IS
    l_next VARCHAR2(6) := TO_CHAR(ADD_MONTHS(TO_DATE(p_period, 'YYYYMM'), 1), 'YYYYMM');
  BEGIN
    MERGE INTO gl_balance t
    USING (SELECT * FROM gl_balance WHERE period_code = p_period) s
       ON (t.period_code = l_next AND t.branch_code = s.branch_code AND t.account_code = s.account_code
           AND t.currency = s.currency AND t.line_of_business = s.line_of_business)
     WHEN MATCHED THEN
       UPDATE SET t.open_lc = s.close_lc, t.open_fc = s.open_fc + s.debit_fc - s.credit_fc
       DELETE WHERE t.open_lc = 0 AND t.debit_lc = 0 AND t.credit_lc = 0
     WHEN NOT MATCHED THEN
       INSERT (period_code, branch_code, account_code, currency, line_of_business, open_lc, open_fc)
       VALUES (l_next, s.branch_code, s.account_code, s.currency, s.line_of_business, s.close_lc, s.open_fc + s.debit_fc - s.credit_fc)
        WHERE s.close_lc <> 0;
    p_rows := SQL%ROWCOUNT;
  END roll_balances;

  -- 损益结转到 4103 本年利润
  PROCEDURE year_end_close (p_year IN PLS_INTEGER)
  IS
    l_period VARCHAR2(6) := p_year || '12';
    l_v      NUMBER;
  BEGIN
    FOR b IN (SELECT DISTINCT branch_code FROM gl_balance WHERE period_code = l_period) LOOP
      pkg_gl.begin_voucher('GL', 'YEAR_END', 'YE' || p_year, b.branch_code, TO_DATE(l_period || '31', 'YYYYMMDD'));
      FOR a IN (SELECT x.account_code, SUM(x.close_lc) AS bal
                  FROM gl_balance x, gl_account g
                 WHERE x.account_code = g.account_code
                   AND g.account_type IN ('I', 'X')
                   AND x.period_code = l_period
                   AND x.branch_code = b.branch_code
                 GROUP BY x.account_code
                HAVING SUM(x.close_lc) <> 0)
      LOOP
        pkg_gl.add_line(a.account_code, 'C', a.bal, 'CNY', p_year || ' 年结');
        pkg_gl.add_line('4103', 'D', a.bal, 'CNY', p_year || ' 年结');
      END LOOP;
      l_v := pkg_gl.post_voucher;
    END LOOP;
  END year_end_close;

BEGIN
  build_steps;
END pkg_period_close;
/
