CREATE OR REPLACE TYPE ins_claim.t_bill_line AS OBJECT (
  item_type   CHAR(1),
  item_code   VARCHAR2(20),
  item_name   VARCHAR2(200 CHAR),
  quantity    NUMBER,
  unit_price  NUMBER,
  service_date DATE
);
/
CREATE OR REPLACE TYPE ins_claim.t_bill_line_tab AS TABLE OF ins_claim.t_bill_line;
/
