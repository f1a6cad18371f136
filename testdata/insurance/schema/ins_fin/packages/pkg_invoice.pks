CREATE OR REPLACE PACKAGE ins_fin.pkg_invoice
AS
  /* 增值税发票:开具、红冲、认证 */
  TYPE t_invoice_rec IS RECORD (
    head   invoice%ROWTYPE,
    buyer  party%ROWTYPE,
    total_lines PLS_INTEGER DEFAULT 0
  );
  TYPE t_line_list IS TABLE OF invoice_line%ROWTYPE INDEX BY PLS_INTEGER;

  e_already_issued EXCEPTION;

  FUNCTION  draft_for_policy (p_policy_id IN NUMBER, p_type IN VARCHAR2 DEFAULT 'EL') RETURN invoice.invoice_id%TYPE;
  PROCEDURE add_lines (p_invoice_id IN NUMBER, p_lines IN t_line_list);
  PROCEDURE issue (p_invoice_id IN NUMBER, p_code IN VARCHAR2, p_no IN VARCHAR2);
  FUNCTION  red_invoice (p_invoice_id IN NUMBER, p_reason IN VARCHAR2) RETURN NUMBER;
  FUNCTION  to_xml (p_invoice_id IN NUMBER) RETURN XMLTYPE;
  FUNCTION  to_text (p_invoice_id IN NUMBER) RETURN CLOB;
  PROCEDURE attach_pdf (p_invoice_id IN NUMBER, p_pdf IN BLOB);
  FUNCTION  amount_in_words (p_amount IN NUMBER) RETURN VARCHAR2 DETERMINISTIC;
  FUNCTION  check_tax_no (p_tax_no IN VARCHAR2) RETURN BOOLEAN;
END pkg_invoice;
/
