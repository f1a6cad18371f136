CREATE TABLE ins_claim.hospital_settlement_line (
  settlement_id   NUMBER(14) NOT NULL,
  bill_id         NUMBER(16) NOT NULL,
  payable_amount  NUMBER(14,2),
  discount_amount NUMBER(14,2) DEFAULT 0,
  dispute_flag    CHAR(1) DEFAULT 'N',
  dispute_reason  VARCHAR2(200 CHAR),
  CONSTRAINT pk_hosp_settle_line PRIMARY KEY (settlement_id, bill_id),
  CONSTRAINT fk_hosp_settle_line FOREIGN KEY (settlement_id) REFERENCES ins_claim.hospital_settlement (settlement_id) ON DELETE CASCADE
);
