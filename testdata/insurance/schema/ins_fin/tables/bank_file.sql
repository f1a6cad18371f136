CREATE TABLE ins_fin.bank_file (
  bank_file_id  NUMBER(12) NOT NULL,
  bank_code     VARCHAR2(12) NOT NULL,
  file_type     VARCHAR2(3) NOT NULL,
  file_name     VARCHAR2(100) NOT NULL,
  file_date     DATE DEFAULT TRUNC(SYSDATE) NOT NULL,
  line_count    NUMBER(8) DEFAULT 0,
  total_amount  NUMBER(20,2) DEFAULT 0,
  ok_count      NUMBER(8) DEFAULT 0,
  fail_count    NUMBER(8) DEFAULT 0,
  checksum      VARCHAR2(64),
  status        VARCHAR2(1) DEFAULT 'N' NOT NULL,
  sent_at       DATE,
  returned_at   DATE,
  CONSTRAINT pk_bank_file PRIMARY KEY (bank_file_id),
  CONSTRAINT uk_bank_file UNIQUE (file_name),
  CONSTRAINT ck_bank_file_type CHECK (file_type IN ('PAY','COL'))
);
COMMENT ON COLUMN ins_fin.bank_file.status IS 'N新建 S已发送 R已回盘 C已对账 E错误';
