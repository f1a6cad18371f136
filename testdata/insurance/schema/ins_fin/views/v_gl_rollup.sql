-- 递归 WITH 汇总到上级科目
CREATE OR REPLACE VIEW ins_fin.v_gl_rollup AS
WITH tree (leaf_code, account_code, parent_code) AS (
  SELECT account_code, account_code, parent_code
    FROM ins_fin.gl_account
   WHERE leaf_flag = 'Y'
  UNION ALL
  SELECT t.leaf_code, a.account_code, a.parent_code
    FROM tree t
    JOIN ins_fin.gl_account a ON a.account_code = t.parent_code
)
SEARCH DEPTH FIRST BY leaf_code SET ord
CYCLE account_code SET is_cycle TO 'Y' DEFAULT 'N'
SELECT b.period_code, t.account_code, SUM(b.debit_lc) AS debit_lc, SUM(b.credit_lc) AS credit_lc, SUM(b.close_lc) AS close_lc
  FROM tree t
  JOIN ins_fin.gl_balance b ON b.account_code = t.leaf_code
 GROUP BY b.period_code, t.account_code;
