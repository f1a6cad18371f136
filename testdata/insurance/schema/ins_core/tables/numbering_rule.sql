CREATE TABLE ins_core.numbering_rule
(
  rule_code    VARCHAR2(10)        NOT NULL,
  rule_name    VARCHAR2(60 CHAR)   NOT NULL,
  prefix       VARCHAR2(4)         NOT NULL,
  seq_length   NUMBER(2)           DEFAULT 7 NOT NULL,
  reset_cycle  VARCHAR2(1)         DEFAULT 'Y' NOT NULL,
  with_branch  CHAR(1)             DEFAULT 'Y' NOT NULL,
  with_check   CHAR(1)             DEFAULT 'N' NOT NULL,
  CONSTRAINT pk_numbering_rule PRIMARY KEY (rule_code),
  CONSTRAINT ck_numbering_cycle CHECK (reset_cycle IN ('Y', 'M', 'D', 'N'))
);

COMMENT ON TABLE ins_core.numbering_rule IS '编号规则';
