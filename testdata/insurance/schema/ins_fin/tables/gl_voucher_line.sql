CREATE TABLE ins_fin.gl_voucher_line (
  voucher_id      NUMBER(14)   NOT NULL,
  line_no         NUMBER(5)    NOT NULL,
  accounting_date DATE         NOT NULL,
  account_code    VARCHAR2(20) NOT NULL,
  dc_flag         CHAR(1)      NOT NULL,
  currency        CHAR(3)      DEFAULT 'CNY' NOT NULL,
  fx_rate         NUMBER(16,8) DEFAULT 1 NOT NULL,
  amount_fc       NUMBER(20,2) NOT NULL,
  amount_lc       NUMBER(20,2) NOT NULL,
  signed_lc       NUMBER(20,2) GENERATED ALWAYS AS (DECODE(dc_flag, 'D', amount_lc, -amount_lc)) VIRTUAL,
  line_of_business VARCHAR2(2),
  branch_code     VARCHAR2(8)  NOT NULL,
  party_id        NUMBER(12),
  policy_no       VARCHAR2(20),
  claim_no        VARCHAR2(20),
  summary         VARCHAR2(200 CHAR),
  CONSTRAINT pk_gl_voucher_line PRIMARY KEY (voucher_id, line_no),
  CONSTRAINT ck_gl_line_dc CHECK (dc_flag IN ('D','C')),
  CONSTRAINT fk_gl_line_account FOREIGN KEY (account_code) REFERENCES ins_fin.gl_account (account_code)
)
PARTITION BY RANGE (accounting_date)
(
  PARTITION p_2018   VALUES LESS THAN (TO_DATE('2019-01-01','YYYY-MM-DD')),
  PARTITION p_201906 VALUES LESS THAN (TO_DATE('2019-07-01','YYYY-MM-DD')),
  PARTITION p_201912 VALUES LESS THAN (TO_DATE('2020-01-01','YYYY-MM-DD')),
  PARTITION p_202001 VALUES LESS THAN (TO_DATE('2020-02-01','YYYY-MM-DD')),
  PARTITION p_202002 VALUES LESS THAN (TO_DATE('2020-03-01','YYYY-MM-DD')),
  PARTITION p_202003 VALUES LESS THAN (TO_DATE('2020-04-01','YYYY-MM-DD')),
  PARTITION p_202004 VALUES LESS THAN (TO_DATE('2020-05-01','YYYY-MM-DD')),
  PARTITION p_202005 VALUES LESS THAN (TO_DATE('2020-06-01','YYYY-MM-DD')),
  PARTITION p_202006 VALUES LESS THAN (TO_DATE('2020-07-01','YYYY-MM-DD')),
  PARTITION p_202012 VALUES LESS THAN (TO_DATE('2021-01-01','YYYY-MM-DD')),
  PARTITION p_2021   VALUES LESS THAN (TO_DATE('2022-01-01','YYYY-MM-DD')),
  PARTITION p_max    VALUES LESS THAN (MAXVALUE)
);
COMMENT ON COLUMN ins_fin.gl_voucher_line.amount_lc IS '本位币金额';
