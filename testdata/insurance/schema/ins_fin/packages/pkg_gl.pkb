CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_gl
AS
  c_module CONSTANT VARCHAR2(20) := 'PKG_GL';

  -- package state: current voucher
  g_head     gl_voucher%ROWTYPE;
  g_lines    t_line_tab;
  g_open     BOOLEAN := FALSE;

  -- caches
  TYPE t_rate_cache IS TABLE OF NUMBER INDEX BY VARCHAR2(20);
  TYPE t_acct_cache IS TABLE OF gl_account%ROWTYPE INDEX BY VARCHAR2(20);
  g_rates    t_rate_cache;
  g_accounts t_acct_cache;

  CURSOR c_rules (cp_event VARCHAR2, cp_lob VARCHAR2, cp_currency VARCHAR2, cp_date DATE) IS
    SELECT line_no, dc_flag, account_code, amount_expr, summary_tpl
      FROM (SELECT r.*,
                   RANK() OVER (PARTITION BY r.event_code, r.line_no
                                ORDER BY NVL2(r.line_of_business, 0, 1), NVL2(r.currency, 0, 1), r.priority) AS rk
              FROM gl_posting_rule r
             WHERE r.event_code = cp_event
               AND NVL(r.line_of_business, NVL(cp_lob, '**')) = NVL(cp_lob, '**')
               AND (r.currency IS NULL OR r.currency = cp_currency)
               AND cp_date BETWEEN r.valid_from AND NVL(r.valid_to, DATE '9999-12-31'))
     WHERE rk = 1
     ORDER BY line_no;

  FUNCTION get_account (p_account IN VARCHAR2) RETURN gl_account%ROWTYPE
  IS
    l_row gl_account%ROWTYPE;
  BEGIN
    IF g_accounts.EXISTS(p_account) THEN
      RETURN g_accounts(p_account);
    END IF;
    SELECT * INTO l_row FROM gl_account WHERE account_code = p_account;
    g_accounts(p_account) := l_row;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RAISE_APPLICATION_ERROR(-20421, '科目不存在: ' || p_account);
  END get_account;

  PROCEDURE validate_account (p_account IN VARCHAR2)
  IS
    l_acct gl_account%ROWTYPE := get_account(p_account);
  BEGIN
    IF l_acct.leaf_flag <> 'Y' THEN
      RAISE_APPLICATION_ERROR(-20421, '非末级科目不能记账: ' || p_account || ' ' || l_acct.account_name);
    ELSIF l_acct.active_flag <> 'Y' THEN
      RAISE_APPLICATION_ERROR(-20421, '科目已停用: ' || p_account);
    END IF;
  END validate_account;

  PROCEDURE reset_cache
  IS
  BEGIN
    g_rates.DELETE;
    g_accounts.DELETE;
  END reset_cache;

  FUNCTION line_count RETURN PLS_INTEGER IS BEGIN RETURN g_lines.COUNT; END;

  FUNCTION period_of (p_date IN DATE) RETURN VARCHAR2
  IS
    l_period gl_period.period_code%TYPE;
  BEGIN
    SELECT period_code
      INTO l_period
      FROM gl_period
     WHERE TRUNC(p_date) BETWEEN start_date AND end_date;
    RETURN l_period;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN TO_CHAR(p_date, 'YYYYMM');
  END period_of;

  FUNCTION is_period_open (p_period IN VARCHAR2) RETURN BOOLEAN
  IS
    l_status gl_period.status%TYPE;
  BEGIN
    SELECT status INTO l_status FROM gl_period WHERE period_code = p_period;
    RETURN l_status IN ('O', 'S');
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN FALSE;
  END is_period_open;

  FUNCTION fx_rate (p_currency IN VARCHAR2, p_date IN DATE) RETURN NUMBER
  IS
    l_key  VARCHAR2(20) := p_currency || TO_CHAR(p_date, 'YYYYMMDD');
    l_rate exchange_rate.rate%TYPE;
  BEGIN
    IF p_currency = c_base THEN
      RETURN 1;
    END IF;
    IF g_rates.EXISTS(l_key) THEN
      RETURN g_rates(l_key);
    END IF;

    SELECT MAX(rate) KEEP (DENSE_RANK FIRST ORDER BY rate_date DESC)
      INTO l_rate
      FROM exchange_rate
     WHERE from_currency = p_currency
       AND to_currency = c_base
       AND rate_type = 'M'
       AND rate_date BETWEEN p_date - 10 AND p_date;

    IF l_rate IS NULL THEN
      RAISE_APPLICATION_ERROR(-20423, '没有汇率 ' || l_key);
    END IF;
    g_rates(l_key) := l_rate;
    RETURN l_rate;
  END fx_rate;

  PROCEDURE check_open
  IS
  BEGIN
    IF NOT g_open THEN
      RAISE e_no_voucher;
    END IF;
  END check_open;

  PROCEDURE begin_voucher (
    p_source  IN gl_voucher.source_module%TYPE,
    p_event   IN gl_voucher.event_code%TYPE,
    p_ref     IN gl_voucher.business_ref%TYPE,
    p_branch  IN gl_voucher.branch_code%TYPE,
    p_date    IN DATE DEFAULT SYSDATE)
  IS
    l_empty gl_voucher%ROWTYPE;
  BEGIN
    IF g_open THEN
      pkg_log.warn(c_module, 'voucher ' || g_head.voucher_no || ' discarded, ' || g_lines.COUNT || ' lines', g_head.voucher_id);
      discard_voucher;
    END IF;

    g_head := l_empty;
    g_head.accounting_date := TRUNC(p_date);
    g_head.period_code     := period_of(p_date);

    IF NOT is_period_open(g_head.period_code) THEN
      pkg_err.raise_error(pkg_err.c_period_closed, g_head.period_code);
    END IF;

    SELECT seq_voucher_id.NEXTVAL,
           SUBSTR(p_branch, 1, 4) || g_head.period_code || LPAD(seq_voucher_no.NEXTVAL, 8, '0')
      INTO g_head.voucher_id, g_head.voucher_no
      FROM dual;

    g_head.branch_code   := p_branch;
    g_head.source_module := p_source;
    g_head.event_code    := p_event;
    g_head.business_ref  := p_ref;
    g_head.total_debit   := 0;
    g_head.total_credit  := 0;
    g_head.status        := 'D';
    g_head.created_by    := USER;
    g_head.created_at    := SYSTIMESTAMP;
    g_open := TRUE;
  END begin_voucher;

  PROCEDURE add_line (
    p_account  IN t_account,
    p_dc       IN VARCHAR2,
    p_amount   IN NUMBER,
    p_currency IN VARCHAR2,
    p_dims     IN t_dims,
    p_summary  IN VARCHAR2 DEFAULT NULL)
  IS
    l_line gl_voucher_line%ROWTYPE;
    l_dc   CHAR(1) := p_dc;
    l_amt  NUMBER := ROUND(p_amount, 2);
  BEGIN
    check_open;
    IF NVL(l_amt, 0) = 0 THEN
      RETURN;
    END IF;
    validate_account(p_account);

    -- 负数改方向
    IF l_amt < 0 THEN
      l_dc  := CASE p_dc WHEN c_debit THEN c_credit ELSE c_debit END;
      l_amt := -l_amt;
    END IF;

    l_line.voucher_id       := g_head.voucher_id;
    l_line.line_no          := g_lines.COUNT + 1;
    l_line.accounting_date  := g_head.accounting_date;
    l_line.account_code     := p_account;
    l_line.dc_flag          := l_dc;
    l_line.currency         := p_currency;
    l_line.fx_rate          := fx_rate(p_currency, g_head.accounting_date);
    l_line.amount_fc        := l_amt;
    l_line.amount_lc        := ROUND(l_amt * l_line.fx_rate, 2);
    l_line.line_of_business := p_dims.line_of_business;
    l_line.branch_code      := g_head.branch_code;
    l_line.party_id         := p_dims.party_id;
    l_line.policy_no        := p_dims.policy_no;
    l_line.claim_no         := p_dims.claim_no;
    l_line.summary          := SUBSTR(p_summary, 1, 200);
    g_lines(l_line.line_no) := l_line;

    IF l_dc = c_debit THEN
      g_head.total_debit := g_head.total_debit + l_line.amount_lc;
    ELSE
      g_head.total_credit := g_head.total_credit + l_line.amount_lc;
    END IF;
  END add_line;

  PROCEDURE add_line (
    p_account  IN t_account,
    p_dc       IN VARCHAR2,
    p_amount   IN NUMBER,
    p_currency IN VARCHAR2 DEFAULT c_base,
    p_summary  IN VARCHAR2 DEFAULT NULL)
  IS
    l_dims t_dims;
  BEGIN
    add_line(p_account, p_dc, p_amount, p_currency, l_dims, p_summary);
  END add_line;

  -- 金额表达式: AMOUNT / NET / TAX / FEE 或简单四则, 用动态 SQL 求值
  FUNCTION eval_amount (p_expr IN VARCHAR2, p_amounts IN t_amounts) RETURN NUMBER
  IS
    l_result NUMBER;
    l_expr   VARCHAR2(400);
  BEGIN
    CASE UPPER(p_expr)
      WHEN 'AMOUNT' THEN RETURN p_amounts.amount;
      WHEN 'NET'    THEN RETURN p_amounts.net;
      WHEN 'TAX'    THEN RETURN p_amounts.tax;
      WHEN 'FEE'    THEN RETURN p_amounts.fee;
      ELSE NULL;
    END CASE;

    IF NOT REGEXP_LIKE(p_expr, '^[A-Z0-9+*/(). -]+$') THEN
      RAISE_APPLICATION_ERROR(-20424, '非法金额表达式: ' || p_expr);
    END IF;
    l_expr := REGEXP_REPLACE(UPPER(p_expr), '(AMOUNT|NET|TAX|FEE)', 'v.\1');
    EXECUTE IMMEDIATE
      'SELECT ' || l_expr || ' FROM (SELECT :a AS amount, :n AS net, :t AS tax, :f AS fee FROM dual) v'
      INTO l_result
      USING p_amounts.amount, p_amounts.net, p_amounts.tax, p_amounts.fee;
    RETURN l_result;
  END eval_amount;

  PROCEDURE add_event (
    p_event    IN VARCHAR2,
    p_amounts  IN t_amounts,
    p_currency IN VARCHAR2,
    p_dims     IN t_dims)
  IS
    l_found BOOLEAN := FALSE;
    l_text  VARCHAR2(400);
  BEGIN
    check_open;
    FOR r IN c_rules(p_event, p_dims.line_of_business, p_currency, g_head.accounting_date) LOOP
      l_found := TRUE;
      l_text := REPLACE(REPLACE(r.summary_tpl, '#POLICY#', p_dims.policy_no), '#CLAIM#', p_dims.claim_no);
      add_line(
        p_account  => r.account_code,
        p_dc       => r.dc_flag,
        p_amount   => eval_amount(r.amount_expr, p_amounts),
        p_currency => p_currency,
        p_dims     => p_dims,
        p_summary  => NVL(l_text, p_event));
    END LOOP;
    IF NOT l_found THEN
      RAISE_APPLICATION_ERROR(-20422, '没有记账规则: ' || p_event || '/' || NVL(p_dims.line_of_business, '-'));
    END IF;
  END add_event;

  -- 汇率尾差放到最大的一行
  PROCEDURE absorb_rounding
  IS
    l_diff NUMBER := g_head.total_debit - g_head.total_credit;
    l_max  PLS_INTEGER;
  BEGIN
    IF l_diff = 0 THEN
      RETURN;
    END IF;
    IF ABS(l_diff) > 0.05 * g_lines.COUNT THEN
      pkg_err.raise_error(pkg_err.c_unbalanced, g_head.voucher_no, TO_CHAR(l_diff, 'FM999999990.00'));
    END IF;
    FOR i IN 1 .. g_lines.COUNT LOOP
      IF g_lines(i).currency <> c_base AND (l_max IS NULL OR g_lines(i).amount_lc > g_lines(l_max).amount_lc) THEN
        l_max := i;
      END IF;
    END LOOP;
    IF l_max IS NULL THEN
      pkg_err.raise_error(pkg_err.c_unbalanced, g_head.voucher_no, TO_CHAR(l_diff));
    END IF;
    IF g_lines(l_max).dc_flag = c_debit THEN
      g_lines(l_max).amount_lc := g_lines(l_max).amount_lc - l_diff;
      g_head.total_debit := g_head.total_debit - l_diff;
    ELSE
      g_lines(l_max).amount_lc := g_lines(l_max).amount_lc + l_diff;
      g_head.total_credit := g_head.total_credit + l_diff;
    END IF;
  END absorb_rounding;

  PROCEDURE update_balances (p_period IN VARCHAR2)
  IS
  BEGIN
    DELETE FROM gtt_gl_post;
    FORALL i IN 1 .. g_lines.COUNT
      INSERT INTO gtt_gl_post (seq_no, account_code, dc_flag, currency, amount_fc, amount_lc, line_of_business, branch_code)
      VALUES (g_lines(i).line_no, g_lines(i).account_code, g_lines(i).dc_flag, g_lines(i).currency,
              g_lines(i).amount_fc, g_lines(i).amount_lc, NVL(g_lines(i).line_of_business, '**'), g_lines(i).branch_code);

    MERGE INTO gl_balance b
    USING (SELECT branch_code,
                  account_code,
                  currency,
                  line_of_business,
                  SUM(DECODE(dc_flag, 'D', amount_lc, 0)) AS d_lc,
                  SUM(DECODE(dc_flag, 'C', amount_lc, 0)) AS c_lc,
                  SUM(DECODE(dc_flag, 'D', amount_fc, 0)) AS d_fc,
                  SUM(DECODE(dc_flag, 'C', amount_fc, 0)) AS c_fc
             FROM gtt_gl_post
            GROUP BY branch_code, account_code, currency, line_of_business) s
       ON (    b.period_code = p_period
           AND b.branch_code = s.branch_code
           AND b.account_code = s.account_code
           AND b.currency = s.currency
           AND b.line_of_business = s.line_of_business)
     WHEN MATCHED THEN
       UPDATE SET b.debit_lc   = b.debit_lc + s.d_lc,
                  b.credit_lc  = b.credit_lc + s.c_lc,
                  b.debit_fc   = b.debit_fc + s.d_fc,
                  b.credit_fc  = b.credit_fc + s.c_fc,
                  b.updated_at = SYSTIMESTAMP
     WHEN NOT MATCHED THEN
       INSERT (period_code, branch_code, account_code, currency, line_of_business,
               debit_lc, credit_lc, debit_fc, credit_fc, updated_at)
       VALUES (p_period, s.branch_code, s.account_code, s.currency, s.line_of_business,
               s.d_lc, s.c_lc, s.d_fc, s.c_fc, SYSTIMESTAMP);
  END update_balances;

  FUNCTION post_voucher RETURN gl_voucher.voucher_id%TYPE
  IS
    l_id gl_voucher.voucher_id%TYPE;
  BEGIN
    check_open;
    IF g_lines.COUNT = 0 THEN
      discard_voucher;
      RETURN NULL;
    END IF;
    absorb_rounding;

    g_head.status    := 'P';
    g_head.posted_at := SYSTIMESTAMP;
    SAVEPOINT sp_voucher;

    INSERT INTO gl_voucher VALUES g_head RETURNING voucher_id INTO l_id;

    FORALL i IN 1 .. g_lines.COUNT
      INSERT INTO gl_voucher_line (voucher_id, line_no, accounting_date, account_code, dc_flag, currency, fx_rate,
                                   amount_fc, amount_lc, line_of_business, branch_code, party_id, policy_no, claim_no, summary)
      VALUES (g_lines(i).voucher_id, g_lines(i).line_no, g_lines(i).accounting_date, g_lines(i).account_code,
              g_lines(i).dc_flag, g_lines(i).currency, g_lines(i).fx_rate, g_lines(i).amount_fc, g_lines(i).amount_lc,
              g_lines(i).line_of_business, g_lines(i).branch_code, g_lines(i).party_id,
              g_lines(i).policy_no, g_lines(i).claim_no, g_lines(i).summary);

    update_balances(g_head.period_code);
    discard_voucher;
    RETURN l_id;
  EXCEPTION
    WHEN DUP_VAL_ON_INDEX THEN
      ROLLBACK TO SAVEPOINT sp_voucher;
      pkg_log.error(c_module, 'duplicate voucher ' || g_head.voucher_no, g_head.voucher_id);
      discard_voucher;
      RAISE;
  END post_voucher;

  PROCEDURE discard_voucher
  IS
  BEGIN
    g_lines.DELETE;
    g_open := FALSE;
  END discard_voucher;

  FUNCTION post_event (
    p_event    IN VARCHAR2,
    p_source   IN VARCHAR2,
    p_ref      IN VARCHAR2,
    p_branch   IN VARCHAR2,
    p_amount   IN NUMBER,
    p_currency IN VARCHAR2 DEFAULT c_base,
    p_lob      IN VARCHAR2 DEFAULT NULL,
    p_policy_no IN VARCHAR2 DEFAULT NULL,
    p_claim_no IN VARCHAR2 DEFAULT NULL,
    p_date     IN DATE DEFAULT SYSDATE,
    p_tax      IN NUMBER DEFAULT 0) RETURN NUMBER
  IS
    l_amounts t_amounts;
    l_dims    t_dims;
  BEGIN
    l_amounts.amount := p_amount;
    l_amounts.tax    := NVL(p_tax, 0);
    l_amounts.net    := p_amount - NVL(p_tax, 0);
    l_dims.line_of_business := p_lob;
    l_dims.policy_no := p_policy_no;
    l_dims.claim_no  := p_claim_no;

    begin_voucher(p_source, p_event, p_ref, p_branch, p_date);
    add_event(p_event, l_amounts, p_currency, l_dims);
    RETURN post_voucher;
  EXCEPTION
    WHEN OTHERS THEN
      discard_voucher;
      RAISE;
  END post_event;

  FUNCTION post_lines (p_lines IN t_posting_tab, p_source IN VARCHAR2, p_ref IN VARCHAR2, p_branch IN VARCHAR2, p_date IN DATE) RETURN NUMBER
  IS
    l_dims t_dims;
    i      PLS_INTEGER;
  BEGIN
    IF p_lines IS NULL OR p_lines IS EMPTY THEN
      RETURN NULL;
    END IF;
    begin_voucher(p_source, 'MANUAL', p_ref, p_branch, p_date);
    i := p_lines.FIRST;
    WHILE i IS NOT NULL LOOP
      l_dims.line_of_business := p_lines(i).line_of_business;
      l_dims.policy_no        := p_lines(i).policy_no;
      l_dims.claim_no         := p_lines(i).claim_no;
      add_line(p_lines(i).account_code, p_lines(i).dc_flag, p_lines(i).amount, NVL(p_lines(i).currency, c_base), l_dims, p_lines(i).summary);
      i := p_lines.NEXT(i);
    END LOOP;
    RETURN post_voucher();
  END post_lines;

  FUNCTION reverse_voucher (p_voucher_id IN NUMBER, p_date IN DATE DEFAULT NULL, p_reason IN VARCHAR2 DEFAULT NULL) RETURN NUMBER
  IS
    l_old  gl_voucher%ROWTYPE;
    l_new  NUMBER;
    l_dims t_dims;
  BEGIN
    SELECT * INTO l_old FROM gl_voucher WHERE voucher_id = p_voucher_id FOR UPDATE WAIT 5;
    IF l_old.status <> 'P' THEN
      RAISE_APPLICATION_ERROR(-20425, '凭证不可冲销, 状态=' || l_old.status);
    END IF;

    begin_voucher(l_old.source_module, 'REVERSAL', l_old.voucher_no, l_old.branch_code, NVL(p_date, SYSDATE));
    g_head.reversal_of := p_voucher_id;
    FOR r IN (SELECT *
                FROM gl_voucher_line
               WHERE voucher_id = p_voucher_id
               ORDER BY line_no) LOOP
      l_dims.line_of_business := r.line_of_business;
      l_dims.party_id  := r.party_id;
      l_dims.policy_no := r.policy_no;
      l_dims.claim_no  := r.claim_no;
      add_line(r.account_code, CASE r.dc_flag WHEN 'D' THEN 'C' ELSE 'D' END, r.amount_fc, r.currency, l_dims,
               '冲销 ' || NVL(p_reason, l_old.voucher_no));
    END LOOP;
    l_new := post_voucher;
    UPDATE gl_voucher SET status = 'R' WHERE voucher_id = p_voucher_id;
    pkg_audit.log_action('GL', 'REVERSE', 'GL_VOUCHER', p_voucher_id, p_reason, pkg_audit.c_sev_high);
    RETURN l_new;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RAISE_APPLICATION_ERROR(-20426, '凭证不存在: ' || p_voucher_id);
  END reverse_voucher;

  FUNCTION account_balance (p_account IN VARCHAR2, p_period IN VARCHAR2, p_branch IN VARCHAR2 DEFAULT NULL) RETURN NUMBER
  IS
    l_total NUMBER;
  BEGIN
    -- 汇总下级科目与下级机构
    SELECT NVL(SUM(b.close_lc), 0)
      INTO l_total
      FROM gl_balance b
     WHERE b.period_code = p_period
       AND b.account_code IN (SELECT a.account_code
                                FROM gl_account a
                               START WITH a.account_code = p_account
                             CONNECT BY PRIOR a.account_code = a.parent_code)
       AND (p_branch IS NULL
            OR b.branch_code IN (SELECT br.branch_code
                                   FROM branch br
                                  START WITH br.branch_code = p_branch
                                CONNECT BY PRIOR br.branch_code = br.parent_code));
    RETURN l_total;
  END account_balance;

  FUNCTION account_path (p_account IN VARCHAR2) RETURN VARCHAR2
  IS
    l_path VARCHAR2(2000);
  BEGIN
    SELECT path
      INTO l_path
      FROM (SELECT account_code, SYS_CONNECT_BY_PATH(account_name, '/') AS path
              FROM gl_account
             START WITH parent_code IS NULL
           CONNECT BY parent_code = PRIOR account_code)
     WHERE account_code = p_account;
    RETURN LTRIM(l_path, '/');
  END account_path;

  -- 从明细重算一个期间的余额
  PROCEDURE rebuild_balances (p_period IN VARCHAR2)
  IS
    l_prev gl_period.period_code%TYPE;
    l_from DATE;
    l_to   DATE;
  BEGIN
    SELECT start_date, end_date INTO l_from, l_to FROM gl_period WHERE period_code = p_period;
    l_prev := TO_CHAR(ADD_MONTHS(l_from, -1), 'YYYYMM');

    DELETE gl_balance WHERE period_code = p_period;

    INSERT /*+ APPEND */ INTO gl_balance (period_code, branch_code, account_code, currency, line_of_business,
                                          open_lc, debit_lc, credit_lc, open_fc, debit_fc, credit_fc, updated_at)
    SELECT p_period, branch_code, account_code, currency, line_of_business,
           SUM(open_lc), SUM(debit_lc), SUM(credit_lc), SUM(open_fc), SUM(debit_fc), SUM(credit_fc), SYSTIMESTAMP
      FROM (SELECT branch_code, account_code, currency, line_of_business,
                   close_lc AS open_lc, 0 AS debit_lc, 0 AS credit_lc,
                   open_fc + debit_fc - credit_fc AS open_fc, 0 AS debit_fc, 0 AS credit_fc
              FROM gl_balance
             WHERE period_code = l_prev
            UNION ALL
            SELECT l.branch_code, l.account_code, l.currency, NVL(l.line_of_business, '**'),
                   0, DECODE(l.dc_flag, 'D', l.amount_lc, 0), DECODE(l.dc_flag, 'C', l.amount_lc, 0),
                   0, DECODE(l.dc_flag, 'D', l.amount_fc, 0), DECODE(l.dc_flag, 'C', l.amount_fc, 0)
              FROM gl_voucher_line l, gl_voucher v
             WHERE v.voucher_id = l.voucher_id
               AND v.status IN ('P', 'R')
               AND l.accounting_date BETWEEN l_from AND l_to)
     GROUP BY branch_code, account_code, currency, line_of_business;
    COMMIT;
  END rebuild_balances;

END pkg_gl;
/
