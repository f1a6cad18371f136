CREATE OR REPLACE PACKAGE ins_claim.pkg_fraud
AS
  -- 反欺诈评分:规则在表里, SQL 动态执行
  c_model CONSTANT VARCHAR2(20) := '2021.03';

  TYPE t_hit IS RECORD (
    rule_code fraud_rule.rule_code%TYPE,
    raw_score NUMBER,
    weighted  NUMBER,
    evidence  fraud_score_detail.evidence%TYPE
  );
  TYPE t_hits IS TABLE OF t_hit;

  FUNCTION  score_claim (p_claim_id IN NUMBER) RETURN fraud_score.total_score%TYPE;
  PROCEDURE score_batch (p_from IN DATE, p_to IN DATE DEFAULT SYSDATE, p_scored OUT PLS_INTEGER);
  FUNCTION  is_blacklisted (p_type IN VARCHAR2, p_key IN VARCHAR2, p_on IN DATE DEFAULT SYSDATE) RETURN BOOLEAN;
  FUNCTION  blacklist_flag (p_type IN VARCHAR2, p_key IN VARCHAR2) RETURN VARCHAR2;
  PROCEDURE add_blacklist (p_type IN VARCHAR2, p_key IN VARCHAR2, p_reason IN VARCHAR2, p_days IN PLS_INTEGER DEFAULT NULL);
  PROCEDURE review (p_score_id IN NUMBER, p_result IN VARCHAR2, p_user IN VARCHAR2 DEFAULT USER);
  PROCEDURE test_rule (p_rule_code IN VARCHAR2, p_claim_id IN NUMBER, p_score OUT NUMBER, p_error OUT VARCHAR2);
  FUNCTION  linked_claims (p_claim_id IN NUMBER, p_depth IN PLS_INTEGER DEFAULT 3) RETURN t_number_tab;
  PROCEDURE rule_statistics (p_cur OUT SYS_REFCURSOR);
  FUNCTION  risk_band (p_score IN NUMBER) RETURN VARCHAR2 DETERMINISTIC;
END pkg_fraud;
/
