CREATE TABLE ins_fin.batch_job (
  job_code      VARCHAR2(20) NOT NULL,
  job_name      VARCHAR2(100 CHAR) NOT NULL,
  call_block    VARCHAR2(2000) NOT NULL,
  depends_on    VARCHAR2(20),
  restartable   CHAR(1) DEFAULT 'Y',
  max_minutes   NUMBER(5) DEFAULT 120,
  calendar_code VARCHAR2(10),
  enabled_flag  CHAR(1) DEFAULT 'Y',
  CONSTRAINT pk_batch_job PRIMARY KEY (job_code),
  CONSTRAINT fk_batch_job_dep FOREIGN KEY (depends_on) REFERENCES ins_fin.batch_job (job_code)
);
