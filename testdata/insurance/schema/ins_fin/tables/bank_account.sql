CREATE TABLE ins_fin.bank_account (
  account_id   NUMBER(8) NOT NULL,
  branch_code  VARCHAR2(8) NOT NULL,
  bank_code    VARCHAR2(12) NOT NULL REFERENCES ins_fin.bank_code (bank_code),
  account_no   VARCHAR2(40) NOT NULL UNIQUE,
  account_type VARCHAR2(2) DEFAULT 'PY',
  currency     CHAR(3) DEFAULT 'CNY',
  gl_account   VARCHAR2(20),
  balance      NUMBER(20,2) DEFAULT 0,
  CONSTRAINT pk_bank_account PRIMARY KEY (account_id)
);
COMMENT ON COLUMN ins_fin.bank_account.account_type IS 'PY支出户 RC收入户';
