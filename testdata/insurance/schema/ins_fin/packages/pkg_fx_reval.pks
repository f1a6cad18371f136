CREATE OR REPLACE PACKAGE ins_fin.pkg_fx_reval AS
  -- 期末汇率重估
  c_gain_account CONSTANT gl_account.account_code%TYPE := '6061';
  c_loss_account CONSTANT gl_account.account_code%TYPE := '6602';

  FUNCTION  run (p_period IN VARCHAR2, p_rate_date IN DATE DEFAULT NULL, p_simulate IN BOOLEAN DEFAULT FALSE) RETURN fx_reval_run.run_id%TYPE;
  PROCEDURE post_run (p_run_id IN NUMBER);
  PROCEDURE reverse_run (p_run_id IN NUMBER);
  FUNCTION  exposure (p_period IN VARCHAR2, p_currency IN VARCHAR2 DEFAULT NULL) RETURN NUMBER;
  FUNCTION  convert_amount (p_amount IN NUMBER, p_from IN VARCHAR2, p_to IN VARCHAR2, p_on IN DATE) RETURN NUMBER;
  FUNCTION  convert_amount (p_money IN t_money, p_to IN VARCHAR2, p_on IN DATE) RETURN t_money;
  PROCEDURE rate_gaps (p_from IN DATE, p_to IN DATE, p_cur OUT SYS_REFCURSOR);
END pkg_fx_reval;
/
