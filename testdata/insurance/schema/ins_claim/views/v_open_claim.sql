CREATE OR REPLACE FORCE VIEW ins_claim.v_open_claim AS
SELECT c.claim_id, c.claim_no, c.policy_no, y.full_name AS insured_name, c.loss_date, c.report_date,
       c.status, r.code_name AS status_name, c.outstanding_amount, c.handler_id, c.branch_code, c.remark
  FROM claim c, party y, ref_code r
 WHERE y.party_id = c.insured_id
   AND r.code_type (+) = 'CLAIM_STATUS'
   AND r.code_value (+) = c.status
   AND c.status IN ('10', '20', '30', '40', '50');
COMMENT ON TABLE ins_claim.v_open_claim IS '未结赔案';
