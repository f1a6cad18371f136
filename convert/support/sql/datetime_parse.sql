-- Text as dates and times. SQL Language Reference 19c, Datetime Format Models, String-to-Date Conversion Rules.

-- _date_error(number, text, format)
-- for: ORA-018nn: values out of range as datetime_field_overflow, the rest as invalid_datetime_format
CREATE OR REPLACE FUNCTION landfall._date_error(ora integer, t text, fmt text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  reason text := CASE ora
    WHEN 1810 THEN 'format code appears twice'
    WHEN 1818 THEN '''HH24'' precludes use of meridian indicator'
    WHEN 1820 THEN 'format code cannot appear in date input format'
    WHEN 1821 THEN 'date format not recognized'
    WHEN 1830 THEN 'date format picture ends before converting entire input string'
    WHEN 1834 THEN 'day of month conflicts with Julian date'
    WHEN 1835 THEN 'day of week conflicts with Julian date'
    WHEN 1839 THEN 'date not valid for month specified'
    WHEN 1840 THEN 'input value not long enough for date format'
    WHEN 1841 THEN '(full) year must be between -4713 and +9999, and not be 0'
    WHEN 1843 THEN 'not a valid month'
    WHEN 1846 THEN 'not a valid day of the week'
    WHEN 1847 THEN 'day of month must be between 1 and last day of month'
    WHEN 1848 THEN 'day of year must be between 1 and 365 (366 for leap year)'
    WHEN 1849 THEN 'hour must be between 1 and 12'
    WHEN 1850 THEN 'hour must be between 0 and 23'
    WHEN 1851 THEN 'minutes must be between 0 and 59'
    WHEN 1852 THEN 'seconds must be between 0 and 59'
    WHEN 1853 THEN 'seconds in day must be between 0 and 86399'
    WHEN 1854 THEN 'julian date must be between 1 and 5373484'
    WHEN 1855 THEN 'AM/A.M. or PM/P.M. required'
    WHEN 1857 THEN 'not a valid time zone'
    WHEN 1858 THEN 'a non-numeric character was found where a numeric was expected'
    WHEN 1859 THEN 'a non-alphabetic character was found where an alphabetic was expected'
    WHEN 1861 THEN 'literal does not match format string'
    WHEN 1862 THEN 'the numeric value does not match the length of the format item'
    WHEN 1874 THEN 'time zone hour must be between -15 and 15'
    WHEN 1875 THEN 'time zone minute must be between -59 and 59'
    ELSE 'the date is invalid' END;
BEGIN
  RAISE EXCEPTION 'ORA-0%: %: "%" with format "%"', ora, reason, t, fmt
    USING ERRCODE = CASE WHEN ora IN (1839, 1841, 1843, 1846, 1847, 1848, 1849, 1850, 1851, 1852, 1853, 1854, 1874, 1875)
      THEN 'datetime_field_overflow' ELSE 'invalid_datetime_format' END;
END $$;

-- _datetime_parse(text, format, is_date)
-- for: TO_DATE, TO_TIMESTAMP, TO_TIMESTAMP_TZ: the local time, and the zone that the text names, or NULL
CREATE OR REPLACE FUNCTION landfall._datetime_parse(t text, fmt text, is_date boolean, OUT d timestamp, OUT zone text)
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  months CONSTANT text[] := '{JANUARY,FEBRUARY,MARCH,APRIL,MAY,JUNE,JULY,AUGUST,SEPTEMBER,OCTOBER,NOVEMBER,DECEMBER}';
  days CONSTANT text[] := '{SUNDAY,MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY}';
  m text[];
  s text := pg_catalog.btrim(t);    -- what is left
  e text;
  v text;
  n integer;
  w integer;
  exact boolean := false;           -- FX
  seen text[] := '{}';
  next_element text;                -- '' when what follows is no element
  today timestamp := pg_catalog.date_trunc('day', pg_catalog.clock_timestamp()::timestamp);
  year integer;
  month integer;
  day integer;
  doy integer;
  julian integer;
  weekday integer;
  hour integer;
  hour12 integer;
  minute integer;
  sec integer;
  of_day integer;
  fraction text;
  pm boolean;
  bc boolean := false;
  tz_sign text;
  tz_hour integer;
  tz_minute integer;
BEGIN
  IF s = '' OR t IS NULL OR fmt IS NULL THEN
    RETURN;
  END IF;
  FOR m, next_element IN
    SELECT x.m, pg_catalog.upper(coalesce(pg_catalog.lead(x.m[3]) OVER (ORDER BY x.i), ''))
    FROM pg_catalog.regexp_matches(
      pg_catalog.regexp_replace(pg_catalog.regexp_replace(pg_catalog.regexp_replace(fmt, '\mDS\M', 'MM/DD/RRRR', 'gi'),
        '\mDL\M', 'Day, Month DD, YYYY', 'gi'), '\mTS\M', 'HH:MI:SS AM', 'gi'),
      landfall._datetime_elements(), 'gi') WITH ORDINALITY AS x(m, i)
    ORDER BY x.i
  LOOP
    IF m[2] IS NOT NULL THEN
      exact := exact <> (pg_catalog.upper(m[2]) = 'FX');
      CONTINUE;
    ELSIF m[6] IS NOT NULL OR m[3] IS NOT NULL AND m[4] <> '' AND pg_catalog.upper(m[4]) <> 'TH' THEN
      PERFORM landfall._date_error(1821, t, fmt);
    ELSIF m[1] IS NOT NULL THEN
      -- quoted text stands there as it is; what is missing at the end may be
      IF pg_catalog.left(s, pg_catalog.length(m[1])) = m[1] THEN
        s := pg_catalog.substr(s, pg_catalog.length(m[1]) + 1);
      ELSIF s <> '' THEN
        PERFORM landfall._date_error(1861, t, fmt);
      END IF;
      CONTINUE;
    ELSIF m[5] IS NOT NULL THEN
      -- any punctuation matches any other, and may be left out between numbers
      IF exact AND pg_catalog.left(s, 1) <> m[5] THEN
        PERFORM landfall._date_error(1861, t, fmt);
      ELSIF s ~ '^[^A-Za-z0-9\u0080-\uffff]' AND NOT (next_element IN ('TZH', 'SYYYY') AND s ~ '^[+-][0-9]') THEN
        s := pg_catalog.substr(s, 2);
      END IF;
      IF NOT exact THEN
        s := pg_catalog.ltrim(s);
      END IF;
      CONTINUE;
    END IF;

    e := pg_catalog.upper(m[3]);
    IF e IN ('Q', 'WW', 'W', 'IW', 'IYYY', 'IYY', 'IY', 'I', 'CC', 'SCC', 'YEAR', 'SYEAR') THEN
      PERFORM landfall._date_error(1820, t, fmt);
    ELSIF is_date AND e ~ '^(FF|X$|TZ)' THEN
      PERFORM landfall._date_error(1821, t, fmt);
    ELSIF e = ANY (seen) THEN
      PERFORM landfall._date_error(1810, t, fmt);
    END IF;
    seen := seen || e;
    IF NOT exact THEN
      s := pg_catalog.ltrim(s);
    END IF;
    IF s = '' THEN
      -- only elements of time may be left over
      IF e NOT IN ('HH', 'HH12', 'HH24', 'MI', 'SS', 'SSSSS', 'X', 'AM', 'PM', 'A.M.', 'P.M.', 'TZH', 'TZM', 'TZR', 'TZD') AND e NOT LIKE 'FF%' THEN
        PERFORM landfall._date_error(1840, t, fmt);
      END IF;
      CONTINUE;
    END IF;

    CASE
      WHEN e IN ('MONTH', 'MON') OR e = 'MM' AND NOT exact AND s ~ '^[A-Za-z]' THEN
        v := pg_catalog.upper(pg_catalog.substring(s, '^[A-Za-z]+'));
        IF v IS NULL THEN
          PERFORM landfall._date_error(CASE WHEN s ~ '^[0-9]' THEN 1843 ELSE 1859 END, t, fmt);
        END IF;
        month := NULL;
        FOR i IN 1 .. 12 LOOP
          IF pg_catalog.left(v, pg_catalog.length(months[i])) = months[i] AND (e <> 'MON' OR NOT exact) THEN
            month := i;
            w := pg_catalog.length(months[i]);
          ELSIF month IS NULL AND pg_catalog.left(v, 3) = pg_catalog.left(months[i], 3) THEN
            month := i;
            w := 3;
          END IF;
        END LOOP;
        IF month IS NULL THEN
          PERFORM landfall._date_error(1843, t, fmt);
        END IF;
        s := pg_catalog.substr(s, w + 1);
        IF e = 'MONTH' AND NOT exact THEN
          s := pg_catalog.ltrim(s);
        END IF;
        CONTINUE;
      WHEN e = 'RM' THEN
        v := pg_catalog.upper(pg_catalog.substring(s, '^[IVXivx]+'));
        FOR i IN 1 .. 12 LOOP
          IF landfall._roman(i) = v THEN
            month := i;
          END IF;
        END LOOP;
        IF month IS NULL THEN
          PERFORM landfall._date_error(1843, t, fmt);
        END IF;
        s := pg_catalog.substr(s, pg_catalog.length(v) + 1);
        CONTINUE;
      WHEN e IN ('DAY', 'DY') THEN
        v := pg_catalog.upper(pg_catalog.substring(s, '^[A-Za-z]+'));
        FOR i IN 1 .. 7 LOOP
          IF pg_catalog.left(v, 3) = pg_catalog.left(days[i], 3) THEN
            weekday := i;
            w := CASE WHEN pg_catalog.left(v, pg_catalog.length(days[i])) = days[i] THEN pg_catalog.length(days[i]) ELSE 3 END;
          END IF;
        END LOOP;
        IF weekday IS NULL THEN
          PERFORM landfall._date_error(1846, t, fmt);
        END IF;
        s := pg_catalog.substr(s, w + 1);
        CONTINUE;
      WHEN e IN ('AM', 'PM', 'A.M.', 'P.M.') THEN
        v := pg_catalog.upper(pg_catalog.substring(s, '^[AaPp][.]?[Mm][.]?'));
        IF v IS NULL THEN
          PERFORM landfall._date_error(1855, t, fmt);
        END IF;
        pm := v LIKE 'P%';
        s := pg_catalog.substr(s, pg_catalog.length(v) + 1);
        CONTINUE;
      WHEN e IN ('AD', 'BC', 'A.D.', 'B.C.') THEN
        v := pg_catalog.upper(pg_catalog.substring(s, '^(?:[Aa][.]?[Dd][.]?|[Bb][.]?[Cc][.]?)'));
        IF v IS NULL THEN
          PERFORM landfall._date_error(1859, t, fmt);
        END IF;
        bc := v LIKE 'B%';
        s := pg_catalog.substr(s, pg_catalog.length(v) + 1);
        CONTINUE;
      WHEN e = 'X' THEN
        IF s ~ '^[.,]' THEN
          s := pg_catalog.substr(s, 2);
        END IF;
        CONTINUE;
      WHEN e = 'TZR' OR e = 'TZD' THEN
        v := pg_catalog.substring(s, '^(?:[+-]?[0-9]{1,2}:[0-9]{2}|[A-Za-z][A-Za-z0-9_/+-]*)');
        IF v IS NULL THEN
          PERFORM landfall._date_error(1857, t, fmt);
        END IF;
        IF e = 'TZR' THEN
          zone := v;
        END IF;
        s := pg_catalog.substr(s, pg_catalog.length(v) + 1);
        CONTINUE;
      WHEN e = 'TZH' THEN
        tz_sign := coalesce(pg_catalog.substring(s, '^[+-]'), '+');
        s := pg_catalog.ltrim(s, '+-');
      WHEN e = 'SYYYY' THEN
        bc := s LIKE '-%';
        s := pg_catalog.ltrim(s, '+-');
      ELSE
        NULL;
    END CASE;

    -- numbers
    w := CASE
      WHEN e IN ('YYYY', 'SYYYY', 'RRRR') THEN 4
      WHEN e = 'Y,YYY' THEN 5
      WHEN e IN ('YYY', 'DDD') THEN 3
      WHEN e IN ('Y', 'D') THEN 1
      WHEN e = 'J' THEN 7
      WHEN e = 'SSSSS' THEN 5
      WHEN e = 'FF' THEN 9
      WHEN e LIKE 'FF%' THEN pg_catalog.substr(e, 3)::integer
      ELSE 2 END;
    -- four digits where two are asked for are the full year, when nothing forbids it
    IF e IN ('YY', 'RR') AND NOT exact AND next_element !~ '^(Y|R|M[MI]|D+$|H|S|F|J)' AND s ~ '^[0-9]{3,4}([^0-9]|$)' THEN
      e := 'YYYY';
      w := 4;
    END IF;
    IF e = 'Y,YYY' THEN
      v := pg_catalog.substring(s, '^[0-9],?[0-9]{3}');
    ELSE
      v := pg_catalog.substring(s, '^[0-9]{1,' || w || '}');
    END IF;
    IF v IS NULL THEN
      PERFORM landfall._date_error(1858, t, fmt);
    ELSIF exact AND pg_catalog.length(v) <> w AND e NOT LIKE 'FF%' THEN
      PERFORM landfall._date_error(1862, t, fmt);
    END IF;
    s := pg_catalog.substr(s, pg_catalog.length(v) + 1);
    IF m[4] <> '' THEN
      s := pg_catalog.regexp_replace(s, '^(st|nd|rd|th)', '', 'i');
    END IF;
    IF e LIKE 'FF%' THEN
      fraction := v;
      CONTINUE;
    END IF;
    n := pg_catalog.replace(v, ',', '')::integer;
    CASE
      WHEN e IN ('YYYY', 'SYYYY', 'Y,YYY') OR e = 'RRRR' AND pg_catalog.length(v) > 2 THEN
        year := n;
      WHEN e IN ('RR', 'RRRR') THEN
        -- SQL Language Reference 19c, The RR Datetime Format Element
        year := extract(year FROM today)::integer / 100 * 100 + n
          + CASE WHEN n < 50 AND extract(year FROM today)::integer % 100 >= 50 THEN 100
                 WHEN n >= 50 AND extract(year FROM today)::integer % 100 < 50 THEN -100 ELSE 0 END;
      WHEN e = 'YYY' THEN year := extract(year FROM today)::integer / 1000 * 1000 + n;
      WHEN e = 'YY' THEN year := extract(year FROM today)::integer / 100 * 100 + n;
      WHEN e = 'Y' THEN year := extract(year FROM today)::integer / 10 * 10 + n;
      WHEN e = 'MM' THEN
        IF n NOT BETWEEN 1 AND 12 THEN PERFORM landfall._date_error(1843, t, fmt); END IF;
        month := n;
      WHEN e = 'DD' THEN
        IF n NOT BETWEEN 1 AND 31 THEN PERFORM landfall._date_error(1847, t, fmt); END IF;
        day := n;
      WHEN e = 'DDD' THEN
        IF n NOT BETWEEN 1 AND 366 THEN PERFORM landfall._date_error(1848, t, fmt); END IF;
        doy := n;
      WHEN e = 'J' THEN
        IF n NOT BETWEEN 1 AND 5373484 THEN PERFORM landfall._date_error(1854, t, fmt); END IF;
        julian := n;
      WHEN e = 'D' THEN
        IF n NOT BETWEEN 1 AND 7 THEN PERFORM landfall._date_error(1846, t, fmt); END IF;
        weekday := n;
      WHEN e = 'HH24' THEN
        IF n > 23 THEN PERFORM landfall._date_error(1850, t, fmt); END IF;
        hour := n;
      WHEN e IN ('HH', 'HH12') THEN
        IF n NOT BETWEEN 1 AND 12 THEN PERFORM landfall._date_error(1849, t, fmt); END IF;
        hour12 := n;
      WHEN e = 'MI' THEN
        IF n > 59 THEN PERFORM landfall._date_error(1851, t, fmt); END IF;
        minute := n;
      WHEN e = 'SS' THEN
        IF n > 59 THEN PERFORM landfall._date_error(1852, t, fmt); END IF;
        sec := n;
      WHEN e = 'SSSSS' THEN
        IF n > 86399 THEN PERFORM landfall._date_error(1853, t, fmt); END IF;
        of_day := n;
      WHEN e = 'TZH' THEN
        IF n > 15 THEN PERFORM landfall._date_error(1874, t, fmt); END IF;
        tz_hour := n;
      WHEN e = 'TZM' THEN
        IF n > 59 THEN PERFORM landfall._date_error(1875, t, fmt); END IF;
        tz_minute := n;
    END CASE;
  END LOOP;
  IF pg_catalog.btrim(s) <> '' THEN
    PERFORM landfall._date_error(1830, t, fmt);
  ELSIF hour IS NOT NULL AND pm IS NOT NULL THEN
    PERFORM landfall._date_error(1818, t, fmt);
  ELSIF year = 0 THEN
    PERFORM landfall._date_error(1841, t, fmt);
  END IF;

  IF julian IS NOT NULL THEN
    d := timestamp '4714-11-24 00:00:00 BC' + julian * interval '1 day';
    IF day <> extract(day FROM d) OR month <> extract(month FROM d) THEN
      PERFORM landfall._date_error(1834, t, fmt);
    END IF;
  ELSE
    year := CASE WHEN bc THEN -1 ELSE 1 END * coalesce(year, extract(year FROM today)::integer);
    IF doy IS NOT NULL THEN
      d := pg_catalog.make_timestamp(year, 1, 1, 0, 0, 0) + (doy - 1) * interval '1 day';
      IF extract(year FROM d) <> year THEN
        PERFORM landfall._date_error(1848, t, fmt);
      ELSIF day <> extract(day FROM d) OR month <> extract(month FROM d) THEN
        PERFORM landfall._date_error(1834, t, fmt);
      END IF;
    ELSE
      month := coalesce(month, extract(month FROM today)::integer);
      day := coalesce(day, 1);
      IF day > extract(day FROM pg_catalog.make_timestamp(year, month, 1, 0, 0, 0) + interval '1 month -1 day') THEN
        PERFORM landfall._date_error(1839, t, fmt);
      END IF;
      d := pg_catalog.make_timestamp(year, month, day, 0, 0, 0);
    END IF;
  END IF;
  IF weekday <> extract(dow FROM d) + 1 THEN
    PERFORM landfall._date_error(1835, t, fmt);
  END IF;
  IF hour12 IS NOT NULL THEN
    hour := hour12 % 12 + CASE WHEN pm THEN 12 ELSE 0 END;
  END IF;
  d := d + coalesce(of_day, coalesce(hour, 0) * 3600 + coalesce(minute, 0) * 60 + coalesce(sec, 0)) * interval '1 second'
    + coalesce(pg_catalog.round(('0.' || fraction)::numeric * 1000000), 0)::double precision * interval '1 microsecond';
  IF tz_hour IS NOT NULL THEN
    zone := tz_sign || tz_hour || ':' || pg_catalog.lpad(coalesce(tz_minute, 0)::text, 2, '0');
  END IF;
END $$;

-- to_date(text [, format [, nls_parameters]])
-- for: TO_DATE(text, fmt); one argument: implicit conversion by the setting landfall.nls_date_format, default DD-MON-RR (SQL Language Reference 19c, TO_DATE)
-- note: Returns timestamp(0). Oracle's leniency: other punctuation, none between full numbers, elements of time missing at the end, names for month numbers, two or four digits for RR and YY. What the format does not name is the current year and month, day 1, midnight.
-- note: Errors ORA-018nn are invalid_datetime_format (22007) or, for values out of range, datetime_field_overflow (22008); the message has the number.
-- note: TO_DATE of a DATE goes through text in Oracle: write landfall.to_date(landfall.to_char(d), fmt) to keep that, or d itself.
CREATE OR REPLACE FUNCTION landfall.to_date(t text, fmt text) RETURNS timestamp(0)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
  -- the plain formats with a text that PostgreSQL reads alike
  IF fmt = 'YYYY-MM-DD' AND t ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$'
    OR fmt = 'YYYY-MM-DD HH24:MI:SS' AND t ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$' THEN
    RETURN t::timestamp;
  ELSIF fmt IN ('DD-MON-YYYY', 'DD-MON-RRRR') AND t ~ '^(0[1-9]|1[0-9]|2[0-8])-(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)-[1-9][0-9]{3}$' THEN
    RETURN pg_catalog.make_timestamp(pg_catalog.substr(t, 8)::integer, (pg_catalog.strpos('JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC', pg_catalog.substr(t, 4, 3)) + 2) / 3,
      pg_catalog.left(t, 2)::integer, 0, 0, 0);
  ELSIF fmt IN ('DD/MM/YYYY', 'DD-MM-YYYY', 'DD.MM.YYYY') AND t ~ '^(0[1-9]|1[0-9]|2[0-8])[-/.](0[1-9]|1[0-2])[-/.][1-9][0-9]{3}$' THEN
    RETURN pg_catalog.make_timestamp(pg_catalog.substr(t, 7)::integer, pg_catalog.substr(t, 4, 2)::integer, pg_catalog.left(t, 2)::integer, 0, 0, 0);
  ELSIF fmt = 'YYYYMMDD' AND t ~ '^[1-9][0-9]{3}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])$' THEN
    RETURN pg_catalog.make_timestamp(pg_catalog.left(t, 4)::integer, pg_catalog.substr(t, 5, 2)::integer, pg_catalog.substr(t, 7)::integer, 0, 0, 0);
  END IF;
  RETURN (SELECT x.d FROM landfall._datetime_parse(t, fmt, true) AS x);
END $$;
CREATE OR REPLACE FUNCTION landfall.to_date(t text) RETURNS timestamp(0)
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT landfall.to_date(t, coalesce(nullif(pg_catalog.current_setting('landfall.nls_date_format', true), ''), 'DD-MON-RR')) $$;
CREATE OR REPLACE FUNCTION landfall.to_date(t text, fmt text, nls text) RETURNS timestamp(0)
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_date(t, landfall._english(fmt, nls)) $$;
CREATE OR REPLACE FUNCTION landfall.to_date(n numeric, fmt text) RETURNS timestamp(0)
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_date(landfall.to_char(n), fmt) $$;

-- to_timestamp(text [, format [, nls_parameters]])
-- for: TO_TIMESTAMP; one argument by the setting landfall.nls_timestamp_format, default DD-MON-RR HH.MI.SSXFF AM (SQL Language Reference 19c, TO_TIMESTAMP)
-- note: Rules and errors of to_date; fractions to the microsecond.
CREATE OR REPLACE FUNCTION landfall.to_timestamp(t text, fmt text) RETURNS timestamp
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN (SELECT x.d FROM landfall._datetime_parse(t, fmt, false) AS x);
END $$;
CREATE OR REPLACE FUNCTION landfall.to_timestamp(t text) RETURNS timestamp
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_timestamp(t, landfall.nls_timestamp_format()) $$;
CREATE OR REPLACE FUNCTION landfall.to_timestamp(t text, fmt text, nls text) RETURNS timestamp
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_timestamp(t, landfall._english(fmt, nls)) $$;

-- to_timestamp_tz(text [, format [, nls_parameters]])
-- for: TO_TIMESTAMP_TZ; one argument by the setting landfall.nls_timestamp_tz_format, default DD-MON-RR HH.MI.SSXFF AM TZR (SQL Language Reference 19c, TO_TIMESTAMP_TZ)
-- note: Without a zone in the text, the session's. The zone itself is not kept in a timestamptz.
CREATE OR REPLACE FUNCTION landfall.to_timestamp_tz(t text, fmt text) RETURNS timestamptz
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  x record;
BEGIN
  SELECT p.d, p.zone INTO x FROM landfall._datetime_parse(t, fmt, false) AS p;
  RETURN CASE WHEN x.zone IS NULL THEN x.d::timestamptz ELSE landfall.from_tz(x.d, x.zone) END;
END $$;
CREATE OR REPLACE FUNCTION landfall.to_timestamp_tz(t text) RETURNS timestamptz
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT landfall.to_timestamp_tz(t, coalesce(nullif(pg_catalog.current_setting('landfall.nls_timestamp_tz_format', true), ''), 'DD-MON-RR HH.MI.SSXFF AM TZR')) $$;
CREATE OR REPLACE FUNCTION landfall.to_timestamp_tz(t text, fmt text, nls text) RETURNS timestamptz
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_timestamp_tz(t, landfall._english(fmt, nls)) $$;
