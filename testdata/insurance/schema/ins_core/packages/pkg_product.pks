CREATE OR REPLACE PACKAGE ins_core.pkg_product
AS
  -- product definition services; read mostly, results cached per session
  TYPE t_coverage_tab IS TABLE OF coverage_def%ROWTYPE;
  TYPE t_product_rec IS RECORD
  (
    head       product%ROWTYPE,
    coverages  t_coverage_tab,
    channels   t_string_tab,
    is_sold    BOOLEAN
  );
  TYPE rc_coverage IS REF CURSOR RETURN coverage_def%ROWTYPE;

  CURSOR c_on_sale(cp_lob VARCHAR2, cp_on DATE) IS
    SELECT product_code, product_name, line_of_business, launch_date
      FROM product
     WHERE line_of_business = NVL(cp_lob, line_of_business)
       AND cp_on >= launch_date
       AND (withdraw_date IS NULL OR cp_on < withdraw_date)
       AND status = 'A'
     ORDER BY line_of_business, product_code;

  FUNCTION get_product(p_product_code IN product.product_code%TYPE) RETURN product%ROWTYPE;
  FUNCTION load_full(p_product_code IN product.product_code%TYPE, p_on IN DATE DEFAULT SYSDATE) RETURN t_product_rec;
  FUNCTION get_coverage(p_coverage_code IN coverage_def.coverage_code%TYPE) RETURN coverage_def%ROWTYPE;
  FUNCTION open_coverages(p_product_code IN VARCHAR2, p_on IN DATE DEFAULT SYSDATE) RETURN rc_coverage;
  FUNCTION is_on_sale(p_product_code IN VARCHAR2, p_on IN DATE DEFAULT SYSDATE, p_channel IN VARCHAR2 DEFAULT NULL) RETURN BOOLEAN;
  FUNCTION on_sale_flag(p_product_code IN VARCHAR2, p_on IN DATE DEFAULT SYSDATE) RETURN VARCHAR2;
  PROCEDURE assert_sellable(p_product_code IN VARCHAR2, p_age IN NUMBER, p_sum_insured IN NUMBER, p_on IN DATE DEFAULT SYSDATE, p_channel IN VARCHAR2 DEFAULT NULL);

  FUNCTION attribute(p_product_code IN VARCHAR2, p_name IN VARCHAR2) RETURN VARCHAR2;
  PROCEDURE set_attribute(p_product_code IN VARCHAR2, p_name IN VARCHAR2, p_value IN VARCHAR2);

  FUNCTION term_end(p_product_code IN VARCHAR2, p_start IN DATE) RETURN DATE;
  FUNCTION grace_end(p_product_code IN VARCHAR2, p_due IN DATE) RETURN DATE;
  FUNCTION compatible(p_codes IN t_string_tab) RETURN VARCHAR2;
  FUNCTION required_riders(p_product_code IN VARCHAR2) RETURN t_string_tab;

  PROCEDURE copy_product(p_from IN VARCHAR2, p_to IN VARCHAR2, p_name IN VARCHAR2, p_launch IN DATE);
  PROCEDURE withdraw(p_product_code IN VARCHAR2, p_on IN DATE);
  PROCEDURE load_clause(p_product_code IN VARCHAR2, p_clause_no IN VARCHAR2, p_xml IN CLOB);
  FUNCTION clause_text(p_product_code IN VARCHAR2, p_clause_no IN VARCHAR2) RETURN CLOB;
  FUNCTION clause_titles(p_product_code IN VARCHAR2) RETURN t_string_tab PIPELINED;
  PROCEDURE load_rates(p_coverage_code IN VARCHAR2, p_table_name IN VARCHAR2, p_csv IN CLOB, p_valid_from IN DATE);
  FUNCTION cash_value(p_product_code IN VARCHAR2, p_entry_age IN NUMBER, p_gender IN VARCHAR2, p_pay_term IN NUMBER, p_years IN NUMBER, p_sum_insured IN NUMBER) RETURN NUMBER;
  PROCEDURE clear_cache;
END pkg_product;
/
