CREATE OR REPLACE PACKAGE BODY ins_claim.pkg_claim_assess
AS
  c_module CONSTANT VARCHAR2(20) := 'PKG_CLAIM_ASSESS';

  -- forward
  PROCEDURE apply_rule (p_rule IN adjudication_rule%ROWTYPE, p_claim IN claim%ROWTYPE, p_calc IN OUT NOCOPY t_item_calc);

  -- 保单年度起始日
  FUNCTION period_start (p_policy_id IN NUMBER, p_on IN DATE) RETURN DATE
  IS
    l_eff   DATE;
    l_years PLS_INTEGER;
  BEGIN
    SELECT TRUNC(effective_date) INTO l_eff FROM policy WHERE policy_id = p_policy_id;
    l_years := FLOOR(MONTHS_BETWEEN(p_on, l_eff) / 12);
    RETURN ADD_MONTHS(l_eff, GREATEST(l_years, 0) * 12);
  END period_start;

  FUNCTION used_amount (p_policy_id IN NUMBER, p_coverage IN VARCHAR2, p_insured_id IN NUMBER, p_start IN DATE, p_type IN VARCHAR2) RETURN NUMBER
  IS
    l_used NUMBER;
  BEGIN
    SELECT used_amount
      INTO l_used
      FROM claim_accumulator a
     WHERE a.policy_id = p_policy_id
       AND a.coverage_code = p_coverage
       AND a.insured_id = p_insured_id
       AND a.period_start = p_start
       AND a.accum_type = p_type;
    RETURN l_used;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN 0;
  END used_amount;

  FUNCTION remaining_deductible (p_policy_id IN NUMBER, p_coverage IN VARCHAR2, p_insured_id IN NUMBER, p_on IN DATE) RETURN NUMBER
  IS
    l_ded NUMBER;
  BEGIN
    SELECT NVL(MAX(pc.deductible), 0)
      INTO l_ded
      FROM policy_coverage pc
     WHERE pc.policy_id = p_policy_id
       AND pc.coverage_code = p_coverage
       AND pc.status = 'A';
    RETURN GREATEST(l_ded - used_amount(p_policy_id, p_coverage, p_insured_id, period_start(p_policy_id, p_on), 'DEDU'), 0);
  END remaining_deductible;

  FUNCTION remaining_limit (p_policy_id IN NUMBER, p_coverage IN VARCHAR2, p_insured_id IN NUMBER, p_on IN DATE) RETURN NUMBER
  IS
    l_sum NUMBER;
    l_event NUMBER;
  BEGIN
    SELECT MAX(pc.sum_insured), MAX(d.limit_per_event)
      INTO l_sum, l_event
      FROM policy_coverage pc
      JOIN coverage_def d ON d.coverage_code = pc.coverage_code
     WHERE pc.policy_id = p_policy_id
       AND pc.coverage_code = p_coverage;
    l_sum := l_sum - used_amount(p_policy_id, p_coverage, p_insured_id, period_start(p_policy_id, p_on), 'LIMI');
    RETURN GREATEST(LEAST(l_sum, NVL(l_event, l_sum)), 0);
  END remaining_limit;

  FUNCTION rules_for (p_coverage IN VARCHAR2, p_lob IN VARCHAR2, p_on IN DATE) RETURN t_rule_tab
  IS
    l_rules t_rule_tab;
  BEGIN
    SELECT *
      BULK COLLECT INTO l_rules
      FROM adjudication_rule
     WHERE (coverage_code = p_coverage OR coverage_code IS NULL)
       AND (line_of_business = p_lob OR line_of_business IS NULL)
       AND active_flag = 'Y'
       AND p_on BETWEEN effective_from AND NVL(effective_to, p_on)
     ORDER BY priority, rule_code;
    RETURN l_rules;
  END rules_for;

  -- 规则条件是一段 SQL 条件, 绑定 :claim_id
  FUNCTION condition_met (p_rule IN adjudication_rule%ROWTYPE, p_claim_id IN NUMBER) RETURN BOOLEAN
  IS
    l_hit NUMBER;
  BEGIN
    IF p_rule.condition_sql IS NULL THEN
      RETURN TRUE;
    END IF;
    EXECUTE IMMEDIATE 'SELECT COUNT(*) FROM claim c WHERE c.claim_id = :claim_id AND (' || p_rule.condition_sql || ')'
      INTO l_hit
      USING p_claim_id;
    RETURN l_hit > 0;
  EXCEPTION
    WHEN OTHERS THEN
      pkg_log.error(c_module, 'rule ' || p_rule.rule_code || ': ' || SQLERRM, p_claim_id);
      RETURN FALSE;
  END condition_met;

  PROCEDURE add_trace (p_calc IN OUT NOCOPY t_item_calc, p_code IN VARCHAR2, p_before IN NUMBER, p_after IN NUMBER)
  IS
  BEGIN
    p_calc.trace.EXTEND;
    p_calc.trace(p_calc.trace.LAST).rule_code := p_code;
    p_calc.trace(p_calc.trace.LAST).before    := p_before;
    p_calc.trace(p_calc.trace.LAST).after     := p_after;
  END add_trace;

  PROCEDURE apply_rule (p_rule IN adjudication_rule%ROWTYPE, p_claim IN claim%ROWTYPE, p_calc IN OUT NOCOPY t_item_calc)
  IS
    l_before NUMBER := p_calc.calc.payable;
    l_days   PLS_INTEGER;
  BEGIN
    IF NOT condition_met(p_rule, p_claim.claim_id) THEN
      RETURN;
    END IF;

    CASE p_rule.rule_kind
      WHEN 'EXCL' THEN
        p_calc.calc.covered := 0;
        p_calc.item.reject_code := p_rule.rule_code;
        p_calc.item.reject_reason := p_rule.rule_name;
      WHEN 'WAIT' THEN
        IF p_claim.loss_date < period_start(p_claim.policy_id, p_claim.loss_date) + NVL(p_rule.num_value, 0) THEN
          p_calc.calc.covered := 0;
          p_calc.item.reject_code := p_rule.rule_code;
          p_calc.item.reject_reason := '等待期内出险';
        END IF;
      WHEN 'DEDU' THEN
        p_calc.calc.apply_deductible(
          LEAST(NVL(p_rule.num_value, 1e12),
                remaining_deductible(p_claim.policy_id, p_calc.item.coverage_code, p_claim.insured_id, p_claim.loss_date)));
      WHEN 'COINS' THEN
        p_calc.calc.coinsurance := 1 - (1 - p_calc.calc.coinsurance) * (1 - NVL(p_rule.rate_value, 0));
      WHEN 'LIMIT' THEN
        p_calc.calc.limit_amount := LEAST(
          NVL(p_calc.calc.limit_amount, 1e15),
          NVL(p_rule.num_value, 1e15),
          remaining_limit(p_claim.policy_id, p_calc.item.coverage_code, p_claim.insured_id, p_claim.loss_date));
      WHEN 'DAYS' THEN
        -- 津贴型: 日额 × 天数
        SELECT NVL(SUM(hospital_days), 0) INTO l_days FROM medical_bill WHERE claim_id = p_claim.claim_id AND visit_type = 'IP';
        p_calc.calc.covered := LEAST(l_days, NVL(p_rule.num_value2, 180)) * p_rule.num_value;
    END CASE;

    add_trace(p_calc, p_rule.rule_code, l_before, p_calc.calc.payable);
  EXCEPTION
    WHEN CASE_NOT_FOUND THEN
      RAISE_APPLICATION_ERROR(-20320, '未知规则类型 ' || p_rule.rule_kind);
  END apply_rule;

  FUNCTION calculate (p_claim IN claim%ROWTYPE) RETURN t_calc_tab
  IS
    l_tab   t_calc_tab;
    l_rules t_rule_tab;
    n       PLS_INTEGER := 0;
    CURSOR c_items IS
      SELECT * FROM claim_item WHERE claim_id = p_claim.claim_id AND item_status <> '90' ORDER BY item_seq;
  BEGIN
    FOR r IN c_items LOOP
      n := n + 1;
      l_tab(n).item  := r;
      l_tab(n).calc  := t_benefit_calc(r.coverage_code, NVL(r.covered_amount, r.claimed_amount));
      l_tab(n).trace := t_trace();
      l_rules := rules_for(r.coverage_code, p_claim.line_of_business, p_claim.loss_date);
      <<rule_loop>>
      FOR k IN 1 .. l_rules.COUNT LOOP
        apply_rule(l_rules(k), p_claim, l_tab(n));
        EXIT rule_loop WHEN l_tab(n).calc.covered = 0;
      END LOOP rule_loop;
    END LOOP;
    RETURN l_tab;
  END calculate;

  FUNCTION trace_text (p_trace IN t_trace) RETURN VARCHAR2
  IS
    l_out VARCHAR2(4000);
  BEGIN
    FOR i IN 1 .. p_trace.COUNT LOOP
      EXIT WHEN LENGTH(l_out) > c_trace_limit - 60;
      l_out := l_out || p_trace(i).rule_code || '=' || TO_CHAR(p_trace(i).before, 'FM9999999990.00') || '>' || TO_CHAR(p_trace(i).after, 'FM9999999990.00') || ';';
    END LOOP;
    RETURN l_out;
  END trace_text;

  PROCEDURE accumulate (p_claim IN claim%ROWTYPE, p_coverage IN VARCHAR2, p_type IN VARCHAR2, p_amount IN NUMBER)
  IS
    l_start DATE := period_start(p_claim.policy_id, p_claim.loss_date);
  BEGIN
    MERGE INTO claim_accumulator a
    USING (SELECT p_claim.policy_id AS policy_id, p_coverage AS coverage_code, p_claim.insured_id AS insured_id,
                  l_start AS period_start, p_type AS accum_type
             FROM dual) s
       ON (a.policy_id = s.policy_id AND a.coverage_code = s.coverage_code AND a.insured_id = s.insured_id
           AND a.period_start = s.period_start AND a.accum_type = s.accum_type)
     WHEN MATCHED THEN
       UPDATE SET a.used_amount = a.used_amount + p_amount, a.used_count = a.used_count + SIGN(p_amount), a.last_claim_id = p_claim.claim_id, a.updated_at = SYSTIMESTAMP
       DELETE WHERE a.used_amount = 0 AND a.used_count <= 0
     WHEN NOT MATCHED THEN
       INSERT (policy_id, coverage_code, insured_id, period_start, accum_type, used_amount, used_count, last_claim_id)
       VALUES (s.policy_id, s.coverage_code, s.insured_id, s.period_start, s.accum_type, p_amount, 1, p_claim.claim_id);
  END accumulate;

  PROCEDURE assess (p_claim_id IN NUMBER, p_assessor IN VARCHAR2 DEFAULT USER)
  IS
    l_claim claim%ROWTYPE := pkg_claim_reg.lock_claim(p_claim_id, TRUE);
    l_tab   t_calc_tab;
    l_ass   claim_assessment%ROWTYPE;
    l_step  PLS_INTEGER := 0;
    l_pay   NUMBER;
  BEGIN
    IF l_claim.status NOT IN ('20', '30', '40') THEN
      pkg_err.raise_error(pkg_err.c_claim_status, l_claim.claim_no, l_claim.status);
    END IF;

    l_tab := calculate(l_claim);
    IF l_tab.COUNT = 0 THEN
      RAISE_APPLICATION_ERROR(-20321, '没有理算明细');
    END IF;

    l_ass.assessment_id    := seq_claim_common.NEXTVAL;
    l_ass.claim_id         := p_claim_id;
    l_ass.assessor_id      := p_assessor;
    l_ass.assessed_at      := SYSDATE;
    l_ass.claimed_total    := 0;
    l_ass.covered_total    := 0;
    l_ass.deductible_total := 0;
    l_ass.approved_total   := 0;
    SELECT NVL(MAX(round_no), 0) + 1 INTO l_ass.round_no FROM claim_assessment WHERE claim_id = p_claim_id;

    FOR i IN 1 .. l_tab.COUNT LOOP
      l_pay := l_tab(i).calc.payable();
      UPDATE claim_item
         SET deductible_amount = l_tab(i).calc.deductible,
             coinsurance_rate  = l_tab(i).calc.coinsurance,
             limit_amount      = l_tab(i).calc.limit_amount,
             approved_amount   = l_pay,
             reject_code       = l_tab(i).item.reject_code,
             reject_reason     = l_tab(i).item.reject_reason,
             item_status       = CASE WHEN l_tab(i).item.reject_code IS NULL THEN '40' ELSE '80' END,
             updated_at        = SYSTIMESTAMP
       WHERE claim_item_id = l_tab(i).item.claim_item_id;

      -- trace_text 是私有函数, 不能写在 SQL 里
      DECLARE
        l_text VARCHAR2(4000) := trace_text(l_tab(i).trace);
      BEGIN
        UPDATE claim_item SET rule_trace = l_text WHERE claim_item_id = l_tab(i).item.claim_item_id;
      END;

      FOR k IN 1 .. l_tab(i).trace.COUNT LOOP
        l_step := l_step + 1;
        INSERT INTO gtt_claim_calc (claim_id, claim_item_id, coverage_code, step_no, rule_code, amount_before, amount_after)
        VALUES (p_claim_id, l_tab(i).item.claim_item_id, l_tab(i).item.coverage_code, l_step,
                l_tab(i).trace(k).rule_code, l_tab(i).trace(k).before, l_tab(i).trace(k).after);
      END LOOP;

      l_ass.claimed_total    := l_ass.claimed_total + l_tab(i).item.claimed_amount;
      l_ass.covered_total    := l_ass.covered_total + l_tab(i).calc.covered;
      l_ass.deductible_total := l_ass.deductible_total + l_tab(i).calc.deductible;
      l_ass.approved_total   := l_ass.approved_total + l_tab(i).calc.payable;
    END LOOP;

    l_ass.decision := CASE
                        WHEN l_ass.approved_total = 0 THEN 'RJ'
                        WHEN l_ass.approved_total < l_ass.claimed_total THEN 'PA'
                        ELSE 'AP'
                      END;
    l_ass.authority_level := CASE
                               WHEN l_ass.approved_total <= 10000 THEN 1
                               WHEN l_ass.approved_total <= 100000 THEN 2
                               WHEN l_ass.approved_total <= 1000000 THEN 3
                               ELSE 9
                             END;
    INSERT INTO claim_assessment VALUES l_ass;

    UPDATE claim
       SET assessed_amount = l_ass.approved_total
     WHERE claim_id = p_claim_id;
    pkg_claim_reserve.set_reserve(p_claim_id, 'CASE', l_ass.approved_total, 'ASSESS');
    pkg_claim_reg.change_status(p_claim_id, '40', '第' || l_ass.round_no || '次理算');

    -- 小额自动核赔
    IF l_ass.authority_level = 1 AND l_claim.fraud_flag = 'N' AND l_ass.decision <> 'RJ' THEN
      approve(p_claim_id, 'AUTO', l_ass.decision);
    ELSE
      pkg_claim_reg.create_task(p_claim_id, 'APPROVE', 2);
    END IF;
  END assess;

  FUNCTION simulate (p_claim_id IN NUMBER) RETURN t_benefit_calc_tab
  IS
    l_tab t_calc_tab := calculate(pkg_claim_reg.get_claim(p_claim_id));
    l_out t_benefit_calc_tab := t_benefit_calc_tab();
  BEGIN
    l_out.EXTEND(l_tab.COUNT);
    FOR i IN 1 .. l_tab.COUNT LOOP
      l_out(i) := l_tab(i).calc;
    END LOOP;
    RETURN l_out;
  END simulate;

  FUNCTION authority_limit (p_user IN VARCHAR2, p_lob IN VARCHAR2) RETURN NUMBER
  IS
    l_limit NUMBER;
  BEGIN
    IF p_user = 'AUTO' THEN
      RETURN 10000;
    END IF;
    SELECT TO_NUMBER(param_value)
      INTO l_limit
      FROM sys_parameter
     WHERE param_name IN ('CLM_LIMIT_' || p_user || '_' || p_lob, 'CLM_LIMIT_' || p_user)
       AND ROWNUM = 1;
    RETURN l_limit;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN 50000;
    WHEN VALUE_ERROR OR INVALID_NUMBER THEN
      RETURN 0;
  END authority_limit;

  PROCEDURE approve (p_claim_id IN NUMBER, p_approver IN VARCHAR2, p_decision IN VARCHAR2 DEFAULT 'AP', p_comment IN VARCHAR2 DEFAULT NULL)
  IS
    l_claim claim%ROWTYPE := pkg_claim_reg.lock_claim(p_claim_id);
  BEGIN
    IF l_claim.assessed_amount > authority_limit(p_approver, l_claim.line_of_business) THEN
      pkg_err.raise_error(pkg_err.c_not_authorised, p_approver, TO_CHAR(l_claim.assessed_amount));
    END IF;
    IF l_claim.fraud_flag = 'Y' AND p_decision <> 'RJ' THEN
      RAISE_APPLICATION_ERROR(-20322, '欺诈案件只能拒赔');
    END IF;

    UPDATE claim_assessment a
       SET a.approver_id = p_approver, a.approved_at = SYSDATE, a.decision = p_decision, a.comments = p_comment
     WHERE a.claim_id = p_claim_id
       AND a.round_no = (SELECT MAX(round_no) FROM claim_assessment WHERE claim_id = a.claim_id);

    CASE p_decision
      WHEN 'RJ' THEN
        pkg_claim_reg.change_status(p_claim_id, '80', p_comment);
        pkg_claim_reserve.release_all(p_claim_id, 'REJECT');
      WHEN 'RT' THEN
        pkg_claim_reg.change_status(p_claim_id, '30', p_comment);
      ELSE
        FOR r IN (SELECT coverage_code, deductible_amount, approved_amount
                    FROM claim_item
                   WHERE claim_id = p_claim_id
                     AND item_status = '40') LOOP
          IF r.deductible_amount > 0 THEN
            accumulate(l_claim, r.coverage_code, 'DEDU', r.deductible_amount);
          END IF;
          IF r.approved_amount > 0 THEN
            accumulate(l_claim, r.coverage_code, 'LIMI', r.approved_amount);
          END IF;
        END LOOP;
        pkg_claim_reg.change_status(p_claim_id, '50', p_comment);
    END CASE;
    UPDATE claim_task SET status = 'D', done_at = SYSDATE WHERE claim_id = p_claim_id AND task_type = 'APPROVE' AND status <> 'X';
  END approve;

  PROCEDURE reject_item (p_claim_item_id IN NUMBER, p_code IN VARCHAR2, p_reason IN VARCHAR2)
  IS
    l_claim_id claim_item.claim_id%TYPE;
  BEGIN
    UPDATE claim_item
       SET item_status = '80', approved_amount = 0, reject_code = p_code, reject_reason = p_reason
     WHERE claim_item_id = p_claim_item_id
    RETURNING claim_id INTO l_claim_id;
    IF l_claim_id IS NULL THEN
      RAISE_APPLICATION_ERROR(-20323, '明细不存在');
    END IF;
    UPDATE claim c
       SET c.assessed_amount = (SELECT NVL(SUM(i.approved_amount), 0) FROM claim_item i WHERE i.claim_id = c.claim_id)
     WHERE c.claim_id = l_claim_id;
  END reject_item;

  PROCEDURE undo_assessment (p_claim_id IN NUMBER)
  IS
    l_claim claim%ROWTYPE := pkg_claim_reg.lock_claim(p_claim_id);
  BEGIN
    IF l_claim.paid_amount > 0 THEN
      RAISE_APPLICATION_ERROR(-20324, '已有赔付');
    END IF;
    IF l_claim.status = '50' THEN
      FOR r IN (SELECT coverage_code, SUM(deductible_amount) d, SUM(approved_amount) a
                  FROM claim_item WHERE claim_id = p_claim_id AND item_status = '40' GROUP BY coverage_code) LOOP
        accumulate(l_claim, r.coverage_code, 'DEDU', -NVL(r.d, 0));
        accumulate(l_claim, r.coverage_code, 'LIMI', -NVL(r.a, 0));
      END LOOP;
    END IF;
    UPDATE claim_item
       SET approved_amount = NULL, deductible_amount = 0, coinsurance_rate = 0, limit_amount = NULL, rule_trace = '', item_status = '10'
     WHERE claim_id = p_claim_id;
    UPDATE claim SET assessed_amount = NULL, status = '30' WHERE claim_id = p_claim_id;
    pkg_claim_reg.log_event(p_claim_id, 'UNDO', '撤销理算', l_claim.status, '30');
  END undo_assessment;

  FUNCTION explain (p_claim_item_id IN NUMBER) RETURN VARCHAR2
  IS
    l_text VARCHAR2(4000);
  BEGIN
    SELECT LISTAGG(NVL(r.rule_name, t.code) || ' ' || t.change, CHR(10)) WITHIN GROUP (ORDER BY t.pos)
      INTO l_text
      FROM (SELECT LEVEL AS pos,
                   REGEXP_SUBSTR(REGEXP_SUBSTR(i.rule_trace, '[^;]+', 1, LEVEL), '^[^=]+') AS code,
                   REGEXP_SUBSTR(REGEXP_SUBSTR(i.rule_trace, '[^;]+', 1, LEVEL), '[^=]+$') AS change
              FROM (SELECT rule_trace FROM claim_item WHERE claim_item_id = p_claim_item_id) i
           CONNECT BY LEVEL <= REGEXP_COUNT(i.rule_trace, ';')) t
      LEFT JOIN (SELECT rule_code, MAX(rule_name) AS rule_name FROM adjudication_rule GROUP BY rule_code) r
        ON r.rule_code = t.code;
    RETURN l_text;
  END explain;
END pkg_claim_assess;
/
