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
