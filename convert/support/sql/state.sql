-- State of the session: package variables, application contexts, USERENV.

-- get(name)
-- for: reading a package variable kept in the setting "package.variable"
-- note: An unset setting, NULL and '' are all NULL.
CREATE OR REPLACE FUNCTION landfall.get(name text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(pg_catalog.current_setting(name, true), '') $$;

-- set(name, value)
-- for: writing a package variable kept in the setting "package.variable"
-- note: A function, so that expressions and SQL functions can call it; PERFORM landfall.set(...) in code.
-- note: A rollback of the transaction or of the block's subtransaction takes the value back: Oracle keeps it.
CREATE OR REPLACE FUNCTION landfall.set(name text, value text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_catalog.set_config(name, coalesce(value, ''), false);
END $$;

-- _oracle_name(name)
-- for: names of users, schemas and databases as Oracle shows them: upper case, unless they needed quotes
CREATE OR REPLACE FUNCTION landfall._oracle_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CASE WHEN name = pg_catalog.lower(name) THEN pg_catalog.upper(name) ELSE name END $$;

-- _postgres_name(name)
-- for: names out of Oracle's dictionary as PostgreSQL has them: lower case, unless they needed quotes
CREATE OR REPLACE FUNCTION landfall._postgres_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN name LIKE '"%"' THEN pg_catalog.btrim(name, '"') WHEN name = pg_catalog.upper(name) THEN pg_catalog.lower(name) ELSE name END $$;

-- user()
-- for: USER: the session's user, in upper case as Oracle has it (SQL Language Reference 19c, USER)
CREATE OR REPLACE FUNCTION landfall.user() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT landfall._oracle_name(session_user::text) $$;

-- uid()
-- for: UID: a number of the session's user (SQL Language Reference 19c, UID)
CREATE OR REPLACE FUNCTION landfall.uid() RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT r.oid::bigint::numeric FROM pg_catalog.pg_roles AS r WHERE r.rolname = session_user $$;

-- _context_setting(namespace, attribute)
-- for: the setting that keeps an attribute of an application context
CREATE OR REPLACE FUNCTION landfall._context_setting(namespace text, attribute text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.regexp_replace(pg_catalog.lower(namespace), '^[^a-z_]|[^a-z0-9_$]', '_', 'g') || '.'
    || pg_catalog.regexp_replace(pg_catalog.lower(attribute), '^[^a-z_]|[^a-z0-9_$]', '_', 'g') $$;

-- sys_context(namespace, attribute [, length])
-- for: SYS_CONTEXT: USERENV, SYS_SESSION_ROLES and application contexts (SQL Language Reference 19c, SYS_CONTEXT)
-- note: An application context's attribute is the setting "namespace.attribute", which dbms_session_set_context writes. Any session may write it: PostgreSQL knows no trusted procedure.
-- note: Users, schemas and the database come in upper case. MODULE, ACTION, CLIENT_INFO and CLIENT_IDENTIFIER are what dbms_application_info_* and dbms_session_set_identifier have set. OS_USER, TERMINAL, PROXY_USER and the audit attributes are NULL; an attribute that Oracle does not know raises ORA-02003.
CREATE OR REPLACE FUNCTION landfall.sys_context(namespace text, attribute text, len numeric DEFAULT 256) RETURNS text
LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
  r text;
  a text := pg_catalog.upper(attribute);
BEGIN
  IF pg_catalog.upper(namespace) = 'SYS_SESSION_ROLES' THEN
    RETURN (SELECT pg_catalog.upper(pg_catalog.pg_has_role(x.oid, 'USAGE')::text)
            FROM pg_catalog.pg_roles AS x WHERE x.rolname = landfall._postgres_name(attribute)
            UNION ALL SELECT 'FALSE' LIMIT 1);
  ELSIF pg_catalog.upper(namespace) <> 'USERENV' THEN
    RETURN pg_catalog.left(landfall.get(landfall._context_setting(namespace, attribute)), pg_catalog.trunc(len)::integer);
  END IF;
  CASE
    WHEN a IN ('SESSION_USER', 'AUTHENTICATED_IDENTITY', 'ENTERPRISE_IDENTITY') THEN r := landfall._oracle_name(session_user::text);
    WHEN a IN ('CURRENT_USER', 'POLICY_INVOKER') THEN r := landfall._oracle_name(current_user::text);
    WHEN a = 'CURRENT_SCHEMA' THEN r := landfall._oracle_name(current_schema::text);
    WHEN a IN ('DB_NAME', 'DB_UNIQUE_NAME', 'INSTANCE_NAME', 'SERVICE_NAME', 'CON_NAME', 'CDB_NAME') THEN r := landfall._oracle_name(pg_catalog.current_database()::text);
    WHEN a IN ('SID', 'SESSIONID') THEN r := pg_catalog.pg_backend_pid();
    WHEN a IN ('INSTANCE', 'CON_ID') THEN r := '1';
    WHEN a = 'SESSION_USERID' THEN r := landfall.uid();
    WHEN a = 'CURRENT_USERID' THEN r := (SELECT x.oid FROM pg_catalog.pg_roles AS x WHERE x.rolname = current_user);
    WHEN a IN ('CURRENT_SCHEMAID', 'SCHEMAID') THEN r := (SELECT x.oid FROM pg_catalog.pg_namespace AS x WHERE x.nspname = current_schema);
    WHEN a = 'IP_ADDRESS' THEN r := pg_catalog.host(pg_catalog.inet_client_addr());
    WHEN a = 'HOST' THEN r := (SELECT coalesce(x.client_hostname, pg_catalog.host(x.client_addr), 'localhost') FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid()) AS x);
    WHEN a = 'SERVER_HOST' THEN r := coalesce(pg_catalog.host(pg_catalog.inet_server_addr()), 'localhost');
    WHEN a = 'NETWORK_PROTOCOL' THEN r := CASE WHEN pg_catalog.inet_client_addr() IS NULL THEN 'ipc' ELSE 'tcp' END;
    WHEN a IN ('ACTION', 'CLIENT_INFO', 'CLIENT_IDENTIFIER') THEN r := landfall.get('landfall.' || pg_catalog.lower(a));
    WHEN a IN ('MODULE', 'CLIENT_PROGRAM_NAME') THEN r := landfall.get('application_name');
    WHEN a = 'ISDBA' THEN r := (SELECT pg_catalog.upper(x.rolsuper::text) FROM pg_catalog.pg_roles AS x WHERE x.rolname = session_user);
    WHEN a = 'DATABASE_ROLE' THEN r := CASE WHEN pg_catalog.pg_is_in_recovery() THEN 'PHYSICAL STANDBY' ELSE 'PRIMARY' END;
    WHEN a = 'LANGUAGE' THEN r := 'AMERICAN_AMERICA.AL32UTF8';
    WHEN a = 'LANG' THEN r := 'US';
    WHEN a = 'NLS_TERRITORY' THEN r := 'AMERICA';
    WHEN a = 'NLS_CURRENCY' THEN r := '$';
    WHEN a = 'NLS_CALENDAR' THEN r := 'GREGORIAN';
    WHEN a = 'NLS_DATE_LANGUAGE' THEN r := 'AMERICAN';
    WHEN a = 'NLS_SORT' THEN r := 'BINARY';
    WHEN a = 'NLS_DATE_FORMAT' THEN r := coalesce(landfall.get('landfall.nls_date_format'), 'DD-MON-RR');
    WHEN a = 'PLATFORM_SLASH' THEN r := '/';
    WHEN a = 'SESSION_EDITION_NAME' OR a = 'CURRENT_EDITION_NAME' THEN r := 'ORA$BASE';
    WHEN a = 'IDENTIFICATION_TYPE' THEN r := 'LOCAL';
    WHEN a = 'AUTHENTICATION_METHOD' THEN r := 'PASSWORD';
    WHEN a IN ('OS_USER', 'TERMINAL', 'PROXY_USER', 'PROXY_USERID', 'DB_DOMAIN', 'ENTRYID', 'STATEMENTID', 'BG_JOB_ID', 'FG_JOB_ID', 'GLOBAL_UID',
      'GLOBAL_CONTEXT_MEMORY', 'AUDITED_CURSORID', 'AUTHENTICATION_DATA', 'CURRENT_BIND', 'CURRENT_SQL', 'CURRENT_SQL_LENGTH', 'ORACLE_HOME',
      'DBLINK_INFO', 'UNIFIED_AUDIT_SESSIONID', 'CURRENT_EDITION_ID', 'SESSION_EDITION_ID', 'IS_APPLY_SERVER', 'IS_DG_ROLLING_UPGRADE') THEN r := NULL;
    ELSE
      RAISE EXCEPTION 'ORA-02003: invalid USERENV parameter: "%"', attribute USING ERRCODE = landfall.sqlstate(-2003);
  END CASE;
  RETURN pg_catalog.left(r, pg_catalog.trunc(len)::integer);
END $$;

-- userenv(parameter)
-- for: USERENV, the older form of SYS_CONTEXT('USERENV', ...) (SQL Language Reference 19c, USERENV)
CREATE OR REPLACE FUNCTION landfall.userenv(parameter text) RETURNS text
LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
  IF pg_catalog.upper(parameter) NOT IN ('CLIENT_INFO', 'ENTRYID', 'ISDBA', 'LANG', 'LANGUAGE', 'SESSIONID', 'SID', 'TERMINAL', 'SCHEMAID', 'INSTANCE') THEN
    RAISE EXCEPTION 'ORA-02003: invalid USERENV parameter: "%"', parameter USING ERRCODE = landfall.sqlstate(-2003);
  END IF;
  RETURN landfall.sys_context('USERENV', parameter);
END $$;
