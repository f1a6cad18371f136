CREATE TABLE ins_claim.fraud_score_detail (
  score_id   NUMBER(14) NOT NULL,
  rule_code  VARCHAR2(12) NOT NULL,
  raw_score  NUMBER(10,4),
  weighted   NUMBER(10,4),
  evidence   VARCHAR2(1000 CHAR),
  CONSTRAINT pk_fraud_score_detail PRIMARY KEY (score_id, rule_code),
  CONSTRAINT fk_fraud_detail_score FOREIGN KEY (score_id) REFERENCES ins_claim.fraud_score (score_id) ON DELETE CASCADE,
  CONSTRAINT fk_fraud_detail_rule FOREIGN KEY (rule_code) REFERENCES ins_claim.fraud_rule (rule_code)
);
