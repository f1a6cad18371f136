CREATE OR REPLACE PACKAGE ins_core.pkg_log
AUTHID DEFINER
AS
  -- 日志, 自治事务, 主事务回滚不影响日志
  SUBTYPE t_level IS app_log.log_level%TYPE;

  c_debug CONSTANT t_level := 'DEBUG';
  c_info  CONSTANT t_level := 'INFO';
  c_warn  CONSTANT t_level := 'WARN';
  c_error CONSTANT t_level := 'ERROR';

  PROCEDURE set_level(p_level IN t_level);
  FUNCTION  get_level RETURN t_level;

  PROCEDURE debug(p_module IN VARCHAR2, p_message IN VARCHAR2, p_ref_id IN VARCHAR2 DEFAULT NULL);
  PROCEDURE info (p_module IN VARCHAR2, p_message IN VARCHAR2, p_ref_id IN VARCHAR2 DEFAULT NULL);
  PROCEDURE warn (p_module IN VARCHAR2, p_message IN VARCHAR2, p_ref_id IN VARCHAR2 DEFAULT NULL);
  PROCEDURE error(p_module IN VARCHAR2, p_message IN VARCHAR2, p_ref_id IN VARCHAR2 DEFAULT NULL);

  -- long texts (statements, XML) go to the CLOB column
  PROCEDURE error(p_module IN VARCHAR2, p_message IN VARCHAR2, p_detail IN CLOB, p_ref_id IN VARCHAR2);

  -- simple stop watch, one per name and session
  PROCEDURE start_timer(p_name IN VARCHAR2);
  FUNCTION  elapsed_ms(p_name IN VARCHAR2) RETURN NUMBER;
  PROCEDURE stop_timer(p_name IN VARCHAR2, p_module IN VARCHAR2);

  PROCEDURE purge(p_keep_days IN NUMBER DEFAULT 90);
END pkg_log;
/
