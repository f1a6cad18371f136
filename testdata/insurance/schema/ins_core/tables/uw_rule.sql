CREATE TABLE ins_core.uw_rule
(
  rule_code      VARCHAR2(20)         NOT NULL,
  rule_name      VARCHAR2(100 CHAR)   NOT NULL,
  line_of_business VARCHAR2(2),
  product_code   VARCHAR2(12),
  severity       VARCHAR2(1)          DEFAULT 'W' NOT NULL,
  condition_sql  VARCHAR2(4000 CHAR)  NOT NULL,
  action_code    VARCHAR2(10)         DEFAULT 'REFER' NOT NULL,
  action_value   VARCHAR2(100),
  score          NUMBER(5)            DEFAULT 0 NOT NULL,
  seq_no         NUMBER(5)            DEFAULT 100 NOT NULL,
  valid_from     DATE                 DEFAULT DATE '2000-01-01' NOT NULL,
  valid_to       DATE                 DEFAULT DATE '9999-12-31' NOT NULL,
  enabled        CHAR(1)              DEFAULT 'Y' NOT NULL,
  CONSTRAINT pk_uw_rule PRIMARY KEY (rule_code),
  CONSTRAINT ck_uw_rule_severity CHECK (severity IN ('I', 'W', 'E')),
  CONSTRAINT ck_uw_rule_action CHECK (action_code IN ('REFER', 'DECLINE', 'LOAD', 'EXAM', 'EXCLUDE', 'NOTE'))
);
COMMENT ON TABLE ins_core.uw_rule IS '核保规则, condition_sql 为对 V_UW_FACTS 的 WHERE 条件';
