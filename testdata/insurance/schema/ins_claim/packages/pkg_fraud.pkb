CREATE OR REPLACE PACKAGE BODY ins_claim.pkg_fraud
AS
  c_module CONSTANT VARCHAR2(20) := 'PKG_FRAUD';
  TYPE t_rules IS TABLE OF fraud_rule%ROWTYPE;
  g_rules    t_rules;
  g_loaded   DATE;

  PROCEDURE load_rules
  IS
  BEGIN
    -- 规则缓存 10 分钟
    IF g_loaded IS NOT NULL AND g_loaded > SYSDATE - 10 / 24 / 60 THEN
      RETURN;
    END IF;
    SELECT *
      BULK COLLECT INTO g_rules
      FROM fraud_rule
     WHERE active_flag = 'Y'
       AND rule_mode = 'CLAIM'
       AND effective_from <= SYSDATE;
    g_loaded := SYSDATE;
  END load_rules;

  FUNCTION risk_band (p_score IN NUMBER) RETURN VARCHAR2 DETERMINISTIC
  IS
  BEGIN
    IF p_score >= 80 THEN
      RETURN 'H';
    ELSIF p_score >= 50 THEN
      RETURN 'M';
    END IF;
    RETURN 'L';
  END risk_band;

  FUNCTION is_blacklisted (p_type IN VARCHAR2, p_key IN VARCHAR2, p_on IN DATE DEFAULT SYSDATE) RETURN BOOLEAN
  IS
    l_n PLS_INTEGER;
  BEGIN
    SELECT COUNT(*)
      INTO l_n
      FROM fraud_blacklist
     WHERE list_type = p_type
       AND list_key = p_key
       AND valid_from <= p_on
       AND NVL(valid_to, p_on) >= p_on;
    RETURN l_n > 0;
  END is_blacklisted;

  FUNCTION blacklist_flag (p_type IN VARCHAR2, p_key IN VARCHAR2) RETURN VARCHAR2
  IS
  BEGIN
    RETURN CASE WHEN is_blacklisted(p_type, p_key) THEN 'Y' ELSE 'N' END;
  END blacklist_flag;

  PROCEDURE add_blacklist (p_type IN VARCHAR2, p_key IN VARCHAR2, p_reason IN VARCHAR2, p_days IN PLS_INTEGER DEFAULT NULL)
  IS
  BEGIN
    INSERT INTO fraud_blacklist (list_type, list_key, reason, source, valid_to)
    VALUES (p_type, UPPER(p_key), p_reason, 'MANUAL', CASE WHEN p_days IS NOT NULL THEN TRUNC(SYSDATE) + p_days END);
    pkg_audit.log_action('FRAUD', 'BLACKLIST', p_type, p_key, p_reason, 2);
  END add_blacklist;

  PROCEDURE disable_rule (p_rule_code IN VARCHAR2, p_error IN VARCHAR2)
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
  BEGIN
    UPDATE fraud_rule SET last_error = SUBSTRB(p_error, 1, 500) WHERE rule_code = p_rule_code;
    COMMIT;
  END disable_rule;

  FUNCTION run_rule (p_rule IN fraud_rule%ROWTYPE, p_claim_id IN NUMBER) RETURN NUMBER
  IS
    l_score NUMBER;
  BEGIN
    EXECUTE IMMEDIATE p_rule.rule_sql INTO l_score USING p_claim_id;
    RETURN NVL(l_score, 0);
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN 0;
    WHEN OTHERS THEN
      disable_rule(p_rule.rule_code, SQLERRM);
      RETURN 0;
  END run_rule;

  FUNCTION score_claim (p_claim_id IN NUMBER) RETURN fraud_score.total_score%TYPE
  IS
    l_hits  t_hits := t_hits();
    l_total NUMBER := 0;
    l_raw   NUMBER;
    l_id    fraud_score.score_id%TYPE;
    l_id_no party.id_no%TYPE;
  BEGIN
    load_rules;
    FOR i IN 1 .. g_rules.COUNT LOOP
      l_raw := run_rule(g_rules(i), p_claim_id);
      IF l_raw > 0 THEN
        l_hits.EXTEND;
        l_hits(l_hits.LAST).rule_code := g_rules(i).rule_code;
        l_hits(l_hits.LAST).raw_score := l_raw;
        l_hits(l_hits.LAST).weighted  := l_raw * g_rules(i).weight;
        l_hits(l_hits.LAST).evidence  := g_rules(i).rule_name || ' = ' || TO_CHAR(l_raw, 'FM9990.00');
        l_total := l_total + l_hits(l_hits.LAST).weighted;
      END IF;
    END LOOP;

    SELECT MAX(y.id_no) INTO l_id_no FROM claim c, party y WHERE y.party_id = c.insured_id AND c.claim_id = p_claim_id;
    IF is_blacklisted('IDNO', l_id_no) THEN
      l_total := l_total + 60;
    END IF;
    l_total := LEAST(l_total, 100);

    INSERT INTO fraud_score (score_id, claim_id, total_score, model_version)
    VALUES (seq_fraud_score_id.NEXTVAL, p_claim_id, l_total, c_model)
    RETURNING score_id INTO l_id;

    FORALL i IN 1 .. l_hits.COUNT
      INSERT INTO fraud_score_detail (score_id, rule_code, raw_score, weighted, evidence)
      VALUES (l_id, l_hits(i).rule_code, l_hits(i).raw_score, l_hits(i).weighted, l_hits(i).evidence);
    FORALL i IN 1 .. l_hits.COUNT
      UPDATE fraud_rule SET hit_count = hit_count + 1 WHERE rule_code = l_hits(i).rule_code;

    UPDATE claim
       SET fraud_flag = CASE risk_band(l_total) WHEN 'L' THEN fraud_flag ELSE 'S' END
     WHERE claim_id = p_claim_id
       AND fraud_flag <> 'Y';

    IF risk_band(l_total) = 'H' THEN
      pkg_claim_reg.create_task(p_claim_id, 'SIU', 1, 'SIU_TEAM');
    END IF;
    RETURN l_total;
  END score_claim;

  -- 批量:BATCH 规则直接写候选表, 再汇总
  PROCEDURE score_batch (p_from IN DATE, p_to IN DATE DEFAULT SYSDATE, p_scored OUT PLS_INTEGER)
  IS
    TYPE t_weak IS REF CURSOR;
    l_cur    t_weak;
    l_claims t_number_tab;
    l_scores t_number_tab;
  BEGIN
    DELETE FROM gtt_fraud_candidate;
    FOR r IN (SELECT rule_code, rule_sql FROM fraud_rule WHERE rule_mode = 'BATCH' AND active_flag = 'Y' ORDER BY rule_code) LOOP
      BEGIN
        OPEN l_cur FOR r.rule_sql USING p_from, p_to;
        LOOP
          FETCH l_cur BULK COLLECT INTO l_claims, l_scores LIMIT 500;
          FORALL i IN 1 .. l_claims.COUNT
            INSERT INTO gtt_fraud_candidate (claim_id, rule_code, raw_score) VALUES (l_claims(i), r.rule_code, l_scores(i));
          EXIT WHEN l_cur%NOTFOUND;
        END LOOP;
        CLOSE l_cur;
      EXCEPTION
        WHEN OTHERS THEN
          IF l_cur%ISOPEN THEN
            CLOSE l_cur;
          END IF;
          disable_rule(r.rule_code, SQLERRM);
      END;
    END LOOP;

    INSERT FIRST
      WHEN score >= 80 THEN
        INTO claim_task (task_id, claim_id, task_type, priority, status) VALUES (seq_task_id.NEXTVAL, claim_id, 'SIU', 1, 'O')
      WHEN score >= 50 THEN
        INTO claim_task (task_id, claim_id, task_type, priority, status) VALUES (seq_task_id.NEXTVAL, claim_id, 'REVIEW', 3, 'O')
    SELECT g.claim_id, SUM(g.raw_score * f.weight) AS score
      FROM gtt_fraud_candidate g
      JOIN fraud_rule f ON f.rule_code = g.rule_code
     GROUP BY g.claim_id;

    SELECT COUNT(DISTINCT claim_id) INTO p_scored FROM gtt_fraud_candidate;

    UPDATE claim c
       SET c.fraud_flag = 'S'
     WHERE c.fraud_flag = 'N'
       AND EXISTS (SELECT 1
                     FROM gtt_fraud_candidate g, fraud_rule f
                    WHERE g.claim_id = c.claim_id
                      AND f.rule_code = g.rule_code
                    GROUP BY g.claim_id
                   HAVING SUM(g.raw_score * f.weight) >= 50);
  END score_batch;

  PROCEDURE review (p_score_id IN NUMBER, p_result IN VARCHAR2, p_user IN VARCHAR2 DEFAULT USER)
  IS
    l_claim fraud_score.claim_id%TYPE;
  BEGIN
    UPDATE fraud_score
       SET reviewed_by = p_user, review_result = p_result
     WHERE score_id = p_score_id
    RETURNING claim_id INTO l_claim;
    UPDATE claim SET fraud_flag = DECODE(p_result, 'FR', 'Y', 'CL', 'N', fraud_flag) WHERE claim_id = l_claim;
    IF p_result = 'FR' THEN
      FOR p IN (SELECT DISTINCT id_no FROM claim_party WHERE claim_id = l_claim AND id_no IS NOT NULL) LOOP
        add_blacklist('IDNO', p.id_no, '赔案 ' || l_claim || ' 确认欺诈', 365 * 5);
      END LOOP;
    END IF;
  END review;

  PROCEDURE test_rule (p_rule_code IN VARCHAR2, p_claim_id IN NUMBER, p_score OUT NUMBER, p_error OUT VARCHAR2)
  IS
    l_sql fraud_rule.rule_sql%TYPE;
    l_cur INTEGER;
    l_n   INTEGER;
  BEGIN
    SELECT rule_sql INTO l_sql FROM fraud_rule WHERE rule_code = p_rule_code;
    l_cur := DBMS_SQL.OPEN_CURSOR;
    DBMS_SQL.PARSE(l_cur, l_sql, DBMS_SQL.NATIVE);
    DBMS_SQL.BIND_VARIABLE(l_cur, ':1', p_claim_id);
    DBMS_SQL.DEFINE_COLUMN(l_cur, 1, p_score);
    l_n := DBMS_SQL.EXECUTE_AND_FETCH(l_cur);
    IF l_n > 0 THEN
      DBMS_SQL.COLUMN_VALUE(l_cur, 1, p_score);
    END IF;
    DBMS_SQL.CLOSE_CURSOR(l_cur);
  EXCEPTION
    WHEN OTHERS THEN
      p_error := SQLERRM;
      IF DBMS_SQL.IS_OPEN(l_cur) THEN
        DBMS_SQL.CLOSE_CURSOR(l_cur);
      END IF;
  END test_rule;

  -- 共用电话/账号的赔案, 逐层扩散
  FUNCTION linked_claims (p_claim_id IN NUMBER, p_depth IN PLS_INTEGER DEFAULT 3) RETURN t_number_tab
  IS
    l_all  t_number_tab := t_number_tab(p_claim_id);
    l_new  t_number_tab;
    l_step t_number_tab := t_number_tab(p_claim_id);
  BEGIN
    FOR d IN 1 .. p_depth LOOP
      SELECT DISTINCT b.claim_id
        BULK COLLECT INTO l_new
        FROM claim_party a
        JOIN claim_party b ON (b.mobile = a.mobile OR b.bank_account = a.bank_account) AND b.claim_id <> a.claim_id
       WHERE a.claim_id IN (SELECT column_value FROM TABLE(l_step));
      l_step := l_new MULTISET EXCEPT l_all;
      EXIT WHEN l_step IS EMPTY;
      l_all := l_all MULTISET UNION DISTINCT l_step;
    END LOOP;
    RETURN l_all;
  END linked_claims;

  PROCEDURE rule_statistics (p_cur OUT SYS_REFCURSOR)
  IS
  BEGIN
    OPEN p_cur FOR
      SELECT g.rule_code,
             g.rule_name,
             g.hit_count,
             g.scored,
             g.confirmed,
             ROUND(g.confirmed / NULLIF(g.reviewed, 0), 4) AS precision_rate,
             CURSOR (SELECT d2.claim_id, d2.total_score
                       FROM fraud_score d2, fraud_score_detail x
                      WHERE x.score_id = d2.score_id AND x.rule_code = g.rule_code AND d2.total_score >= 80) AS top_cases
        FROM (SELECT f.rule_code,
                     f.rule_name,
                     f.hit_count,
                     COUNT(s.score_id) AS scored,
                     COUNT(s.review_result) AS reviewed,
                     SUM(CASE WHEN s.review_result = 'FR' THEN 1 ELSE 0 END) AS confirmed
                FROM fraud_rule f
                LEFT JOIN fraud_score_detail d ON d.rule_code = f.rule_code
                LEFT JOIN fraud_score s ON s.score_id = d.score_id
               GROUP BY f.rule_code, f.rule_name, f.hit_count) g
       ORDER BY g.confirmed DESC NULLS LAST;
  END rule_statistics;
END pkg_fraud;
/
