CREATE OR REPLACE PACKAGE BODY ins_core.pkg_endorsement
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_ENDORSEMENT';

  TYPE t_column_set IS TABLE OF VARCHAR2(61);
  -- 允许批改的字段
  c_editable CONSTANT t_column_set := t_column_set(
    'POLICY.AGENT_ID', 'POLICY.PAY_MODE', 'POLICY.SUM_INSURED', 'POLICY.ANNUAL_PREMIUM', 'POLICY.EXPIRY_DATE',
    'POLICY.STATUS', 'POLICY_COVERAGE.SUM_INSURED', 'POLICY_COVERAGE.PREMIUM', 'POLICY_COVERAGE.STATUS',
    'PARTY.MOBILE', 'PARTY.EMAIL', 'POLICY_PARTY.SHARE_PCT');

  FUNCTION is_date_column(p_table IN VARCHAR2, p_column IN VARCHAR2) RETURN BOOLEAN
  IS
    l_type VARCHAR2(128);
  BEGIN
    SELECT data_type INTO l_type FROM user_tab_columns WHERE table_name = p_table AND column_name = p_column;
    RETURN l_type = 'DATE';
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, p_table || '.' || p_column);
  END is_date_column;

  FUNCTION where_clause(p_table IN VARCHAR2) RETURN VARCHAR2
  IS
  BEGIN
    RETURN CASE p_table
             WHEN 'POLICY'          THEN ' WHERE policy_id = :k1 AND ''-'' = NVL(:k2, ''-'')'
             WHEN 'POLICY_COVERAGE' THEN ' WHERE policy_id = :k1 AND coverage_seq = :k2'
             WHEN 'POLICY_PARTY'    THEN ' WHERE policy_id = :k1 AND party_id = :k2'
             WHEN 'PARTY'           THEN ' WHERE :k1 > 0 AND party_id = :k2'
           END;
  END where_clause;

  FUNCTION read_value(p_policy_id IN NUMBER, p_table IN VARCHAR2, p_column IN VARCHAR2, p_row_key IN VARCHAR2) RETURN VARCHAR2
  IS
    l_value VARCHAR2(4000);
    l_expr  VARCHAR2(200) := p_column;
  BEGIN
    IF is_date_column(p_table, p_column) THEN
      l_expr := 'TO_CHAR(' || p_column || ', ''YYYY-MM-DD'')';
    END IF;
    EXECUTE IMMEDIATE 'SELECT ' || l_expr || ' FROM ' || p_table || where_clause(p_table)
      INTO l_value
      USING p_policy_id, p_row_key;
    RETURN l_value;
  END read_value;

  PROCEDURE write_value(p_policy_id IN NUMBER, p_table IN VARCHAR2, p_column IN VARCHAR2, p_row_key IN VARCHAR2, p_value IN VARCHAR2)
  IS
    l_expr VARCHAR2(200) := ':v';
  BEGIN
    IF is_date_column(p_table, p_column) THEN
      l_expr := 'TO_DATE(:v, ''YYYY-MM-DD'')';
    END IF;
    EXECUTE IMMEDIATE 'UPDATE ' || p_table || ' SET ' || p_column || ' = ' || l_expr || where_clause(p_table)
      USING p_value, p_policy_id, p_row_key;
    IF SQL%ROWCOUNT <> 1 THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, p_table || '.' || p_column || ' rows=' || SQL%ROWCOUNT);
    END IF;
  END write_value;

  FUNCTION get_endorsement(p_endorsement_id IN NUMBER) RETURN endorsement%ROWTYPE
  IS
    l_row endorsement%ROWTYPE;
  BEGIN
    SELECT * INTO l_row FROM endorsement WHERE endorsement_id = p_endorsement_id FOR UPDATE;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '批单 ' || p_endorsement_id);
  END get_endorsement;

  FUNCTION open_endorsement(p_policy_id IN policy.policy_id%TYPE, p_type IN endorsement.endorse_type%TYPE,
                            p_effective IN DATE DEFAULT TRUNC(SYSDATE), p_reason IN VARCHAR2 DEFAULT NULL) RETURN endorsement.endorsement_id%TYPE
  IS
    l_policy policy%ROWTYPE;
    l_id     endorsement.endorsement_id%TYPE;
    l_open   PLS_INTEGER;
  BEGIN
    pkg_policy.lock_policy(p_policy_id);
    l_policy := pkg_policy.get_policy(p_policy_id);
    IF l_policy.status NOT IN ('IF', 'LA', 'PP') THEN
      pkg_err.raise_error(pkg_err.c_policy_status, l_policy.policy_no, l_policy.status);
    END IF;

    SELECT COUNT(*) INTO l_open FROM endorsement WHERE policy_id = p_policy_id AND status IN ('N', 'A');
    IF l_open > 0 THEN
      pkg_err.raise_error(pkg_err.c_resource_busy, l_policy.policy_no || ' 有未完成的批单');
    END IF;

    INSERT INTO endorsement (endorsement_id, endorsement_no, policy_id, endorse_type, apply_date, effective_date, reason, old_version, created_by)
    VALUES (seq_endorsement.NEXTVAL, pkg_numbering.next_endorsement_no(l_policy.branch_code), p_policy_id, p_type,
            TRUNC(SYSDATE), p_effective, p_reason, l_policy.version_no, pkg_context.get_user)
    RETURNING endorsement_id INTO l_id;
    RETURN l_id;
  END open_endorsement;

  PROCEDURE add_change(p_endorsement_id IN NUMBER, p_table IN VARCHAR2, p_column IN VARCHAR2, p_row_key IN VARCHAR2, p_new_value IN VARCHAR2)
  IS
    l_endo endorsement%ROWTYPE := get_endorsement(p_endorsement_id);
    l_old  endorsement_item.old_value%TYPE;
  BEGIN
    IF UPPER(p_table || '.' || p_column) NOT MEMBER OF c_editable THEN
      pkg_err.raise_error(pkg_err.c_not_authorised, p_table || '.' || p_column || ' 不可批改');
    END IF;
    l_old := read_value(l_endo.policy_id, UPPER(p_table), UPPER(p_column), p_row_key);
    -- 值未变则不记
    IF l_old = p_new_value OR (l_old IS NULL AND p_new_value IS NULL) THEN
      RETURN;
    END IF;
    INSERT INTO endorsement_item (endorsement_id, item_no, table_name, column_name, row_key, old_value, new_value)
    SELECT p_endorsement_id, NVL(MAX(item_no), 0) + 1, UPPER(p_table), UPPER(p_column), p_row_key, l_old, p_new_value
      FROM endorsement_item
     WHERE endorsement_id = p_endorsement_id;
  END add_change;

  PROCEDURE add_change(p_endorsement_id IN NUMBER, p_change IN t_change)
  IS
  BEGIN
    add_change(p_endorsement_id, p_change.table_name, p_change.column_name, p_change.row_key, p_change.new_value);
  END add_change;

  FUNCTION changes(p_endorsement_id IN NUMBER) RETURN t_change_tab
  IS
    l_list t_change_tab;
  BEGIN
    SELECT table_name, column_name, row_key, old_value, new_value
      BULK COLLECT INTO l_list
      FROM endorsement_item
     WHERE endorsement_id = p_endorsement_id
     ORDER BY item_no;
    RETURN l_list;
  END changes;

  FUNCTION calculate_premium_change(p_endorsement_id IN NUMBER) RETURN NUMBER
  IS
    l_endo   endorsement%ROWTYPE := get_endorsement(p_endorsement_id);
    l_policy policy%ROWTYPE := pkg_policy.get_policy(l_endo.policy_id);
    l_list   t_change_tab := changes(p_endorsement_id);
    l_annual NUMBER := 0;
    l_change NUMBER;
  BEGIN
    FOR i IN 1 .. l_list.COUNT LOOP
      -- 险种层的 PREMIUM 已包含在保单年缴保费里
      IF l_list(i).table_name = 'POLICY' AND l_list(i).column_name = 'ANNUAL_PREMIUM' THEN
        l_annual := l_annual + l_list(i).new_value - NVL(l_list(i).old_value, 0);
      END IF;
    END LOOP;
    -- 按未到期天数折算
    l_change := CASE
                  WHEN l_policy.expiry_date IS NULL THEN l_annual
                  ELSE pkg_rating.pro_rata(l_annual, l_endo.effective_date, LEAST(l_policy.expiry_date, NVL(l_policy.next_due_date, l_policy.expiry_date)))
                END;
    UPDATE endorsement SET premium_change = NVL(l_change, 0) WHERE endorsement_id = p_endorsement_id;
    RETURN NVL(l_change, 0);
  END calculate_premium_change;

  PROCEDURE approve(p_endorsement_id IN NUMBER)
  IS
    l_endo endorsement%ROWTYPE := get_endorsement(p_endorsement_id);
  BEGIN
    IF l_endo.status <> 'N' THEN
      pkg_err.raise_error(pkg_err.c_policy_status, l_endo.endorsement_no, l_endo.status);
    END IF;
    -- 四眼原则
    IF l_endo.created_by = pkg_context.get_user AND ABS(l_endo.premium_change) > pkg_ref_cache.param_number('ENDO_SELF_LIMIT', 1000) THEN
      pkg_err.raise_error(pkg_err.c_not_authorised, '录入人与审核人不能相同');
    END IF;
    UPDATE endorsement
       SET status = 'A', approved_by = pkg_context.get_user, approved_at = SYSDATE
     WHERE endorsement_id = p_endorsement_id;
    IF l_endo.effective_date <= TRUNC(SYSDATE) THEN
      apply_changes(p_endorsement_id);
    END IF;
  END approve;

  PROCEDURE reject(p_endorsement_id IN NUMBER, p_reason IN VARCHAR2)
  IS
  BEGIN
    UPDATE endorsement
       SET status = 'R', reason = SUBSTR(reason || ' / ' || p_reason, 1, 400)
     WHERE endorsement_id = p_endorsement_id
       AND status = 'N';
    IF SQL%NOTFOUND THEN
      RAISE_APPLICATION_ERROR(pkg_err.c_policy_status, '批单 ' || p_endorsement_id || ' 不是待审核状态');
    END IF;
  END reject;

  PROCEDURE apply_changes(p_endorsement_id IN NUMBER)
  IS
    l_endo    endorsement%ROWTYPE := get_endorsement(p_endorsement_id);
    l_list    t_change_tab := changes(p_endorsement_id);
    l_version policy.version_no%TYPE;
  BEGIN
    IF l_endo.status <> 'A' THEN
      pkg_err.raise_error(pkg_err.c_policy_status, l_endo.endorsement_no, l_endo.status);
    END IF;
    SAVEPOINT before_apply;
    pkg_policy.save_history(l_endo.policy_id, l_endo.endorse_type);

    FOR i IN 1 .. l_list.COUNT LOOP
      write_value(l_endo.policy_id, l_list(i).table_name, l_list(i).column_name, l_list(i).row_key, l_list(i).new_value);
    END LOOP;

    UPDATE policy
       SET version_no = version_no + 1, updated_at = SYSTIMESTAMP
     WHERE policy_id = l_endo.policy_id
    RETURNING version_no INTO l_version;

    UPDATE endorsement SET status = 'E', new_version = l_version WHERE endorsement_id = p_endorsement_id;
  EXCEPTION
    WHEN OTHERS THEN
      ROLLBACK TO before_apply;
      pkg_err.reraise(c_module, l_endo.endorsement_no);
  END apply_changes;

  PROCEDURE revert(p_endorsement_id IN NUMBER)
  IS
    l_endo endorsement%ROWTYPE := get_endorsement(p_endorsement_id);
    l_list t_change_tab := changes(p_endorsement_id);
    l_now  policy.version_no%TYPE;
  BEGIN
    SELECT version_no INTO l_now FROM policy WHERE policy_id = l_endo.policy_id FOR UPDATE;
    IF l_endo.status != 'E' OR l_now != l_endo.new_version THEN
      pkg_err.raise_error(pkg_err.c_policy_version, l_endo.endorsement_no);
    END IF;
    -- 逆序恢复
    FOR i IN REVERSE 1 .. l_list.COUNT LOOP
      write_value(l_endo.policy_id, l_list(i).table_name, l_list(i).column_name, l_list(i).row_key, l_list(i).old_value);
    END LOOP;
    UPDATE policy SET version_no = version_no + 1 WHERE policy_id = l_endo.policy_id;
    UPDATE endorsement SET status = 'X' WHERE endorsement_id = p_endorsement_id;
  END revert;

  FUNCTION change_sum_insured(p_policy_id IN NUMBER, p_new_si IN NUMBER, p_effective IN DATE DEFAULT TRUNC(SYSDATE)) RETURN NUMBER
  IS
    l_policy  policy%ROWTYPE := pkg_policy.get_policy(p_policy_id);
    l_product product%ROWTYPE := pkg_product.get_product(l_policy.product_code);
    l_id      NUMBER;
    l_ratio   NUMBER;
    l_total   NUMBER := 0;
  BEGIN
    IF p_new_si NOT BETWEEN l_product.min_sum_insured AND NVL(l_product.max_sum_insured, pkg_const.c_max_amount) THEN
      pkg_err.raise_error(pkg_err.c_si_out_of_range, p_new_si, l_product.min_sum_insured, l_product.max_sum_insured);
    END IF;
    l_ratio := p_new_si / NULLIF(l_policy.sum_insured, 0);
    l_id := open_endorsement(p_policy_id, 'SI', p_effective);
    FOR c IN (SELECT coverage_seq, sum_insured, premium, net_premium FROM policy_coverage WHERE policy_id = p_policy_id AND status = 'A')
    LOOP
      add_change(l_id, 'POLICY_COVERAGE', 'SUM_INSURED', c.coverage_seq, ROUND(c.sum_insured * l_ratio, 2));
      add_change(l_id, 'POLICY_COVERAGE', 'PREMIUM', c.coverage_seq, ROUND(c.premium * l_ratio, 2));
      l_total := l_total + ROUND(c.net_premium * l_ratio, 2);
    END LOOP;
    add_change(l_id, 'POLICY', 'SUM_INSURED', NULL, p_new_si);
    add_change(l_id, 'POLICY', 'ANNUAL_PREMIUM', NULL, l_total);
    pkg_log.debug(c_module, '保额变更补退费 ' || calculate_premium_change(l_id), l_id);
    RETURN l_id;
  END change_sum_insured;

  FUNCTION change_pay_mode(p_policy_id IN NUMBER, p_new_mode IN VARCHAR2) RETURN NUMBER
  IS
    l_id NUMBER;
  BEGIN
    IF p_new_mode NOT IN ('Y', 'H', 'Q', 'M') THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '缴费方式 ' || p_new_mode);
    END IF;
    l_id := open_endorsement(p_policy_id, 'PM', TRUNC(SYSDATE));
    add_change(l_id, 'POLICY', 'PAY_MODE', '', p_new_mode);
    RETURN l_id;
  END change_pay_mode;

  FUNCTION change_agent(p_policy_id IN NUMBER, p_new_agent IN NUMBER) RETURN NUMBER
  IS
    l_id     NUMBER;
    l_status agent.status%TYPE;
  BEGIN
    SELECT MAX(status) INTO l_status FROM agent WHERE agent_id = p_new_agent;
    pkg_err.raise_if(NVL(l_status, 'L') <> 'A', pkg_err.c_agent_not_found, TO_CHAR(p_new_agent));
    l_id := open_endorsement(p_policy_id, 'AG', TRUNC(SYSDATE), '业务员变更');
    add_change(l_id, 'POLICY', 'AGENT_ID', NULL, TO_CHAR(p_new_agent));
    RETURN l_id;
  END change_agent;

  FUNCTION surrender(p_policy_id IN NUMBER, p_reason IN VARCHAR2, p_refund OUT NUMBER) RETURN NUMBER
  IS
    l_id NUMBER;
  BEGIN
    p_refund := pkg_policy.surrender_value(p_policy_id);
    l_id := open_endorsement(p_policy_id, 'SU', TRUNC(SYSDATE), p_reason);
    add_change(l_id, 'POLICY', 'STATUS', NULL, pkg_const.c_pol_surrender);
    UPDATE endorsement SET premium_change = -p_refund WHERE endorsement_id = l_id;
    RETURN l_id;
  END surrender;

  FUNCTION cancel_in_cooling_off(p_policy_id IN NUMBER) RETURN NUMBER
  IS
    l_policy  policy%ROWTYPE := pkg_policy.get_policy(p_policy_id);
    l_product product%ROWTYPE := pkg_product.get_product(l_policy.product_code);
    l_id      NUMBER;
  BEGIN
    IF TRUNC(SYSDATE) - l_policy.issue_date > l_product.cooling_off_days THEN
      pkg_err.raise_error(pkg_err.c_policy_status, l_policy.policy_no, '已过犹豫期');
    END IF;
    l_id := open_endorsement(p_policy_id, 'CN', TRUNC(SYSDATE), '犹豫期撤单');
    add_change(l_id, 'POLICY', 'STATUS', NULL, 'CA');
    UPDATE endorsement
       SET premium_change = -1 * pkg_rating.modal_premium(l_policy.annual_premium, l_policy.pay_mode)
     WHERE endorsement_id = l_id;
    RETURN l_id;
  END cancel_in_cooling_off;

  FUNCTION reinstatement_cost(p_policy_id IN NUMBER, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_policy policy%ROWTYPE := pkg_policy.get_policy(p_policy_id);
    l_rate   NUMBER := pkg_ref_cache.param_number('REINSTATE_INTEREST', 0.05);
    l_due    NUMBER := pkg_policy.outstanding_premium(p_policy_id, p_on);
  BEGIN
    -- 欠缴保费 + 复利利息
    RETURN ROUND(l_due * POWER(1 + l_rate, (TRUNC(p_on) - NVL(l_policy.next_due_date, TRUNC(p_on))) / 365), 2);
  END reinstatement_cost;

  FUNCTION reinstate(p_policy_id IN NUMBER, p_paid IN NUMBER) RETURN NUMBER
  IS
    l_policy policy%ROWTYPE := pkg_policy.get_policy(p_policy_id);
    l_id     NUMBER;
  BEGIN
    IF l_policy.status <> 'LA' THEN
      pkg_err.raise_error(pkg_err.c_policy_status, l_policy.policy_no, l_policy.status);
    ELSIF MONTHS_BETWEEN(SYSDATE, l_policy.next_due_date) > 24 THEN
      pkg_err.raise_error(pkg_err.c_policy_status, l_policy.policy_no, '失效超过两年');
    ELSIF p_paid < reinstatement_cost(p_policy_id) THEN
      pkg_err.raise_error(pkg_err.c_payment_failed, '复效应缴 ' || reinstatement_cost(p_policy_id));
    END IF;
    l_id := open_endorsement(p_policy_id, 'RI', TRUNC(SYSDATE), '复效');
    add_change(l_id, 'POLICY', 'STATUS', NULL, 'IF');
    UPDATE endorsement SET premium_change = p_paid WHERE endorsement_id = l_id;
    RETURN l_id;
  END reinstate;

  PROCEDURE add_rider(p_policy_id IN NUMBER, p_coverage_code IN VARCHAR2, p_sum_insured IN NUMBER)
  IS
    l_full pkg_policy.t_policy_full := pkg_policy.get_full(p_policy_id);
    l_cov  coverage_def%ROWTYPE := pkg_product.get_coverage(p_coverage_code);
    l_risk pkg_rating.t_risk;
    l_item t_premium_item;
    l_seq  policy_coverage.coverage_seq%TYPE;
  BEGIN
    FOR i IN 1 .. l_full.coverages.COUNT LOOP
      IF l_full.coverages(i).coverage_code = p_coverage_code AND l_full.coverages(i).status = 'A' THEN
        pkg_err.raise_error(pkg_err.c_invalid_argument, '已有附加险 ' || p_coverage_code);
      END IF;
    END LOOP;
    IF l_cov.coverage_type = 'MB' THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '主险责任不能附加 ' || p_coverage_code);
    END IF;

    l_risk.product_code := l_full.head.product_code;
    l_risk.age          := pkg_util_date.age_at(l_full.insured.birth_date);
    l_risk.gender       := l_full.insured.gender;
    l_risk.sum_insured  := p_sum_insured;
    l_risk.pay_mode     := l_full.head.pay_mode;
    l_risk.channel      := l_full.head.channel;
    l_item := pkg_rating.rate_coverage(l_risk, p_coverage_code, p_sum_insured);

    SELECT NVL(MAX(coverage_seq), 0) + 1 INTO l_seq FROM policy_coverage WHERE policy_id = p_policy_id;
    INSERT INTO policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, rate, start_date, end_date)
    VALUES (p_policy_id, l_seq, p_coverage_code, p_sum_insured, l_item.final_premium, l_item.rate, TRUNC(SYSDATE), l_full.head.expiry_date);
    UPDATE policy
       SET annual_premium = annual_premium + l_item.final_premium, version_no = version_no + 1
     WHERE policy_id = p_policy_id;
  END add_rider;

  FUNCTION pending(p_branch_code IN VARCHAR2) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT e.endorsement_no, p.policy_no, pkg_ref_cache.name_of('ENDORSE_TYPE', e.endorse_type) AS type_name,
             e.premium_change, e.created_by, TRUNC(SYSDATE) - e.apply_date AS days_open, i.item_count
        FROM endorsement e
        JOIN policy p ON p.policy_id = e.policy_id
        LEFT JOIN (SELECT endorsement_id, COUNT(*) AS item_count FROM endorsement_item GROUP BY endorsement_id) i
               ON i.endorsement_id = e.endorsement_id
       WHERE e.status = 'N'
         AND p.branch_code = p_branch_code
       ORDER BY e.apply_date NULLS FIRST, e.endorsement_id
       FETCH FIRST 200 ROWS ONLY;
    RETURN l_cur;
  END pending;

  PROCEDURE apply_due(p_on IN DATE DEFAULT TRUNC(SYSDATE), p_applied OUT PLS_INTEGER, p_failed OUT PLS_INTEGER)
  IS
  BEGIN
    p_applied := 0;
    p_failed  := 0;
    FOR r IN (SELECT endorsement_id, endorsement_no
                FROM endorsement
               WHERE status = 'A'
                 AND effective_date <= p_on
               ORDER BY effective_date, endorsement_id)
    LOOP
      BEGIN
        apply_changes(r.endorsement_id);
        COMMIT;
        p_applied := p_applied + 1;
      EXCEPTION
        WHEN OTHERS THEN
          ROLLBACK;
          p_failed := p_failed + 1;
          pkg_log.error(c_module, SQLERRM, r.endorsement_no);
      END;
    END LOOP;
  END apply_due;
END pkg_endorsement;
/
