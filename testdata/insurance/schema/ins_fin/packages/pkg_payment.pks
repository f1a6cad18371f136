CREATE OR REPLACE PACKAGE ins_fin.pkg_payment
AS
  -- 支付引擎
  c_st_new      CONSTANT payment_order.status%TYPE := '00';
  c_st_approved CONSTANT payment_order.status%TYPE := '10';
  c_st_sent     CONSTANT payment_order.status%TYPE := '20';
  c_st_paid     CONSTANT payment_order.status%TYPE := '30';
  c_st_failed   CONSTANT payment_order.status%TYPE := '40';
  c_st_bounced  CONSTANT payment_order.status%TYPE := '50';
  c_st_void     CONSTANT payment_order.status%TYPE := '90';

  c_directory   CONSTANT VARCHAR2(30) := 'BANK_OUT_DIR';
  c_in_directory CONSTANT VARCHAR2(30) := 'BANK_IN_DIR';

  TYPE t_payment_request IS RECORD (
    business_type payment_order.business_type%TYPE,
    business_ref  payment_order.business_ref%TYPE,
    claim_id      payment_order.claim_id%TYPE,
    policy_id     payment_order.policy_id%TYPE,
    party_id      payment_order.payee_party_id%TYPE,
    payee_name    payment_order.payee_name%TYPE,
    bank_code     payment_order.bank_code%TYPE,
    account_no    payment_order.account_no%TYPE,
    currency      payment_order.currency%TYPE := 'CNY',
    amount        payment_order.amount%TYPE,
    tax_amount    payment_order.tax_amount%TYPE := 0,
    branch_code   payment_order.branch_code%TYPE,
    due_date      DATE
  );

  TYPE t_pay_cur IS REF CURSOR RETURN payment_order%ROWTYPE;

  FUNCTION  create_payment (p_req IN t_payment_request) RETURN payment_order.payment_id%TYPE;
  PROCEDURE approve (p_payment_id IN NUMBER, p_user IN VARCHAR2 DEFAULT USER);
  PROCEDURE approve_batch (p_ids IN ins_claim.t_number_tab, p_ok OUT PLS_INTEGER, p_failed OUT ins_claim.t_number_tab);
  PROCEDURE void_payment (p_payment_id IN NUMBER, p_reason IN VARCHAR2);
  FUNCTION  build_bank_file (p_bank_code IN VARCHAR2, p_date IN DATE DEFAULT TRUNC(SYSDATE)) RETURN bank_file.bank_file_id%TYPE;
  PROCEDURE write_bank_file (p_bank_file_id IN NUMBER);
  PROCEDURE read_return_file (p_file_name IN VARCHAR2, p_ok OUT PLS_INTEGER, p_failed OUT PLS_INTEGER);
  PROCEDURE apply_return (p_bank_file_id IN NUMBER);
  PROCEDURE confirm_paid (p_payment_id IN NUMBER, p_paid_at IN TIMESTAMP DEFAULT SYSTIMESTAMP);
  PROCEDURE mark_failed (p_payment_id IN NUMBER, p_code IN VARCHAR2, p_msg IN VARCHAR2);
  PROCEDURE retry_failed (p_max_retry IN PLS_INTEGER DEFAULT 3, p_count OUT PLS_INTEGER);
  PROCEDURE open_pending (p_cur IN OUT t_pay_cur, p_branch IN VARCHAR2 DEFAULT NULL);
  FUNCTION  paid_total (p_type IN VARCHAR2, p_from IN DATE, p_to IN DATE, p_currency IN VARCHAR2 DEFAULT 'CNY') RETURN t_money;
  PROCEDURE daily_run (p_business_date IN DATE);
  FUNCTION  is_duplicate (p_account_no IN VARCHAR2, p_amount IN NUMBER, p_days IN PLS_INTEGER DEFAULT 7) RETURN VARCHAR2;
END pkg_payment;
/
