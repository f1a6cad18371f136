CREATE OR REPLACE PACKAGE BODY ins_core.pkg_rating
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_RATING';

  TYPE t_rate_cache IS TABLE OF NUMBER INDEX BY VARCHAR2(60);
  g_rates t_rate_cache;

  TYPE t_adjust_tab IS TABLE OF rating_adjustment%ROWTYPE;
  g_adjusts    t_adjust_tab;
  g_adjusts_at DATE;

  e_zero_divide_formula EXCEPTION;
  PRAGMA EXCEPTION_INIT(e_zero_divide_formula, -1476);

  FUNCTION base_rate(p_coverage_code IN VARCHAR2, p_age IN NUMBER, p_gender IN VARCHAR2,
                     p_pay_term IN NUMBER DEFAULT 1, p_smoker IN VARCHAR2 DEFAULT 'N',
                     p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_key  VARCHAR2(60);
    l_rate NUMBER;
  BEGIN
    l_key := p_coverage_code || '|' || p_age || '|' || p_gender || '|' || p_pay_term || '|' || p_smoker
             || '|' || TO_CHAR(p_on, 'YYYYMMDD');
    IF g_rates.EXISTS(l_key) THEN
      RETURN g_rates(l_key);
    END IF;

    -- 精确匹配优先, 其次性别/吸烟不分, 再次缴费期取较短
    SELECT MAX(rate / rate_unit)
             KEEP (DENSE_RANK FIRST ORDER BY DECODE(gender, p_gender, 0, 1),
                                             DECODE(smoker_flag, p_smoker, 0, 1),
                                             pay_term DESC)
      INTO l_rate
      FROM rate_table rt
      JOIN rate_cell  rc ON rc.rate_table_id = rt.rate_table_id
     WHERE rt.coverage_code = p_coverage_code
       AND p_on >= rt.valid_from
       AND p_on < NVL(rt.valid_to, DATE '9999-12-31') + 1
       AND rc.age = p_age
       AND rc.gender IN (p_gender, 'U')
       AND rc.smoker_flag IN (p_smoker, 'N')
       AND rc.pay_term <= p_pay_term;

    IF l_rate IS NULL THEN
      pkg_err.raise_error(pkg_err.c_rate_not_found, p_coverage_code, l_key);
    END IF;
    IF g_rates.COUNT > 5000 THEN
      g_rates.DELETE;
    END IF;
    g_rates(l_key) := l_rate;
    RETURN l_rate;
  END base_rate;

  FUNCTION evaluate_text(p_expression IN VARCHAR2, p_vars IN t_vars) RETURN NUMBER
  IS
    l_cur    INTEGER;
    l_rows   INTEGER;
    l_result NUMBER;
    l_name   VARCHAR2(30);
  BEGIN
    -- 只允许字母数字和运算符, 防注入
    IF NOT REGEXP_LIKE(p_expression, '^[A-Za-z0-9_:+*/(),.<>= -]+$') THEN
      pkg_err.raise_error(pkg_err.c_formula_error, p_expression, '非法字符');
    END IF;

    l_cur := DBMS_SQL.OPEN_CURSOR;
    DBMS_SQL.PARSE(l_cur, 'SELECT ' || p_expression || ' FROM dual', DBMS_SQL.NATIVE);
    DBMS_SQL.DEFINE_COLUMN(l_cur, 1, l_result);

    l_name := p_vars.FIRST;
    WHILE l_name IS NOT NULL LOOP
      IF REGEXP_INSTR(p_expression, ':' || l_name || '(\W|$)', 1, 1, 0, 'i') > 0 THEN
        DBMS_SQL.BIND_VARIABLE(l_cur, ':' || l_name, p_vars(l_name));
      END IF;
      l_name := p_vars.NEXT(l_name);
    END LOOP;

    l_rows := DBMS_SQL.EXECUTE_AND_FETCH(l_cur);
    IF l_rows = 1 THEN
      DBMS_SQL.COLUMN_VALUE(l_cur, 1, l_result);
    END IF;
    DBMS_SQL.CLOSE_CURSOR(l_cur);
    RETURN l_result;
  EXCEPTION
    WHEN e_zero_divide_formula THEN
      IF DBMS_SQL.IS_OPEN(l_cur) THEN
        DBMS_SQL.CLOSE_CURSOR(l_cur);
      END IF;
      RETURN 0;
    WHEN OTHERS THEN
      IF DBMS_SQL.IS_OPEN(l_cur) THEN
        DBMS_SQL.CLOSE_CURSOR(l_cur);
      END IF;
      IF pkg_err.is_business_error(SQLCODE) THEN
        RAISE;
      END IF;
      pkg_err.raise_error(pkg_err.c_formula_error, SUBSTR(p_expression, 1, 200), SQLERRM);
  END evaluate_text;

  FUNCTION evaluate(p_formula_code IN VARCHAR2, p_vars IN t_vars) RETURN NUMBER
  IS
    l_formula rating_formula%ROWTYPE;
    l_value   NUMBER;
  BEGIN
    SELECT *
      INTO l_formula
      FROM rating_formula
     WHERE formula_code = p_formula_code
       AND SYSDATE BETWEEN valid_from AND NVL(valid_to, SYSDATE);
    l_value := ROUND(evaluate_text(l_formula.expression, p_vars), l_formula.round_digits);
    RETURN LEAST(GREATEST(l_value, NVL(l_formula.min_premium, l_value)), NVL(l_formula.max_premium, 1E15));
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_formula_error, p_formula_code, '公式不存在或已失效');
  END evaluate;

  FUNCTION mode_factor(p_pay_mode IN VARCHAR2) RETURN NUMBER DETERMINISTIC
  IS
  BEGIN
    RETURN CASE p_pay_mode
             WHEN 'Y' THEN 1
             WHEN 'H' THEN 0.52
             WHEN 'Q' THEN 0.262
             WHEN 'M' THEN 0.088
             WHEN 'S' THEN 1
           END;
  EXCEPTION
    WHEN CASE_NOT_FOUND THEN
      RETURN 1;
  END mode_factor;

  FUNCTION modal_premium(p_annual IN NUMBER, p_pay_mode IN VARCHAR2) RETURN NUMBER DETERMINISTIC
  IS
  BEGIN
    RETURN ROUND(p_annual * NVL(mode_factor(p_pay_mode), 1), 2);
  END modal_premium;

  -- 短期费率表 (财产险), 百分比
  FUNCTION short_rate_factor(p_days IN NUMBER) RETURN NUMBER DETERMINISTIC
  IS
    l_months PLS_INTEGER := CEIL(p_days / 30.4);
  BEGIN
    IF    l_months <= 0  THEN RETURN 0;
    ELSIF l_months = 1   THEN RETURN 0.10;
    ELSIF l_months = 2   THEN RETURN 0.20;
    ELSIF l_months = 3   THEN RETURN 0.30;
    ELSIF l_months = 4   THEN RETURN 0.40;
    ELSIF l_months = 5   THEN RETURN 0.50;
    ELSIF l_months = 6   THEN RETURN 0.60;
    ELSIF l_months = 7   THEN RETURN 0.70;
    ELSIF l_months = 8   THEN RETURN 0.80;
    ELSIF l_months = 9   THEN RETURN 0.85;
    ELSIF l_months = 10  THEN RETURN 0.90;
    ELSIF l_months = 11  THEN RETURN 0.95;
    END IF;
    RETURN 1;
  END short_rate_factor;

  FUNCTION pro_rata(p_annual IN NUMBER, p_from IN DATE, p_to IN DATE) RETURN NUMBER DETERMINISTIC
  IS
  BEGIN
    RETURN ROUND(p_annual * (TRUNC(p_to) - TRUNC(p_from)) / 365, 2);
  END pro_rata;

  FUNCTION ncd_factor(p_years IN NUMBER) RETURN NUMBER DETERMINISTIC
  IS
  BEGIN
    RETURN CASE
             WHEN p_years >= 3 THEN 0.6
             WHEN p_years = 2 THEN 0.7
             WHEN p_years = 1 THEN 0.85
             WHEN p_years = 0 THEN 1
             ELSE LEAST(1 + ABS(p_years) * 0.25, 2)    -- 负数为出险次数
           END;
  END ncd_factor;

  FUNCTION occupation_loading(p_occupation IN VARCHAR2) RETURN NUMBER
  IS
    l_class ref_code.parent_value%TYPE;
  BEGIN
    IF p_occupation IS NULL THEN
      RETURN 0;
    END IF;
    SELECT parent_value
      INTO l_class
      FROM ref_code
     WHERE code_type = 'OCCUPATION'
       AND code_value = p_occupation;
    RETURN CASE l_class WHEN '1' THEN 0 WHEN '2' THEN 0 WHEN '3' THEN 25 WHEN '4' THEN 75 WHEN '5' THEN 150 ELSE 300 END;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN 50;
  END occupation_loading;

  FUNCTION size_discount(p_sum_insured IN NUMBER) RETURN NUMBER
  IS
    l_bounds t_number_tab := t_number_tab(1000000, 500000, 300000, 100000);
    l_pcts   t_number_tab := t_number_tab(8, 5, 3, 1);
  BEGIN
    FOR i IN l_bounds.FIRST .. l_bounds.LAST LOOP
      IF p_sum_insured >= l_bounds(i) THEN
        RETURN l_pcts(i);
      END IF;
    END LOOP;
    RETURN 0;
  END size_discount;

  PROCEDURE load_adjustments
  IS
  BEGIN
    IF g_adjusts_at > SYSDATE - 1 / 24 / 6 THEN    -- 10 分钟
      RETURN;
    END IF;
    SELECT * BULK COLLECT INTO g_adjusts FROM rating_adjustment ORDER BY priority, adjust_code;
    g_adjusts_at := SYSDATE;
  END load_adjustments;

  FUNCTION factor_value(p_risk IN t_risk, p_name IN VARCHAR2) RETURN VARCHAR2
  IS
  BEGIN
    RETURN CASE p_name
             WHEN 'AGE'        THEN TO_CHAR(p_risk.age)
             WHEN 'GENDER'     THEN p_risk.gender
             WHEN 'SMOKER'     THEN p_risk.smoker
             WHEN 'CHANNEL'    THEN p_risk.channel
             WHEN 'PAY_MODE'   THEN p_risk.pay_mode
             WHEN 'PAY_TERM'   THEN TO_CHAR(p_risk.pay_term)
             WHEN 'OCCUPATION' THEN p_risk.occupation
             WHEN 'SI'         THEN TO_CHAR(p_risk.sum_insured)
             WHEN 'SEATS'      THEN TO_CHAR(p_risk.seats)
             WHEN 'NCD'        THEN TO_CHAR(p_risk.ncd_years)
           END;
  END factor_value;

  FUNCTION matches(p_value IN VARCHAR2, p_adjust IN rating_adjustment%ROWTYPE) RETURN BOOLEAN
  IS
  BEGIN
    IF p_value IS NULL THEN
      RETURN FALSE;
    END IF;
    CASE p_adjust.operator
      WHEN '='  THEN RETURN p_value = p_adjust.low_value;
      WHEN '<>' THEN RETURN p_value <> p_adjust.low_value;
      WHEN '>=' THEN RETURN TO_NUMBER(p_value) >= TO_NUMBER(p_adjust.low_value);
      WHEN '<=' THEN RETURN TO_NUMBER(p_value) <= TO_NUMBER(p_adjust.low_value);
      WHEN 'BT' THEN RETURN TO_NUMBER(p_value) BETWEEN TO_NUMBER(p_adjust.low_value) AND TO_NUMBER(p_adjust.high_value);
      WHEN 'IN' THEN RETURN INSTR(',' || p_adjust.low_value || ',', ',' || p_value || ',') > 0;
    END CASE;
  EXCEPTION
    WHEN CASE_NOT_FOUND THEN
      pkg_log.warn(c_module, '未知运算符 ' || p_adjust.operator, p_adjust.adjust_code);
      RETURN FALSE;
    WHEN VALUE_ERROR THEN
      RETURN FALSE;
  END matches;

  FUNCTION adjustment_pct(p_risk IN t_risk, p_trace IN OUT NOCOPY VARCHAR2) RETURN NUMBER
  IS
    l_total NUMBER := 0;
    l_best  NUMBER := 0;     -- 不可叠加的优惠只取最大的一个
    l_cap   NUMBER;
  BEGIN
    load_adjustments;
    FOR i IN 1 .. g_adjusts.COUNT LOOP
      CONTINUE WHEN g_adjusts(i).product_code IS NOT NULL AND g_adjusts(i).product_code <> p_risk.product_code;
      CONTINUE WHEN NOT matches(factor_value(p_risk, g_adjusts(i).factor_name), g_adjusts(i));
      IF g_adjusts(i).stackable = 'Y' THEN
        l_total := l_total + g_adjusts(i).adjust_pct;
      ELSE
        l_best := LEAST(l_best, g_adjusts(i).adjust_pct);
      END IF;
      p_trace := SUBSTR(p_trace || g_adjusts(i).adjust_code || TO_CHAR(g_adjusts(i).adjust_pct, 'S990D0') || '%; ', 1, 1000);
    END LOOP;
    l_total := l_total + l_best + occupation_loading(p_risk.occupation);

    -- 渠道优惠上限
    IF l_total < 0 THEN
      SELECT MAX(max_discount)
        INTO l_cap
        FROM product_channel
       WHERE product_code = p_risk.product_code
         AND channel = p_risk.channel;
      l_total := GREATEST(l_total, -NVL(l_cap, 0));
    END IF;
    RETURN l_total;
  END adjustment_pct;

  FUNCTION rate_coverage(p_risk IN t_risk, p_coverage_code IN VARCHAR2, p_sum_insured IN NUMBER DEFAULT NULL) RETURN t_premium_item
  IS
    l_cov     coverage_def%ROWTYPE := pkg_product.get_coverage(p_coverage_code);
    l_product product%ROWTYPE := pkg_product.get_product(l_cov.product_code);
    l_item    t_premium_item := t_premium_item(p_coverage_code, NULL, NULL, 0, 0, 0, 0, NULL);
    l_vars    t_vars;
    l_pct     NUMBER;
    l_trace   VARCHAR2(1000 CHAR);
    l_code    rating_formula.formula_code%TYPE;
  BEGIN
    l_item.sum_insured := NVL(p_sum_insured, ROUND(p_risk.sum_insured * l_cov.si_ratio, 2));

    CASE l_product.rate_basis
      WHEN 'TB' THEN
        l_item.rate := base_rate(p_coverage_code, p_risk.age, p_risk.gender, p_risk.pay_term, p_risk.smoker, p_risk.on_date);
        l_item.base_premium := ROUND(l_item.sum_insured * l_item.rate, 2);
      WHEN 'FM' THEN
        SELECT MIN(formula_code) INTO l_code FROM rating_formula
         WHERE coverage_code = p_coverage_code
           AND p_risk.on_date BETWEEN TRUNC(valid_from) AND NVL(valid_to, p_risk.on_date);
        IF l_code IS NULL THEN
          pkg_err.raise_error(pkg_err.c_rate_not_found, l_cov.product_code, p_coverage_code);
        END IF;
        l_vars('SI')    := l_item.sum_insured;
        l_vars('AGE')   := p_risk.age;
        l_vars('TERM')  := p_risk.pay_term;
        l_vars('VALUE') := NVL(p_risk.object_value, l_item.sum_insured);
        l_vars('SEATS') := NVL(p_risk.seats, 5);
        l_vars('AREA')  := NVL(p_risk.floor_area, 0);
        l_vars('NCD')   := ncd_factor(p_risk.ncd_years);
        l_item.base_premium := evaluate(l_code, l_vars);
        l_item.rate := l_item.base_premium / NULLIF(l_item.sum_insured, 0);
      WHEN 'FX' THEN
        l_item.base_premium := NVL(TO_NUMBER(pkg_product.attribute(l_cov.product_code, 'fixedPremium')), 100);
      ELSE
        RAISE CASE_NOT_FOUND;
    END CASE;

    l_pct := adjustment_pct(p_risk, l_trace);
    IF l_pct >= 0 THEN
      l_item.loading := ROUND(l_item.base_premium * l_pct / 100, 2);
    ELSE
      l_item.discount := ROUND(l_item.base_premium * -l_pct / 100, 2);
    END IF;
    IF l_product.line_of_business = pkg_const.c_lob_life THEN
      l_item.discount := l_item.discount + ROUND(l_item.base_premium * size_discount(l_item.sum_insured) / 100, 2);
    END IF;
    l_item.final_premium := l_item.base_premium + l_item.loading - l_item.discount;
    l_item.explanation := NVL(l_trace, '标准费率');
    RETURN l_item;
  END rate_coverage;

  FUNCTION rate_product(p_risk IN t_risk, p_optional IN t_string_tab DEFAULT t_string_tab()) RETURN t_premium_item_tab
  IS
    l_items t_premium_item_tab := t_premium_item_tab();
    l_full  pkg_product.t_product_rec := pkg_product.load_full(p_risk.product_code, p_risk.on_date);
  BEGIN
    pkg_product.assert_sellable(p_risk.product_code, p_risk.age, p_risk.sum_insured, p_risk.on_date, p_risk.channel);
    FOR i IN 1 .. l_full.coverages.COUNT LOOP
      IF l_full.coverages(i).mandatory_flag = 'Y'
         OR l_full.coverages(i).coverage_code MEMBER OF p_optional
      THEN
        l_items.EXTEND;
        l_items(l_items.LAST) := rate_coverage(p_risk, l_full.coverages(i).coverage_code);
      END IF;
    END LOOP;
    IF l_items IS EMPTY THEN
      pkg_err.raise_error(pkg_err.c_coverage_not_found, p_risk.product_code);
    END IF;
    RETURN l_items;
  END rate_product;

  FUNCTION total_of(p_items IN t_premium_item_tab) RETURN NUMBER
  IS
    l_total NUMBER;
  BEGIN
    SELECT NVL(SUM(t.final_premium), 0) INTO l_total FROM TABLE(p_items) t;
    RETURN l_total;
  END total_of;

  FUNCTION total_premium(p_risk IN t_risk, p_optional IN t_string_tab DEFAULT t_string_tab()) RETURN NUMBER
  IS
  BEGIN
    RETURN total_of(rate_product(p_risk, p_optional));
  END total_premium;

  FUNCTION quick_premium(p_product_code IN VARCHAR2, p_birth_date IN DATE, p_gender IN VARCHAR2, p_sum_insured IN NUMBER,
                         p_pay_mode IN VARCHAR2 DEFAULT 'Y', p_pay_term IN NUMBER DEFAULT 1) RETURN NUMBER
  IS
    l_risk t_risk;
  BEGIN
    l_risk.product_code := p_product_code;
    l_risk.age          := pkg_util_date.age_at(p_birth_date);
    l_risk.gender       := p_gender;
    l_risk.sum_insured  := p_sum_insured;
    l_risk.pay_mode     := p_pay_mode;
    l_risk.pay_term     := p_pay_term;
    l_risk.channel      := pkg_const.c_ch_online;
    RETURN modal_premium(total_premium(l_risk), p_pay_mode);
  END quick_premium;

  -- 反算: 给定保费求保额, 二分法
  FUNCTION sum_insured_for(p_risk IN t_risk, p_target_premium IN NUMBER) RETURN NUMBER
  IS
    l_product product%ROWTYPE := pkg_product.get_product(p_risk.product_code);
    l_risk    t_risk := p_risk;
    l_low     NUMBER := NVL(l_product.min_sum_insured, 1000);
    l_high    NUMBER := NVL(l_product.max_sum_insured, 10000000);
    l_premium NUMBER;
    l_round   PLS_INTEGER := 0;
  BEGIN
    WHILE l_high - l_low > 1000 AND l_round < 40 LOOP
      l_round := l_round + 1;
      l_risk.sum_insured := ROUND((l_low + l_high) / 2, -3);
      l_premium := total_premium(l_risk);
      IF l_premium = p_target_premium THEN
        GOTO found;
      ELSIF l_premium > p_target_premium THEN
        l_high := l_risk.sum_insured;
      ELSE
        l_low := l_risk.sum_insured;
      END IF;
    END LOOP;
    l_risk.sum_insured := l_low;
    <<found>>
    RETURN l_risk.sum_insured;
  END sum_insured_for;

  FUNCTION premium_grid(p_product_code IN VARCHAR2, p_gender IN VARCHAR2, p_sum_insured IN NUMBER) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT *
        FROM (SELECT rc.age, rc.pay_term, ROUND(rc.rate / rt.rate_unit * p_sum_insured, 2) AS premium
                FROM rate_table rt, rate_cell rc, coverage_def cd
               WHERE rt.rate_table_id = rc.rate_table_id
                 AND cd.coverage_code = rt.coverage_code
                 AND cd.product_code = p_product_code
                 AND cd.mandatory_flag = 'Y'
                 AND rt.valid_to IS NULL
                 AND rc.smoker_flag = 'N'
                 AND rc.gender IN (p_gender, 'U'))
       PIVOT (SUM(premium) FOR pay_term IN (1 AS pay_1, 5 AS pay_5, 10 AS pay_10, 20 AS pay_20))
       ORDER BY age;
    RETURN l_cur;
  END premium_grid;

  -- 费率表完整性: 年龄缺口、跳变
  PROCEDURE check_tables(p_product_code IN VARCHAR2 DEFAULT NULL)
  IS
    CURSOR c_gaps(cp_product VARCHAR2) IS
      SELECT rate_table_id, coverage_code, gender, pay_term, age, next_age, rate, next_rate
        FROM (SELECT rt.rate_table_id, rt.coverage_code, rc.gender, rc.pay_term, rc.age, rc.rate,
                     LEAD(rc.age)  OVER (PARTITION BY rt.rate_table_id, rc.gender, rc.pay_term, rc.smoker_flag ORDER BY rc.age) AS next_age,
                     LEAD(rc.rate) OVER (PARTITION BY rt.rate_table_id, rc.gender, rc.pay_term, rc.smoker_flag ORDER BY rc.age) AS next_rate
                FROM rate_table rt
                     INNER JOIN rate_cell rc ON rc.rate_table_id = rt.rate_table_id
                     INNER JOIN coverage_def cd ON cd.coverage_code = rt.coverage_code
               WHERE cp_product IS NULL OR cd.product_code = cp_product)
       WHERE next_age - age > 1
          OR next_rate > rate * 1.5;
  BEGIN
    FOR g IN c_gaps(p_product_code) LOOP
      DBMS_OUTPUT.PUT_LINE(g.coverage_code || '/' || g.gender || '/' || g.pay_term || ': '
                           || CASE WHEN g.next_age - g.age > 1
                                   THEN '年龄 ' || g.age || '-' || g.next_age || ' 缺失'
                                   ELSE '费率跳变 ' || TO_CHAR(g.rate, 'FM990.0000') || ' -> ' || TO_CHAR(g.next_rate, 'FM990.0000')
                              END);
    END LOOP;
  END check_tables;
END pkg_rating;
/
