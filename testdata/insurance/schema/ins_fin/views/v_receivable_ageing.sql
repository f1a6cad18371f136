CREATE OR REPLACE FORCE VIEW ins_fin.v_receivable_ageing AS
SELECT branch_code,
       bucket,
       open_amount,
       SUM(open_amount) OVER (PARTITION BY branch_code ORDER BY bucket ROWS UNBOUNDED PRECEDING) AS running,
       ROUND(RATIO_TO_REPORT(open_amount) OVER (PARTITION BY branch_code), 4) AS ratio
  FROM (SELECT branch_code, fn_ageing_bucket(due_date, SYSDATE) AS bucket, SUM(open_amount) AS open_amount
          FROM collection_due
         WHERE status IN ('OP', 'PT', 'FR')
         GROUP BY branch_code, fn_ageing_bucket(due_date, SYSDATE));
