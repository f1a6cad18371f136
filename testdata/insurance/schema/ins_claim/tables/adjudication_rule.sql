CREATE TABLE ins_claim.adjudication_rule (
  rule_code       VARCHAR2(12) NOT NULL,
  coverage_code   VARCHAR2(12),
  line_of_business VARCHAR2(2),
  rule_kind       VARCHAR2(6)  NOT NULL,
  priority        NUMBER(4)    DEFAULT 100 NOT NULL,
  effective_from  DATE         NOT NULL,
  effective_to    DATE,
  num_value       NUMBER,
  num_value2      NUMBER,
  rate_value      NUMBER(7,4),
  condition_sql   VARCHAR2(1000),
  rule_name       VARCHAR2(200 CHAR),
  active_flag     CHAR(1) DEFAULT 'Y' NOT NULL,
  CONSTRAINT pk_adjudication_rule PRIMARY KEY (rule_code, effective_from),
  CONSTRAINT ck_adj_rule_kind CHECK (rule_kind IN ('DEDU','COINS','LIMIT','EXCL','WAIT','DAYS'))
);
COMMENT ON TABLE ins_claim.adjudication_rule IS '理算规则';
COMMENT ON COLUMN ins_claim.adjudication_rule.condition_sql IS '动态条件,可用绑定变量 :claim_id';
