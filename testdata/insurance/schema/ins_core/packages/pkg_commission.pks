CREATE OR REPLACE PACKAGE ins_core.pkg_commission
AS
  -- 佣金: 直接佣金, 管理津贴 (逐级), 追回, 结算单
  TYPE t_share IS RECORD (agent_id agent.agent_id%TYPE, pct NUMBER, amount NUMBER, comm_type VARCHAR2(2));
  TYPE t_share_tab IS TABLE OF t_share INDEX BY PLS_INTEGER;

  FUNCTION rate_for(p_product_code IN VARCHAR2, p_channel IN VARCHAR2, p_pay_term IN NUMBER, p_policy_year IN NUMBER, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  FUNCTION shares(p_policy_id IN NUMBER, p_base IN NUMBER, p_policy_year IN NUMBER DEFAULT 1) RETURN t_share_tab;
  PROCEDURE calculate_policy(p_policy_id IN NUMBER, p_base IN NUMBER, p_month IN DATE DEFAULT TRUNC(SYSDATE, 'MM'));
  PROCEDURE calculate_month(p_month IN DATE, p_rows OUT PLS_INTEGER);
  PROCEDURE clawback(p_policy_id IN NUMBER, p_reason IN VARCHAR2);
  FUNCTION tax_on(p_gross IN NUMBER) RETURN NUMBER DETERMINISTIC PARALLEL_ENABLE;
  PROCEDURE build_statements(p_month IN DATE);
  PROCEDURE confirm_statement(p_statement_id IN NUMBER);
  PROCEDURE adjust_statement(p_statement_id IN NUMBER, p_amount IN NUMBER, p_reason IN VARCHAR2);
  FUNCTION statement_lines(p_statement_id IN NUMBER) RETURN SYS_REFCURSOR;
  FUNCTION ytd_amount(p_agent_id IN NUMBER, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  PROCEDURE award_bonus(p_month IN DATE, p_top_n IN PLS_INTEGER DEFAULT 10);
  PROCEDURE archive_month(p_month IN DATE);
END pkg_commission;
/
