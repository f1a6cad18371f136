CREATE OR REPLACE PACKAGE BODY ins_core.pkg_job
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_JOB';
  TYPE t_steps IS TABLE OF VARCHAR2(400) INDEX BY PLS_INTEGER;

  FUNCTION begin_run(p_job_name IN VARCHAR2) RETURN NUMBER
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
    l_id job_run.run_id%TYPE;
  BEGIN
    INSERT INTO job_run (job_name, run_date) VALUES (p_job_name, pkg_context.business_date) RETURNING run_id INTO l_id;
    COMMIT;
    RETURN l_id;
  END begin_run;

  PROCEDURE end_run(p_run_id IN NUMBER, p_status IN VARCHAR2, p_message IN VARCHAR2 DEFAULT NULL)
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
  BEGIN
    UPDATE job_run SET finished_at = SYSTIMESTAMP, status = p_status, message = SUBSTR(p_message, 1, 2000) WHERE run_id = p_run_id;
    COMMIT;
  END end_run;

  -- 一步失败不影响后续步骤
  PROCEDURE run_steps(p_prefix IN VARCHAR2, p_steps IN t_steps)
  IS
    l_run NUMBER;
  BEGIN
    FOR i IN 1 .. p_steps.COUNT LOOP
      l_run := begin_run(p_prefix || '.' || i);
      BEGIN
        EXECUTE IMMEDIATE 'BEGIN ' || p_steps(i) || ' END;';
        end_run(l_run, 'C', p_steps(i));
      EXCEPTION
        WHEN OTHERS THEN
          ROLLBACK;
          end_run(l_run, 'F', p_steps(i) || ' -> ' || SQLERRM);
          pkg_log.error(c_module, p_steps(i), TO_CLOB(pkg_err.current_error), TO_CHAR(l_run));
      END;
    END LOOP;
  END run_steps;

  PROCEDURE nightly
  IS
    l_steps t_steps;
  BEGIN
    l_steps(1) := 'DECLARE n PLS_INTEGER; BEGIN pkg_policy.lapse_overdue(SYSDATE, n); END;';
    l_steps(2) := 'pkg_policy.expire_and_mature;';
    l_steps(3) := 'DECLARE a PLS_INTEGER; f PLS_INTEGER; BEGIN pkg_endorsement.apply_due(TRUNC(SYSDATE), a, f); END;';
    l_steps(4) := 'pkg_renewal.run(30);';
    l_steps(5) := 'DECLARE n PLS_INTEGER; BEGIN pkg_renewal.create_due_notices(15, n); END;';
    l_steps(6) := 'pkg_renewal.send_notices(5000);';
    l_steps(7) := 'pkg_underwriting.close_overdue;';
    l_steps(8) := 'pkg_policy.refresh_daily_stats;';
    l_steps(9) := 'DECLARE n NUMBER; BEGIN pkg_quotation.expire_old(30, n); END;';
    run_steps('NIGHTLY', l_steps);
  END nightly;

  PROCEDURE month_end(p_month IN DATE DEFAULT ADD_MONTHS(TRUNC(SYSDATE, 'MM'), -1))
  IS
    l_rows PLS_INTEGER;
    l_run  NUMBER := begin_run('MONTH_END');
  BEGIN
    pkg_commission.calculate_month(p_month, l_rows);
    pkg_commission.award_bonus(p_month);
    pkg_commission.build_statements(p_month);
    DBMS_MVIEW.REFRESH('INS_CORE.MV_BRANCH_MONTH', 'C');
    end_run(l_run, 'C', l_rows || ' policies');
  EXCEPTION
    WHEN OTHERS THEN
      end_run(l_run, 'F', SQLERRM);
      RAISE;
  END month_end;

  FUNCTION last_success(p_job_name IN VARCHAR2) RETURN DATE
  IS
    l_date DATE;
  BEGIN
    SELECT CAST(MAX(finished_at) AS DATE) INTO l_date FROM job_run WHERE job_name LIKE p_job_name || '%' AND status = 'C';
    RETURN l_date;
  END last_success;

  PROCEDURE submit_async(p_plsql IN VARCHAR2, p_job_no OUT NUMBER)
  IS
    l_job BINARY_INTEGER;
  BEGIN
    DBMS_JOB.SUBMIT(job => l_job, what => p_plsql, next_date => SYSDATE, interval => NULL);
    p_job_no := l_job;
    COMMIT;
  END submit_async;

  PROCEDURE gather_stats(p_table IN VARCHAR2 DEFAULT NULL)
  IS
  BEGIN
    FOR t IN (SELECT table_name FROM user_tables WHERE table_name = NVL(UPPER(p_table), table_name) AND temporary = 'N') LOOP
      DBMS_STATS.GATHER_TABLE_STATS(ownname => USER, tabname => t.table_name, cascade => TRUE,
                                    estimate_percent => DBMS_STATS.AUTO_SAMPLE_SIZE);
    END LOOP;
  END gather_stats;
END pkg_job;
/
