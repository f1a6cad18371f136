CREATE OR REPLACE PACKAGE ins_fin.pkg_bank_recon
IS
  -- 银企对账
  c_tolerance CONSTANT NUMBER := 0.01;

  TYPE r_summary IS RECORD (
    account_no    bank_account.account_no%TYPE,
    matched_count PLS_INTEGER,
    matched_sum   NUMBER(20,2),
    open_count    PLS_INTEGER,
    open_sum      NUMBER(20,2)
  );
  TYPE t_summary_tab IS TABLE OF r_summary;

  PROCEDURE load_statement (p_file_name IN VARCHAR2, p_account_no IN VARCHAR2, p_loaded OUT PLS_INTEGER);
  PROCEDURE match_exact (p_account_no IN VARCHAR2, p_date IN DATE, p_matched OUT PLS_INTEGER);
  PROCEDURE match_fuzzy (p_account_no IN VARCHAR2, p_date IN DATE, p_days IN PLS_INTEGER DEFAULT 3, p_matched OUT PLS_INTEGER);
  PROCEDURE match_split (p_account_no IN VARCHAR2, p_date IN DATE, p_matched OUT PLS_INTEGER);
  PROCEDURE unmatch (p_stmt_line_id IN NUMBER);
  FUNCTION  summary (p_date IN DATE) RETURN t_summary_tab PIPELINED;
  FUNCTION  open_items (p_account_no IN VARCHAR2, p_page IN PLS_INTEGER DEFAULT 1, p_page_size IN PLS_INTEGER DEFAULT 20) RETURN SYS_REFCURSOR;
  PROCEDURE reconcile_day (p_date IN DATE);
END pkg_bank_recon;
/
