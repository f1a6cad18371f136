CREATE OR REPLACE VIEW ins_claim.v_fraud_latest AS
SELECT claim_id, score_id, total_score, risk_band, scored_at
  FROM (SELECT s.*, ROW_NUMBER() OVER (PARTITION BY s.claim_id ORDER BY s.scored_at DESC) AS rn
          FROM ins_claim.fraud_score s)
 WHERE rn = 1;
