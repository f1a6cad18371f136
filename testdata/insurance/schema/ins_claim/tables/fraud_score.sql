CREATE TABLE ins_claim.fraud_score (
  score_id     NUMBER(14) NOT NULL,
  claim_id     NUMBER(14) NOT NULL,
  scored_at    TIMESTAMP(6) DEFAULT SYSTIMESTAMP NOT NULL,
  total_score  NUMBER(8,2) NOT NULL,
  risk_band    VARCHAR2(1) GENERATED ALWAYS AS (CASE WHEN total_score >= 80 THEN 'H' WHEN total_score >= 50 THEN 'M' ELSE 'L' END) VIRTUAL,
  model_version VARCHAR2(20),
  reviewed_by  VARCHAR2(30),
  review_result VARCHAR2(2),
  CONSTRAINT pk_fraud_score PRIMARY KEY (score_id)
);
