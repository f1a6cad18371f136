CREATE TABLE ins_core.recon_run
(
  run_id       NUMBER(10)   NOT NULL PRIMARY KEY,
  recon_type   VARCHAR2(20) NOT NULL,
  as_of_date   DATE         NOT NULL,
  source_count NUMBER,
  target_count NUMBER,
  diff_count   NUMBER,
  status       VARCHAR2(1)  DEFAULT 'R',
  started_at   TIMESTAMP    DEFAULT SYSTIMESTAMP,
  finished_at  TIMESTAMP
);
