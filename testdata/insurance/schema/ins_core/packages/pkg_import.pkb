CREATE OR REPLACE PACKAGE BODY ins_core.pkg_import
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_IMPORT';

  TYPE t_masks IS TABLE OF VARCHAR2(30);
  c_masks CONSTANT t_masks := t_masks('YYYY-MM-DD', 'YYYYMMDD', 'YYYY/MM/DD', 'DD-MON-YYYY', 'YYYY"年"MM"月"DD"日"');

  FUNCTION split(p_line IN VARCHAR2, p_delimiter IN VARCHAR2 DEFAULT ',') RETURN t_field_tab
  IS
    l_fields t_field_tab;
    l_field  VARCHAR2(4000 CHAR);
    l_quoted BOOLEAN := FALSE;
    l_char   VARCHAR2(1 CHAR);
    i        PLS_INTEGER := 1;
  BEGIN
    WHILE i <= NVL(LENGTH(p_line), 0) LOOP
      l_char := SUBSTR(p_line, i, 1);
      IF l_quoted THEN
        IF l_char = '"' AND SUBSTR(p_line, i + 1, 1) = '"' THEN
          l_field := l_field || '"';
          i := i + 1;
        ELSIF l_char = '"' THEN
          l_quoted := FALSE;
        ELSE
          l_field := l_field || l_char;
        END IF;
      ELSIF l_char = '"' THEN
        l_quoted := TRUE;
      ELSIF l_char = p_delimiter THEN
        l_fields(l_fields.COUNT + 1) := TRIM(l_field);
        l_field := '';
      ELSE
        l_field := l_field || l_char;
      END IF;
      i := i + 1;
    END LOOP;
    l_fields(l_fields.COUNT + 1) := TRIM(l_field);
    RETURN l_fields;
  END split;

  FUNCTION parse_date(p_text IN VARCHAR2) RETURN DATE
  IS
  BEGIN
    FOR i IN 1 .. c_masks.COUNT LOOP
      BEGIN
        RETURN TO_DATE(TRIM(p_text), c_masks(i));
      EXCEPTION
        WHEN OTHERS THEN
          NULL;   -- 试下一个格式
      END;
    END LOOP;
    RETURN NULL;
  END parse_date;

  FUNCTION parse_amount(p_text IN VARCHAR2) RETURN NUMBER
  IS
    l_text VARCHAR2(60) := REPLACE(REPLACE(TRIM(p_text), ','), '元');
  BEGIN
    IF l_text LIKE '%万' THEN
      RETURN TO_NUMBER(RTRIM(l_text, '万')) * 10000;
    END IF;
    RETURN TO_NUMBER(l_text);
  EXCEPTION
    WHEN VALUE_ERROR THEN
      RETURN NULL;
  END parse_amount;

  FUNCTION parse_gender(p_text IN VARCHAR2) RETURN VARCHAR2
  IS
    l_g VARCHAR2(1);
  BEGIN
    SELECT DECODE(UPPER(TRIM(p_text)), '男', 'M', 'M', 'M', '1', 'M', '女', 'F', 'F', 'F', '2', 'F', 'U') INTO l_g FROM dual;
    RETURN l_g;
  END parse_gender;

  FUNCTION new_batch(p_type IN VARCHAR2, p_file_name IN VARCHAR2) RETURN NUMBER
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
    l_id import_batch.batch_id%TYPE;
  BEGIN
    INSERT INTO import_batch (batch_id, import_type, file_name)
    VALUES (seq_import_batch.NEXTVAL, p_type, p_file_name)
    RETURNING batch_id INTO l_id;
    COMMIT;
    RETURN l_id;
  END new_batch;

  FUNCTION load_external(p_file_name IN VARCHAR2) RETURN import_batch.batch_id%TYPE
  IS
    l_id NUMBER := new_batch('GROUP_MEMBER', p_file_name);
  BEGIN
    EXECUTE IMMEDIATE 'ALTER TABLE ext_group_member LOCATION (' || DBMS_ASSERT.ENQUOTE_LITERAL(p_file_name) || ')';
    EXECUTE IMMEDIATE
      'INSERT INTO stg_group_member (batch_id, line_no, full_name, id_type, id_no, birth_text, gender_text, sum_insured, occupation)
       SELECT :b, line_no, full_name, id_type, id_no, birth_text, gender_text, sum_insured, occupation
         FROM ext_group_member'
      USING l_id;
    UPDATE import_batch SET row_count = SQL%ROWCOUNT WHERE batch_id = l_id;
    RETURN l_id;
  END load_external;

  FUNCTION load_file(p_file_name IN VARCHAR2, p_directory IN VARCHAR2 DEFAULT 'INS_IMPORT_DIR') RETURN import_batch.batch_id%TYPE
  IS
    l_id     NUMBER := new_batch('GROUP_MEMBER', p_file_name);
    l_file   UTL_FILE.FILE_TYPE;
    l_line   VARCHAR2(32767);
    l_fields t_field_tab;
    l_no     PLS_INTEGER := 0;
    TYPE t_stage IS TABLE OF stg_group_member%ROWTYPE INDEX BY PLS_INTEGER;
    l_stage  t_stage;

    PROCEDURE flush_stage
    IS
    BEGIN
      FORALL k IN 1 .. l_stage.COUNT
        INSERT INTO stg_group_member VALUES l_stage(k);
      l_stage.DELETE;
    END flush_stage;

    FUNCTION field(p_n PLS_INTEGER) RETURN VARCHAR2
    IS
    BEGIN
      IF l_fields.EXISTS(p_n) THEN
        RETURN l_fields(p_n);
      END IF;
      RETURN NULL;
    END field;
  BEGIN
    l_file := UTL_FILE.FOPEN(p_directory, p_file_name, 'r', 32767);
    LOOP
      BEGIN
        UTL_FILE.GET_LINE(l_file, l_line);
      EXCEPTION
        WHEN NO_DATA_FOUND THEN
          EXIT;   -- 文件结束
      END;
      l_no := l_no + 1;
      IF l_no = 1 OR TRIM(l_line) IS NULL THEN
        GOTO next_line;
      END IF;
      l_fields := split(RTRIM(l_line, CHR(13)));
      l_stage(l_stage.COUNT + 1).batch_id := l_id;
      l_stage(l_stage.COUNT).line_no     := l_no;
      l_stage(l_stage.COUNT).full_name   := field(1);
      l_stage(l_stage.COUNT).id_type     := field(2);
      l_stage(l_stage.COUNT).id_no       := field(3);
      l_stage(l_stage.COUNT).birth_text  := field(4);
      l_stage(l_stage.COUNT).gender_text := field(5);
      l_stage(l_stage.COUNT).sum_insured := field(6);
      l_stage(l_stage.COUNT).occupation  := field(7);
      IF l_stage.COUNT >= 1000 THEN
        flush_stage;
      END IF;
      <<next_line>>
      NULL;
    END LOOP;
    UTL_FILE.FCLOSE(l_file);
    flush_stage;
    UPDATE import_batch SET row_count = l_no - 1 WHERE batch_id = l_id;
    RETURN l_id;
  EXCEPTION
    WHEN UTL_FILE.INVALID_OPERATION THEN
      pkg_err.raise_error(pkg_err.c_import_failed, p_file_name);
    WHEN OTHERS THEN
      IF UTL_FILE.IS_OPEN(l_file) THEN
        UTL_FILE.FCLOSE(l_file);
      END IF;
      pkg_err.reraise(c_module, p_file_name);
  END load_file;

  PROCEDURE validate_batch(p_batch_id IN NUMBER)
  IS
    l_errors VARCHAR2(2000 CHAR);
    l_seen   NUMBER;
    l_ok     PLS_INTEGER := 0;
    l_bad    PLS_INTEGER := 0;

    PROCEDURE complain(p_text VARCHAR2)
    IS
    BEGIN
      l_errors := SUBSTR(l_errors || CASE WHEN l_errors IS NOT NULL THEN '; ' END || p_text, 1, 2000);
    END complain;
  BEGIN
    DELETE FROM import_row WHERE batch_id = p_batch_id;
    FOR m IN (SELECT s.*, ROWID AS rid FROM stg_group_member s WHERE s.batch_id = p_batch_id ORDER BY s.line_no)
    LOOP
      l_errors := NULL;
      IF TRIM(m.full_name) IS NULL THEN complain('姓名为空'); END IF;
      IF NVL(m.id_type, '01') = '01' AND NOT pkg_party.is_valid_id_card(m.id_no) THEN complain('身份证号错误'); END IF;
      IF m.birth_text IS NOT NULL AND parse_date(m.birth_text) IS NULL THEN complain('出生日期格式 ' || m.birth_text); END IF;
      IF NVL(parse_amount(m.sum_insured), 0) <= 0 THEN complain('保额 ' || m.sum_insured); END IF;
      IF m.occupation IS NOT NULL AND NOT pkg_ref_cache.code_exists('OCCUPATION', m.occupation) THEN complain('职业代码 ' || m.occupation); END IF;
      SELECT COUNT(*) INTO l_seen FROM stg_group_member WHERE batch_id = p_batch_id AND id_no = m.id_no AND line_no < m.line_no;
      IF l_seen > 0 THEN complain('证件号重复'); END IF;

      UPDATE stg_group_member SET valid_flag = CASE WHEN l_errors IS NULL THEN 'Y' ELSE 'N' END WHERE ROWID = m.rid;
      IF l_errors IS NULL THEN
        l_ok := l_ok + 1;
      ELSE
        l_bad := l_bad + 1;
      END IF;
      INSERT INTO import_row (batch_id, line_no, raw_line, status, error_text)
      VALUES (p_batch_id, m.line_no, m.full_name || ',' || m.id_no, CASE WHEN l_errors IS NULL THEN c_new ELSE c_bad END, l_errors);
    END LOOP;
    UPDATE import_batch SET ok_count = l_ok, error_count = l_bad, status = 'V' WHERE batch_id = p_batch_id;
  END validate_batch;

  PROCEDURE create_parties(p_batch_id IN NUMBER)
  IS
    CURSOR c_valid(cp_batch NUMBER) IS
      SELECT line_no, full_name, NVL(id_type, '01') AS id_type, id_no, birth_text, gender_text
        FROM stg_group_member
       WHERE batch_id = cp_batch
         AND valid_flag = 'Y';
    l_person pkg_party.t_person;
    l_id     party.party_id%TYPE;
  BEGIN
    FOR m IN c_valid(p_batch_id) LOOP
      BEGIN
        SAVEPOINT one_member;
        l_id := pkg_party.find_by_id(m.id_type, m.id_no);
        IF l_id IS NULL THEN
          l_person.full_name  := m.full_name;
          l_person.id_type    := m.id_type;
          l_person.id_no      := m.id_no;
          l_person.birth_date := parse_date(m.birth_text);
          l_person.gender     := parse_gender(m.gender_text);
          l_id := pkg_party.create_person(l_person);
        END IF;
        UPDATE import_row SET status = c_ok, party_id = l_id WHERE batch_id = p_batch_id AND line_no = m.line_no;
      EXCEPTION
        WHEN pkg_err.e_party_blacklisted THEN
          ROLLBACK TO one_member;
          UPDATE import_row SET status = c_bad, error_text = '黑名单' WHERE batch_id = p_batch_id AND line_no = m.line_no;
        WHEN OTHERS THEN
          ROLLBACK TO one_member;
          DECLARE
            l_msg VARCHAR2(500) := SUBSTR(SQLERRM, 1, 500);
          BEGIN
            UPDATE import_row SET status = c_bad, error_text = l_msg WHERE batch_id = p_batch_id AND line_no = m.line_no;
          END;
      END;
    END LOOP;
    UPDATE import_batch b
       SET (b.ok_count, b.error_count) = (SELECT COUNT(DECODE(r.status, 'O', 1)), COUNT(DECODE(r.status, 'E', 1))
                                            FROM import_row r WHERE r.batch_id = b.batch_id),
           b.status = 'C'
     WHERE b.batch_id = p_batch_id;
    COMMIT;
  END create_parties;

  PROCEDURE process_file(p_file_name IN VARCHAR2, p_external IN BOOLEAN DEFAULT TRUE)
  IS
    l_id NUMBER;
  BEGIN
    IF p_external THEN
      l_id := load_external(p_file_name);
    ELSE
      l_id := load_file(p_file_name);
    END IF;
    validate_batch(l_id);
    create_parties(l_id);
    pkg_log.info(c_module, summary(l_id), l_id);
  END process_file;

  FUNCTION summary(p_batch_id IN NUMBER) RETURN VARCHAR2
  IS
    l_b import_batch%ROWTYPE;
  BEGIN
    SELECT * INTO l_b FROM import_batch WHERE batch_id = p_batch_id;
    RETURN l_b.file_name || ': 共' || l_b.row_count || ' 成功' || l_b.ok_count || ' 失败' || l_b.error_count;
  END summary;

  PROCEDURE purge_old(p_days IN NUMBER DEFAULT 180)
  IS
    l_ids t_number_tab;
  BEGIN
    SELECT batch_id BULK COLLECT INTO l_ids FROM import_batch WHERE loaded_at < SYSDATE - p_days AND status = 'C';
    FORALL i IN 1 .. l_ids.COUNT
      DELETE FROM import_row WHERE batch_id = l_ids(i);
    FORALL i IN 1 .. l_ids.COUNT
      DELETE FROM stg_group_member WHERE batch_id = l_ids(i);
    COMMIT;
  END purge_old;
END pkg_import;
/
