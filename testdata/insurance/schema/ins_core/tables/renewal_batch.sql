CREATE TABLE ins_core.renewal_batch
(
  batch_id       NUMBER(10)   NOT NULL,
  run_date       DATE         NOT NULL,
  from_date      DATE         NOT NULL,
  to_date        DATE         NOT NULL,
  branch_code    VARCHAR2(8),
  selected_count NUMBER(10)   DEFAULT 0,
  renewed_count  NUMBER(10)   DEFAULT 0,
  error_count    NUMBER(10)   DEFAULT 0,
  status         VARCHAR2(1)  DEFAULT 'R' NOT NULL,
  started_at     TIMESTAMP    DEFAULT SYSTIMESTAMP,
  finished_at    TIMESTAMP,
  duration       INTERVAL DAY(9) TO SECOND(6) GENERATED ALWAYS AS (finished_at - started_at) VIRTUAL,
  CONSTRAINT pk_renewal_batch PRIMARY KEY (batch_id)
);
