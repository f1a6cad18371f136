CREATE OR REPLACE FORCE VIEW ins_claim.v_claim_timeline AS
SELECT claim_id, event_time AS at_time, 'EVENT' AS kind, event_type || NVL2(detail, ': ' || detail, '') AS text
  FROM ins_claim.claim_event
UNION ALL
SELECT claim_id, CAST(movement_date AS TIMESTAMP), 'RESERVE', reserve_type || ' ' || TO_CHAR(change_amount, 'S999G999G990D00')
  FROM ins_claim.claim_reserve_mv
UNION ALL
SELECT claim_id, updated_at, 'PAYMENT', payee_name || ' ' || amount
  FROM ins_fin.payment_order
 WHERE claim_id IS NOT NULL;
