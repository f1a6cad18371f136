CREATE TABLE ins_core.commission_rule
(
  rule_id        NUMBER(8)    NOT NULL,
  product_code   VARCHAR2(12),
  line_of_business VARCHAR2(2),
  channel        VARCHAR2(2),
  pay_term_from  NUMBER(3)    DEFAULT 0,
  pay_term_to    NUMBER(3)    DEFAULT 99,
  policy_year    NUMBER(3)    DEFAULT 1 NOT NULL,
  commission_pct NUMBER(6,3)  NOT NULL,
  valid_from     DATE         NOT NULL,
  valid_to       DATE,
  CONSTRAINT pk_commission_rule PRIMARY KEY (rule_id)
);
