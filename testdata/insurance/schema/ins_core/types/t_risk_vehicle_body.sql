CREATE OR REPLACE TYPE BODY ins_core.t_risk_vehicle AS
  OVERRIDING MEMBER FUNCTION risk_factor RETURN NUMBER IS
  BEGIN
    -- 营运车辆风险系数
    RETURN CASE use_type WHEN '01' THEN 1 WHEN '02' THEN 1.35 WHEN '03' THEN 1.6 ELSE 1.1 END
           * CASE WHEN seats > 9 THEN 1.2 ELSE 1 END;
  END;

  OVERRIDING MEMBER FUNCTION describe RETURN VARCHAR2 IS
  BEGIN
    RETURN plate_no || ' ' || object_name || ' (VIN ' || vin || ')';
  END;

  -- 按月折旧, 9座以下非营运 0.6%/月, 最低 20%
  MEMBER FUNCTION actual_value (p_on DATE) RETURN NUMBER IS
    l_rate   NUMBER := CASE WHEN use_type = '01' THEN 0.006 ELSE 0.009 END;
    l_months NUMBER := GREATEST(0, TRUNC(MONTHS_BETWEEN(p_on, register_date)));
  BEGIN
    RETURN ROUND(base_value * GREATEST(1 - l_rate * l_months, 0.2), 2);
  END;
END;
/
