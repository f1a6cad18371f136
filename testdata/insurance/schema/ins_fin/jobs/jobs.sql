BEGIN
  DBMS_SCHEDULER.CREATE_JOB(
    job_name        => 'INS_FIN.JOB_DAILY_CHAIN',
    job_type        => 'PLSQL_BLOCK',
    job_action      => q'[BEGIN ins_fin.pkg_batch.run_chain('DUNNING', TRUNC(SYSDATE)); END;]',
    start_date      => TO_TIMESTAMP_TZ('2021-01-01 22:00:00 +08:00', 'YYYY-MM-DD HH24:MI:SS TZH:TZM'),
    repeat_interval => 'FREQ=DAILY',
    enabled         => TRUE,
    comments        => '财务日批链');
  DBMS_SCHEDULER.CREATE_JOB(
    job_name        => 'INS_FIN.JOB_NOTIFY',
    job_type        => 'STORED_PROCEDURE',
    job_action      => 'INS_FIN.PKG_NOTIFY.SEND_PENDING',
    number_of_arguments => 1,
    repeat_interval => 'FREQ=MINUTELY;INTERVAL=5',
    enabled         => FALSE);
  DBMS_SCHEDULER.SET_JOB_ARGUMENT_VALUE('INS_FIN.JOB_NOTIFY', 1, '500');
  DBMS_SCHEDULER.ENABLE('INS_FIN.JOB_NOTIFY');
END;
/
VARIABLE jobno NUMBER
BEGIN
  DBMS_JOB.SUBMIT(job => :jobno, what => 'ins_fin.prc_purge_queue(60);', next_date => SYSDATE, interval => 'SYSDATE + 7');
  DBMS_JOB.SUBMIT(job => :jobno, what => 'ins_fin.pkg_batch.cleanup_dead_runs;', next_date => SYSDATE, interval => 'SYSDATE + 1/24');
  COMMIT;
END;
/
PRINT jobno
