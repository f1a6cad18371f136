CREATE OR REPLACE TYPE ins_fin.t_ageing_row AS OBJECT (
  branch_code VARCHAR2(8),
  bucket      VARCHAR2(10),
  item_count  NUMBER,
  open_amount NUMBER(20,2),
  pct_of_total NUMBER(7,4)
);
/
CREATE OR REPLACE TYPE ins_fin.t_ageing_tab IS TABLE OF ins_fin.t_ageing_row;
/
