CREATE GLOBAL TEMPORARY TABLE ins_core.renewal_work
(
  policy_id     NUMBER(14) PRIMARY KEY,
  policy_no     VARCHAR2(20),
  old_premium   NUMBER(16,2),
  new_premium   NUMBER(16,2),
  due_date      DATE,
  decision      VARCHAR2(1)
)
ON COMMIT PRESERVE ROWS;
