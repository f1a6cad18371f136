CREATE TABLE ins_core.rate_table
(
  rate_table_id  NUMBER(8)           NOT NULL,
  coverage_code  VARCHAR2(12)        NOT NULL,
  table_name     VARCHAR2(100 CHAR)  NOT NULL,
  rate_unit      NUMBER(10)          DEFAULT 1000 NOT NULL,
  valid_from     DATE                NOT NULL,
  valid_to       DATE,
  approved_by    VARCHAR2(30),
  CONSTRAINT pk_rate_table PRIMARY KEY (rate_table_id),
  CONSTRAINT fk_rate_coverage FOREIGN KEY (coverage_code) REFERENCES ins_core.coverage_def (coverage_code)
);
COMMENT ON COLUMN ins_core.rate_table.rate_unit IS '费率单位: 每1000元保额';
