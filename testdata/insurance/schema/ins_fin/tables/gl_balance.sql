CREATE TABLE ins_fin.gl_balance (
  period_code   VARCHAR2(6)  NOT NULL,
  branch_code   VARCHAR2(8)  NOT NULL,
  account_code  VARCHAR2(20) NOT NULL,
  currency      CHAR(3)      NOT NULL,
  line_of_business VARCHAR2(2) DEFAULT '**' NOT NULL,
  open_lc       NUMBER(22,2) DEFAULT 0 NOT NULL,
  debit_lc      NUMBER(22,2) DEFAULT 0 NOT NULL,
  credit_lc     NUMBER(22,2) DEFAULT 0 NOT NULL,
  close_lc      NUMBER(22,2) GENERATED ALWAYS AS (open_lc + debit_lc - credit_lc) VIRTUAL,
  open_fc       NUMBER(22,2) DEFAULT 0 NOT NULL,
  debit_fc      NUMBER(22,2) DEFAULT 0 NOT NULL,
  credit_fc     NUMBER(22,2) DEFAULT 0 NOT NULL,
  updated_at    TIMESTAMP(6),
  CONSTRAINT pk_gl_balance PRIMARY KEY (period_code, branch_code, account_code, currency, line_of_business)
);
COMMENT ON TABLE ins_fin.gl_balance IS '科目余额';
