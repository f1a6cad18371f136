CREATE OR REPLACE PACKAGE ins_claim.pkg_claim_pay
AS
  -- 赔款支付
  TYPE t_payee_list IS TABLE OF claim_payee%ROWTYPE;

  PROCEDURE add_payee (p_claim_id IN NUMBER, p_name IN VARCHAR2, p_bank IN VARCHAR2, p_account IN VARCHAR2, p_pct IN NUMBER DEFAULT NULL, p_amount IN NUMBER DEFAULT NULL, p_id_no IN VARCHAR2 DEFAULT NULL);
  PROCEDURE payees_from_policy (p_claim_id IN NUMBER);
  PROCEDURE distribute (p_claim_id IN NUMBER);
  PROCEDURE pay_claim (p_claim_id IN NUMBER);
  PROCEDURE pay_advance (p_claim_id IN NUMBER, p_amount IN NUMBER, p_reason IN VARCHAR2);
  PROCEDURE on_payment_done (p_payment_id IN NUMBER, p_success IN VARCHAR2, p_message IN VARCHAR2 DEFAULT NULL);
  PROCEDURE sync_payments (p_updated OUT PLS_INTEGER);
  FUNCTION  late_interest (p_claim_id IN NUMBER, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  FUNCTION  payable_amount (p_claim_id IN NUMBER) RETURN NUMBER;
  PROCEDURE auto_pay (p_limit IN NUMBER, p_paid OUT PLS_INTEGER);
  FUNCTION  is_valid_account (p_account IN VARCHAR2) RETURN BOOLEAN;
END pkg_claim_pay;
/
