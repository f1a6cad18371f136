-- Bytes, lengths in bytes, dumps and hashes. SQL Language Reference 19c, Character and Conversion Functions.

-- lengthb(text)
-- for: LENGTHB (SQL Language Reference 19c, LENGTH)
CREATE OR REPLACE FUNCTION landfall.lengthb(s text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT nullif(pg_catalog.octet_length(s), 0) $$;

-- _bytes_text(bytes)
-- for: SUBSTRB: characters that were cut become blanks, as many as bytes are left of them
CREATE OR REPLACE FUNCTION landfall._bytes_text(b bytea) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  n integer := pg_catalog.length(b);
  head integer := 0;  -- bytes at the beginning that continue a character
  tail integer := 0;  -- bytes at the end of a character that goes on
  c integer;
BEGIN
  WHILE head < n AND pg_catalog.get_byte(b, head) BETWEEN 128 AND 191 LOOP
    head := head + 1;
  END LOOP;
  FOR i IN 1 .. least(3, n - head) LOOP
    c := pg_catalog.get_byte(b, n - i);
    IF c >= 192 THEN
      IF i < (CASE WHEN c >= 240 THEN 4 WHEN c >= 224 THEN 3 ELSE 2 END) THEN
        tail := i;
      END IF;
      EXIT;
    END IF;
    EXIT WHEN c < 128;
  END LOOP;
  RETURN pg_catalog.repeat(' ', head) || pg_catalog.convert_from(pg_catalog.substr(b, head + 1, n - head - tail), 'UTF8') || pg_catalog.repeat(' ', tail);
END $$;

-- substrb(text, position [, length])
-- for: SUBSTRB: position and length in bytes; a character that is cut becomes blanks (SQL Language Reference 19c, SUBSTR)
-- note: Bytes are those of UTF-8, whatever the database's encoding.
CREATE OR REPLACE FUNCTION landfall.substrb(s text, pos numeric, len numeric DEFAULT 2147483647) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  b bytea := pg_catalog.convert_to(s, 'UTF8');
  p integer := pg_catalog.trunc(pos);
  n integer := pg_catalog.trunc(len);
BEGIN
  p := CASE WHEN p = 0 THEN 1 WHEN p < 0 THEN pg_catalog.length(b) + p + 1 ELSE p END;
  IF n < 1 OR p < 1 OR p > pg_catalog.length(b) THEN
    RETURN NULL;
  END IF;
  RETURN nullif(landfall._bytes_text(pg_catalog.substr(b, p, least(n, pg_catalog.length(b) - p + 1))), '');
END $$;

-- instrb(text, substring [, position [, occurrence]])
-- for: INSTRB: position and result in bytes (SQL Language Reference 19c, INSTR)
CREATE OR REPLACE FUNCTION landfall.instrb(s text, sub text, pos numeric DEFAULT 1, nth numeric DEFAULT 1) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  -- one character a byte: latin-1 has one for each but 0, which no text holds
  bytes text := pg_catalog.convert_from(pg_catalog.convert_to(s, 'UTF8'), 'LATIN1');
BEGIN
  RETURN landfall.instr(bytes, pg_catalog.convert_from(pg_catalog.convert_to(sub, 'UTF8'), 'LATIN1'), pos, nth);
END $$;

-- rawtohex(raw)
-- for: RAWTOHEX: upper case (SQL Language Reference 19c, RAWTOHEX)
CREATE OR REPLACE FUNCTION landfall.rawtohex(b bytea) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT nullif(pg_catalog.upper(pg_catalog.encode(b, 'hex')), '') $$;

-- hextoraw(text)
-- for: HEXTORAW and implicit conversion to RAW: an odd number of digits gets a zero in front (SQL Language Reference 19c, HEXTORAW)
-- note: What is no hexadecimal number raises ORA-01465.
CREATE OR REPLACE FUNCTION landfall.hextoraw(t text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF t = '' THEN
    RETURN NULL;
  ELSIF t !~ '^[0-9A-Fa-f]+$' THEN
    RAISE EXCEPTION 'ORA-01465: invalid hex number: "%"', t USING ERRCODE = landfall.sqlstate(-1465);
  END IF;
  RETURN pg_catalog.decode(CASE WHEN pg_catalog.length(t) % 2 = 1 THEN '0' ELSE '' END || t, 'hex');
END $$;

-- sys_guid()
-- for: SYS_GUID: 16 random bytes (SQL Language Reference 19c, SYS_GUID)
CREATE OR REPLACE FUNCTION landfall.sys_guid() RETURNS bytea
LANGUAGE sql VOLATILE PARALLEL SAFE AS $$ SELECT pg_catalog.uuid_send(pg_catalog.gen_random_uuid()) $$;

-- _number_bytes(number)
-- for: NUMBER as Oracle stores it: exponent to base 100, then two digits a byte (OCI Programmer's Guide 19c, NUMBER)
CREATE OR REPLACE FUNCTION landfall._number_bytes(n numeric) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text := pg_catalog.trim_scale(pg_catalog.abs(n))::text;
  whole text := pg_catalog.ltrim(pg_catalog.split_part(t, '.', 1), '0');
  frac text := pg_catalog.split_part(t, '.', 2);
  digits text;
  e integer;
  r bytea;
  d integer;
BEGIN
  IF n = 0 THEN
    RETURN '\x80';
  END IF;
  IF pg_catalog.length(whole) % 2 = 1 THEN
    whole := '0' || whole;
  END IF;
  IF pg_catalog.length(frac) % 2 = 1 THEN
    frac := frac || '0';
  END IF;
  digits := whole || frac;
  e := pg_catalog.length(whole) / 2;
  WHILE digits LIKE '00%' LOOP
    digits := pg_catalog.substr(digits, 3);
    e := e - 1;
  END LOOP;
  digits := pg_catalog.left(pg_catalog.regexp_replace(digits, '(00)+$', ''), 40);
  r := pg_catalog.set_byte('\x00'::bytea, 0, CASE WHEN n > 0 THEN 192 + e ELSE 63 - e END);
  FOR i IN 0 .. pg_catalog.length(digits) / 2 - 1 LOOP
    d := pg_catalog.substr(digits, 2 * i + 1, 2);
    r := r || pg_catalog.set_byte('\x00'::bytea, 0, CASE WHEN n > 0 THEN d + 1 ELSE 101 - d END);
  END LOOP;
  RETURN CASE WHEN n < 0 AND pg_catalog.length(r) < 21 THEN r || '\x66'::bytea ELSE r END;
END $$;

-- _date_bytes(date)
-- for: DATE as Oracle stores it: century and year plus 100, month, day, hour, minute and second plus 1
CREATE OR REPLACE FUNCTION landfall._date_bytes(d timestamp) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  r bytea := '\x00000000000000';
  y integer := extract(year FROM d);
BEGIN
  r := pg_catalog.set_byte(r, 0, y / 100 + 100);
  r := pg_catalog.set_byte(r, 1, y % 100 + 100);
  r := pg_catalog.set_byte(r, 2, extract(month FROM d)::integer);
  r := pg_catalog.set_byte(r, 3, extract(day FROM d)::integer);
  r := pg_catalog.set_byte(r, 4, extract(hour FROM d)::integer + 1);
  r := pg_catalog.set_byte(r, 5, extract(minute FROM d)::integer + 1);
  RETURN pg_catalog.set_byte(r, 6, pg_catalog.trunc(extract(second FROM d))::integer + 1);
END $$;

-- _dump(type, bytes, format)
-- for: DUMP: 8, 10 and 16 for the base, 17 for characters
CREATE OR REPLACE FUNCTION landfall._dump(typ integer, b bytea, fmt integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  r text := '';
  c integer;
BEGIN
  FOR i IN 0 .. pg_catalog.length(b) - 1 LOOP
    c := pg_catalog.get_byte(b, i);
    r := r || CASE WHEN i > 0 THEN ',' ELSE '' END || CASE fmt % 1000
      WHEN 8 THEN pg_catalog.ltrim((c / 64)::text || (c / 8 % 8) || (c % 8), '0')
      WHEN 16 THEN pg_catalog.to_hex(c)
      WHEN 17 THEN CASE WHEN c BETWEEN 32 AND 126 THEN pg_catalog.chr(c) ELSE pg_catalog.to_hex(c) END
      ELSE c::text END;
  END LOOP;
  RETURN 'Typ=' || typ || ' Len=' || pg_catalog.length(b) || CASE WHEN fmt >= 1000 AND typ IN (1, 96) THEN ' CharacterSet=AL32UTF8' ELSE '' END || ': ' || r;
END $$;

-- dump(value [, format])
-- for: DUMP of text, numbers, dates and raws with Oracle's bytes and type numbers 1, 2, 12, 23, 96 (SQL Language Reference 19c, DUMP)
-- note: Other types raise an error by their absence. NULL gives 'NULL'.
CREATE OR REPLACE FUNCTION landfall.dump(s text, fmt integer DEFAULT 10) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(landfall._dump(1, nullif(pg_catalog.convert_to(s, 'UTF8'), ''), fmt), 'NULL') $$;
CREATE OR REPLACE FUNCTION landfall.dump(s bpchar, fmt integer DEFAULT 10) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT coalesce(landfall._dump(96, nullif(pg_catalog.convert_to(pg_catalog.concat(s), 'UTF8'), ''), fmt), 'NULL') $$;
CREATE OR REPLACE FUNCTION landfall.dump(n numeric, fmt integer DEFAULT 10) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(landfall._dump(2, landfall._number_bytes(n), fmt), 'NULL') $$;
CREATE OR REPLACE FUNCTION landfall.dump(d timestamp, fmt integer DEFAULT 10) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(landfall._dump(12, landfall._date_bytes(d), fmt), 'NULL') $$;
CREATE OR REPLACE FUNCTION landfall.dump(b bytea, fmt integer DEFAULT 10) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(landfall._dump(23, b, fmt), 'NULL') $$;

-- dump_part(dump, position [, length])
-- for: DUMP with a start position and a length: some of the bytes that dump() lists (SQL Language Reference 19c, DUMP)
CREATE OR REPLACE FUNCTION landfall.dump_part(d text, pos integer, len integer DEFAULT 2147483647) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.regexp_replace(d, ': .*$', '') || ': ' || pg_catalog.array_to_string((pg_catalog.string_to_array(pg_catalog.substr(d, pg_catalog.strpos(d, ': ') + 2), ','))[pos : least(pos::bigint + len - 1, 4000)::integer], ',') $$;

-- vsize(value)
-- for: VSIZE of text, numbers, dates and raws: the bytes that Oracle stores (SQL Language Reference 19c, VSIZE)
CREATE OR REPLACE FUNCTION landfall.vsize(s text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT nullif(pg_catalog.length(pg_catalog.convert_to(s, 'UTF8')), 0) $$;
CREATE OR REPLACE FUNCTION landfall.vsize(n numeric) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.length(landfall._number_bytes(n)) $$;
CREATE OR REPLACE FUNCTION landfall.vsize(d timestamp) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CASE WHEN d IS NOT NULL THEN 7 END $$;
CREATE OR REPLACE FUNCTION landfall.vsize(b bytea) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.length(b) $$;

-- ora_hash(value [, max_bucket [, seed]])
-- for: ORA_HASH: a number from 0 to max_bucket that depends on value and seed alone (SQL Language Reference 19c, ORA_HASH)
-- note: Not Oracle's numbers: those are not published. Do not compare with values stored by Oracle.
CREATE OR REPLACE FUNCTION landfall.ora_hash(s text, max_bucket numeric DEFAULT 4294967295, seed numeric DEFAULT 0) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.mod((pg_catalog.hashtextextended(coalesce(s, ''), pg_catalog.trunc(seed)::bigint)::numeric + 9223372036854775808), pg_catalog.trunc(max_bucket) + 1) $$;

-- _charset(name)
-- for: names of Oracle's character sets as PostgreSQL's encodings: 'AMERICAN_AMERICA.AL32UTF8' too
CREATE OR REPLACE FUNCTION landfall._charset(name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  cs text := CASE pg_catalog.upper(pg_catalog.regexp_replace(name, '^.*[.]', ''))
    WHEN 'AL32UTF8' THEN 'UTF8' WHEN 'UTF8' THEN 'UTF8' WHEN 'UTF-8' THEN 'UTF8' WHEN 'US7ASCII' THEN 'UTF8'
    WHEN 'WE8ISO8859P1' THEN 'LATIN1' WHEN 'ISO-8859-1' THEN 'LATIN1' WHEN 'WE8ISO8859P15' THEN 'LATIN9' WHEN 'EE8ISO8859P2' THEN 'LATIN2'
    WHEN 'CL8ISO8859P5' THEN 'ISO_8859_5' WHEN 'WE8MSWIN1252' THEN 'WIN1252' WHEN 'EE8MSWIN1250' THEN 'WIN1250' WHEN 'CL8MSWIN1251' THEN 'WIN1251'
    WHEN 'TR8MSWIN1254' THEN 'WIN1254' WHEN 'ZHS16GBK' THEN 'GBK' WHEN 'GBK' THEN 'GBK' WHEN 'ZHS16CGB231280' THEN 'EUC_CN' WHEN 'ZHS32GB18030' THEN 'GB18030'
    WHEN 'ZHT16BIG5' THEN 'BIG5' WHEN 'ZHT16MSWIN950' THEN 'BIG5' WHEN 'JA16SJIS' THEN 'SJIS' WHEN 'JA16EUC' THEN 'EUC_JP' WHEN 'KO16KSC5601' THEN 'EUC_KR'
    WHEN 'KO16MSWIN949' THEN 'UHC' END;
BEGIN
  IF cs IS NULL THEN
    RAISE EXCEPTION 'ORA-12703: this character set conversion is not supported: "%"', name USING ERRCODE = landfall.sqlstate(-12703);
  END IF;
  RETURN cs;
END $$;
