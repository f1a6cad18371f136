-- Intervals. SQL Language Reference 19c, Datetime/Interval Functions.

-- numtodsinterval(number, unit)
-- for: NUMTODSINTERVAL with DAY, HOUR, MINUTE, SECOND (SQL Language Reference 19c, NUMTODSINTERVAL)
-- note: PostgreSQL keeps microseconds.
CREATE OR REPLACE FUNCTION landfall.numtodsinterval(n numeric, unit text) RETURNS interval
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  seconds numeric := n * CASE pg_catalog.upper(pg_catalog.btrim(unit)) WHEN 'DAY' THEN 86400 WHEN 'HOUR' THEN 3600 WHEN 'MINUTE' THEN 60 WHEN 'SECOND' THEN 1 END;
  days integer;
BEGIN
  IF seconds IS NULL THEN
    RAISE EXCEPTION 'ORA-01760: illegal argument for function: "%"', unit USING ERRCODE = 'invalid_parameter_value';
  END IF;
  days := pg_catalog.trunc(seconds / 86400);
  RETURN pg_catalog.make_interval(days => days) + pg_catalog.round((seconds - days::numeric * 86400) * 1000000)::double precision * interval '1 microsecond';
END $$;

-- numtoyminterval(number, unit)
-- for: NUMTOYMINTERVAL with YEAR, MONTH, to the nearest month (SQL Language Reference 19c, NUMTOYMINTERVAL)
CREATE OR REPLACE FUNCTION landfall.numtoyminterval(n numeric, unit text) RETURNS interval
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  months numeric := n * CASE pg_catalog.upper(pg_catalog.btrim(unit)) WHEN 'YEAR' THEN 12 WHEN 'MONTH' THEN 1 END;
BEGIN
  IF months IS NULL THEN
    RAISE EXCEPTION 'ORA-01760: illegal argument for function: "%"', unit USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN pg_catalog.make_interval(months => pg_catalog.round(months)::integer);
END $$;

-- months_times(interval, factor)
-- for: an INTERVAL YEAR TO MONTH times a number, which is one again (SQL Language Reference 19c, Datetime and Interval Arithmetic)
-- note: Parts of a month are cut off.
CREATE OR REPLACE FUNCTION landfall.months_times(i interval, factor numeric) RETURNS interval
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.make_interval(months => pg_catalog.trunc((extract(year FROM i) * 12 + extract(month FROM i)) * factor)::integer) $$;

-- to_dsinterval(text)
-- for: TO_DSINTERVAL: '[+-]days hh:mi:ss[.fraction]' or ISO 8601 'P1DT2H' (SQL Language Reference 19c, TO_DSINTERVAL)
CREATE OR REPLACE FUNCTION landfall.to_dsinterval(t text) RETURNS interval
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  m text[] := pg_catalog.regexp_match(t, '^\s*([+-]?)\s*([0-9]{1,9})\s+([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(?:\.[0-9]*)?)\s*$');
  r interval;
BEGIN
  IF t = '' THEN
    RETURN NULL;
  ELSIF m IS NULL THEN
    m := pg_catalog.regexp_match(t, '^\s*(-?)P(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]*)?)S)?)?\s*$');
    IF m IS NULL OR coalesce(m[2], m[3], m[4], m[5]) IS NULL THEN
      RAISE EXCEPTION 'ORA-01867: the interval is invalid: "%"', t USING ERRCODE = landfall.sqlstate(-1867);
    END IF;
  ELSIF m[3]::integer > 23 THEN
    RAISE EXCEPTION 'ORA-01850: hour must be between 0 and 23' USING ERRCODE = 'datetime_field_overflow';
  ELSIF m[4]::integer > 59 THEN
    RAISE EXCEPTION 'ORA-01851: minutes must be between 0 and 59' USING ERRCODE = 'datetime_field_overflow';
  ELSIF m[5]::numeric >= 60 THEN
    RAISE EXCEPTION 'ORA-01852: seconds must be between 0 and 59' USING ERRCODE = 'datetime_field_overflow';
  END IF;
  r := pg_catalog.make_interval(days => coalesce(m[2], '0')::integer, hours => coalesce(m[3], '0')::integer, mins => coalesce(m[4], '0')::integer)
    + coalesce(m[5], '0')::double precision * interval '1 second';
  RETURN CASE WHEN m[1] = '-' THEN -r ELSE r END;
