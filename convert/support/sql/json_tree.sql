-- The trees of JSON_ELEMENT_T, JSON_OBJECT_T and JSON_ARRAY_T. JSON Developer's Guide 19c, "PL/SQL Object Types for JSON";
-- PL/SQL Packages and Types Reference 19c, "JSON Data Structures".
--
-- They are of type json, which keeps the order of members. What Oracle changes in place is assigned back here.

-- json_parse(text [, kind])
-- for: JSON_ELEMENT_T.parse and the constructors with text; kind is object or array
-- note: Raises ORA-40441 for what is no JSON and ORA-40587 for another kind. Oracle's lax syntax (names without quotes) is not JSON here.
CREATE OR REPLACE FUNCTION landfall.json_parse(doc text, kind text DEFAULT NULL) RETURNS json
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  result json;
BEGIN
  IF doc IS NULL THEN
    RETURN NULL;
  END IF;
  BEGIN
    result := doc::json;
  EXCEPTION WHEN invalid_text_representation OR untranslatable_character OR program_limit_exceeded THEN
    RAISE EXCEPTION 'ORA-40441: JSON syntax error' USING ERRCODE = landfall.sqlstate(-40441);
  END;
  IF pg_catalog.json_typeof(result) <> kind THEN
    RAISE EXCEPTION 'ORA-40587: invalid JSON type' USING ERRCODE = landfall.sqlstate(-40587);
  END IF;
  RETURN result;
END $$;

-- json_serialize(tree)
-- for: x.to_string, x.to_clob and x.stringify: text without spaces, members in their order
CREATE OR REPLACE FUNCTION landfall.json_serialize(doc json) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE pg_catalog.json_typeof(doc)
    WHEN 'object' THEN '{' || coalesce((SELECT pg_catalog.string_agg(pg_catalog.to_json(key)::text || ':' || landfall.json_serialize(v), ',' ORDER BY n)
      FROM pg_catalog.json_each(doc) WITH ORDINALITY AS e(key, v, n)), '') || '}'
    WHEN 'array' THEN '[' || coalesce((SELECT pg_catalog.string_agg(landfall.json_serialize(v), ',' ORDER BY n)
      FROM pg_catalog.json_array_elements(doc) WITH ORDINALITY AS e(v, n)), '') || ']'
    ELSE pg_catalog.btrim(doc::text, E' \t\r\n') END $$;

-- json_kind(tree, kind)
-- for: TREAT(x AS JSON_OBJECT_T), x.get_object and x.get_array: the tree when it is an object, array or scalar, else NULL
CREATE OR REPLACE FUNCTION landfall.json_kind(doc json, kind text) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN CASE WHEN pg_catalog.json_typeof(doc) IN ('object', 'array') THEN pg_catalog.json_typeof(doc) ELSE 'scalar' END = kind THEN doc END $$;

