CREATE OR REPLACE PACKAGE ins_core.pkg_renewal
AS
  -- 续保/续期批处理
  TYPE t_run_stats IS RECORD (selected PLS_INTEGER := 0, renewed PLS_INTEGER := 0, skipped PLS_INTEGER := 0, failed PLS_INTEGER := 0);

  FUNCTION start_batch(p_from IN DATE, p_to IN DATE, p_branch_code IN VARCHAR2 DEFAULT NULL) RETURN renewal_batch.batch_id%TYPE;
  PROCEDURE select_candidates(p_batch_id IN NUMBER);
  PROCEDURE price_candidates(p_batch_id IN NUMBER);
  PROCEDURE renew_all(p_batch_id IN NUMBER, p_stats OUT t_run_stats);
  PROCEDURE finish_batch(p_batch_id IN NUMBER, p_stats IN t_run_stats);
  PROCEDURE run(p_days_ahead IN PLS_INTEGER DEFAULT 30, p_branch_code IN VARCHAR2 DEFAULT NULL);

  FUNCTION renewal_premium(p_policy_id IN NUMBER) RETURN NUMBER;
  FUNCTION renew_one(p_policy_id IN NUMBER, p_new_premium IN NUMBER DEFAULT NULL) RETURN policy.policy_id%TYPE;
  PROCEDURE create_due_notices(p_days_ahead IN PLS_INTEGER DEFAULT 15, p_created OUT PLS_INTEGER);
  PROCEDURE send_notices(p_limit IN PLS_INTEGER DEFAULT 1000);
  PROCEDURE retry_errors(p_batch_id IN NUMBER);
  FUNCTION persistency(p_month IN DATE, p_months_back IN PLS_INTEGER DEFAULT 13) RETURN NUMBER;
END pkg_renewal;
/
