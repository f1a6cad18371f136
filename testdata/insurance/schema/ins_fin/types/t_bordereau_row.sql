CREATE OR REPLACE TYPE ins_fin.t_bordereau_row AS OBJECT (
  line_no        NUMBER(8),
  policy_no      VARCHAR2(20),
  insured_name   VARCHAR2(200 CHAR),
  cession_type   VARCHAR2(2),
  gross_amount   NUMBER(20,2),
  share_pct      NUMBER(9,6),
  ceded_premium  NUMBER(18,2),
  commission     NUMBER(18,2),
  ceded_loss     NUMBER(18,2)
);
/
CREATE OR REPLACE TYPE ins_fin.t_bordereau_tab AS TABLE OF ins_fin.t_bordereau_row;
/
