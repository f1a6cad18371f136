CREATE OR REPLACE PACKAGE ins_core.pkg_import
AS
  -- 团险名单导入: 外部表 / UTL_FILE -> 暂存 -> 校验 -> 客户
  c_new   CONSTANT VARCHAR2(1) := 'N';
  c_ok    CONSTANT VARCHAR2(1) := 'O';
  c_bad   CONSTANT VARCHAR2(1) := 'E';

  TYPE t_field_tab IS TABLE OF VARCHAR2(4000 CHAR) INDEX BY PLS_INTEGER;

  FUNCTION split(p_line IN VARCHAR2, p_delimiter IN VARCHAR2 DEFAULT ',') RETURN t_field_tab;
  FUNCTION parse_date(p_text IN VARCHAR2) RETURN DATE;
  FUNCTION parse_amount(p_text IN VARCHAR2) RETURN NUMBER;
  FUNCTION parse_gender(p_text IN VARCHAR2) RETURN VARCHAR2;

  FUNCTION load_external(p_file_name IN VARCHAR2) RETURN import_batch.batch_id%TYPE;
  FUNCTION load_file(p_file_name IN VARCHAR2, p_directory IN VARCHAR2 DEFAULT 'INS_IMPORT_DIR') RETURN import_batch.batch_id%TYPE;
  PROCEDURE validate_batch(p_batch_id IN NUMBER);
  PROCEDURE create_parties(p_batch_id IN NUMBER);
  PROCEDURE process_file(p_file_name IN VARCHAR2, p_external IN BOOLEAN DEFAULT TRUE);
  FUNCTION summary(p_batch_id IN NUMBER) RETURN VARCHAR2;
  PROCEDURE purge_old(p_days IN NUMBER DEFAULT 180);
END pkg_import;
/
