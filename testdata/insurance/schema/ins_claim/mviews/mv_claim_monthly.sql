CREATE MATERIALIZED VIEW LOG ON ins_claim.claim
  WITH ROWID, SEQUENCE (branch_code, line_of_business, product_code, report_date, status, estimated_amount, assessed_amount, paid_amount)
  INCLUDING NEW VALUES;

CREATE MATERIALIZED VIEW ins_claim.mv_claim_monthly
  TABLESPACE ts_claim_data
  BUILD IMMEDIATE
  REFRESH FAST ON DEMAND
  ENABLE QUERY REWRITE
AS
SELECT branch_code,
       line_of_business,
       status,
       COUNT(*) AS cnt,
       SUM(estimated_amount) AS estimated,
       COUNT(estimated_amount) AS cnt_est,
       SUM(paid_amount) AS paid,
       COUNT(paid_amount) AS cnt_paid
  FROM ins_claim.claim
 GROUP BY branch_code, line_of_business, status;
COMMENT ON MATERIALIZED VIEW ins_claim.mv_claim_monthly IS '赔案汇总(机构/险类/状态)';
