CREATE OR REPLACE FUNCTION ins_fin.fn_ageing_bucket (p_due DATE, p_on DATE) RETURN VARCHAR2 DETERMINISTIC IS
  l_days PLS_INTEGER := TRUNC(p_on) - TRUNC(p_due);
BEGIN
  RETURN CASE WHEN l_days <= 0 THEN 'CUR' WHEN l_days <= 30 THEN 'D30' WHEN l_days <= 60 THEN 'D60' WHEN l_days <= 90 THEN 'D90' ELSE 'OLD' END;
END fn_ageing_bucket;
/
