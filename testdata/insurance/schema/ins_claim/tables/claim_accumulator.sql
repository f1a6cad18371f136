-- 免赔额与限额累计,索引组织表,热点更新
CREATE TABLE ins_claim.claim_accumulator (
  policy_id       NUMBER(14)   NOT NULL,
  coverage_code   VARCHAR2(12) NOT NULL,
  insured_id      NUMBER(12)   NOT NULL,
  period_start    DATE         NOT NULL,
  accum_type      VARCHAR2(4)  NOT NULL,
  used_amount     NUMBER(18,2) DEFAULT 0 NOT NULL,
  used_count      NUMBER(6)    DEFAULT 0 NOT NULL,
  limit_amount    NUMBER(18,2),
  last_claim_id   NUMBER(14),
  updated_at      TIMESTAMP(3) DEFAULT SYSTIMESTAMP,
  CONSTRAINT pk_claim_accumulator PRIMARY KEY (policy_id, coverage_code, insured_id, period_start, accum_type)
)
ORGANIZATION INDEX TABLESPACE ts_claim_idx PCTFREE 20
OVERFLOW TABLESPACE ts_claim_data;
COMMENT ON COLUMN ins_claim.claim_accumulator.accum_type IS 'DEDU免赔额 LIMI限额 DAYS住院天数 TIME次数';
