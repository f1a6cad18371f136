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
