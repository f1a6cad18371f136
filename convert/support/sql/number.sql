-- Numbers without a format. SQL Language Reference 19c, Numeric Functions and NUMBER Data Type.

-- in_range(number, low, high)
-- for: variables of a subtype with a RANGE: what lies outside raises ORA-06502 (PL/SQL Language Reference 19c, Constrained Subtypes)
CREATE OR REPLACE FUNCTION landfall.in_range(n numeric, low numeric, high numeric) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF n < low OR n > high THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error' USING ERRCODE = 'numeric_value_out_of_range';
  END IF;
  RETURN true;
END $$;

-- natural
-- for: variables of NATURAL and NATURALN (PL/SQL Language Reference 19c, Predefined Subtypes of PLS_INTEGER Data Type)
DO $$ BEGIN
CREATE DOMAIN landfall.natural AS integer CHECK (landfall.in_range(VALUE, 0, 2147483647));
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- positive
-- for: variables of POSITIVE and POSITIVEN (PL/SQL Language Reference 19c, Predefined Subtypes of PLS_INTEGER Data Type)
DO $$ BEGIN
CREATE DOMAIN landfall.positive AS integer CHECK (landfall.in_range(VALUE, 1, 2147483647));
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- signtype
-- for: variables of SIGNTYPE (PL/SQL Language Reference 19c, Predefined Subtypes of PLS_INTEGER Data Type)
DO $$ BEGIN
CREATE DOMAIN landfall.signtype AS integer CHECK (landfall.in_range(VALUE, -1, 1));
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- _number_text(numeric)
-- for: the text of a NUMBER whose digits do not fit into 40 characters, the sign among them
-- note: Rounded behind the point to 40 characters; in E notation of 40 characters where the digits before the point do not fit, and where more than five zeros behind it would cost digits.
CREATE OR REPLACE FUNCTION landfall._number_text(n numeric) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  a numeric := pg_catalog.trim_scale(pg_catalog.abs(n));
  room integer := CASE WHEN n < 0 THEN 39 ELSE 40 END; -- beside the sign
  t text;
  tail text;
  e integer; -- exponent of the first digit
  r numeric;
BEGIN
  IF n = 'NaN' THEN
    RETURN 'Nan';
  ELSIF n::text LIKE '%Infinity' THEN
    RETURN CASE WHEN n < 0 THEN '-~' ELSE '~' END;
  ELSIF a = 0 THEN
    RETURN '0';
  END IF;
  FOR i IN 1 .. 2 LOOP -- again, as rounding may carry into a new digit
    t := pg_catalog.split_part(a::text, '.', 1);
    IF t <> '0' THEN
      e := pg_catalog.length(t) - 1;
    ELSE
      t := pg_catalog.split_part(a::text, '.', 2);
      e := pg_catalog.length(pg_catalog.ltrim(t, '0')) - pg_catalog.length(t) - 1;
    END IF;
    a := pg_catalog.trim_scale(pg_catalog.round(a, 39 - e));
  END LOOP;
  IF e < room AND (e >= -6 OR pg_catalog.scale(a) <= 40) THEN
    FOR i IN 1 .. 2 LOOP -- all digits, or those that fit
      t := a::text;
      IF t LIKE '0.%' THEN
        t := pg_catalog.substr(t, 2);
      END IF;
      EXIT WHEN pg_catalog.length(t) <= room;
      a := pg_catalog.trim_scale(pg_catalog.round(a, GREATEST(room - 2 - GREATEST(e, -1), 0)));
    END LOOP;
  END IF;
  IF t IS NULL OR pg_catalog.length(t) > room OR e >= room OR e < -6 AND pg_catalog.scale(a) > 40 THEN
    FOR i IN 1 .. 2 LOOP
      tail := CASE WHEN e < 0 THEN 'E-' ELSE 'E+' END || CASE WHEN pg_catalog.abs(e) < 10 THEN '0' ELSE '' END || pg_catalog.abs(e);
      r := pg_catalog.round(a * ('1e' || -e)::numeric, room - 2 - pg_catalog.length(tail));
      EXIT WHEN r < 10;
      e := e + 1;
    END LOOP;
    t := r::text || tail;
  END IF;
  RETURN CASE WHEN n < 0 THEN '-' ELSE '' END || t;
END $$;

