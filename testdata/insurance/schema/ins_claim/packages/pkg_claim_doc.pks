CREATE OR REPLACE PACKAGE ins_claim.pkg_claim_doc
AS
  FUNCTION  add_document (p_claim_id IN NUMBER, p_type IN VARCHAR2, p_name IN VARCHAR2, p_content IN BLOB, p_required IN VARCHAR2 DEFAULT 'N') RETURN NUMBER;
  PROCEDURE request_documents (p_claim_id IN NUMBER);
  PROCEDURE append_ocr (p_doc_id IN NUMBER, p_text IN VARCHAR2);
  FUNCTION  search_ocr (p_claim_id IN NUMBER, p_word IN VARCHAR2) RETURN t_number_tab;
  FUNCTION  ocr_excerpt (p_doc_id IN NUMBER, p_word IN VARCHAR2, p_width IN PLS_INTEGER DEFAULT 40) RETURN VARCHAR2;
  PROCEDURE save_survey_report (p_survey_id IN NUMBER, p_xml IN CLOB);
  FUNCTION  survey_value (p_survey_id IN NUMBER, p_path IN VARCHAR2) RETURN VARCHAR2;
  FUNCTION  add_note (p_claim_id IN NUMBER, p_text IN CLOB, p_author IN VARCHAR2 DEFAULT USER) RETURN NUMBER;
  FUNCTION  claim_file (p_claim_id IN NUMBER) RETURN CLOB;
  FUNCTION  to_json (p_claim_id IN NUMBER) RETURN CLOB;
  FUNCTION  duplicate_of (p_doc_id IN NUMBER) RETURN NUMBER;
END pkg_claim_doc;
/
