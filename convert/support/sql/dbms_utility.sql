-- DBMS_UTILITY. PL/SQL Packages and Types Reference 19c, DBMS_UTILITY.

-- dbms_utility_get_time()
-- for: DBMS_UTILITY.GET_TIME: hundredths of a second; differences count
CREATE OR REPLACE FUNCTION landfall.dbms_utility_get_time() RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN pg_catalog.mod(pg_catalog.trunc(extract(epoch FROM pg_catalog.clock_timestamp()) * 100), 4294967296) - 2147483648;
END $$;

-- dbms_utility_get_cpu_time()
-- for: DBMS_UTILITY.GET_CPU_TIME
-- note: PostgreSQL does not tell a session its CPU time: it is the time that has gone by.
CREATE OR REPLACE FUNCTION landfall.dbms_utility_get_cpu_time() RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN landfall.dbms_utility_get_time();
END $$;

-- dbms_utility_get_hash_value(name, base, hash_size)
-- for: DBMS_UTILITY.GET_HASH_VALUE: from base to base + hash_size - 1
-- note: Not Oracle's numbers: do not compare with stored ones.
CREATE OR REPLACE FUNCTION landfall.dbms_utility_get_hash_value(name text, base numeric, hash_size numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.trunc(base) + landfall.ora_hash(name, pg_catalog.trunc(hash_size) - 1) $$;

-- dbms_utility_comma_to_table(list, tablen, tab)
-- for: DBMS_UTILITY.COMMA_TO_TABLE; tab is an associative array (jsonb), with Oracle's NULL behind the last name
-- note: Names must be identifiers, as in Oracle, or ORA-20001 is raised.
CREATE OR REPLACE PROCEDURE landfall.dbms_utility_comma_to_table(list text, INOUT tablen integer, INOUT tab jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  names text[] := pg_catalog.string_to_array(list, ',');
  n text;
BEGIN
  tab := '{}';
  tablen := 0;
  FOREACH n IN ARRAY coalesce(names, ARRAY['']) LOOP
    IF pg_catalog.btrim(n) !~ '^("[^"]+"|[A-Za-z][A-Za-z0-9_$#]*)(\.("[^"]+"|[A-Za-z][A-Za-z0-9_$#]*))*(@[A-Za-z0-9_.$#]+)?$' THEN
      RAISE EXCEPTION 'ORA-20001: comma-separated list invalid near %', n USING ERRCODE = landfall.sqlstate(-20001);
    END IF;
    tablen := tablen + 1;
    tab := landfall.aa_put(tab, tablen, n);
  END LOOP;
  tab := landfall.aa_put(tab, tablen + 1, NULL::text);
END $$;

-- dbms_utility_table_to_comma(tab, tablen, list)
-- for: DBMS_UTILITY.TABLE_TO_COMMA: up to the first NULL
CREATE OR REPLACE PROCEDURE landfall.dbms_utility_table_to_comma(tab jsonb, INOUT tablen integer, INOUT list text)
LANGUAGE plpgsql AS $$
DECLARE
  e record;
BEGIN
  tablen := 0;
  list := NULL;
  FOR e IN SELECT x.value #>> '{}' AS v FROM landfall.aa_elements(tab) AS x LOOP
    EXIT WHEN e.v IS NULL;
    tablen := tablen + 1;
    list := pg_catalog.concat_ws(',', list, e.v);
  END LOOP;
END $$;

-- dbms_utility_exec_ddl_statement(parse_string)
-- for: DBMS_UTILITY.EXEC_DDL_STATEMENT
-- note: The text is run as PostgreSQL's.
CREATE OR REPLACE PROCEDURE landfall.dbms_utility_exec_ddl_statement(parse_string text)
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE parse_string;
END $$;

-- dbms_utility_db_version(version, compatibility)
-- for: DBMS_UTILITY.DB_VERSION: PostgreSQL's version, twice
CREATE OR REPLACE PROCEDURE landfall.dbms_utility_db_version(INOUT version text, INOUT compatibility text)
LANGUAGE plpgsql AS $$
BEGIN
  version := pg_catalog.current_setting('server_version');
  compatibility := version;
END $$;

-- dbms_utility_current_instance()
-- for: DBMS_UTILITY.CURRENT_INSTANCE: 1
CREATE OR REPLACE FUNCTION landfall.dbms_utility_current_instance() RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT 1 $$;

-- dbms_utility_is_cluster_database()
-- for: DBMS_UTILITY.IS_CLUSTER_DATABASE: false
CREATE OR REPLACE FUNCTION landfall.dbms_utility_is_cluster_database() RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT false $$;

-- dbms_utility_port_string()
-- for: DBMS_UTILITY.PORT_STRING
CREATE OR REPLACE FUNCTION landfall.dbms_utility_port_string() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT pg_catalog.split_part(pg_catalog.split_part(pg_catalog.version(), ' on ', 2), ',', 1) $$;

-- _context_lines(context)
-- for: PostgreSQL's context of an error or of a call: which function, which line, from the inside out
CREATE OR REPLACE FUNCTION landfall._context_lines(context text) RETURNS TABLE (unit text, line integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN m[1] IS NULL THEN NULL ELSE pg_catalog.upper(pg_catalog.replace(m[1], '"', '')) END, m[2]::integer
  FROM (SELECT pg_catalog.regexp_match(l, '^PL/pgSQL function (?:inline_code_block|([^(]+)\(.*\)) line ([0-9]+) '), i
        FROM pg_catalog.string_to_table(context, E'\n') WITH ORDINALITY AS t(l, i)) AS x(m, i)
  WHERE m IS NOT NULL ORDER BY i $$;

-- dbms_utility_format_error_backtrace(context)
-- for: DBMS_UTILITY.FORMAT_ERROR_BACKTRACE: ORA-06512 lines, from where the error was raised outwards
-- note: In the handler: GET STACKED DIAGNOSTICS c = PG_EXCEPTION_CONTEXT, then this of c. Lines are those of the converted code.
CREATE OR REPLACE FUNCTION landfall.dbms_utility_format_error_backtrace(context text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.string_agg('ORA-06512: at ' || coalesce('"' || unit || '", ', '') || 'line ' || line || E'\n', '')
  FROM landfall._context_lines(context) $$;

-- dbms_utility_format_error_stack(sqlstate, message)
-- for: DBMS_UTILITY.FORMAT_ERROR_STACK: in the handler with SQLSTATE and SQLERRM; SQLERRM with a line end
CREATE OR REPLACE FUNCTION landfall.dbms_utility_format_error_stack(state text, message text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN landfall.sqlcode(state) = 1 THEN E'ORA-06510: PL/SQL: unhandled user-defined exception\n'
    WHEN state IS NOT NULL THEN landfall.sqlerrm(state, message) || E'\n' END $$;

-- dbms_utility_format_call_stack()
-- for: DBMS_UTILITY.FORMAT_CALL_STACK: who called, from the inside out
CREATE OR REPLACE FUNCTION landfall.dbms_utility_format_call_stack() RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  context text;
BEGIN
  GET DIAGNOSTICS context = PG_CONTEXT;
  RETURN E'----- PL/SQL Call Stack -----\n  object      line  object\n  handle    number  name\n'
    || coalesce((SELECT pg_catalog.string_agg(pg_catalog.lpad('0', 10) || pg_catalog.lpad(x.line::text, 10) || '  ' || coalesce('procedure ' || x.unit, 'anonymous block') || E'\n', '')
        FROM landfall._context_lines(context) AS x WHERE x.unit IS NULL OR x.unit NOT LIKE 'LANDFALL.DBMS_UTILITY%'), '');
END $$;
