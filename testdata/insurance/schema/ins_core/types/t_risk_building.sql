CREATE OR REPLACE TYPE ins_core.t_risk_building UNDER ins_core.t_risk_object
(
  address       t_address,
  built_year    NUMBER(4),
  floor_area    NUMBER(10,2),
  structure     VARCHAR2(2),
  has_sprinkler CHAR(1),
  OVERRIDING MEMBER FUNCTION risk_factor RETURN NUMBER,
  OVERRIDING MEMBER FUNCTION describe RETURN VARCHAR2
);
/
