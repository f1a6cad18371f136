CREATE TABLE ins_fin.bank_code (
  bank_code   VARCHAR2(12) NOT NULL CONSTRAINT pk_bank_code PRIMARY KEY,
  bank_name   VARCHAR2(100 CHAR) NOT NULL,
  short_name  VARCHAR2(20),
  file_format VARCHAR2(10) DEFAULT 'FIX',
  max_lines   NUMBER(6) DEFAULT 5000,
  active_flag CHAR(1) DEFAULT 'Y'
);
COMMENT ON TABLE ins_fin.bank_code IS '银行代码';
