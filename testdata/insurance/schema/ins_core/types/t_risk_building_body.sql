CREATE OR REPLACE TYPE BODY ins_core.t_risk_building AS
  OVERRIDING MEMBER FUNCTION risk_factor RETURN NUMBER IS
    l_factor NUMBER := DECODE(structure, '01', 0.85, '02', 1, '03', 1.5, '04', 2.2, 1);
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
