CREATE OR REPLACE TYPE BODY ins_core.t_risk_object AS
  MEMBER FUNCTION risk_factor RETURN NUMBER IS
  BEGIN
    RETURN 1;
  END;

  FINAL MEMBER FUNCTION insurable_value (p_on DATE DEFAULT SYSDATE) RETURN NUMBER IS
  BEGIN
    RETURN ROUND(NVL(base_value, 0) * risk_factor(), 2);
  END;
END;
/
