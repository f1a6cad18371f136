-- DBMS_SESSION and DBMS_APPLICATION_INFO: what a session says of itself, kept in settings.
-- PL/SQL Packages and Types Reference 19c, DBMS_SESSION, DBMS_APPLICATION_INFO.

-- dbms_session_set_context(namespace, attribute, value [, username, client_id])
-- for: DBMS_SESSION.SET_CONTEXT: the setting "namespace.attribute", which sys_context reads
-- note: Username and client_id have no effect: there is no global context. Any code may set it. A rollback takes it back.
CREATE OR REPLACE PROCEDURE landfall.dbms_session_set_context(namespace text, attribute text, value text, username text DEFAULT NULL, client_id text DEFAULT NULL)
LANGUAGE plpgsql AS $$
DECLARE
  known text := 'landfall.context_' || pg_catalog.split_part(landfall._context_setting(namespace, attribute), '.', 1);
BEGIN
  PERFORM landfall.set(landfall._context_setting(namespace, attribute), value);
  -- the names set, for clear_all_context: PostgreSQL does not list settings of one's own
  IF landfall._context_setting(namespace, attribute) <> ALL (coalesce(pg_catalog.string_to_array(landfall.get(known), ' '), '{}')) THEN
    PERFORM landfall.set(known, pg_catalog.concat_ws(' ', landfall.get(known), landfall._context_setting(namespace, attribute)));
  END IF;
END $$;

-- dbms_session_clear_context(namespace [, client_id [, attribute]])
-- for: DBMS_SESSION.CLEAR_CONTEXT
CREATE OR REPLACE PROCEDURE landfall.dbms_session_clear_context(namespace text, client_id text DEFAULT NULL, attribute text DEFAULT NULL)
LANGUAGE plpgsql AS $$
DECLARE
  known text := 'landfall.context_' || pg_catalog.split_part(landfall._context_setting(namespace, 'a'), '.', 1);
  name text;
BEGIN
  IF attribute IS NOT NULL THEN
    PERFORM landfall.set(landfall._context_setting(namespace, attribute), NULL);
    RETURN;
  END IF;
  FOREACH name IN ARRAY coalesce(pg_catalog.string_to_array(landfall.get(known), ' '), '{}') LOOP
    PERFORM landfall.set(name, NULL);
  END LOOP;
  PERFORM landfall.set(known, NULL);
END $$;

-- dbms_session_clear_all_context(namespace)
-- for: DBMS_SESSION.CLEAR_ALL_CONTEXT
CREATE OR REPLACE PROCEDURE landfall.dbms_session_clear_all_context(namespace text)
LANGUAGE plpgsql AS $$
BEGIN
  CALL landfall.dbms_session_clear_context(namespace);
END $$;

-- dbms_session_set_identifier(client_id)
-- for: DBMS_SESSION.SET_IDENTIFIER
CREATE OR REPLACE PROCEDURE landfall.dbms_session_set_identifier(client_id text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM landfall.set('landfall.client_identifier', client_id);
END $$;

-- dbms_session_clear_identifier()
-- for: DBMS_SESSION.CLEAR_IDENTIFIER
CREATE OR REPLACE PROCEDURE landfall.dbms_session_clear_identifier()
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM landfall.set('landfall.client_identifier', NULL);
END $$;

-- dbms_session_unique_session_id()
-- for: DBMS_SESSION.UNIQUE_SESSION_ID: 24 hexadecimal digits
-- note: Process number and the time at which the session began.
CREATE OR REPLACE FUNCTION landfall.dbms_session_unique_session_id() RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT pg_catalog.upper(pg_catalog.lpad(pg_catalog.to_hex(pg_catalog.pg_backend_pid()), 8, '0')
    || pg_catalog.lpad(pg_catalog.to_hex((extract(epoch FROM a.backend_start) * 1000000)::bigint), 16, '0'))
  FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid()) AS a $$;

-- dbms_session_is_role_enabled(rolename)
-- for: DBMS_SESSION.IS_ROLE_ENABLED
CREATE OR REPLACE FUNCTION landfall.dbms_session_is_role_enabled(rolename text) RETURNS boolean
LANGUAGE sql STABLE STRICT AS $$
  SELECT EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = landfall._postgres_name(rolename) AND pg_catalog.pg_has_role(r.oid, 'USAGE')) $$;

