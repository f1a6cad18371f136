CREATE GLOBAL TEMPORARY TABLE ins_core.report_row
(
  report_code VARCHAR2(20),
  row_no      NUMBER,
  label       VARCHAR2(200 CHAR),
  amount1     NUMBER,
  amount2     NUMBER,
  amount3     NUMBER,
  text1       VARCHAR2(400 CHAR)
)
ON COMMIT DELETE ROWS;
