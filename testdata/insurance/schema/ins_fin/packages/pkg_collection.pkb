CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_collection
AS
  c_module    CONSTANT VARCHAR2(20) := 'PKG_COLLECTION';
  c_batch     CONSTANT PLS_INTEGER  := 1000;
  c_day_rate  CONSTANT NUMBER       := 0.0005;   -- 万分之五

  FUNCTION instalments_per_year (p_mode IN policy.pay_mode%TYPE) RETURN PLS_INTEGER
  IS
  BEGIN
    RETURN CASE p_mode WHEN 'Y' THEN 1 WHEN 'H' THEN 2 WHEN 'Q' THEN 4 WHEN 'M' THEN 12 ELSE 1 END;
  END instalments_per_year;

  FUNCTION overdue_interest (p_open IN NUMBER, p_due IN DATE, p_on IN DATE) RETURN NUMBER DETERMINISTIC
  IS
    l_days NUMBER := GREATEST(TRUNC(p_on) - TRUNC(p_due), 0);
  BEGIN
    RETURN ROUND(p_open * c_day_rate * l_days, 2);
  END overdue_interest;

  PROCEDURE create_plan (p_policy_id IN policy.policy_id%TYPE, p_years IN PLS_INTEGER DEFAULT 1)
  IS
    l_pol   policy%ROWTYPE;
    l_prod  product%ROWTYPE;
    l_dues  t_due_tab := t_due_tab();
    l_n     PLS_INTEGER;
    l_each  NUMBER;
    l_rest  NUMBER;
    l_start PLS_INTEGER;
  BEGIN
    SELECT * INTO l_pol FROM policy WHERE policy_id = p_policy_id;
    SELECT * INTO l_prod FROM product WHERE product_code = l_pol.product_code;

    SELECT NVL(MAX(instalment_no), 0) INTO l_start FROM collection_due WHERE policy_id = p_policy_id;

    l_n    := CASE WHEN l_pol.pay_mode = 'S' THEN 1 ELSE instalments_per_year(l_pol.pay_mode) * p_years END;
    l_each := TRUNC(l_pol.annual_premium / instalments_per_year(l_pol.pay_mode), 2);
    l_rest := l_pol.annual_premium - l_each * instalments_per_year(l_pol.pay_mode);
    l_dues.EXTEND(l_n);

    FOR i IN 1 .. l_n LOOP
      l_dues(i).collection_id := seq_collection_id.NEXTVAL;
      l_dues(i).policy_id     := p_policy_id;
      l_dues(i).policy_no     := l_pol.policy_no;
      l_dues(i).instalment_no := l_start + i;
      l_dues(i).due_date      := ADD_MONTHS(l_pol.effective_date, (l_start + i - 1) * 12 / instalments_per_year(l_pol.pay_mode));
      l_dues(i).grace_date    := l_dues(i).due_date + l_prod.grace_days;
      l_dues(i).currency      := l_pol.currency;
      l_dues(i).due_amount    := l_each + CASE WHEN MOD(i - 1, instalments_per_year(l_pol.pay_mode)) = 0 THEN l_rest ELSE 0 END;
      l_dues(i).branch_code   := l_pol.branch_code;
    END LOOP;

    FORALL i IN 1 .. l_dues.COUNT
      INSERT INTO collection_due (collection_id, policy_id, policy_no, instalment_no, due_date, grace_date, currency, due_amount, branch_code, updated_at)
      VALUES (l_dues(i).collection_id, l_dues(i).policy_id, l_dues(i).policy_no, l_dues(i).instalment_no, l_dues(i).due_date,
              l_dues(i).grace_date, l_dues(i).currency, l_dues(i).due_amount, l_dues(i).branch_code, SYSTIMESTAMP);
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_policy_not_found, TO_CHAR(p_policy_id));
  END create_plan;

  PROCEDURE create_plans (p_policy_ids IN ins_claim.t_number_tab)
  IS
    l_unique ins_claim.t_number_tab := SET(p_policy_ids);
  BEGIN
    FOR i IN 1 .. l_unique.COUNT LOOP
      BEGIN
        create_plan(l_unique(i));
      EXCEPTION
        WHEN pkg_err.e_policy_not_found THEN
          CONTINUE;
        WHEN DUP_VAL_ON_INDEX THEN
          pkg_log.warn(c_module, 'plan exists', l_unique(i));
      END;
    END LOOP;
  END create_plans;

  FUNCTION register_receipt (p_policy_no IN VARCHAR2, p_amount IN NUMBER, p_payer IN VARCHAR2, p_bank_ref IN VARCHAR2 DEFAULT NULL, p_date IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_id     receipt.receipt_id%TYPE;
    l_pol    policy.policy_id%TYPE;
    l_branch policy.branch_code%TYPE;
    l_lob    product.line_of_business%TYPE;
    l_v      NUMBER;
  BEGIN
    SELECT p.policy_id, p.branch_code, d.line_of_business
      INTO l_pol, l_branch, l_lob
      FROM policy p
      JOIN product d ON d.product_code = p.product_code
     WHERE p.policy_no = p_policy_no;

    INSERT INTO receipt (receipt_id, receipt_no, receipt_type, policy_id, payer_name, amount, receipt_date, bank_ref, branch_code)
    VALUES (seq_receipt_id.NEXTVAL, pkg_numbering.next_receipt_no(l_branch), 'PREM', l_pol, p_payer, p_amount, TRUNC(p_date), p_bank_ref, l_branch)
    RETURNING receipt_id INTO l_id;

    l_v := pkg_gl.post_event('PREM_RCV', 'COLL', 'R' || l_id, l_branch, p_amount, p_lob => l_lob, p_policy_no => p_policy_no, p_date => p_date);
    UPDATE receipt SET voucher_id = l_v WHERE receipt_id = l_id;
    allocate(l_id);
    RETURN l_id;
  END register_receipt;

  PROCEDURE allocate (p_receipt_id IN receipt.receipt_id%TYPE)
  IS
    l_left  NUMBER;
    l_pol   receipt.policy_id%TYPE;
    l_take  NUMBER;
  BEGIN
    SELECT unallocated, policy_id INTO l_left, l_pol FROM receipt WHERE receipt_id = p_receipt_id FOR UPDATE;

    -- 先到期先核销
    FOR d IN (SELECT collection_id, open_amount
                FROM collection_due
               WHERE policy_id = l_pol
                 AND status IN ('OP', 'PT', 'FR')
                 AND open_amount > 0
               ORDER BY due_date, instalment_no)
    LOOP
      EXIT WHEN l_left <= 0;
      l_take := LEAST(l_left, d.open_amount);
      allocate(p_receipt_id, d.collection_id, l_take);
      l_left := l_left - l_take;
    END LOOP;
  END allocate;

  PROCEDURE allocate (p_receipt_id IN receipt.receipt_id%TYPE, p_collection_id IN NUMBER, p_amount IN NUMBER)
  IS
  BEGIN
    MERGE INTO receipt_allocation a
    USING (SELECT p_receipt_id AS rid, p_collection_id AS cid FROM dual) x
       ON (a.receipt_id = x.rid AND a.collection_id = x.cid)
     WHEN MATCHED THEN UPDATE SET a.amount = a.amount + p_amount, a.allocated_at = SYSDATE
     WHEN NOT MATCHED THEN INSERT (receipt_id, collection_id, amount) VALUES (x.rid, x.cid, p_amount);

    UPDATE receipt
       SET allocated_amount = allocated_amount + p_amount
     WHERE receipt_id = p_receipt_id;

    UPDATE collection_due
       SET paid_amount = paid_amount + p_amount,
           status      = CASE
                           WHEN due_amount - paid_amount - waived_amount - p_amount <= 0 THEN 'PD'
                           ELSE 'PT'
                         END,
           updated_at  = SYSTIMESTAMP
     WHERE collection_id = p_collection_id;
  END allocate;

  PROCEDURE waive (p_collection_id IN NUMBER, p_amount IN NUMBER, p_reason IN VARCHAR2)
  IS
    l_open NUMBER;
    l_old  NUMBER;
  BEGIN
    SELECT open_amount, waived_amount
      INTO l_open, l_old
      FROM collection_due
     WHERE collection_id = p_collection_id
       FOR UPDATE NOWAIT;
    IF p_amount > l_open THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, 'waive', p_amount || '>' || l_open);
    END IF;
    UPDATE collection_due
       SET waived_amount = waived_amount + p_amount,
           status = DECODE(SIGN(l_open - p_amount), 0, 'WV', status)
     WHERE collection_id = p_collection_id;
    pkg_audit.log_change('COLLECTION_DUE', TO_CHAR(p_collection_id), 'WAIVED_AMOUNT', l_old, l_old + p_amount);
    pkg_audit.log_action('COLL', 'WAIVE', 'COLLECTION_DUE', p_collection_id, p_reason, 2);
  END waive;

  PROCEDURE build_debit_file (p_bank_code IN VARCHAR2, p_date IN DATE, p_file_id OUT NUMBER)
  IS
    l_cnt PLS_INTEGER;
    l_sum NUMBER;
  BEGIN
    p_file_id := seq_bank_file_id.NEXTVAL;

    INSERT INTO bank_file (bank_file_id, bank_code, file_type, file_name, file_date)
    VALUES (p_file_id, p_bank_code, 'COL', 'COL_' || p_bank_code || '_' || TO_CHAR(p_date, 'YYYYMMDD') || '_' || p_file_id || '.txt', p_date);

    INSERT INTO bank_file_line (bank_file_id, line_no, collection_id, account_no, account_name, amount)
    SELECT p_file_id, ROW_NUMBER() OVER (ORDER BY c.due_date, c.collection_id), c.collection_id, c.account_no, y.full_name, c.open_amount
      FROM collection_due c, policy p, party y
     WHERE c.policy_id = p.policy_id
       AND y.party_id = p.holder_id
       AND c.bank_code = p_bank_code
       AND c.status IN ('OP', 'PT')
       AND c.due_date <= p_date
       AND c.fail_count < 5;
    l_cnt := SQL%ROWCOUNT;

    IF l_cnt = 0 THEN
      DELETE FROM bank_file WHERE bank_file_id = p_file_id;
      p_file_id := NULL;
      RETURN;
    END IF;

    SELECT SUM(amount) INTO l_sum FROM bank_file_line WHERE bank_file_id = p_file_id;
    UPDATE bank_file SET line_count = l_cnt, total_amount = l_sum WHERE bank_file_id = p_file_id;

    UPDATE (SELECT c.status
              FROM collection_due c
             WHERE c.collection_id IN (SELECT l.collection_id FROM bank_file_line l WHERE l.bank_file_id = p_file_id))
       SET status = 'FR';
  END build_debit_file;

  -- 催缴批:三级催缴, 每千条提交一次, 断点续跑
  PROCEDURE dunning_batch (p_business_date IN DATE)
  IS
    CURSOR c_overdue (cp_last NUMBER) IS
      SELECT c.collection_id, c.policy_id, c.policy_no, c.open_amount, c.due_date, c.grace_date,
             c.dunning_level, p.holder_id
        FROM collection_due c
        JOIN policy p ON p.policy_id = c.policy_id
       WHERE c.status IN ('OP', 'PT')
         AND c.due_date < p_business_date
         AND c.collection_id > cp_last
         AND p.status = pkg_const.c_pol_inforce
       ORDER BY c.collection_id;

    TYPE t_overdue_tab IS TABLE OF c_overdue%ROWTYPE INDEX BY PLS_INTEGER;
    TYPE t_level_ids   IS TABLE OF ins_claim.t_number_tab INDEX BY PLS_INTEGER;   -- 多层集合
    l_rows   t_overdue_tab;
    l_levels t_level_ids;
    l_ids    ins_claim.t_number_tab;
    l_run    pkg_batch.t_run_info;
    l_level  PLS_INTEGER;
    l_vars   pkg_notify.t_vars;

    FUNCTION level_for (p_due DATE, p_grace DATE) RETURN PLS_INTEGER
    IS
      l_days PLS_INTEGER := TRUNC(p_business_date) - TRUNC(p_due);
    BEGIN
      RETURN CASE
               WHEN p_grace IS NOT NULL AND p_business_date > p_grace - 7 THEN c_dun_final
               WHEN l_days > 30 THEN c_dun_letter
               WHEN l_days > 5 THEN c_dun_sms
               ELSE 0
             END;
    END level_for;
  BEGIN
    l_run := pkg_batch.start_run('DUNNING', p_business_date);

    OPEN c_overdue(NVL(TO_NUMBER(l_run.restart_key), 0));
    LOOP
      FETCH c_overdue BULK COLLECT INTO l_rows LIMIT c_batch;
      EXIT WHEN l_rows.COUNT = 0;

      FOR k IN c_dun_sms .. c_dun_final LOOP
        l_levels(k) := ins_claim.t_number_tab();
      END LOOP;

      FOR i IN 1 .. l_rows.COUNT LOOP
        l_level := level_for(l_rows(i).due_date, l_rows(i).grace_date);
        CONTINUE WHEN l_level <= l_rows(i).dunning_level;
        l_levels(l_level).EXTEND;
        l_levels(l_level)(l_levels(l_level).LAST) := l_rows(i).collection_id;

        l_vars.DELETE;
        l_vars('POLICY_NO') := l_rows(i).policy_no;
        l_vars('AMOUNT')    := TO_CHAR(l_rows(i).open_amount, 'FM999,999,990.00');
        l_vars('DUE_DATE')  := TO_CHAR(l_rows(i).due_date, 'YYYY"年"MM"月"DD"日"');
        pkg_notify.enqueue('DUN' || l_level, l_rows(i).holder_id, l_vars, 'SMS', 'COLL', l_rows(i).collection_id);
      END LOOP;

      FOR k IN 1 .. 3 LOOP
        l_ids := l_levels(k);
        FORALL j IN 1 .. l_ids.COUNT
          INSERT INTO dunning_notice (notice_id, collection_id, dunning_level, channel, notice_date, open_amount, interest_amount)
          SELECT seq_fin_common.NEXTVAL, c.collection_id, k, 'SMS', TRUNC(p_business_date), c.open_amount,
                 pkg_collection.overdue_interest(c.open_amount, c.due_date, p_business_date)
            FROM collection_due c
           WHERE c.collection_id = l_ids(j);
        FORALL j IN 1 .. l_ids.COUNT
          UPDATE collection_due SET dunning_level = k, last_dunned = p_business_date WHERE collection_id = l_ids(j);
      END LOOP;

      pkg_batch.progress(l_run, l_rows.COUNT);
      pkg_batch.checkpoint(l_run, l_rows(l_rows.LAST).collection_id);
    END LOOP;
    CLOSE c_overdue;
    pkg_batch.finish_run(l_run);
  EXCEPTION
    WHEN pkg_batch.e_already_running THEN
      NULL;
    WHEN OTHERS THEN
      IF c_overdue%ISOPEN THEN
        CLOSE c_overdue;
      END IF;
      ROLLBACK;
      pkg_batch.finish_run(l_run, pkg_batch.c_failed, SQLERRM);
      RAISE;
  END dunning_batch;

  PROCEDURE lapse_overdue (p_business_date IN DATE, p_lapsed OUT PLS_INTEGER)
  IS
    l_policies ins_claim.t_number_tab;
  BEGIN
    UPDATE collection_due
       SET status = 'LP'
     WHERE status IN ('OP', 'PT')
       AND grace_date < TRUNC(p_business_date)
    RETURNING policy_id BULK COLLECT INTO l_policies;

    l_policies := l_policies MULTISET UNION DISTINCT ins_claim.t_number_tab();
    p_lapsed   := CARDINALITY(l_policies);
    FORALL i IN 1 .. l_policies.COUNT
      UPDATE policy
         SET status = 'LA', version_no = version_no + 1, updated_at = SYSTIMESTAMP
       WHERE policy_id = l_policies(i)
         AND status = 'IF';
  END lapse_overdue;

  FUNCTION policy_open_amount (p_policy_id IN NUMBER, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_sum NUMBER;
  BEGIN
    SELECT SUM(open_amount)
      INTO l_sum
      FROM collection_due
     WHERE policy_id = p_policy_id
       AND due_date <= p_on
       AND status NOT IN ('PD', 'WV');
    RETURN NVL(l_sum, 0);
  END policy_open_amount;

  FUNCTION ageing (p_on IN DATE DEFAULT SYSDATE, p_branch IN VARCHAR2 DEFAULT NULL) RETURN t_ageing_tab PIPELINED
  IS
  BEGIN
    FOR r IN (
      WITH aged AS (
        SELECT branch_code,
               CASE
                 WHEN p_on - due_date <= 0   THEN '未到期'
                 WHEN p_on - due_date <= 30  THEN '1-30'
                 WHEN p_on - due_date <= 60  THEN '31-60'
                 WHEN p_on - due_date <= 90  THEN '61-90'
                 ELSE '90+'
               END AS bucket,
               open_amount
          FROM collection_due
         WHERE status IN ('OP', 'PT', 'FR')
           AND (p_branch IS NULL OR branch_code = p_branch))
      SELECT branch_code, bucket, COUNT(*) AS cnt, SUM(open_amount) AS amt,
             ROUND(RATIO_TO_REPORT(SUM(open_amount)) OVER (PARTITION BY branch_code) * 100, 4) AS pct
        FROM aged
       GROUP BY branch_code, bucket
       ORDER BY branch_code, MIN(DECODE(bucket, '未到期', 0, '1-30', 1, '31-60', 2, '61-90', 3, 4)))
    LOOP
      PIPE ROW (t_ageing_row(r.branch_code, r.bucket, r.cnt, r.amt, r.pct));
    END LOOP;
    RETURN;
  END ageing;

  -- 排序列由前台传入, 白名单校验后拼 SQL
  PROCEDURE due_list (p_branch IN VARCHAR2, p_from IN DATE, p_to IN DATE, p_sort IN VARCHAR2, p_cur OUT SYS_REFCURSOR)
  IS
    l_sql VARCHAR2(2000);
  BEGIN
    l_sql := 'SELECT c.policy_no, c.instalment_no, c.due_date, c.open_amount, c.status, r.code_name'
          || '  FROM collection_due c, ref_code r'
          || ' WHERE r.code_type (+) = ''COLL_STATUS'' AND r.code_value (+) = c.status'
          || '   AND c.branch_code = :branch AND c.due_date BETWEEN :d1 AND :d2';
    CASE LOWER(p_sort)
      WHEN 'amount' THEN l_sql := l_sql || ' ORDER BY c.open_amount DESC';
      WHEN 'policy' THEN l_sql := l_sql || ' ORDER BY c.policy_no, c.instalment_no';
      ELSE l_sql := l_sql || ' ORDER BY c.due_date';
    END CASE;
    OPEN p_cur FOR l_sql USING p_branch, p_from, p_to;
  END due_list;

END pkg_collection;
/
