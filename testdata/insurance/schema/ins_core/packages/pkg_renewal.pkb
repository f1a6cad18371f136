CREATE OR REPLACE PACKAGE BODY ins_core.pkg_renewal
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_RENEWAL';

  TYPE t_work_tab IS TABLE OF renewal_work%ROWTYPE;

  CURSOR c_work RETURN renewal_work%ROWTYPE IS
    SELECT * FROM renewal_work WHERE decision = 'R' ORDER BY policy_id;

  PROCEDURE log_error(p_batch_id IN NUMBER, p_policy_id IN NUMBER, p_code IN NUMBER, p_text IN VARCHAR2)
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
  BEGIN
    INSERT INTO renewal_error (batch_id, policy_id, error_code, error_text)
    VALUES (p_batch_id, p_policy_id, p_code, SUBSTR(p_text, 1, 2000));
    COMMIT;
  END log_error;

  FUNCTION start_batch(p_from IN DATE, p_to IN DATE, p_branch_code IN VARCHAR2 DEFAULT NULL) RETURN renewal_batch.batch_id%TYPE
  IS
    l_id      renewal_batch.batch_id%TYPE;
    l_running PLS_INTEGER;
  BEGIN
    SELECT COUNT(*)
      INTO l_running
      FROM renewal_batch
     WHERE status = 'R'
       AND NVL(branch_code, '*') = NVL(p_branch_code, '*')
       AND started_at > SYSTIMESTAMP - INTERVAL '6' HOUR;
    IF l_running > 0 THEN
      pkg_err.raise_error(pkg_err.c_resource_busy, '续保批次正在运行');
    END IF;
    INSERT INTO renewal_batch (batch_id, run_date, from_date, to_date, branch_code)
    VALUES (seq_renewal_batch.NEXTVAL, TRUNC(SYSDATE), p_from, p_to, p_branch_code)
    RETURNING batch_id INTO l_id;
    COMMIT;
    RETURN l_id;
  END start_batch;

  PROCEDURE select_candidates(p_batch_id IN NUMBER)
  IS
    l_batch renewal_batch%ROWTYPE;
  BEGIN
    SELECT * INTO l_batch FROM renewal_batch WHERE batch_id = p_batch_id;
    DELETE FROM renewal_work;
    INSERT INTO renewal_work (policy_id, policy_no, old_premium, due_date, decision)
    SELECT p.policy_id, p.policy_no, p.annual_premium, p.expiry_date, 'R'
      FROM policy p
     INNER JOIN product d ON d.product_code = p.product_code
     WHERE p.status = 'IF'
       AND d.renewable_flag = 'Y'
       AND d.line_of_business IN ('HL', 'PC', 'AC', 'MT')
       AND p.expiry_date BETWEEN l_batch.from_date AND l_batch.to_date
       AND (l_batch.branch_code IS NULL
            OR p.branch_code IN (SELECT branch_code
                                   FROM branch
                                  START WITH branch_code = l_batch.branch_code
                                CONNECT BY PRIOR branch_code = parent_code))
       AND NOT EXISTS (SELECT 1 FROM policy n WHERE n.renewed_from_id = p.policy_id);
    UPDATE renewal_batch SET selected_count = SQL%ROWCOUNT WHERE batch_id = p_batch_id;
  END select_candidates;

  FUNCTION renewal_premium(p_policy_id IN NUMBER) RETURN NUMBER
  IS
    l_full   pkg_policy.t_policy_full := pkg_policy.get_full(p_policy_id);
    l_risk   pkg_rating.t_risk;
    l_total  NUMBER := 0;
    l_item   t_premium_item;
    l_growth NUMBER := pkg_ref_cache.param_number('RENEWAL_MAX_GROWTH', 0.3);
  BEGIN
    l_risk.product_code := l_full.head.product_code;
    l_risk.on_date      := l_full.head.expiry_date;
    l_risk.age          := pkg_util_date.age_at(l_full.insured.birth_date, l_full.head.expiry_date);
    l_risk.gender       := l_full.insured.gender;
    l_risk.pay_mode     := l_full.head.pay_mode;
    l_risk.pay_term     := 1;
    l_risk.sum_insured  := l_full.head.sum_insured;
    l_risk.channel      := l_full.head.channel;
    -- 无赔款优待: 连续投保年数
    SELECT COUNT(*) - 1
      INTO l_risk.ncd_years
      FROM policy
     START WITH policy_id = p_policy_id
   CONNECT BY policy_id = PRIOR renewed_from_id;

    FOR i IN 1 .. l_full.coverages.COUNT LOOP
      CONTINUE WHEN l_full.coverages(i).status <> 'A';
      l_item := pkg_rating.rate_coverage(l_risk, l_full.coverages(i).coverage_code, l_full.coverages(i).sum_insured);
      l_total := l_total + l_item.final_premium * (1 + l_full.coverages(i).loading_pct / 100);
    END LOOP;
    -- 涨幅封顶
    RETURN ROUND(LEAST(l_total, l_full.head.annual_premium * (1 + l_growth)), 2);
  END renewal_premium;

  PROCEDURE price_candidates(p_batch_id IN NUMBER)
  IS
    TYPE t_ids   IS TABLE OF renewal_work.policy_id%TYPE INDEX BY BINARY_INTEGER;
    TYPE t_money IS TABLE OF renewal_work.new_premium%TYPE INDEX BY BINARY_INTEGER;
    TYPE t_flags IS TABLE OF renewal_work.decision%TYPE INDEX BY BINARY_INTEGER;
    l_ids   t_ids;
    l_money t_money;
    l_flags t_flags;
    CURSOR c IS SELECT policy_id FROM renewal_work;
  BEGIN
    OPEN c;
    LOOP
      FETCH c BULK COLLECT INTO l_ids LIMIT 200;
      FOR i IN 1 .. l_ids.COUNT LOOP
        BEGIN
          l_money(i) := renewal_premium(l_ids(i));
          l_flags(i) := 'R';
        EXCEPTION
          WHEN pkg_err.e_age_out_of_range OR pkg_err.e_rate_not_found THEN
            l_money(i) := NULL;
            l_flags(i) := 'N';      -- 超龄不续
          WHEN OTHERS THEN
            l_money(i) := NULL;
            l_flags(i) := 'E';
            log_error(p_batch_id, l_ids(i), SQLCODE, SQLERRM);
        END;
      END LOOP;
      FORALL i IN 1 .. l_ids.COUNT
        UPDATE renewal_work
           SET new_premium = l_money(i), decision = l_flags(i)
         WHERE policy_id = l_ids(i);
      EXIT WHEN c%NOTFOUND;
    END LOOP;
    CLOSE c;
  END price_candidates;

  FUNCTION renew_one(p_policy_id IN NUMBER, p_new_premium IN NUMBER DEFAULT NULL) RETURN policy.policy_id%TYPE
  IS
    l_old policy%ROWTYPE := pkg_policy.get_policy(p_policy_id);
    l_lob product.line_of_business%TYPE;
    l_id  policy.policy_id%TYPE;
    l_end DATE;
    l_pct NUMBER;
  BEGIN
    SELECT line_of_business INTO l_lob FROM product WHERE product_code = l_old.product_code;
    l_id  := seq_policy.NEXTVAL;
    l_end := pkg_product.term_end(l_old.product_code, l_old.expiry_date);
    l_pct := NVL(p_new_premium, l_old.annual_premium) / NULLIF(l_old.annual_premium, 0);

    INSERT INTO policy (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, issue_date,
                        effective_date, expiry_date, status, sum_insured, annual_premium, currency, pay_mode,
                        pay_term_years, next_due_date, channel, renewed_from_id, created_by)
    SELECT l_id, pkg_numbering.next_policy_no(branch_code, l_lob), product_code, holder_id, insured_id, agent_id,
           branch_code, TRUNC(SYSDATE), expiry_date, l_end, 'PP', sum_insured,
           NVL(p_new_premium, annual_premium), currency, pay_mode, pay_term_years, expiry_date, channel, policy_id, 'BATCH'
      FROM policy
     WHERE policy_id = p_policy_id;

    INSERT INTO policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, rate, deductible, loading_pct, start_date, end_date)
    SELECT l_id, coverage_seq, coverage_code, sum_insured, ROUND(premium * NVL(l_pct, 1), 2), rate, deductible, loading_pct,
           l_old.expiry_date, l_end
      FROM policy_coverage
     WHERE policy_id = p_policy_id
       AND status = 'A';

    INSERT INTO policy_party (policy_id, party_id, role_code, role_seq, relation_code, share_pct, beneficiary_order, start_date)
    SELECT l_id, party_id, role_code, role_seq, relation_code, share_pct, beneficiary_order, l_old.expiry_date
      FROM policy_party
     WHERE policy_id = p_policy_id
       AND end_date IS NULL;
    RETURN l_id;
  END renew_one;

  PROCEDURE renew_all(p_batch_id IN NUMBER, p_stats OUT t_run_stats)
  IS
    l_rows    t_work_tab;
    l_new_id  policy.policy_id%TYPE;
    l_notices t_number_tab := t_number_tab();
    l_index   PLS_INTEGER;
  BEGIN
    OPEN c_work;
    LOOP
      FETCH c_work BULK COLLECT INTO l_rows LIMIT pkg_const.c_batch_size;
      EXIT WHEN l_rows.COUNT = 0;
      l_notices.DELETE;
      FOR i IN l_rows.FIRST .. l_rows.LAST LOOP
        p_stats.selected := p_stats.selected + 1;
        SAVEPOINT one_policy;
        BEGIN
          l_new_id := renew_one(l_rows(i).policy_id, l_rows(i).new_premium);
          p_stats.renewed := p_stats.renewed + 1;
          l_notices.EXTEND;
          l_notices(l_notices.LAST) := l_new_id;
        EXCEPTION
          WHEN OTHERS THEN
            ROLLBACK TO one_policy;
            p_stats.failed := p_stats.failed + 1;
            log_error(p_batch_id, l_rows(i).policy_id, SQLCODE, pkg_err.current_error);
        END;
      END LOOP;

      BEGIN
        FORALL i IN 1 .. l_notices.COUNT SAVE EXCEPTIONS
          INSERT INTO renewal_notice (policy_id, due_date, amount, notice_type)
          SELECT policy_id, effective_date, annual_premium, 'RN' FROM policy WHERE policy_id = l_notices(i);
      EXCEPTION
        WHEN pkg_err.e_bulk_errors THEN
          FOR j IN 1 .. SQL%BULK_EXCEPTIONS.COUNT LOOP
            l_index := SQL%BULK_EXCEPTIONS(j).ERROR_INDEX;
            log_error(p_batch_id, l_notices(l_index), SQL%BULK_EXCEPTIONS(j).ERROR_CODE, 'notice');
          END LOOP;
      END;
      COMMIT;   -- PRESERVE ROWS, 工作表不会丢
    END LOOP;
    CLOSE c_work;
    SELECT COUNT(*) INTO p_stats.skipped FROM renewal_work WHERE decision <> 'R';
  END renew_all;

  PROCEDURE finish_batch(p_batch_id IN NUMBER, p_stats IN t_run_stats)
  IS
  BEGIN
    UPDATE renewal_batch
       SET (renewed_count, error_count, status, finished_at) =
           (SELECT p_stats.renewed, COUNT(*), CASE WHEN COUNT(*) = 0 THEN 'C' ELSE 'W' END, SYSTIMESTAMP
              FROM renewal_error e
             WHERE e.batch_id = p_batch_id)
     WHERE batch_id = p_batch_id;
    COMMIT;
  END finish_batch;

  PROCEDURE run(p_days_ahead IN PLS_INTEGER DEFAULT 30, p_branch_code IN VARCHAR2 DEFAULT NULL)
  IS
    l_batch NUMBER;
    l_stats t_run_stats;
  BEGIN
    pkg_context.set_batch(TRUE);
    pkg_log.start_timer('renewal');
    l_batch := start_batch(TRUNC(SYSDATE), TRUNC(SYSDATE) + p_days_ahead, p_branch_code);
    DBMS_APPLICATION_INFO.SET_ACTION('select');
    select_candidates(l_batch);
    DBMS_APPLICATION_INFO.SET_ACTION('price');
    price_candidates(l_batch);
    DBMS_APPLICATION_INFO.SET_ACTION('renew');
    renew_all(l_batch, l_stats);
    finish_batch(l_batch, l_stats);
    pkg_log.stop_timer('renewal', c_module);
    pkg_context.set_batch(FALSE);
  EXCEPTION
    WHEN OTHERS THEN
      ROLLBACK;
      UPDATE renewal_batch SET status = 'F', finished_at = SYSTIMESTAMP WHERE batch_id = l_batch;
      COMMIT;
      pkg_context.set_batch(FALSE);
      pkg_log.error(c_module, pkg_err.current_error, l_batch);
      RAISE;
  END run;

  PROCEDURE create_due_notices(p_days_ahead IN PLS_INTEGER DEFAULT 15, p_created OUT PLS_INTEGER)
  IS
  BEGIN
    INSERT INTO renewal_notice (policy_id, due_date, amount, notice_type, channel)
    SELECT p.policy_id, p.next_due_date, pkg_rating.modal_premium(p.annual_premium, p.pay_mode),
           CASE WHEN p.next_due_date < TRUNC(SYSDATE) THEN 'GR' ELSE 'RN' END,
           CASE WHEN h.mobile IS NULL THEN 'LTR' ELSE 'SMS' END
      FROM policy p, party h
     WHERE h.party_id = p.holder_id
       AND p.status = 'IF'
       AND p.pay_mode <> 'S'
       AND p.next_due_date BETWEEN TRUNC(SYSDATE) - 60 AND TRUNC(SYSDATE) + p_days_ahead
       AND NOT EXISTS (SELECT NULL FROM renewal_notice n
                        WHERE n.policy_id = p.policy_id
                          AND n.due_date = p.next_due_date
                          AND n.notice_type = CASE WHEN p.next_due_date < TRUNC(SYSDATE) THEN 'GR' ELSE 'RN' END);
    p_created := SQL%ROWCOUNT;
    COMMIT;
  END create_due_notices;

  PROCEDURE send_notices(p_limit IN PLS_INTEGER DEFAULT 1000)
  IS
    CURSOR c_new IS
      SELECT n.ROWID AS rid, n.notice_id, n.policy_id, n.due_date, n.amount, n.notice_type
        FROM renewal_notice n
       WHERE n.status = 'N'
         AND n.channel = 'SMS'
         AND ROWNUM <= p_limit
         FOR UPDATE OF n.status SKIP LOCKED;
    l_policy policy%ROWTYPE;
    l_holder party%ROWTYPE;
    l_text   sms_outbox.content%TYPE;
  BEGIN
    FOR n IN c_new LOOP
      l_policy := pkg_policy.get_policy(n.policy_id);
      l_holder := pkg_party.get_party(l_policy.holder_id);
      IF l_holder.mobile IS NULL THEN
        UPDATE renewal_notice SET status = 'X' WHERE CURRENT OF c_new;
        CONTINUE;
      END IF;
      l_text := CASE n.notice_type
                  WHEN 'RN' THEN '【安禾保险】尊敬的' || l_holder.full_name || ', 您的保单' || l_policy.policy_no || '应于'
                                 || pkg_util_date.to_cn_date(n.due_date) || '缴费' || TO_CHAR(n.amount, 'FM999,990.00') || '元。'
                  WHEN 'GR' THEN '【安禾保险】您的保单' || l_policy.policy_no || '已进入宽限期, 请尽快缴费。'
                  ELSE '【安禾保险】您的保单' || l_policy.policy_no || '已失效, 两年内可申请复效。'
                END;
      INSERT INTO sms_outbox (mobile, content, ref_id) VALUES (l_holder.mobile, l_text, 'RN' || n.notice_id);
      UPDATE renewal_notice SET status = 'S', sent_at = SYSDATE WHERE ROWID = n.rid;
    END LOOP;
    COMMIT;
  END send_notices;

  PROCEDURE retry_errors(p_batch_id IN NUMBER)
  IS
    l_new NUMBER;
  BEGIN
    FOR e IN (SELECT DISTINCT policy_id FROM renewal_error WHERE batch_id = p_batch_id MINUS
              SELECT renewed_from_id FROM policy WHERE renewed_from_id IS NOT NULL)
    LOOP
      BEGIN
        l_new := renew_one(e.policy_id, renewal_premium(e.policy_id));
        DELETE FROM renewal_error WHERE batch_id = p_batch_id AND policy_id = e.policy_id;
        COMMIT;
      EXCEPTION
        WHEN OTHERS THEN
          ROLLBACK;
          pkg_log.warn(c_module, 'retry: ' || SQLERRM, e.policy_id);
      END;
    END LOOP;
  END retry_errors;

  -- 13/25 个月继续率
  FUNCTION persistency(p_month IN DATE, p_months_back IN PLS_INTEGER DEFAULT 13) RETURN NUMBER
  IS
    l_rate NUMBER;
  BEGIN
    SELECT ROUND(SUM(CASE WHEN status IN ('IF', 'MA') THEN annual_premium END) / NULLIF(SUM(annual_premium), 0) * 100, 2)
      INTO l_rate
      FROM policy
     WHERE issue_date >= ADD_MONTHS(TRUNC(p_month, 'MM'), -p_months_back)
       AND issue_date < ADD_MONTHS(TRUNC(p_month, 'MM'), 1 - p_months_back)
       AND pay_mode != 'S'
       AND status != 'CA';
    RETURN l_rate;
  END persistency;
END pkg_renewal;
/
