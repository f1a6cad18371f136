CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_notify
AS
  -- 通知:短信 SMS / 邮件 MAIL / 微信 WX
  c_max_tries CONSTANT PLS_INTEGER := 5;

  PROCEDURE set_var (p_name IN VARCHAR2, p_value IN VARCHAR2) IS
  BEGIN
    g_vars(UPPER(p_name)) := p_value;
  END;

  PROCEDURE clear_vars IS
  BEGIN
    g_vars.DELETE;
  END;

  FUNCTION mask_mobile (p_mobile IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC IS
  BEGIN
    RETURN REGEXP_REPLACE(p_mobile, '^(\d{3})\d{4}(\d{4})$', '\1****\2');
  END;

  FUNCTION render (p_template IN VARCHAR2, p_vars IN t_vars) RETURN VARCHAR2 IS
    l_text VARCHAR2(32767) := p_template;
    l_key  VARCHAR2(30) := p_vars.FIRST;
    l_left VARCHAR2(200);
  BEGIN
    WHILE l_key IS NOT NULL LOOP
      l_text := REPLACE(l_text, '${' || LOWER(l_key) || '}', p_vars(l_key));
      l_key := p_vars.NEXT(l_key);
    END LOOP;
    l_left := REGEXP_SUBSTR(l_text, '\$\{[a-z_]+\}');
    IF l_left IS NOT NULL THEN
      RAISE_APPLICATION_ERROR(-20470, q'[template variable not set: ]' || l_left);
    END IF;
    RETURN l_text;
  END render;

  PROCEDURE enqueue (
    p_template IN notify_template.template_code%TYPE,
    p_party_id IN party.party_id%TYPE,
    p_vars     IN t_vars,
    p_channel  IN VARCHAR2 DEFAULT 'SMS',
    p_ref_type IN VARCHAR2 DEFAULT NULL,
    p_ref_id   IN NUMBER DEFAULT NULL)
  IS
    l_tpl   notify_template%ROWTYPE;
    l_party party%ROWTYPE;
    l_vars  t_vars := p_vars;
    l_body  VARCHAR2(32767);
  BEGIN
    SELECT * INTO l_party FROM party WHERE party_id = p_party_id;

    SELECT *
      INTO l_tpl
      FROM (SELECT t.*
              FROM notify_template t
             WHERE t.template_code = p_template
               AND t.channel IN (p_channel, 'ALL')
             ORDER BY DECODE(t.channel, p_channel, 1, 2))
     WHERE ROWNUM = 1;

    IF NOT l_vars.EXISTS('NAME') THEN
      l_vars('NAME') := l_party.full_name || CASE l_party.gender WHEN 'M' THEN '先生' WHEN 'F' THEN '女士' END;
    END IF;

    l_body := render(l_tpl.body, l_vars);
    INSERT INTO notify_queue (notify_id, template_code, channel, party_id, address, subject, body, ref_type, ref_id)
    VALUES (seq_notify_id.NEXTVAL, p_template, p_channel, p_party_id,
            DECODE(p_channel, 'SMS', l_party.mobile, 'MAIL', l_party.email, l_party.mobile),
            l_tpl.subject, l_body, p_ref_type, p_ref_id);
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_log.warn('PKG_NOTIFY', 'template or party missing: ' || p_template || '/' || p_party_id, p_ref_id);
  END enqueue;

  FUNCTION enqueue (p_template IN VARCHAR2, p_party_id IN NUMBER, p_channel IN VARCHAR2 DEFAULT 'SMS') RETURN NUMBER IS
    l_id NUMBER;
  BEGIN
    enqueue(p_template, p_party_id, g_vars, p_channel, NULL, NULL);
    SELECT seq_notify_id.CURRVAL INTO l_id FROM dual;
    clear_vars;
    RETURN l_id;
  END enqueue;

  -- the real gateway sits behind a database link procedure; here the hand-over is marked only
  PROCEDURE deliver (p_row IN notify_queue%ROWTYPE) IS
    l_len INTEGER;
  BEGIN
    IF p_row.address IS NULL THEN
      RAISE VALUE_ERROR;
    END IF;
    l_len := DBMS_LOB.GETLENGTH(p_row.body);
    IF p_row.channel = 'SMS' AND l_len > 500 THEN
      RAISE_APPLICATION_ERROR(-20471, '短信超长: ' || l_len);
    END IF;
  END deliver;

  PROCEDURE send_pending (p_limit IN PLS_INTEGER DEFAULT 200) IS
    TYPE t_queue IS TABLE OF notify_queue%ROWTYPE;
    l_rows t_queue;
    l_err  VARCHAR2(500);
    CURSOR c_pending IS
      SELECT *
        FROM notify_queue
       WHERE status = 'Q'
         AND send_after <= SYSDATE
         AND try_count < c_max_tries
       ORDER BY priority, notify_id
         FOR UPDATE SKIP LOCKED;
  BEGIN
    OPEN c_pending;
    FETCH c_pending BULK COLLECT INTO l_rows LIMIT p_limit;
    CLOSE c_pending;
    FOR i IN 1 .. l_rows.COUNT LOOP
      SAVEPOINT before_send;
      BEGIN
        deliver(l_rows(i));
        UPDATE notify_queue SET status = 'S', sent_at = SYSDATE, try_count = try_count + 1 WHERE notify_id = l_rows(i).notify_id;
      EXCEPTION
        WHEN OTHERS THEN
          l_err := SUBSTR(SQLERRM, 1, 500);
          ROLLBACK TO before_send;
          UPDATE notify_queue
             SET try_count  = try_count + 1,
                 last_error = l_err,
                 send_after = SYSDATE + POWER(2, try_count) / 1440,
                 status     = CASE WHEN try_count + 1 >= c_max_tries THEN 'E' ELSE 'Q' END
           WHERE notify_id = l_rows(i).notify_id;
      END;
    END LOOP;
    COMMIT;
  END send_pending;

  PROCEDURE cancel_for (p_ref_type IN VARCHAR2, p_ref_id IN NUMBER, p_count OUT PLS_INTEGER) IS
  BEGIN
    UPDATE notify_queue
       SET status = 'X'
     WHERE ref_type = p_ref_type AND ref_id = p_ref_id AND status = 'Q';
    p_count := SQL%ROWCOUNT;
  END cancel_for;

  FUNCTION pending_count (p_channel IN VARCHAR2 DEFAULT NULL) RETURN NUMBER IS
    n NUMBER;
  BEGIN
    SELECT COUNT(*) INTO n FROM notify_queue WHERE status = 'Q' AND (p_channel IS NULL OR channel = p_channel);
    RETURN n;
  END;
END pkg_notify;
/
