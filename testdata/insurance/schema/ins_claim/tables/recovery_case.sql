CREATE TABLE ins_claim.recovery_case (
  recovery_id     NUMBER(14) NOT NULL,
  claim_id        NUMBER(14) NOT NULL,
  recovery_type   VARCHAR2(4) NOT NULL,
  debtor_name     VARCHAR2(200 CHAR),
  debtor_party_id NUMBER(12),
  expected_amount NUMBER(18,2) NOT NULL,
  recovered_amount NUMBER(18,2) DEFAULT 0 NOT NULL,
  cost_amount     NUMBER(18,2) DEFAULT 0 NOT NULL,
  law_firm        VARCHAR2(200 CHAR),
  limitation_date DATE,
  status          VARCHAR2(2) DEFAULT 'OP' NOT NULL,
  opened_at       DATE DEFAULT SYSDATE,
  closed_at       DATE,
  CONSTRAINT pk_recovery_case PRIMARY KEY (recovery_id),
  CONSTRAINT fk_recovery_claim FOREIGN KEY (claim_id) REFERENCES ins_claim.claim (claim_id),
  CONSTRAINT ck_recovery_type CHECK (recovery_type IN ('SUBR','SALV','CONT'))
);
COMMENT ON COLUMN ins_claim.recovery_case.recovery_type IS 'SUBR代位追偿 SALV残值处理 CONT共保分摊';
