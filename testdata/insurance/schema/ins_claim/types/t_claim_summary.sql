CREATE OR REPLACE TYPE ins_claim.t_claim_summary FORCE AS OBJECT (
  claim_no    VARCHAR2(20),
  insured     VARCHAR2(200 CHAR),
  loss_date   DATE,
  status_name VARCHAR2(60),
  outstanding NUMBER(18,2),
  age_days    NUMBER
);
/
CREATE OR REPLACE TYPE ins_claim.t_claim_summary_tab AS TABLE OF ins_claim.t_claim_summary;
/
