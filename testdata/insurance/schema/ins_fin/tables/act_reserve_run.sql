CREATE TABLE ins_fin.act_reserve_run (
  run_id       NUMBER(10) NOT NULL,
  run_type     VARCHAR2(6) NOT NULL,
  valuation_date DATE NOT NULL,
  parameters   CLOB CONSTRAINT ck_act_run_json CHECK (parameters IS JSON),
  status       CHAR(1) DEFAULT 'N',
  started_at   TIMESTAMP(6),
  finished_at  TIMESTAMP(6),
  CONSTRAINT pk_act_reserve_run PRIMARY KEY (run_id),
  CONSTRAINT ck_act_run_type CHECK (run_type IN ('UPR','IBNR','LIFE','LAT'))
);
COMMENT ON COLUMN ins_fin.act_reserve_run.run_type IS 'UPR未到期 IBNR已发生未报告 LIFE寿险责任 LAT充足性测试';