-- json_text(tree)
-- for: x.get_string(key) and x.to_string of a scalar: its text; NULL for JSON null, objects and arrays
CREATE OR REPLACE FUNCTION landfall.json_text(doc json) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN pg_catalog.json_typeof(doc) NOT IN ('object', 'array') THEN nullif(doc #>> '{}', '') END $$;

-- json_number(tree)
-- for: x.get_number(key) and x.to_number: NULL for what is no number, as with on_error(0)
CREATE OR REPLACE FUNCTION landfall.json_number(doc json) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN landfall.json_text(doc)::numeric;
EXCEPTION WHEN invalid_text_representation THEN
  RETURN NULL;
END $$;

-- json_boolean(tree)
-- for: x.get_boolean(key) and x.to_boolean: NULL for what is neither true nor false
CREATE OR REPLACE FUNCTION landfall.json_boolean(doc json) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CASE doc #>> '{}' WHEN 'true' THEN true WHEN 'false' THEN false END $$;

-- json_timestamp(tree)
-- for: x.get_date(key), x.get_timestamp(key), x.to_date and x.to_timestamp: ISO 8601; NULL for other text
CREATE OR REPLACE FUNCTION landfall.json_timestamp(doc json) RETURNS timestamp
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text := landfall.json_text(doc);
BEGIN
  RETURN CASE WHEN t ~ '^\d{4}-\d\d-\d\d' THEN t::timestamp END;
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
  RETURN NULL;
END $$;

-- json_size(tree)
-- for: x.get_size: members of an object, elements of an array, 1 for a scalar
CREATE OR REPLACE FUNCTION landfall.json_size(doc json) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE pg_catalog.json_typeof(doc) WHEN 'object' THEN (SELECT pg_catalog.count(*)::integer FROM pg_catalog.json_object_keys(doc))
    WHEN 'array' THEN pg_catalog.json_array_length(doc) ELSE 1 END $$;

-- json_keys(object)
-- for: x.get_keys: the names of the members in their order; NULL when there are none
CREATE OR REPLACE FUNCTION landfall.json_keys(doc json) RETURNS varchar[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.array_agg(key::varchar ORDER BY n) FROM pg_catalog.json_object_keys(doc) WITH ORDINALITY AS k(key, n) $$;

-- json_element(value)
-- for: the element that put and append make of a value: NULL is JSON null, dates are ISO 8601
CREATE OR REPLACE FUNCTION landfall.json_element(value anyelement) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  -- the cast has a CASE of its own: PostgreSQL 18 plans with the value, and folds a cast of it before the outer CASE decides
  SELECT coalesce(CASE WHEN pg_catalog.pg_typeof(value) = 'numeric'::regtype
    THEN pg_catalog.to_json(pg_catalog.trim_scale(CASE WHEN pg_catalog.pg_typeof(value) = 'numeric'::regtype THEN value::text END::numeric))
    ELSE pg_catalog.to_json(value) END, 'null') $$;

-- json_put(tree, key or position, element [, overwrite])
-- for: x.put: replaces or adds a member; inserts at a position of an array, or replaces there when overwrite is true
-- note: Positions count from 0; one behind the end is filled up with null.
CREATE OR REPLACE FUNCTION landfall.json_put(doc json, key text, element json) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ('{' || coalesce((SELECT pg_catalog.string_agg(pg_catalog.to_json(k)::text || ':' || CASE WHEN k = key THEN element ELSE v END::text, ',' ORDER BY n)
      FROM pg_catalog.json_each(doc) WITH ORDINALITY AS e(k, v, n)) || CASE WHEN doc -> key IS NULL THEN ',' ELSE '' END, '')
    || CASE WHEN doc -> key IS NULL THEN pg_catalog.to_json(key)::text || ':' || element ELSE '' END || '}')::json WHERE doc IS NOT NULL $$;
CREATE OR REPLACE FUNCTION landfall.json_put(doc json, pos integer, element json, overwrite boolean DEFAULT false) RETURNS json
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  list json[] := ARRAY(SELECT v FROM pg_catalog.json_array_elements(doc) AS e(v));
BEGIN
  WHILE pg_catalog.cardinality(list) < pos LOOP
    list := list || 'null'::json;
  END LOOP;
  list := list[:pos] || element || list[pos + CASE WHEN overwrite THEN 2 ELSE 1 END:];
  RETURN '[' || pg_catalog.array_to_string(list, ',') || ']';
END $$;

-- json_append(array, element)
-- for: x.append
CREATE OR REPLACE FUNCTION landfall.json_append(doc json, element json) RETURNS json
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (pg_catalog.regexp_replace(doc::text, '\s*\]\s*$', '') || CASE WHEN pg_catalog.json_array_length(doc) = 0 THEN '' ELSE ',' END || element || ']')::json $$;

-- json_remove(tree, key or position)
-- for: x.remove
CREATE OR REPLACE FUNCTION landfall.json_remove(doc json, key text) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ('{' || coalesce((SELECT pg_catalog.string_agg(pg_catalog.to_json(k)::text || ':' || v, ',' ORDER BY n)
    FROM pg_catalog.json_each(doc) WITH ORDINALITY AS e(k, v, n) WHERE k <> key), '') || '}')::json $$;
CREATE OR REPLACE FUNCTION landfall.json_remove(doc json, pos integer) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ('[' || coalesce((SELECT pg_catalog.string_agg(v::text, ',' ORDER BY n)
    FROM pg_catalog.json_array_elements(doc) WITH ORDINALITY AS e(v, n) WHERE n <> pos + 1), '') || ']')::json $$;

-- json_rename_key(object, key, name)
-- for: x.rename_key
-- note: Raises data_exception where there is a member of the new name already.
CREATE OR REPLACE FUNCTION landfall.json_rename_key(doc json, key text, name text) RETURNS json
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF doc -> name IS NOT NULL AND doc -> key IS NOT NULL THEN
    RAISE EXCEPTION 'the JSON object has a member % already', name USING ERRCODE = 'data_exception';
  END IF;
  RETURN '{' || coalesce((SELECT pg_catalog.string_agg(pg_catalog.to_json(CASE WHEN k = key THEN name ELSE k END)::text || ':' || v, ',' ORDER BY n)
    FROM pg_catalog.json_each(doc) WITH ORDINALITY AS e(k, v, n)), '') || '}';
END $$;
