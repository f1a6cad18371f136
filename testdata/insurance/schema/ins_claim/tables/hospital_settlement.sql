CREATE TABLE ins_claim.hospital_settlement (
  settlement_id    NUMBER(14)   NOT NULL,
  hospital_code    VARCHAR2(12) NOT NULL,
  period_from      DATE NOT NULL,
  period_to        DATE NOT NULL,
  bill_count       NUMBER(8)    DEFAULT 0,
  gross_amount     NUMBER(18,2) DEFAULT 0,
  discount_amount  NUMBER(18,2) DEFAULT 0,
  dispute_amount   NUMBER(18,2) DEFAULT 0,
  net_amount       NUMBER(18,2) GENERATED ALWAYS AS (gross_amount - discount_amount - dispute_amount) VIRTUAL,
  status           VARCHAR2(2)  DEFAULT 'DR' NOT NULL,
  payment_id       NUMBER(14),
  confirmed_by     VARCHAR2(30),
  confirmed_at     DATE,
  CONSTRAINT pk_hospital_settlement PRIMARY KEY (settlement_id),
  CONSTRAINT uk_hospital_settlement UNIQUE (hospital_code, period_from),
  CONSTRAINT fk_hosp_settle_hosp FOREIGN KEY (hospital_code) REFERENCES ins_claim.hospital (hospital_code)
);
