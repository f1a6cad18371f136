-- What stands behind relations that PostgreSQL does not have: temporary tables of all sessions, read-only views.

-- session_id()
-- for: the rows of a global temporary table, which each session has for itself
-- note: Made at the first call of a session and kept in the setting landfall.session_id; a rollback that takes the setting back takes the rows, too.
CREATE OR REPLACE FUNCTION landfall.session_id() RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  id text := pg_catalog.current_setting('landfall.session_id', true);
BEGIN
  IF id IS NULL OR id = '' THEN
    id := pg_catalog.pg_backend_pid() || '.' || pg_catalog.gen_random_uuid();
    PERFORM pg_catalog.set_config('landfall.session_id', id, false);
  END IF;
  RETURN id;
END $$;

-- read_only_view()
-- for: CREATE VIEW ... WITH READ ONLY
-- note: The function of an INSTEAD OF trigger; raises ORA-42399 (cannot perform a DML operation on a read-only view).
CREATE OR REPLACE FUNCTION landfall.read_only_view() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ORA-42399: cannot perform a DML operation on a read-only view'
    USING ERRCODE = '55000', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
END $$;

-- set_row(table)
-- for: UPDATE t SET ROW = r of a table whose columns only the server knows (PL/SQL Language Reference 19c, UPDATE Statement Extensions): the statement, which takes the record and the rows
-- note: NULL, which EXECUTE refuses, for a partitioned table: its rows have no address of their own.
CREATE OR REPLACE FUNCTION landfall.set_row(t regclass) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.format('UPDATE %s SET (%s) = ROW(%s) WHERE ctid = ANY ($2)', t,
    pg_catalog.string_agg(pg_catalog.quote_ident(attname), ', ' ORDER BY attnum), pg_catalog.string_agg('($1).' || pg_catalog.quote_ident(attname), ', ' ORDER BY attnum))
  FROM pg_catalog.pg_attribute WHERE attrelid = t AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhparent = t) $$;
