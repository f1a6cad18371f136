CREATE OR REPLACE PACKAGE ins_core.pkg_numbering
AS
  -- 编号: 前缀 + [机构前4位] + 年[月[日]] + 流水 [+ 校验位]
  FUNCTION next_no(p_rule_code   IN numbering_rule.rule_code%TYPE,
                   p_branch_code IN branch.branch_code%TYPE DEFAULT NULL,
                   p_date        IN DATE DEFAULT SYSDATE) RETURN VARCHAR2;

  FUNCTION next_policy_no(p_branch_code IN VARCHAR2, p_lob IN VARCHAR2, p_date IN DATE DEFAULT SYSDATE) RETURN VARCHAR2;
  FUNCTION next_proposal_no(p_branch_code IN VARCHAR2) RETURN VARCHAR2;
  FUNCTION next_quote_no(p_branch_code IN VARCHAR2) RETURN VARCHAR2;
  FUNCTION next_endorsement_no(p_branch_code IN VARCHAR2) RETURN VARCHAR2;
  FUNCTION next_claim_no(p_branch_code IN VARCHAR2, p_lob IN VARCHAR2 DEFAULT NULL) RETURN VARCHAR2;
  FUNCTION next_receipt_no(p_branch_code IN VARCHAR2) RETURN VARCHAR2;
  FUNCTION next_voucher_no(p_branch_code IN VARCHAR2, p_date IN DATE DEFAULT SYSDATE) RETURN VARCHAR2;

  -- 加权模11校验位
  FUNCTION check_digit(p_text IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC;
  FUNCTION is_valid_no(p_no IN VARCHAR2) RETURN BOOLEAN;
END pkg_numbering;
/
