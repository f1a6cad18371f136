-- Cursors inside of queries. SQL Language Reference 19c, CURSOR Expressions.

-- cursor_for(query)
-- for: CURSOR(query) as a column or an argument: a cursor of its own for every row, open until the transaction ends
CREATE OR REPLACE FUNCTION landfall.cursor_for(query text) RETURNS refcursor
LANGUAGE plpgsql AS $$
DECLARE
  c refcursor;
BEGIN
  OPEN c FOR EXECUTE query;
  RETURN c;
END $$;

-- portal(refcursor)
-- for: OPEN of a cursor that stays open when the transaction ends: the name under which it is declared WITH HOLD. One that is open is refused as Oracle does (ORA-06511)
CREATE OR REPLACE FUNCTION landfall.portal(c refcursor) RETURNS refcursor
LANGUAGE plpgsql AS $$
DECLARE
  n integer := coalesce(nullif(pg_catalog.current_setting('landfall.portals', true), ''), '0')::integer + 1;
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_cursors AS o WHERE o.name = c::text) THEN
    RAISE duplicate_cursor USING MESSAGE = pg_catalog.format('cursor "%s" already in use', c);
  END IF;
  -- the number goes back with a transaction that is rolled back, and so do the cursors that were declared in it
  PERFORM pg_catalog.set_config('landfall.portals', n::text, false);
  RETURN 'lf_portal_' || n;
END $$;

-- close_portal(refcursor)
-- for: OPEN of a cursor variable, which closes what it has open (PL/SQL Language Reference 19c, OPEN FOR Statement)
-- note: the variable itself is not changed; portal refuses a name only while it is open.
CREATE OR REPLACE FUNCTION landfall.close_portal(c refcursor) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_cursors AS o WHERE o.name = c::text) THEN
    CLOSE c;
  END IF;
END $$;
