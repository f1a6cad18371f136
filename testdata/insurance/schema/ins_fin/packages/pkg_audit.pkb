CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_audit
AS
  TYPE t_change_tab IS TABLE OF audit_data_change%ROWTYPE INDEX BY PLS_INTEGER;

  g_changes   t_change_tab;
  g_in_bulk   BOOLEAN := FALSE;
  g_user      VARCHAR2(60);
  g_ip        VARCHAR2(45);

  -- same text or both empty; '' is NULL here
  FUNCTION is_same (p_a IN VARCHAR2, p_b IN VARCHAR2) RETURN BOOLEAN
  IS
  BEGIN
    RETURN p_a = p_b OR (p_a IS NULL AND p_b IS NULL);
  END is_same;

  FUNCTION current_tx RETURN VARCHAR2
  IS
  BEGIN
    RETURN NVL(DBMS_TRANSACTION.LOCAL_TRANSACTION_ID, 'NONE');
  END current_tx;

  PROCEDURE log_action (
    p_module      IN t_module,
    p_action      IN VARCHAR2,
    p_object_type IN VARCHAR2,
    p_object_id   IN VARCHAR2,
    p_message     IN VARCHAR2 DEFAULT NULL,
    p_severity    IN NUMBER   DEFAULT c_sev_normal)
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
    l_stack CLOB;
  BEGIN
    IF NOT g_enabled THEN
      RETURN;
    END IF;

    IF p_severity <= c_sev_high THEN
      l_stack := DBMS_UTILITY.FORMAT_CALL_STACK;
    END IF;

    INSERT INTO audit_trail (audit_id, module_code, event_time, user_name, os_user, client_ip,
                             action_code, object_type, object_id, severity, message, call_stack)
    VALUES (seq_audit_id.NEXTVAL, p_module, SYSTIMESTAMP, g_user, SYS_CONTEXT('USERENV', 'OS_USER'), g_ip,
            SUBSTR(p_action, 1, 20), p_object_type, p_object_id, p_severity, SUBSTR(p_message, 1, 2000), l_stack);
    COMMIT;
  EXCEPTION
    WHEN OTHERS THEN
      ROLLBACK;
      -- 审计失败不能影响业务
      pkg_log.error('PKG_AUDIT', 'audit insert failed: ' || SQLERRM, p_object_id);
  END log_action;

  PROCEDURE write_change (p_row IN audit_data_change%ROWTYPE)
  IS
  BEGIN
    IF g_in_bulk THEN
      g_changes(g_changes.COUNT + 1) := p_row;
      IF g_changes.COUNT >= 500 THEN
        flush_bulk;
        g_in_bulk := TRUE;
      END IF;
    ELSE
      INSERT INTO audit_data_change (table_name, pk_value, column_name, old_value, new_value, dml_type, changed_at, changed_by, tx_id)
      VALUES (p_row.table_name, p_row.pk_value, p_row.column_name, p_row.old_value, p_row.new_value,
              p_row.dml_type, SYSTIMESTAMP, g_user, current_tx);
    END IF;
  END write_change;

  PROCEDURE log_change (p_table IN VARCHAR2, p_pk IN VARCHAR2, p_column IN VARCHAR2, p_old IN VARCHAR2, p_new IN VARCHAR2, p_dml IN VARCHAR2 DEFAULT 'U')
  IS
    l_row audit_data_change%ROWTYPE;
  BEGIN
    IF is_same(p_old, p_new) AND p_dml = 'U' THEN
      RETURN;
    END IF;
    l_row.table_name  := UPPER(p_table);
    l_row.pk_value    := p_pk;
    l_row.column_name := UPPER(p_column);
    l_row.old_value   := SUBSTRB(p_old, 1, 4000);
    l_row.new_value   := SUBSTRB(p_new, 1, 4000);
    l_row.dml_type    := p_dml;
    write_change(l_row);
  END log_change;

  PROCEDURE log_change (p_table IN VARCHAR2, p_pk IN VARCHAR2, p_column IN VARCHAR2, p_old IN NUMBER, p_new IN NUMBER, p_dml IN VARCHAR2 DEFAULT 'U')
  IS
  BEGIN
    log_change(p_table, p_pk, p_column, TO_CHAR(p_old, 'TM9'), TO_CHAR(p_new, 'TM9'), p_dml);
  END log_change;

  PROCEDURE log_change (p_table IN VARCHAR2, p_pk IN VARCHAR2, p_column IN VARCHAR2, p_old IN DATE, p_new IN DATE, p_dml IN VARCHAR2 DEFAULT 'U')
  IS
    c_mask CONSTANT VARCHAR2(24) := 'YYYY-MM-DD HH24:MI:SS';
  BEGIN
    log_change(p_table, p_pk, p_column, TO_CHAR(p_old, c_mask), TO_CHAR(p_new, c_mask), p_dml);
  END log_change;

  PROCEDURE begin_bulk
  IS
  BEGIN
    g_changes.DELETE;
    g_in_bulk := TRUE;
  END begin_bulk;

  PROCEDURE add_change (p_table IN VARCHAR2, p_pk IN VARCHAR2, p_column IN VARCHAR2, p_old IN VARCHAR2, p_new IN VARCHAR2)
  IS
  BEGIN
    log_change(p_table => p_table, p_pk => p_pk, p_column => p_column, p_old => p_old, p_new => p_new);
  END add_change;

  PROCEDURE flush_bulk
  IS
    l_tx VARCHAR2(40) := current_tx;
  BEGIN
    IF g_changes.COUNT = 0 THEN
      g_in_bulk := FALSE;
      RETURN;
    END IF;

    FORALL i IN g_changes.FIRST .. g_changes.LAST
      INSERT INTO audit_data_change (table_name, pk_value, column_name, old_value, new_value, dml_type, changed_at, changed_by, tx_id)
      VALUES (g_changes(i).table_name, g_changes(i).pk_value, g_changes(i).column_name,
              g_changes(i).old_value, g_changes(i).new_value, NVL(g_changes(i).dml_type, 'U'),
              SYSTIMESTAMP, g_user, l_tx);

    g_changes.DELETE;
    g_in_bulk := FALSE;
  END flush_bulk;

  FUNCTION history (p_table IN VARCHAR2, p_pk IN VARCHAR2) RETURN SYS_REFCURSOR
  IS
    l_rc SYS_REFCURSOR;
  BEGIN
    OPEN l_rc FOR
      SELECT changed_at,
             changed_by,
             column_name,
             old_value,
             new_value,
             LAG(new_value) OVER (PARTITION BY column_name ORDER BY changed_at) AS previous_new
        FROM audit_data_change
       WHERE table_name = UPPER(p_table)
         AND pk_value = p_pk
       ORDER BY changed_at, column_name;
    RETURN l_rc;
  END history;

  FUNCTION count_actions (p_user IN VARCHAR2, p_from IN DATE, p_to IN DATE DEFAULT SYSDATE) RETURN PLS_INTEGER
  IS
    l_count PLS_INTEGER;
  BEGIN
    SELECT COUNT(*)
      INTO l_count
      FROM audit_trail
     WHERE user_name = UPPER(p_user)
       AND event_time BETWEEN CAST(p_from AS TIMESTAMP) AND CAST(p_to AS TIMESTAMP);
    RETURN l_count;
  END count_actions;

  -- 同一用户一小时内出现多个 IP
  PROCEDURE suspicious_logins (p_days IN PLS_INTEGER DEFAULT 7, p_result OUT SYS_REFCURSOR)
  IS
  BEGIN
    OPEN p_result FOR
      SELECT user_name,
             first_seen,
             ip_count,
             LISTAGG(client_ip, ',') WITHIN GROUP (ORDER BY client_ip) AS ip_list
        FROM (SELECT user_name,
                     client_ip,
                     MIN(event_time) OVER (PARTITION BY user_name, TRUNC(CAST(event_time AS DATE), 'HH24')) AS first_seen,
                     COUNT(DISTINCT client_ip) OVER (PARTITION BY user_name, TRUNC(CAST(event_time AS DATE), 'HH24')) AS ip_count,
                     ROW_NUMBER() OVER (PARTITION BY user_name, TRUNC(CAST(event_time AS DATE), 'HH24'), client_ip ORDER BY event_time) AS rn
                FROM audit_trail
               WHERE event_time > SYSTIMESTAMP - NUMTODSINTERVAL(p_days, 'DAY'))
       WHERE rn = 1
         AND ip_count > 1
       GROUP BY user_name, first_seen, ip_count
       ORDER BY ip_count DESC, first_seen;
  END suspicious_logins;

  PROCEDURE purge (p_keep_months IN PLS_INTEGER DEFAULT 24, p_deleted OUT NUMBER)
  IS
    l_limit TIMESTAMP := CAST(ADD_MONTHS(TRUNC(SYSDATE, 'MM'), -p_keep_months) AS TIMESTAMP);
  BEGIN
    p_deleted := 0;
    LOOP
      DELETE FROM audit_trail
       WHERE event_time < l_limit
         AND ROWNUM <= 10000;
      p_deleted := p_deleted + SQL%ROWCOUNT;
      EXIT WHEN SQL%ROWCOUNT = 0;
      COMMIT;
    END LOOP;
    DELETE audit_data_change WHERE changed_at < l_limit;
    p_deleted := p_deleted + SQL%ROWCOUNT;
    COMMIT;
  END purge;

BEGIN
  -- 包初始化:会话信息只取一次
  g_user := NVL(SYS_CONTEXT('USERENV', 'CLIENT_IDENTIFIER'), SYS_CONTEXT('USERENV', 'SESSION_USER'));
  g_ip   := NVL(SYS_CONTEXT('USERENV', 'IP_ADDRESS'), '127.0.0.1');
END pkg_audit;
/
