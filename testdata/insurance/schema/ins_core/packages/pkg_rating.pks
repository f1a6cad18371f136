CREATE OR REPLACE PACKAGE ins_core.pkg_rating
AUTHID DEFINER
AS
  /* 保费计算引擎
     1) 费率表 (TB): 保额 / 单位 * 费率
     2) 公式   (FM): rating_formula.expression, 用 DBMS_SQL 绑定变量计算
     3) 固定   (FX): 产品属性 fixedPremium
     之后按 rating_adjustment 加费/优惠, 再按缴费方式系数折算                     */

  TYPE t_risk IS RECORD
  (
    product_code  product.product_code%TYPE,
    on_date       DATE := TRUNC(SYSDATE),
    age           PLS_INTEGER,
    gender        party.gender%TYPE,
    smoker        VARCHAR2(1) := 'N',
    occupation    VARCHAR2(6),
    pay_mode      policy.pay_mode%TYPE := 'Y',
    pay_term      policy.pay_term_years%TYPE := 1,
    sum_insured   policy.sum_insured%TYPE,
    channel       policy.channel%TYPE := 'AG',
    ncd_years     PLS_INTEGER := 0,          -- 无赔款年数
    object_value  NUMBER,
    seats         PLS_INTEGER,
    floor_area    NUMBER
  );

  TYPE t_vars IS TABLE OF NUMBER INDEX BY VARCHAR2(30);

  FUNCTION base_rate(p_coverage_code IN VARCHAR2, p_age IN NUMBER, p_gender IN VARCHAR2,
                     p_pay_term IN NUMBER DEFAULT 1, p_smoker IN VARCHAR2 DEFAULT 'N',
                     p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  FUNCTION evaluate(p_formula_code IN VARCHAR2, p_vars IN t_vars) RETURN NUMBER;
  FUNCTION evaluate_text(p_expression IN VARCHAR2, p_vars IN t_vars) RETURN NUMBER;

  FUNCTION mode_factor(p_pay_mode IN VARCHAR2) RETURN NUMBER DETERMINISTIC;
  FUNCTION modal_premium(p_annual IN NUMBER, p_pay_mode IN VARCHAR2) RETURN NUMBER DETERMINISTIC;
  FUNCTION short_rate_factor(p_days IN NUMBER) RETURN NUMBER DETERMINISTIC;
  FUNCTION pro_rata(p_annual IN NUMBER, p_from IN DATE, p_to IN DATE) RETURN NUMBER DETERMINISTIC;
  FUNCTION ncd_factor(p_years IN NUMBER) RETURN NUMBER DETERMINISTIC;
  FUNCTION occupation_loading(p_occupation IN VARCHAR2) RETURN NUMBER;
  FUNCTION size_discount(p_sum_insured IN NUMBER) RETURN NUMBER;

  FUNCTION adjustment_pct(p_risk IN t_risk, p_trace IN OUT NOCOPY VARCHAR2) RETURN NUMBER;

  FUNCTION rate_coverage(p_risk IN t_risk, p_coverage_code IN VARCHAR2, p_sum_insured IN NUMBER DEFAULT NULL) RETURN t_premium_item;
  FUNCTION rate_product(p_risk IN t_risk, p_optional IN t_string_tab DEFAULT t_string_tab()) RETURN t_premium_item_tab;
  FUNCTION total_of(p_items IN t_premium_item_tab) RETURN NUMBER;
  FUNCTION total_premium(p_risk IN t_risk, p_optional IN t_string_tab DEFAULT t_string_tab()) RETURN NUMBER;

  -- 简化入口, 给网销调用
  FUNCTION quick_premium(p_product_code IN VARCHAR2, p_birth_date IN DATE, p_gender IN VARCHAR2, p_sum_insured IN NUMBER,
                         p_pay_mode IN VARCHAR2 DEFAULT 'Y', p_pay_term IN NUMBER DEFAULT 1) RETURN NUMBER;

  FUNCTION sum_insured_for(p_risk IN t_risk, p_target_premium IN NUMBER) RETURN NUMBER;
  FUNCTION premium_grid(p_product_code IN VARCHAR2, p_gender IN VARCHAR2, p_sum_insured IN NUMBER) RETURN SYS_REFCURSOR;
  PROCEDURE check_tables(p_product_code IN VARCHAR2 DEFAULT NULL);
END pkg_rating;
/
