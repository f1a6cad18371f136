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

-- dynamic_text(sql, outs)
-- for: EXECUTE IMMEDIATE text USING ... where the text is not known before it runs and may be a block, or gives values back
-- note: outs are the places, from 1, of the arguments that only come back. One call, one assignment or one INSERT, UPDATE, DELETE or
-- MERGE with or without RETURNING ... INTO, alone or between BEGIN and END, becomes a statement whose first row holds the values that
-- come back; BULK COLLECT makes arrays of them. In a block a placeholder's name counts once, in SQL each of its places.
-- note: A block of any other kind raises SQLSTATE 0A000 (feature_not_supported). ROWID becomes ctid; nothing else of the SQL is converted.
CREATE OR REPLACE FUNCTION landfall.dynamic_text(sql text, outs integer[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  part text;
  word text;
  body text[];
  items text[];
  names text[] := '{}';
  block boolean;
  place integer := 0;
  bare text := '';    -- sql with placeholders numbered
  mask text := '';    -- of the same length, without what stands in quotes and comments
  give text;
  into_at integer;
  list_at integer;
  bulk boolean;
BEGIN
  block := sql ~* '^\s*(begin|declare)\M';
  FOR part IN
    SELECT m[1] FROM pg_catalog.regexp_matches(sql,
      '(''(?:[^'']|'''')*''|"[^"]*"|--[^\n]*|/[*](?:[^*]|[*](?!/))*[*]/|::|:=|:[[:alnum:]_$#]+|[^'':"/-]+|.)', 'g') AS m
  LOOP
    IF part ~ '^:[[:alnum:]_$#]+$' THEN
      word := pg_catalog.upper(part);
      IF NOT block OR NOT word = ANY (names) THEN
        names := names || word;
        place := pg_catalog.cardinality(names);
      ELSE
        place := pg_catalog.array_position(names, word);
      END IF;
      IF place = ANY (outs) THEN
        part := 'NULL';
      ELSE
        part := '$' || place - (SELECT pg_catalog.count(*) FROM pg_catalog.unnest(outs) AS o WHERE o < place);
      END IF;
      bare := bare || part;
      mask := mask || part;
    ELSIF part ~ '^(--|/[*])' THEN
      bare := bare || ' ';
      mask := mask || ' ';
    ELSIF part ~ '^[''"]' THEN
      bare := bare || part;
      mask := mask || pg_catalog.repeat('x', pg_catalog.length(part));
    ELSE
      part := pg_catalog.regexp_replace(part, '\mrowid\M', 'ctid ', 'gi');
      bare := bare || part;
      mask := mask || part;
    END IF;
  END LOOP;
  IF block THEN
    body := pg_catalog.regexp_match(mask, '^(\s*begin\M\s*)(.*?)\s*;\s*end\s*;?\s*$', 'i');
    IF body IS NULL OR pg_catalog.strpos(body[2], ';') > 0 THEN
      RAISE EXCEPTION 'a block that is put together at run time is converted when it holds one statement'
        USING ERRCODE = 'feature_not_supported', DETAIL = sql;
    END IF;
    bare := pg_catalog.substr(bare, pg_catalog.length(body[1]) + 1, pg_catalog.length(body[2]));
    mask := body[2];
  ELSE
    bare := pg_catalog.regexp_replace(bare, '\s*;?\s*$', '');
    mask := pg_catalog.left(mask, pg_catalog.length(bare));
  END IF;
  word := pg_catalog.lower((pg_catalog.regexp_match(mask, '^\s*([[:alpha:]_]+)'))[1]);
  IF word IN ('insert', 'update', 'delete', 'merge', 'with') OR NOT block AND mask !~* '^\s*call\M' THEN
    list_at := pg_catalog.length((pg_catalog.regexp_match(mask, '^(.*\mreturn(?:ing)?\M)', 'i'))[1]);
    into_at := pg_catalog.length((pg_catalog.regexp_match(mask, '^(.*\mreturn(?:ing)?\M.*)\minto\M[^()]*$', 'i'))[1]);
    IF list_at IS NULL OR into_at IS NULL THEN
      RETURN bare;
    END IF;
    give := pg_catalog.substr(bare, list_at + 1, into_at - list_at);
    bulk := pg_catalog.left(mask, into_at) ~* '\mbulk\s+collect\s*$';
    IF bulk THEN
      give := pg_catalog.regexp_replace(give, 'bulk\s+collect\s*$', '', 'i');
    END IF;
    bare := pg_catalog.regexp_replace(pg_catalog.left(bare, list_at), 'return(ing)?$', 'RETURNING', 'i') || give;
    IF NOT bulk THEN
      RETURN bare;
    END IF;
    FOR place IN 1 .. pg_catalog.cardinality(outs) LOOP
      items := items || pg_catalog.format('coalesce(array_agg(lf_q.c%s), ''{}'')', place);
      names[place] := 'c' || place;
    END LOOP;
    RETURN 'WITH lf_q(' || pg_catalog.array_to_string(names[1:pg_catalog.cardinality(outs)], ', ') || ') AS (' || bare || ') SELECT '
      || pg_catalog.array_to_string(items, ', ') || ' FROM lf_q';
  ELSIF mask ~ '^\s*NULL\s*:=' THEN
    RETURN pg_catalog.regexp_replace(bare, '^\s*NULL\s*:=', 'SELECT');
  ELSIF mask ~* '^\s*call\M' THEN
    RETURN bare;
  ELSIF word IN ('select', 'if', 'for', 'while', 'loop', 'forall', 'execute', 'open', 'fetch', 'close', 'raise', 'return', 'case', 'goto', 'null', 'commit', 'rollback', 'declare', 'begin')
    OR mask !~ '^\s*[[:alpha:]][[:alnum:]_$#]*(\s*[.]\s*[[:alpha:]x][[:alnum:]_$#]*)*\s*([(].*[)])?\s*$' THEN
    RAISE EXCEPTION 'a block that is put together at run time is converted when it holds a call, an assignment or a change of rows'
      USING ERRCODE = 'feature_not_supported', DETAIL = sql;
  END IF;
  RETURN 'CALL ' || bare || CASE WHEN pg_catalog.strpos(mask, '(') = 0 THEN '()' ELSE '' END;
END $$;
