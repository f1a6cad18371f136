CREATE OR REPLACE PACKAGE ins_fin.pkg_tax
AS
  c_vat   CONSTANT VARCHAR2(4) := 'VAT';
  c_iit   CONSTANT VARCHAR2(4) := 'IIT';
  c_stamp CONSTANT VARCHAR2(4) := 'STP';

  FUNCTION  rate_of (p_tax_code IN VARCHAR2, p_product IN VARCHAR2, p_on IN DATE) RETURN tax_rate.rate%TYPE RESULT_CACHE;
  PROCEDURE record_tax (p_tax_code IN VARCHAR2, p_branch IN VARCHAR2, p_base IN NUMBER, p_tax IN NUMBER, p_source IN VARCHAR2, p_source_id IN NUMBER, p_date IN DATE DEFAULT SYSDATE);
  FUNCTION  withholding (p_income IN NUMBER, p_kind IN VARCHAR2 DEFAULT 'SERVICE') RETURN NUMBER DETERMINISTIC;
  PROCEDURE vessel_tax_of_period (p_period IN VARCHAR2);
  PROCEDURE stamp_duty (p_period IN VARCHAR2, p_total OUT NUMBER);
  FUNCTION  period_tax (p_tax_code IN VARCHAR2, p_period IN VARCHAR2, p_branch IN VARCHAR2 DEFAULT NULL) RETURN NUMBER;
  PROCEDURE tax_return (p_period IN VARCHAR2, p_cur OUT SYS_REFCURSOR);
  PROCEDURE post_tax (p_period IN VARCHAR2);
END pkg_tax;
/
