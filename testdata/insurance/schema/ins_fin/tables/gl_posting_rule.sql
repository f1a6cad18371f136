CREATE TABLE ins_fin.gl_posting_rule (
  rule_id        NUMBER(8) NOT NULL,
  event_code     VARCHAR2(10) NOT NULL,
  line_of_business VARCHAR2(2),
  currency       CHAR(3),
  line_no        NUMBER(2) NOT NULL,
  dc_flag        CHAR(1) NOT NULL,
  account_code   VARCHAR2(20) NOT NULL,
  amount_expr    VARCHAR2(200) DEFAULT 'AMOUNT' NOT NULL,
  summary_tpl    VARCHAR2(200 CHAR),
  priority       NUMBER(3) DEFAULT 100,
  valid_from     DATE DEFAULT DATE '2010-01-01' NOT NULL,
  valid_to       DATE,
  CONSTRAINT pk_gl_posting_rule PRIMARY KEY (rule_id),
  CONSTRAINT fk_gl_rule_account FOREIGN KEY (account_code) REFERENCES ins_fin.gl_account (account_code)
);
COMMENT ON TABLE ins_fin.gl_posting_rule IS '科目确定规则';
COMMENT ON COLUMN ins_fin.gl_posting_rule.amount_expr IS 'AMOUNT NET TAX FEE 或者算式如 AMOUNT-TAX';
