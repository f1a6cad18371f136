CREATE OR REPLACE VIEW ins_claim.v_reserve_balance AS
SELECT claim_id,
       reserve_type,
       SUM(change_amount) AS balance,
       MAX(movement_date) AS last_movement,
       COUNT(*) AS movements,
       MAX(change_amount) KEEP (DENSE_RANK LAST ORDER BY movement_seq) AS last_change
  FROM ins_claim.claim_reserve_mv
 GROUP BY claim_id, reserve_type;
