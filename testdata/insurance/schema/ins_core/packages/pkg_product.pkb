CREATE OR REPLACE PACKAGE BODY ins_core.pkg_product
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_PRODUCT';

  TYPE t_product_map IS TABLE OF product%ROWTYPE INDEX BY product.product_code%TYPE;
  g_products t_product_map;

  FUNCTION get_product(p_product_code IN product.product_code%TYPE) RETURN product%ROWTYPE
  IS
    l_row product%ROWTYPE;
  BEGIN
    IF p_product_code IS NULL THEN
      pkg_err.raise_error(pkg_err.c_product_not_found, '(null)');
    END IF;
    IF NOT g_products.EXISTS(p_product_code) THEN
      SELECT * INTO l_row FROM product WHERE product_code = p_product_code;
      g_products(p_product_code) := l_row;
    END IF;
    RETURN g_products(p_product_code);
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_product_not_found, p_product_code);
  END get_product;

  FUNCTION load_full(p_product_code IN product.product_code%TYPE, p_on IN DATE DEFAULT SYSDATE) RETURN t_product_rec
  IS
    l_rec t_product_rec;
  BEGIN
    l_rec.head := get_product(p_product_code);

    SELECT *
      BULK COLLECT INTO l_rec.coverages
      FROM coverage_def
     WHERE product_code = p_product_code
       AND p_on BETWEEN valid_from AND NVL(valid_to, p_on)
     ORDER BY sort_no;

    SELECT channel
      BULK COLLECT INTO l_rec.channels
      FROM product_channel
     WHERE product_code = p_product_code
       AND p_on BETWEEN NVL(open_from, p_on) AND NVL(open_to, p_on);

    l_rec.is_sold := is_on_sale(p_product_code, p_on) AND l_rec.channels.COUNT > 0;
    RETURN l_rec;
  END load_full;

  FUNCTION get_coverage(p_coverage_code IN coverage_def.coverage_code%TYPE) RETURN coverage_def%ROWTYPE
  IS
    l_row coverage_def%ROWTYPE;
  BEGIN
    SELECT * INTO l_row FROM coverage_def WHERE coverage_code = p_coverage_code;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_coverage_not_found, p_coverage_code);
  END get_coverage;

  FUNCTION open_coverages(p_product_code IN VARCHAR2, p_on IN DATE DEFAULT SYSDATE) RETURN rc_coverage
  IS
    l_cur rc_coverage;
  BEGIN
    OPEN l_cur FOR
      SELECT c.*
        FROM coverage_def c
       WHERE c.product_code = p_product_code
         AND TRUNC(p_on) >= c.valid_from
         AND TRUNC(p_on) <= NVL(c.valid_to, TO_DATE('31-12-9999', 'DD-MM-YYYY'))
       ORDER BY c.sort_no, c.coverage_code;
    RETURN l_cur;
  END open_coverages;

  FUNCTION is_on_sale(p_product_code IN VARCHAR2, p_on IN DATE DEFAULT SYSDATE, p_channel IN VARCHAR2 DEFAULT NULL) RETURN BOOLEAN
  IS
    l_product product%ROWTYPE := get_product(p_product_code);
    l_n       PLS_INTEGER;
  BEGIN
    IF l_product.status <> 'A' OR p_on < l_product.launch_date OR p_on >= NVL(l_product.withdraw_date, pkg_const.c_far_future) THEN
      RETURN FALSE;
    END IF;
    IF p_channel IS NOT NULL THEN
      SELECT COUNT(*)
        INTO l_n
        FROM product_channel
       WHERE product_code = p_product_code
         AND channel = p_channel
         AND p_on BETWEEN NVL(open_from, p_on) AND NVL(open_to, p_on);
      RETURN l_n > 0;
    END IF;
    RETURN TRUE;
  END is_on_sale;

  FUNCTION on_sale_flag(p_product_code IN VARCHAR2, p_on IN DATE DEFAULT SYSDATE) RETURN VARCHAR2
  IS
  BEGIN
    RETURN CASE WHEN is_on_sale(p_product_code, p_on) THEN 'Y' ELSE 'N' END;
  END on_sale_flag;

  PROCEDURE assert_sellable(p_product_code IN VARCHAR2, p_age IN NUMBER, p_sum_insured IN NUMBER, p_on IN DATE DEFAULT SYSDATE, p_channel IN VARCHAR2 DEFAULT NULL)
  IS
    l_product product%ROWTYPE := get_product(p_product_code);
  BEGIN
    IF NOT is_on_sale(p_product_code, p_on, p_channel) THEN
      pkg_err.raise_error(pkg_err.c_product_withdrawn, p_product_code, TO_CHAR(l_product.withdraw_date, 'YYYY-MM-DD'));
    END IF;
    IF p_age NOT BETWEEN l_product.min_age AND l_product.max_age THEN
      pkg_err.raise_error(pkg_err.c_age_out_of_range, p_age, l_product.min_age, l_product.max_age);
    END IF;
    IF p_sum_insured < l_product.min_sum_insured OR p_sum_insured > NVL(l_product.max_sum_insured, pkg_const.c_max_amount) THEN
      pkg_err.raise_error(pkg_err.c_si_out_of_range, p_sum_insured, l_product.min_sum_insured, l_product.max_sum_insured);
    END IF;
  END assert_sellable;

  FUNCTION attribute(p_product_code IN VARCHAR2, p_name IN VARCHAR2) RETURN VARCHAR2
  IS
    l_value VARCHAR2(4000);
  BEGIN
    -- JSON path cannot be bound
    EXECUTE IMMEDIATE
      'SELECT JSON_VALUE(attributes, ''$.' || DBMS_ASSERT.SIMPLE_SQL_NAME(p_name) || ''') FROM product WHERE product_code = :1'
      INTO l_value
      USING p_product_code;
    RETURN l_value;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN NULL;
  END attribute;

  PROCEDURE set_attribute(p_product_code IN VARCHAR2, p_name IN VARCHAR2, p_value IN VARCHAR2)
  IS
    l_json JSON_OBJECT_T;
    l_text CLOB;
  BEGIN
    SELECT attributes INTO l_text FROM product WHERE product_code = p_product_code FOR UPDATE;
    l_json := CASE WHEN l_text IS NULL THEN JSON_OBJECT_T() ELSE JSON_OBJECT_T.parse(l_text) END;
    IF p_value IS NULL THEN
      l_json.remove(p_name);
    ELSE
      l_json.put(p_name, p_value);
    END IF;
    UPDATE product SET attributes = l_json.to_clob() WHERE product_code = p_product_code;
    g_products.DELETE(p_product_code);
  END set_attribute;

  FUNCTION term_end(p_product_code IN VARCHAR2, p_start IN DATE) RETURN DATE
  IS
    l_product product%ROWTYPE := get_product(p_product_code);
  BEGIN
    RETURN pkg_util_date.add_term(p_start, l_product.term_type, l_product.term_value);
  END term_end;

  FUNCTION grace_end(p_product_code IN VARCHAR2, p_due IN DATE) RETURN DATE
  IS
  BEGIN
    RETURN p_due + get_product(p_product_code).grace_days;
  END grace_end;

  -- 组合检查: 返回第一个冲突说明, 无冲突返回 NULL
  FUNCTION compatible(p_codes IN t_string_tab) RETURN VARCHAR2
  IS
    l_text VARCHAR2(400);
  BEGIN
    SELECT MIN(CASE r.relation_type
                 WHEN 'EX' THEN r.product_code || '与' || r.related_code || '互斥'
                 WHEN 'RQ' THEN r.product_code || '必须同时投保' || r.related_code
               END)
      INTO l_text
      FROM product_relation r
     WHERE r.product_code IN (SELECT column_value FROM TABLE(p_codes))
       AND ((r.relation_type = 'EX' AND r.related_code IN (SELECT column_value FROM TABLE(p_codes)))
            OR (r.relation_type = 'RQ' AND r.related_code NOT IN (SELECT column_value FROM TABLE(p_codes))));
    RETURN l_text;
  END compatible;

  FUNCTION required_riders(p_product_code IN VARCHAR2) RETURN t_string_tab
  IS
    l_codes t_string_tab;
  BEGIN
    WITH req (code, depth) AS
    (
      SELECT related_code, 1
        FROM product_relation
       WHERE product_code = p_product_code
         AND relation_type = 'RQ'
      UNION ALL
      SELECT r.related_code, q.depth + 1
        FROM product_relation r
        JOIN req q ON r.product_code = q.code
       WHERE r.relation_type = 'RQ'
         AND q.depth < 5
    )
    SELECT DISTINCT code BULK COLLECT INTO l_codes FROM req;
    RETURN l_codes;
  END required_riders;

  PROCEDURE copy_product(p_from IN VARCHAR2, p_to IN VARCHAR2, p_name IN VARCHAR2, p_launch IN DATE)
  IS
    l_row  product%ROWTYPE := get_product(p_from);
    l_full t_product_rec := load_full(p_from);
    l_next rate_table.rate_table_id%TYPE;
  BEGIN
    l_row.product_code  := p_to;
    l_row.product_name  := p_name;
    l_row.launch_date   := p_launch;
    l_row.withdraw_date := NULL;
    l_row.reg_filing_no := NULL;
    l_row.created_at    := SYSDATE;
    INSERT INTO product VALUES l_row;

    FOR i IN 1 .. l_full.coverages.COUNT LOOP
      l_full.coverages(i).coverage_code := REPLACE(l_full.coverages(i).coverage_code, p_from, p_to);
      l_full.coverages(i).product_code  := p_to;
      l_full.coverages(i).valid_from    := p_launch;
    END LOOP;
    FORALL i IN 1 .. l_full.coverages.COUNT
      INSERT INTO coverage_def VALUES l_full.coverages(i);

    INSERT INTO product_channel (product_code, channel, max_discount, commission_cap, open_from)
    SELECT p_to, channel, max_discount, commission_cap, p_launch
      FROM product_channel
     WHERE product_code = p_from;

    FOR t IN (SELECT rt.*
                FROM rate_table rt, coverage_def cd
               WHERE rt.coverage_code = cd.coverage_code
                 AND cd.product_code = p_from
                 AND rt.valid_to IS NULL)
    LOOP
      SELECT NVL(MAX(rate_table_id), 0) + 1 INTO l_next FROM rate_table;
      INSERT INTO rate_table (rate_table_id, coverage_code, table_name, rate_unit, valid_from)
      VALUES (l_next, REPLACE(t.coverage_code, p_from, p_to), t.table_name || '(复制)', t.rate_unit, p_launch);
      INSERT /*+ APPEND */ INTO rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate)
      SELECT l_next, age, gender, pay_term, smoker_flag, rate
        FROM rate_cell
       WHERE rate_table_id = t.rate_table_id;
    END LOOP;
    pkg_log.info(c_module, '产品复制 ' || p_from || ' -> ' || p_to);
  END copy_product;

  PROCEDURE withdraw(p_product_code IN VARCHAR2, p_on IN DATE)
  IS
  BEGIN
    UPDATE product
       SET withdraw_date = TRUNC(p_on)
     WHERE product_code = p_product_code
       AND (withdraw_date IS NULL OR withdraw_date > p_on);
    IF SQL%NOTFOUND THEN
      pkg_err.raise_error(pkg_err.c_product_withdrawn, p_product_code, TO_CHAR(p_on, 'YYYY-MM-DD'));
    END IF;
    UPDATE product_channel SET open_to = TRUNC(p_on) WHERE product_code = p_product_code AND open_to IS NULL;
    UPDATE quotation
       SET status = 'X'
     WHERE product_code = p_product_code
       AND status IN ('N', 'C')
       AND valid_until >= p_on;
    g_products.DELETE(p_product_code);
  END withdraw;

  PROCEDURE load_clause(p_product_code IN VARCHAR2, p_clause_no IN VARCHAR2, p_xml IN CLOB)
  IS
    l_xml   XMLTYPE := XMLTYPE(p_xml);
    l_title VARCHAR2(200 CHAR);
  BEGIN
    SELECT EXTRACTVALUE(l_xml, '/clause/title') INTO l_title FROM dual;
    INSERT INTO product_clause (product_code, clause_no, title, clause_xml)
    VALUES (p_product_code, p_clause_no, NVL(l_title, p_clause_no), l_xml);
  END load_clause;

  FUNCTION clause_text(p_product_code IN VARCHAR2, p_clause_no IN VARCHAR2) RETURN CLOB
  IS
    l_text CLOB;
  BEGIN
    DBMS_LOB.CREATETEMPORARY(l_text, TRUE, DBMS_LOB.CALL);
    FOR r IN (SELECT x.para_no, x.para_text
                FROM product_clause c,
                     XMLTABLE('/clause/para' PASSING c.clause_xml
                              COLUMNS para_no   NUMBER              PATH '@no',
                                      para_text VARCHAR2(4000 CHAR) PATH '.') x
               WHERE c.product_code = p_product_code
                 AND c.clause_no = p_clause_no
                 AND c.valid_from = (SELECT MAX(c2.valid_from)
                                       FROM product_clause c2
                                      WHERE c2.product_code = c.product_code
                                        AND c2.clause_no = c.clause_no)
               ORDER BY x.para_no)
    LOOP
      DBMS_LOB.WRITEAPPEND(l_text, LENGTH('第' || r.para_no || '条 '), '第' || r.para_no || '条 ');
      IF r.para_text IS NOT NULL THEN
        DBMS_LOB.WRITEAPPEND(l_text, LENGTH(r.para_text), r.para_text);
      END IF;
      DBMS_LOB.WRITEAPPEND(l_text, 1, CHR(10));
    END LOOP;
    RETURN l_text;
  END clause_text;

  FUNCTION clause_titles(p_product_code IN VARCHAR2) RETURN t_string_tab PIPELINED
  IS
  BEGIN
    FOR r IN (SELECT clause_no || ' ' || title AS line
                FROM product_clause
               WHERE product_code = p_product_code
               ORDER BY LENGTH(clause_no), clause_no)
    LOOP
      PIPE ROW (r.line);
    END LOOP;
    RETURN;
  END clause_titles;

  -- CSV: age,gender,pay_term,smoker,rate
  PROCEDURE load_rates(p_coverage_code IN VARCHAR2, p_table_name IN VARCHAR2, p_csv IN CLOB, p_valid_from IN DATE)
  IS
    TYPE t_cell_tab IS TABLE OF rate_cell%ROWTYPE INDEX BY PLS_INTEGER;
    l_cells t_cell_tab;
    l_line  VARCHAR2(400);
    l_pos   PLS_INTEGER := 1;
    l_end   PLS_INTEGER;
    l_id    rate_table.rate_table_id%TYPE;
    l_cov   coverage_def%ROWTYPE := get_coverage(p_coverage_code);

    FUNCTION field(p_n IN PLS_INTEGER) RETURN VARCHAR2
    IS
    BEGIN
      RETURN TRIM(REGEXP_SUBSTR(l_line, '[^,]+', 1, p_n));
    END field;
  BEGIN
    SELECT NVL(MAX(rate_table_id), 0) + 1 INTO l_id FROM rate_table;
    UPDATE rate_table
       SET valid_to = p_valid_from - 1
     WHERE coverage_code = l_cov.coverage_code
       AND valid_to IS NULL;
    INSERT INTO rate_table (rate_table_id, coverage_code, table_name, valid_from, approved_by)
    VALUES (l_id, p_coverage_code, p_table_name, p_valid_from, pkg_context.get_user);

    <<lines>>
    LOOP
      l_end := INSTR(p_csv, CHR(10), l_pos);
      IF l_end = 0 THEN
        l_line := SUBSTR(p_csv, l_pos);
      ELSE
        l_line := SUBSTR(p_csv, l_pos, l_end - l_pos);
      END IF;
      l_line := RTRIM(l_line, CHR(13));

      IF l_line IS NOT NULL AND l_line NOT LIKE '#%' THEN
        l_cells(l_cells.COUNT + 1).rate_table_id := l_id;
        l_cells(l_cells.COUNT).age         := field(1);
        l_cells(l_cells.COUNT).gender      := field(2);
        l_cells(l_cells.COUNT).pay_term    := field(3);
        l_cells(l_cells.COUNT).smoker_flag := NVL(field(4), 'N');
        l_cells(l_cells.COUNT).rate        := TO_NUMBER(field(5), '9999990D99999999', 'NLS_NUMERIC_CHARACTERS=''.,''');
      END IF;
      EXIT lines WHEN l_end = 0;
      l_pos := l_end + 1;
    END LOOP lines;

    BEGIN
      FORALL i IN INDICES OF l_cells SAVE EXCEPTIONS
        INSERT INTO rate_cell VALUES l_cells(i);
    EXCEPTION
      WHEN pkg_err.e_bulk_errors THEN
        FOR j IN 1 .. SQL%BULK_EXCEPTIONS.COUNT LOOP
          pkg_log.warn(c_module,
                       '费率行 ' || SQL%BULK_EXCEPTIONS(j).ERROR_INDEX || ': ' || SQLERRM(-SQL%BULK_EXCEPTIONS(j).ERROR_CODE),
                       p_coverage_code);
        END LOOP;
        IF SQL%BULK_EXCEPTIONS.COUNT > l_cells.COUNT / 10 THEN
          pkg_err.raise_error(pkg_err.c_import_failed, p_table_name);
        END IF;
    END;
  END load_rates;

  FUNCTION cash_value(p_product_code IN VARCHAR2, p_entry_age IN NUMBER, p_gender IN VARCHAR2, p_pay_term IN NUMBER, p_years IN NUMBER, p_sum_insured IN NUMBER) RETURN NUMBER
  IS
    l_low  NUMBER;
    l_high NUMBER;
  BEGIN
    -- 整年取表值, 不足整年线性插值
    SELECT MAX(DECODE(policy_year, FLOOR(p_years), value_per_k)),
           MAX(DECODE(policy_year, CEIL(p_years), value_per_k))
      INTO l_low, l_high
      FROM cash_value cv
     WHERE cv.product_code = p_product_code
       AND cv.entry_age = p_entry_age
       AND cv.gender = p_gender
       AND cv.pay_term = p_pay_term
       AND cv.policy_year IN (FLOOR(p_years), CEIL(p_years));
    RETURN ROUND((NVL(l_low, 0) + (NVL(l_high, l_low) - NVL(l_low, 0)) * (p_years - FLOOR(p_years)))
                 * p_sum_insured / 1000, 2);
  END cash_value;

  PROCEDURE clear_cache
  IS
  BEGIN
    g_products.DELETE;
  END clear_cache;
END pkg_product;
/
