-- UTL_ENCODE, UTL_URL and UTL_MATCH. PL/SQL Packages and Types Reference 19c.

-- utl_encode_base64_encode(raw)
-- for: UTL_ENCODE.BASE64_ENCODE: lines of 64 characters, CR LF between
CREATE OR REPLACE FUNCTION landfall.utl_encode_base64_encode(r bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT nullif(pg_catalog.convert_to(pg_catalog.regexp_replace(pg_catalog.translate(pg_catalog.encode(r, 'base64'), E'\n', ''), '(.{64})(?=.)', E'\\1\r\n', 'g'), 'UTF8'), '\x') $$;

-- utl_encode_base64_decode(raw)
-- for: UTL_ENCODE.BASE64_DECODE: line ends and blanks are passed over
CREATE OR REPLACE FUNCTION landfall.utl_encode_base64_decode(r bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT nullif(pg_catalog.decode(pg_catalog.regexp_replace(pg_catalog.convert_from(r, 'UTF8'), '\s', '', 'g'), 'base64'), '\x') $$;

-- utl_encode_quoted_printable_encode(raw)
-- for: UTL_ENCODE.QUOTED_PRINTABLE_ENCODE: lines of 76 characters at most (RFC 2045)
CREATE OR REPLACE FUNCTION landfall.utl_encode_quoted_printable_encode(r bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text := '';
  n integer := 0;
  c integer;
  e text;
BEGIN
  FOR i IN 0 .. pg_catalog.length(r) - 1 LOOP
    c := pg_catalog.get_byte(r, i);
    IF c IN (10, 13) THEN
      t := t || pg_catalog.chr(c);
      n := 0;
      CONTINUE;
    END IF;
    e := CASE WHEN c BETWEEN 33 AND 126 AND c <> 61
        OR c IN (9, 32) AND i < pg_catalog.length(r) - 1 AND pg_catalog.get_byte(r, least(i + 1, pg_catalog.length(r) - 1)) NOT IN (10, 13) THEN pg_catalog.chr(c)
      ELSE '=' || pg_catalog.upper(pg_catalog.lpad(pg_catalog.to_hex(c), 2, '0')) END;
    IF n + pg_catalog.length(e) > 75 THEN
      t := t || E'=\r\n';
      n := 0;
    END IF;
    t := t || e;
    n := n + pg_catalog.length(e);
  END LOOP;
  RETURN nullif(pg_catalog.convert_to(t, 'UTF8'), '\x');
END $$;

-- _percent_decode(text, mark)
-- for: bytes written as mark and two hexadecimal digits; other characters are their UTF-8 bytes
CREATE OR REPLACE FUNCTION landfall._percent_decode(t text, mark text) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(pg_catalog.string_agg(CASE WHEN m[1] IS NOT NULL THEN pg_catalog.decode(m[1], 'hex') ELSE pg_catalog.convert_to(m[2], 'UTF8') END, '\x' ORDER BY i), '\x')
  FROM pg_catalog.regexp_matches(t, mark || '([0-9A-Fa-f]{2})|([^' || mark || ']+|' || mark || ')', 'g') WITH ORDINALITY AS x(m, i) $$;

-- utl_encode_quoted_printable_decode(raw)
-- for: UTL_ENCODE.QUOTED_PRINTABLE_DECODE
CREATE OR REPLACE FUNCTION landfall.utl_encode_quoted_printable_decode(r bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT nullif(landfall._percent_decode(pg_catalog.regexp_replace(pg_catalog.convert_from(r, 'UTF8'), '=[ \t]*\r?\n', '', 'g'), '='), '\x') $$;

-- utl_encode_text_encode(text [, charset [, encoding]])
-- for: UTL_ENCODE.TEXT_ENCODE: 1 is base 64, 2 (and NULL) quoted-printable
CREATE OR REPLACE FUNCTION landfall.utl_encode_text_encode(buf text, encode_charset text DEFAULT NULL, encoding integer DEFAULT NULL) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.convert_from(CASE WHEN encoding = 1 THEN landfall.utl_encode_base64_encode(landfall.utl_i18n_string_to_raw(buf, encode_charset))
    ELSE landfall.utl_encode_quoted_printable_encode(landfall.utl_i18n_string_to_raw(buf, encode_charset)) END, 'UTF8') $$;

-- utl_encode_text_decode(text [, charset [, encoding]])
-- for: UTL_ENCODE.TEXT_DECODE: 1 is base 64, 2 (and NULL) quoted-printable
CREATE OR REPLACE FUNCTION landfall.utl_encode_text_decode(buf text, encode_charset text DEFAULT NULL, encoding integer DEFAULT NULL) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT landfall.utl_i18n_raw_to_char(CASE WHEN encoding = 1 THEN landfall.utl_encode_base64_decode(pg_catalog.convert_to(buf, 'UTF8'))
    ELSE landfall.utl_encode_quoted_printable_decode(pg_catalog.convert_to(buf, 'UTF8')) END, encode_charset) $$;

-- utl_url_escape(url [, escape_reserved_chars [, url_charset]])
-- for: UTL_URL.ESCAPE: letters, digits and - _ . ! ~ * ' ( ) stay, and ; / ? : @ & = + $ , too unless told otherwise
CREATE OR REPLACE FUNCTION landfall.utl_url_escape(url text, escape_reserved_chars boolean DEFAULT false, url_charset text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  b bytea := landfall.utl_i18n_string_to_raw(url, url_charset);
  keep text := '-_.!~*''()' || CASE WHEN escape_reserved_chars THEN '' ELSE ';/?:@&=+$,%#[]' END;
  r text := '';
  c integer;
BEGIN
  IF b IS NULL THEN
    RETURN NULL;
  END IF;
  FOR i IN 0 .. pg_catalog.length(b) - 1 LOOP
    c := pg_catalog.get_byte(b, i);
    r := r || CASE WHEN c BETWEEN 48 AND 57 OR c BETWEEN 65 AND 90 OR c BETWEEN 97 AND 122 OR c < 128 AND c > 32 AND pg_catalog.strpos(keep, pg_catalog.chr(greatest(c, 1))) > 0
      THEN pg_catalog.chr(greatest(c, 1)) ELSE '%' || pg_catalog.upper(pg_catalog.lpad(pg_catalog.to_hex(c), 2, '0')) END;
  END LOOP;
  RETURN r;
END $$;

-- utl_url_unescape(url [, url_charset])
-- for: UTL_URL.UNESCAPE
CREATE OR REPLACE FUNCTION landfall.utl_url_unescape(url text, url_charset text DEFAULT NULL) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT landfall.utl_i18n_raw_to_char(landfall._percent_decode(url, '%'), url_charset) $$;

-- utl_match_edit_distance(text, text)
-- for: UTL_MATCH.EDIT_DISTANCE: Levenshtein's
CREATE OR REPLACE FUNCTION landfall.utl_match_edit_distance(s1 text, s2 text) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  a text[] := coalesce(pg_catalog.string_to_array(s1, NULL), '{}');
  b text[] := coalesce(pg_catalog.string_to_array(s2, NULL), '{}');
  row integer[];
  before integer;
  above integer;
BEGIN
  IF s1 IS NULL OR s2 IS NULL THEN
    RETURN -1; -- as Oracle has it
  END IF;
  row := ARRAY(SELECT pg_catalog.generate_series(0, pg_catalog.cardinality(b)));
  FOR i IN 1 .. pg_catalog.cardinality(a) LOOP
    before := row[1];
    row[1] := i;
    FOR j IN 1 .. pg_catalog.cardinality(b) LOOP
      above := row[j + 1];
      row[j + 1] := least(above + 1, row[j] + 1, before + CASE WHEN a[i] = b[j] THEN 0 ELSE 1 END);
      before := above;
    END LOOP;
  END LOOP;
  RETURN row[pg_catalog.cardinality(b) + 1];
END $$;

-- utl_match_edit_distance_similarity(text, text)
-- for: UTL_MATCH.EDIT_DISTANCE_SIMILARITY: from 0 to 100
CREATE OR REPLACE FUNCTION landfall.utl_match_edit_distance_similarity(s1 text, s2 text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN s1 IS NULL AND s2 IS NULL THEN 100 WHEN s1 IS NULL OR s2 IS NULL THEN 0
    ELSE pg_catalog.round((1 - landfall.utl_match_edit_distance(s1, s2)::numeric / greatest(pg_catalog.length(s1), pg_catalog.length(s2), 1)) * 100)::integer END $$;

-- utl_match_jaro_winkler(text, text)
-- for: UTL_MATCH.JARO_WINKLER: from 0 to 1
CREATE OR REPLACE FUNCTION landfall.utl_match_jaro_winkler(s1 text, s2 text) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  a text[] := coalesce(pg_catalog.string_to_array(s1, NULL), '{}');
  b text[] := coalesce(pg_catalog.string_to_array(s2, NULL), '{}');
  la integer := pg_catalog.cardinality(a);
  lb integer := pg_catalog.cardinality(b);
  reach integer := greatest(greatest(la, lb) / 2 - 1, 0);
  in_a boolean[] := pg_catalog.array_fill(false, ARRAY[greatest(la, 1)]);
  in_b boolean[] := pg_catalog.array_fill(false, ARRAY[greatest(lb, 1)]);
  m integer := 0;
  swapped integer := 0;
  prefix integer := 0;
  k integer := 1;
  jaro double precision;
BEGIN
  IF la = 0 OR lb = 0 THEN
    RETURN 0;
  END IF;
  FOR i IN 1 .. la LOOP
    FOR j IN greatest(1, i - reach) .. least(lb, i + reach) LOOP
      IF NOT in_b[j] AND a[i] = b[j] THEN
        in_a[i] := true;
        in_b[j] := true;
        m := m + 1;
        EXIT;
      END IF;
    END LOOP;
  END LOOP;
  IF m = 0 THEN
    RETURN 0;
  END IF;
  FOR i IN 1 .. la LOOP
    CONTINUE WHEN NOT in_a[i];
    WHILE NOT in_b[k] LOOP
      k := k + 1;
    END LOOP;
    IF a[i] <> b[k] THEN
      swapped := swapped + 1;
    END IF;
    k := k + 1;
  END LOOP;
  jaro := (m::double precision / la + m::double precision / lb + (m - swapped / 2)::double precision / m) / 3;
  WHILE prefix < least(4, la, lb) AND a[prefix + 1] = b[prefix + 1] LOOP
    prefix := prefix + 1;
  END LOOP;
  RETURN jaro + prefix * 0.1 * (1 - jaro);
END $$;

-- utl_match_jaro_winkler_similarity(text, text)
-- for: UTL_MATCH.JARO_WINKLER_SIMILARITY: from 0 to 100
CREATE OR REPLACE FUNCTION landfall.utl_match_jaro_winkler_similarity(s1 text, s2 text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.trunc(landfall.utl_match_jaro_winkler(s1, s2) * 100 + 1e-9)::integer $$;
