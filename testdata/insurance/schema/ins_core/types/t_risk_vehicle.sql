CREATE OR REPLACE TYPE ins_core.t_risk_vehicle UNDER ins_core.t_risk_object
(
  plate_no      VARCHAR2(12 CHAR),
  vin           VARCHAR2(17),
  engine_no     VARCHAR2(30),
  model_code    VARCHAR2(20),
  seats         NUMBER(2),
  register_date DATE,
  use_type      VARCHAR2(2),
  OVERRIDING MEMBER FUNCTION risk_factor RETURN NUMBER,
  OVERRIDING MEMBER FUNCTION describe RETURN VARCHAR2,
  MEMBER FUNCTION actual_value (p_on DATE) RETURN NUMBER
)
NOT FINAL;
/
