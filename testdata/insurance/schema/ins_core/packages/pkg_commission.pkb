CREATE OR REPLACE PACKAGE BODY ins_core.pkg_commission
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_COMMISSION';

  TYPE t_detail_tab IS TABLE OF commission_detail%ROWTYPE INDEX BY PLS_INTEGER;
  g_buffer t_detail_tab;      -- 明细缓冲, flush_buffer 时落库

  FUNCTION rate_for(p_product_code IN VARCHAR2, p_channel IN VARCHAR2, p_pay_term IN NUMBER, p_policy_year IN NUMBER, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_pct NUMBER;
    l_cap NUMBER;
    l_lob product.line_of_business%TYPE := pkg_product.get_product(p_product_code).line_of_business;
  BEGIN
    -- 规则越具体越优先: 产品 > 业务线 > 通用
    SELECT commission_pct
      INTO l_pct
      FROM (SELECT r.commission_pct,
                   ROW_NUMBER() OVER (ORDER BY CASE WHEN r.product_code IS NOT NULL THEN 1
                                                    WHEN r.line_of_business IS NOT NULL THEN 2
                                                    ELSE 3 END,
                                               NVL2(r.channel, 1, 2),
                                               r.valid_from DESC) AS rn
              FROM commission_rule r
             WHERE NVL(r.product_code, p_product_code) = p_product_code
               AND NVL(r.line_of_business, l_lob) = l_lob
               AND NVL(r.channel, p_channel) = p_channel
               AND p_pay_term BETWEEN r.pay_term_from AND r.pay_term_to
               AND r.policy_year = LEAST(p_policy_year, 6)
               AND TRUNC(p_on) BETWEEN r.valid_from AND NVL(r.valid_to, TRUNC(p_on)))
     WHERE rn = 1;

    SELECT MIN(commission_cap) INTO l_cap FROM product_channel WHERE product_code = p_product_code AND channel = p_channel;
    RETURN LEAST(l_pct, NVL(l_cap, 100));
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN 0;
  END rate_for;

  FUNCTION shares(p_policy_id IN NUMBER, p_base IN NUMBER, p_policy_year IN NUMBER DEFAULT 1) RETURN t_share_tab
  IS
    l_policy policy%ROWTYPE := pkg_policy.get_policy(p_policy_id);
    l_list   t_share_tab;
    l_agent  agent%ROWTYPE;
    l_pct    NUMBER;
    l_given  NUMBER := 0;

    PROCEDURE add_share(p_agent IN NUMBER, p_pct IN NUMBER, p_type IN VARCHAR2)
    IS
      n PLS_INTEGER := l_list.COUNT + 1;
    BEGIN
      l_list(n).agent_id  := p_agent;
      l_list(n).pct       := p_pct;
      l_list(n).amount    := ROUND(p_base * p_pct / 100, 2);
      l_list(n).comm_type := p_type;
    END add_share;
  BEGIN
    IF l_policy.agent_id IS NULL THEN
      RETURN l_list;
    END IF;
    l_agent := pkg_agent.get_agent(l_policy.agent_id);
    l_pct := rate_for(l_policy.product_code, NVL(l_policy.channel, 'AG'), l_policy.pay_term_years, p_policy_year, l_policy.issue_date);
    IF l_pct > 0 THEN
      add_share(l_agent.agent_id, l_pct, 'DR');
    END IF;

    -- 管理津贴: 上级津贴率减去已发放的下级津贴率 (级差制)
    FOR m IN (SELECT a.agent_id, a.status, rd.override_pct, LEVEL AS lvl
                FROM agent a
                JOIN agent_rank_def rd ON rd.agent_rank = a.agent_rank
               WHERE LEVEL > 1
               START WITH a.agent_id = l_policy.agent_id
             CONNECT BY NOCYCLE a.agent_id = PRIOR a.manager_id
               ORDER BY LEVEL)
    LOOP
      CONTINUE WHEN m.status <> 'A' OR m.override_pct <= l_given;
      add_share(m.agent_id, m.override_pct - l_given, 'OV');
      l_given := m.override_pct;
      EXIT WHEN m.lvl > 6;
    END LOOP;
    RETURN l_list;
  END shares;

  PROCEDURE flush_buffer
  IS
  BEGIN
    IF g_buffer.COUNT = 0 THEN
      RETURN;
    END IF;
    FORALL i IN g_buffer.FIRST .. g_buffer.LAST
      INSERT INTO commission_detail VALUES g_buffer(i);
    g_buffer.DELETE;
  END flush_buffer;

  PROCEDURE calculate_policy(p_policy_id IN NUMBER, p_base IN NUMBER, p_month IN DATE DEFAULT TRUNC(SYSDATE, 'MM'))
  IS
    l_year   PLS_INTEGER := pkg_policy.policy_year(p_policy_id, p_month);
    l_list   t_share_tab := shares(p_policy_id, p_base, l_year);
    l_detail commission_detail%ROWTYPE;
  BEGIN
    FOR i IN 1 .. l_list.COUNT LOOP
      l_detail := NULL;
      l_detail.commission_id   := seq_commission.NEXTVAL;
      l_detail.agent_id        := l_list(i).agent_id;
      l_detail.policy_id       := p_policy_id;
      l_detail.commission_type := l_list(i).comm_type;
      l_detail.policy_year     := l_year;
      l_detail.base_amount     := p_base;
      l_detail.commission_pct  := l_list(i).pct;
      l_detail.amount          := l_list(i).amount;
      l_detail.calc_month      := TRUNC(p_month, 'MM');
      l_detail.source_agent_id := CASE WHEN i > 1 THEN l_list(1).agent_id END;
      l_detail.status          := 'N';
      l_detail.created_at      := SYSTIMESTAMP;
      g_buffer(g_buffer.COUNT + 1) := l_detail;
    END LOOP;
    IF g_buffer.COUNT >= 1000 OR NOT pkg_context.is_batch THEN
      flush_buffer;
    END IF;
  END calculate_policy;

  PROCEDURE calculate_month(p_month IN DATE, p_rows OUT PLS_INTEGER)
  IS
    l_month DATE := TRUNC(p_month, 'MM');
    l_last  PLS_INTEGER := 0;
  BEGIN
    pkg_context.set_batch(TRUE);
    DELETE FROM commission_detail
     WHERE calc_month = l_month AND status = 'N' AND commission_type IN ('DR', 'OV');
    p_rows := 0;
    FOR p IN (SELECT policy_id, annual_premium, pay_mode
                FROM policy
               WHERE status = 'IF'
                 AND agent_id IS NOT NULL
                 AND paid_to_date >= l_month
                 AND (issue_date >= l_month AND issue_date < ADD_MONTHS(l_month, 1)
                      OR TO_CHAR(effective_date, 'MM') = TO_CHAR(l_month, 'MM')))
    LOOP
      calculate_policy(p.policy_id, pkg_rating.modal_premium(p.annual_premium, p.pay_mode), l_month);
      p_rows := p_rows + 1;
      IF p_rows - l_last >= 5000 THEN
        flush_buffer;
        COMMIT;
        l_last := p_rows;
      END IF;
    END LOOP;
    flush_buffer;
    COMMIT;
    pkg_context.set_batch(FALSE);
  EXCEPTION
    WHEN OTHERS THEN
      g_buffer.DELETE;
      ROLLBACK;
      pkg_context.set_batch(FALSE);
      pkg_err.reraise(c_module, TO_CHAR(l_month, 'YYYYMM'));
  END calculate_month;

  PROCEDURE clawback(p_policy_id IN NUMBER, p_reason IN VARCHAR2)
  IS
  BEGIN
    -- 首年内退保全额追回, 第二年一半
    INSERT INTO commission_detail (commission_id, agent_id, policy_id, commission_type, policy_year, base_amount,
                                   commission_pct, amount, calc_month, source_agent_id)
    SELECT seq_commission.NEXTVAL, d.agent_id, d.policy_id, 'CB', d.policy_year, d.base_amount, d.commission_pct,
           -ROUND(d.amount * CASE WHEN MONTHS_BETWEEN(SYSDATE, p.effective_date) <= 12 THEN 1 ELSE 0.5 END, 2),
           TRUNC(SYSDATE, 'MM'), d.source_agent_id
      FROM commission_detail d
      JOIN policy p ON p.policy_id = d.policy_id
     WHERE d.policy_id = p_policy_id
       AND d.commission_type IN ('DR', 'OV')
       AND d.policy_year = 1
       AND MONTHS_BETWEEN(SYSDATE, p.effective_date) <= 24;
    pkg_log.info(c_module, '佣金追回 ' || SQL%ROWCOUNT || ' 笔: ' || p_reason, p_policy_id);
  END clawback;

  -- 劳务报酬个税: 展业成本 25%, 其余按 20%/30%/40%
  FUNCTION tax_on(p_gross IN NUMBER) RETURN NUMBER DETERMINISTIC PARALLEL_ENABLE
  IS
    l_base NUMBER;
  BEGIN
    IF NVL(p_gross, 0) <= 0 THEN
      RETURN 0;
    END IF;
    l_base := p_gross * 0.8 * 0.75;
    IF p_gross <= 4000 THEN
      l_base := GREATEST(p_gross - 800, 0) * 0.75;
    END IF;
    RETURN ROUND(CASE
                   WHEN l_base <= 20000 THEN l_base * 0.2
                   WHEN l_base <= 50000 THEN l_base * 0.3 - 2000
                   ELSE l_base * 0.4 - 7000
                 END, 2);
  END tax_on;

  PROCEDURE build_statements(p_month IN DATE)
  IS
    l_month DATE := TRUNC(p_month, 'MM');
  BEGIN
    MERGE INTO commission_statement s
    USING (SELECT agent_id, SUM(amount) AS gross, pkg_commission.tax_on(SUM(amount)) AS tax
             FROM commission_detail
            WHERE calc_month = l_month
            GROUP BY agent_id) d
       ON (s.agent_id = d.agent_id AND s.calc_month = l_month)
     WHEN MATCHED THEN
       UPDATE SET s.gross_amount = d.gross, s.tax_amount = d.tax
        WHERE s.status = 'D'
     WHEN NOT MATCHED THEN
       INSERT (statement_id, agent_id, calc_month, gross_amount, tax_amount)
       VALUES (seq_commission.NEXTVAL, d.agent_id, l_month, d.gross, d.tax);

    UPDATE (SELECT d.statement_id, s.statement_id AS new_id
              FROM commission_detail d
              JOIN commission_statement s ON s.agent_id = d.agent_id AND s.calc_month = d.calc_month
             WHERE d.calc_month = l_month
               AND d.statement_id IS NULL)
       SET statement_id = new_id;
    COMMIT;
  END build_statements;

  PROCEDURE confirm_statement(p_statement_id IN NUMBER)
  IS
    l_agent commission_statement.agent_id%TYPE;
    l_month commission_statement.calc_month%TYPE;
    l_net   commission_statement.net_amount%TYPE;
  BEGIN
    UPDATE commission_statement
       SET status = 'C'
     WHERE statement_id = p_statement_id
       AND status = 'D'
    RETURNING agent_id, calc_month, net_amount INTO l_agent, l_month, l_net;
    IF SQL%ROWCOUNT = 0 THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '结算单 ' || p_statement_id);
    END IF;
    UPDATE commission_detail SET status = 'C' WHERE statement_id = p_statement_id AND calc_month = l_month;
    IF l_net < 0 THEN
      pkg_log.warn(c_module, '结算为负, 转下月扣减 ' || l_net, l_agent);
    END IF;
  END confirm_statement;

  PROCEDURE adjust_statement(p_statement_id IN NUMBER, p_amount IN NUMBER, p_reason IN VARCHAR2)
  IS
  BEGIN
    IF TRIM(p_reason) IS NULL THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '调整原因');
    END IF;
    UPDATE commission_statement
       SET adjust_amount = adjust_amount + p_amount
     WHERE statement_id = p_statement_id
       AND status = 'D';
    pkg_log.info(c_module, '结算调整 ' || TO_CHAR(p_amount, 'S999G990D00') || ' ' || p_reason, p_statement_id);
  END adjust_statement;

  FUNCTION statement_lines(p_statement_id IN NUMBER) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT DECODE(GROUPING_ID(d.commission_type, p.policy_no), 3, '总计', 1, '小计', p.policy_no) AS line_text,
             d.commission_type,
             SUM(d.base_amount) AS base_amount,
             SUM(d.amount) AS amount
        FROM commission_detail d, policy p
       WHERE p.policy_id = d.policy_id
         AND d.statement_id = p_statement_id
       GROUP BY GROUPING SETS ((d.commission_type, p.policy_no), (d.commission_type), ())
       ORDER BY d.commission_type NULLS LAST, p.policy_no NULLS LAST;
    RETURN l_cur;
  END statement_lines;

  FUNCTION ytd_amount(p_agent_id IN NUMBER, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_sum NUMBER;
  BEGIN
    SELECT SUM(amount) INTO l_sum
      FROM commission_detail
     WHERE agent_id = p_agent_id
       AND calc_month BETWEEN TRUNC(p_on, 'YYYY') AND p_on;
    RETURN NVL(l_sum, 0);
  END ytd_amount;

  PROCEDURE award_bonus(p_month IN DATE, p_top_n IN PLS_INTEGER DEFAULT 10)
  IS
    TYPE t_bonus IS RECORD (agent_id NUMBER, amount NUMBER, rnk NUMBER, policy_id NUMBER);
    TYPE t_bonus_tab IS TABLE OF t_bonus;
    l_list t_bonus_tab;
  BEGIN
    SELECT agent_id, ROUND(total * CASE rnk WHEN 1 THEN 0.05 WHEN 2 THEN 0.03 ELSE 0.01 END, 2), rnk, last_policy
      BULK COLLECT INTO l_list
      FROM (SELECT agent_id, SUM(amount) AS total,
                   DENSE_RANK() OVER (ORDER BY SUM(amount) DESC) AS rnk,
                   MAX(policy_id) KEEP (DENSE_RANK LAST ORDER BY commission_id) AS last_policy
              FROM commission_detail
             WHERE calc_month = TRUNC(p_month, 'MM')
               AND commission_type = 'DR'
             GROUP BY agent_id)
     WHERE rnk <= p_top_n;
    FORALL i IN 1 .. l_list.COUNT
      INSERT INTO commission_detail (commission_id, agent_id, policy_id, commission_type, base_amount, commission_pct, amount, calc_month)
      VALUES (seq_commission.NEXTVAL, l_list(i).agent_id, l_list(i).policy_id, 'BN', 0, 0, l_list(i).amount, TRUNC(p_month, 'MM'));
    COMMIT;
  END award_bonus;

  -- 三年前的明细移出: 建同结构表, 交换分区
  PROCEDURE archive_month(p_month IN DATE)
  IS
    l_table VARCHAR2(30) := 'COMMISSION_ARC_' || TO_CHAR(p_month, 'YYYYMM');
    l_n     PLS_INTEGER;
  BEGIN
    SELECT COUNT(*) INTO l_n FROM user_tables WHERE table_name = l_table;
    IF l_n = 0 THEN
      EXECUTE IMMEDIATE 'CREATE TABLE ' || l_table || ' AS SELECT * FROM commission_detail WHERE 1 = 0';
    END IF;
    EXECUTE IMMEDIATE 'INSERT /*+ APPEND */ INTO ' || l_table
                      || ' SELECT * FROM commission_detail WHERE calc_month = :m AND status = ''C'''
      USING TRUNC(p_month, 'MM');
    EXECUTE IMMEDIATE 'DELETE FROM commission_detail WHERE calc_month = :m AND status = ''C'''
      USING TRUNC(p_month, 'MM');
    COMMIT;
  END archive_month;
END pkg_commission;
/
