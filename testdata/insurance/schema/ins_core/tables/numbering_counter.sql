CREATE TABLE ins_core.numbering_counter
(
  rule_code    VARCHAR2(10)  NOT NULL,
  branch_code  VARCHAR2(8)   NOT NULL,
  period_key   VARCHAR2(8)   NOT NULL,
  last_value   NUMBER(12)    DEFAULT 0 NOT NULL,
  CONSTRAINT pk_numbering_counter PRIMARY KEY (rule_code, branch_code, period_key),
  CONSTRAINT fk_numbering_rule FOREIGN KEY (rule_code) REFERENCES ins_core.numbering_rule (rule_code)
);
