CREATE MATERIALIZED VIEW LOG ON ins_core.policy
  WITH ROWID, SEQUENCE (branch_code, product_code, issue_date, annual_premium, sum_insured, status)
  INCLUDING NEW VALUES;
CREATE MATERIALIZED VIEW LOG ON ins_core.product WITH PRIMARY KEY, ROWID;
CREATE MATERIALIZED VIEW LOG ON ins_core.ref_code WITH PRIMARY KEY EXCLUDING NEW VALUES;

CREATE MATERIALIZED VIEW ins_core.mv_branch_month
  TABLESPACE ins_data
  BUILD IMMEDIATE
  REFRESH FAST ON DEMAND
  ENABLE QUERY REWRITE
AS
SELECT branch_code, product_code, TRUNC(issue_date, 'MM') AS month_start,
       COUNT(*) AS policy_count, SUM(annual_premium) AS premium, COUNT(annual_premium) AS premium_count,
       SUM(sum_insured) AS sum_insured, COUNT(sum_insured) AS si_count
  FROM ins_core.policy
 GROUP BY branch_code, product_code, TRUNC(issue_date, 'MM');

CREATE MATERIALIZED VIEW ins_core.mv_product_sales
  BUILD DEFERRED
  REFRESH COMPLETE START WITH TRUNC(SYSDATE) + 1 + 2/24 NEXT TRUNC(SYSDATE) + 1 + 2/24
AS
SELECT d.line_of_business, d.product_code, d.product_name,
       COUNT(p.policy_id) AS policies, NVL(SUM(p.annual_premium), 0) AS premium,
       MAX(p.issue_date) AS last_issue
  FROM ins_core.product d, ins_core.policy p
 WHERE p.product_code (+) = d.product_code
 GROUP BY d.line_of_business, d.product_code, d.product_name;

CREATE MATERIALIZED VIEW ins_core.mv_ref_code
  REFRESH FAST ON COMMIT WITH PRIMARY KEY
AS
SELECT code_type, code_value, code_name, parent_value FROM ins_core.ref_code;

CREATE INDEX ins_core.ix_mv_branch_month ON ins_core.mv_branch_month (month_start, branch_code);
