-- Dynamic SQL whose text is only known at run time.

-- binds(sql)
-- for: EXECUTE IMMEDIATE text USING ... where the text is not known before it runs
-- note: Placeholders (:1, :name) become $1, $2 ... in order of their places, as Oracle binds them in SQL; what stands in quotes or comments stays.
-- note: A semicolon at the end is taken off, as neither system wants it there.
CREATE OR REPLACE FUNCTION landfall.binds(sql text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  part text;
  n integer := 0;
  result text := '';
BEGIN
  FOR part IN
    SELECT m[1] FROM pg_catalog.regexp_matches(sql,
      '(''(?:[^'']|'''')*''|"[^"]*"|--[^\n]*|/[*](?:[^*]|[*](?!/))*[*]/|::|:=|:[[:alnum:]_$#]+|[^'':"/-]+|.)', 'g') AS m
  LOOP
    IF part ~ '^:[[:alnum:]_$#]+$' THEN
      n := n + 1;
      result := result || '$' || n;
    ELSE
      result := result || part;
    END IF;
  END LOOP;
  RETURN pg_catalog.regexp_replace(result, ';\s*$', '');
END $$;
