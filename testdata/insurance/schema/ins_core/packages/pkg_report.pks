CREATE OR REPLACE PACKAGE ins_core.pkg_report
AS
  -- 管理报表; 监管报表见 INS_FIN
  TYPE t_month_row IS RECORD (month_start DATE, policy_count NUMBER, premium NUMBER, growth_pct NUMBER, moving_avg NUMBER, ytd NUMBER);
  TYPE t_month_tab IS TABLE OF t_month_row;
  TYPE t_forecast_row IS RECORD (line_of_business VARCHAR2(2), year_no NUMBER, premium NUMBER);
  TYPE t_forecast_tab IS TABLE OF t_forecast_row;

  FUNCTION monthly_trend(p_from IN DATE, p_to IN DATE, p_branch_code IN VARCHAR2 DEFAULT NULL) RETURN t_month_tab PIPELINED;
  FUNCTION branch_ranking(p_date IN DATE, p_level IN NUMBER DEFAULT 2) RETURN t_branch_stat_tab PIPELINED;
  FUNCTION top_agents(p_cur IN SYS_REFCURSOR, p_n IN PLS_INTEGER DEFAULT 10) RETURN t_string_tab PIPELINED;
  FUNCTION product_matrix(p_year IN NUMBER) RETURN SYS_REFCURSOR;
  FUNCTION dynamic_matrix(p_year IN NUMBER, p_dimension IN VARCHAR2) RETURN SYS_REFCURSOR;
  FUNCTION forecast(p_years IN PLS_INTEGER DEFAULT 3) RETURN t_forecast_tab;
  FUNCTION lapse_streaks(p_from IN DATE) RETURN SYS_REFCURSOR;
  FUNCTION age_distribution(p_product_code IN VARCHAR2 DEFAULT NULL) RETURN SYS_REFCURSOR;
  FUNCTION channel_mix(p_from IN DATE, p_to IN DATE) RETURN SYS_REFCURSOR;
  FUNCTION large_policies(p_page IN PLS_INTEGER, p_size IN PLS_INTEGER) RETURN SYS_REFCURSOR;
  PROCEDURE fill_daily(p_date IN DATE);
  PROCEDURE export_csv(p_query IN VARCHAR2, p_file_name IN VARCHAR2, p_rows OUT PLS_INTEGER);
  PROCEDURE print_cursor(p_cur IN OUT SYS_REFCURSOR, p_max IN PLS_INTEGER DEFAULT 50);
  FUNCTION html_table(p_cur IN SYS_REFCURSOR) RETURN CLOB;
  FUNCTION concentration(p_date IN DATE DEFAULT SYSDATE) RETURN NUMBER;
END pkg_report;
/
