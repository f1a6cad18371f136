CREATE OR REPLACE TYPE BODY ins_core.t_risk_building AS
  OVERRIDING MEMBER FUNCTION risk_factor RETURN NUMBER IS
    l_factor NUMBER := CASE structure WHEN '01' THEN 0.85 WHEN '03' THEN 1.5 WHEN '04' THEN 2.2 ELSE 1 END;
  BEGIN
    IF EXTRACT(YEAR FROM SYSDATE) - built_year > 30 THEN
      l_factor := l_factor * 1.25;
    END IF;
    IF has_sprinkler = 'Y' THEN
      l_factor := l_factor * 0.9;
    END IF;
    RETURN ROUND(l_factor, 4);
  END;

  OVERRIDING MEMBER FUNCTION describe RETURN VARCHAR2 IS
  BEGIN
    RETURN object_name || ', ' || address.full_text() || ', ' || TO_CHAR(floor_area, 'FM999990.00') || '㎡';
  END;
END;
/
