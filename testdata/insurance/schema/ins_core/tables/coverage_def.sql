CREATE TABLE ins_core.coverage_def
(
  coverage_code    VARCHAR2(12)        NOT NULL,
  product_code     VARCHAR2(12)        NOT NULL,
  coverage_name    VARCHAR2(120 CHAR)  NOT NULL,
  coverage_type    VARCHAR2(2)         DEFAULT 'MB' NOT NULL,
  mandatory_flag   CHAR(1)             DEFAULT 'N' NOT NULL,
  si_ratio         NUMBER(7,4)         DEFAULT 1,
  deductible       NUMBER(16,2)        DEFAULT 0,
  deductible_pct   NUMBER(5,2)         DEFAULT 0,
  limit_per_event  NUMBER(18,2),
  waiting_days     NUMBER(4)           DEFAULT 0,
  copay_pct        NUMBER(5,2)         DEFAULT 0,
  sort_no          NUMBER(3)           DEFAULT 1,
  valid_from       DATE                DEFAULT DATE '2000-01-01' NOT NULL,
  valid_to         DATE,
  CONSTRAINT pk_coverage_def PRIMARY KEY (coverage_code),
  CONSTRAINT fk_coverage_product FOREIGN KEY (product_code) REFERENCES ins_core.product (product_code),
  CONSTRAINT ck_coverage_type CHECK (coverage_type IN ('MB', 'RD', 'OP'))
)
TABLESPACE ins_data;

COMMENT ON TABLE ins_core.coverage_def IS '险种责任定义';
COMMENT ON COLUMN ins_core.coverage_def.coverage_type IS 'MB主险责任 RD附加险 OP可选责任';
COMMENT ON COLUMN ins_core.coverage_def.waiting_days IS '等待期(天)';
