CREATE TABLE ins_fin.bank_file_line (
  bank_file_id NUMBER(12) NOT NULL,
  line_no      NUMBER(8)  NOT NULL,
  payment_id   NUMBER(14),
  collection_id NUMBER(14),
  account_no   VARCHAR2(40),
  account_name VARCHAR2(200 CHAR),
  amount       NUMBER(18,2),
  ret_code     VARCHAR2(10),
  ret_msg      VARCHAR2(200 CHAR),
  raw_line     VARCHAR2(2000),
  CONSTRAINT pk_bank_file_line PRIMARY KEY (bank_file_id, line_no),
  CONSTRAINT fk_bank_file_line FOREIGN KEY (bank_file_id) REFERENCES ins_fin.bank_file (bank_file_id)
) COMPRESS FOR OLTP;
