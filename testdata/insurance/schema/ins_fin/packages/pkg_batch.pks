CREATE OR REPLACE PACKAGE ins_fin.pkg_batch
AS
  /*
   * 批处理控制框架
   * - 每个作业同一时间只能有一个实例 (DBMS_LOCK)
   * - 断点续跑: restart_key
   * - 进度写 V$SESSION_LONGOPS
   */
  c_running CONSTANT CHAR(1) := 'R';
  c_done    CONSTANT CHAR(1) := 'D';
  c_failed  CONSTANT CHAR(1) := 'F';
  c_skipped CONSTANT CHAR(1) := 'K';

  e_already_running EXCEPTION;
  PRAGMA EXCEPTION_INIT(e_already_running, -20460);
  e_dependency EXCEPTION;
  PRAGMA EXCEPTION_INIT(e_dependency, -20461);

  TYPE t_run_info IS RECORD (
    run_id       batch_run.run_id%TYPE,
    job          batch_job%ROWTYPE,
    business_date DATE,
    restart_key  batch_run.restart_key%TYPE,
    rows_done    PLS_INTEGER := 0,
    rows_failed  PLS_INTEGER := 0,
    longops_idx  BINARY_INTEGER,
    longops_slno BINARY_INTEGER
  );

  FUNCTION  start_run (p_job_code IN batch_job.job_code%TYPE, p_business_date IN DATE DEFAULT TRUNC(SYSDATE)) RETURN t_run_info;
  PROCEDURE progress (p_run IN OUT NOCOPY t_run_info, p_done IN PLS_INTEGER, p_total IN PLS_INTEGER DEFAULT NULL);
  PROCEDURE checkpoint (p_run IN OUT NOCOPY t_run_info, p_restart_key IN VARCHAR2);
  PROCEDURE log_error (p_run IN OUT NOCOPY t_run_info, p_key IN VARCHAR2, p_code IN NUMBER, p_text IN VARCHAR2);
  PROCEDURE finish_run (p_run IN OUT NOCOPY t_run_info, p_status IN VARCHAR2 DEFAULT c_done, p_error IN VARCHAR2 DEFAULT NULL);
  PROCEDURE run_job (p_job_code IN VARCHAR2, p_business_date IN DATE DEFAULT TRUNC(SYSDATE));
  PROCEDURE run_chain (p_first_job IN VARCHAR2, p_business_date IN DATE DEFAULT TRUNC(SYSDATE));
  FUNCTION  is_done (p_job_code IN VARCHAR2, p_business_date IN DATE) RETURN BOOLEAN;
  FUNCTION  last_restart_key (p_job_code IN VARCHAR2, p_business_date IN DATE) RETURN VARCHAR2;
  FUNCTION  chain_order (p_first_job IN VARCHAR2) RETURN ins_claim.t_varchar_tab;
  PROCEDURE cleanup_dead_runs;
END pkg_batch;
/
