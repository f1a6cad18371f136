CREATE OR REPLACE PACKAGE ins_claim.pkg_recovery AS
  -- 追偿:代位追偿、残值、共保分摊
  FUNCTION  open_case (p_claim_id IN NUMBER, p_type IN VARCHAR2, p_debtor IN VARCHAR2, p_expected IN NUMBER) RETURN recovery_case.recovery_id%TYPE;
  PROCEDURE add_cost (p_recovery_id IN NUMBER, p_amount IN NUMBER, p_remark IN VARCHAR2);
  PROCEDURE receive_money (p_recovery_id IN NUMBER, p_amount IN NUMBER, p_receipt_id IN NUMBER DEFAULT NULL);
  PROCEDURE write_off (p_recovery_id IN NUMBER, p_reason IN VARCHAR2);
  PROCEDURE check_limitation (p_days IN PLS_INTEGER DEFAULT 60, p_warned OUT PLS_INTEGER);
  FUNCTION  net_recovery (p_claim_id IN NUMBER) RETURN NUMBER;
  FUNCTION  success_rate (p_type IN VARCHAR2, p_year IN NUMBER) RETURN NUMBER;
  PROCEDURE ageing (p_cur OUT SYS_REFCURSOR);
END pkg_recovery;
/
