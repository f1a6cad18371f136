CREATE OR REPLACE FUNCTION ins_claim.fn_claim_age_days (p_claim_id IN NUMBER, p_on IN DATE DEFAULT SYSDATE)
RETURN NUMBER
IS
  l_report DATE;
  l_close  DATE;
BEGIN
  SELECT report_date, close_date INTO l_report, l_close FROM claim WHERE claim_id = p_claim_id;
  RETURN TRUNC(NVL(l_close, p_on)) - TRUNC(l_report);
EXCEPTION
  WHEN NO_DATA_FOUND THEN
    RETURN NULL;
END fn_claim_age_days;
/
