CREATE OR REPLACE PACKAGE ins_claim.pkg_med_bill
AS
  -- 医疗账单录入与审核
  TYPE t_item_cur IS REF CURSOR RETURN medical_bill_item%ROWTYPE;

  -- 拒付代码
  c_deny_catalog  CONSTANT VARCHAR2(6) := 'D001';   -- 目录外
  c_deny_diag     CONSTANT VARCHAR2(6) := 'D002';   -- 限适应症
  c_deny_date     CONSTANT VARCHAR2(6) := 'D003';   -- 日期不符
  c_deny_dup      CONSTANT VARCHAR2(6) := 'D004';   -- 重复收费

  FUNCTION  enter_bill (p_claim_id IN NUMBER, p_bill_no IN VARCHAR2, p_hospital IN VARCHAR2, p_visit IN VARCHAR2, p_bill_date IN DATE,
                        p_total IN NUMBER, p_icd IN VARCHAR2, p_lines IN t_bill_line_tab, p_admit IN DATE DEFAULT NULL, p_discharge IN DATE DEFAULT NULL) RETURN NUMBER;
  PROCEDURE price_items (p_bill_id IN NUMBER);
  PROCEDURE deny_items (p_bill_id IN NUMBER, p_denied OUT PLS_INTEGER);
  PROCEDURE adjudicate (p_bill_id IN NUMBER);
  PROCEDURE adjudicate_claim (p_claim_id IN NUMBER);
  PROCEDURE void_bill (p_bill_id IN NUMBER);
  PROCEDURE open_items (p_bill_id IN NUMBER, p_cur IN OUT t_item_cur);
  FUNCTION  covered_of (p_bill_id IN NUMBER) RETURN NUMBER;
  FUNCTION  diag_allowed (p_prefixes IN VARCHAR2, p_icd IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC;
  FUNCTION  find_duplicate_bill (p_hospital IN VARCHAR2, p_bill_no IN VARCHAR2) RETURN NUMBER;
  PROCEDURE load_partition (p_month IN VARCHAR2, p_loaded OUT NUMBER);
  FUNCTION  category_summary (p_bill_id IN NUMBER) RETURN SYS_REFCURSOR;
END pkg_med_bill;
/
