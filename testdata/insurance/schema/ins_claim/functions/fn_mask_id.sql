CREATE OR REPLACE FUNCTION ins_claim.fn_mask_id (p_id IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC
IS
BEGIN
  IF LENGTH(p_id) < 8 THEN
    RETURN RPAD('*', LENGTH(p_id), '*');
  END IF;
  RETURN SUBSTR(p_id, 1, 6) || RPAD('*', LENGTH(p_id) - 10, '*') || SUBSTR(p_id, -4);
END;
/
