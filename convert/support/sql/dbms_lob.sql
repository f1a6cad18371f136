-- DBMS_LOB on values: CLOB is text, BLOB is bytea. PL/SQL Packages and Types Reference 19c, DBMS_LOB.
-- Oracle changes what a locator points to; here the value comes back in the INOUT argument, and a row is changed only by
-- an UPDATE. A NULL LOB counts as an empty one where it is written to.

-- dbms_lob_getlength(lob)
-- for: DBMS_LOB.GETLENGTH: characters of a CLOB, bytes of a BLOB
CREATE OR REPLACE FUNCTION landfall.dbms_lob_getlength(lob_loc text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.length(lob_loc) $$;
CREATE OR REPLACE FUNCTION landfall.dbms_lob_getlength(lob_loc bytea) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.length(lob_loc) $$;

-- dbms_lob_substr(lob [, amount [, offset]])
-- for: DBMS_LOB.SUBSTR: the amount comes before the offset; amounts and offsets below 1 give NULL
CREATE OR REPLACE FUNCTION landfall.dbms_lob_substr(lob_loc text, amount numeric DEFAULT 32767, "offset" numeric DEFAULT 1) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF amount < 1 OR "offset" < 1 THEN
    RETURN NULL;
  END IF;
  RETURN nullif(pg_catalog.substr(lob_loc, pg_catalog.trunc("offset")::integer, least(pg_catalog.trunc(amount), 1073741823)::integer), '');
END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_lob_substr(lob_loc bytea, amount numeric DEFAULT 32767, "offset" numeric DEFAULT 1) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF amount < 1 OR "offset" < 1 THEN
    RETURN NULL;
  END IF;
  RETURN nullif(pg_catalog.substr(lob_loc, pg_catalog.trunc("offset")::integer, least(pg_catalog.trunc(amount), 1073741823)::integer), '\x');
END $$;

-- dbms_lob_instr(lob, pattern [, offset [, nth]])
-- for: DBMS_LOB.INSTR: 0 when it is not there; offsets and counts below 1 give NULL
CREATE OR REPLACE FUNCTION landfall.dbms_lob_instr(lob_loc text, pattern text, "offset" numeric DEFAULT 1, nth numeric DEFAULT 1) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN "offset" >= 1 AND nth >= 1 THEN landfall.instr(lob_loc, pattern, "offset", nth) END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_lob_instr(lob_loc bytea, pattern bytea, "offset" numeric DEFAULT 1, nth numeric DEFAULT 1) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  p integer := pg_catalog.trunc("offset") - 1;
  k integer;
BEGIN
  IF "offset" < 1 OR nth < 1 OR pg_catalog.length(pattern) = 0 THEN
    RETURN NULL;
  END IF;
  FOR i IN 1 .. pg_catalog.trunc(nth)::integer LOOP
    k := position(pattern IN pg_catalog.substr(lob_loc, p + 1));
    IF k = 0 THEN
      RETURN 0;
    END IF;
    p := p + k;
  END LOOP;
  RETURN p;
END $$;

-- dbms_lob_append(lob, source)
-- for: DBMS_LOB.APPEND; CALL it with a variable
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_append(INOUT dest_lob text, src_lob text)
LANGUAGE plpgsql AS $$
BEGIN
  dest_lob := pg_catalog.concat(dest_lob, src_lob);
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_append(INOUT dest_lob bytea, src_lob bytea)
LANGUAGE plpgsql AS $$
BEGIN
  dest_lob := coalesce(dest_lob, '\x') || coalesce(src_lob, '\x');
END $$;

-- _lob_amount(amount, offset, length)
-- for: ORA-21560 and ORA-22925: arguments of DBMS_LOB that are NULL or out of range
CREATE OR REPLACE FUNCTION landfall._lob_amount(amount numeric, at numeric, available integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF amount IS NULL OR at IS NULL OR amount < 1 OR at < 1 OR amount > available THEN
    RAISE EXCEPTION 'ORA-21560: argument is null, invalid, or out of range: amount %, offset %', amount, at USING ERRCODE = landfall.sqlstate(-21560);
  END IF;
  RETURN pg_catalog.trunc(amount)::integer;
END $$;

-- dbms_lob_write(lob, amount, offset, buffer)
-- for: DBMS_LOB.WRITE: overwrites; a gap behind the end is filled with blanks or zero bytes
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_write(INOUT lob_loc text, amount numeric, "offset" numeric, buffer text)
LANGUAGE plpgsql AS $$
DECLARE
  n integer := landfall._lob_amount(amount, "offset", pg_catalog.length(buffer));
  p integer := pg_catalog.trunc("offset") - 1;
BEGIN
  lob_loc := coalesce(lob_loc, '');
  lob_loc := pg_catalog.rpad(pg_catalog.left(lob_loc, p), p) || pg_catalog.left(buffer, n) || pg_catalog.substr(lob_loc, p + n + 1);
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_write(INOUT lob_loc bytea, amount numeric, "offset" numeric, buffer bytea)
LANGUAGE plpgsql AS $$
DECLARE
  n integer := landfall._lob_amount(amount, "offset", pg_catalog.length(buffer));
  p integer := pg_catalog.trunc("offset") - 1;
BEGIN
  lob_loc := coalesce(lob_loc, '\x');
  lob_loc := pg_catalog.substr(lob_loc, 1, p) || pg_catalog.decode(pg_catalog.repeat('00', p - pg_catalog.length(lob_loc)), 'hex')
    || pg_catalog.substr(buffer, 1, n) || pg_catalog.substr(lob_loc, p + n + 1);
END $$;

-- dbms_lob_writeappend(lob, amount, buffer)
-- for: DBMS_LOB.WRITEAPPEND
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_writeappend(INOUT lob_loc text, amount numeric, buffer text)
LANGUAGE plpgsql AS $$
BEGIN
  lob_loc := pg_catalog.concat(lob_loc, pg_catalog.left(buffer, landfall._lob_amount(amount, 1, pg_catalog.length(buffer))));
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_writeappend(INOUT lob_loc bytea, amount numeric, buffer bytea)
LANGUAGE plpgsql AS $$
BEGIN
  lob_loc := coalesce(lob_loc, '\x') || pg_catalog.substr(buffer, 1, landfall._lob_amount(amount, 1, pg_catalog.length(buffer)));
END $$;

-- dbms_lob_trim(lob, newlen)
-- for: DBMS_LOB.TRIM
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_trim(INOUT lob_loc text, newlen numeric)
LANGUAGE plpgsql AS $$
BEGIN
  lob_loc := pg_catalog.left(coalesce(lob_loc, ''), landfall._lob_amount(newlen + 1, 1, pg_catalog.length(coalesce(lob_loc, '')) + 1) - 1);
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_trim(INOUT lob_loc bytea, newlen numeric)
LANGUAGE plpgsql AS $$
BEGIN
  lob_loc := pg_catalog.substr(coalesce(lob_loc, '\x'), 1, landfall._lob_amount(newlen + 1, 1, pg_catalog.length(coalesce(lob_loc, '\x')) + 1) - 1);
END $$;

-- dbms_lob_erase(lob, amount [, offset])
-- for: DBMS_LOB.ERASE: blanks or zero bytes instead; amount comes back as what was there to erase
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_erase(INOUT lob_loc text, INOUT amount numeric, "offset" numeric DEFAULT 1)
LANGUAGE plpgsql AS $$
DECLARE
  p integer := pg_catalog.trunc("offset") - 1;
  n integer := least(landfall._lob_amount(amount, "offset", 2147483647), pg_catalog.length(lob_loc) - p);
BEGIN
  amount := greatest(n, 0);
  lob_loc := pg_catalog.left(lob_loc, p) || pg_catalog.repeat(' ', n) || pg_catalog.substr(lob_loc, p + n + 1);
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_erase(INOUT lob_loc bytea, INOUT amount numeric, "offset" numeric DEFAULT 1)
LANGUAGE plpgsql AS $$
DECLARE
  p integer := pg_catalog.trunc("offset") - 1;
  n integer := least(landfall._lob_amount(amount, "offset", 2147483647), pg_catalog.length(lob_loc) - p);
BEGIN
  amount := greatest(n, 0);
  lob_loc := pg_catalog.substr(lob_loc, 1, p) || pg_catalog.decode(pg_catalog.repeat('00', n), 'hex') || pg_catalog.substr(lob_loc, p + n + 1);
END $$;

-- dbms_lob_copy(lob, source, amount [, dest_offset [, src_offset]])
-- for: DBMS_LOB.COPY; an amount beyond the end copies what is there
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_copy(INOUT dest_lob text, src_lob text, amount numeric, dest_offset numeric DEFAULT 1, src_offset numeric DEFAULT 1)
LANGUAGE plpgsql AS $$
DECLARE
  piece text := landfall.dbms_lob_substr(src_lob, amount, src_offset);
BEGIN
  IF piece IS NOT NULL THEN
    CALL landfall.dbms_lob_write(dest_lob, pg_catalog.length(piece), dest_offset, piece);
  END IF;
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_copy(INOUT dest_lob bytea, src_lob bytea, amount numeric, dest_offset numeric DEFAULT 1, src_offset numeric DEFAULT 1)
LANGUAGE plpgsql AS $$
DECLARE
  piece bytea := landfall.dbms_lob_substr(src_lob, amount, src_offset);
BEGIN
  IF piece IS NOT NULL THEN
    CALL landfall.dbms_lob_write(dest_lob, pg_catalog.length(piece), dest_offset, piece);
  END IF;
END $$;

-- dbms_lob_compare(lob, lob [, amount [, offset_1 [, offset_2]]])
-- for: DBMS_LOB.COMPARE: 0, -1 or 1 in binary order; NULL for arguments below 1
CREATE OR REPLACE FUNCTION landfall.dbms_lob_compare(lob_1 text, lob_2 text, amount numeric DEFAULT 1073741823, offset_1 numeric DEFAULT 1, offset_2 numeric DEFAULT 1) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  a text COLLATE pg_catalog."C" := coalesce(landfall.dbms_lob_substr(lob_1, amount, offset_1), '');
  b text COLLATE pg_catalog."C" := coalesce(landfall.dbms_lob_substr(lob_2, amount, offset_2), '');
BEGIN
  RETURN CASE WHEN amount < 1 OR offset_1 < 1 OR offset_2 < 1 THEN NULL WHEN a = b THEN 0 WHEN a < b THEN -1 ELSE 1 END;
END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_lob_compare(lob_1 bytea, lob_2 bytea, amount numeric DEFAULT 1073741823, offset_1 numeric DEFAULT 1, offset_2 numeric DEFAULT 1) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  a bytea := coalesce(landfall.dbms_lob_substr(lob_1, amount, offset_1), '\x');
  b bytea := coalesce(landfall.dbms_lob_substr(lob_2, amount, offset_2), '\x');
BEGIN
  RETURN CASE WHEN amount < 1 OR offset_1 < 1 OR offset_2 < 1 THEN NULL WHEN a = b THEN 0 WHEN a < b THEN -1 ELSE 1 END;
END $$;

-- dbms_lob_read(lob, amount, offset, buffer)
-- for: DBMS_LOB.READ: amount comes back as what was read; behind the end NO_DATA_FOUND
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_read(lob_loc text, INOUT amount numeric, "offset" numeric, INOUT buffer text)
LANGUAGE plpgsql AS $$
BEGIN
  buffer := landfall.dbms_lob_substr(lob_loc, landfall._lob_amount(amount, "offset", 1073741823), "offset");
  IF buffer IS NULL THEN
    RAISE EXCEPTION 'ORA-01403: no data found' USING ERRCODE = 'no_data_found';
  END IF;
  amount := pg_catalog.length(buffer);
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_read(lob_loc bytea, INOUT amount numeric, "offset" numeric, INOUT buffer bytea)
LANGUAGE plpgsql AS $$
BEGIN
  buffer := landfall.dbms_lob_substr(lob_loc, landfall._lob_amount(amount, "offset", 1073741823), "offset");
  IF buffer IS NULL THEN
    RAISE EXCEPTION 'ORA-01403: no data found' USING ERRCODE = 'no_data_found';
  END IF;
  amount := pg_catalog.length(buffer);
END $$;

-- dbms_lob_createtemporary(lob [, cache [, dur]])
-- for: DBMS_LOB.CREATETEMPORARY: an empty LOB, which is not NULL
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_createtemporary(INOUT lob_loc text, cache boolean DEFAULT true, dur integer DEFAULT 10)
LANGUAGE plpgsql AS $$
BEGIN
  lob_loc := '';
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_createtemporary(INOUT lob_loc bytea, cache boolean DEFAULT true, dur integer DEFAULT 10)
LANGUAGE plpgsql AS $$
BEGIN
  lob_loc := '\x';
END $$;

-- dbms_lob_freetemporary(lob)
-- for: DBMS_LOB.FREETEMPORARY: the variable becomes NULL
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_freetemporary(INOUT lob_loc text)
LANGUAGE plpgsql AS $$
BEGIN
  lob_loc := NULL;
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_freetemporary(INOUT lob_loc bytea)
LANGUAGE plpgsql AS $$
BEGIN
  lob_loc := NULL;
END $$;

-- dbms_lob_open(lob, mode)
-- for: DBMS_LOB.OPEN: nothing to do
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_open(INOUT lob_loc text, open_mode integer DEFAULT 1)
LANGUAGE plpgsql AS $$
BEGIN
  NULL;
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_open(INOUT lob_loc bytea, open_mode integer DEFAULT 1)
LANGUAGE plpgsql AS $$
BEGIN
  NULL;
END $$;

-- dbms_lob_close(lob)
-- for: DBMS_LOB.CLOSE: nothing to do
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_close(INOUT lob_loc text)
LANGUAGE plpgsql AS $$
BEGIN
  NULL;
END $$;
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_close(INOUT lob_loc bytea)
LANGUAGE plpgsql AS $$
BEGIN
  NULL;
END $$;

-- dbms_lob_istemporary(lob)
-- for: DBMS_LOB.ISTEMPORARY: a variable's value always is
CREATE OR REPLACE FUNCTION landfall.dbms_lob_istemporary(lob_loc text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CASE WHEN lob_loc IS NOT NULL THEN 1 END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_lob_istemporary(lob_loc bytea) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CASE WHEN lob_loc IS NOT NULL THEN 1 END $$;

-- dbms_lob_isopen(lob)
-- for: DBMS_LOB.ISOPEN: 1, as a value can always be read and written
CREATE OR REPLACE FUNCTION landfall.dbms_lob_isopen(lob_loc text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CASE WHEN lob_loc IS NOT NULL THEN 1 END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_lob_isopen(lob_loc bytea) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CASE WHEN lob_loc IS NOT NULL THEN 1 END $$;

-- dbms_lob_getchunksize(lob)
-- for: DBMS_LOB.GETCHUNKSIZE: Oracle's usual 8132; PostgreSQL has no such unit
CREATE OR REPLACE FUNCTION landfall.dbms_lob_getchunksize(lob_loc text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CASE WHEN lob_loc IS NOT NULL THEN 8132 END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_lob_getchunksize(lob_loc bytea) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CASE WHEN lob_loc IS NOT NULL THEN 8132 END $$;

-- _csid(number)
-- for: numbers of Oracle's character sets (NLS_CHARSET_ID) as PostgreSQL's encodings; 0 is the database's
CREATE OR REPLACE FUNCTION landfall._csid(id numeric) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  name text := CASE WHEN coalesce(id, 0) = 0 THEN pg_catalog.getdatabaseencoding() WHEN id IN (871, 873) THEN 'UTF8' WHEN id = 1 THEN 'LATIN1' WHEN id = 31 THEN 'LATIN1'
    WHEN id = 178 THEN 'WIN1252' WHEN id = 170 THEN 'WIN1250' WHEN id = 171 THEN 'WIN1251' WHEN id = 46 THEN 'LATIN9' WHEN id = 852 THEN 'GBK' WHEN id = 854 THEN 'GB18030'
    WHEN id = 850 THEN 'EUC_CN' WHEN id = 865 THEN 'BIG5' WHEN id = 832 THEN 'SJIS' WHEN id = 830 THEN 'EUC_JP' WHEN id = 840 THEN 'EUC_KR' END;
BEGIN
  IF name IS NULL THEN
    RAISE EXCEPTION 'ORA-12703: this character set conversion is not supported: character set id %', id USING ERRCODE = landfall.sqlstate(-12703);
  END IF;
  RETURN name;
END $$;

-- dbms_lob_converttoclob(clob, blob, amount, dest_offset, src_offset, csid, lang_context, warning)
-- for: DBMS_LOB.CONVERTTOCLOB
-- note: Bytes that are no text in that character set raise an error instead of a warning.
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_converttoclob(INOUT dest_lob text, src_blob bytea, amount numeric, INOUT dest_offset numeric, INOUT src_offset numeric, blob_csid numeric, INOUT lang_context numeric, INOUT warning numeric)
LANGUAGE plpgsql AS $$
DECLARE
  piece bytea := landfall.dbms_lob_substr(src_blob, amount, src_offset);
  t text := pg_catalog.convert_from(coalesce(piece, '\x'), landfall._csid(blob_csid)::name);
BEGIN
  IF t <> '' THEN
    CALL landfall.dbms_lob_write(dest_lob, pg_catalog.length(t), dest_offset, t);
  END IF;
  dest_offset := dest_offset + pg_catalog.length(t);
  src_offset := src_offset + coalesce(pg_catalog.length(piece), 0);
  warning := 0;
END $$;

-- dbms_lob_converttoblob(blob, clob, amount, dest_offset, src_offset, csid, lang_context, warning)
-- for: DBMS_LOB.CONVERTTOBLOB
CREATE OR REPLACE PROCEDURE landfall.dbms_lob_converttoblob(INOUT dest_lob bytea, src_clob text, amount numeric, INOUT dest_offset numeric, INOUT src_offset numeric, blob_csid numeric, INOUT lang_context numeric, INOUT warning numeric)
LANGUAGE plpgsql AS $$
DECLARE
  piece text := landfall.dbms_lob_substr(src_clob, amount, src_offset);
  b bytea := pg_catalog.convert_to(coalesce(piece, ''), landfall._csid(blob_csid)::name);
BEGIN
  IF pg_catalog.length(b) > 0 THEN
    CALL landfall.dbms_lob_write(dest_lob, pg_catalog.length(b), dest_offset, b);
  END IF;
  dest_offset := dest_offset + pg_catalog.length(b);
  src_offset := src_offset + coalesce(pg_catalog.length(piece), 0);
  warning := 0;
END $$;
