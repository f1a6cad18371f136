-- 分公司录入用, 只能看到和改自己机构的数据
CREATE OR REPLACE VIEW ins_claim.v_branch_claim AS
SELECT claim_id, claim_no, policy_id, policy_no, product_code, line_of_business, insured_id, loss_date, status, branch_code, remark
  FROM ins_claim.claim
 WHERE branch_code = SYS_CONTEXT('INS_CTX', 'BRANCH')
WITH CHECK OPTION CONSTRAINT ck_v_branch_claim;
