CREATE OR REPLACE PACKAGE BODY ins_core.pkg_security
AS
  c_module     CONSTANT VARCHAR2(30) := 'PKG_SECURITY';
  c_max_failed CONSTANT PLS_INTEGER  := 5;
  c_cipher     CONSTANT PLS_INTEGER  := DBMS_CRYPTO.ENCRYPT_AES256 + DBMS_CRYPTO.CHAIN_CBC + DBMS_CRYPTO.PAD_PKCS5;

  FUNCTION hash_password(p_password IN VARCHAR2, p_salt IN RAW) RETURN RAW
  IS
    l_hash RAW(64);
  BEGIN
    l_hash := DBMS_CRYPTO.HASH(UTL_RAW.CONCAT(p_salt, UTL_I18N.STRING_TO_RAW(p_password, 'AL32UTF8')), DBMS_CRYPTO.HASH_SH512);
    FOR i IN 1 .. 1000 LOOP
      l_hash := DBMS_CRYPTO.HASH(l_hash, DBMS_CRYPTO.HASH_SH512);
    END LOOP;
    RETURN l_hash;
  END hash_password;

  FUNCTION key_of RETURN RAW
  IS
  BEGIN
    RETURN UTL_RAW.CAST_TO_RAW(RPAD(pkg_ref_cache.param('DATA_KEY', 'insurance-core'), 32, '#'));
  END key_of;

  FUNCTION encrypt(p_text IN VARCHAR2) RETURN RAW
  IS
  BEGIN
    RETURN DBMS_CRYPTO.ENCRYPT(UTL_I18N.STRING_TO_RAW(p_text, 'AL32UTF8'), c_cipher, key_of);
  END encrypt;

  FUNCTION decrypt(p_data IN RAW) RETURN VARCHAR2
  IS
  BEGIN
    RETURN UTL_I18N.RAW_TO_CHAR(DBMS_CRYPTO.DECRYPT(p_data, c_cipher, key_of), 'AL32UTF8');
  END decrypt;

  PROCEDURE record_attempt(p_user_id IN VARCHAR2, p_ok IN BOOLEAN)
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
    l_ok VARCHAR2(1) := CASE WHEN p_ok THEN 'Y' ELSE 'N' END;
  BEGIN
    UPDATE app_user
       SET failed_logins = DECODE(l_ok, 'Y', 0, failed_logins + 1),
           locked_until  = CASE WHEN l_ok = 'N' AND failed_logins + 1 >= c_max_failed THEN SYSTIMESTAMP + INTERVAL '30' MINUTE END,
           last_login    = CASE WHEN l_ok = 'Y' THEN SYSTIMESTAMP ELSE last_login END
     WHERE user_id = p_user_id;
    COMMIT;
  END record_attempt;

  FUNCTION login(p_user_id IN VARCHAR2, p_password IN VARCHAR2) RETURN BOOLEAN
  IS
    l_user app_user%ROWTYPE;
    l_ok   BOOLEAN;
  BEGIN
    SELECT * INTO l_user FROM app_user WHERE user_id = UPPER(p_user_id) AND status = 'A';
    IF l_user.locked_until > SYSTIMESTAMP THEN
      pkg_err.raise_error(pkg_err.c_not_authorised, l_user.user_id || ' 已锁定至 ' || TO_CHAR(l_user.locked_until, 'HH24:MI'));
    END IF;
    l_ok := l_user.password_hash = hash_password(p_password, l_user.password_salt);
    record_attempt(l_user.user_id, NVL(l_ok, FALSE));
    IF l_ok THEN
      pkg_context.set_user(l_user.user_id, l_user.branch_code);
    END IF;
    RETURN NVL(l_ok, FALSE);
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_log.warn(c_module, '未知用户登录 ' || p_user_id || ' 来自 ' || SYS_CONTEXT('USERENV', 'IP_ADDRESS'));
      RETURN FALSE;
  END login;

  PROCEDURE logout
  IS
  BEGIN
    pkg_context.clear_all;
  END logout;

  PROCEDURE create_user(p_user_id IN VARCHAR2, p_user_name IN VARCHAR2, p_branch_code IN VARCHAR2, p_password IN VARCHAR2)
  IS
  BEGIN
    INSERT INTO app_user (user_id, user_name, branch_code) VALUES (UPPER(p_user_id), p_user_name, p_branch_code);
    set_password(p_user_id, p_password);
  END create_user;

  PROCEDURE set_password(p_user_id IN VARCHAR2, p_password IN VARCHAR2)
  IS
    l_salt RAW(16) := DBMS_CRYPTO.RANDOMBYTES(16);
    l_hash RAW(64);
  BEGIN
    IF LENGTH(p_password) < 8 OR NOT REGEXP_LIKE(p_password, '[0-9]') OR NOT REGEXP_LIKE(p_password, '[A-Za-z]') THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '密码强度不足');
    END IF;
    l_hash := hash_password(p_password, l_salt);
    UPDATE app_user
       SET password_salt = l_salt, password_hash = l_hash
     WHERE user_id = UPPER(p_user_id);
  END set_password;

  PROCEDURE unlock_user(p_user_id IN VARCHAR2)
  IS
  BEGIN
    UPDATE app_user SET locked_until = NULL, failed_logins = 0 WHERE user_id = UPPER(p_user_id);
  END unlock_user;

  PROCEDURE grant_role(p_user_id IN VARCHAR2, p_role_code IN VARCHAR2)
  IS
  BEGIN
    INSERT INTO app_user_role (user_id, role_code)
    SELECT UPPER(p_user_id), p_role_code
      FROM dual
     WHERE NOT EXISTS (SELECT 1 FROM app_user_role WHERE user_id = UPPER(p_user_id) AND role_code = p_role_code);
  END grant_role;

  PROCEDURE revoke_role(p_user_id IN VARCHAR2, p_role_code IN VARCHAR2)
  IS
  BEGIN
    DELETE app_user_role WHERE user_id = UPPER(p_user_id) AND role_code = p_role_code;
  END revoke_role;

  FUNCTION has_function(p_user_id IN VARCHAR2, p_function IN VARCHAR2) RETURN BOOLEAN
  IS
    l_n NUMBER;
  BEGIN
    SELECT COUNT(*)
      INTO l_n
      FROM app_user_role ur
      JOIN app_role r USING (role_code)
     WHERE ur.user_id = UPPER(p_user_id)
       AND (r.functions = '*' OR ',' || r.functions || ',' LIKE '%,' || p_function || ',%');
    RETURN l_n > 0;
  END has_function;

  PROCEDURE require_function(p_function IN VARCHAR2)
  IS
  BEGIN
    IF NOT has_function(pkg_context.get_user, p_function) THEN
      pkg_err.raise_error(pkg_err.c_not_authorised, p_function);
    END IF;
  END require_function;

  -- 只能看本机构及下级机构的数据; 批处理与总公司不限
  FUNCTION branch_predicate(p_schema IN VARCHAR2, p_object IN VARCHAR2) RETURN VARCHAR2
  IS
    l_level VARCHAR2(10) := SYS_CONTEXT('INS_CTX', 'BRANCH_LEVEL');
  BEGIN
    IF l_level IS NULL OR l_level = '1' OR USER IN ('INS_CORE', 'INS_CLAIM', 'INS_FIN') THEN
      RETURN NULL;
    END IF;
    RETURN 'branch_code IN (SELECT b.branch_code FROM ins_core.branch b'
           || ' START WITH b.branch_code = SYS_CONTEXT(''INS_CTX'', ''BRANCH_CODE'')'
           || ' CONNECT BY PRIOR b.branch_code = b.parent_code)';
  END branch_predicate;
END pkg_security;
/
