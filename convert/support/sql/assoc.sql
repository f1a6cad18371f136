-- Associative arrays (INDEX BY) as jsonb objects: keys as text, elements as to_jsonb gives them.
-- PL/SQL Language Reference 19c, Associative Arrays. A NULL map is an empty one: Oracle knows no uninitialized one.

-- _aa_absent(key)
-- for: NO_DATA_FOUND for an absent key, VALUE_ERROR for a NULL one
-- note: STABLE, as what calls it: PostgreSQL would evaluate an immutable call with a constant key while it plans.
CREATE OR REPLACE FUNCTION landfall._aa_absent(key text) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  IF key IS NULL THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: NULL index table key value' USING ERRCODE = 'null_value_not_allowed';
  END IF;
  RAISE EXCEPTION 'ORA-01403: no data found' USING ERRCODE = 'no_data_found', DETAIL = 'no element with the key ' || key;
END $$;

-- _aa_key(number)
-- for: PLS_INTEGER keys: rounded
CREATE OR REPLACE FUNCTION landfall._aa_key(n numeric) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.round(n)::text $$;

-- aa_text(map, key)
-- for: m(k) where m is read, as text: cast it to the element's type. NO_DATA_FOUND when the key is absent, NULL when the element is NULL
CREATE OR REPLACE FUNCTION landfall.aa_text(m jsonb, key text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN m ? key THEN m ->> key ELSE landfall._aa_absent(key)::text END $$;
CREATE OR REPLACE FUNCTION landfall.aa_text(m jsonb, key integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN m ? key::text THEN m ->> key::text ELSE landfall._aa_absent(key::text)::text END $$;
CREATE OR REPLACE FUNCTION landfall.aa_text(m jsonb, key numeric) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT landfall.aa_text(m, landfall._aa_key(key)) $$;

-- aa_json(map, key)
-- for: m(k) where m is read and the element is a record, a collection or a map. NO_DATA_FOUND when the key is absent, NULL when the element is NULL
CREATE OR REPLACE FUNCTION landfall.aa_json(m jsonb, key text) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN m ? key THEN nullif(m -> key, 'null'::jsonb) ELSE landfall._aa_absent(key) END $$;
CREATE OR REPLACE FUNCTION landfall.aa_json(m jsonb, key integer) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN m ? key::text THEN nullif(m -> key::text, 'null'::jsonb) ELSE landfall._aa_absent(key::text) END $$;
CREATE OR REPLACE FUNCTION landfall.aa_json(m jsonb, key numeric) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT landfall.aa_json(m, landfall._aa_key(key)) $$;

-- aa_put(map, key, value)
-- for: m(k) := v: m := landfall.aa_put(m, k, v)
CREATE OR REPLACE FUNCTION landfall.aa_put(m jsonb, key text, value anyelement) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF key IS NULL THEN
    RETURN landfall._aa_absent(key);
  END IF;
  RETURN coalesce(m, '{}'::jsonb) || pg_catalog.jsonb_build_object(key, value);
END $$;
CREATE OR REPLACE FUNCTION landfall.aa_put(m jsonb, key integer, value anyelement) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT landfall.aa_put(m, key::text, value) $$;
CREATE OR REPLACE FUNCTION landfall.aa_put(m jsonb, key numeric, value anyelement) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT landfall.aa_put(m, landfall._aa_key(key), value) $$;
CREATE OR REPLACE FUNCTION landfall.aa_put(m jsonb, key text, value text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF key IS NULL THEN
    RETURN landfall._aa_absent(key);
  END IF;
  RETURN coalesce(m, '{}'::jsonb) || pg_catalog.jsonb_build_object(key, nullif(value, ''));
END $$;
CREATE OR REPLACE FUNCTION landfall.aa_put(m jsonb, key integer, value text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT landfall.aa_put(m, key::text, value) $$;
CREATE OR REPLACE FUNCTION landfall.aa_put(m jsonb, key numeric, value text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT landfall.aa_put(m, landfall._aa_key(key), value) $$;

-- nt_key(table, subscript)
-- for: t(i) := x of a nested table that is kept as a map because single elements of it are deleted: the subscript, where the table has it (PL/SQL Language Reference 19c, Predefined Exceptions)
-- note: One whose last elements have been deleted one by one takes no assignment to them, where Oracle does.
CREATE OR REPLACE FUNCTION landfall.nt_key(m jsonb, key numeric) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF m IS NULL THEN
    RAISE EXCEPTION 'ORA-06531: Reference to uninitialized collection' USING ERRCODE = landfall.sqlstate(-6531);
  ELSIF key IS NULL THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: NULL index table key value' USING ERRCODE = 'null_value_not_allowed';
  ELSIF pg_catalog.round(key) < 1 THEN
    RAISE EXCEPTION 'ORA-06532: Subscript outside of limit' USING ERRCODE = landfall.sqlstate(-6532);
  ELSIF NOT m ? landfall._aa_key(key) AND pg_catalog.round(key) > coalesce(landfall.aa_last_n(m), 0) THEN
    RAISE EXCEPTION 'ORA-06533: Subscript beyond count' USING ERRCODE = landfall.sqlstate(-6533);
  END IF;
  RETURN pg_catalog.round(key);
END $$;

-- aa_delete(map [, key [, last_key]])
-- for: m.DELETE, m.DELETE(k), m.DELETE(k1, k2): m := landfall.aa_delete(m, k). Absent keys are no error; a NULL key deletes nothing
CREATE OR REPLACE FUNCTION landfall.aa_delete(m jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT '{}'::jsonb $$;
CREATE OR REPLACE FUNCTION landfall.aa_delete(m jsonb, key text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(m, '{}'::jsonb) - coalesce(ARRAY[key], '{}') $$;
CREATE OR REPLACE FUNCTION landfall.aa_delete(m jsonb, key numeric) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT landfall.aa_delete(m, landfall._aa_key(key)) $$;
CREATE OR REPLACE FUNCTION landfall.aa_delete(m jsonb, key text, last_key text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(m, '{}'::jsonb) - ARRAY(SELECT k FROM pg_catalog.jsonb_object_keys(m) AS k
    WHERE k COLLATE pg_catalog."C" BETWEEN key AND last_key) $$;
CREATE OR REPLACE FUNCTION landfall.aa_delete(m jsonb, key numeric, last_key numeric) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(m, '{}'::jsonb) - ARRAY(SELECT k FROM pg_catalog.jsonb_object_keys(m) AS k
    WHERE k::numeric BETWEEN pg_catalog.round(key) AND pg_catalog.round(last_key)) $$;

-- aa_exists(map, key)
-- for: m.EXISTS(k)
CREATE OR REPLACE FUNCTION landfall.aa_exists(m jsonb, key text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(m ? key, false) $$;
CREATE OR REPLACE FUNCTION landfall.aa_exists(m jsonb, key integer) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(m ? key::text, false) $$;
CREATE OR REPLACE FUNCTION landfall.aa_exists(m jsonb, key numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(m ? landfall._aa_key(key), false) $$;

-- aa_count(map)
-- for: m.COUNT
CREATE OR REPLACE FUNCTION landfall.aa_count(m jsonb) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.count(*)::integer FROM pg_catalog.jsonb_object_keys(m) $$;

-- aa_first(map)
-- for: m.FIRST with text keys, in binary order
CREATE OR REPLACE FUNCTION landfall.aa_first(m jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.min(k COLLATE pg_catalog."C") FROM pg_catalog.jsonb_object_keys(m) AS k $$;

-- aa_last(map)
-- for: m.LAST with text keys, in binary order
CREATE OR REPLACE FUNCTION landfall.aa_last(m jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.max(k COLLATE pg_catalog."C") FROM pg_catalog.jsonb_object_keys(m) AS k $$;

-- aa_next(map, key)
-- for: m.NEXT(k) with text keys; k need not exist
CREATE OR REPLACE FUNCTION landfall.aa_next(m jsonb, key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.min(k COLLATE pg_catalog."C") FROM pg_catalog.jsonb_object_keys(m) AS k WHERE k COLLATE pg_catalog."C" > key $$;

-- aa_prior(map, key)
-- for: m.PRIOR(k) with text keys; k need not exist
CREATE OR REPLACE FUNCTION landfall.aa_prior(m jsonb, key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.max(k COLLATE pg_catalog."C") FROM pg_catalog.jsonb_object_keys(m) AS k WHERE k COLLATE pg_catalog."C" < key $$;

-- aa_first_n(map)
-- for: m.FIRST with integer keys
CREATE OR REPLACE FUNCTION landfall.aa_first_n(m jsonb) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.min(k::integer) FROM pg_catalog.jsonb_object_keys(m) AS k $$;

-- aa_last_n(map)
-- for: m.LAST with integer keys
CREATE OR REPLACE FUNCTION landfall.aa_last_n(m jsonb) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.max(k::integer) FROM pg_catalog.jsonb_object_keys(m) AS k $$;

-- aa_next_n(map, key)
-- for: m.NEXT(k) with integer keys; k need not exist
-- note: The usual next key, k + 1, is found without looking at the others.
CREATE OR REPLACE FUNCTION landfall.aa_next_n(m jsonb, key numeric) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF m ? landfall._aa_key(key + 1) THEN
    RETURN pg_catalog.round(key + 1);
  END IF;
  RETURN (SELECT pg_catalog.min(k::integer) FROM pg_catalog.jsonb_object_keys(m) AS k WHERE k::integer > pg_catalog.round(key));
END $$;

-- aa_prior_n(map, key)
-- for: m.PRIOR(k) with integer keys; k need not exist
CREATE OR REPLACE FUNCTION landfall.aa_prior_n(m jsonb, key numeric) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF m ? landfall._aa_key(key - 1) THEN
    RETURN pg_catalog.round(key - 1);
  END IF;
  RETURN (SELECT pg_catalog.max(k::integer) FROM pg_catalog.jsonb_object_keys(m) AS k WHERE k::integer < pg_catalog.round(key));
END $$;

-- aa_from_array(collection)
-- for: BULK COLLECT INTO an associative array and assignments of collections to maps: keys from 1
CREATE OR REPLACE FUNCTION landfall.aa_from_array(a anyarray) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(pg_catalog.jsonb_object_agg(i, e), '{}'::jsonb)
  FROM pg_catalog.jsonb_array_elements(pg_catalog.to_jsonb(a)) WITH ORDINALITY AS x(e, i) $$;

-- aa_elements(map)
-- for: loops over a map with integer keys, and FORALL ... IN INDICES OF: its elements in the order of the keys, numbers first
CREATE OR REPLACE FUNCTION landfall.aa_elements(m jsonb) RETURNS TABLE (key text, value jsonb)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT e.key, e.value FROM pg_catalog.jsonb_each(m) AS e(key, value)
  ORDER BY CASE WHEN e.key ~ '^-?[0-9]+$' THEN e.key::numeric END, e.key COLLATE pg_catalog."C" $$;

-- aa_values(map)
-- for: a map as an array of texts in the order of the keys: cast it to the array type wanted, landfall.aa_values(m)::numeric[]
CREATE OR REPLACE FUNCTION landfall.aa_values(m jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY(SELECT nullif(e.value, 'null'::jsonb) #>> '{}' FROM landfall.aa_elements(m) AS e) $$;

-- aa_append(map, array)
-- for: RETURNING ... BULK COLLECT INTO a map in FORALL: the elements behind the last key
CREATE OR REPLACE FUNCTION landfall.aa_append(m jsonb, a anyarray) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(m, '{}'::jsonb) || coalesce(pg_catalog.jsonb_object_agg(i + coalesce(landfall.aa_last_n(m), 0), e), '{}'::jsonb)
  FROM pg_catalog.jsonb_array_elements(pg_catalog.to_jsonb(a)) WITH ORDINALITY AS x(e, i) $$;
