-- UTL_RAW. PL/SQL Packages and Types Reference 19c, UTL_RAW.

-- utl_raw_cast_to_raw(text)
-- for: UTL_RAW.CAST_TO_RAW: the bytes of a text, in UTF-8; of a RAW, itself
CREATE OR REPLACE FUNCTION landfall.utl_raw_cast_to_raw(c text) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT nullif(pg_catalog.convert_to(c, 'UTF8'), '\x') $$;
CREATE OR REPLACE FUNCTION landfall.utl_raw_cast_to_raw(c bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT c $$;

-- utl_raw_cast_to_varchar2(raw)
-- for: UTL_RAW.CAST_TO_VARCHAR2: bytes as UTF-8 text
-- note: Bytes that are no text raise an error; a byte 0 cannot stand in a text of PostgreSQL.
CREATE OR REPLACE FUNCTION landfall.utl_raw_cast_to_varchar2(r bytea) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT nullif(pg_catalog.convert_from(r, 'UTF8'), '') $$;

-- utl_raw_cast_to_nvarchar2(raw)
-- for: UTL_RAW.CAST_TO_NVARCHAR2: bytes as UTF-16 text
CREATE OR REPLACE FUNCTION landfall.utl_raw_cast_to_nvarchar2(r bytea) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text := '';
  c integer;
  i integer := 0;
BEGIN
  WHILE i + 1 < pg_catalog.length(r) LOOP
    c := pg_catalog.get_byte(r, i) * 256 + pg_catalog.get_byte(r, i + 1);
    i := i + 2;
    IF c BETWEEN 55296 AND 56319 AND i + 1 < pg_catalog.length(r) THEN
      c := 65536 + (c - 55296) * 1024 + pg_catalog.get_byte(r, i) * 256 + pg_catalog.get_byte(r, i + 1) - 56320;
      i := i + 2;
    END IF;
    t := t || pg_catalog.chr(c);
  END LOOP;
  RETURN nullif(t, '');
END $$;

-- utl_raw_concat(raw, ...)
-- for: UTL_RAW.CONCAT: NULLs count as nothing
CREATE OR REPLACE FUNCTION landfall.utl_raw_concat(VARIADIC r bytea[]) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.string_agg(x.e, '\x' ORDER BY x.i) FROM pg_catalog.unnest(r) WITH ORDINALITY AS x(e, i) $$;

-- utl_raw_length(raw)
-- for: UTL_RAW.LENGTH
CREATE OR REPLACE FUNCTION landfall.utl_raw_length(r bytea) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.length(r) $$;

-- utl_raw_substr(raw, position [, length])
-- for: UTL_RAW.SUBSTR: negative positions count from the end; out of range raises ORA-06502
CREATE OR REPLACE FUNCTION landfall.utl_raw_substr(r bytea, pos numeric, len numeric DEFAULT NULL) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  p integer := pg_catalog.trunc(pos);
  n integer;
BEGIN
  IF r IS NULL OR pos IS NULL THEN
    RETURN NULL;
  END IF;
  p := CASE WHEN p < 0 THEN pg_catalog.length(r) + p + 1 WHEN p = 0 THEN 1 ELSE p END;
  n := coalesce(pg_catalog.trunc(len), pg_catalog.length(r) - p + 1);
  IF p < 1 OR n < 1 OR p + n - 1 > pg_catalog.length(r) THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: UTL_RAW.SUBSTR of % bytes from %, %', pg_catalog.length(r), pos, len USING ERRCODE = 'data_exception';
  END IF;
  RETURN pg_catalog.substr(r, p, n);
END $$;

-- _raw_bits(raw, raw, operation)
-- for: UTL_RAW.BIT_AND, BIT_OR, BIT_XOR: the rest of the longer one stays
CREATE OR REPLACE FUNCTION landfall._raw_bits(a bytea, b bytea, op text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  r bytea := CASE WHEN pg_catalog.length(a) >= pg_catalog.length(b) THEN a ELSE b END;
  x integer;
  y integer;
BEGIN
  FOR i IN 0 .. least(pg_catalog.length(a), pg_catalog.length(b)) - 1 LOOP
    x := pg_catalog.get_byte(a, i);
    y := pg_catalog.get_byte(b, i);
    r := pg_catalog.set_byte(r, i, CASE op WHEN '&' THEN x & y WHEN '|' THEN x | y ELSE x # y END);
  END LOOP;
  RETURN r;
END $$;

-- utl_raw_bit_and(raw, raw)
-- for: UTL_RAW.BIT_AND
CREATE OR REPLACE FUNCTION landfall.utl_raw_bit_and(r1 bytea, r2 bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall._raw_bits(r1, r2, '&') $$;

-- utl_raw_bit_or(raw, raw)
-- for: UTL_RAW.BIT_OR
CREATE OR REPLACE FUNCTION landfall.utl_raw_bit_or(r1 bytea, r2 bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall._raw_bits(r1, r2, '|') $$;

-- utl_raw_bit_xor(raw, raw)
-- for: UTL_RAW.BIT_XOR
CREATE OR REPLACE FUNCTION landfall.utl_raw_bit_xor(r1 bytea, r2 bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall._raw_bits(r1, r2, '#') $$;

-- utl_raw_bit_complement(raw)
-- for: UTL_RAW.BIT_COMPLEMENT
CREATE OR REPLACE FUNCTION landfall.utl_raw_bit_complement(r bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT landfall._raw_bits(r, pg_catalog.decode(pg_catalog.repeat('ff', pg_catalog.length(r)), 'hex'), '#') $$;

-- utl_raw_reverse(raw)
-- for: UTL_RAW.REVERSE
CREATE OR REPLACE FUNCTION landfall.utl_raw_reverse(r bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.string_agg(pg_catalog.substr(r, i, 1), '\x' ORDER BY i DESC) FROM pg_catalog.generate_series(1, pg_catalog.length(r)) AS i $$;

-- utl_raw_copies(raw, n)
-- for: UTL_RAW.COPIES
CREATE OR REPLACE FUNCTION landfall.utl_raw_copies(r bytea, n numeric) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF n < 1 OR pg_catalog.length(r) = 0 THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: UTL_RAW.COPIES' USING ERRCODE = 'data_exception';
  END IF;
  RETURN pg_catalog.decode(pg_catalog.repeat(pg_catalog.encode(r, 'hex'), pg_catalog.trunc(n)::integer), 'hex');
END $$;

-- utl_raw_compare(raw, raw [, pad])
-- for: UTL_RAW.COMPARE: 0, or the first position that differs; the shorter one is filled with pad
CREATE OR REPLACE FUNCTION landfall.utl_raw_compare(r1 bytea, r2 bytea, pad bytea DEFAULT '\x00') RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  a integer := coalesce(pg_catalog.length(r1), 0);
  b integer := coalesce(pg_catalog.length(r2), 0);
  fill integer := pg_catalog.get_byte(coalesce(pad, '\x00'), 0);
BEGIN
  FOR i IN 0 .. greatest(a, b) - 1 LOOP
    IF (CASE WHEN i < a THEN pg_catalog.get_byte(r1, i) ELSE fill END) <> (CASE WHEN i < b THEN pg_catalog.get_byte(r2, i) ELSE fill END) THEN
      RETURN i + 1;
    END IF;
  END LOOP;
  RETURN 0;
END $$;

-- utl_raw_overlay(overlay, target [, position [, length [, pad]]])
-- for: UTL_RAW.OVERLAY: what is written replaces bytes of the target, filled or cut to the length
CREATE OR REPLACE FUNCTION landfall.utl_raw_overlay(overlay_str bytea, target bytea, pos integer DEFAULT 1, len integer DEFAULT NULL, pad bytea DEFAULT '\x00') RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  n integer := coalesce(len, pg_catalog.length(overlay_str));
  fill text := pg_catalog.encode(pg_catalog.substr(coalesce(pad, '\x00'), 1, 1), 'hex');
BEGIN
  IF overlay_str IS NULL OR target IS NULL OR pg_catalog.length(overlay_str) = 0 OR pos < 1 OR n < 0 THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: UTL_RAW.OVERLAY' USING ERRCODE = 'data_exception';
  END IF;
  RETURN pg_catalog.substr(target, 1, pos - 1)
    || pg_catalog.decode(pg_catalog.repeat(fill, greatest(pos - 1 - pg_catalog.length(target), 0)), 'hex')
    || pg_catalog.substr(overlay_str, 1, n) || pg_catalog.decode(pg_catalog.repeat(fill, greatest(n - pg_catalog.length(overlay_str), 0)), 'hex')
    || pg_catalog.substr(target, pos + n);
END $$;

-- utl_raw_xrange([first [, last]])
-- for: UTL_RAW.XRANGE: all bytes from first to last, by way of FF and 00 when first is the larger
CREATE OR REPLACE FUNCTION landfall.utl_raw_xrange(start_byte bytea DEFAULT '\x00', end_byte bytea DEFAULT '\xff') RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.string_agg(pg_catalog.set_byte('\x00', 0, i % 256), '\x' ORDER BY i)
  FROM pg_catalog.generate_series(pg_catalog.get_byte(coalesce(start_byte, '\x00'), 0), pg_catalog.get_byte(coalesce(end_byte, '\xff'), 0)
    + CASE WHEN pg_catalog.get_byte(coalesce(start_byte, '\x00'), 0) > pg_catalog.get_byte(coalesce(end_byte, '\xff'), 0) THEN 256 ELSE 0 END) AS i $$;

-- utl_raw_cast_from_number(number)
-- for: UTL_RAW.CAST_FROM_NUMBER: the bytes in which Oracle stores it
CREATE OR REPLACE FUNCTION landfall.utl_raw_cast_from_number(n numeric) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall._number_bytes(n) $$;

-- utl_raw_cast_to_number(raw)
-- for: UTL_RAW.CAST_TO_NUMBER: a number out of the bytes in which Oracle stores it
CREATE OR REPLACE FUNCTION landfall.utl_raw_cast_to_number(r bytea) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  head integer := pg_catalog.get_byte(r, 0);
  neg boolean := head < 128;
  e integer := CASE WHEN head < 128 THEN 62 - head ELSE head - 193 END; -- exponent to base 100 of the first digit
  n numeric := 0;
  d integer;
BEGIN
  IF r = '\x80' THEN
    RETURN 0;
  END IF;
  FOR i IN 1 .. pg_catalog.length(r) - 1 LOOP
    d := pg_catalog.get_byte(r, i);
    EXIT WHEN neg AND d = 102;
    d := CASE WHEN neg THEN 101 - d ELSE d - 1 END;
    IF d NOT BETWEEN 0 AND 99 THEN
      RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: no NUMBER' USING ERRCODE = 'data_exception';
    END IF;
    n := n + (d || 'e' || 2 * (e - i + 1))::numeric;
  END LOOP;
  RETURN pg_catalog.trim_scale(CASE WHEN neg THEN -n ELSE n END);
END $$;

-- utl_raw_cast_from_binary_integer(n [, endianess])
-- for: UTL_RAW.CAST_FROM_BINARY_INTEGER: 4 bytes; 1 is big endian, 2 little, 3 the machine's, taken as little
CREATE OR REPLACE FUNCTION landfall.utl_raw_cast_from_binary_integer(n integer, endianess integer DEFAULT 1) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN endianess = 1 THEN pg_catalog.int4send(n) ELSE landfall.utl_raw_reverse(pg_catalog.int4send(n)) END $$;

-- utl_raw_cast_to_binary_integer(raw [, endianess])
-- for: UTL_RAW.CAST_TO_BINARY_INTEGER of up to 4 bytes
CREATE OR REPLACE FUNCTION landfall.utl_raw_cast_to_binary_integer(r bytea, endianess integer DEFAULT 1) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF pg_catalog.length(r) NOT BETWEEN 1 AND 4 THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: % bytes for an integer', pg_catalog.length(r) USING ERRCODE = 'data_exception';
  END IF;
  RETURN ('x' || pg_catalog.lpad(pg_catalog.encode(CASE WHEN endianess = 1 THEN r ELSE landfall.utl_raw_reverse(r) END, 'hex'), 8, '0'))::bit(32)::integer;
END $$;

-- utl_raw_cast_from_binary_double(n [, endianess])
-- for: UTL_RAW.CAST_FROM_BINARY_DOUBLE: 8 bytes of IEEE 754
CREATE OR REPLACE FUNCTION landfall.utl_raw_cast_from_binary_double(n double precision, endianess integer DEFAULT 1) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN endianess = 1 THEN pg_catalog.float8send(n) ELSE landfall.utl_raw_reverse(pg_catalog.float8send(n)) END $$;

-- utl_raw_convert(raw, to_charset, from_charset)
-- for: UTL_RAW.CONVERT between character sets by Oracle's names, with or without language and territory
CREATE OR REPLACE FUNCTION landfall.utl_raw_convert(r bytea, to_charset text, from_charset text) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.convert_to(pg_catalog.convert_from(r, landfall._charset(from_charset)::name), landfall._charset(to_charset)::name) $$;

-- utl_i18n_string_to_raw(data [, dst_charset])
-- for: UTL_I18N.STRING_TO_RAW (PL/SQL Packages and Types Reference 19c, UTL_I18N)
CREATE OR REPLACE FUNCTION landfall.utl_i18n_string_to_raw(data text, dst_charset text DEFAULT NULL) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT nullif(pg_catalog.convert_to(data, landfall._charset(coalesce(dst_charset, 'AL32UTF8'))::name), '\x') $$;

-- utl_i18n_raw_to_char(data [, src_charset])
-- for: UTL_I18N.RAW_TO_CHAR
CREATE OR REPLACE FUNCTION landfall.utl_i18n_raw_to_char(data bytea, src_charset text DEFAULT NULL) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT nullif(pg_catalog.convert_from(data, landfall._charset(coalesce(src_charset, 'AL32UTF8'))::name), '') $$;

-- utl_i18n_escape_reference(text)
-- for: UTL_I18N.ESCAPE_REFERENCE: < > " ' & as references of HTML and XML
CREATE OR REPLACE FUNCTION landfall.utl_i18n_escape_reference(str text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(str, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;') $$;

-- utl_i18n_unescape_reference(text)
-- for: UTL_I18N.UNESCAPE_REFERENCE: the five names of XML, &nbsp; and numbers, decimal and hexadecimal
CREATE OR REPLACE FUNCTION landfall.utl_i18n_unescape_reference(str text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  r text := '';
  m text[];
BEGIN
  FOR m IN SELECT pg_catalog.regexp_matches(str, '&(?:(amp|lt|gt|quot|apos|nbsp)|#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6}));|([^&]+|&)', 'g') LOOP
    r := r || CASE
      WHEN m[4] IS NOT NULL THEN m[4]
      WHEN m[2] IS NOT NULL THEN pg_catalog.chr(m[2]::integer)
      WHEN m[3] IS NOT NULL THEN pg_catalog.chr(('x' || pg_catalog.lpad(m[3], 8, '0'))::bit(32)::integer)
      ELSE CASE m[1] WHEN 'amp' THEN '&' WHEN 'lt' THEN '<' WHEN 'gt' THEN '>' WHEN 'quot' THEN '"' WHEN 'apos' THEN '''' ELSE pg_catalog.chr(160) END END;
  END LOOP;
  RETURN nullif(r, '');
END $$;
