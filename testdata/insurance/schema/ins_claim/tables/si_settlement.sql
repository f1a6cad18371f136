CREATE TABLE ins_claim.si_settlement (
  si_settle_id     NUMBER(14) NOT NULL,
  bill_id          NUMBER(16) NOT NULL,
  si_type          VARCHAR2(4) NOT NULL,
  province_code    VARCHAR2(6) NOT NULL,
  settle_no        VARCHAR2(40),
  settle_time      DATE,
  in_scope_amount  NUMBER(14,2),
  start_line       NUMBER(12,2),
  fund_pay         NUMBER(14,2) DEFAULT 0,
  serious_ill_pay  NUMBER(14,2) DEFAULT 0,
  account_pay      NUMBER(14,2) DEFAULT 0,
  cash_pay         NUMBER(14,2) DEFAULT 0,
  calc_mode        CHAR(1) DEFAULT 'R',
  CONSTRAINT pk_si_settlement PRIMARY KEY (si_settle_id),
  CONSTRAINT uk_si_settlement_bill UNIQUE (bill_id, settle_no),
  CONSTRAINT fk_si_settlement_bill FOREIGN KEY (bill_id) REFERENCES ins_claim.medical_bill (bill_id)
);
COMMENT ON COLUMN ins_claim.si_settlement.calc_mode IS 'R真实结算单 S系统模拟';
