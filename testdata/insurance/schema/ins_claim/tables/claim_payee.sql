CREATE TABLE ins_claim.claim_payee (
  payee_id      NUMBER(14) NOT NULL,
  claim_id      NUMBER(14) NOT NULL,
  payee_name    VARCHAR2(200 CHAR) NOT NULL,
  payee_id_no   VARCHAR2(40),
  bank_code     VARCHAR2(12),
  account_no    VARCHAR2(40),
  account_mask  VARCHAR2(60) GENERATED ALWAYS AS (SUBSTR(account_no, 1, 4) || '****' || SUBSTR(account_no, -4)) VIRTUAL,
  share_amount  NUMBER(18,2),
  share_pct     NUMBER(7,4),
  payment_id    NUMBER(14),
  pay_status    VARCHAR2(2) DEFAULT 'NW',
  CONSTRAINT pk_claim_payee PRIMARY KEY (payee_id),
  CONSTRAINT fk_claim_payee FOREIGN KEY (claim_id) REFERENCES ins_claim.claim (claim_id),
  CONSTRAINT ck_claim_payee_share CHECK (share_amount IS NOT NULL OR share_pct IS NOT NULL) DISABLE
);
