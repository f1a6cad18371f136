CREATE TABLE ins_fin.gl_voucher (
  voucher_id     NUMBER(14)   NOT NULL,
  voucher_no     VARCHAR2(24) NOT NULL,
  accounting_date DATE        NOT NULL,
  period_code    VARCHAR2(6)  NOT NULL,
  branch_code    VARCHAR2(8)  NOT NULL,
  source_module  VARCHAR2(10) NOT NULL,
  event_code     VARCHAR2(10),
  business_ref   VARCHAR2(40),
  total_debit    NUMBER(20,2) DEFAULT 0 NOT NULL,
  total_credit   NUMBER(20,2) DEFAULT 0 NOT NULL,
  status         CHAR(1)      DEFAULT 'D' NOT NULL,
  reversal_of    NUMBER(14),
  created_by     VARCHAR2(30) DEFAULT USER,
  created_at     TIMESTAMP(6) DEFAULT SYSTIMESTAMP,
  posted_at      TIMESTAMP(6),
  CONSTRAINT pk_gl_voucher PRIMARY KEY (voucher_id),
  CONSTRAINT ck_gl_voucher_status CHECK (status IN ('D','P','R','X')),
  CONSTRAINT ck_gl_voucher_bal CHECK (total_debit = total_credit) INITIALLY DEFERRED DEFERRABLE
)
PARTITION BY RANGE (accounting_date) INTERVAL (NUMTOYMINTERVAL(1,'MONTH')) STORE IN (ts_gl_01, ts_gl_02)
(PARTITION p_start VALUES LESS THAN (DATE '2019-01-01'));
COMMENT ON COLUMN ins_fin.gl_voucher.status IS 'D草稿 P已过账 R已冲销 X作废';
