CREATE OR REPLACE PACKAGE BODY ins_core.pkg_ref_cache
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_REF_CACHE';

  TYPE t_rate_map   IS TABLE OF NUMBER INDEX BY VARCHAR2(40);
  TYPE t_branch_map IS TABLE OF branch%ROWTYPE INDEX BY branch.branch_code%TYPE;
  TYPE t_stats IS RECORD
  (
    hits      PLS_INTEGER := 0,
    misses    PLS_INTEGER := 0,
    loads     PLS_INTEGER := 0,
    loaded_at TIMESTAMP
  );

  g_codes    t_type_map;
  g_params   t_param_map;
  g_rates    t_rate_map;
  g_branches t_branch_map;
  g_stats    t_stats;
  g_stamp    sys_parameter.param_value%TYPE;

  PROCEDURE load_params
  IS
  BEGIN
    g_params.DELETE;
    FOR r IN (SELECT * FROM sys_parameter) LOOP
      g_params(r.param_name) := r;
    END LOOP;
  END load_params;

  PROCEDURE load_codes(p_type IN VARCHAR2 DEFAULT NULL)
  IS
    l_rec t_code_rec;
  BEGIN
    IF p_type IS NULL THEN
      g_codes.DELETE;
    ELSIF g_codes.EXISTS(p_type) THEN
      g_codes.DELETE(p_type);
    END IF;

    FOR r IN (SELECT code_type, code_value, code_name, name_en, parent_value, sort_no, active_flag
                FROM ref_code
               WHERE (p_type IS NULL OR code_type = p_type)
                 AND SYSDATE BETWEEN valid_from AND valid_to
               ORDER BY code_type, sort_no, code_value)
    LOOP
      l_rec.code_name    := r.code_name;
      l_rec.name_en      := r.name_en;
      l_rec.parent_value := r.parent_value;
      l_rec.sort_no      := r.sort_no;
      l_rec.is_active    := r.active_flag = 'Y';
      g_codes(r.code_type)(r.code_value) := l_rec;
    END LOOP;
    g_stats.loads := g_stats.loads + 1;
  END load_codes;

  PROCEDURE load_branches
  IS
    TYPE t_branch_list IS TABLE OF branch%ROWTYPE;
    l_list t_branch_list;
  BEGIN
    SELECT * BULK COLLECT INTO l_list FROM branch;
    g_branches.DELETE;
    FOR i IN 1 .. l_list.COUNT LOOP
      g_branches(l_list(i).branch_code) := l_list(i);
    END LOOP;
  END load_branches;

  -- 其他会话改过参数? 每 1000 次访问看一次
  PROCEDURE check_stamp
  IS
    l_now sys_parameter.param_value%TYPE;
  BEGIN
    IF MOD(g_stats.hits + g_stats.misses, 1000) <> 0 THEN
      RETURN;
    END IF;
    SELECT MAX(param_value) INTO l_now FROM sys_parameter WHERE param_name = 'REF_CACHE_STAMP';
    IF NVL(l_now, '-') <> NVL(g_stamp, '-') THEN
      g_stamp := l_now;
      load_params;
      load_codes;
      g_rates.DELETE;
    END IF;
  END check_stamp;

  FUNCTION code_exists(p_type IN VARCHAR2, p_value IN VARCHAR2) RETURN BOOLEAN
  IS
  BEGIN
    check_stamp;
    IF p_type IS NULL OR p_value IS NULL THEN
      RETURN FALSE;
    END IF;
    IF g_codes.EXISTS(p_type) AND g_codes(p_type).EXISTS(p_value) THEN
      g_stats.hits := g_stats.hits + 1;
      RETURN g_codes(p_type)(p_value).is_active;
    END IF;
    g_stats.misses := g_stats.misses + 1;
    RETURN FALSE;
  END code_exists;

  FUNCTION code_name(p_type IN ref_code.code_type%TYPE, p_value IN VARCHAR2, p_strict IN BOOLEAN DEFAULT FALSE) RETURN VARCHAR2
  IS
  BEGIN
    IF code_exists(p_type, p_value) THEN
      RETURN CASE pkg_context.get_locale
               WHEN 'en_US' THEN NVL(g_codes(p_type)(p_value).name_en, g_codes(p_type)(p_value).code_name)
               ELSE g_codes(p_type)(p_value).code_name
             END;
    END IF;
    IF p_strict THEN
      pkg_err.raise_error(pkg_err.c_code_not_found, p_type, p_value);
    END IF;
    RETURN p_value;
  END code_name;

  FUNCTION name_of(p_type IN VARCHAR2, p_value IN VARCHAR2) RETURN VARCHAR2
  RESULT_CACHE
  IS
    l_name ref_code.code_name%TYPE;
  BEGIN
    SELECT code_name
      INTO l_name
      FROM ref_code
     WHERE code_type = p_type
       AND code_value = p_value;
    RETURN l_name;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN NULL;
  END name_of;

  FUNCTION code_of_name(p_type IN VARCHAR2, p_name IN VARCHAR2) RETURN VARCHAR2
  IS
    l_value ref_code.code_value%TYPE;
  BEGIN
    IF NOT g_codes.EXISTS(p_type) THEN
      RETURN NULL;
    END IF;
    l_value := g_codes(p_type).FIRST;
    <<search_codes>>
    WHILE l_value IS NOT NULL LOOP
      EXIT search_codes WHEN g_codes(p_type)(l_value).code_name = p_name
                          OR UPPER(g_codes(p_type)(l_value).name_en) = UPPER(p_name);
      l_value := g_codes(p_type).NEXT(l_value);
    END LOOP search_codes;
    RETURN l_value;
  END code_of_name;

  FUNCTION codes(p_type IN VARCHAR2) RETURN t_string_tab
  IS
    l_result t_string_tab := t_string_tab();
    l_value  ref_code.code_value%TYPE;
  BEGIN
    IF g_codes.EXISTS(p_type) THEN
      l_value := g_codes(p_type).FIRST;
      WHILE l_value IS NOT NULL LOOP
        l_result.EXTEND;
        l_result(l_result.COUNT) := l_value;
        l_value := g_codes(p_type).NEXT(l_value);
      END LOOP;
    END IF;
    RETURN l_result;
  END codes;

  FUNCTION children(p_type IN VARCHAR2, p_parent IN VARCHAR2) RETURN t_string_tab
  IS
    l_result t_string_tab;
  BEGIN
    SELECT code_value
      BULK COLLECT INTO l_result
      FROM ref_code
     WHERE code_type = p_type
     START WITH parent_value = p_parent AND code_type = p_type
   CONNECT BY NOCYCLE PRIOR code_value = parent_value
          AND PRIOR code_type = code_type
     ORDER SIBLINGS BY sort_no;
    RETURN l_result;
  END children;

  FUNCTION param(p_name IN VARCHAR2, p_default IN VARCHAR2 DEFAULT NULL) RETURN VARCHAR2
  IS
  BEGIN
    check_stamp;
    IF g_params.EXISTS(p_name) THEN
      g_stats.hits := g_stats.hits + 1;
      RETURN g_params(p_name).param_value;
    END IF;
    g_stats.misses := g_stats.misses + 1;
    IF p_default IS NULL THEN
      pkg_log.debug(c_module, 'parameter ' || p_name || ' not set');
    END IF;
    RETURN p_default;
  END param;

  FUNCTION param_number(p_name IN VARCHAR2, p_default IN NUMBER DEFAULT NULL) RETURN NUMBER
  IS
  BEGIN
    RETURN NVL(TO_NUMBER(param(p_name)), p_default);
  EXCEPTION
    WHEN VALUE_ERROR OR INVALID_NUMBER THEN
      pkg_log.warn(c_module, 'parameter ' || p_name || ' is not a number: ' || param(p_name));
      RETURN p_default;
  END param_number;

  FUNCTION param_date(p_name IN VARCHAR2, p_default IN DATE DEFAULT NULL) RETURN DATE
  IS
  BEGIN
    RETURN NVL(TO_DATE(param(p_name), pkg_const.c_date_mask), p_default);
  END param_date;

  FUNCTION param_flag(p_name IN VARCHAR2) RETURN BOOLEAN
  IS
  BEGIN
    RETURN UPPER(param(p_name, 'N')) IN ('Y', '1', 'TRUE');
  END param_flag;

  PROCEDURE store_param(p_name IN VARCHAR2, p_value IN VARCHAR2, p_data_type IN VARCHAR2)
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
  BEGIN
    MERGE INTO sys_parameter t
    USING (SELECT p_name AS param_name, p_value AS param_value FROM dual) s
       ON (t.param_name = s.param_name)
     WHEN MATCHED THEN
       UPDATE SET t.param_value = s.param_value, t.updated_by = USER, t.updated_at = SYSDATE
     WHEN NOT MATCHED THEN
       INSERT (param_name, param_value, data_type, updated_by, updated_at)
       VALUES (s.param_name, s.param_value, p_data_type, USER, SYSDATE);

    UPDATE sys_parameter
       SET param_value = TO_CHAR(SYSTIMESTAMP, 'YYYYMMDDHH24MISSFF6')
     WHERE param_name = 'REF_CACHE_STAMP';
    COMMIT;
    load_params;
  END store_param;

  PROCEDURE set_param(p_name IN VARCHAR2, p_value IN VARCHAR2)
  IS
  BEGIN
    store_param(p_name, p_value, 'S');
  END set_param;

  PROCEDURE set_param(p_name IN VARCHAR2, p_value IN NUMBER)
  IS
  BEGIN
    store_param(p_name, TO_CHAR(p_value, 'TM9'), 'N');
  END set_param;

  PROCEDURE set_param(p_name IN VARCHAR2, p_value IN DATE)
  IS
  BEGIN
    store_param(p_name, TO_CHAR(p_value, pkg_const.c_date_mask), 'D');
  END set_param;

  FUNCTION exchange_rate(p_from IN VARCHAR2, p_to IN VARCHAR2, p_date IN DATE DEFAULT SYSDATE, p_type IN VARCHAR2 DEFAULT 'M') RETURN NUMBER
  IS
    l_key  VARCHAR2(40);
    l_rate NUMBER;

    -- 取最近一个有汇率的日期
    FUNCTION lookup(p_f IN VARCHAR2, p_t IN VARCHAR2) RETURN NUMBER
    IS
      l_r NUMBER;
    BEGIN
      SELECT MAX(rate) KEEP (DENSE_RANK LAST ORDER BY rate_date)
        INTO l_r
        FROM exchange_rate x
       WHERE x.from_currency = p_f
         AND x.to_currency = p_t
         AND x.rate_type = p_type
         AND x.rate_date <= p_date;
      RETURN l_r;
    END lookup;
  BEGIN
    IF p_from = p_to THEN
      RETURN 1;
    END IF;
    l_key := p_from || p_to || p_type || TO_CHAR(p_date, 'YYYYMMDD');
    IF g_rates.EXISTS(l_key) THEN
      RETURN g_rates(l_key);
    END IF;

    l_rate := lookup(p_from, p_to);
    IF l_rate IS NULL THEN
      l_rate := 1 / NULLIF(lookup(p_to, p_from), 0);
    END IF;
    -- 通过人民币套算
    IF l_rate IS NULL AND p_from <> 'CNY' AND p_to <> 'CNY' THEN
      l_rate := exchange_rate(p_from, 'CNY', p_date, p_type) * exchange_rate('CNY', p_to, p_date, p_type);
    END IF;
    IF l_rate IS NULL THEN
      pkg_err.raise_error(pkg_err.c_code_not_found, 'EXCHANGE_RATE', p_from || '->' || p_to);
    END IF;
    g_rates(l_key) := l_rate;
    RETURN l_rate;
  END exchange_rate;

  FUNCTION convert_amount(p_amount IN NUMBER, p_from IN VARCHAR2, p_to IN VARCHAR2, p_date IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
  BEGIN
    RETURN ROUND(p_amount * exchange_rate(p_from, p_to, p_date), CASE p_to WHEN 'JPY' THEN 0 ELSE 2 END);
  END convert_amount;

  FUNCTION branch_name(p_branch_code IN VARCHAR2) RETURN VARCHAR2
  IS
  BEGIN
    RETURN g_branches(p_branch_code).branch_name;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      load_branches;
      IF g_branches.EXISTS(p_branch_code) THEN
        RETURN g_branches(p_branch_code).branch_name;
      END IF;
      RETURN NULL;
  END branch_name;

  FUNCTION branch_path(p_branch_code IN VARCHAR2) RETURN VARCHAR2
  IS
    l_code branch.branch_code%TYPE := p_branch_code;
    l_path VARCHAR2(1000);
    l_step PLS_INTEGER := 0;
  BEGIN
    WHILE l_code IS NOT NULL AND l_step < 10 LOOP
      IF NOT g_branches.EXISTS(l_code) THEN
        EXIT;
      END IF;
      l_path := NVL(g_branches(l_code).short_name, g_branches(l_code).branch_name)
                || CASE WHEN l_path IS NOT NULL THEN ' > ' || l_path END;
      l_code := g_branches(l_code).parent_code;
      l_step := l_step + 1;
    END LOOP;
    RETURN l_path;
  END branch_path;

  PROCEDURE refresh
  IS
  BEGIN
    load_params;
    load_codes;
    load_branches;
    g_rates.DELETE;
    g_stats.loaded_at := SYSTIMESTAMP;
    pkg_log.info(c_module, 'cache refreshed: ' || g_codes.COUNT || ' code types, ' || g_params.COUNT || ' parameters');
  END refresh;

  PROCEDURE dump_stats
  IS
    l_type ref_code.code_type%TYPE := g_codes.FIRST;
  BEGIN
    DBMS_OUTPUT.PUT_LINE('hits=' || g_stats.hits || ' misses=' || g_stats.misses
                         || ' loaded=' || TO_CHAR(g_stats.loaded_at, 'HH24:MI:SS.FF3'));
    WHILE l_type IS NOT NULL LOOP
      DBMS_OUTPUT.PUT_LINE(RPAD(l_type, 30) || TO_CHAR(g_codes(l_type).COUNT, '9990'));
      l_type := g_codes.NEXT(l_type);
    END LOOP;
  END dump_stats;

BEGIN
  -- 包初始化: 第一次引用时装载
  load_params;
  load_codes;
  load_branches;
  g_stats.loaded_at := SYSTIMESTAMP;
  IF g_params.EXISTS('REF_CACHE_STAMP') THEN
    g_stamp := g_params('REF_CACHE_STAMP').param_value;
  END IF;
EXCEPTION
  WHEN OTHERS THEN
    pkg_log.error(c_module, 'initialisation failed: ' || SQLERRM);
    RAISE;
END pkg_ref_cache;
/
