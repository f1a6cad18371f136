-- Dates and times without text. SQL Language Reference 19c, Datetime Functions. DATE is timestamp(0).

-- sysdate()
-- for: SYSDATE: the clock of this moment, to the second, in the session's time zone (SQL Language Reference 19c, SYSDATE)
-- note: In Oracle all of one SQL statement sees the time at which it began. In a statement over many rows write (SELECT landfall.sysdate()), which is taken once; in PL/pgSQL expressions the plain call.
-- note: PostgreSQL's now() and LOCALTIMESTAMP are those of the transaction's begin, and do not move in a long procedure.
CREATE OR REPLACE FUNCTION landfall.sysdate() RETURNS timestamp
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN pg_catalog.date_trunc('second', pg_catalog.clock_timestamp()::timestamp);
END $$;

-- systimestamp()
-- for: SYSTIMESTAMP and CURRENT_TIMESTAMP: the clock of this moment; as for sysdate()
CREATE OR REPLACE FUNCTION landfall.systimestamp() RETURNS timestamptz
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN pg_catalog.clock_timestamp();
END $$;

-- date_add(date, days)
-- for: date + n and date - n with a number of days: date_add(d, -n) (SQL Language Reference 19c, Datetime/Interval Arithmetic)
-- note: Rounds to the second. The fraction of a second of a TIMESTAMP is cut off, as Oracle makes it a DATE first.
CREATE OR REPLACE FUNCTION landfall.date_add(d timestamp, days numeric) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.date_trunc('second', d) + pg_catalog.round(days * 86400)::double precision * interval '1 second' $$;

-- date_diff(date, date)
-- for: date - date: days with the part of a day to Oracle's 40 digits (SQL Language Reference 19c, Datetime/Interval Arithmetic)
-- note: For TIMESTAMPs Oracle gives an interval: that is PostgreSQL's own minus.
CREATE OR REPLACE FUNCTION landfall.date_diff(a timestamp, b timestamp) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.div(extract(epoch FROM a - b), 86400) $$;

-- date_plus(date, months)
-- for: date + INTERVAL YEAR TO MONTH, which fails where the month has no such day (SQL Language Reference 19c, Datetime/Interval Arithmetic)
CREATE OR REPLACE FUNCTION landfall.date_plus(d timestamp, i interval) RETURNS timestamp
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  r timestamp := d + i;
BEGIN
  IF extract(day FROM r) <> extract(day FROM d) THEN
    RAISE EXCEPTION 'ORA-01839: date not valid for month specified' USING ERRCODE = landfall.sqlstate(-1839);
  END IF;
  RETURN r;
END $$;

-- last_day(date)
-- for: LAST_DAY; the time of day stays (SQL Language Reference 19c, LAST_DAY)
CREATE OR REPLACE FUNCTION landfall.last_day(d timestamp) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.date_trunc('second', d + (pg_catalog.date_trunc('month', d) + interval '1 month -1 day' - pg_catalog.date_trunc('day', d))) $$;

-- add_months(date, months)
-- for: ADD_MONTHS: from the last day of a month to the last day of a month; the months are cut to an integer (SQL Language Reference 19c, ADD_MONTHS)
CREATE OR REPLACE FUNCTION landfall.add_months(d timestamp, n numeric) RETURNS timestamp
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  r timestamp := pg_catalog.date_trunc('second', d) + pg_catalog.make_interval(months => pg_catalog.trunc(n)::integer);
BEGIN
  IF extract(day FROM d + interval '1 day') = 1 THEN
    RETURN landfall.last_day(r);
  END IF;
  RETURN r;
END $$;

-- months_between(date, date)
-- for: MONTHS_BETWEEN: whole months between equal days or last days of months, else with a 31st part for each day (SQL Language Reference 19c, MONTHS_BETWEEN)
CREATE OR REPLACE FUNCTION landfall.months_between(a timestamp, b timestamp) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  months numeric := (extract(year FROM a) - extract(year FROM b)) * 12 + extract(month FROM a) - extract(month FROM b);
BEGIN
  IF extract(day FROM a) = extract(day FROM b)
    OR extract(day FROM a + interval '1 day') = 1 AND extract(day FROM b + interval '1 day') = 1 THEN
    RETURN months;
  END IF;
  RETURN landfall.div(months * 2678400
    + (extract(day FROM a) - extract(day FROM b)) * 86400
    + pg_catalog.trunc(extract(epoch FROM a - pg_catalog.date_trunc('day', a)) - extract(epoch FROM b - pg_catalog.date_trunc('day', b))), 2678400);
