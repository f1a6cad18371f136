CREATE TABLE ins_fin.period_close_step (
  period_code VARCHAR2(6) NOT NULL,
  step_no     NUMBER(3) NOT NULL,
  step_code   VARCHAR2(20) NOT NULL,
  status      CHAR(1) DEFAULT 'P' NOT NULL,
  started_at  TIMESTAMP(3),
  finished_at TIMESTAMP(3),
  elapsed     INTERVAL DAY(2) TO SECOND(3) GENERATED ALWAYS AS (finished_at - started_at) VIRTUAL,
  row_count   NUMBER(12),
  message     VARCHAR2(1000),
  CONSTRAINT pk_period_close_step PRIMARY KEY (period_code, step_no),
  CONSTRAINT fk_period_close_step FOREIGN KEY (period_code) REFERENCES ins_fin.gl_period (period_code)
);
COMMENT ON COLUMN ins_fin.period_close_step.status IS 'P待执行 R执行中 D完成 E错误';
