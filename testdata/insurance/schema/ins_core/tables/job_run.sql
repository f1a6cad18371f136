CREATE TABLE ins_core.job_run
(
  run_id      NUMBER GENERATED ALWAYS AS IDENTITY,
  job_name    VARCHAR2(60) NOT NULL,
  run_date    DATE         NOT NULL,
  started_at  TIMESTAMP    DEFAULT SYSTIMESTAMP NOT NULL,
  finished_at TIMESTAMP,
  status      VARCHAR2(1)  DEFAULT 'R' NOT NULL,
  row_count   NUMBER,
  message     VARCHAR2(2000),
  CONSTRAINT pk_job_run PRIMARY KEY (run_id)
);
