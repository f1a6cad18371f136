BEGIN
  DBMS_SCHEDULER.CREATE_PROGRAM(
    program_name        => 'INS_CORE.PRG_NIGHTLY',
    program_type        => 'STORED_PROCEDURE',
    program_action      => 'INS_CORE.PKG_JOB.NIGHTLY',
    number_of_arguments => 0,
    enabled             => TRUE,
    comments            => '每日批处理');
  DBMS_SCHEDULER.CREATE_SCHEDULE(
    schedule_name   => 'INS_CORE.SCH_NIGHTLY',
    repeat_interval => 'FREQ=DAILY;BYHOUR=1;BYMINUTE=30');
  DBMS_SCHEDULER.CREATE_JOB(
    job_name      => 'INS_CORE.JOB_NIGHTLY',
    program_name  => 'INS_CORE.PRG_NIGHTLY',
    schedule_name => 'INS_CORE.SCH_NIGHTLY',
    enabled       => TRUE);
  DBMS_SCHEDULER.CREATE_JOB(
    job_name        => 'INS_CORE.JOB_MONTH_END',
    job_type        => 'PLSQL_BLOCK',
    job_action      => 'BEGIN ins_core.pkg_job.month_end; END;',
    start_date      => SYSTIMESTAMP,
    repeat_interval => 'FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=4',
    enabled         => TRUE);
  DBMS_SCHEDULER.CREATE_JOB(
    job_name        => 'INS_CORE.JOB_RECON',
    job_type        => 'STORED_PROCEDURE',
    job_action      => 'INS_CORE.PKG_RECON.RUN_DAILY',
    repeat_interval => 'FREQ=DAILY;BYDAY=MON,TUE,WED,THU,FRI;BYHOUR=6',
    enabled         => FALSE);
END;
/

-- 老作业, 尚未迁到 DBMS_SCHEDULER
VARIABLE jobno NUMBER
BEGIN
  DBMS_JOB.SUBMIT(:jobno, 'pkg_log.purge(90);', TRUNC(SYSDATE) + 1 + 3/24, 'TRUNC(SYSDATE) + 1 + 3/24');
  DBMS_JOB.SUBMIT(:jobno, 'pkg_party.refresh_risk_levels;', NEXT_DAY(TRUNC(SYSDATE), 7), 'TRUNC(SYSDATE) + 7');
  COMMIT;
END;
/
PRINT jobno
