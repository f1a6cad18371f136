CREATE OR REPLACE TYPE ins_core.t_branch_stat AS OBJECT
(
  branch_code   VARCHAR2(8),
  branch_name   VARCHAR2(100 CHAR),
  level_no      NUMBER(2),
  policy_count  NUMBER,
  premium       NUMBER(18,2),
  share_pct     NUMBER(7,4)
);
/
