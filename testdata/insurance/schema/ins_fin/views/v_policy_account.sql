-- 保单收付一览, 跨三个 schema
CREATE OR REPLACE FORCE VIEW ins_fin.v_policy_account AS
SELECT p.policy_no,
       y.full_name AS holder_name,
       p.annual_premium,
       NVL(c.due, 0) AS due,
       NVL(c.paid, 0) AS paid,
       NVL(k.claims, 0) AS claims,
       NVL(k.paid_claims, 0) AS paid_claims
  FROM ins_core.policy p,
       ins_core.party y,
       (SELECT policy_id, SUM(due_amount) AS due, SUM(paid_amount) AS paid FROM ins_fin.collection_due GROUP BY policy_id) c,
       (SELECT policy_id, COUNT(*) AS claims, SUM(paid_amount) AS paid_claims FROM ins_claim.claim GROUP BY policy_id) k
 WHERE y.party_id = p.holder_id
   AND c.policy_id (+) = p.policy_id
   AND k.policy_id (+) = p.policy_id;