-- to_char(number)
-- for: TO_CHAR(n) and every implicit conversion of a number to text: no trailing zeros, no zero before the point (SQL Language Reference 19c, TO_CHAR (number))
-- note: The decimal character is always a point: NLS_NUMERIC_CHARACTERS of a session has no influence, so that the function is immutable.
-- note: At most 40 characters, the sign among them: 1/3 has 39 digits behind the point, -1/3 has 38, as N||'' of a real Oracle had them; then E notation. Integers have their own overloads, so that bigint does not go through double precision.
-- note: BINARY_DOUBLE gives Oracle's scientific form with 17 digits (1.5E+000), Nan, Inf, -Inf.
CREATE OR REPLACE FUNCTION landfall.to_char(n numeric) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text := pg_catalog.trim_scale(n)::text;
BEGIN
  IF pg_catalog.length(t) > 40 OR t ~ '^-?[NI]' THEN
    RETURN landfall._number_text(n);
  ELSIF t LIKE '0.%' THEN
    RETURN pg_catalog.substr(t, 2);
  ELSIF t LIKE '-0.%' THEN
    RETURN '-' || pg_catalog.substr(t, 3);
  END IF;
  RETURN t;
END $$;
CREATE OR REPLACE FUNCTION landfall.to_char(n integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT n::text $$;
CREATE OR REPLACE FUNCTION landfall.to_char(n bigint) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT n::text $$;
CREATE OR REPLACE FUNCTION landfall.to_char(x double precision) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  bits bit(64);
  exponent integer;
  m numeric; -- the exact value, then 17 digits of it
  e integer := 0;
  t text;
BEGIN
  IF x = 'NaN' THEN
    RETURN 'Nan';
  ELSIF x = 'Infinity' THEN
    RETURN 'Inf';
  ELSIF x = '-Infinity' THEN
    RETURN '-Inf';
  ELSIF x = 0 THEN
    RETURN '0';
  END IF;
  -- IEEE 754: sign, 11 bits of exponent, 52 bits of mantissa with a hidden 1
  bits := ('x' || pg_catalog.encode(pg_catalog.float8send(pg_catalog.abs(x)), 'hex'))::bit(64);
  exponent := (bits >> 52)::bigint::integer;
  m := (bits & (pg_catalog.repeat('0', 12) || pg_catalog.repeat('1', 52))::bit(64))::bigint;
  IF exponent = 0 THEN
    exponent := 1;
  ELSE
    m := m + 4503599627370496;
  END IF;
  exponent := exponent - 1075;
  IF exponent >= 0 THEN
    m := m * pg_catalog.round(pg_catalog.power(2::numeric, exponent));
  ELSE
    -- m / 2^k = m * 5^k / 10^k
    m := m * pg_catalog.trunc(pg_catalog.power(5::numeric, -exponent));
    e := exponent;
  END IF;
  t := pg_catalog.trunc(m)::text;
  e := e + pg_catalog.length(t) - 1;
  m := pg_catalog.round(('0.' || t)::numeric * 10, 16);
  IF m >= 10 THEN
    m := m / 10;
    e := e + 1;
  END IF;
  t := pg_catalog.trim_scale(m)::text;
  IF t !~ '\.' THEN
    t := t || '.0';
  END IF;
  RETURN CASE WHEN x < 0 THEN '-' ELSE '' END || t || 'E' || CASE WHEN e < 0 THEN '-' ELSE '+' END
    || pg_catalog.lpad(pg_catalog.abs(e)::text, 3, '0');
END $$;
CREATE OR REPLACE FUNCTION landfall.to_char(t text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT t $$;

-- to_number(text)
-- for: TO_NUMBER(text) and every implicit conversion of a text to a number (SQL Language Reference 19c, TO_NUMBER)
-- note: What is no number raises ORA-01722 as invalid_text_representation, also in PL/SQL code, where Oracle raises ORA-06502: handlers for VALUE_ERROR and for INVALID_NUMBER both catch it.
-- note: The decimal character is always a point.
CREATE OR REPLACE FUNCTION landfall.to_number(t text) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  -- PostgreSQL 16 reads 0x1F and 1_000 too, and every version NaN: Oracle does not
  IF t ~ '^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?\s*$' THEN
    RETURN t::numeric;
  ELSIF t = '' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'ORA-01722: invalid number: "%"', t USING ERRCODE = 'invalid_text_representation';
END $$;
CREATE OR REPLACE FUNCTION landfall.to_number(n numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT n $$;

-- div(dividend, divisor)
-- for: the operator / on NUMBER: 20 digits to base 100, so 39 or 40 significant decimal digits; PostgreSQL's own gives 16 to 20 (SQL Language Reference 19c, NUMBER Data Type)
-- note: A divisor of zero raises division_by_zero (ORA-01476).
CREATE OR REPLACE FUNCTION landfall.div(a numeric, b numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  places integer;
BEGIN
  IF b = 0 THEN
    RAISE EXCEPTION 'ORA-01476: divisor is equal to zero' USING ERRCODE = 'division_by_zero';
  ELSIF a = 0 THEN
    RETURN 0;
  END IF;
  places := 38 - 2 * pg_catalog.floor(pg_catalog.log(pg_catalog.abs(a::double precision / b::double precision)) / 2)::integer;
  RETURN pg_catalog.trim_scale(pg_catalog.round(
    pg_catalog.round(a, greatest(places + 2, pg_catalog.scale(a), 0)) / b, places));
END $$;

-- mod(dividend, divisor)
-- for: MOD(n2, n1): the dividend itself when the divisor is 0 (SQL Language Reference 19c, MOD)
CREATE OR REPLACE FUNCTION landfall.mod(a numeric, b numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN b = 0 THEN a ELSE pg_catalog.mod(a, b) END $$;

-- remainder(dividend, divisor)
-- for: REMAINDER(n2, n1): n2 - n1 * ROUND(n2 / n1) (SQL Language Reference 19c, REMAINDER)
-- note: A divisor of zero raises ORA-01428.
CREATE OR REPLACE FUNCTION landfall.remainder(a numeric, b numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF b = 0 THEN
    RAISE EXCEPTION 'ORA-01428: argument ''0'' is out of range' USING ERRCODE = landfall.sqlstate(-1428);
  END IF;
  RETURN a - b * pg_catalog.round(landfall.div(a, b));
END $$;

-- bitand(number, number)
-- for: BITAND; fractions are cut off (SQL Language Reference 19c, BITAND)
-- note: Two's complement, as wide as the numbers need.
CREATE OR REPLACE FUNCTION landfall.bitand(a numeric, b numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF pg_catalog.abs(a) < 9223372036854775807 AND pg_catalog.abs(b) < 9223372036854775807 THEN
    RETURN pg_catalog.trunc(a)::bigint & pg_catalog.trunc(b)::bigint;
  END IF;
  a := pg_catalog.trunc(a);
  b := pg_catalog.trunc(b);
  RETURN landfall.bitand(pg_catalog.floor(a / 4294967296), pg_catalog.floor(b / 4294967296)) * 4294967296
    + ((a - pg_catalog.floor(a / 4294967296) * 4294967296)::bigint & (b - pg_catalog.floor(b / 4294967296) * 4294967296)::bigint);
END $$;

-- bitor(number, number)
-- for: UTL_RAW-free bit code: BITOR as x + y - BITAND(x, y), DBMS_UTILITY-style helpers
CREATE OR REPLACE FUNCTION landfall.bitor(a numeric, b numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.trunc(a) + pg_catalog.trunc(b) - landfall.bitand(a, b) $$;

-- bitxor(number, number)
-- for: bit code: BITXOR as BITOR(x, y) - BITAND(x, y)
CREATE OR REPLACE FUNCTION landfall.bitxor(a numeric, b numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.trunc(a) + pg_catalog.trunc(b) - 2 * landfall.bitand(a, b) $$;

-- power(base, exponent)
-- for: POWER: like PostgreSQL's, but to Oracle's 40 digits (SQL Language Reference 19c, POWER)
CREATE OR REPLACE FUNCTION landfall.power(a numeric, b numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF a < 0 AND b <> pg_catalog.trunc(b) OR a = 0 AND b < 0 THEN
    RAISE EXCEPTION 'ORA-01428: argument ''%'' is out of range', landfall.to_char(CASE WHEN a = 0 THEN b ELSE a END)
      USING ERRCODE = landfall.sqlstate(-1428);
  ELSIF b < 0 THEN
    RETURN landfall.div(1, landfall.power(a, -b));
  ELSIF b = pg_catalog.trunc(b) THEN
    RETURN pg_catalog.trim_scale(pg_catalog.power(pg_catalog.round(a, greatest(pg_catalog.scale(a), 45)), b));
  END IF;
  RETURN pg_catalog.trim_scale(pg_catalog.round(pg_catalog.power(pg_catalog.round(a, 45), pg_catalog.round(b, 45)), 38));
END $$;

-- trunc(number)
-- for: TRUNC(x) where only the running code knows whether x is a number or a date (SQL Language Reference 19c, TRUNC (number))
CREATE OR REPLACE FUNCTION landfall.trunc(n numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.trunc(n) $$;

-- round(number)
-- for: ROUND(x) where only the running code knows whether x is a number or a date (SQL Language Reference 19c, ROUND (number))
CREATE OR REPLACE FUNCTION landfall.round(n numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.round(n) $$;
