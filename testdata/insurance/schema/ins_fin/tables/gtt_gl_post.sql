CREATE GLOBAL TEMPORARY TABLE ins_fin.gtt_gl_post (
  seq_no        NUMBER(8),
  account_code  VARCHAR2(20),
  dc_flag       CHAR(1),
  currency      CHAR(3),
  amount_fc     NUMBER(20,2),
  amount_lc     NUMBER(20,2),
  line_of_business VARCHAR2(2),
  branch_code   VARCHAR2(8)
) ON COMMIT DELETE ROWS;
