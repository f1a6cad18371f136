CREATE OR REPLACE PACKAGE ins_fin.pkg_fin_report
AS
  -- 财务报表
  TYPE t_trial_row IS RECORD (
    account_code gl_account.account_code%TYPE,
    account_name gl_account.account_name%TYPE,
    lvl          PLS_INTEGER,
    open_lc      NUMBER,
    debit_lc     NUMBER,
    credit_lc    NUMBER,
    close_lc     NUMBER
  );
  TYPE t_trial_tab IS TABLE OF t_trial_row;

  FUNCTION  trial_balance (p_period IN VARCHAR2, p_branch IN VARCHAR2 DEFAULT NULL, p_level IN PLS_INTEGER DEFAULT 9) RETURN t_trial_tab PIPELINED;
  FUNCTION  profit_and_loss (p_from IN VARCHAR2, p_to IN VARCHAR2) RETURN SYS_REFCURSOR;
  FUNCTION  combined_ratio (p_year IN PLS_INTEGER, p_lob IN VARCHAR2) RETURN NUMBER;
  PROCEDURE export_csv (p_sql IN VARCHAR2, p_file IN VARCHAR2, p_rows OUT PLS_INTEGER);
  FUNCTION  cash_forecast (p_days IN PLS_INTEGER DEFAULT 30) RETURN SYS_REFCURSOR;
  FUNCTION  top_vouchers (p_period IN VARCHAR2, p_top IN PLS_INTEGER DEFAULT 20) RETURN SYS_REFCURSOR;
  PROCEDURE print_account_tree (p_root IN VARCHAR2 DEFAULT NULL);
  FUNCTION  branch_comparison (p_period IN VARCHAR2) RETURN SYS_REFCURSOR;
END pkg_fin_report;
/
