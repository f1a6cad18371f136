CREATE TABLE ins_core.policy_coverage
(
  policy_id       NUMBER(14)    NOT NULL,
  coverage_seq    NUMBER(3)     NOT NULL,
  coverage_code   VARCHAR2(12)  NOT NULL,
  sum_insured     NUMBER(18,2)  DEFAULT 0 NOT NULL,
  premium         NUMBER(16,2)  DEFAULT 0 NOT NULL,
  rate            NUMBER(14,8),
  deductible      NUMBER(16,2)  DEFAULT 0 NOT NULL,
  loading_pct     NUMBER(6,2)   DEFAULT 0 NOT NULL,
  discount_pct    NUMBER(6,2)   DEFAULT 0 NOT NULL,
  start_date      DATE          NOT NULL,
  end_date        DATE,
  status          VARCHAR2(1)   DEFAULT 'A' NOT NULL,
  net_premium     NUMBER        GENERATED ALWAYS AS
                    (ROUND(premium * (1 + loading_pct / 100) * (1 - discount_pct / 100), 2)) VIRTUAL,
  CONSTRAINT pk_policy_coverage PRIMARY KEY (policy_id, coverage_seq),
  CONSTRAINT fk_polcov_policy FOREIGN KEY (policy_id) REFERENCES ins_core.policy (policy_id),
  CONSTRAINT fk_polcov_def FOREIGN KEY (coverage_code) REFERENCES ins_core.coverage_def (coverage_code),
  CONSTRAINT ck_polcov_status CHECK (status IN ('A', 'T', 'X'))
)
TABLESPACE ins_data
PARTITION BY REFERENCE (fk_polcov_policy)
ENABLE ROW MOVEMENT;

COMMENT ON TABLE ins_core.policy_coverage IS '保单险种';
COMMENT ON COLUMN ins_core.policy_coverage.loading_pct IS '加费比例 %';
COMMENT ON COLUMN ins_core.policy_coverage.status IS 'A有效 T终止 X已退';
