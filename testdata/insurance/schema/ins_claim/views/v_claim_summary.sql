CREATE OR REPLACE FORCE VIEW ins_claim.v_claim_summary
  (branch_code, line_of_business, report_month, claim_count, estimated, paid, avg_days)
AS
SELECT c.branch_code,
       c.line_of_business,
       c.report_month,
       COUNT(*),
       SUM(c.estimated_amount),
       SUM(c.paid_amount),
       ROUND(AVG(NVL(c.close_date, SYSDATE) - c.report_date), 1)
  FROM ins_claim.claim c
 GROUP BY c.branch_code, c.line_of_business, c.report_month;
