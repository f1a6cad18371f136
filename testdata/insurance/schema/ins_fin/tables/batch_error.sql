CREATE TABLE ins_fin.batch_error (
  error_id    NUMBER GENERATED ALWAYS AS IDENTITY,
  run_id      NUMBER(12) NOT NULL,
  record_key  VARCHAR2(100),
  error_code  NUMBER(8),
  error_text  VARCHAR2(2000),
  created_at  TIMESTAMP DEFAULT SYSTIMESTAMP,
  CONSTRAINT pk_batch_error PRIMARY KEY (error_id)
);
