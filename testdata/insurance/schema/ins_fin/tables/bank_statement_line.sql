CREATE TABLE ins_fin.bank_statement_line (
  stmt_line_id  NUMBER GENERATED ALWAYS AS IDENTITY,
  account_no    VARCHAR2(40) NOT NULL,
  stmt_date     DATE NOT NULL,
  bank_ref      VARCHAR2(40),
  dc_flag       CHAR(1) NOT NULL,
  amount        NUMBER(18,2) NOT NULL,
  counter_acct  VARCHAR2(40),
  counter_name  VARCHAR2(200 CHAR),
  summary       VARCHAR2(400 CHAR),
  match_status  CHAR(1) DEFAULT 'U' NOT NULL,
  match_type    VARCHAR2(4),
  match_id      NUMBER(14),
  CONSTRAINT pk_bank_statement_line PRIMARY KEY (stmt_line_id),
  CONSTRAINT ck_stmt_dc CHECK (dc_flag IN ('D','C'))
);
COMMENT ON TABLE ins_fin.bank_statement_line IS '银行流水';
