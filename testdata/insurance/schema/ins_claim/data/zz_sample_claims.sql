-- 演示赔案: 从现有保单派生, 每份保单至多一件
ALTER TRIGGER ins_claim.trg_claim_audit DISABLE;
INSERT INTO ins_claim.claim (claim_id, claim_no, policy_id, policy_no, product_code, line_of_business, claimant_id, insured_id,
                             loss_date, report_date, loss_cause, loss_place, currency, estimated_amount, assessed_amount, paid_amount,
                             status, close_date, handler_id, branch_code, fraud_flag, created_by)
SELECT 100000000 + s.rn,
       'C' || TO_CHAR(s.effective_date + 45, 'YYYY') || LPAD(s.rn, 6, '0'),
       s.policy_id, s.policy_no, s.product_code, s.line_of_business, s.holder_id, s.insured_id,
       s.effective_date + 40, s.effective_date + 45,
       DECODE(MOD(s.rn, 5), 0, 'COLL', 1, 'ILL', 2, 'FALL', 3, 'FIRE', 'OTHER'),
       DECODE(MOD(s.rn, 3), 0, '申江市健康路口', 1, '羊城市小南路', '燕京市西三环'),
       s.currency,
       ROUND(s.sum_insured * 0.01 * (1 + MOD(s.rn, 7)), 2),
       CASE WHEN MOD(s.rn, 4) < 2 THEN ROUND(s.sum_insured * 0.008 * (1 + MOD(s.rn, 7)), 2) END,
       CASE WHEN MOD(s.rn, 4) = 0 THEN ROUND(s.sum_insured * 0.008 * (1 + MOD(s.rn, 7)), 2) ELSE 0 END,
       DECODE(MOD(s.rn, 4), 0, '70', 1, '50', 2, '20', '10'),
       CASE WHEN MOD(s.rn, 4) = 0 THEN s.effective_date + 75 END,
       DECODE(MOD(s.rn, 2), 0, 'WANGJL', 'LIUF'),
       s.branch_code,
       CASE WHEN MOD(s.rn, 11) = 0 THEN 'S' ELSE 'N' END,
       'SEED'
  FROM (SELECT p.policy_id, p.policy_no, p.product_code, d.line_of_business, p.holder_id, p.insured_id, p.effective_date,
               p.currency, p.sum_insured, p.branch_code, ROW_NUMBER() OVER (ORDER BY p.policy_id) AS rn
          FROM ins_core.policy p
          JOIN ins_core.product d ON d.product_code = p.product_code
         WHERE p.effective_date < DATE '2024-01-01') s
 WHERE s.rn <= 200;

INSERT INTO ins_claim.claim_item (claim_item_id, claim_id, item_seq, coverage_code, loss_type, claimed_amount, approved_amount, item_status)
SELECT ins_claim.seq_claim_item_id.NEXTVAL, c.claim_id, x.coverage_seq, x.coverage_code,
       CASE c.line_of_business WHEN 'HL' THEN 'MED' ELSE 'LOSS' END,
       c.estimated_amount, c.assessed_amount, NVL2(c.assessed_amount, '40', '10')
  FROM ins_claim.claim c
  JOIN ins_core.policy_coverage x ON x.policy_id = c.policy_id AND x.coverage_seq = 1
 WHERE c.created_by = 'SEED';

INSERT INTO ins_claim.claim_reserve_mv (claim_id, reserve_type, movement_date, movement_seq, change_amount, balance_after, reason_code)
SELECT claim_id, 'CASE', TRUNC(report_date), 1, estimated_amount, estimated_amount, 'INIT'
  FROM ins_claim.claim
 WHERE created_by = 'SEED'
   AND status <> '70';
ALTER TRIGGER ins_claim.trg_claim_audit ENABLE;
COMMIT;
