-- 理算过程临时表,事务级
CREATE GLOBAL TEMPORARY TABLE ins_claim.gtt_claim_calc (
  claim_id       NUMBER(14),
  claim_item_id  NUMBER(14),
  coverage_code  VARCHAR2(12),
  step_no        NUMBER(4),
  rule_code      VARCHAR2(12),
  amount_before  NUMBER(18,2),
  amount_after   NUMBER(18,2)
) ON COMMIT DELETE ROWS;
