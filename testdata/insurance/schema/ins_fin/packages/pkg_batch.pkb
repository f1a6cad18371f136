CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_batch
AS
  c_module CONSTANT VARCHAR2(20) := 'PKG_BATCH';

  TYPE t_handle_map IS TABLE OF VARCHAR2(128) INDEX BY VARCHAR2(20);
  g_handles t_handle_map;

  -- forward declaration
  PROCEDURE release_lock (p_job_code IN VARCHAR2);

  PROCEDURE acquire_lock (p_job_code IN VARCHAR2)
  IS
    l_handle VARCHAR2(128);
    l_result INTEGER;
  BEGIN
    DBMS_LOCK.ALLOCATE_UNIQUE(lockname => 'INS_BATCH_' || p_job_code, lockhandle => l_handle, expiration_secs => 864000);
    l_result := DBMS_LOCK.REQUEST(
                  lockhandle        => l_handle,
                  lockmode          => DBMS_LOCK.X_MODE,
                  timeout           => 0,
                  release_on_commit => FALSE);
    CASE l_result
      WHEN 0 THEN
        g_handles(p_job_code) := l_handle;
      WHEN 4 THEN
        NULL;  -- 本会话已持有
      WHEN 1 THEN
        RAISE_APPLICATION_ERROR(-20460, '作业 ' || p_job_code || ' 正在运行');
      ELSE
        RAISE_APPLICATION_ERROR(-20462, 'DBMS_LOCK.REQUEST returned ' || l_result);
    END CASE;
  END acquire_lock;

  PROCEDURE release_lock (p_job_code IN VARCHAR2)
  IS
    l_result INTEGER;
  BEGIN
    IF g_handles.EXISTS(p_job_code) THEN
      l_result := DBMS_LOCK.RELEASE(g_handles(p_job_code));
      g_handles.DELETE(p_job_code);
      IF l_result NOT IN (0, 4) THEN
        pkg_log.warn(c_module, 'release returned ' || l_result, p_job_code);
      END IF;
    END IF;
  END release_lock;

  FUNCTION is_done (p_job_code IN VARCHAR2, p_business_date IN DATE) RETURN BOOLEAN
  IS
    l_dummy NUMBER;
  BEGIN
    SELECT 1
      INTO l_dummy
      FROM dual
     WHERE EXISTS (SELECT NULL
                     FROM batch_run r
                    WHERE r.job_code = p_job_code
                      AND r.business_date = TRUNC(p_business_date)
                      AND r.status IN (c_done, c_skipped));
    RETURN TRUE;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN FALSE;
  END is_done;

  FUNCTION last_restart_key (p_job_code IN VARCHAR2, p_business_date IN DATE) RETURN VARCHAR2
  IS
    l_key batch_run.restart_key%TYPE;
  BEGIN
    SELECT MAX(restart_key) KEEP (DENSE_RANK LAST ORDER BY run_id)
      INTO l_key
      FROM batch_run
     WHERE job_code = p_job_code
       AND business_date = TRUNC(p_business_date)
       AND status = c_failed;
    RETURN l_key;
  END last_restart_key;

  PROCEDURE insert_run (p_run IN t_run_info)
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
  BEGIN
    INSERT INTO batch_run (run_id, job_code, business_date, status, started_at, restart_key, session_id)
    VALUES (p_run.run_id, p_run.job.job_code, p_run.business_date, c_running, SYSTIMESTAMP,
            p_run.restart_key, SYS_CONTEXT('USERENV', 'SESSIONID'));
    COMMIT;
  END insert_run;

  PROCEDURE update_run (p_run IN t_run_info, p_status IN VARCHAR2, p_error IN VARCHAR2)
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
  BEGIN
    UPDATE batch_run
       SET status      = p_status,
           rows_done   = p_run.rows_done,
           rows_failed = p_run.rows_failed,
           restart_key = p_run.restart_key,
           finished_at = CASE WHEN p_status = c_running THEN NULL ELSE SYSTIMESTAMP END,
           error_text  = SUBSTRB(p_error, 1, 4000)
     WHERE run_id = p_run.run_id;
    COMMIT;
  END update_run;

  FUNCTION start_run (p_job_code IN batch_job.job_code%TYPE, p_business_date IN DATE DEFAULT TRUNC(SYSDATE)) RETURN t_run_info
  IS
    l_run t_run_info;
  BEGIN
    BEGIN
      SELECT *
        INTO l_run.job
        FROM batch_job
       WHERE job_code = p_job_code;
    EXCEPTION
      WHEN NO_DATA_FOUND THEN
        pkg_err.raise_error(pkg_err.c_parameter_missing, p_job_code);
    END;

    IF l_run.job.enabled_flag <> 'Y' THEN
      RAISE_APPLICATION_ERROR(-20463, '作业已停用: ' || p_job_code);
    END IF;

    IF l_run.job.depends_on IS NOT NULL AND NOT is_done(l_run.job.depends_on, p_business_date) THEN
      RAISE_APPLICATION_ERROR(-20461, '前置作业未完成: ' || l_run.job.depends_on);
    END IF;

    acquire_lock(p_job_code);

    l_run.run_id        := seq_batch_run_id.NEXTVAL;
    l_run.business_date := TRUNC(p_business_date);
    IF l_run.job.restartable = 'Y' THEN
      l_run.restart_key := last_restart_key(p_job_code, p_business_date);
    END IF;
    l_run.longops_idx := DBMS_APPLICATION_INFO.SET_SESSION_LONGOPS_NOHINT;

    DBMS_APPLICATION_INFO.SET_MODULE(module_name => 'BATCH:' || p_job_code, action_name => TO_CHAR(p_business_date, 'YYYYMMDD'));
    insert_run(l_run);
    pkg_log.info(c_module, 'start ' || p_job_code || CASE WHEN l_run.restart_key IS NOT NULL THEN ' from ' || l_run.restart_key END, l_run.run_id);
    RETURN l_run;
  END start_run;

  PROCEDURE progress (p_run IN OUT NOCOPY t_run_info, p_done IN PLS_INTEGER, p_total IN PLS_INTEGER DEFAULT NULL)
  IS
  BEGIN
    p_run.rows_done := p_run.rows_done + p_done;
    IF p_total > 0 THEN
      DBMS_APPLICATION_INFO.SET_SESSION_LONGOPS(
        rindex      => p_run.longops_idx,
        slno        => p_run.longops_slno,
        op_name     => p_run.job.job_code,
        sofar       => p_run.rows_done,
        totalwork   => p_total,
        target_desc => 'batch',
        units       => 'rows');
    END IF;
  END progress;

  PROCEDURE checkpoint (p_run IN OUT NOCOPY t_run_info, p_restart_key IN VARCHAR2)
  IS
  BEGIN
    p_run.restart_key := p_restart_key;
    update_run(p_run, c_running, NULL);
    DBMS_APPLICATION_INFO.SET_ACTION('ckpt ' || SUBSTR(p_restart_key, 1, 20));
    COMMIT WORK WRITE BATCH NOWAIT;
  END checkpoint;

  PROCEDURE log_error (p_run IN OUT NOCOPY t_run_info, p_key IN VARCHAR2, p_code IN NUMBER, p_text IN VARCHAR2)
  IS
    PROCEDURE write_row
    IS
      PRAGMA AUTONOMOUS_TRANSACTION;
    BEGIN
      INSERT INTO batch_error (run_id, record_key, error_code, error_text)
      VALUES (p_run.run_id, SUBSTR(p_key, 1, 100), p_code, SUBSTR(p_text, 1, 2000));
      COMMIT;
    END write_row;
  BEGIN
    p_run.rows_failed := p_run.rows_failed + 1;
    write_row;
  END log_error;

  PROCEDURE finish_run (p_run IN OUT NOCOPY t_run_info, p_status IN VARCHAR2 DEFAULT c_done, p_error IN VARCHAR2 DEFAULT NULL)
  IS
  BEGIN
    IF p_status = c_done THEN
      p_run.restart_key := NULL;
    END IF;
    update_run(p_run, p_status, p_error);
    release_lock(p_run.job.job_code);
    DBMS_APPLICATION_INFO.SET_MODULE(NULL, NULL);
    pkg_log.info(c_module, p_run.job.job_code || ' -> ' || p_status || ' ok=' || p_run.rows_done || ' err=' || p_run.rows_failed, p_run.run_id);
  END finish_run;

  -- call_block 形如: pkg_collection.dunning_batch(:business_date);
  PROCEDURE run_job (p_job_code IN VARCHAR2, p_business_date IN DATE DEFAULT TRUNC(SYSDATE))
  IS
    l_job batch_job%ROWTYPE;
    l_sql VARCHAR2(4000);
    l_pos PLS_INTEGER;
  BEGIN
    SELECT * INTO l_job FROM batch_job WHERE job_code = p_job_code FOR UPDATE NOWAIT;

    l_sql := 'BEGIN ' || RTRIM(l_job.call_block, '; ') || '; END;';
    l_pos := INSTR(LOWER(l_sql), ':business_date');
    IF l_pos > 0 THEN
      EXECUTE IMMEDIATE l_sql USING IN p_business_date;
    ELSE
      EXECUTE IMMEDIATE l_sql;
    END IF;
    COMMIT;
  EXCEPTION
    WHEN pkg_err.e_row_locked THEN
      RAISE e_already_running;
    WHEN OTHERS THEN
      ROLLBACK;
      pkg_log.error(c_module, p_job_code || ': ' || pkg_err.current_error, NULL);
      release_lock(p_job_code);
      RAISE;
  END run_job;

  FUNCTION chain_order (p_first_job IN VARCHAR2) RETURN ins_claim.t_varchar_tab
  IS
    l_jobs ins_claim.t_varchar_tab;
  BEGIN
    SELECT job_code
      BULK COLLECT INTO l_jobs
      FROM batch_job
     WHERE enabled_flag = 'Y'
     START WITH job_code = p_first_job
    CONNECT BY NOCYCLE PRIOR job_code = depends_on
     ORDER SIBLINGS BY job_code;
    RETURN l_jobs;
  END chain_order;

  PROCEDURE run_chain (p_first_job IN VARCHAR2, p_business_date IN DATE DEFAULT TRUNC(SYSDATE))
  IS
    l_jobs  ins_claim.t_varchar_tab := chain_order(p_first_job);
    i       PLS_INTEGER;
    l_tries PLS_INTEGER := 0;
  BEGIN
    i := l_jobs.FIRST;
    <<job_loop>>
    WHILE i IS NOT NULL LOOP
      IF is_done(l_jobs(i), p_business_date) THEN
        i := l_jobs.NEXT(i);
        CONTINUE job_loop;
      END IF;
      <<retry>>
      NULL;
      BEGIN
        run_job(l_jobs(i), p_business_date);
        l_tries := 0;
      EXCEPTION
        WHEN pkg_err.e_snapshot_too_old THEN
          l_tries := l_tries + 1;
          IF l_tries < 3 THEN
            DBMS_LOCK.SLEEP(30 * l_tries);
            GOTO retry;
          END IF;
          RAISE;
      END;
      i := l_jobs.NEXT(i);
    END LOOP job_loop;
  END run_chain;

  PROCEDURE cleanup_dead_runs
  IS
    CURSOR c_dead IS
      SELECT r.run_id, r.job_code, r.started_at, j.max_minutes
        FROM batch_run r
        JOIN batch_job j ON j.job_code = r.job_code
       WHERE r.status = 'R'
         AND r.started_at < SYSTIMESTAMP - NUMTODSINTERVAL(j.max_minutes * 2, 'MINUTE')
         FOR UPDATE OF r.status SKIP LOCKED;
  BEGIN
    FOR rec IN c_dead LOOP
      UPDATE batch_run
         SET status      = 'F',
             finished_at = SYSTIMESTAMP,
             error_text  = '超时清理, 上限 ' || rec.max_minutes || ' 分钟'
       WHERE CURRENT OF c_dead;
      pkg_audit.log_action('BATCH', 'DEAD_RUN', 'BATCH_RUN', rec.run_id, rec.job_code, pkg_audit.c_sev_high);
    END LOOP;
    COMMIT;
  END cleanup_dead_runs;

END pkg_batch;
/
