CREATE OR REPLACE PACKAGE ins_core.pkg_recon
AS
  -- 与老核心 (DB LINK oldcore) 对账, 2019 年并行期开始使用
  FUNCTION start_run(p_type IN VARCHAR2, p_as_of IN DATE DEFAULT TRUNC(SYSDATE)) RETURN recon_run.run_id%TYPE;
  PROCEDURE compare_policies(p_run_id IN NUMBER, p_from IN DATE, p_to IN DATE);
  PROCEDURE compare_totals(p_run_id IN NUMBER);
  PROCEDURE finish_run(p_run_id IN NUMBER);
  PROCEDURE run_daily;
  FUNCTION remote_policy_exists(p_legacy_no IN VARCHAR2) RETURN BOOLEAN;
  PROCEDURE pull_missing(p_run_id IN NUMBER, p_pulled OUT PLS_INTEGER);
  FUNCTION differences(p_run_id IN NUMBER) RETURN SYS_REFCURSOR;
  PROCEDURE resolve_diff(p_run_id IN NUMBER, p_diff_no IN NUMBER, p_note IN VARCHAR2);
END pkg_recon;
/
