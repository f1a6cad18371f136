CREATE OR REPLACE PACKAGE BODY ins_core.pkg_document
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_DOCUMENT';
  c_open   CONSTANT VARCHAR2(2)  := '{{';
  c_close  CONSTANT VARCHAR2(2)  := '}}';

  FUNCTION active_template(p_template_code IN VARCHAR2) RETURN doc_template%ROWTYPE
  IS
    l_row doc_template%ROWTYPE;
  BEGIN
    SELECT *
      INTO l_row
      FROM doc_template t
     WHERE t.template_code = p_template_code
       AND t.version_no = (SELECT MAX(version_no) FROM doc_template WHERE template_code = p_template_code AND active_flag = 'Y');
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_code_not_found, 'DOC_TEMPLATE', p_template_code);
  END active_template;

  FUNCTION html_escape(p_text IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC
  IS
  BEGIN
    RETURN REPLACE(REPLACE(REPLACE(REPLACE(p_text, CHR(38), CHR(38) || 'amp;'), '<', CHR(38) || 'lt;'), '>', CHR(38) || 'gt;'), '"', CHR(38) || 'quot;');
  END html_escape;

  -- 人民币大写
  FUNCTION amount_in_words(p_amount IN NUMBER) RETURN VARCHAR2 DETERMINISTIC
  IS
    c_digits CONSTANT VARCHAR2(30 CHAR) := '零壹贰叁肆伍陆柒捌玖';
    TYPE t_units IS VARRAY(13) OF VARCHAR2(6 CHAR);
    l_units t_units := t_units('元', '拾', '佰', '仟', '万', '拾', '佰', '仟', '亿', '拾', '佰', '仟', '万');
    l_int   VARCHAR2(20) := TO_CHAR(TRUNC(ABS(p_amount)), 'FM9999999999990');
    l_cents PLS_INTEGER := ROUND(MOD(ABS(p_amount), 1) * 100);
    l_len   PLS_INTEGER := LENGTH(l_int);
    l_text  VARCHAR2(400 CHAR);
    l_digit PLS_INTEGER;
    l_zero  BOOLEAN := FALSE;
  BEGIN
    IF p_amount IS NULL THEN
      RETURN NULL;
    END IF;
    FOR i IN 1 .. l_len LOOP
      l_digit := TO_NUMBER(SUBSTR(l_int, i, 1));
      IF l_digit = 0 THEN
        l_zero := TRUE;
        IF l_len - i IN (0, 4, 8) THEN
          l_text := l_text || l_units(l_len - i + 1);
          l_zero := FALSE;
        END IF;
      ELSE
        IF l_zero THEN
          l_text := l_text || '零';
          l_zero := FALSE;
        END IF;
        l_text := l_text || SUBSTR(c_digits, l_digit + 1, 1) || l_units(l_len - i + 1);
      END IF;
    END LOOP;

    IF l_cents = 0 THEN
      l_text := l_text || '整';
    ELSE
      IF TRUNC(l_cents / 10) > 0 THEN
        l_text := l_text || SUBSTR(c_digits, TRUNC(l_cents / 10) + 1, 1) || '角';
      END IF;
      IF MOD(l_cents, 10) > 0 THEN
        l_text := l_text || SUBSTR(c_digits, MOD(l_cents, 10) + 1, 1) || '分';
      END IF;
    END IF;
    RETURN CASE WHEN p_amount < 0 THEN '负' END || l_text;
  END amount_in_words;

  FUNCTION placeholders(p_body IN CLOB) RETURN t_string_tab
  IS
    l_names t_string_tab := t_string_tab();
    l_pos   PLS_INTEGER := 1;
    l_end   PLS_INTEGER;
    l_name  VARCHAR2(40);
  BEGIN
    LOOP
      l_pos := DBMS_LOB.INSTR(p_body, c_open, l_pos);
      EXIT WHEN NVL(l_pos, 0) = 0;
      l_end := DBMS_LOB.INSTR(p_body, c_close, l_pos);
      EXIT WHEN l_end = 0;
      l_name := TRIM(DBMS_LOB.SUBSTR(p_body, LEAST(l_end - l_pos - 2, 40), l_pos + 2));
      IF l_name NOT MEMBER OF l_names THEN
        l_names.EXTEND;
        l_names(l_names.COUNT) := l_name;
      END IF;
      l_pos := l_end + 2;
    END LOOP;
    RETURN l_names;
  END placeholders;

  FUNCTION missing_values(p_template_code IN VARCHAR2, p_values IN t_values) RETURN t_string_tab
  IS
    l_wanted t_string_tab := placeholders(active_template(p_template_code).body);
    l_given  t_string_tab := t_string_tab();
    l_name   VARCHAR2(40) := p_values.FIRST;
  BEGIN
    WHILE l_name IS NOT NULL LOOP
      l_given.EXTEND;
      l_given(l_given.LAST) := l_name;
      l_name := p_values.NEXT(l_name);
    END LOOP;
    RETURN l_wanted MULTISET EXCEPT DISTINCT l_given;
  END missing_values;

  FUNCTION render(p_template_code IN VARCHAR2, p_values IN t_values) RETURN CLOB
  IS
    l_body  CLOB := active_template(p_template_code).body;
    l_out   CLOB;
    l_from  PLS_INTEGER := 1;
    l_pos   PLS_INTEGER;
    l_end   PLS_INTEGER;
    l_name  VARCHAR2(40);
    l_value VARCHAR2(32767);

    PROCEDURE put(p_text IN VARCHAR2)
    IS
    BEGIN
      IF p_text IS NOT NULL THEN
        DBMS_LOB.WRITEAPPEND(l_out, LENGTH(p_text), p_text);
      END IF;
    END put;
  BEGIN
    DBMS_LOB.CREATETEMPORARY(l_out, TRUE, DBMS_LOB.SESSION);
    LOOP
      l_pos := DBMS_LOB.INSTR(l_body, c_open, l_from);
      IF l_pos = 0 THEN
        IF DBMS_LOB.GETLENGTH(l_body) >= l_from THEN
          DBMS_LOB.COPY(l_out, l_body, DBMS_LOB.LOBMAXSIZE, DBMS_LOB.GETLENGTH(l_out) + 1, l_from);
        END IF;
        EXIT;
      END IF;
      put(DBMS_LOB.SUBSTR(l_body, l_pos - l_from, l_from));
      l_end := DBMS_LOB.INSTR(l_body, c_close, l_pos);
      IF l_end = 0 THEN
        pkg_err.raise_error(pkg_err.c_formula_error, p_template_code, '占位符未闭合 @' || l_pos);
      END IF;
      l_name := UPPER(TRIM(DBMS_LOB.SUBSTR(l_body, l_end - l_pos - 2, l_pos + 2)));
      IF p_values.EXISTS(l_name) THEN
        l_value := html_escape(p_values(l_name));
      ELSE
        l_value := q'[<span class="missing">]' || l_name || '</span>';
        pkg_log.warn(c_module, '模板 ' || p_template_code || ' 缺值 ' || l_name);
      END IF;
      put(l_value);
      l_from := l_end + 2;
    END LOOP;
    RETURN l_out;
  END render;

  FUNCTION policy_values(p_policy_id IN NUMBER) RETURN t_values
  IS
    l_full   pkg_policy.t_policy_full := pkg_policy.get_full(p_policy_id);
    l_values t_values;
    l_addr   t_address;
    l_list   VARCHAR2(4000);
  BEGIN
    l_values('POLICY_NO')      := l_full.head.policy_no;
    l_values('PRODUCT_NAME')   := pkg_product.get_product(l_full.head.product_code).product_name;
    l_values('HOLDER_NAME')    := l_full.holder.full_name;
    l_values('HOLDER_ID')      := pkg_party.masked_id(l_full.holder.id_no);
    l_values('INSURED_NAME')   := l_full.insured.full_name;
    l_values('EFFECTIVE_DATE') := pkg_util_date.to_cn_date(l_full.head.effective_date);
    l_values('EXPIRY_DATE')    := NVL(pkg_util_date.to_cn_date(l_full.head.expiry_date), '终身');
    l_values('SUM_INSURED')    := TO_CHAR(l_full.head.sum_insured, 'FM999G999G999G990D00');
    l_values('SUM_WORDS')      := amount_in_words(l_full.head.sum_insured);
    l_values('PREMIUM')        := LTRIM(TO_CHAR(l_full.head.annual_premium, '999,999,990.00'));
    l_values('PREMIUM_WORDS')  := amount_in_words(l_full.head.annual_premium);
    l_values('PAY_MODE')       := pkg_ref_cache.code_name('PAY_MODE', l_full.head.pay_mode);
    l_values('BENEFICIARIES')  := pkg_policy.beneficiaries_text(p_policy_id);
    l_values('BRANCH')         := pkg_ref_cache.branch_name(l_full.head.branch_code);
    l_values('PRINT_DATE')     := pkg_util_date.to_cn_date(SYSDATE);
    l_addr := pkg_party.current_address(l_full.head.holder_id);
    IF l_addr IS NOT NULL THEN
      l_values('HOLDER_ADDRESS') := l_addr.full_text();
    ELSE
      l_values('HOLDER_ADDRESS') := '';
    END IF;
    FOR i IN 1 .. l_full.coverages.COUNT LOOP
      l_list := l_list || pkg_product.get_coverage(l_full.coverages(i).coverage_code).coverage_name || ' '
                || TO_CHAR(l_full.coverages(i).sum_insured, 'FM999G999G990') || CHR(10);
    END LOOP;
    l_values('COVERAGES') := RTRIM(l_list, CHR(10));
    RETURN l_values;
  END policy_values;

  FUNCTION policy_xml(p_policy_id IN NUMBER) RETURN XMLTYPE
  IS
    l_xml XMLTYPE;
  BEGIN
    SELECT XMLROOT(
             XMLELEMENT("Policy", XMLATTRIBUTES(p.policy_no AS "PolicyNo", p.version_no AS "Version"),
               XMLELEMENT("Product", d.product_name),
               XMLELEMENT("Holder", XMLFOREST(h.full_name AS "Name", h.mobile AS "Mobile")),
               XMLELEMENT("Insured", XMLFOREST(i.full_name AS "Name", TO_CHAR(i.birth_date, 'YYYY-MM-DD') AS "Birth")),
               (SELECT XMLAGG(XMLELEMENT("Coverage", XMLATTRIBUTES(c.coverage_code AS "Code"),
                                         XMLFOREST(c.sum_insured AS "SumInsured", c.net_premium AS "Premium"))
                              ORDER BY c.coverage_seq)
                  FROM policy_coverage c
                 WHERE c.policy_id = p.policy_id),
               XMLCOMMENT('generated ' || TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI:SS'))),
             VERSION '1.0', STANDALONE YES)
      INTO l_xml
      FROM policy p, product d, party h, party i
     WHERE p.policy_id = p_policy_id
       AND d.product_code = p.product_code
       AND h.party_id = p.holder_id
       AND i.party_id = p.insured_id;
    RETURN l_xml;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_policy_not_found, p_policy_id);
  END policy_xml;

  FUNCTION xml_text(p_policy_id IN NUMBER) RETURN CLOB
  IS
    l_xml  XMLTYPE := policy_xml(p_policy_id);
    l_text CLOB;
  BEGIN
    SELECT XMLSERIALIZE(DOCUMENT l_xml AS CLOB INDENT SIZE = 2) INTO l_text FROM dual;
    RETURN l_text;
  END xml_text;

  FUNCTION create_policy_document(p_policy_id IN NUMBER, p_template_code IN VARCHAR2 DEFAULT 'POLICY') RETURN doc_instance.doc_id%TYPE
  IS
    l_template doc_template%ROWTYPE := active_template(p_template_code);
    l_values   t_values := policy_values(p_policy_id);
    l_content  CLOB := render(p_template_code, l_values);
    l_id       doc_instance.doc_id%TYPE;
    l_holder   policy.holder_id%TYPE;
  BEGIN
    SELECT holder_id INTO l_holder FROM policy WHERE policy_id = p_policy_id;
    INSERT INTO doc_instance (doc_id, template_code, version_no, policy_id, party_id, ref_no, content, data_xml, sha256)
    VALUES (seq_document.NEXTVAL, l_template.template_code, l_template.version_no, p_policy_id, l_holder,
            l_values('POLICY_NO'), l_content, policy_xml(p_policy_id), DBMS_CRYPTO.HASH(l_content, DBMS_CRYPTO.HASH_SH256))
    RETURNING doc_id INTO l_id;
    DBMS_LOB.FREETEMPORARY(l_content);
    RETURN l_id;
  END create_policy_document;

  PROCEDURE mark_printed(p_doc_id IN NUMBER)
  IS
  BEGIN
    UPDATE doc_instance
       SET status = 'P', printed_at = SYSDATE, copies = NVL(copies, 0) + 1
     WHERE doc_id = p_doc_id;
  END mark_printed;

  PROCEDURE save_template(p_template_code IN VARCHAR2, p_title IN VARCHAR2, p_body IN CLOB)
  IS
    l_version doc_template.version_no%TYPE;
  BEGIN
    SELECT NVL(MAX(version_no), 0) + 1 INTO l_version FROM doc_template WHERE template_code = p_template_code;
    UPDATE doc_template SET active_flag = 'N' WHERE template_code = p_template_code;
    INSERT INTO doc_template (template_code, version_no, title, body) VALUES (p_template_code, l_version, p_title, p_body);
  END save_template;

  PROCEDURE export_to_file(p_doc_id IN NUMBER, p_directory IN VARCHAR2 DEFAULT 'INS_EXPORT_DIR')
  IS
    l_file UTL_FILE.FILE_TYPE;
    l_doc  doc_instance%ROWTYPE;
    l_pos  PLS_INTEGER := 1;
    l_size PLS_INTEGER;
    c_step CONSTANT PLS_INTEGER := 8000;
  BEGIN
    SELECT * INTO l_doc FROM doc_instance WHERE doc_id = p_doc_id;
    l_size := NVL(DBMS_LOB.GETLENGTH(l_doc.content), 0);
    l_file := UTL_FILE.FOPEN(p_directory, l_doc.ref_no || '_' || l_doc.doc_id || '.html', 'w', 32767);
    WHILE l_pos <= l_size LOOP
      UTL_FILE.PUT(l_file, DBMS_LOB.SUBSTR(l_doc.content, c_step, l_pos));
      UTL_FILE.FFLUSH(l_file);
      l_pos := l_pos + c_step;
    END LOOP;
    UTL_FILE.FCLOSE(l_file);
  EXCEPTION
    WHEN UTL_FILE.INVALID_PATH OR UTL_FILE.INVALID_OPERATION THEN
      pkg_log.error(c_module, '导出失败 ' || p_directory, p_doc_id);
      RAISE;
    WHEN OTHERS THEN
      IF UTL_FILE.IS_OPEN(l_file) THEN
        UTL_FILE.FCLOSE(l_file);
      END IF;
      RAISE;
  END export_to_file;

  PROCEDURE print_batch(p_branch_code IN VARCHAR2, p_date IN DATE DEFAULT TRUNC(SYSDATE))
  IS
    l_doc NUMBER;
    l_ok  PLS_INTEGER := 0;
    l_bad PLS_INTEGER := 0;
  BEGIN
    FOR p IN (SELECT policy_id, policy_no
                FROM policy p
               WHERE issue_date = p_date
                 AND branch_code = p_branch_code
                 AND NOT EXISTS (SELECT 1 FROM doc_instance d WHERE d.policy_id = p.policy_id AND d.template_code = 'POLICY'))
    LOOP
      BEGIN
        l_doc := create_policy_document(p.policy_id);
        export_to_file(l_doc);
        mark_printed(l_doc);
        l_ok := l_ok + 1;
      EXCEPTION
        WHEN OTHERS THEN
          l_bad := l_bad + 1;
          pkg_log.error(c_module, SQLERRM, p.policy_no);
      END;
    END LOOP;
    COMMIT;
    DBMS_OUTPUT.PUT_LINE('printed ' || l_ok || ', failed ' || l_bad);
  END print_batch;

  FUNCTION verify(p_doc_id IN NUMBER) RETURN VARCHAR2
  IS
    l_doc doc_instance%ROWTYPE;
  BEGIN
    SELECT * INTO l_doc FROM doc_instance WHERE doc_id = p_doc_id;
    RETURN CASE
             WHEN UTL_RAW.COMPARE(l_doc.sha256, DBMS_CRYPTO.HASH(l_doc.content, DBMS_CRYPTO.HASH_SH256)) = 0 THEN 'OK'
             ELSE 'TAMPERED'
           END;
  END verify;
END pkg_document;
/
