CREATE OR REPLACE FUNCTION ins_fin.fn_to_cny (p_amount IN NUMBER, p_currency IN VARCHAR2, p_on IN DATE DEFAULT SYSDATE)
RETURN NUMBER PARALLEL_ENABLE
IS
BEGIN
  RETURN pkg_fx_reval.convert_amount(p_amount, p_currency, 'CNY', p_on);
END;
/
