-- Hierarchical queries. SQL Language Reference 19c, Hierarchical Queries.

-- connect_by_seen(seen, key)
-- for: CONNECT BY without NOCYCLE: what PRIOR has of a row and its ancestors; ORA-01436 when the row is its own ancestor
CREATE OR REPLACE FUNCTION landfall.connect_by_seen(seen text[], key text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF key = ANY (seen) THEN
    PERFORM landfall._raise(1436, NULL);
  END IF;
  RETURN seen || key;
END $$;
