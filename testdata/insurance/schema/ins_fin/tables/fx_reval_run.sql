CREATE TABLE ins_fin.fx_reval_run (
  run_id       NUMBER(10) NOT NULL,
  period_code  VARCHAR2(6) NOT NULL,
  run_date     DATE DEFAULT SYSDATE NOT NULL,
  rate_date    DATE NOT NULL,
  total_gain   NUMBER(20,2) DEFAULT 0,
  total_loss   NUMBER(20,2) DEFAULT 0,
  status       CHAR(1) DEFAULT 'N',
  CONSTRAINT pk_fx_reval_run PRIMARY KEY (run_id)
);