END $$;

-- to_yminterval(text)
-- for: TO_YMINTERVAL: '[+-]years-months' or ISO 8601 'P1Y2M' (SQL Language Reference 19c, TO_YMINTERVAL)
CREATE OR REPLACE FUNCTION landfall.to_yminterval(t text) RETURNS interval
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  m text[] := coalesce(pg_catalog.regexp_match(t, '^\s*([+-]?)\s*([0-9]{1,9})-([0-9]{1,2})\s*$'),
    pg_catalog.regexp_match(t, '^\s*(-?)P(?=[0-9])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:[0-9]+D)?(?:T.*)?\s*$'));
  r interval;
BEGIN
  IF t = '' THEN
    RETURN NULL;
  ELSIF m IS NULL THEN
    RAISE EXCEPTION 'ORA-01867: the interval is invalid: "%"', t USING ERRCODE = landfall.sqlstate(-1867);
  ELSIF t !~ 'P' AND m[3]::integer > 11 THEN
    RAISE EXCEPTION 'ORA-01843: not a valid month' USING ERRCODE = 'datetime_field_overflow';
  END IF;
  r := pg_catalog.make_interval(years => coalesce(m[2], '0')::integer, months => coalesce(m[3], '0')::integer);
  RETURN CASE WHEN m[1] = '-' THEN -r ELSE r END;
END $$;

-- to_char(interval [, format | lead, fraction])
-- for: TO_CHAR and implicit conversion of an interval: '+01 02:03:04.000000' for DAY TO SECOND, '+01-02' for YEAR TO MONTH
-- note: lead and fraction are the digits of days or years and of the fraction of a second, which come from the expression in Oracle: 9 and 9 of NUMTODSINTERVAL, 9 and 6 of a difference of timestamps.
-- note: Without them at least two digits of days or years and six of the fraction, which are Oracle's default precisions; the format has no influence, as in Oracle. An interval of nothing is taken for DAY TO SECOND.
CREATE OR REPLACE FUNCTION landfall.to_char(i interval, lead integer, fraction integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  months integer := extract(year FROM i)::integer * 12 + extract(month FROM i)::integer;
  micro numeric := extract(epoch FROM i - pg_catalog.make_interval(months => months)) * 1000000;
  sign text := CASE WHEN months < 0 OR micro < 0 THEN '-' ELSE '+' END;
  whole numeric;
  head text;
BEGIN
  IF months <> 0 THEN
    months := pg_catalog.abs(months);
    head := (months / 12)::text;
    RETURN sign || pg_catalog.repeat('0', lead - pg_catalog.length(head)) || head || '-' || pg_catalog.lpad((months % 12)::text, 2, '0');
  END IF;
  micro := pg_catalog.abs(pg_catalog.round(micro));
  whole := pg_catalog.div(micro, 1000000);
  head := pg_catalog.div(whole, 86400)::text;
  RETURN sign || pg_catalog.repeat('0', lead - pg_catalog.length(head)) || head || ' '
    || pg_catalog.lpad(pg_catalog.mod(pg_catalog.div(whole, 3600), 24)::text, 2, '0') || ':'
    || pg_catalog.lpad(pg_catalog.mod(pg_catalog.div(whole, 60), 60)::text, 2, '0') || ':'
    || pg_catalog.lpad(pg_catalog.mod(whole, 60)::text, 2, '0') || CASE WHEN fraction > 0 THEN '.' ELSE '' END
    || pg_catalog.rpad(pg_catalog.lpad(pg_catalog.mod(micro, 1000000)::text, 6, '0'), fraction, '0');
END $$;
CREATE OR REPLACE FUNCTION landfall.to_char(i interval) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(i, 2, 6) $$;
CREATE OR REPLACE FUNCTION landfall.to_char(i interval, fmt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(i) $$;
