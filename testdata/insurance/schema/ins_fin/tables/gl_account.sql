CREATE TABLE ins_fin.gl_account (
  account_code   VARCHAR2(20) NOT NULL,
  parent_code    VARCHAR2(20),
  account_name   VARCHAR2(100 CHAR) NOT NULL,
  account_type   CHAR(1) NOT NULL,
  balance_side   CHAR(1) NOT NULL,
  leaf_flag      CHAR(1) DEFAULT 'Y' NOT NULL,
  fx_reval_flag  CHAR(1) DEFAULT 'N' NOT NULL,
  need_lob       CHAR(1) DEFAULT 'N' NOT NULL,
  active_flag    CHAR(1) DEFAULT 'Y' NOT NULL,
  CONSTRAINT pk_gl_account PRIMARY KEY (account_code),
  CONSTRAINT fk_gl_account_parent FOREIGN KEY (parent_code) REFERENCES ins_fin.gl_account (account_code) DEFERRABLE,
  CONSTRAINT ck_gl_account_type CHECK (account_type IN ('A','L','E','I','X')),
  CONSTRAINT ck_gl_account_side CHECK (balance_side IN ('D','C'))
);
COMMENT ON TABLE ins_fin.gl_account IS '会计科目';
COMMENT ON COLUMN ins_fin.gl_account.account_type IS 'A资产 L负债 E权益 I收入 X费用';
