CREATE OR REPLACE PACKAGE ins_fin.pkg_notify
AS
  TYPE t_vars IS TABLE OF VARCHAR2(1000) INDEX BY VARCHAR2(30);

  g_vars t_vars;   -- set by callers who cannot build an associative array (forms, java)

  PROCEDURE set_var (p_name IN VARCHAR2, p_value IN VARCHAR2);
  PROCEDURE clear_vars;

  FUNCTION render (p_template IN VARCHAR2, p_vars IN t_vars) RETURN VARCHAR2;

  PROCEDURE enqueue (
    p_template IN notify_template.template_code%TYPE,
    p_party_id IN party.party_id%TYPE,
    p_vars     IN t_vars,
    p_channel  IN VARCHAR2 DEFAULT 'SMS',
    p_ref_type IN VARCHAR2 DEFAULT NULL,
    p_ref_id   IN NUMBER DEFAULT NULL);

  -- returns the id; uses the session variables
  FUNCTION enqueue (p_template IN VARCHAR2, p_party_id IN NUMBER, p_channel IN VARCHAR2 DEFAULT 'SMS') RETURN NUMBER;

  PROCEDURE send_pending (p_limit IN PLS_INTEGER DEFAULT 200);
  PROCEDURE cancel_for (p_ref_type IN VARCHAR2, p_ref_id IN NUMBER, p_count OUT PLS_INTEGER);
  FUNCTION  mask_mobile (p_mobile IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC;
  FUNCTION  pending_count (p_channel IN VARCHAR2 DEFAULT NULL) RETURN NUMBER;
END pkg_notify;
/
