CREATE OR REPLACE PACKAGE ins_claim.pkg_claim_query
AS
  TYPE t_criteria IS RECORD (
    claim_no    VARCHAR2(20),
    policy_no   VARCHAR2(20),
    insured     VARCHAR2(200),
    status_list VARCHAR2(100),
    branch_code VARCHAR2(8),
    from_date   DATE,
    to_date     DATE,
    min_amount  NUMBER
  );
  TYPE t_weak_cur IS REF CURSOR;

  FUNCTION  search (p_crit IN t_criteria, p_page IN PLS_INTEGER DEFAULT 1, p_size IN PLS_INTEGER DEFAULT 20) RETURN SYS_REFCURSOR;
  FUNCTION  count_claims (p_crit IN t_criteria) RETURN PLS_INTEGER;
  FUNCTION  open_claims (p_branch IN VARCHAR2 DEFAULT NULL) RETURN t_claim_summary_tab PIPELINED;
  PROCEDURE workload (p_branch IN VARCHAR2, p_cur OUT t_weak_cur);
  FUNCTION  loss_ratio (p_product IN VARCHAR2, p_year IN NUMBER) RETURN NUMBER;
  PROCEDURE monthly_trend (p_months IN PLS_INTEGER, p_cur OUT SYS_REFCURSOR);
  FUNCTION  diagnosis_tree (p_root IN VARCHAR2) RETURN SYS_REFCURSOR;
  FUNCTION  status_name (p_status IN VARCHAR2) RETURN VARCHAR2;
  FUNCTION  split_list (p_list IN VARCHAR2, p_sep IN VARCHAR2 DEFAULT ',') RETURN t_varchar_tab;
END pkg_claim_query;
/
