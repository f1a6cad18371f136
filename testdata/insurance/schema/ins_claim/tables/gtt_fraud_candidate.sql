CREATE GLOBAL TEMPORARY TABLE ins_claim.gtt_fraud_candidate (
  claim_id   NUMBER(14) NOT NULL,
  rule_code  VARCHAR2(12) NOT NULL,
  raw_score  NUMBER(10,4),
  CONSTRAINT pk_gtt_fraud_candidate PRIMARY KEY (claim_id, rule_code)
) ON COMMIT PRESERVE ROWS;
