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
