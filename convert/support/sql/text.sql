-- Character functions. SQL Language Reference 19c, Character Functions. '' is NULL: no function here gives ''.

-- instr(text, substring [, position [, occurrence]])
-- for: INSTR; a negative position searches backwards from that far from the end (SQL Language Reference 19c, INSTR)
CREATE OR REPLACE FUNCTION landfall.instr(s text, sub text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.strpos(nullif(s, ''), nullif(sub, '')) $$;
CREATE OR REPLACE FUNCTION landfall.instr(s text, sub text, pos numeric, nth numeric DEFAULT 1) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  p integer := pg_catalog.trunc(pos);
  n integer := pg_catalog.trunc(nth);
  w integer := pg_catalog.length(sub);
  k integer;
BEGIN
  IF n < 1 THEN
    RAISE EXCEPTION 'ORA-01428: argument ''%'' is out of range', n USING ERRCODE = landfall.sqlstate(-1428);
  ELSIF s = '' OR sub = '' THEN
    RETURN NULL;
  ELSIF p > 0 THEN
    LOOP
      k := pg_catalog.strpos(pg_catalog.substr(s, p), sub);
      IF k = 0 THEN
        RETURN 0;
      END IF;
      p := p + k;
      n := n - 1;
      IF n = 0 THEN
        RETURN p - 1;
      END IF;
    END LOOP;
  ELSIF p < 0 THEN
    p := least(pg_catalog.length(s) + p, pg_catalog.length(s) - w) + 1;
    WHILE p > 0 LOOP
      IF pg_catalog.substr(s, p, w) = sub THEN
        n := n - 1;
        IF n = 0 THEN
          RETURN p;
        END IF;
      END IF;
      p := p - 1;
    END LOOP;
  END IF;
  RETURN 0;
END $$;

-- substr(text, position [, length])
-- for: SUBSTR: position 0 is 1, a negative one counts from the end, a length below 1 gives NULL (SQL Language Reference 19c, SUBSTR)
-- note: char(n) arguments lose their trailing blanks on the way to text: cast a column of that type with rpad where they count.
CREATE OR REPLACE FUNCTION landfall.substr(s text, pos integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF pos >= 0 THEN
    RETURN nullif(pg_catalog.substr(s, pos), '');
  ELSIF -pos > pg_catalog.length(s) THEN
    RETURN NULL;
  END IF;
  RETURN nullif(pg_catalog.right(s, -pos), '');
END $$;
CREATE OR REPLACE FUNCTION landfall.substr(s text, pos integer, len integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF len < 1 THEN
    RETURN NULL;
  ELSIF pos > 0 THEN
    RETURN nullif(pg_catalog.substr(s, pos, len), '');
  ELSIF pos = 0 THEN
    RETURN nullif(pg_catalog.left(s, len), '');
  ELSIF -pos > pg_catalog.length(s) THEN
    RETURN NULL;
  END IF;
  RETURN nullif(pg_catalog.left(pg_catalog.right(s, -pos), len), '');
END $$;
CREATE OR REPLACE FUNCTION landfall.substr(s text, pos numeric) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.substr(s, pg_catalog.trunc(pos)::integer) $$;
CREATE OR REPLACE FUNCTION landfall.substr(s text, pos numeric, len numeric) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.substr(s, pg_catalog.trunc(pos)::integer, pg_catalog.trunc(len)::integer) $$;

-- replace(text, search [, replacement])
-- for: REPLACE: without a replacement, or with NULL, what is found is taken out; a search of NULL finds nothing (SQL Language Reference 19c, REPLACE)
CREATE OR REPLACE FUNCTION landfall.replace(s text, search text, replacement text DEFAULT NULL) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN search IS NULL THEN nullif(s, '') ELSE nullif(pg_catalog.replace(s, search, coalesce(replacement, '')), '') END $$;

-- concat(text, ...)
-- for: the operator || and CONCAT: NULL counts as nothing, all NULL gives NULL (SQL Language Reference 19c, Concatenation Operator)
-- note: Immutable, which PostgreSQL's concat is not: for indexes and generated columns.
CREATE OR REPLACE FUNCTION landfall.concat(VARIADIC parts text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN nullif(pg_catalog.array_to_string(parts, ''), '');
END $$;

-- greatest(value, ...)
-- for: GREATEST: NULL when any argument is (SQL Language Reference 19c, GREATEST)
-- note: Text compares by the database's collation; Oracle's default is binary.
CREATE OR REPLACE FUNCTION landfall.greatest(VARIADIC list anycompatiblearray) RETURNS anycompatible
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  r ALIAS FOR $0;
BEGIN
  FOR i IN 1 .. pg_catalog.cardinality(list) LOOP
    IF list[i] IS NULL THEN
      RETURN NULL;
    ELSIF i = 1 OR list[i] > r THEN
      r := list[i];
    END IF;
  END LOOP;
  RETURN r;
END $$;

-- least(value, ...)
-- for: LEAST: NULL when any argument is (SQL Language Reference 19c, LEAST)
-- note: Text compares by the database's collation; Oracle's default is binary.
CREATE OR REPLACE FUNCTION landfall.least(VARIADIC list anycompatiblearray) RETURNS anycompatible
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  r ALIAS FOR $0;
BEGIN
  FOR i IN 1 .. pg_catalog.cardinality(list) LOOP
    IF list[i] IS NULL THEN
      RETURN NULL;
    ELSIF i = 1 OR list[i] < r THEN
      r := list[i];
    END IF;
  END LOOP;
  RETURN r;
END $$;

-- ascii(text)
-- for: ASCII: the bytes of the first character as one number (SQL Language Reference 19c, ASCII)
-- note: PostgreSQL's own gives the code point: the same below 128.
CREATE OR REPLACE FUNCTION landfall.ascii(s text) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  b bytea := pg_catalog.convert_to(pg_catalog.left(s, 1), 'UTF8');
  n bigint := 0;
BEGIN
  IF s = '' THEN
    RETURN NULL;
  END IF;
  FOR i IN 0 .. pg_catalog.length(b) - 1 LOOP
    n := n * 256 + pg_catalog.get_byte(b, i);
  END LOOP;
  RETURN n;
END $$;

-- chr(number)
-- for: CHR: the character whose bytes make up the number (SQL Language Reference 19c, CHR)
-- note: CHR(0) cannot stand in a text of PostgreSQL and raises an error; CHR(n USING NCHAR_CS) is PostgreSQL's own chr.
CREATE OR REPLACE FUNCTION landfall.chr(n numeric) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  v bigint := pg_catalog.trunc(n);
BEGIN
  IF v BETWEEN 1 AND 127 THEN
    RETURN pg_catalog.chr(v::integer);
  ELSIF v <= 0 THEN
    RAISE EXCEPTION 'ORA-01428: argument ''%'' is out of range for a character', v USING ERRCODE = landfall.sqlstate(-1428);
  END IF;
  RETURN pg_catalog.convert_from(pg_catalog.decode(pg_catalog.lpad(pg_catalog.to_hex(v),
    (pg_catalog.length(pg_catalog.to_hex(v)) + 1) / 2 * 2, '0'), 'hex'), 'UTF8');
END $$;

-- _display_width(text)
-- for: LPAD and RPAD, which count what a character takes on a terminal: two for East Asian wide ones, none for combining ones
CREATE OR REPLACE FUNCTION landfall._display_width(s text) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF pg_catalog.octet_length(s) = pg_catalog.length(s) THEN
    RETURN pg_catalog.length(s);
  END IF;
  RETURN (SELECT pg_catalog.sum(CASE
    WHEN c BETWEEN 4352 AND 4447 OR c BETWEEN 11904 AND 42191 AND c <> 12351 OR c BETWEEN 43360 AND 43391 OR c BETWEEN 44032 AND 55203
      OR c BETWEEN 63744 AND 64255 OR c BETWEEN 65040 AND 65049 OR c BETWEEN 65072 AND 65135 OR c BETWEEN 65281 AND 65376
      OR c BETWEEN 65504 AND 65510 OR c BETWEEN 127744 AND 128591 OR c BETWEEN 129280 AND 129535 OR c BETWEEN 131072 AND 262141 THEN 2
    WHEN c BETWEEN 768 AND 879 OR c BETWEEN 8203 AND 8207 THEN 0
    ELSE 1 END)
    FROM (SELECT pg_catalog.ascii(pg_catalog.substr(s, i, 1)) FROM pg_catalog.generate_series(1, pg_catalog.length(s)) AS g(i)) AS x(c));
END $$;

-- _display_left(text, width)
-- for: LPAD and RPAD: the characters that fit into a width
CREATE OR REPLACE FUNCTION landfall._display_left(s text, w integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  n integer := least(w, pg_catalog.length(s));
BEGIN
  WHILE landfall._display_width(pg_catalog.left(s, n)) > w LOOP
    n := n - 1;
  END LOOP;
  RETURN pg_catalog.left(s, n);
END $$;

-- lpad(text, length [, fill])
-- for: LPAD: the length counts as displayed, so that a Chinese character counts twice; below 1 it gives NULL (SQL Language Reference 19c, LPAD)
-- note: For ASCII nullif(lpad(...), '') of PostgreSQL's own gives the same.
CREATE OR REPLACE FUNCTION landfall.lpad(s text, n numeric, fill text DEFAULT ' ') RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  w integer := pg_catalog.trunc(n);
  gap integer;
BEGIN
  IF s = '' OR fill = '' THEN
    RETURN NULL;
  ELSIF pg_catalog.octet_length(s) = pg_catalog.length(s) AND pg_catalog.octet_length(fill) = pg_catalog.length(fill) THEN
    RETURN nullif(pg_catalog.lpad(s, w, fill), '');
  END IF;
  gap := w - landfall._display_width(s);
  IF gap <= 0 THEN
    RETURN nullif(landfall._display_left(s, w), '');
  END IF;
  fill := landfall._display_left(pg_catalog.repeat(fill, gap), gap);
  -- half a wide character that does not fit is a blank
  RETURN fill || pg_catalog.repeat(' ', gap - landfall._display_width(fill)) || s;
END $$;

-- rpad(text, length [, fill])
-- for: RPAD: the length counts as displayed (SQL Language Reference 19c, RPAD)
CREATE OR REPLACE FUNCTION landfall.rpad(s text, n numeric, fill text DEFAULT ' ') RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  w integer := pg_catalog.trunc(n);
  gap integer;
BEGIN
  IF s = '' OR fill = '' THEN
    RETURN NULL;
  ELSIF pg_catalog.octet_length(s) = pg_catalog.length(s) AND pg_catalog.octet_length(fill) = pg_catalog.length(fill) THEN
    RETURN nullif(pg_catalog.rpad(s, w, fill), '');
  END IF;
  gap := w - landfall._display_width(s);
  IF gap <= 0 THEN
    s := landfall._display_left(s, w);
    RETURN nullif(s || pg_catalog.repeat(' ', greatest(w - landfall._display_width(s), 0)), '');
  END IF;
  fill := landfall._display_left(pg_catalog.repeat(fill, gap), gap);
  RETURN s || fill || pg_catalog.repeat(' ', gap - landfall._display_width(fill));
END $$;

-- char_equal(text, text)
-- for: = between two CHAR values (or a CHAR and a literal), which ignores trailing blanks: blank-padded comparison (SQL Language Reference 19c, Blank-Padded and Nonpadded Comparison Semantics)
-- note: PostgreSQL's char(n) compares so by itself; this one is for values that have become text.
CREATE OR REPLACE FUNCTION landfall.char_equal(a text, b text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.rtrim(a, ' ') = pg_catalog.rtrim(b, ' ') $$;

-- asciistr(text)
-- for: ASCIISTR: characters outside of ASCII as \XXXX, UTF-16 units; a backslash as \005C (SQL Language Reference 19c, ASCIISTR)
CREATE OR REPLACE FUNCTION landfall.asciistr(s text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  c text;
  n integer;
  r text := '';
BEGIN
  FOREACH c IN ARRAY pg_catalog.regexp_split_to_array(s, '') LOOP
    n := pg_catalog.ascii(c);
    r := r || CASE
      WHEN n > 65535 THEN pg_catalog.upper('\' || pg_catalog.to_hex(55296 + ((n - 65536) >> 10)) || '\' || pg_catalog.to_hex(56320 + ((n - 65536) & 1023)))
      WHEN n > 127 OR n = 92 THEN pg_catalog.upper('\' || pg_catalog.lpad(pg_catalog.to_hex(n), 4, '0'))
      ELSE c END;
  END LOOP;
  RETURN r;
END $$;

-- unistr(text)
-- for: UNISTR: \XXXX is a UTF-16 unit, \\ a backslash (SQL Language Reference 19c, UNISTR)
CREATE OR REPLACE FUNCTION landfall.unistr(s text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  m text[];
  n integer;
  high integer;
  r text := '';
BEGIN
  FOR m IN SELECT pg_catalog.regexp_matches(s, '(\\\\)|\\([0-9A-Fa-f]{4})|(.)', 'g') LOOP
    IF m[1] IS NOT NULL THEN
      r := r || '\';
    ELSIF m[3] IS NOT NULL THEN
      IF m[3] = '\' THEN
        RAISE EXCEPTION 'ORA-30186: a backslash must be followed by four hexadecimal characters or another backslash' USING ERRCODE = landfall.sqlstate(-30186);
      END IF;
      r := r || m[3];
    ELSE
      n := ('x' || pg_catalog.lpad(m[2], 8, '0'))::bit(32)::integer;
      IF n BETWEEN 55296 AND 56319 THEN
        high := n;
        CONTINUE;
      ELSIF n BETWEEN 56320 AND 57343 AND high IS NOT NULL THEN
        n := 65536 + ((high - 55296) << 10) + (n - 56320);
      END IF;
      r := r || pg_catalog.chr(n);
    END IF;
    high := NULL;
  END LOOP;
  RETURN nullif(r, '');
END $$;

-- soundex(text)
-- for: SOUNDEX: the first letter and three digits for the consonants that follow (SQL Language Reference 19c, SOUNDEX)
CREATE OR REPLACE FUNCTION landfall.soundex(s text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text := pg_catalog.upper(pg_catalog.regexp_replace(s, '[^A-Za-z]', '', 'g'));
  r text := pg_catalog.left(t, 1);
  d text;
  last text := pg_catalog.translate(r, 'BFPVCGJKQSXZDTLMNRAEIOUYHW', '11112222222233455600000000');
BEGIN
  FOR i IN 2 .. pg_catalog.length(t) LOOP
    EXIT WHEN pg_catalog.length(r) = 4;
    d := pg_catalog.translate(pg_catalog.substr(t, i, 1), 'BFPVCGJKQSXZDTLMNRAEIOUYHW', '111122222222334556000000--');
    CONTINUE WHEN d = '-'; -- H and W do not part letters of one number
    IF d <> '0' AND d <> last THEN
      r := r || d;
    END IF;
    last := d;
  END LOOP;
  RETURN pg_catalog.rpad(nullif(r, ''), 4, '0');
END $$;

-- fit(text, length)
-- for: a text that goes to a variable or an element of that length where PostgreSQL would cut it: ORA-06502 when it is longer, blanks at its end included
-- note: STABLE: PostgreSQL would evaluate an immutable call with a constant text while it plans.
CREATE OR REPLACE FUNCTION landfall.fit(t text, n integer) RETURNS varchar
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF pg_catalog.char_length(t) > n THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: character string buffer too small' USING ERRCODE = 'string_data_right_truncation';
  END IF;
  RETURN t;
END $$;

-- fit_column(text, length)
-- for: a text that goes to a column of that length and may end with blanks, which PostgreSQL would cut: ORA-12899 when it is longer
CREATE OR REPLACE FUNCTION landfall.fit_column(t text, n integer) RETURNS varchar
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF pg_catalog.char_length(t) > n THEN
    RAISE EXCEPTION 'ORA-12899: value too large for column (actual: %, maximum: %)', pg_catalog.char_length(t), n USING ERRCODE = landfall.sqlstate(-12899);
  END IF;
  RETURN t;
END $$;
