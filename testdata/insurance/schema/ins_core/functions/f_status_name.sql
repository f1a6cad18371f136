CREATE OR REPLACE FUNCTION ins_core.f_status_name (p_status IN policy.status%TYPE)
RETURN VARCHAR2
RESULT_CACHE RELIES_ON (ref_code)
IS
  v_name ref_code.code_name%TYPE;
BEGIN
  SELECT code_name INTO v_name FROM codes WHERE code_type = 'POLICY_STATUS' AND code_value = p_status;
  RETURN v_name;
EXCEPTION
  WHEN NO_DATA_FOUND THEN RETURN '未知(' || p_status || ')';
END f_status_name;
/
