-- SQL/JSON, which PostgreSQL has from version 17 on. SQL Language Reference 19c, JSON Functions.

-- _json_read(text)
-- for: documents that are no JSON: NULL instead of an error
CREATE OR REPLACE FUNCTION landfall._json_read(doc text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN doc::jsonb;
EXCEPTION WHEN invalid_text_representation OR untranslatable_character OR program_limit_exceeded THEN
  RETURN NULL;
END $$;

-- _json_text(value)
-- for: the text of JSON without the spaces that PostgreSQL writes behind : and ,
-- note: Members stand in the order of jsonb: shorter keys first.
CREATE OR REPLACE FUNCTION landfall._json_text(value jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE pg_catalog.jsonb_typeof(value)
    WHEN 'object' THEN '{' || coalesce((SELECT pg_catalog.string_agg(pg_catalog.to_json(key)::text || ':' || landfall._json_text(v), ',' ORDER BY n)
      FROM pg_catalog.jsonb_each(value) WITH ORDINALITY AS e(key, v, n)), '') || '}'
    WHEN 'array' THEN '[' || coalesce((SELECT pg_catalog.string_agg(landfall._json_text(v), ',' ORDER BY n)
      FROM pg_catalog.jsonb_array_elements(value) WITH ORDINALITY AS e(v, n)), '') || ']'
    ELSE value::text END $$;

-- json_value(document, path [, on error, on empty])
-- for: JSON_VALUE: the scalar that a path finds, as text (SQL Language Reference 19c, JSON_VALUE)
-- note: NULL for a document that is no JSON, for no or several finds and for objects and arrays; 'error' raises ORA-40441, ORA-40462 or ORA-40456 instead.
-- note: The path language is PostgreSQL's (lax): steps, array positions and filters as in Oracle, other item methods.
CREATE OR REPLACE FUNCTION landfall.json_value(doc jsonb, path text, on_error text DEFAULT 'null', on_empty text DEFAULT 'null') RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  found jsonb[];
BEGIN
  found := ARRAY(SELECT pg_catalog.jsonb_path_query(doc, path::jsonpath, '{}', true));
  IF pg_catalog.cardinality(found) = 0 THEN
    IF on_empty = 'error' OR on_empty = 'null' AND on_error = 'error' THEN
      RAISE EXCEPTION 'ORA-40462: JSON_VALUE evaluated to no value' USING ERRCODE = landfall.sqlstate(-40462);
    END IF;
    RETURN NULL;
  ELSIF pg_catalog.cardinality(found) > 1 OR pg_catalog.jsonb_typeof(found[1]) IN ('object', 'array') THEN
    IF on_error = 'error' THEN
      RAISE EXCEPTION 'ORA-40456: JSON_VALUE evaluated to non-scalar value' USING ERRCODE = landfall.sqlstate(-40456);
    END IF;
    RETURN NULL;
  END IF;
  RETURN nullif(found[1] #>> '{}', '');
END $$;
CREATE OR REPLACE FUNCTION landfall.json_value(doc text, path text, on_error text DEFAULT 'null', on_empty text DEFAULT 'null') RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  d jsonb := landfall._json_read(doc);
BEGIN
  IF d IS NULL AND on_error = 'error' THEN
    RAISE EXCEPTION 'ORA-40441: JSON syntax error' USING ERRCODE = landfall.sqlstate(-40441);
  END IF;
  RETURN landfall.json_value(d, path, on_error, on_empty);
END $$;

-- json_query(document, path [, wrapper])
-- for: JSON_QUERY: the object or array that a path finds, as text; wrapper is with or conditional (SQL Language Reference 19c, JSON_QUERY)
-- note: NULL for a document that is no JSON, and without a wrapper for no or several finds and for scalars.
CREATE OR REPLACE FUNCTION landfall.json_query(doc jsonb, path text, wrapper text DEFAULT 'without') RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  found jsonb[];
  plain boolean;
BEGIN
  found := ARRAY(SELECT pg_catalog.jsonb_path_query(doc, path::jsonpath, '{}', true));
  IF pg_catalog.cardinality(found) = 0 THEN
    RETURN NULL;
  END IF;
  plain := pg_catalog.cardinality(found) = 1 AND pg_catalog.jsonb_typeof(found[1]) IN ('object', 'array');
  IF wrapper = 'with' OR wrapper = 'unconditional' OR wrapper = 'conditional' AND NOT plain THEN
    RETURN landfall._json_text(pg_catalog.to_jsonb(found));
  ELSIF plain THEN
    RETURN landfall._json_text(found[1]);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION landfall.json_query(doc text, path text, wrapper text DEFAULT 'without') RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.json_query(landfall._json_read(doc), path, wrapper) $$;

-- json_dot(document, path)
-- for: the simple dot notation: what a path finds, as text (JSON Developer's Guide 19c, "Simple Dot-Notation Access to JSON Data")
-- note: A scalar as its text, an object or array as JSON, several finds as an array of them, NULL for none, for null and for a document that is no JSON.
CREATE OR REPLACE FUNCTION landfall.json_dot(doc jsonb, path text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  found jsonb[] := ARRAY(SELECT pg_catalog.jsonb_path_query(doc, path::jsonpath, '{}', true));
BEGIN
  IF pg_catalog.cardinality(found) = 0 THEN
    RETURN NULL;
  ELSIF pg_catalog.cardinality(found) > 1 THEN
    RETURN landfall._json_text(pg_catalog.to_jsonb(found));
  ELSIF pg_catalog.jsonb_typeof(found[1]) IN ('object', 'array') THEN
    RETURN landfall._json_text(found[1]);
  END IF;
  RETURN nullif(found[1] #>> '{}', '');
END $$;
CREATE OR REPLACE FUNCTION landfall.json_dot(doc text, path text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.json_dot(landfall._json_read(doc), path) $$;

-- json_exists(document, path [, on error])
-- for: JSON_EXISTS (SQL Language Reference 19c, JSON_EXISTS Condition)
-- note: False for a document that is no JSON; 'error' raises ORA-40441 instead.
CREATE OR REPLACE FUNCTION landfall.json_exists(doc jsonb, path text, on_error text DEFAULT 'null', on_empty text DEFAULT 'null') RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.jsonb_path_exists(doc, path::jsonpath, '{}', true) $$;
CREATE OR REPLACE FUNCTION landfall.json_exists(doc text, path text, on_error text DEFAULT 'null', on_empty text DEFAULT 'null') RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  d jsonb := landfall._json_read(doc);
BEGIN
  IF d IS NULL AND on_error = 'error' THEN
    RAISE EXCEPTION 'ORA-40441: JSON syntax error' USING ERRCODE = landfall.sqlstate(-40441);
  END IF;
  RETURN coalesce(pg_catalog.jsonb_path_exists(d, path::jsonpath, '{}', true), false);
END $$;

-- is_json(document [, kind])
-- for: the condition IS JSON; kind is value, object, array or scalar (SQL Language Reference 19c, IS JSON Condition)
-- note: STRICT: what PostgreSQL reads as JSON. Oracle's lax syntax (names without quotes, single quotes) is not JSON here.
CREATE OR REPLACE FUNCTION landfall.is_json(doc text, kind text DEFAULT 'value') RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text := pg_catalog.jsonb_typeof(landfall._json_read(doc));
BEGIN
  RETURN t IS NOT NULL AND CASE kind WHEN 'object' THEN t = 'object' WHEN 'array' THEN t = 'array' WHEN 'scalar' THEN t NOT IN ('object', 'array') ELSE true END;
END $$;
CREATE OR REPLACE FUNCTION landfall.is_json(doc jsonb, kind text DEFAULT 'value') RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.is_json(doc::text, kind) $$;

-- json_object(keys, values [, absent on null])
-- for: JSON_OBJECT and JSON_OBJECTAGG: text without spaces, members in the order given (SQL Language Reference 19c, JSON_OBJECT)
CREATE OR REPLACE FUNCTION landfall.json_object(keys text[], members json[], absent boolean DEFAULT false) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  s text := '';
BEGIN
  FOR i IN 1 .. coalesce(pg_catalog.cardinality(keys), 0) LOOP
    IF keys[i] IS NULL THEN
      RAISE EXCEPTION 'ORA-40491: JSON key is NULL' USING ERRCODE = landfall.sqlstate(-40491);
    ELSIF NOT absent OR coalesce(members[i]::text, 'null') <> 'null' THEN
      s := s || ',' || pg_catalog.to_json(keys[i])::text || ':' || coalesce(members[i]::text, 'null');
    END IF;
  END LOOP;
  RETURN '{' || pg_catalog.substr(s, 2) || '}';
END $$;

-- json_array(values [, absent on null])
-- for: JSON_ARRAY and JSON_ARRAYAGG: text without spaces (SQL Language Reference 19c, JSON_ARRAY)
CREATE OR REPLACE FUNCTION landfall.json_array(members json[], absent boolean DEFAULT true) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  s text := '';
  m json;
BEGIN
  FOREACH m IN ARRAY coalesce(members, '{}') LOOP
    IF NOT absent OR coalesce(m::text, 'null') <> 'null' THEN
      s := s || ',' || coalesce(m::text, 'null');
    END IF;
  END LOOP;
  RETURN '[' || pg_catalog.substr(s, 2) || ']';
END $$;
