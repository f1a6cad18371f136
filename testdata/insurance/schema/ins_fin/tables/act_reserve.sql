CREATE TABLE ins_fin.act_reserve (
  run_id         NUMBER(10) NOT NULL,
  policy_id      NUMBER(14) NOT NULL,
  coverage_code  VARCHAR2(12) NOT NULL,
  reserve_type   VARCHAR2(6) NOT NULL,
  valuation_date DATE NOT NULL,
  gross_reserve  NUMBER(20,4) NOT NULL,
  ceded_reserve  NUMBER(20,4) DEFAULT 0 NOT NULL,
  net_reserve    NUMBER(20,4) GENERATED ALWAYS AS (gross_reserve - ceded_reserve) VIRTUAL,
  exposure_days  BINARY_DOUBLE,
  CONSTRAINT pk_act_reserve PRIMARY KEY (run_id, policy_id, coverage_code, reserve_type) USING INDEX LOCAL
)
PARTITION BY HASH (run_id) PARTITIONS 8;
