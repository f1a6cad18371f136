CREATE OR REPLACE PACKAGE ins_claim.pkg_si_split
AS
  -- 社保分割
  TYPE t_split IS RECORD (
    in_scope    NUMBER := 0,
    start_line  NUMBER := 0,
    fund_pay    NUMBER := 0,
    serious_pay NUMBER := 0,
    account_pay NUMBER := 0,
    self_pay    NUMBER := 0,
    own_expense NUMBER := 0
  );

  FUNCTION  split_bill (p_bill_id IN NUMBER, p_si_type IN VARCHAR2 DEFAULT 'UEBM') RETURN t_split;
  PROCEDURE save_split (p_bill_id IN NUMBER, p_split IN t_split, p_mode IN VARCHAR2 DEFAULT 'S', p_si_type IN VARCHAR2 DEFAULT 'UEBM');
  FUNCTION  rule_for (p_province IN VARCHAR2, p_si_type IN VARCHAR2, p_level IN VARCHAR2, p_year IN NUMBER) RETURN si_policy_rule%ROWTYPE;
  FUNCTION  year_to_date (p_insured_id IN NUMBER, p_year IN NUMBER) RETURN NUMBER;
  PROCEDURE import_settlement (p_msg_id IN VARCHAR2, p_settle_id OUT NUMBER);
  PROCEDURE split_claim (p_claim_id IN NUMBER);
  FUNCTION  check_total (p_split IN t_split, p_total IN NUMBER) RETURN BOOLEAN;
END pkg_si_split;
/
