CREATE OR REPLACE PACKAGE BODY ins_core.pkg_context
AS
  g_business_date DATE;
  g_batch         BOOLEAN := FALSE;

  PROCEDURE set_attr(p_name IN VARCHAR2, p_value IN VARCHAR2)
  IS
  BEGIN
    DBMS_SESSION.SET_CONTEXT(namespace => c_namespace, attribute => p_name, value => p_value);
  END set_attr;

  PROCEDURE set_user(p_user_id IN VARCHAR2, p_branch_code IN VARCHAR2, p_client_id IN VARCHAR2 DEFAULT NULL)
  IS
    l_status branch.status%TYPE;
    l_level  branch.branch_level%TYPE;
  BEGIN
    SELECT status, branch_level
      INTO l_status, l_level
      FROM branch
     WHERE branch_code = p_branch_code;

    IF l_status != 'A' THEN
      pkg_err.raise_error(pkg_err.c_branch_not_found, p_branch_code);
    END IF;

    set_attr('USER_ID', UPPER(p_user_id));
    set_attr('BRANCH_CODE', p_branch_code);
    set_attr('BRANCH_LEVEL', l_level);
    set_attr('LOCALE', 'zh_CN');
    IF p_client_id IS NOT NULL THEN
      DBMS_SESSION.SET_IDENTIFIER(p_client_id);
    END IF;
    DBMS_APPLICATION_INFO.SET_CLIENT_INFO(p_user_id || '@' || p_branch_code);
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_branch_not_found, p_branch_code);
  END set_user;

  PROCEDURE clear_all
  IS
  BEGIN
    DBMS_SESSION.CLEAR_ALL_CONTEXT(c_namespace);
    DBMS_SESSION.CLEAR_IDENTIFIER;
    g_business_date := NULL;
    g_batch := FALSE;
  END clear_all;

  FUNCTION get_attr(p_name IN VARCHAR2) RETURN VARCHAR2
  IS
  BEGIN
    RETURN SYS_CONTEXT(c_namespace, p_name);
  END get_attr;

  FUNCTION get_user RETURN VARCHAR2
  IS
  BEGIN
    RETURN NVL(SYS_CONTEXT('INS_CTX', 'USER_ID'), USER);
  END get_user;

  FUNCTION get_branch RETURN branch.branch_code%TYPE
  IS
  BEGIN
    RETURN NVL(SYS_CONTEXT('INS_CTX', 'BRANCH_CODE'), pkg_const.c_head_office);
  END get_branch;

  FUNCTION get_locale RETURN VARCHAR2
  IS
  BEGIN
    RETURN NVL(SYS_CONTEXT('INS_CTX', 'LOCALE'), 'zh_CN');
  END get_locale;

  PROCEDURE set_business_date(p_date IN DATE)
  IS
  BEGIN
    g_business_date := TRUNC(p_date);
    set_attr('BUSINESS_DATE', TO_CHAR(g_business_date, pkg_const.c_date_mask));
  END set_business_date;

  FUNCTION business_date RETURN DATE
  IS
  BEGIN
    RETURN COALESCE(g_business_date,
                    TO_DATE(SYS_CONTEXT('INS_CTX', 'BUSINESS_DATE'), 'YYYY-MM-DD'),
                    TRUNC(SYSDATE));
  END business_date;

  PROCEDURE set_batch(p_on IN BOOLEAN)
  IS
  BEGIN
    g_batch := p_on;
    DBMS_APPLICATION_INFO.SET_MODULE(CASE WHEN p_on THEN 'INS_BATCH' ELSE 'INS_ONLINE' END, NULL);
  END set_batch;

  FUNCTION is_batch RETURN BOOLEAN
  IS
  BEGIN
    RETURN g_batch;
  END is_batch;
END pkg_context;
/
