CREATE OR REPLACE PACKAGE ins_fin.pkg_actuarial
AS
  -- 精算准备金
  TYPE t_factor_tab IS TABLE OF NUMBER INDEX BY PLS_INTEGER;
  TYPE t_triangle   IS TABLE OF t_factor_tab INDEX BY PLS_INTEGER;      -- [事故年][发展年]

  c_bulk CONSTANT PLS_INTEGER := 2000;

  FUNCTION  run_upr (p_date IN DATE) RETURN act_reserve_run.run_id%TYPE;
  FUNCTION  run_ibnr (p_date IN DATE, p_lob IN VARCHAR2 DEFAULT NULL) RETURN act_reserve_run.run_id%TYPE;
  FUNCTION  run_life (p_date IN DATE, p_interest IN NUMBER DEFAULT 0.025) RETURN act_reserve_run.run_id%TYPE;
  PROCEDURE build_triangle (p_run_id IN NUMBER, p_lob IN VARCHAR2, p_years IN PLS_INTEGER);
  FUNCTION  dev_factors (p_run_id IN NUMBER, p_lob IN VARCHAR2) RETURN t_factor_tab;
  PROCEDURE project_model (p_run_id IN NUMBER, p_lob IN VARCHAR2, p_cur OUT SYS_REFCURSOR);
  FUNCTION  annuity_factor (p_age IN PLS_INTEGER, p_gender IN VARCHAR2, p_years IN PLS_INTEGER, p_interest IN NUMBER) RETURN NUMBER;
  FUNCTION  assurance_factor (p_age IN PLS_INTEGER, p_gender IN VARCHAR2, p_years IN PLS_INTEGER, p_interest IN NUMBER) RETURN NUMBER;
  FUNCTION  net_premium (p_age IN PLS_INTEGER, p_gender IN VARCHAR2, p_years IN PLS_INTEGER, p_sum IN NUMBER, p_interest IN NUMBER DEFAULT 0.025) RETURN NUMBER;
  PROCEDURE post_run (p_run_id IN NUMBER);
  FUNCTION  adequacy_test (p_run_id IN NUMBER) RETURN VARCHAR2;
  PROCEDURE compare_runs (p_old IN NUMBER, p_new IN NUMBER, p_cur OUT SYS_REFCURSOR);
END pkg_actuarial;
/
