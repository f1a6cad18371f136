-- 运维脚本固化: 按付款重算已赔金额
CREATE OR REPLACE PROCEDURE ins_claim.prc_fix_claim_amounts (p_branch IN VARCHAR2 DEFAULT NULL, p_fixed OUT NUMBER)
AUTHID DEFINER
IS
BEGIN
  MERGE INTO claim c
  USING (SELECT p.claim_id, SUM(p.amount) AS paid
           FROM payment_order p
          WHERE p.status = '30'
            AND p.claim_id IS NOT NULL
          GROUP BY p.claim_id) s
     ON (c.claim_id = s.claim_id)
   WHEN MATCHED THEN
     UPDATE SET c.paid_amount = s.paid
      WHERE c.paid_amount <> s.paid
        AND (p_branch IS NULL OR c.branch_code = p_branch);
  p_fixed := SQL%ROWCOUNT;
  COMMIT;
END prc_fix_claim_amounts;
/
