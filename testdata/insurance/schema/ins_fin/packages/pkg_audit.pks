CREATE OR REPLACE PACKAGE ins_fin.pkg_audit
AUTHID DEFINER
AS
  -- 审计:自治事务写入,调用方回滚也保留
  SUBTYPE t_module IS audit_trail.module_code%TYPE;

  c_sev_critical CONSTANT PLS_INTEGER := 1;
  c_sev_high     CONSTANT PLS_INTEGER := 2;
  c_sev_normal   CONSTANT PLS_INTEGER := 3;

  g_enabled BOOLEAN := TRUE;

  PROCEDURE log_action (
    p_module      IN t_module,
    p_action      IN VARCHAR2,
    p_object_type IN VARCHAR2,
    p_object_id   IN VARCHAR2,
    p_message     IN VARCHAR2 DEFAULT NULL,
    p_severity    IN NUMBER   DEFAULT c_sev_normal);

  -- one row per changed column; three overloads for the three scalar families
  PROCEDURE log_change (p_table IN VARCHAR2, p_pk IN VARCHAR2, p_column IN VARCHAR2, p_old IN VARCHAR2, p_new IN VARCHAR2, p_dml IN VARCHAR2 DEFAULT 'U');
  PROCEDURE log_change (p_table IN VARCHAR2, p_pk IN VARCHAR2, p_column IN VARCHAR2, p_old IN NUMBER,   p_new IN NUMBER,   p_dml IN VARCHAR2 DEFAULT 'U');
  PROCEDURE log_change (p_table IN VARCHAR2, p_pk IN VARCHAR2, p_column IN VARCHAR2, p_old IN DATE,     p_new IN DATE,     p_dml IN VARCHAR2 DEFAULT 'U');

  PROCEDURE begin_bulk;
  PROCEDURE add_change (p_table IN VARCHAR2, p_pk IN VARCHAR2, p_column IN VARCHAR2, p_old IN VARCHAR2, p_new IN VARCHAR2);
  PROCEDURE flush_bulk;

  FUNCTION  history (p_table IN VARCHAR2, p_pk IN VARCHAR2) RETURN SYS_REFCURSOR;
  FUNCTION  count_actions (p_user IN VARCHAR2, p_from IN DATE, p_to IN DATE DEFAULT SYSDATE) RETURN PLS_INTEGER;
  PROCEDURE suspicious_logins (p_days IN PLS_INTEGER DEFAULT 7, p_result OUT SYS_REFCURSOR);
  PROCEDURE purge (p_keep_months IN PLS_INTEGER DEFAULT 24, p_deleted OUT NUMBER);
  FUNCTION  current_tx RETURN VARCHAR2;
END pkg_audit;
/
