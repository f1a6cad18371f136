CREATE TABLE ins_fin.receipt (
  receipt_id    NUMBER(14) NOT NULL,
  receipt_no    VARCHAR2(24) NOT NULL,
  receipt_type  VARCHAR2(4) NOT NULL,
  policy_id     NUMBER(14),
  payer_name    VARCHAR2(200 CHAR),
  currency      CHAR(3) DEFAULT 'CNY' NOT NULL,
  amount        NUMBER(18,2) NOT NULL,
  allocated_amount NUMBER(18,2) DEFAULT 0 NOT NULL,
  unallocated   NUMBER(18,2) AS (amount - allocated_amount),
  receipt_date  DATE NOT NULL,
  bank_ref      VARCHAR2(40),
  branch_code   VARCHAR2(8),
  status        VARCHAR2(2) DEFAULT 'OK',
  voucher_id    NUMBER(14),
  CONSTRAINT pk_receipt PRIMARY KEY (receipt_id),
  CONSTRAINT uk_receipt_no UNIQUE (receipt_no)
);
