-- Members of UTL_RAW and UTL_ENCODE that no function of PostgreSQL does alone. PL/SQL Packages and Types Reference 19c.

-- raw_bits(raw, raw, 'and' | 'or' | 'xor')
-- for: UTL_RAW.BIT_AND, BIT_OR, BIT_XOR, BIT_COMPLEMENT
-- note: What the longer of the two has more stands unchanged at the end, as with Oracle.
CREATE OR REPLACE FUNCTION landfall.raw_bits(a bytea, b bytea, op text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  r bytea := CASE WHEN pg_catalog.length(a) >= pg_catalog.length(b) THEN a ELSE b END;
  x integer;
  y integer;
BEGIN
  FOR i IN 0 .. least(pg_catalog.length(a), pg_catalog.length(b)) - 1 LOOP
    x := pg_catalog.get_byte(a, i);
    y := pg_catalog.get_byte(b, i);
    r := pg_catalog.set_byte(r, i, CASE op WHEN 'and' THEN x & y WHEN 'or' THEN x | y ELSE x # y END);
  END LOOP;
  RETURN r;
END $$;

-- raw_reverse(raw)
-- for: UTL_RAW.REVERSE
CREATE OR REPLACE FUNCTION landfall.raw_reverse(r bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.string_agg(pg_catalog.substr(r, i, 1), ''::bytea ORDER BY i DESC) FROM pg_catalog.generate_series(1, pg_catalog.length(r)) AS i $$;

-- raw_from_number(number)
-- for: UTL_RAW.CAST_FROM_NUMBER: the bytes in which Oracle stores a number
CREATE OR REPLACE FUNCTION landfall.raw_from_number(n numeric) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall._number_bytes(n) $$;

-- raw_to_number(raw)
-- for: UTL_RAW.CAST_TO_NUMBER
CREATE OR REPLACE FUNCTION landfall.raw_to_number(r bytea) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  head integer := pg_catalog.get_byte(r, 0);
  below boolean := head < 128;
  e integer := CASE WHEN below THEN 62 - head ELSE head - 193 END;
  n numeric := 0;
  d integer;
BEGIN
  IF head = 128 THEN
    RETURN 0;
  END IF;
  FOR i IN 1 .. pg_catalog.length(r) - 1 LOOP
    d := pg_catalog.get_byte(r, i);
    EXIT WHEN below AND d = 102;
    n := n + CASE WHEN below THEN 101 - d ELSE d - 1 END * 100::numeric ^ (e - i + 1);
  END LOOP;
  RETURN pg_catalog.trim_scale(CASE WHEN below THEN -n ELSE n END);
END $$;

-- base64_encode(raw)
-- for: UTL_ENCODE.BASE64_ENCODE: lines of 64 characters with carriage return and line feed between them
CREATE OR REPLACE FUNCTION landfall.base64_encode(r bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.convert_to(pg_catalog.regexp_replace(pg_catalog.replace(pg_catalog.encode(r, 'base64'), E'\n', ''), '(.{64})(?=.)', E'\\1\r\n', 'g'), 'UTF8') $$;
