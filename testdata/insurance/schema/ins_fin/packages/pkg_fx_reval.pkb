CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_fx_reval AS

  FUNCTION convert_amount (p_amount IN NUMBER, p_from IN VARCHAR2, p_to IN VARCHAR2, p_on IN DATE) RETURN NUMBER
  IS
    l_direct NUMBER;
  BEGIN
    IF p_from = p_to OR p_amount IS NULL THEN
      RETURN p_amount;
    END IF;

    <<direct_rate>>
    BEGIN
      SELECT rate
        INTO l_direct
        FROM exchange_rate e
       WHERE e.from_currency = p_from
         AND e.to_currency = p_to
         AND e.rate_type = 'M'
         AND e.rate_date = (SELECT MAX(e2.rate_date)
                              FROM exchange_rate e2
                             WHERE e2.from_currency = e.from_currency
                               AND e2.to_currency = e.to_currency
                               AND e2.rate_type = e.rate_type
                               AND e2.rate_date <= p_on);
    EXCEPTION
      WHEN NO_DATA_FOUND THEN
        -- 通过人民币套算
        l_direct := pkg_gl.fx_rate(p_from, p_on) / pkg_gl.fx_rate(p_to, p_on);
    END direct_rate;

    RETURN ROUND(p_amount * l_direct, CASE p_to WHEN 'JPY' THEN 0 ELSE 2 END);
  END convert_amount;

  FUNCTION convert_amount (p_money IN t_money, p_to IN VARCHAR2, p_on IN DATE) RETURN t_money
  IS
  BEGIN
    IF p_money IS NULL THEN
      RETURN NULL;
    END IF;
    RETURN NEW t_money(convert_amount(p_money.amount, p_money.currency, p_to, p_on), p_to);
  END convert_amount;

  FUNCTION run (p_period IN VARCHAR2, p_rate_date IN DATE DEFAULT NULL, p_simulate IN BOOLEAN DEFAULT FALSE) RETURN fx_reval_run.run_id%TYPE
  IS
    l_run   fx_reval_run%ROWTYPE;
    l_end   DATE;
    TYPE t_cur_rates IS TABLE OF NUMBER INDEX BY VARCHAR2(3);
    l_rates t_cur_rates;
    l_cur   VARCHAR2(3);
    l_rows  PLS_INTEGER;
  BEGIN
    SELECT end_date INTO l_end FROM gl_period WHERE period_code = p_period;

    l_run.run_id      := seq_fin_common.NEXTVAL;
    l_run.period_code := p_period;
    l_run.run_date    := SYSDATE;
    l_run.rate_date   := COALESCE(p_rate_date, pkg_util_date.prev_business_day(l_end + 1), l_end);
    l_run.total_gain  := 0;
    l_run.total_loss  := 0;
    l_run.status      := CASE WHEN p_simulate THEN 'S' ELSE 'N' END;
    INSERT INTO fx_reval_run VALUES l_run;

    FOR c IN (SELECT DISTINCT currency FROM gl_balance WHERE period_code = p_period AND currency <> 'CNY') LOOP
      l_rates(c.currency) := pkg_gl.fx_rate(c.currency, l_run.rate_date);
    END LOOP;

    l_cur := l_rates.FIRST;
    WHILE l_cur IS NOT NULL LOOP
      INSERT INTO fx_reval_line (run_id, account_code, branch_code, currency, balance_fc, balance_lc, new_rate, new_lc)
      SELECT l_run.run_id, b.account_code, b.branch_code, b.currency,
             SUM(b.open_fc + b.debit_fc - b.credit_fc),
             SUM(b.close_lc),
             l_rates(l_cur),
             ROUND(SUM(b.open_fc + b.debit_fc - b.credit_fc) * l_rates(l_cur), 2)
        FROM gl_balance b
        JOIN gl_account a ON a.account_code = b.account_code AND a.fx_reval_flag = 'Y'
       WHERE b.period_code = p_period
         AND b.currency = l_cur
       GROUP BY b.account_code, b.branch_code, b.currency
      HAVING SUM(b.open_fc + b.debit_fc - b.credit_fc) <> 0;
      l_rows := SQL%ROWCOUNT;
      DBMS_OUTPUT.PUT_LINE(l_cur || ' @ ' || l_rates(l_cur) || ': ' || l_rows);
      l_cur := l_rates.NEXT(l_cur);
    END LOOP;

    UPDATE fx_reval_run r
       SET (total_gain, total_loss) =
           (SELECT NVL(SUM(GREATEST(diff_lc, 0)), 0), NVL(SUM(LEAST(diff_lc, 0)), 0)
              FROM fx_reval_line l
             WHERE l.run_id = r.run_id)
     WHERE r.run_id = l_run.run_id;

    IF NOT p_simulate THEN
      post_run(l_run.run_id);
    END IF;
    RETURN l_run.run_id;
  END run;

  PROCEDURE post_run (p_run_id IN NUMBER)
  IS
    l_period fx_reval_run.period_code%TYPE;
    l_end    DATE;
    l_v      NUMBER;
    CURSOR c_branch IS
      SELECT DISTINCT branch_code FROM fx_reval_line WHERE run_id = p_run_id ORDER BY 1;
    CURSOR c_line (b VARCHAR2) IS
      SELECT account_code, currency, diff_lc FROM fx_reval_line WHERE run_id = p_run_id AND branch_code = b AND diff_lc <> 0;
  BEGIN
    SELECT r.period_code, p.end_date
      INTO l_period, l_end
      FROM fx_reval_run r, gl_period p
     WHERE p.period_code = r.period_code
       AND r.run_id = p_run_id;

    FOR br IN c_branch LOOP
      pkg_gl.begin_voucher('FX', 'FX_REVAL', 'FXR' || p_run_id, br.branch_code, l_end);
      FOR ln IN c_line(br.branch_code) LOOP
        -- 只调本位币, 原币为零, 因此按人民币记账
        pkg_gl.add_line(ln.account_code, 'D', ln.diff_lc, 'CNY', '汇兑重估 ' || ln.currency);
        pkg_gl.add_line(CASE WHEN ln.diff_lc > 0 THEN c_gain_account ELSE c_loss_account END, 'C', ln.diff_lc, 'CNY', '汇兑损益 ' || ln.currency);
      END LOOP;
      l_v := pkg_gl.post_voucher;
      UPDATE fx_reval_line SET voucher_id = l_v WHERE run_id = p_run_id AND branch_code = br.branch_code;
    END LOOP;
    UPDATE fx_reval_run SET status = 'P' WHERE run_id = p_run_id;
  END post_run;

  PROCEDURE reverse_run (p_run_id IN NUMBER)
  IS
    l_dummy NUMBER;
  BEGIN
    FOR v IN (SELECT DISTINCT voucher_id FROM fx_reval_line WHERE run_id = p_run_id AND voucher_id IS NOT NULL) LOOP
      l_dummy := pkg_gl.reverse_voucher(v.voucher_id, p_reason => '重估冲回');
    END LOOP;
    UPDATE fx_reval_run SET status = 'R' WHERE run_id = p_run_id AND status = 'P';
    IF SQL%NOTFOUND THEN
      RAISE_APPLICATION_ERROR(-20427, 'run ' || p_run_id || ' is not posted');
    END IF;
  END reverse_run;

  FUNCTION exposure (p_period IN VARCHAR2, p_currency IN VARCHAR2 DEFAULT NULL) RETURN NUMBER
  IS
    l_sum NUMBER;
  BEGIN
    SELECT SUM(close_lc)
      INTO l_sum
      FROM gl_balance NATURAL JOIN gl_account
     WHERE period_code = p_period
       AND fx_reval_flag = 'Y'
       AND currency = NVL(p_currency, currency)
       AND currency <> 'CNY';
    RETURN l_sum;
  END exposure;

  -- 缺汇率的工作日
  PROCEDURE rate_gaps (p_from IN DATE, p_to IN DATE, p_cur OUT SYS_REFCURSOR)
  IS
  BEGIN
    OPEN p_cur FOR
      SELECT c.from_currency, d.cal_date
        FROM (SELECT TRUNC(p_from) + LEVEL - 1 AS cal_date
                FROM dual
             CONNECT BY LEVEL <= TRUNC(p_to) - TRUNC(p_from) + 1) d
       CROSS JOIN (SELECT DISTINCT from_currency FROM exchange_rate) c
        LEFT OUTER JOIN exchange_rate e
          ON e.from_currency = c.from_currency
         AND e.to_currency = 'CNY'
         AND e.rate_date = d.cal_date
       WHERE e.rate IS NULL
         AND pkg_util_date.business_day_flag(d.cal_date) = 'Y'
       ORDER BY 1, 2;
  END rate_gaps;
END pkg_fx_reval;
/
