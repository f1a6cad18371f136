CREATE OR REPLACE PACKAGE ins_fin.pkg_period_close
AS
  /* 月结:步骤可重启, 每步一个保存点 */
  TYPE t_step IS RECORD (
    step_no   period_close_step.step_no%TYPE,
    step_code period_close_step.step_code%TYPE,
    handler   VARCHAR2(100)
  );
  TYPE t_steps IS TABLE OF t_step;

  PROCEDURE open_period (p_period IN VARCHAR2);
  PROCEDURE close_period (p_period IN VARCHAR2);
  PROCEDURE reopen_period (p_period IN VARCHAR2, p_reason IN VARCHAR2);
  PROCEDURE reset_step (p_period IN VARCHAR2, p_step_code IN VARCHAR2);
  FUNCTION  can_close (p_period IN VARCHAR2, p_messages OUT ins_claim.t_varchar_tab) RETURN BOOLEAN;
  FUNCTION  status_report (p_period IN VARCHAR2) RETURN SYS_REFCURSOR;
  PROCEDURE roll_balances (p_period IN VARCHAR2, p_rows OUT NUMBER);
  PROCEDURE year_end_close (p_year IN PLS_INTEGER);
  FUNCTION  current_period RETURN gl_period.period_code%TYPE;
  -- 由动态 SQL 调用的步骤
  PROCEDURE step_check_vouchers (p_period IN VARCHAR2, p_rows OUT NUMBER);
  PROCEDURE step_reserves (p_period IN VARCHAR2, p_rows OUT NUMBER);
  PROCEDURE step_reval (p_period IN VARCHAR2, p_rows OUT NUMBER);
  PROCEDURE step_tax (p_period IN VARCHAR2, p_rows OUT NUMBER);
END pkg_period_close;
/
