CREATE OR REPLACE TYPE ins_core.t_premium_item FORCE AS OBJECT
(
  coverage_code  VARCHAR2(12),
  sum_insured    NUMBER(18,2),
  rate           NUMBER(14,8),
  base_premium   NUMBER(16,2),
  loading        NUMBER(16,2),
  discount       NUMBER(16,2),
  final_premium  NUMBER(16,2),
  explanation    VARCHAR2(1000 CHAR),
  ORDER MEMBER FUNCTION compare_to (p_other t_premium_item) RETURN INTEGER
);
/
