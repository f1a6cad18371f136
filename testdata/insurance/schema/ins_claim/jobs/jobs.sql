-- 理赔夜间批
BEGIN
  DBMS_SCHEDULER.CREATE_PROGRAM(
    program_name        => 'INS_CLAIM.PRG_CLAIM_NIGHTLY',
    program_type        => 'STORED_PROCEDURE',
    program_action      => 'INS_CLAIM.PKG_CLAIM_BATCH.NIGHTLY',
    number_of_arguments => 1,
    enabled             => FALSE);
  DBMS_SCHEDULER.DEFINE_PROGRAM_ARGUMENT(
    program_name      => 'INS_CLAIM.PRG_CLAIM_NIGHTLY',
    argument_position => 1,
    argument_name     => 'P_BUSINESS_DATE',
    argument_type     => 'DATE',
    default_value     => TRUNC(SYSDATE));
  DBMS_SCHEDULER.ENABLE('INS_CLAIM.PRG_CLAIM_NIGHTLY');

  DBMS_SCHEDULER.CREATE_SCHEDULE(
    schedule_name   => 'INS_CLAIM.SCH_NIGHT',
    repeat_interval => 'FREQ=DAILY;BYHOUR=1;BYMINUTE=30',
    comments        => '每天 01:30');

  DBMS_SCHEDULER.CREATE_JOB(
    job_name      => 'INS_CLAIM.JOB_CLAIM_NIGHTLY',
    program_name  => 'INS_CLAIM.PRG_CLAIM_NIGHTLY',
    schedule_name => 'INS_CLAIM.SCH_NIGHT',
    enabled       => TRUE,
    comments      => '理赔夜间批');
END;
/

BEGIN
  DBMS_SCHEDULER.CREATE_JOB(
    job_name        => 'INS_CLAIM.JOB_FRAUD_WEEKLY',
    job_type        => 'PLSQL_BLOCK',
    job_action      => 'DECLARE n PLS_INTEGER; BEGIN ins_claim.pkg_fraud.score_batch(SYSDATE - 7, SYSDATE, n); COMMIT; END;',
    start_date      => SYSTIMESTAMP,
    repeat_interval => 'FREQ=WEEKLY;BYDAY=SUN;BYHOUR=3',
    auto_drop       => FALSE,
    enabled         => TRUE);
  DBMS_SCHEDULER.SET_ATTRIBUTE('INS_CLAIM.JOB_FRAUD_WEEKLY', 'max_run_duration', INTERVAL '4' HOUR);
END;
/

-- 2009 年的老作业
DECLARE
  l_job BINARY_INTEGER;
BEGIN
  DBMS_JOB.SUBMIT(l_job, 'ins_claim.prc_daily_claim_mail;', TRUNC(SYSDATE) + 1 + 7/24, 'TRUNC(SYSDATE) + 1 + 7/24');
  COMMIT;
END;
/