-- dbms_session_set_nls(param, value)
-- for: DBMS_SESSION.SET_NLS of NLS_DATE_FORMAT, NLS_TIMESTAMP_FORMAT, NLS_TIMESTAMP_TZ_FORMAT, TIME_ZONE
-- note: AMERICAN, AMERICA, BINARY and their like are accepted for the language, territory and sort parameters, as they change nothing; other values raise an error. The value may stand in quotes, as Oracle wants it.
CREATE OR REPLACE PROCEDURE landfall.dbms_session_set_nls(param text, value text)
LANGUAGE plpgsql AS $$
DECLARE
  p text := pg_catalog.lower(pg_catalog.btrim(param));
  v text := pg_catalog.btrim(pg_catalog.btrim(value), '''');
BEGIN
  IF p IN ('nls_date_format', 'nls_timestamp_format', 'nls_timestamp_tz_format') THEN
    PERFORM landfall.set('landfall.' || p, v);
  ELSIF p = 'time_zone' THEN
    PERFORM pg_catalog.set_config('TimeZone', CASE WHEN v ~ '^[+-][0-9]' THEN '<' || v || '>' || pg_catalog.translate(v, '+-', '-+') ELSE v END, false);
  ELSIF (p, pg_catalog.upper(v)) NOT IN (('nls_language', 'AMERICAN'), ('nls_language', 'ENGLISH'), ('nls_date_language', 'AMERICAN'), ('nls_date_language', 'ENGLISH'),
    ('nls_territory', 'AMERICA'), ('nls_sort', 'BINARY'), ('nls_comp', 'BINARY'), ('nls_numeric_characters', '.,'), ('nls_calendar', 'GREGORIAN'), ('nls_length_semantics', 'CHAR')) THEN
    RAISE EXCEPTION 'ORA-00922: missing or invalid option: % = %', param, value USING ERRCODE = landfall.sqlstate(-922);
  END IF;
END $$;

-- dbms_session_free_unused_user_memory()
-- for: DBMS_SESSION.FREE_UNUSED_USER_MEMORY: nothing to do
CREATE OR REPLACE PROCEDURE landfall.dbms_session_free_unused_user_memory()
LANGUAGE plpgsql AS $$
BEGIN
  NULL;
END $$;

-- dbms_application_info_set_module(module_name, action_name)
-- for: DBMS_APPLICATION_INFO.SET_MODULE: the module is application_name, where pg_stat_activity shows it, the action the setting landfall.action
CREATE OR REPLACE PROCEDURE landfall.dbms_application_info_set_module(module_name text, action_name text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_catalog.set_config('application_name', pg_catalog.left(coalesce(module_name, ''), 48), false);
  PERFORM landfall.set('landfall.action', pg_catalog.left(action_name, 32));
END $$;

-- dbms_application_info_set_action(action_name)
-- for: DBMS_APPLICATION_INFO.SET_ACTION
CREATE OR REPLACE PROCEDURE landfall.dbms_application_info_set_action(action_name text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM landfall.set('landfall.action', pg_catalog.left(action_name, 32));
END $$;

-- dbms_application_info_set_client_info(client_info)
-- for: DBMS_APPLICATION_INFO.SET_CLIENT_INFO
CREATE OR REPLACE PROCEDURE landfall.dbms_application_info_set_client_info(client_info text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM landfall.set('landfall.client_info', pg_catalog.left(client_info, 64));
END $$;

-- dbms_application_info_read_module(module_name, action_name)
-- for: DBMS_APPLICATION_INFO.READ_MODULE
CREATE OR REPLACE PROCEDURE landfall.dbms_application_info_read_module(INOUT module_name text, INOUT action_name text)
LANGUAGE plpgsql AS $$
BEGIN
  module_name := landfall.get('application_name');
  action_name := landfall.get('landfall.action');
END $$;

-- dbms_application_info_read_client_info(client_info)
-- for: DBMS_APPLICATION_INFO.READ_CLIENT_INFO
CREATE OR REPLACE PROCEDURE landfall.dbms_application_info_read_client_info(INOUT client_info text)
LANGUAGE plpgsql AS $$
BEGIN
  client_info := landfall.get('landfall.client_info');
END $$;

-- dbms_application_info_set_session_longops(rindex, slno, op_name, target, context, sofar, totalwork, target_desc, units)
-- for: DBMS_APPLICATION_INFO.SET_SESSION_LONGOPS: takes the calls; PostgreSQL shows no progress of one's own
CREATE OR REPLACE PROCEDURE landfall.dbms_application_info_set_session_longops(INOUT rindex integer, INOUT slno integer, op_name text DEFAULT NULL, target integer DEFAULT 0, context integer DEFAULT 0,
  sofar numeric DEFAULT 0, totalwork numeric DEFAULT 0, target_desc text DEFAULT 'unknown target', units text DEFAULT NULL)
LANGUAGE plpgsql AS $$
BEGIN
  rindex := CASE WHEN rindex = -1 THEN 1 ELSE rindex END;
  slno := coalesce(slno, 1);
END $$;
