CREATE OR REPLACE PACKAGE ins_core.pkg_underwriting
AS
  -- 核保: 规则引擎 + 人工核保队列
  -- 规则条件存在 UW_RULE.CONDITION_SQL, 对 V_UW_FACTS 动态执行

  TYPE t_hit IS RECORD
  (
    rule_code   uw_rule.rule_code%TYPE,
    rule_name   uw_rule.rule_name%TYPE,
    severity    uw_rule.severity%TYPE,
    action_code uw_rule.action_code%TYPE,
    score       uw_rule.score%TYPE,
    detail      uw_rule_hit.detail%TYPE
  );
  TYPE t_hit_tab IS TABLE OF t_hit;

  TYPE t_result IS RECORD
  (
    case_id     uw_case.case_id%TYPE,
    decision    uw_decision.decision%TYPE,
    total_score PLS_INTEGER := 0,
    loading_pct NUMBER := 0,
    hits        t_hit_tab := t_hit_tab()
  );

  c_accept     CONSTANT uw_decision.decision%TYPE := 'AC';
  c_substd     CONSTANT uw_decision.decision%TYPE := 'SU';
  c_decline    CONSTANT uw_decision.decision%TYPE := 'DE';
  c_postpone   CONSTANT uw_decision.decision%TYPE := 'PO';
  c_reinsurer  CONSTANT uw_decision.decision%TYPE := 'RI';

  FUNCTION open_case(p_proposal_id IN proposal.proposal_id%TYPE) RETURN uw_case.case_id%TYPE;
  FUNCTION run_rules(p_proposal_id IN proposal.proposal_id%TYPE) RETURN t_hit_tab;
  FUNCTION auto_underwrite(p_proposal_id IN proposal.proposal_id%TYPE) RETURN t_result;
  FUNCTION auto_decision(p_proposal_id IN NUMBER) RETURN VARCHAR2;

  PROCEDURE assign_case(p_case_id IN NUMBER, p_user_id IN VARCHAR2);
  PROCEDURE assign_next(p_user_id IN VARCHAR2, p_case_id OUT NUMBER);
  PROCEDURE escalate(p_case_id IN NUMBER, p_reason IN VARCHAR2);
  PROCEDURE decide(p_case_id IN NUMBER, p_decision IN VARCHAR2, p_loading_pct IN NUMBER DEFAULT 0,
                   p_reason_code IN VARCHAR2 DEFAULT NULL, p_remark IN VARCHAR2 DEFAULT NULL);
  PROCEDURE add_note(p_case_id IN NUMBER, p_text IN VARCHAR2);
  FUNCTION notes(p_case_id IN NUMBER) RETURN CLOB;
  PROCEDURE exclude_coverage(p_proposal_id IN NUMBER, p_coverage_code IN VARCHAR2, p_text IN VARCHAR2);

  PROCEDURE save_health_answers(p_proposal_id IN NUMBER, p_answers IN VARCHAR2);
  FUNCTION accumulated_si(p_party_id IN NUMBER, p_lob IN VARCHAR2 DEFAULT NULL, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  FUNCTION needs_medical_exam(p_age IN NUMBER, p_accum_si IN NUMBER) RETURN VARCHAR2;
  FUNCTION authority_limit(p_user_id IN VARCHAR2) RETURN NUMBER;

  FUNCTION test_rule(p_rule_code IN VARCHAR2, p_days IN PLS_INTEGER DEFAULT 30) RETURN NUMBER;
  PROCEDURE validate_rules(p_bad OUT t_string_tab);
  FUNCTION open_queue(p_level IN NUMBER, p_branch_code IN VARCHAR2 DEFAULT NULL) RETURN SYS_REFCURSOR;
  PROCEDURE close_overdue;
  FUNCTION statistics(p_from IN DATE, p_to IN DATE) RETURN SYS_REFCURSOR;
END pkg_underwriting;
/
