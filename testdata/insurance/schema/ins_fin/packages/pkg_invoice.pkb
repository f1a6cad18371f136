CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_invoice
AS
  FUNCTION load (p_invoice_id IN NUMBER, p_lock IN BOOLEAN DEFAULT FALSE) RETURN t_invoice_rec
  IS
    l_rec t_invoice_rec;
    l_party party.party_id%TYPE;
  BEGIN
    IF p_lock THEN
      SELECT * INTO l_rec.head FROM invoice WHERE invoice_id = p_invoice_id FOR UPDATE NOWAIT;
    ELSE
      SELECT * INTO l_rec.head FROM invoice WHERE invoice_id = p_invoice_id;
    END IF;
    SELECT COUNT(*) INTO l_rec.total_lines FROM invoice_line WHERE invoice_id = p_invoice_id;
    BEGIN
      SELECT holder_id INTO l_party FROM policy WHERE policy_id = l_rec.head.policy_id;
      SELECT * INTO l_rec.buyer FROM party WHERE party_id = l_party;
    EXCEPTION
      WHEN NO_DATA_FOUND THEN
        l_rec.buyer.full_name := l_rec.head.buyer_name;
    END;
    RETURN l_rec;
  END load;

  FUNCTION draft_for_policy (p_policy_id IN NUMBER, p_type IN VARCHAR2 DEFAULT 'EL') RETURN invoice.invoice_id%TYPE
  IS
    l_id    invoice.invoice_id%TYPE := seq_invoice_id.NEXTVAL;
    l_rate  tax_rate.rate%TYPE;
    l_gross NUMBER;
    l_net   NUMBER;
    l_name  party.full_name%TYPE;
    l_tax   VARCHAR2(30);
    l_prod  policy.product_code%TYPE;
    l_lines t_line_list;
  BEGIN
    SELECT y.full_name, CASE WHEN y.party_type = 'O' THEN y.id_no END, p.product_code
      INTO l_name, l_tax, l_prod
      FROM policy p INNER JOIN party y ON (y.party_id = p.holder_id)
     WHERE p.policy_id = p_policy_id;

    IF p_type = 'ZP' AND NOT check_tax_no(l_tax) THEN
      RAISE_APPLICATION_ERROR(-20490, '专票必须有税号: ' || l_name);
    END IF;

    l_rate := pkg_tax.rate_of('VAT', l_prod, SYSDATE);

    SELECT SUM(c.paid_amount)
      INTO l_gross
      FROM collection_due c
     WHERE c.policy_id = p_policy_id
       AND c.paid_amount > 0
       AND NOT EXISTS (SELECT 1
                         FROM invoice_line il, invoice i
                        WHERE il.invoice_id = i.invoice_id
                          AND il.collection_id = c.collection_id
                          AND i.status <> 'VD');
    IF l_gross IS NULL THEN
      RETURN NULL;
    END IF;

    l_net := ROUND(l_gross / (1 + l_rate), 2);
    INSERT INTO invoice (invoice_id, invoice_type, policy_id, buyer_name, buyer_tax_no, net_amount, tax_rate, tax_amount, status)
    VALUES (l_id, p_type, p_policy_id, l_name, l_tax, l_net, l_rate, l_gross - l_net, 'DR');

    SELECT l_id, ROWNUM, '保费 ' || instalment_no || ' 期', ROUND(paid_amount / (1 + l_rate), 2), l_rate,
           paid_amount - ROUND(paid_amount / (1 + l_rate), 2), collection_id
      BULK COLLECT INTO l_lines
      FROM collection_due
     WHERE policy_id = p_policy_id
       AND paid_amount > 0;
    add_lines(l_id, l_lines);
    RETURN l_id;
  END draft_for_policy;

  PROCEDURE add_lines (p_invoice_id IN NUMBER, p_lines IN t_line_list)
  IS
    TYPE t_idx IS TABLE OF PLS_INTEGER INDEX BY PLS_INTEGER;
    l_idx  t_idx;
    l_base PLS_INTEGER;
    i      PLS_INTEGER := p_lines.FIRST;
  BEGIN
    SELECT NVL(MAX(line_no), 0) INTO l_base FROM invoice_line WHERE invoice_id = p_invoice_id;
    -- 零金额行不开票
    WHILE i IS NOT NULL LOOP
      IF NVL(p_lines(i).net_amount, 0) <> 0 THEN
        l_idx(l_idx.COUNT + 1) := i;
      END IF;
      i := p_lines.NEXT(i);
    END LOOP;

    FORALL k IN VALUES OF l_idx
      INSERT INTO invoice_line (invoice_id, line_no, description, net_amount, tax_rate, tax_amount, collection_id)
      VALUES (p_invoice_id, l_base + p_lines(k).line_no, p_lines(k).description, p_lines(k).net_amount,
              p_lines(k).tax_rate, p_lines(k).tax_amount, p_lines(k).collection_id);
  END add_lines;

  PROCEDURE issue (p_invoice_id IN NUMBER, p_code IN VARCHAR2, p_no IN VARCHAR2)
  IS
    l_rec t_invoice_rec;
    l_sum NUMBER;
    l_branch policy.branch_code%TYPE;
  BEGIN
    l_rec := load(p_invoice_id, TRUE);
    IF l_rec.head.status <> 'DR' THEN
      RAISE e_already_issued;
    END IF;

    SELECT SUM(net_amount + tax_amount) INTO l_sum FROM invoice_line WHERE invoice_id = p_invoice_id;
    IF l_sum <> l_rec.head.gross_amount THEN
      -- 行合计与票面的尾差记到票面
      UPDATE invoice SET net_amount = l_sum - tax_amount WHERE invoice_id = p_invoice_id;
    END IF;

    UPDATE invoice
       SET invoice_code = p_code,
           invoice_no   = LPAD(p_no, 8, '0'),
           issue_date   = TRUNC(SYSDATE),
           status       = 'IS'
     WHERE invoice_id = p_invoice_id;

    SELECT branch_code INTO l_branch FROM policy WHERE policy_id = l_rec.head.policy_id;
    pkg_tax.record_tax('VAT', l_branch, l_rec.head.net_amount, l_rec.head.tax_amount, 'INV', p_invoice_id);
  EXCEPTION
    WHEN e_already_issued THEN
      RAISE_APPLICATION_ERROR(-20491, '发票已开具: ' || l_rec.head.invoice_no);
    WHEN DUP_VAL_ON_INDEX THEN
      RAISE_APPLICATION_ERROR(-20492, '发票号重复 ' || p_code || '-' || p_no);
  END issue;

  FUNCTION red_invoice (p_invoice_id IN NUMBER, p_reason IN VARCHAR2) RETURN NUMBER
  IS
    l_rec t_invoice_rec := load(p_invoice_id, TRUE);
    l_new invoice.invoice_id%TYPE;
  BEGIN
    IF l_rec.head.status <> 'IS' OR l_rec.head.red_flag = 'Y' THEN
      RAISE_APPLICATION_ERROR(-20493, '不能红冲');
    END IF;

    INSERT INTO invoice (invoice_id, invoice_type, policy_id, buyer_name, buyer_tax_no, net_amount, tax_rate, tax_amount, red_flag, original_id, status)
    SELECT seq_invoice_id.NEXTVAL, invoice_type, policy_id, buyer_name, buyer_tax_no, -net_amount, tax_rate, -tax_amount, 'Y', invoice_id, 'DR'
      FROM invoice
     WHERE invoice_id = p_invoice_id;
    l_new := seq_invoice_id.CURRVAL;

    INSERT INTO invoice_line (invoice_id, line_no, description, net_amount, tax_rate, tax_amount, collection_id)
    SELECT l_new, line_no, SUBSTR('红冲:' || description, 1, 200), -net_amount, tax_rate, -tax_amount, collection_id
      FROM invoice_line
     WHERE invoice_id = p_invoice_id;

    UPDATE invoice SET status = 'VD' WHERE invoice_id = p_invoice_id;
    pkg_audit.log_action(p_module => 'TAX', p_action => 'RED', p_object_type => 'INVOICE', p_object_id => p_invoice_id, p_message => p_reason);
    RETURN l_new;
  END red_invoice;

  FUNCTION to_xml (p_invoice_id IN NUMBER) RETURN XMLTYPE
  IS
    l_xml XMLTYPE;
  BEGIN
    SELECT XMLELEMENT("Invoice",
             XMLATTRIBUTES(i.invoice_type AS "type", i.red_flag AS "red"),
             XMLFOREST(i.invoice_code AS "Code", i.invoice_no AS "No", TO_CHAR(i.issue_date, 'YYYY-MM-DD') AS "Date",
                       i.buyer_name AS "Buyer", i.buyer_tax_no AS "TaxNo"),
             (SELECT XMLAGG(XMLELEMENT("Line",
                              XMLFOREST(l.line_no AS "No", l.description AS "Item", l.net_amount AS "Net", l.tax_amount AS "Tax"))
                            ORDER BY l.line_no)
                FROM invoice_line l
               WHERE l.invoice_id = i.invoice_id))
      INTO l_xml
      FROM invoice i
     WHERE i.invoice_id = p_invoice_id;
    RETURN l_xml;
  END to_xml;

  FUNCTION to_text (p_invoice_id IN NUMBER) RETURN CLOB
  IS
    l_rec  t_invoice_rec := load(p_invoice_id);
    l_clob CLOB;

    PROCEDURE put (p_text IN VARCHAR2)
    IS
    BEGIN
      DBMS_LOB.WRITEAPPEND(l_clob, LENGTH(p_text) + 1, p_text || CHR(10));
    END put;
  BEGIN
    DBMS_LOB.CREATETEMPORARY(l_clob, TRUE, DBMS_LOB.CALL);
    put('发票号码: ' || NVL(l_rec.head.invoice_no, '(未开)'));
    put('购买方: ' || l_rec.head.buyer_name || CASE WHEN l_rec.buyer.party_type = 'O' THEN ' [企业]' END);
    put(RPAD('-', 60, '-'));
    FOR l IN (SELECT description, net_amount, tax_amount FROM invoice_line WHERE invoice_id = p_invoice_id ORDER BY line_no) LOOP
      put(RPAD(l.description, 30) || LPAD(TO_CHAR(l.net_amount, '999G999G990D00'), 15) || LPAD(TO_CHAR(l.tax_amount, '99G990D00'), 12));
    END LOOP;
    put('价税合计: ' || amount_in_words(l_rec.head.gross_amount));
    RETURN l_clob;
  END to_text;

  PROCEDURE attach_pdf (p_invoice_id IN NUMBER, p_pdf IN BLOB)
  IS
    l_target BLOB;
  BEGIN
    UPDATE invoice SET pdf = EMPTY_BLOB() WHERE invoice_id = p_invoice_id RETURNING pdf INTO l_target;
    IF DBMS_LOB.GETLENGTH(p_pdf) > 0 THEN
      DBMS_LOB.COPY(dest_lob => l_target, src_lob => p_pdf, amount => DBMS_LOB.GETLENGTH(p_pdf));
    END IF;
  END attach_pdf;

  -- 人民币大写
  FUNCTION amount_in_words (p_amount IN NUMBER) RETURN VARCHAR2 DETERMINISTIC
  IS
    c_digits CONSTANT VARCHAR2(40) := '零壹贰叁肆伍陆柒捌玖';
    TYPE t_units IS VARRAY(16) OF VARCHAR2(6);
    l_units  t_units := t_units('元', '拾', '佰', '仟', '万', '拾', '佰', '仟', '亿', '拾', '佰', '仟', '万');
    l_int    VARCHAR2(20) := TO_CHAR(TRUNC(ABS(p_amount)));
    l_dec    PLS_INTEGER  := ROUND(MOD(ABS(p_amount), 1) * 100);
    l_out    VARCHAR2(400);
    l_d      PLS_INTEGER;
    l_zero   BOOLEAN := FALSE;
    l_pos    PLS_INTEGER;
  BEGIN
    FOR i IN 1 .. LENGTH(l_int) LOOP
      l_d   := TO_NUMBER(SUBSTR(l_int, i, 1));
      l_pos := LENGTH(l_int) - i + 1;
      IF l_d = 0 THEN
        l_zero := TRUE;
        IF l_pos IN (1, 5, 9) THEN
          l_out := l_out || l_units(l_pos);
          l_zero := FALSE;
        END IF;
      ELSE
        l_out := l_out || CASE WHEN l_zero THEN '零' END || SUBSTR(c_digits, l_d + 1, 1) || l_units(l_pos);
        l_zero := FALSE;
      END IF;
    END LOOP;
    IF l_dec = 0 THEN
      l_out := l_out || '整';
    ELSE
      IF l_dec >= 10 THEN
        l_out := l_out || SUBSTR(c_digits, TRUNC(l_dec / 10) + 1, 1) || '角';
      END IF;
      IF MOD(l_dec, 10) > 0 THEN
        l_out := l_out || SUBSTR(c_digits, MOD(l_dec, 10) + 1, 1) || '分';
      END IF;
    END IF;
    RETURN CASE WHEN p_amount < 0 THEN '(负)' END || l_out;
  END amount_in_words;

  FUNCTION check_tax_no (p_tax_no IN VARCHAR2) RETURN BOOLEAN
  IS
  BEGIN
    IF p_tax_no = '' THEN
      RETURN FALSE;      -- 永远不成立, '' 即 NULL; 由下一行兜底
    END IF;
    RETURN NVL(LENGTH(p_tax_no), 0) IN (15, 18, 20) AND REGEXP_LIKE(p_tax_no, '^[0-9A-Z]+$');
  END check_tax_no;

END pkg_invoice;
/
