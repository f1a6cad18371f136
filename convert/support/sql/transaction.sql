-- Autonomous transactions, in a second session. PL/SQL Language Reference 19c, Autonomous Transactions.

-- _extension(name)
-- for: where an extension's functions stand, as a prefix; an error with the way to get it when it is absent
CREATE OR REPLACE FUNCTION landfall._extension(name text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  prefix text := (SELECT pg_catalog.quote_ident(n.nspname) || '.' FROM pg_catalog.pg_extension AS e JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = name);
BEGIN
  IF prefix IS NULL THEN
    RAISE EXCEPTION 'the extension % is not there', name USING ERRCODE = 'undefined_object', HINT = 'CREATE EXTENSION ' || name || ';';
  END IF;
  RETURN prefix;
END $$;

-- _autonomous_conninfo()
-- for: how the second session connects: the setting landfall.autonomous_conninfo, or this server, database and user
CREATE OR REPLACE FUNCTION landfall._autonomous_conninfo() RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  host text := pg_catalog.host(pg_catalog.inet_server_addr());
BEGIN
  IF landfall.get('landfall.autonomous_conninfo') IS NOT NULL THEN
    RETURN landfall.get('landfall.autonomous_conninfo');
  END IF;
  BEGIN
    host := coalesce(nullif(pg_catalog.btrim(pg_catalog.split_part(pg_catalog.current_setting('unix_socket_directories'), ',', 1)), ''), host);
  EXCEPTION WHEN insufficient_privilege THEN
    NULL; -- then libpq's own default, or the address that this session came by
  END;
  RETURN (SELECT pg_catalog.string_agg(k || '=''' || pg_catalog.replace(pg_catalog.replace(v, '\', '\\'), '''', '\''') || '''', ' ')
    FROM (VALUES ('host', host), ('port', pg_catalog.current_setting('port')), ('dbname', pg_catalog.current_database()::text),
      ('user', current_user::text), ('application_name', 'autonomous of ' || pg_catalog.pg_backend_pid())) AS x(k, v) WHERE v IS NOT NULL);
END $$;

-- _autonomous_session()
-- for: the second session: opened once, then kept; it gets this session's search_path and formats before each use
CREATE OR REPLACE FUNCTION landfall._autonomous_session() RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  ext text := landfall._extension('dblink');
  settings text := (SELECT pg_catalog.string_agg('SET ' || name || ' = ' || CASE WHEN name = 'search_path' THEN value ELSE pg_catalog.quote_literal(value) END, '; ')
    FROM (SELECT n AS name, CASE WHEN n = 'search_path' THEN coalesce(nullif(pg_catalog.current_setting(n), ''), '""') ELSE coalesce(pg_catalog.current_setting(n, true), '') END AS value
      FROM pg_catalog.unnest(ARRAY['search_path', 'TimeZone', 'DateStyle', 'IntervalStyle', 'landfall.nls_date_format', 'landfall.nls_timestamp_format',
        'landfall.nls_timestamp_tz_format', 'landfall.action', 'landfall.client_info', 'landfall.client_identifier']) AS n) AS x)
    || '; SET lock_timeout = ' || pg_catalog.quote_literal(coalesce(landfall.get('landfall.autonomous_lock_timeout'), '60s'));
  open text[];
  done text;
BEGIN
  EXECUTE 'SELECT ' || ext || 'dblink_get_connections()' INTO open;
  IF 'landfall_autonomous' = ANY (open) THEN
    BEGIN
      EXECUTE 'SELECT ' || ext || 'dblink_exec(''landfall_autonomous'', $1)' INTO done USING settings;
      RETURN ext;
    EXCEPTION WHEN OTHERS THEN -- it was lost: once more
      EXECUTE 'SELECT ' || ext || 'dblink_disconnect(''landfall_autonomous'')' INTO done;
    END;
  END IF;
  EXECUTE 'SELECT ' || ext || 'dblink_connect(''landfall_autonomous'', $1)' INTO done USING landfall._autonomous_conninfo();
  EXECUTE 'SELECT ' || ext || 'dblink_exec(''landfall_autonomous'', $1)' INTO done USING settings;
  RETURN ext;
END $$;

-- autonomous(sql)
-- for: PRAGMA AUTONOMOUS_TRANSACTION: runs a statement (usually CALL) in a second session, which commits; its errors come back with their SQLSTATE (PL/SQL Language Reference 19c, Autonomous Transactions)
-- note: The second session connects to this server, database and user; the setting landfall.autonomous_conninfo names another way, or a foreign server of dblink_fdw. Users who are no superusers need one with a password.
-- note: It does not see package state, temporary tables and uncommitted changes of the first. It has the first's search_path and formats. COMMIT and ROLLBACK in the procedure called work.
-- note: What waits for a lock of the first session fails after landfall.autonomous_lock_timeout (60s): Oracle raises ORA-00060.
-- needs: dblink
CREATE OR REPLACE PROCEDURE landfall.autonomous(sql text)
LANGUAGE plpgsql AS $$
DECLARE
  done text;
BEGIN
  EXECUTE 'SELECT ' || landfall._autonomous_session() || 'dblink_exec(''landfall_autonomous'', $1)' INTO done USING sql;
END $$;

-- autonomous_row(sql, columns)
-- for: autonomous functions and procedures with OUT parameters: the first row of the statement (SELECT f(...), CALL p(...)) as an array of texts
-- note: As for autonomous. NULL when there is no row.
-- needs: dblink
CREATE OR REPLACE FUNCTION landfall.autonomous_row(sql text, columns integer DEFAULT 1) RETURNS text[]
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  r text[];
  names text := (SELECT pg_catalog.string_agg('c' || i, ', ') FROM pg_catalog.generate_series(1, columns) AS i);
BEGIN
  EXECUTE 'SELECT ARRAY[' || names || '] FROM ' || landfall._autonomous_session() || 'dblink(''landfall_autonomous'', $1) AS x('
    || pg_catalog.replace(names, ',', ' text,') || ' text)' INTO r USING sql;
  RETURN r;
END $$;

-- autonomous_query(sql)
-- for: queries in a second session: one jsonb object a row
-- note: As for autonomous.
-- needs: dblink
CREATE OR REPLACE FUNCTION landfall.autonomous_query(sql text) RETURNS SETOF jsonb
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN QUERY EXECUTE 'SELECT x.r FROM ' || landfall._autonomous_session() || 'dblink(''landfall_autonomous'', $1) AS x(r jsonb)'
    USING 'SELECT pg_catalog.to_jsonb(q) FROM (' || sql || ') AS q';
END $$;
