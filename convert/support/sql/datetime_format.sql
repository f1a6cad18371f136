-- Dates and times as text. SQL Language Reference 19c, Datetime Format Models.

-- _spell(number)
-- for: the format suffix SP: a number in English words
CREATE OR REPLACE FUNCTION landfall._spell(n integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  small CONSTANT text[] := '{ONE,TWO,THREE,FOUR,FIVE,SIX,SEVEN,EIGHT,NINE,TEN,ELEVEN,TWELVE,THIRTEEN,FOURTEEN,FIFTEEN,SIXTEEN,SEVENTEEN,EIGHTEEN,NINETEEN}';
  tens CONSTANT text[] := '{TEN,TWENTY,THIRTY,FORTY,FIFTY,SIXTY,SEVENTY,EIGHTY,NINETY}';
BEGIN
  RETURN CASE
    WHEN n < 0 THEN 'MINUS ' || landfall._spell(-n)
    WHEN n = 0 THEN 'ZERO'
    WHEN n < 20 THEN small[n]
    WHEN n < 100 THEN tens[n / 10] || CASE WHEN n % 10 > 0 THEN '-' || small[n % 10] ELSE '' END
    WHEN n < 1000 THEN small[n / 100] || ' HUNDRED' || CASE WHEN n % 100 > 0 THEN ' ' || landfall._spell(n % 100) ELSE '' END
    WHEN n < 1000000 THEN landfall._spell(n / 1000) || ' THOUSAND' || CASE WHEN n % 1000 > 0 THEN ' ' || landfall._spell(n % 1000) ELSE '' END
    ELSE landfall._spell(n / 1000000) || ' MILLION' || CASE WHEN n % 1000000 > 0 THEN ' ' || landfall._spell(n % 1000000) ELSE '' END END;
END $$;

-- _spell_ordinal(number)
-- for: the format suffixes SPTH and THSP
CREATE OR REPLACE FUNCTION landfall._spell_ordinal(n integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text := landfall._spell(n);
  last text := pg_catalog.substring(t, '[A-Z]+$');
  ordinal text := CASE last
    WHEN 'ONE' THEN 'FIRST' WHEN 'TWO' THEN 'SECOND' WHEN 'THREE' THEN 'THIRD' WHEN 'FIVE' THEN 'FIFTH' WHEN 'EIGHT' THEN 'EIGHTH'
    WHEN 'NINE' THEN 'NINTH' WHEN 'TWELVE' THEN 'TWELFTH'
    ELSE CASE WHEN last LIKE '%TY' THEN pg_catalog.left(last, -1) || 'IETH' ELSE last || 'TH' END END;
BEGIN
  RETURN pg_catalog.left(t, -pg_catalog.length(last)) || ordinal;
END $$;

-- _letter_case(text, element)
-- for: upper, lower and mixed case of words: as the first two letters of the format element are written
CREATE OR REPLACE FUNCTION landfall._letter_case(t text, element text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE
    WHEN element ~ '^[a-z]' THEN pg_catalog.lower(t)
    WHEN element ~ '^[A-Z],?[a-z]' THEN pg_catalog.initcap(t)
    ELSE pg_catalog.upper(t) END $$;

-- _datetime_elements()
-- for: the datetime format elements as one regular expression: quoted text, FM or FX, element, suffix, punctuation, anything else
CREATE OR REPLACE FUNCTION landfall._datetime_elements() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT '"([^"]*)"|(FM|FX)|(SYYYY|YYYY|Y,YYY|YYY|YY|Y|SYEAR|YEAR|RRRR|RR|SCC|CC|IYYY|IYY|IY|I|IW|Q|MONTH|MON|MM|RM|WW|W|DDD|DD|D|DAY|DY|J|HH24|HH12|HH|MI|SSSSS|SS|FF[1-9]?|TZH|TZM|TZR|TZD|AM|PM|A[.]M[.]|P[.]M[.]|AD|BC|A[.]D[.]|B[.]C[.]|DL|DS|TS|X)((?:SPTH|THSP|SP|TH)?)|([^A-Za-z0-9"\u0080-\uffff])|(.)'::text $$;

-- _english(format, nls_parameters)
-- for: the third argument of TO_CHAR and TO_DATE: the format, or an error when a language other than English is asked for
CREATE OR REPLACE FUNCTION landfall._english(fmt text, nls text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF coalesce(pg_catalog.upper(landfall._nls_value(nls, 'NLS_DATE_LANGUAGE')), 'AMERICAN') NOT IN ('AMERICAN', 'ENGLISH')
    OR coalesce(pg_catalog.upper(landfall._nls_value(nls, 'NLS_CALENDAR')), 'GREGORIAN') <> 'GREGORIAN' THEN
    RAISE EXCEPTION 'ORA-12702: invalid NLS parameter string used in SQL function: % (only English names are there)', nls
      USING ERRCODE = landfall.sqlstate(-12702);
  END IF;
  RETURN fmt;
END $$;

-- _datetime_format(timestamp, format, zone, offset)
-- for: TO_CHAR (datetime); zone and offset (minutes) are NULL without a time zone
CREATE OR REPLACE FUNCTION landfall._datetime_format(d timestamp, fmt text, zone text, zone_offset integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  m text[];
  e text;       -- element in upper case
  fm boolean := false;
  r text := '';
  n integer;    -- value of a numeric element
  w integer;    -- its width
  v text;
  year integer := extract(year FROM d); -- 1 BC is -1
BEGIN
  IF d IS NULL OR fmt IS NULL THEN
    RETURN NULL;
  ELSIF d IN ('infinity', '-infinity') THEN
    RETURN d::text;
  END IF;
  FOR m IN SELECT pg_catalog.regexp_matches(fmt, landfall._datetime_elements(), 'gi') LOOP
    IF m[3] IS NULL THEN
      IF m[2] IS NOT NULL THEN
        fm := fm <> (pg_catalog.upper(m[2]) = 'FM');
      ELSIF m[6] IS NOT NULL THEN
        RAISE EXCEPTION 'ORA-01821: date format not recognized: "%"', fmt USING ERRCODE = 'invalid_datetime_format';
      ELSE
        r := r || coalesce(m[1], m[5]);
      END IF;
      CONTINUE;
    END IF;
    e := pg_catalog.upper(m[3]);
    n := NULL;
    v := NULL;
    CASE e
      WHEN 'YYYY', 'RRRR' THEN n := pg_catalog.abs(year); w := 4;
      WHEN 'MM' THEN n := extract(month FROM d); w := 2;
      WHEN 'DD' THEN n := extract(day FROM d); w := 2;
      WHEN 'HH24' THEN n := extract(hour FROM d); w := 2;
      WHEN 'MI' THEN n := extract(minute FROM d); w := 2;
      WHEN 'SS' THEN n := pg_catalog.trunc(extract(second FROM d)); w := 2;
      WHEN 'HH', 'HH12' THEN n := (extract(hour FROM d)::integer + 11) % 12 + 1; w := 2;
      WHEN 'MON' THEN
        v := (ARRAY['JAN','FEB','MAR','APR','MAY','JUN','JUL','AUG','SEP','OCT','NOV','DEC'])[extract(month FROM d)::integer];
      WHEN 'MONTH' THEN
        v := (ARRAY['JANUARY','FEBRUARY','MARCH','APRIL','MAY','JUNE','JULY','AUGUST','SEPTEMBER','OCTOBER','NOVEMBER','DECEMBER'])[extract(month FROM d)::integer];
        IF NOT fm THEN v := pg_catalog.rpad(v, 9); END IF;
      WHEN 'DY' THEN
        v := (ARRAY['SUN','MON','TUE','WED','THU','FRI','SAT'])[extract(dow FROM d)::integer + 1];
      WHEN 'DAY' THEN
        v := (ARRAY['SUNDAY','MONDAY','TUESDAY','WEDNESDAY','THURSDAY','FRIDAY','SATURDAY'])[extract(dow FROM d)::integer + 1];
        IF NOT fm THEN v := pg_catalog.rpad(v, 9); END IF;
      WHEN 'RM' THEN
        v := landfall._roman(extract(month FROM d)::integer);
        IF NOT fm THEN v := pg_catalog.rpad(v, 4); END IF;
      WHEN 'YYY' THEN n := pg_catalog.abs(year) % 1000; w := 3;
      WHEN 'YY', 'RR' THEN n := pg_catalog.abs(year) % 100; w := 2;
      WHEN 'Y' THEN n := pg_catalog.abs(year) % 10; w := 1;
      WHEN 'IYYY' THEN n := pg_catalog.abs(extract(isoyear FROM d)::integer); w := 4;
      WHEN 'IYY' THEN n := pg_catalog.abs(extract(isoyear FROM d)::integer) % 1000; w := 3;
      WHEN 'IY' THEN n := pg_catalog.abs(extract(isoyear FROM d)::integer) % 100; w := 2;
      WHEN 'I' THEN n := pg_catalog.abs(extract(isoyear FROM d)::integer) % 10; w := 1;
      WHEN 'SYYYY' THEN
        n := pg_catalog.abs(year);
        IF m[4] = '' THEN
          v := CASE WHEN year < 0 THEN '-' WHEN fm THEN '' ELSE ' ' END
            || CASE WHEN fm THEN n::text ELSE pg_catalog.lpad(n::text, 4, '0') END;
          r := r || v;
          CONTINUE;
        END IF;
        w := 4;
      WHEN 'Y,YYY' THEN
        v := pg_catalog.abs(year) / 1000 || ',' || pg_catalog.lpad((pg_catalog.abs(year) % 1000)::text, 3, '0');
      WHEN 'YEAR', 'SYEAR' THEN
        n := pg_catalog.abs(year);
        v := CASE
          WHEN n < 100 OR n / 100 % 10 = 0 AND n % 100 < 10 THEN landfall._spell(n)
          WHEN n % 100 = 0 THEN landfall._spell(n / 100) || ' HUNDRED'
          WHEN n % 100 < 10 THEN landfall._spell(n / 100) || ' HUNDRED ' || landfall._spell(n % 100)
          ELSE landfall._spell(n / 100) || ' ' || landfall._spell(n % 100) END;
        IF e = 'SYEAR' THEN
          v := CASE WHEN year < 0 THEN '-' WHEN fm THEN '' ELSE ' ' END || v;
        END IF;
        r := r || CASE WHEN m[3] ~ '^S?[a-z]|^s' THEN pg_catalog.lower(v) WHEN m[3] ~ '^.[a-z]' THEN pg_catalog.initcap(v) ELSE v END;
        CONTINUE;
      WHEN 'CC', 'SCC' THEN
        n := (pg_catalog.abs(year) + 99) / 100; w := 2;
        IF e = 'SCC' AND m[4] = '' THEN
          r := r || CASE WHEN year < 0 THEN '-' WHEN fm THEN '' ELSE ' ' END || CASE WHEN fm THEN n::text ELSE pg_catalog.lpad(n::text, 2, '0') END;
          CONTINUE;
        END IF;
      WHEN 'Q' THEN n := extract(quarter FROM d); w := 1;
      WHEN 'WW' THEN n := (extract(doy FROM d)::integer + 6) / 7; w := 2;
      WHEN 'W' THEN n := (extract(day FROM d)::integer + 6) / 7; w := 1;
      WHEN 'IW' THEN n := extract(week FROM d); w := 2;
      WHEN 'DDD' THEN n := extract(doy FROM d); w := 3;
      WHEN 'D' THEN n := extract(dow FROM d)::integer + 1; w := 1;
      WHEN 'J' THEN n := pg_catalog.floor(extract(julian FROM d)); w := 7;
      WHEN 'SSSSS' THEN n := pg_catalog.trunc(extract(epoch FROM d - pg_catalog.date_trunc('day', d))); w := 5;
      WHEN 'AM', 'PM' THEN v := CASE WHEN extract(hour FROM d) < 12 THEN 'AM' ELSE 'PM' END;
      WHEN 'A.M.', 'P.M.' THEN v := CASE WHEN extract(hour FROM d) < 12 THEN 'A.M.' ELSE 'P.M.' END;
      WHEN 'AD', 'BC' THEN v := CASE WHEN year > 0 THEN 'AD' ELSE 'BC' END;
      WHEN 'A.D.', 'B.C.' THEN v := CASE WHEN year > 0 THEN 'A.D.' ELSE 'B.C.' END;
      WHEN 'X' THEN r := r || '.'; CONTINUE;
      WHEN 'FF', 'FF1', 'FF2', 'FF3', 'FF4', 'FF5', 'FF6', 'FF7', 'FF8', 'FF9' THEN
        w := coalesce(nullif(pg_catalog.substr(e, 3), ''), '6')::integer;
        r := r || pg_catalog.left(pg_catalog.lpad((extract(microsecond FROM d)::integer % 1000000)::text, 6, '0') || '000', w);
        CONTINUE;
      WHEN 'TZH', 'TZM', 'TZR', 'TZD' THEN
        IF zone_offset IS NULL THEN
          RAISE EXCEPTION 'ORA-01821: date format not recognized: % needs a time zone', e USING ERRCODE = 'invalid_datetime_format';
        END IF;
        r := r || CASE e
          WHEN 'TZH' THEN CASE WHEN zone_offset < 0 THEN '-' ELSE '+' END || pg_catalog.lpad((pg_catalog.abs(zone_offset) / 60)::text, 2, '0')
          WHEN 'TZM' THEN pg_catalog.lpad((pg_catalog.abs(zone_offset) % 60)::text, 2, '0')
          ELSE zone END;
        CONTINUE;
      WHEN 'DS' THEN r := r || landfall._datetime_format(d, 'FMMM/DD/YYYY', zone, zone_offset); CONTINUE;
      WHEN 'DL' THEN r := r || landfall._datetime_format(d, 'FMDay, Month DD, YYYY', zone, zone_offset); CONTINUE;
      WHEN 'TS' THEN r := r || landfall._datetime_format(d, 'HH:MI:SS AM', zone, zone_offset); CONTINUE;
    END CASE;
    IF v IS NOT NULL THEN
      IF m[4] <> '' THEN
        RAISE EXCEPTION 'ORA-01821: date format not recognized: "%"', fmt USING ERRCODE = 'invalid_datetime_format';
      END IF;
      r := r || landfall._letter_case(v, m[3]);
      CONTINUE;
    END IF;
    CASE pg_catalog.upper(m[4])
      WHEN '' THEN v := CASE WHEN fm THEN n::text ELSE pg_catalog.lpad(n::text, greatest(w, pg_catalog.length(n::text)), '0') END;
      WHEN 'SP' THEN v := landfall._letter_case(landfall._spell(n), m[3] || m[4]);
      WHEN 'TH' THEN
        v := CASE WHEN fm THEN n::text ELSE pg_catalog.lpad(n::text, greatest(w, pg_catalog.length(n::text)), '0') END
          || pg_catalog.translate(landfall._letter_case(
               CASE WHEN n % 100 IN (11, 12, 13) THEN 'xTH' WHEN n % 10 = 1 THEN 'xST' WHEN n % 10 = 2 THEN 'xND' WHEN n % 10 = 3 THEN 'xRD' ELSE 'xTH' END,
               m[3] || m[4]), 'xX', '');
      ELSE v := landfall._letter_case(landfall._spell_ordinal(n), m[3] || m[4]);
    END CASE;
    r := r || v;
  END LOOP;
  RETURN nullif(r, '');
END $$;

-- to_char(date [, format [, nls_parameters]])
-- for: TO_CHAR (datetime) with all elements, FM, TH, SP, quoted text; one argument: implicit conversion (SQL Language Reference 19c, TO_CHAR (datetime), Datetime Format Models)
-- note: Without a format that in the setting landfall.nls_date_format (default DD-MON-RR) for timestamp, landfall.nls_timestamp_tz_format (default DD-MON-RR HH.MI.SSXFF AM TZR) for timestamptz. For a TIMESTAMP, which has the type of a DATE here, write to_char(t, landfall.nls_timestamp_format()).
-- note: English names and the territory AMERICA; NLS_DATE_LANGUAGE may be AMERICAN or ENGLISH, others raise an error. E and EE raise ORA-01821.
-- note: FF shows six digits; FF7 to FF9 are filled with zeros. A timestamptz is shown in the session's time zone.
CREATE OR REPLACE FUNCTION landfall.to_char(d timestamp, fmt text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  -- the formats in which PostgreSQL agrees, at its own speed
  IF fmt ~ '^([Yy]{4}|[Yy]{2}|RRRR|RR|[Mm]{2}|MON|Mon|mon|[Dd]{2}|[Hh]{2}24|[Mm][Ii]|[Ss]{2}|[-/ .,:;])+$' AND fmt !~* 'ssss|ddd|mmm|[yr]{5}' AND d < '10000-01-01' AND d >= '1000-01-01' THEN
    RETURN nullif(pg_catalog.to_char(pg_catalog.date_trunc('second', d), pg_catalog.replace(fmt, 'RR', 'YY')), '');
  END IF;
  RETURN landfall._datetime_format(d, fmt, NULL, NULL);
END $$;
CREATE OR REPLACE FUNCTION landfall.to_char(d timestamptz, fmt text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT landfall._datetime_format(d::timestamp, fmt, pg_catalog.current_setting('TimeZone'), (extract(timezone FROM d) / 60)::integer) $$;
CREATE OR REPLACE FUNCTION landfall.to_char(d timestamp) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT landfall.to_char(d, coalesce(nullif(pg_catalog.current_setting('landfall.nls_date_format', true), ''), 'DD-MON-RR')) $$;
CREATE OR REPLACE FUNCTION landfall.to_char(d timestamptz) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT landfall.to_char(d, coalesce(nullif(pg_catalog.current_setting('landfall.nls_timestamp_tz_format', true), ''), 'DD-MON-RR HH.MI.SSXFF AM TZR')) $$;
CREATE OR REPLACE FUNCTION landfall.to_char(d timestamp, fmt text, nls text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(d, landfall._english(fmt, nls)) $$;
CREATE OR REPLACE FUNCTION landfall.to_char(d timestamptz, fmt text, nls text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(d, landfall._english(fmt, nls)) $$;

-- nls_timestamp_format()
-- for: NLS_TIMESTAMP_FORMAT: the setting landfall.nls_timestamp_format, default DD-MON-RR HH.MI.SSXFF AM
CREATE OR REPLACE FUNCTION landfall.nls_timestamp_format() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(nullif(pg_catalog.current_setting('landfall.nls_timestamp_format', true), ''), 'DD-MON-RR HH.MI.SSXFF AM') $$;
