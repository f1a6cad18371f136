CREATE TABLE ins_fin.batch_run (
  run_id       NUMBER(12) NOT NULL,
  job_code     VARCHAR2(20) NOT NULL,
  business_date DATE NOT NULL,
  status       CHAR(1) DEFAULT 'R' NOT NULL,
  started_at   TIMESTAMP(6) DEFAULT SYSTIMESTAMP,
  finished_at  TIMESTAMP(6),
  rows_done    NUMBER(12) DEFAULT 0,
  rows_failed  NUMBER(12) DEFAULT 0,
  restart_key  VARCHAR2(100),
  session_id   NUMBER,
  error_text   VARCHAR2(4000),
  CONSTRAINT pk_batch_run PRIMARY KEY (run_id),
  CONSTRAINT fk_batch_run_job FOREIGN KEY (job_code) REFERENCES ins_fin.batch_job (job_code)
);
COMMENT ON COLUMN ins_fin.batch_run.status IS 'R运行 D完成 F失败 K跳过';