END $$;

-- next_day(date, weekday)
-- for: NEXT_DAY: the first such day later than the date, with its time of day (SQL Language Reference 19c, NEXT_DAY)
-- note: English names; three letters tell. A number is the day of the week, 1 is Sunday (NLS_TERRITORY AMERICA).
CREATE OR REPLACE FUNCTION landfall.next_day(d timestamp, weekday text) RETURNS timestamp
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  k integer := pg_catalog.array_position(ARRAY['SUN','MON','TUE','WED','THU','FRI','SAT'], pg_catalog.upper(pg_catalog.left(pg_catalog.btrim(weekday), 3)));
BEGIN
  IF k IS NULL AND pg_catalog.btrim(weekday) ~ '^[1-7]$' THEN
    k := weekday::integer;
  END IF;
  IF k IS NULL THEN
    RAISE EXCEPTION 'ORA-01846: not a valid day of the week: "%"', weekday USING ERRCODE = 'datetime_field_overflow';
  END IF;
  RETURN pg_catalog.date_trunc('second', d) + ((k - 1 - extract(dow FROM d)::integer + 6) % 7 + 1) * interval '1 day';
END $$;
CREATE OR REPLACE FUNCTION landfall.next_day(d timestamp, weekday numeric) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.next_day(d, pg_catalog.trunc(weekday)::text) $$;

