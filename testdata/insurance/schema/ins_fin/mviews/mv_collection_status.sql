CREATE MATERIALIZED VIEW LOG ON ins_fin.collection_due
  WITH PRIMARY KEY, ROWID (status, branch_code, due_amount) INCLUDING NEW VALUES PURGE REPEAT INTERVAL '1' DAY;

CREATE MATERIALIZED VIEW ins_fin.mv_collection_status
  REFRESH COMPLETE START WITH TRUNC(SYSDATE) + 1 + 2/24 NEXT SYSDATE + 1
  DISABLE QUERY REWRITE
AS
SELECT c.branch_code, c.status, COUNT(*) AS items, SUM(c.due_amount) AS due_total
  FROM ins_fin.collection_due c
 GROUP BY c.branch_code, c.status;
