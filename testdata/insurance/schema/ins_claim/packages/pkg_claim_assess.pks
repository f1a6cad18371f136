CREATE OR REPLACE PACKAGE ins_claim.pkg_claim_assess
AS
  /* 理算:规则按优先级依次作用在责任明细上 */
  TYPE t_rule_tab IS TABLE OF adjudication_rule%ROWTYPE INDEX BY PLS_INTEGER;

  TYPE t_trace_step IS RECORD (
    rule_code adjudication_rule.rule_code%TYPE,
    before    NUMBER,
    after     NUMBER
  );
  TYPE t_trace IS TABLE OF t_trace_step;
  TYPE t_item_calc IS RECORD (
    item   claim_item%ROWTYPE,
    calc   t_benefit_calc,
    trace  t_trace
  );
  TYPE t_calc_tab IS TABLE OF t_item_calc INDEX BY PLS_INTEGER;

  $IF DBMS_DB_VERSION.VERSION >= 12 $THEN
  c_trace_limit CONSTANT PLS_INTEGER := 4000;
  $ELSE
  c_trace_limit CONSTANT PLS_INTEGER := 2000;
  $END

  PROCEDURE assess (p_claim_id IN NUMBER, p_assessor IN VARCHAR2 DEFAULT USER);
  FUNCTION  simulate (p_claim_id IN NUMBER) RETURN t_benefit_calc_tab;
  FUNCTION  rules_for (p_coverage IN VARCHAR2, p_lob IN VARCHAR2, p_on IN DATE) RETURN t_rule_tab;
  FUNCTION  remaining_deductible (p_policy_id IN NUMBER, p_coverage IN VARCHAR2, p_insured_id IN NUMBER, p_on IN DATE) RETURN NUMBER;
  FUNCTION  remaining_limit (p_policy_id IN NUMBER, p_coverage IN VARCHAR2, p_insured_id IN NUMBER, p_on IN DATE) RETURN NUMBER;
  PROCEDURE approve (p_claim_id IN NUMBER, p_approver IN VARCHAR2, p_decision IN VARCHAR2 DEFAULT 'AP', p_comment IN VARCHAR2 DEFAULT NULL);
  PROCEDURE reject_item (p_claim_item_id IN NUMBER, p_code IN VARCHAR2, p_reason IN VARCHAR2);
  FUNCTION  authority_limit (p_user IN VARCHAR2, p_lob IN VARCHAR2) RETURN NUMBER;
  PROCEDURE undo_assessment (p_claim_id IN NUMBER);
  FUNCTION  explain (p_claim_item_id IN NUMBER) RETURN VARCHAR2;
  FUNCTION  period_start (p_policy_id IN NUMBER, p_on IN DATE) RETURN DATE;
END pkg_claim_assess;
/
