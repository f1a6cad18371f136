CREATE OR REPLACE PACKAGE BODY ins_core.pkg_underwriting
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_UNDERWRITING';

  TYPE t_rule_tab IS TABLE OF uw_rule%ROWTYPE INDEX BY PLS_INTEGER;
  TYPE t_limit_map IS TABLE OF NUMBER INDEX BY PLS_INTEGER;

  g_rules    t_rule_tab;
  g_rules_on DATE;
  g_limits   t_limit_map;

  PROCEDURE load_rules
  IS
    CURSOR c_rules IS
      SELECT *
        FROM uw_rule
       WHERE enabled = 'Y'
         AND TRUNC(SYSDATE) BETWEEN valid_from AND valid_to
       ORDER BY seq_no, rule_code;
  BEGIN
    IF g_rules_on = TRUNC(SYSDATE) AND g_rules.COUNT > 0 THEN
      RETURN;
    END IF;
    OPEN c_rules;
    FETCH c_rules BULK COLLECT INTO g_rules;
    CLOSE c_rules;
    g_rules_on := TRUNC(SYSDATE);
  END load_rules;

  FUNCTION get_proposal(p_proposal_id IN NUMBER, p_lock IN BOOLEAN DEFAULT FALSE) RETURN proposal%ROWTYPE
  IS
    l_row proposal%ROWTYPE;
  BEGIN
    IF p_lock THEN
      SELECT * INTO l_row FROM proposal WHERE proposal_id = p_proposal_id FOR UPDATE WAIT 3;
    ELSE
      SELECT * INTO l_row FROM proposal WHERE proposal_id = p_proposal_id;
    END IF;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '投保单 ' || p_proposal_id);
  END get_proposal;

  FUNCTION get_case(p_case_id IN NUMBER) RETURN uw_case%ROWTYPE
  IS
    l_row uw_case%ROWTYPE;
  BEGIN
    SELECT * INTO l_row FROM uw_case WHERE case_id = p_case_id FOR UPDATE NOWAIT;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '核保案件 ' || p_case_id);
    WHEN pkg_err.e_row_locked THEN
      pkg_err.raise_error(pkg_err.c_resource_busy, '核保案件 ' || p_case_id);
  END get_case;

  FUNCTION accumulated_si(p_party_id IN NUMBER, p_lob IN VARCHAR2 DEFAULT NULL, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_total NUMBER := 0;
  BEGIN
    SELECT NVL(SUM(pkg_ref_cache.convert_amount(p.sum_insured, p.currency, 'CNY', p_on)), 0)
      INTO l_total
      FROM policy p,
           product d
     WHERE p.product_code = d.product_code
       AND p.insured_id = p_party_id
       AND p.status IN ('IF', 'PP', 'LA')
       AND d.line_of_business = NVL(p_lob, d.line_of_business)
       AND p_on BETWEEN p.effective_date AND NVL(p.expiry_date, p_on);
    RETURN l_total;
  END accumulated_si;

  -- 体检额度表: 年龄 x 累计保额 -> 体检套餐
  FUNCTION needs_medical_exam(p_age IN NUMBER, p_accum_si IN NUMBER) RETURN VARCHAR2
  IS
    TYPE t_row IS VARRAY(4) OF NUMBER;
    TYPE t_grid IS TABLE OF t_row;
    c_grid CONSTANT t_grid := t_grid(
      t_row(17,  300000,  500000, 1000000),
      t_row(40,  500000, 1000000, 2000000),
      t_row(50,  300000,  600000, 1200000),
      t_row(60,  100000,  300000,  600000),
      t_row(999,  50000,  100000,  200000));
  BEGIN
    FOR i IN c_grid.FIRST .. c_grid.LAST LOOP
      IF p_age <= c_grid(i)(1) THEN
        RETURN CASE
                 WHEN p_accum_si > c_grid(i)(4) THEN 'C'
                 WHEN p_accum_si > c_grid(i)(3) THEN 'B'
                 WHEN p_accum_si > c_grid(i)(2) THEN 'A'
               END;
      END IF;
    END LOOP;
    RETURN NULL;
  END needs_medical_exam;

  FUNCTION authority_limit(p_user_id IN VARCHAR2) RETURN NUMBER
  IS
    l_level app_user.uw_level%TYPE;
  BEGIN
    SELECT uw_level INTO l_level FROM app_user WHERE user_id = UPPER(p_user_id) AND status = 'A';
    RETURN CASE WHEN g_limits.EXISTS(l_level) THEN g_limits(l_level) ELSE 0 END;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN 0;
  END authority_limit;

  FUNCTION open_case(p_proposal_id IN proposal.proposal_id%TYPE) RETURN uw_case.case_id%TYPE
  IS
    l_id uw_case.case_id%TYPE;
  BEGIN
    SELECT MAX(case_id)
      INTO l_id
      FROM uw_case
     WHERE proposal_id = p_proposal_id
       AND status <> 'C';
    IF l_id IS NULL THEN
      INSERT INTO uw_case (case_id, proposal_id, notes)
      VALUES (seq_uw_case.NEXTVAL, p_proposal_id, EMPTY_CLOB())
      RETURNING case_id INTO l_id;
      UPDATE proposal SET status = 'UW' WHERE proposal_id = p_proposal_id AND status = 'NW';
    END IF;
    RETURN l_id;
  END open_case;

  FUNCTION run_rules(p_proposal_id IN proposal.proposal_id%TYPE) RETURN t_hit_tab
  IS
    l_hits t_hit_tab := t_hit_tab();
    l_prop proposal%ROWTYPE := get_proposal(p_proposal_id);
    l_prod product%ROWTYPE := pkg_product.get_product(l_prop.product_code);
    l_text VARCHAR2(1000 CHAR);
    l_n    PLS_INTEGER;

    FUNCTION applies(p_rule IN uw_rule%ROWTYPE) RETURN BOOLEAN
    IS
    BEGIN
      RETURN (p_rule.line_of_business IS NULL OR p_rule.line_of_business = l_prod.line_of_business)
         AND (p_rule.product_code IS NULL OR p_rule.product_code = l_prod.product_code);
    END applies;
  BEGIN
    load_rules;
    <<each_rule>>
    FOR i IN 1 .. g_rules.COUNT LOOP
      CONTINUE each_rule WHEN NOT applies(g_rules(i));
      BEGIN
        EXECUTE IMMEDIATE
          'SELECT COUNT(*), MAX(f.fact_text) FROM v_uw_facts f WHERE f.proposal_id = :id AND (' || g_rules(i).condition_sql || ')'
          INTO l_n, l_text
          USING p_proposal_id;
      EXCEPTION
        WHEN OTHERS THEN
          -- 坏规则不能放行: 按人工核保处理
          pkg_log.error(c_module, '规则 ' || g_rules(i).rule_code || ' 执行失败: ' || SQLERRM, p_proposal_id);
          l_n := 1;
          l_text := '规则执行失败';
      END;

      IF l_n > 0 THEN
        l_hits.EXTEND;
        l_hits(l_hits.LAST).rule_code   := g_rules(i).rule_code;
        l_hits(l_hits.LAST).rule_name   := g_rules(i).rule_name;
        l_hits(l_hits.LAST).severity    := g_rules(i).severity;
        l_hits(l_hits.LAST).action_code := g_rules(i).action_code;
        l_hits(l_hits.LAST).score       := g_rules(i).score;
        l_hits(l_hits.LAST).detail      := SUBSTR(l_text || CASE WHEN g_rules(i).action_value IS NOT NULL THEN ' [' || g_rules(i).action_value || ']' END, 1, 1000);
        EXIT each_rule WHEN g_rules(i).action_code = 'DECLINE' AND g_rules(i).severity = 'E';
      END IF;
    END LOOP each_rule;
    RETURN l_hits;
  END run_rules;

  FUNCTION auto_underwrite(p_proposal_id IN proposal.proposal_id%TYPE) RETURN t_result
  IS
    l_result t_result;
    l_prop   proposal%ROWTYPE := get_proposal(p_proposal_id, TRUE);
    l_action uw_rule.action_code%TYPE;
    l_refer  BOOLEAN := FALSE;
  BEGIN
    IF l_prop.status NOT IN ('NW', 'UW') THEN
      pkg_err.raise_error(pkg_err.c_policy_status, l_prop.proposal_no, l_prop.status);
    END IF;
    l_result.case_id := open_case(p_proposal_id);
    l_result.hits := run_rules(p_proposal_id);

    DELETE FROM uw_rule_hit WHERE case_id = l_result.case_id;
    FOR i IN 1 .. l_result.hits.COUNT LOOP
      l_action := l_result.hits(i).action_code;
      l_result.total_score := l_result.total_score + NVL(l_result.hits(i).score, 0);

      INSERT INTO uw_rule_hit (case_id, rule_code, score, action_code, detail)
      VALUES (l_result.case_id, l_result.hits(i).rule_code, l_result.hits(i).score, l_action, l_result.hits(i).detail);

      IF l_action = 'DECLINE' THEN
        l_result.decision := c_decline;
      ELSIF l_action = 'LOAD' THEN
        SELECT l_result.loading_pct + NVL(TO_NUMBER(action_value), 25)
          INTO l_result.loading_pct
          FROM uw_rule
         WHERE rule_code = l_result.hits(i).rule_code;
      ELSIF l_action IN ('REFER', 'EXAM') THEN
        l_refer := TRUE;
      ELSIF l_action = 'EXCLUDE' THEN
        UPDATE proposal_coverage
           SET exclusion_text = SUBSTR(exclusion_text || l_result.hits(i).detail || ';', 1, 1000)
         WHERE proposal_id = p_proposal_id
           AND coverage_code = (SELECT action_value FROM uw_rule WHERE rule_code = l_result.hits(i).rule_code);
      ELSE
        NULL;   -- NOTE
      END IF;
    END LOOP;

    IF l_result.decision IS NULL THEN
      l_result.decision :=
        CASE
          WHEN l_result.total_score >= pkg_ref_cache.param_number('UW_DECLINE_SCORE', 200) THEN c_decline
          WHEN l_refer OR l_result.total_score >= pkg_ref_cache.param_number('UW_REFER_SCORE', 100) THEN NULL
          WHEN l_result.loading_pct > 0 THEN c_substd
          ELSE c_accept
        END;
    END IF;

    UPDATE uw_case
       SET total_score = l_result.total_score,
           case_level = CASE
                          WHEN l_result.total_score >= 150 THEN 3
                          WHEN l_result.total_score >= 60 THEN 2
                          ELSE 1
                        END
     WHERE case_id = l_result.case_id;

    IF l_result.decision IS NOT NULL THEN
      decide(l_result.case_id, l_result.decision, l_result.loading_pct, 'AUTO', '自动核保');
    END IF;
    RETURN l_result;
  END auto_underwrite;

  FUNCTION auto_decision(p_proposal_id IN NUMBER) RETURN VARCHAR2
  IS
  BEGIN
    RETURN NVL(auto_underwrite(p_proposal_id).decision, '--');
  END auto_decision;

  PROCEDURE assign_case(p_case_id IN NUMBER, p_user_id IN VARCHAR2)
  IS
    l_case uw_case%ROWTYPE := get_case(p_case_id);
    l_prop proposal%ROWTYPE := get_proposal(l_case.proposal_id);
  BEGIN
    IF authority_limit(p_user_id) < l_prop.sum_insured THEN
      pkg_err.raise_error(pkg_err.c_not_authorised, p_user_id || ' 核保权限不足 ' || l_prop.sum_insured);
    END IF;
    UPDATE uw_case SET assigned_to = UPPER(p_user_id), status = 'A' WHERE case_id = p_case_id;
  END assign_case;

  -- 抢单: SKIP LOCKED
  PROCEDURE assign_next(p_user_id IN VARCHAR2, p_case_id OUT NUMBER)
  IS
    l_limit NUMBER := authority_limit(p_user_id);
    CURSOR c_next IS
      SELECT c.case_id
        FROM uw_case c
        JOIN proposal p ON p.proposal_id = c.proposal_id
       WHERE c.status IN ('O', 'E')
         AND c.assigned_to IS NULL
         AND p.sum_insured <= l_limit
       ORDER BY c.opened_at
         FOR UPDATE OF c.assigned_to SKIP LOCKED;
  BEGIN
    p_case_id := NULL;
    OPEN c_next;
    FETCH c_next INTO p_case_id;
    IF c_next%FOUND THEN
      UPDATE uw_case
         SET assigned_to = UPPER(p_user_id), status = 'A'
       WHERE CURRENT OF c_next;
    END IF;
    CLOSE c_next;
  END assign_next;

  PROCEDURE escalate(p_case_id IN NUMBER, p_reason IN VARCHAR2)
  IS
    l_case uw_case%ROWTYPE := get_case(p_case_id);
  BEGIN
    IF l_case.case_level >= 5 THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '已是最高级别');
    END IF;
    UPDATE uw_case
       SET case_level = case_level + 1,
           status = 'E',
           assigned_to = NULL,
           sla_hours = sla_hours + NUMTODSINTERVAL(24, 'HOUR')
     WHERE case_id = p_case_id;
    add_note(p_case_id, '升级: ' || p_reason);
  END escalate;

  PROCEDURE decide(p_case_id IN NUMBER, p_decision IN VARCHAR2, p_loading_pct IN NUMBER DEFAULT 0,
                   p_reason_code IN VARCHAR2 DEFAULT NULL, p_remark IN VARCHAR2 DEFAULT NULL)
  IS
    l_case   uw_case%ROWTYPE := get_case(p_case_id);
    l_status proposal.status%TYPE;
    l_total  NUMBER;
  BEGIN
    IF l_case.status = 'C' THEN
      pkg_err.raise_error(pkg_err.c_policy_status, p_case_id, l_case.status);
    END IF;

    INSERT INTO uw_decision (case_id, decision, loading_pct, reason_code, remark, decided_by)
    VALUES (p_case_id, p_decision, p_loading_pct, p_reason_code, p_remark, pkg_context.get_user);

    CASE p_decision
      WHEN c_accept THEN l_status := 'AC';
      WHEN c_substd THEN
        l_status := 'AC';
        UPDATE proposal_coverage SET loading_pct = p_loading_pct WHERE proposal_id = l_case.proposal_id;
        SELECT SUM(ROUND(premium * (1 + loading_pct / 100), 2))
          INTO l_total
          FROM proposal_coverage
         WHERE proposal_id = l_case.proposal_id;
        UPDATE proposal SET total_premium = NVL(l_total, total_premium) WHERE proposal_id = l_case.proposal_id;
      WHEN c_decline THEN l_status := 'DE';
      WHEN c_postpone THEN l_status := 'PO';
      WHEN c_reinsurer THEN
        -- 等再保公司答复, 案件不关闭
        UPDATE uw_case SET case_level = 5, status = 'E' WHERE case_id = p_case_id;
        RETURN;
    END CASE;

    UPDATE proposal SET status = l_status WHERE proposal_id = l_case.proposal_id;
    UPDATE uw_case SET status = 'C', closed_at = SYSTIMESTAMP WHERE case_id = p_case_id;
  EXCEPTION
    WHEN CASE_NOT_FOUND THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '核保结论 ' || p_decision);
  END decide;

  PROCEDURE add_note(p_case_id IN NUMBER, p_text IN VARCHAR2)
  IS
    l_notes CLOB;
    l_line  VARCHAR2(4000 CHAR);
  BEGIN
    SELECT notes INTO l_notes FROM uw_case WHERE case_id = p_case_id FOR UPDATE;
    l_line := TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI') || ' ' || pkg_context.get_user || ': ' || p_text || CHR(10);
    IF l_notes IS NULL THEN
      UPDATE uw_case SET notes = l_line WHERE case_id = p_case_id;
    ELSE
      DBMS_LOB.WRITEAPPEND(l_notes, LENGTH(l_line), l_line);
    END IF;
  END add_note;

  FUNCTION notes(p_case_id IN NUMBER) RETURN CLOB
  IS
    l_notes CLOB;
  BEGIN
    SELECT c.notes INTO l_notes FROM uw_case c WHERE c.case_id = p_case_id;
    RETURN l_notes;
  END notes;

  PROCEDURE exclude_coverage(p_proposal_id IN NUMBER, p_coverage_code IN VARCHAR2, p_text IN VARCHAR2)
  IS
  BEGIN
    UPDATE proposal_coverage
       SET exclusion_text = p_text
     WHERE proposal_id = p_proposal_id
       AND coverage_code = p_coverage_code;
    IF SQL%ROWCOUNT = 0 THEN
      pkg_err.raise_error(pkg_err.c_coverage_not_found, p_coverage_code);
    END IF;
  END exclude_coverage;

  -- p_answers: 'Q1=N;Q2=Y:高血压3年;Q3=N'
  PROCEDURE save_health_answers(p_proposal_id IN NUMBER, p_answers IN VARCHAR2)
  IS
  BEGIN
    MERGE INTO uw_health_answer t
    USING (SELECT REGEXP_SUBSTR(item, '^[^=]+')                     AS question_no,
                  SUBSTR(REGEXP_SUBSTR(item, '=.'), 2)              AS answer_flag,
                  SUBSTR(item, NULLIF(INSTR(item, ':'), 0) + 1)     AS answer_text
             FROM (SELECT TRIM(REGEXP_SUBSTR(p_answers, '[^;]+', 1, LEVEL)) AS item
                     FROM dual
                  CONNECT BY REGEXP_SUBSTR(p_answers, '[^;]+', 1, LEVEL) IS NOT NULL)) s
       ON (t.proposal_id = p_proposal_id AND t.question_no = s.question_no)
     WHEN MATCHED THEN
       UPDATE SET t.answer_flag = s.answer_flag, t.answer_text = s.answer_text
       DELETE WHERE s.answer_flag = 'X'
     WHEN NOT MATCHED THEN
       INSERT (proposal_id, question_no, answer_flag, answer_text)
       VALUES (p_proposal_id, s.question_no, s.answer_flag, s.answer_text)
       WHERE s.answer_flag IN ('Y', 'N');
  END save_health_answers;

  -- 新规则上线前: 近 N 天投保单会命中多少
  FUNCTION test_rule(p_rule_code IN VARCHAR2, p_days IN PLS_INTEGER DEFAULT 30) RETURN NUMBER
  IS
    l_condition uw_rule.condition_sql%TYPE;
    l_count     NUMBER;
  BEGIN
    SELECT condition_sql INTO l_condition FROM uw_rule WHERE rule_code = p_rule_code;
    EXECUTE IMMEDIATE
      'SELECT COUNT(*) FROM v_uw_facts f, proposal p'
      || ' WHERE p.proposal_id = f.proposal_id AND p.submit_date > SYSDATE - :d AND (' || l_condition || ')'
      INTO l_count USING p_days;
    RETURN l_count;
  END test_rule;

  PROCEDURE validate_rules(p_bad OUT t_string_tab)
  IS
    l_cur INTEGER;
  BEGIN
    p_bad := t_string_tab();
    FOR r IN (SELECT rule_code, condition_sql FROM uw_rule WHERE enabled = 'Y') LOOP
      l_cur := DBMS_SQL.OPEN_CURSOR;
      BEGIN
        DBMS_SQL.PARSE(l_cur, 'SELECT 1 FROM v_uw_facts f WHERE 1 = 0 AND (' || r.condition_sql || ')', DBMS_SQL.NATIVE);
      EXCEPTION
        WHEN OTHERS THEN
          p_bad.EXTEND;
          p_bad(p_bad.LAST) := r.rule_code || ' @' || DBMS_SQL.LAST_ERROR_POSITION || ': ' || SQLERRM;
      END;
      DBMS_SQL.CLOSE_CURSOR(l_cur);
    END LOOP;
  END validate_rules;

  FUNCTION open_queue(p_level IN NUMBER, p_branch_code IN VARCHAR2 DEFAULT NULL) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT c.case_id, p.proposal_no, h.full_name AS holder_name, p.sum_insured, c.total_score,
             c.opened_at, c.opened_at + c.sla_hours AS due_at,
             CASE WHEN SYSTIMESTAMP > c.opened_at + c.sla_hours THEN 'Y' ELSE 'N' END AS overdue,
             (SELECT LISTAGG(r.rule_code, ',') WITHIN GROUP (ORDER BY r.score DESC)
                FROM uw_rule_hit r WHERE r.case_id = c.case_id) AS rules
        FROM uw_case c, proposal p, party h
       WHERE c.proposal_id = p.proposal_id
         AND p.holder_id = h.party_id(+)
         AND c.status IN ('O', 'A', 'E')
         AND c.case_level <= p_level
         AND p.branch_code IN (SELECT b.branch_code
                                 FROM branch b
                                START WITH b.branch_code = NVL(p_branch_code, '00000000')
                              CONNECT BY PRIOR b.branch_code = b.parent_code)
       ORDER BY overdue DESC, c.opened_at;
    RETURN l_cur;
  END open_queue;

  PROCEDURE close_overdue
  IS
    TYPE t_ids IS TABLE OF uw_case.case_id%TYPE;
    l_ids t_ids;
  BEGIN
    SELECT case_id
      BULK COLLECT INTO l_ids
      FROM uw_case
     WHERE status IN ('O', 'A')
       AND opened_at < SYSTIMESTAMP - INTERVAL '30' DAY;
    FOR i IN 1 .. l_ids.COUNT LOOP
      SAVEPOINT one_case;
      BEGIN
        decide(l_ids(i), c_postpone, 0, 'TIMEOUT', '超过30天未补充资料, 系统延期');
      EXCEPTION
        WHEN pkg_err.e_resource_busy THEN
          ROLLBACK TO one_case;
      END;
    END LOOP;
    COMMIT;
  END close_overdue;

  FUNCTION statistics(p_from IN DATE, p_to IN DATE) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT NVL(d.decided_by, '合计') AS underwriter,
             d.decision,
             COUNT(*) AS case_count,
             ROUND(AVG(EXTRACT(DAY FROM (c.closed_at - c.opened_at)) * 24
                       + EXTRACT(HOUR FROM (c.closed_at - c.opened_at))), 1) AS avg_hours,
             ROUND(RATIO_TO_REPORT(COUNT(*)) OVER (PARTITION BY GROUPING(d.decided_by)) * 100, 2) AS pct
        FROM uw_decision d
        JOIN uw_case c ON c.case_id = d.case_id
       WHERE d.decided_at >= p_from
         AND d.decided_at < p_to + 1
       GROUP BY ROLLUP (d.decided_by, d.decision)
      HAVING GROUPING_ID(d.decided_by, d.decision) IN (0, 3);
    RETURN l_cur;
  END statistics;

BEGIN
  g_limits(1) := 500000;
  g_limits(2) := 2000000;
  g_limits(3) := 10000000;
  g_limits(4) := 50000000;
  g_limits(5) := pkg_const.c_max_amount;
END pkg_underwriting;
/
