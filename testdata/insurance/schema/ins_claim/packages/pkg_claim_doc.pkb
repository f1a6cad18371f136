CREATE OR REPLACE PACKAGE BODY ins_claim.pkg_claim_doc
AS
  FUNCTION add_document (p_claim_id IN NUMBER, p_type IN VARCHAR2, p_name IN VARCHAR2, p_content IN BLOB, p_required IN VARCHAR2 DEFAULT 'N') RETURN NUMBER
  IS
    l_id  claim_document.doc_id%TYPE;
    l_lob BLOB;
    l_len INTEGER := NVL(DBMS_LOB.GETLENGTH(p_content), 0);
  BEGIN
    -- 已有待交单证则补进去
    UPDATE claim_document
       SET file_name    = p_name,
           content      = EMPTY_BLOB(),
           content_size = l_len,
           received_at  = SYSDATE,
           status       = '10'
     WHERE claim_id = p_claim_id
       AND doc_type = p_type
       AND received_at IS NULL
       AND ROWNUM = 1
    RETURNING doc_id, content INTO l_id, l_lob;

    IF SQL%ROWCOUNT = 0 THEN
      INSERT INTO claim_document (doc_id, claim_id, doc_type, file_name, mime_type, content, content_size, required_flag, received_at, status)
      VALUES (seq_claim_doc_id.NEXTVAL, p_claim_id, p_type, p_name,
              CASE LOWER(SUBSTR(p_name, INSTR(p_name, '.', -1) + 1))
                WHEN 'jpg' THEN 'image/jpeg'
                WHEN 'png' THEN 'image/png'
                WHEN 'pdf' THEN 'application/pdf'
                ELSE 'application/octet-stream'
              END,
              EMPTY_BLOB(), l_len, p_required, SYSDATE, '10')
      RETURNING doc_id, content INTO l_id, l_lob;
    END IF;

    IF l_len > 0 THEN
      DBMS_LOB.COPY(l_lob, p_content, l_len);
      UPDATE claim_document SET content_hash = DBMS_CRYPTO.HASH(content, DBMS_CRYPTO.HASH_SH256) WHERE doc_id = l_id;
    END IF;
    RETURN l_id;
  END add_document;

  PROCEDURE request_documents (p_claim_id IN NUMBER)
  IS
    l_lob claim.line_of_business%TYPE;
  BEGIN
    SELECT line_of_business INTO l_lob FROM claim WHERE claim_id = p_claim_id;
    INSERT INTO claim_document (doc_id, claim_id, doc_type, file_name, required_flag)
    SELECT seq_claim_doc_id.NEXTVAL, p_claim_id, r.code_value, r.code_name, 'Y'
      FROM ref_code r
     WHERE r.code_type = 'CLAIM_DOC'
       AND r.parent_value = l_lob
       AND r.active_flag = 'Y'
       AND NOT EXISTS (SELECT 1 FROM claim_document d WHERE d.claim_id = p_claim_id AND d.doc_type = r.code_value);
  END request_documents;

  PROCEDURE append_ocr (p_doc_id IN NUMBER, p_text IN VARCHAR2)
  IS
    l_clob CLOB;
  BEGIN
    IF p_text IS NULL THEN
      RETURN;
    END IF;
    SELECT ocr_text INTO l_clob FROM claim_document WHERE doc_id = p_doc_id FOR UPDATE;
    IF l_clob IS NULL THEN
      UPDATE claim_document SET ocr_text = p_text WHERE doc_id = p_doc_id;
    ELSE
      DBMS_LOB.WRITEAPPEND(l_clob, LENGTH(p_text), p_text);
    END IF;
  END append_ocr;

  FUNCTION search_ocr (p_claim_id IN NUMBER, p_word IN VARCHAR2) RETURN t_number_tab
  IS
    l_ids t_number_tab;
  BEGIN
    SELECT doc_id
      BULK COLLECT INTO l_ids
      FROM claim_document
     WHERE claim_id = p_claim_id
       AND DBMS_LOB.INSTR(ocr_text, p_word) > 0;
    RETURN l_ids;
  END search_ocr;

  FUNCTION ocr_excerpt (p_doc_id IN NUMBER, p_word IN VARCHAR2, p_width IN PLS_INTEGER DEFAULT 40) RETURN VARCHAR2
  IS
    l_clob CLOB;
    l_pos  INTEGER;
    l_from INTEGER;
    l_amt  INTEGER := p_width * 2;
    l_buf  VARCHAR2(4000);
  BEGIN
    SELECT ocr_text INTO l_clob FROM claim_document WHERE doc_id = p_doc_id;
    l_pos := DBMS_LOB.INSTR(l_clob, p_word, 1, 1);
    IF NVL(l_pos, 0) = 0 THEN
      RETURN NULL;
    END IF;
    l_from := GREATEST(l_pos - p_width, 1);
    DBMS_LOB.READ(l_clob, l_amt, l_from, l_buf);
    RETURN '…' || REPLACE(l_buf, p_word, '【' || p_word || '】') || '…';
  END ocr_excerpt;

  PROCEDURE save_survey_report (p_survey_id IN NUMBER, p_xml IN CLOB)
  IS
    l_xml XMLTYPE;
    l_pct NUMBER;
    l_amt NUMBER;
  BEGIN
    l_xml := XMLTYPE.CREATEXML(p_xml);
    SELECT EXTRACTVALUE(l_xml, '/Survey/Liability'), EXTRACTVALUE(l_xml, '/Survey/Estimate')
      INTO l_pct, l_amt
      FROM dual;
    UPDATE claim_survey s
       SET s.report_xml    = l_xml,
           s.liability_pct = l_pct,
           s.loss_estimate = l_amt,
           s.finished_at   = SYSDATE,
           s.duration      = NUMTODSINTERVAL(SYSDATE - s.arrived_at, 'DAY')
     WHERE s.survey_id = p_survey_id;
    IF SQL%ROWCOUNT = 0 THEN
      RAISE_APPLICATION_ERROR(-20380, '查勘不存在 ' || p_survey_id);
    END IF;
  END save_survey_report;

  FUNCTION survey_value (p_survey_id IN NUMBER, p_path IN VARCHAR2) RETURN VARCHAR2
  IS
    l_val VARCHAR2(4000);
    l_xml XMLTYPE;
  BEGIN
    SELECT report_xml INTO l_xml FROM claim_survey WHERE survey_id = p_survey_id;
    IF l_xml IS NOT NULL AND l_xml.EXISTSNODE(p_path) = 1 THEN
      l_val := l_xml.EXTRACT(p_path || '/text()').GETSTRINGVAL();
    END IF;
    RETURN l_val;
  END survey_value;

  FUNCTION add_note (p_claim_id IN NUMBER, p_text IN CLOB, p_author IN VARCHAR2 DEFAULT USER) RETURN NUMBER
  IS
    l_id NUMBER;
  BEGIN
    INSERT INTO claim_note (note_id, claim_id, author, note_text)
    VALUES (seq_claim_common.NEXTVAL, p_claim_id, p_author, p_text)
    RETURN note_id INTO l_id;
    RETURN l_id;
  END add_note;

  -- 卷宗: 一个赔案的文字材料拼成一个 CLOB
  FUNCTION claim_file (p_claim_id IN NUMBER) RETURN CLOB
  IS
    l_out   CLOB;
    l_claim claim%ROWTYPE := pkg_claim_reg.get_claim(p_claim_id);

    PROCEDURE line (p_text IN VARCHAR2 DEFAULT NULL)
    IS
      l_text VARCHAR2(32767) := p_text || CHR(10);
    BEGIN
      DBMS_LOB.WRITEAPPEND(l_out, LENGTH(l_text), l_text);
    END line;

    PROCEDURE section (p_title IN VARCHAR2)
    IS
    BEGIN
      line;
      line('== ' || p_title || ' ==');
    END section;
  BEGIN
    DBMS_LOB.CREATETEMPORARY(l_out, TRUE);
    line(N'赔案 ' || l_claim.claim_no || '  保单 ' || l_claim.policy_no);
    line('出险 ' || TO_CHAR(l_claim.loss_date, 'YYYY-MM-DD HH24:MI') || ' ' || l_claim.loss_place);
    section('责任明细');
    FOR i IN (SELECT item_seq, coverage_code, claimed_amount, approved_amount, reject_reason FROM claim_item WHERE claim_id = p_claim_id ORDER BY item_seq) LOOP
      line(i.item_seq || '. ' || i.coverage_code || ' 申请 ' || i.claimed_amount || ' 核定 ' || NVL(TO_CHAR(i.approved_amount), '-') || ' ' || i.reject_reason);
    END LOOP;
    section('经过');
    FOR e IN (SELECT event_time, event_type, detail FROM claim_event WHERE claim_id = p_claim_id ORDER BY event_time) LOOP
      line(TO_CHAR(e.event_time, 'MM-DD HH24:MI:SS.FF3') || ' ' || RPAD(e.event_type, 10) || e.detail);
    END LOOP;
    section('备注');
    FOR n IN (SELECT author, note_text FROM claim_note WHERE claim_id = p_claim_id ORDER BY note_id) LOOP
      line(n.author || ':');
      DBMS_LOB.APPEND(l_out, n.note_text);
    END LOOP;
    RETURN l_out;
  END claim_file;

  FUNCTION to_json (p_claim_id IN NUMBER) RETURN CLOB
  IS
    l_json CLOB;
  BEGIN
    SELECT JSON_OBJECT(
             'claimNo' VALUE c.claim_no,
             'policyNo' VALUE c.policy_no,
             'status' VALUE c.status,
             'lossDate' VALUE TO_CHAR(c.loss_date, 'YYYY-MM-DD'),
             'items' VALUE (SELECT JSON_ARRAYAGG(
                                     JSON_OBJECT('coverage' VALUE i.coverage_code, 'claimed' VALUE i.claimed_amount, 'approved' VALUE i.approved_amount NULL ON NULL)
                                     ORDER BY i.item_seq RETURNING CLOB)
                              FROM claim_item i
                             WHERE i.claim_id = c.claim_id)
             ABSENT ON NULL RETURNING CLOB)
      INTO l_json
      FROM claim c
     WHERE c.claim_id = p_claim_id;
    RETURN l_json;
  END to_json;

  FUNCTION duplicate_of (p_doc_id IN NUMBER) RETURN NUMBER
  IS
    l_other NUMBER;
  BEGIN
    SELECT MIN(o.doc_id)
      INTO l_other
      FROM claim_document d
      JOIN claim_document o ON o.content_hash = d.content_hash AND o.doc_id <> d.doc_id
     WHERE d.doc_id = p_doc_id
       AND DBMS_LOB.COMPARE(d.content, o.content) = 0;
    RETURN l_other;
  END duplicate_of;
END pkg_claim_doc;
/
