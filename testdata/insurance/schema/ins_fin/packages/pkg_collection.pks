CREATE OR REPLACE PACKAGE ins_fin.pkg_collection
AS
  -- 收费与催缴
  c_dun_sms    CONSTANT PLS_INTEGER := 1;
  c_dun_letter CONSTANT PLS_INTEGER := 2;
  c_dun_final  CONSTANT PLS_INTEGER := 3;

  TYPE t_due_tab IS TABLE OF collection_due%ROWTYPE;

  PROCEDURE create_plan (p_policy_id IN policy.policy_id%TYPE, p_years IN PLS_INTEGER DEFAULT 1);
  PROCEDURE create_plans (p_policy_ids IN ins_claim.t_number_tab);
  FUNCTION  register_receipt (p_policy_no IN VARCHAR2, p_amount IN NUMBER, p_payer IN VARCHAR2, p_bank_ref IN VARCHAR2 DEFAULT NULL, p_date IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  PROCEDURE allocate (p_receipt_id IN receipt.receipt_id%TYPE);
  PROCEDURE allocate (p_receipt_id IN receipt.receipt_id%TYPE, p_collection_id IN NUMBER, p_amount IN NUMBER);
  PROCEDURE waive (p_collection_id IN NUMBER, p_amount IN NUMBER, p_reason IN VARCHAR2);
  PROCEDURE build_debit_file (p_bank_code IN VARCHAR2, p_date IN DATE, p_file_id OUT NUMBER);
  PROCEDURE dunning_batch (p_business_date IN DATE);
  PROCEDURE lapse_overdue (p_business_date IN DATE, p_lapsed OUT PLS_INTEGER);
  FUNCTION  overdue_interest (p_open IN NUMBER, p_due IN DATE, p_on IN DATE) RETURN NUMBER DETERMINISTIC;
  FUNCTION  policy_open_amount (p_policy_id IN NUMBER, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  FUNCTION  ageing (p_on IN DATE DEFAULT SYSDATE, p_branch IN VARCHAR2 DEFAULT NULL) RETURN t_ageing_tab PIPELINED;
  PROCEDURE due_list (p_branch IN VARCHAR2, p_from IN DATE, p_to IN DATE, p_sort IN VARCHAR2, p_cur OUT SYS_REFCURSOR);
END pkg_collection;
/