-- _date_unit(format)
-- for: the format models of TRUNC and ROUND; others raise ORA-01898
CREATE OR REPLACE FUNCTION landfall._date_unit(fmt text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  u text := CASE
    WHEN pg_catalog.upper(fmt) IN ('DDD', 'DD', 'J') THEN 'DD'
    WHEN pg_catalog.upper(fmt) IN ('MONTH', 'MON', 'MM', 'RM') THEN 'MM'
    WHEN pg_catalog.upper(fmt) IN ('SYYYY', 'YYYY', 'YEAR', 'SYEAR', 'YYY', 'YY', 'Y') THEN 'YYYY'
    WHEN pg_catalog.upper(fmt) IN ('HH', 'HH12', 'HH24') THEN 'HH'
    WHEN pg_catalog.upper(fmt) IN ('DAY', 'DY', 'D') THEN 'D'
    WHEN pg_catalog.upper(fmt) IN ('CC', 'SCC') THEN 'CC'
    WHEN pg_catalog.upper(fmt) IN ('IYYY', 'IYY', 'IY', 'I') THEN 'IYYY'
    WHEN pg_catalog.upper(fmt) IN ('MI', 'Q', 'WW', 'IW', 'W') THEN pg_catalog.upper(fmt)
  END;
BEGIN
  IF u IS NULL AND pg_catalog.upper(fmt) IN ('SS', 'SSSSS') THEN
    RAISE EXCEPTION 'ORA-01899: bad precision specifier: "%"', fmt USING ERRCODE = landfall.sqlstate(-1899);
  ELSIF u IS NULL THEN
    RAISE EXCEPTION 'ORA-01898: too many precision specifiers: "%"', fmt USING ERRCODE = landfall.sqlstate(-1898);
  END IF;
  RETURN u;
END $$;

-- trunc(date [, format])
-- for: TRUNC (date) with all formats: CC SYYYY YEAR IYYY Q MONTH WW IW W DD DAY HH MI and their like (SQL Language Reference 19c, ROUND and TRUNC Date Functions)
-- note: Weeks begin on Sunday (NLS_TERRITORY AMERICA). TRUNC (number) is PostgreSQL's own.
-- note: Also of timestamptz, in the session's time zone.
CREATE OR REPLACE FUNCTION landfall.trunc(d timestamp) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.date_trunc('day', d) $$;
CREATE OR REPLACE FUNCTION landfall.trunc(d timestamptz) RETURNS timestamp
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.date_trunc('day', d::timestamp) $$;
CREATE OR REPLACE FUNCTION landfall.trunc(d timestamp, fmt text) RETURNS timestamp
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  day timestamp := pg_catalog.date_trunc('day', d);
BEGIN
  CASE landfall._date_unit(fmt)
    WHEN 'DD' THEN RETURN day;
    WHEN 'MM' THEN RETURN pg_catalog.date_trunc('month', d);
    WHEN 'YYYY' THEN RETURN pg_catalog.date_trunc('year', d);
    WHEN 'Q' THEN RETURN pg_catalog.date_trunc('quarter', d);
    WHEN 'HH' THEN RETURN pg_catalog.date_trunc('hour', d);
    WHEN 'MI' THEN RETURN pg_catalog.date_trunc('minute', d);
    WHEN 'IW' THEN RETURN pg_catalog.date_trunc('week', d);
    WHEN 'D' THEN RETURN day - extract(dow FROM d)::integer * interval '1 day';
    WHEN 'W' THEN RETURN day - (extract(day FROM d)::integer - 1) % 7 * interval '1 day';
    WHEN 'WW' THEN RETURN day - (extract(doy FROM d)::integer - 1) % 7 * interval '1 day';
    WHEN 'CC' THEN RETURN pg_catalog.date_trunc('century', d);
    WHEN 'IYYY' THEN RETURN pg_catalog.date_trunc('week', pg_catalog.make_timestamp(extract(isoyear FROM d)::integer, 1, 4, 0, 0, 0));
  END CASE;
END $$;
CREATE OR REPLACE FUNCTION landfall.trunc(d timestamptz, fmt text) RETURNS timestamp
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.trunc(d::timestamp, fmt) $$;

-- round(date [, format])
-- for: ROUND (date) with the formats of trunc: up from noon, half of the week, day 16, July 1, day 16 of a quarter's second month, year 51 (SQL Language Reference 19c, ROUND and TRUNC Date Functions)
-- note: ROUND (number) is PostgreSQL's own.
CREATE OR REPLACE FUNCTION landfall.round(d timestamp) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.date_trunc('day', d + interval '12 hours') $$;
CREATE OR REPLACE FUNCTION landfall.round(d timestamptz) RETURNS timestamp
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.date_trunc('day', d::timestamp + interval '12 hours') $$;
CREATE OR REPLACE FUNCTION landfall.round(d timestamp, fmt text) RETURNS timestamp
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  unit text := landfall._date_unit(fmt);
  low timestamp := landfall.trunc(d, fmt);
BEGIN
  CASE
    WHEN unit = 'DD' THEN RETURN pg_catalog.date_trunc('day', d + interval '12 hours');
    WHEN unit = 'HH' THEN RETURN pg_catalog.date_trunc('hour', d + interval '30 minutes');
    WHEN unit = 'MI' THEN RETURN pg_catalog.date_trunc('minute', d + interval '30 seconds');
    WHEN unit IN ('IW', 'D', 'W', 'WW') THEN
      RETURN CASE WHEN d - low >= interval '3 days 12 hours' THEN low + interval '7 days' ELSE low END;
    WHEN unit = 'MM' THEN
      RETURN CASE WHEN extract(day FROM d) >= 16 THEN low + interval '1 month' ELSE low END;
    WHEN unit = 'Q' THEN
      RETURN CASE WHEN d >= low + interval '1 month 15 days' THEN low + interval '3 months' ELSE low END;
    WHEN unit = 'YYYY' THEN
      RETURN CASE WHEN extract(month FROM d) >= 7 THEN low + interval '1 year' ELSE low END;
    WHEN unit = 'CC' THEN
      RETURN CASE WHEN d >= low + interval '50 years' THEN low + interval '100 years' ELSE low END;
    WHEN unit = 'IYYY' THEN
      RETURN CASE WHEN d >= pg_catalog.make_timestamp(extract(isoyear FROM d)::integer, 7, 1, 0, 0, 0)
        THEN landfall.trunc(low + interval '370 days', 'IYYY') ELSE low END;
  END CASE;
END $$;
CREATE OR REPLACE FUNCTION landfall.round(d timestamptz, fmt text) RETURNS timestamp
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.round(d::timestamp, fmt) $$;

-- new_time(date, zone, zone)
-- for: NEW_TIME between the North American zones it knows (SQL Language Reference 19c, NEW_TIME)
CREATE OR REPLACE FUNCTION landfall.new_time(d timestamp, from_zone text, to_zone text) RETURNS timestamp
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  zones CONSTANT jsonb := '{"AST": -4, "ADT": -3, "BST": -11, "BDT": -10, "CST": -6, "CDT": -5, "EST": -5, "EDT": -4, "GMT": 0, "HST": -10, "HDT": -9, "MST": -7, "MDT": -6, "NST": -3.5, "PST": -8, "PDT": -7, "YST": -9, "YDT": -8}';
  a numeric := zones ->> pg_catalog.upper(from_zone);
  b numeric := zones ->> pg_catalog.upper(to_zone);
BEGIN
  IF a IS NULL OR b IS NULL THEN
    RAISE EXCEPTION 'ORA-01857: not a valid time zone: "%"', CASE WHEN a IS NULL THEN from_zone ELSE to_zone END
      USING ERRCODE = 'invalid_time_zone_displacement_value';
  END IF;
  RETURN pg_catalog.date_trunc('second', d) + ((b - a) * 60)::integer * interval '1 minute';
END $$;

-- from_tz(timestamp, zone)
-- for: FROM_TZ (SQL Language Reference 19c, FROM_TZ)
-- note: The value is the same instant; the zone itself is not kept in a timestamptz.
CREATE OR REPLACE FUNCTION landfall.from_tz(d timestamp, zone text) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  m text[] := pg_catalog.regexp_match(zone, '^\s*([+-]?)([0-9]{1,2}):([0-9]{2})\s*$');
BEGIN
  IF m IS NOT NULL THEN -- '+02:00' is east of Greenwich in Oracle and ISO 8601, west in POSIX, which PostgreSQL reads
    RETURN pg_catalog.timezone(pg_catalog.make_interval(hours => (m[1] || m[2])::integer, mins => (m[1] || m[3])::integer), d);
  END IF;
  RETURN pg_catalog.timezone(zone, d);
EXCEPTION WHEN invalid_parameter_value THEN
  RAISE EXCEPTION 'ORA-01882: timezone region not found: "%"', zone USING ERRCODE = 'invalid_time_zone_displacement_value';
END $$;

-- sys_extract_utc(timestamp with time zone)
-- for: SYS_EXTRACT_UTC (SQL Language Reference 19c, SYS_EXTRACT_UTC)
CREATE OR REPLACE FUNCTION landfall.sys_extract_utc(d timestamptz) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.timezone('UTC', d) $$;

-- tz_offset(zone)
-- for: TZ_OFFSET: '+02:00' for a region, as it is now (SQL Language Reference 19c, TZ_OFFSET)
CREATE OR REPLACE FUNCTION landfall.tz_offset(zone text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  minutes integer;
BEGIN
  minutes := CASE WHEN pg_catalog.upper(zone) = 'DBTIMEZONE' THEN 0
    WHEN pg_catalog.upper(zone) = 'SESSIONTIMEZONE' THEN extract(timezone FROM pg_catalog.now()) / 60
    ELSE extract(epoch FROM pg_catalog.timezone('UTC', pg_catalog.now()) - pg_catalog.timezone('UTC', landfall.from_tz(pg_catalog.timezone('UTC', pg_catalog.now()), zone))) / 60 END;
  RETURN CASE WHEN minutes < 0 THEN '-' ELSE '+' END || pg_catalog.lpad((pg_catalog.abs(minutes) / 60)::text, 2, '0')
    || ':' || pg_catalog.lpad((pg_catalog.abs(minutes) % 60)::text, 2, '0');
END $$;
