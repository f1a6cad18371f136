CREATE OR REPLACE TYPE ins_core.t_policy_brief AS OBJECT
(
  policy_no       VARCHAR2(20),
  product_name    VARCHAR2(120 CHAR),
  holder_name     VARCHAR2(200 CHAR),
  status_name     VARCHAR2(60 CHAR),
  effective_date  DATE,
  expiry_date     DATE,
  annual_premium  NUMBER(16,2),
  days_to_expiry  NUMBER
);
/
