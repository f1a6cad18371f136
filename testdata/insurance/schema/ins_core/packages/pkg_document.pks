CREATE OR REPLACE PACKAGE ins_core.pkg_document
AS
  -- 单证打印: 模板 + 数据 -> CLOB / XML
  TYPE t_values IS TABLE OF VARCHAR2(4000) INDEX BY VARCHAR2(40);

  FUNCTION render(p_template_code IN VARCHAR2, p_values IN t_values) RETURN CLOB;
  FUNCTION policy_values(p_policy_id IN NUMBER) RETURN t_values;
  FUNCTION create_policy_document(p_policy_id IN NUMBER, p_template_code IN VARCHAR2 DEFAULT 'POLICY') RETURN doc_instance.doc_id%TYPE;
  FUNCTION policy_xml(p_policy_id IN NUMBER) RETURN XMLTYPE;
  FUNCTION xml_text(p_policy_id IN NUMBER) RETURN CLOB;
  PROCEDURE mark_printed(p_doc_id IN NUMBER);
  PROCEDURE save_template(p_template_code IN VARCHAR2, p_title IN VARCHAR2, p_body IN CLOB);
  FUNCTION placeholders(p_body IN CLOB) RETURN t_string_tab;
  FUNCTION missing_values(p_template_code IN VARCHAR2, p_values IN t_values) RETURN t_string_tab;
  FUNCTION amount_in_words(p_amount IN NUMBER) RETURN VARCHAR2 DETERMINISTIC;
  FUNCTION html_escape(p_text IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC;
  PROCEDURE export_to_file(p_doc_id IN NUMBER, p_directory IN VARCHAR2 DEFAULT 'INS_EXPORT_DIR');
  PROCEDURE print_batch(p_branch_code IN VARCHAR2, p_date IN DATE DEFAULT TRUNC(SYSDATE));
  FUNCTION verify(p_doc_id IN NUMBER) RETURN VARCHAR2;
END pkg_document;
/
