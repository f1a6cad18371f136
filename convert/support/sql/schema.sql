-- The schema itself is made by the script's first lines.

-- version()
-- for: nothing of Oracle's: tells which version of the support schema is loaded
CREATE OR REPLACE FUNCTION landfall.version() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT '@VERSION@'::text $$;
