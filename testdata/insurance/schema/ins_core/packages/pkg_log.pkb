CREATE OR REPLACE PACKAGE BODY ins_core.pkg_log
AS
  TYPE t_timer_tab IS TABLE OF NUMBER INDEX BY VARCHAR2(60);

  g_level  t_level := 'INFO';
  g_timers t_timer_tab;

  FUNCTION severity(p_level IN t_level) RETURN PLS_INTEGER
  IS
  BEGIN
    RETURN CASE p_level WHEN c_debug THEN 1 WHEN c_info THEN 2 WHEN c_warn THEN 3 ELSE 4 END;
  END severity;

  PROCEDURE write_row(p_level   IN t_level,
                      p_module  IN VARCHAR2,
                      p_message IN VARCHAR2,
                      p_ref_id  IN VARCHAR2,
                      p_stack   IN CLOB DEFAULT NULL)
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
  BEGIN
    INSERT INTO app_log (log_level, module, message, ref_id, call_stack)
    VALUES (p_level,
            SUBSTR(NVL(p_module, '?'), 1, 60),
            SUBSTRB(p_message, 1, 4000),
            SUBSTR(p_ref_id, 1, 60),
            p_stack);
    COMMIT;
  EXCEPTION
    WHEN OTHERS THEN
      ROLLBACK;
      -- 写日志失败不能影响业务
      DBMS_OUTPUT.PUT_LINE('log failed: ' || SQLERRM);
  END write_row;

  PROCEDURE set_level(p_level IN t_level)
  IS
  BEGIN
    IF p_level NOT IN (c_debug, c_info, c_warn, c_error) THEN
      RAISE_APPLICATION_ERROR(-20001, 'log level ' || p_level);
    END IF;
    g_level := p_level;
  END set_level;

  FUNCTION get_level RETURN t_level
  IS
  BEGIN
    RETURN g_level;
  END get_level;

  PROCEDURE debug(p_module IN VARCHAR2, p_message IN VARCHAR2, p_ref_id IN VARCHAR2 DEFAULT NULL)
  IS
  BEGIN
    IF severity(g_level) <= 1 THEN
      write_row(c_debug, p_module, p_message, p_ref_id);
    END IF;
  $IF $$trace_output $THEN
    DBMS_OUTPUT.PUT_LINE(p_module || ': ' || p_message);
  $END
  END debug;

  PROCEDURE info(p_module IN VARCHAR2, p_message IN VARCHAR2, p_ref_id IN VARCHAR2 DEFAULT NULL)
  IS
  BEGIN
    IF severity(g_level) <= 2 THEN
      write_row(c_info, p_module, p_message, p_ref_id);
    END IF;
  END info;

  PROCEDURE warn(p_module IN VARCHAR2, p_message IN VARCHAR2, p_ref_id IN VARCHAR2 DEFAULT NULL)
  IS
  BEGIN
    IF severity(g_level) <= 3 THEN
      write_row(c_warn, p_module, p_message, p_ref_id);
    END IF;
  END warn;

  PROCEDURE error(p_module IN VARCHAR2, p_message IN VARCHAR2, p_ref_id IN VARCHAR2 DEFAULT NULL)
  IS
  BEGIN
    write_row(c_error, p_module, p_message, p_ref_id, DBMS_UTILITY.FORMAT_CALL_STACK);
  END error;

  PROCEDURE error(p_module IN VARCHAR2, p_message IN VARCHAR2, p_detail IN CLOB, p_ref_id IN VARCHAR2)
  IS
  BEGIN
    write_row(c_error, p_module, p_message, p_ref_id, p_detail);
  END error;

  PROCEDURE start_timer(p_name IN VARCHAR2)
  IS
  BEGIN
    g_timers(p_name) := DBMS_UTILITY.GET_TIME;
  END start_timer;

  FUNCTION elapsed_ms(p_name IN VARCHAR2) RETURN NUMBER
  IS
  BEGIN
    RETURN (DBMS_UTILITY.GET_TIME - g_timers(p_name)) * 10;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN NULL;
  END elapsed_ms;

  PROCEDURE stop_timer(p_name IN VARCHAR2, p_module IN VARCHAR2)
  IS
  BEGIN
    IF g_timers.EXISTS(p_name) THEN
      info(p_module, p_name || ' took ' || TO_CHAR(elapsed_ms(p_name), 'FM999G999G990') || ' ms');
      g_timers.DELETE(p_name);
    END IF;
  END stop_timer;

  PROCEDURE purge(p_keep_days IN NUMBER DEFAULT 90)
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
    l_total NUMBER := 0;
  BEGIN
    LOOP
      DELETE FROM app_log
       WHERE log_time < SYSTIMESTAMP - NUMTODSINTERVAL(p_keep_days, 'DAY')
         AND ROWNUM <= 10000;
      l_total := l_total + SQL%ROWCOUNT;
      EXIT WHEN SQL%ROWCOUNT = 0;
      COMMIT;
    END LOOP;
    COMMIT;
    info('PKG_LOG', 'purged ' || l_total || ' rows older than ' || p_keep_days || ' days');
  END purge;
END pkg_log;
/
