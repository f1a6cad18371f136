-- Numbers with a format. SQL Language Reference 19c, Number Format Models (tables 2-15 and 2-16).

-- _nls_value(parameters, name)
-- for: the third argument of TO_CHAR and TO_NUMBER: 'NLS_NUMERIC_CHARACTERS = '',.'' NLS_CURRENCY = ''EUR'''
CREATE OR REPLACE FUNCTION landfall._nls_value(parameters text, name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(m[1], m[2]) FROM (SELECT pg_catalog.regexp_match(parameters, name || '\s*=\s*(?:''([^'']*)''|(\S+))', 'i')) AS x(m) $$;

-- _roman(number)
-- for: the format elements RN and RM
CREATE OR REPLACE FUNCTION landfall._roman(n integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.repeat('M', n / 1000)
    || (ARRAY['','C','CC','CCC','CD','D','DC','DCC','DCCC','CM'])[n / 100 % 10 + 1]
    || (ARRAY['','X','XX','XXX','XL','L','LX','LXX','LXXX','XC'])[n / 10 % 10 + 1]
    || (ARRAY['','I','II','III','IV','V','VI','VII','VIII','IX'])[n % 10 + 1] $$;

-- _hex(number)
-- for: the format element X
CREATE OR REPLACE FUNCTION landfall._hex(n numeric) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  h text := '';
BEGIN
  LOOP
    EXIT WHEN n < 9223372036854775807;
    h := pg_catalog.lpad(pg_catalog.to_hex(pg_catalog.mod(n, 4294967296)::bigint), 8, '0') || h;
    n := pg_catalog.div(n, 4294967296);
  END LOOP;
  RETURN pg_catalog.upper(pg_catalog.to_hex(n::bigint) || h);
END $$;

-- _number_format(number, format, nls_parameters)
-- for: TO_CHAR (number)
CREATE OR REPLACE FUNCTION landfall._number_format(n numeric, fmt text, nls text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  f text := pg_catalog.upper(fmt);
  rest text;
  c text;
  fm boolean := false;
  blank boolean := false;   -- B
  dollar boolean := false;  -- $
  sci boolean := false;     -- EEEE
  sign text := '';          -- MI, PR, 'S' in front, 'T' = S behind; '' is a minus or a blank in front
  cur text := '';           -- currency symbol
  cur_at text := '';        -- L leading, T trailing, D as decimal character
  cur_width integer := 0;
  whole text := '';         -- 9, 0 and , before the decimal character
  places text := '';        -- 9 and 0 behind it
  point text;               -- decimal character; NULL: none in the format
  shift integer;            -- digits behind V
  dec text := coalesce(pg_catalog.left(landfall._nls_value(nls, 'NLS_NUMERIC_CHARACTERS'), 1), '.');
  grp text := coalesce(pg_catalog.substr(landfall._nls_value(nls, 'NLS_NUMERIC_CHARACTERS'), 2, 1), ',');
  a numeric;
  e integer := 0;
  digits text;
  frac text := '';
  body text := '';
  width integer;
  k integer;
  zero_from integer;        -- digit positions from here on are always shown
  seen boolean := false;
  neg boolean;
BEGIN
  IF f LIKE 'FM%' THEN
    fm := true;
    f := pg_catalog.substr(f, 3);
  END IF;
  -- forms that stand alone
  IF f IN ('TM', 'TM9', 'TME') THEN
    body := landfall.to_char(n);
    IF f = 'TME' OR pg_catalog.length(body) > 64 THEN
      digits := pg_catalog.ltrim(pg_catalog.replace(pg_catalog.trim_scale(pg_catalog.abs(n))::text, '.', ''), '0');
      IF n = 0 THEN
        RETURN '0E+00';
      END IF;
      e := CASE WHEN pg_catalog.abs(n) >= 1 THEN pg_catalog.length(pg_catalog.trunc(pg_catalog.abs(n))::text) - 1
           ELSE pg_catalog.length(digits) - pg_catalog.length(pg_catalog.split_part(pg_catalog.trim_scale(pg_catalog.abs(n))::text, '.', 2)) - 1 END;
      digits := pg_catalog.rtrim(digits, '0');
      body := CASE WHEN n < 0 THEN '-' ELSE '' END || pg_catalog.left(digits, 1)
        || CASE WHEN pg_catalog.length(digits) > 1 THEN dec || pg_catalog.substr(digits, 2) ELSE '' END
        || 'E' || CASE WHEN e < 0 THEN '-' ELSE '+' END || CASE WHEN pg_catalog.abs(e) < 10 THEN '0' ELSE '' END || pg_catalog.abs(e);
    END IF;
    RETURN body;
  ELSIF f = 'RN' THEN
    k := pg_catalog.round(n);
    IF k NOT BETWEEN 1 AND 3999 THEN
      RETURN pg_catalog.repeat('#', 15);
    END IF;
    body := landfall._roman(k);
    IF fmt ~ 'rn' THEN
      body := pg_catalog.lower(body);
    END IF;
    RETURN CASE WHEN fm THEN body ELSE pg_catalog.lpad(body, 15) END;
  ELSIF f ~ '^0*X+$' THEN
    a := pg_catalog.round(n);
    width := pg_catalog.length(f);
    IF a < 0 OR pg_catalog.length(landfall._hex(a)) > width THEN
      RETURN pg_catalog.repeat('#', width + 1);
    END IF;
    body := landfall._hex(a);
    IF f LIKE '0%' THEN
      body := pg_catalog.lpad(body, width, '0');
    END IF;
    IF fmt ~ 'x' THEN
      body := pg_catalog.lower(body);
    END IF;
    RETURN CASE WHEN fm THEN body ELSE pg_catalog.lpad(body, width + 1) END;
  END IF;

  -- read the format
  rest := f;
  WHILE rest <> '' LOOP
    c := pg_catalog.left(rest, 1);
    rest := pg_catalog.substr(rest, 2);
    IF c IN ('9', '0') THEN
      IF sci THEN
        rest := '!';
      ELSIF shift IS NOT NULL THEN
        shift := shift + 1;
        whole := whole || c;
      ELSIF point IS NULL THEN
        whole := whole || c;
      ELSE
        places := places || c;
      END IF;
    ELSIF c IN (',', 'G') AND point IS NULL AND shift IS NULL AND whole <> '' THEN
      whole := whole || CASE c WHEN 'G' THEN grp ELSE ',' END;
    ELSIF c IN ('.', 'D') AND point IS NULL AND shift IS NULL THEN
      point := CASE c WHEN 'D' THEN dec ELSE '.' END;
    ELSIF c = '$' AND NOT dollar THEN
      dollar := true;
    ELSIF c IN ('L', 'C', 'U') AND cur_at = '' THEN
      cur := CASE c WHEN 'L' THEN coalesce(landfall._nls_value(nls, 'NLS_CURRENCY'), '$')
                    WHEN 'C' THEN coalesce(landfall._nls_value(nls, 'NLS_ISO_CURRENCY'), 'USD')
                    ELSE coalesce(landfall._nls_value(nls, 'NLS_DUAL_CURRENCY'), '$') END;
      cur_width := CASE c WHEN 'C' THEN 7 ELSE 10 END;
      IF whole = '' AND point IS NULL THEN
        cur_at := 'L';
      ELSIF point IS NULL AND rest ~ '[09]' THEN
        cur_at := 'D';
        point := cur;
      ELSE
        cur_at := 'T';
      END IF;
    ELSIF c = 'B' AND NOT blank THEN
      blank := true;
    ELSIF c = 'V' AND shift IS NULL AND point IS NULL THEN
      shift := 0;
    ELSIF c = 'S' AND sign = '' AND whole = '' AND point IS NULL THEN
      sign := 'S';
    ELSIF c = 'S' AND sign = '' AND rest ~ '^[LCU]?$' THEN
      sign := 'T';
    ELSIF c = 'M' AND sign = '' AND rest ~ '^I[LCU]?$' THEN
      sign := 'MI';
      rest := pg_catalog.substr(rest, 2);
    ELSIF c = 'P' AND sign = '' AND rest = 'R' THEN
      sign := 'PR';
      rest := '';
    ELSIF c = 'E' AND NOT sci AND rest LIKE 'EEE%' THEN
      sci := true;
      rest := pg_catalog.substr(rest, 4);
    ELSE
      rest := '!';
    END IF;
    IF rest = '!' THEN
      RAISE EXCEPTION 'ORA-01481: invalid number format model: "%"', fmt USING ERRCODE = landfall.sqlstate(-1481);
    END IF;
  END LOOP;
  IF whole = '' AND places = '' OR sci AND whole ~ '[^09]' THEN
    RAISE EXCEPTION 'ORA-01481: invalid number format model: "%"', fmt USING ERRCODE = landfall.sqlstate(-1481);
  END IF;

  neg := n < 0;
  a := pg_catalog.abs(n);
  width := pg_catalog.length(whole) + coalesce(CASE WHEN cur_at <> 'D' THEN pg_catalog.length(point) END, 0) + pg_catalog.length(places)
    + CASE WHEN dollar THEN 1 ELSE 0 END + cur_width
    + CASE sign WHEN 'PR' THEN 2 ELSE 1 END;
  IF sci THEN
    width := pg_catalog.length(places) + CASE WHEN point IS NULL THEN 0 ELSE 1 END + 7;
    IF a <> 0 THEN
      digits := pg_catalog.split_part(a::text, '.', 1);
      IF digits <> '0' THEN
        e := pg_catalog.length(digits) - 1;
      ELSE
        digits := pg_catalog.split_part(a::text, '.', 2);
        e := pg_catalog.length(pg_catalog.ltrim(digits, '0')) - pg_catalog.length(digits) - 1;
      END IF;
      -- move the point in the text: exact, whatever the size
      a := CASE WHEN e >= 0 THEN pg_catalog.round(a, pg_catalog.scale(a) + e + 1) / pg_catalog.rpad('1', e + 1, '0')::numeric
           ELSE a * pg_catalog.rpad('1', 1 - e, '0')::numeric END;
      a := pg_catalog.round(a, pg_catalog.length(places));
      IF a >= 10 THEN
        a := pg_catalog.round(a / 10, pg_catalog.length(places));
        e := e + 1;
      END IF;
    ELSE
      a := pg_catalog.round(a, pg_catalog.length(places));
    END IF;
    body := pg_catalog.split_part(a::text, '.', 1);
    frac := pg_catalog.split_part(a::text, '.', 2);
  ELSE
    a := pg_catalog.round(a * pg_catalog.rpad('1', coalesce(shift, 0) + 1, '0')::numeric, pg_catalog.length(places));
    digits := pg_catalog.split_part(a::text, '.', 1);
    frac := pg_catalog.split_part(a::text, '.', 2);
    IF digits = '0' THEN
      digits := '';
    END IF;
    k := pg_catalog.length(pg_catalog.translate(whole, '09' || whole, '09')); -- digit positions
    IF pg_catalog.length(digits) > k THEN
      RETURN pg_catalog.repeat('#', width);
    END IF;
    -- a zero has its 0 when nothing stands behind the point: "a zero value ... returns a zero for the integer part"
    IF digits = '' AND NOT blank AND (places = '' OR fm AND a = 0 AND k > 0 AND pg_catalog.ltrim(places, '9') = '') THEN
      digits := '0';
    END IF;
    IF blank AND digits = '' THEN
      whole := pg_catalog.translate(whole, '0', '9');
      IF a = 0 THEN
        RETURN CASE WHEN NOT fm THEN pg_catalog.repeat(' ', width) END;
      END IF;
    END IF;
    digits := pg_catalog.lpad(digits, k);
    k := 0;
    FOR i IN 1 .. pg_catalog.length(whole) LOOP
      c := pg_catalog.substr(whole, i, 1);
      IF c IN ('0', '9') THEN
        k := k + 1;
        seen := seen OR c = '0' OR pg_catalog.substr(digits, k, 1) <> ' ';
        IF seen THEN
          body := body || pg_catalog.replace(pg_catalog.substr(digits, k, 1), ' ', '0');
        END IF;
      ELSIF seen THEN
        body := body || c;
      END IF;
    END LOOP;
  END IF;
  IF point IS NOT NULL THEN
    IF fm THEN -- trailing 9s show no zeros
      frac := pg_catalog.left(frac, greatest(pg_catalog.length(pg_catalog.rtrim(frac, '0')), pg_catalog.length(pg_catalog.rtrim(places, '9'))));
    END IF;
    body := body || point || frac;
  END IF;
  IF sci THEN
    body := body || 'E' || CASE WHEN e < 0 THEN '-' ELSE '+' END || CASE WHEN pg_catalog.abs(e) < 10 THEN '0' ELSE '' END || pg_catalog.abs(e);
  END IF;
  IF dollar THEN
    body := '$' || body;
  END IF;
  IF cur_at = 'L' THEN
    body := cur || body;
  ELSIF cur_at = 'T' THEN
    body := body || cur;
  END IF;
  body := CASE sign
    WHEN 'MI' THEN body || CASE WHEN neg THEN '-' WHEN fm THEN '' ELSE ' ' END
    WHEN 'PR' THEN CASE WHEN neg THEN '<' || body || '>' WHEN fm THEN body ELSE ' ' || body || ' ' END
    WHEN 'S' THEN CASE WHEN neg THEN '-' ELSE '+' END || body
    WHEN 'T' THEN body || CASE WHEN neg THEN '-' ELSE '+' END
    ELSE CASE WHEN neg THEN '-' ELSE '' END || body END;
  RETURN CASE WHEN fm THEN nullif(body, '') ELSE pg_catalog.lpad(body, greatest(width, pg_catalog.length(body))) END;
END $$;

-- to_char(number, format [, nls_parameters])
-- for: TO_CHAR(n, fmt) with all elements: 9 0 . , D G $ L C U MI PR S X FM EEEE V RN TM TM9 TME B (SQL Language Reference 19c, Number Format Models)
-- note: D, G, L, C and U are '.', ',', '$', 'USD' and '$' unless the third argument says otherwise; the session's NLS settings have no influence, so that the function is immutable.
-- note: A number that does not fit gives '#' in the width of the format. A format that is none raises ORA-01481.
CREATE OR REPLACE FUNCTION landfall.to_char(n numeric, fmt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall._number_format(n, fmt, '') $$;
CREATE OR REPLACE FUNCTION landfall.to_char(n numeric, fmt text, nls text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall._number_format(n, fmt, nls) $$;
CREATE OR REPLACE FUNCTION landfall.to_char(n integer, fmt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall._number_format(n, fmt, '') $$;
CREATE OR REPLACE FUNCTION landfall.to_char(n bigint, fmt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall._number_format(n, fmt, '') $$;
CREATE OR REPLACE FUNCTION landfall.to_char(x double precision, fmt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall._number_format(x::text::numeric, fmt, '') $$;

-- to_number(text, format [, nls_parameters])
-- for: TO_NUMBER(text, fmt): the elements of TO_CHAR but RN and V (SQL Language Reference 19c, TO_NUMBER)
-- note: What does not match the format raises ORA-01722 as invalid_text_representation. D, G, L and C are '.', ',', '$' and 'USD' unless the third argument says otherwise.
CREATE OR REPLACE FUNCTION landfall.to_number(t text, fmt text, nls text) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  f text := pg_catalog.upper(pg_catalog.btrim(fmt));
  s text := pg_catalog.btrim(t);
  dec text := coalesce(pg_catalog.left(landfall._nls_value(nls, 'NLS_NUMERIC_CHARACTERS'), 1), '.');
  grp text := coalesce(pg_catalog.substr(landfall._nls_value(nls, 'NLS_NUMERIC_CHARACTERS'), 2, 1), ',');
  cur text;
  neg boolean := false;
  ok boolean := true;
  exponent text := '';
  whole text;
  frac text;
  c text;
  m text[];
  r numeric;
BEGIN
  IF s = '' THEN
    RETURN NULL;
  END IF;
  IF f LIKE 'FM%' THEN
    f := pg_catalog.substr(f, 3);
  END IF;
  IF f IN ('TM', 'TM9', 'TME') THEN
    RETURN landfall.to_number(s);
  ELSIF f ~ '^0*X+$' THEN
    IF s !~ '^[0-9A-Fa-f]+$' OR pg_catalog.length(s) > pg_catalog.length(f) THEN
      RAISE EXCEPTION 'ORA-01722: invalid number: "%" with format "%"', t, fmt USING ERRCODE = 'invalid_text_representation';
    END IF;
    r := 0;
    FOR i IN 1 .. pg_catalog.length(s) LOOP
      r := r * 16 + pg_catalog.strpos('0123456789ABCDEF', pg_catalog.upper(pg_catalog.substr(s, i, 1))) - 1;
    END LOOP;
    RETURN r;
  END IF;
  -- sign
  IF f LIKE '%PR' THEN
    f := pg_catalog.left(f, -2);
    IF s LIKE '<%>' THEN
      neg := true;
      s := pg_catalog.btrim(s, '<>');
    END IF;
  ELSIF f LIKE '%MI' OR f LIKE '%S' THEN
    ok := s ~ '[+-]$' OR f LIKE '%MI';
    f := pg_catalog.regexp_replace(f, '(MI|S)$', '');
    neg := s LIKE '%-';
    s := pg_catalog.btrim(pg_catalog.regexp_replace(s, '[+-]$', ''));
  ELSE
    f := pg_catalog.regexp_replace(f, '^S', '');
    neg := s LIKE '-%';
    s := pg_catalog.btrim(pg_catalog.regexp_replace(s, '^[+-]', ''));
  END IF;
  -- currency, in front or behind
  f := pg_catalog.replace(f, 'B', '');
  FOREACH c IN ARRAY ARRAY['$', 'L', 'C', 'U'] LOOP
    IF pg_catalog.strpos(f, c) > 0 THEN
      f := pg_catalog.replace(f, c, '');
      cur := CASE c WHEN '$' THEN '$' WHEN 'L' THEN coalesce(landfall._nls_value(nls, 'NLS_CURRENCY'), '$')
                    WHEN 'C' THEN coalesce(landfall._nls_value(nls, 'NLS_ISO_CURRENCY'), 'USD')
                    ELSE coalesce(landfall._nls_value(nls, 'NLS_DUAL_CURRENCY'), '$') END;
      IF pg_catalog.left(s, pg_catalog.length(cur)) = cur THEN
        s := pg_catalog.btrim(pg_catalog.substr(s, pg_catalog.length(cur) + 1));
      ELSIF pg_catalog.right(s, pg_catalog.length(cur)) = cur THEN
        s := pg_catalog.btrim(pg_catalog.left(s, -pg_catalog.length(cur)));
      END IF;
      IF s LIKE '-%' AND NOT neg THEN
        neg := true;
        s := pg_catalog.substr(s, 2);
      END IF;
    END IF;
  END LOOP;
  IF f LIKE '%EEEE' THEN
    f := pg_catalog.left(f, -4);
    m := pg_catalog.regexp_match(s, '^(.*)([eE][+-]?[0-9]{1,3})$');
    IF m IS NOT NULL THEN
      s := m[1];
      exponent := m[2];
    END IF;
  END IF;
  IF f !~ '^[09][09,G]*([.D][09]*)?$' AND f !~ '^[.D][09]+$' THEN
    RAISE EXCEPTION 'ORA-01481: invalid number format model: "%"', fmt USING ERRCODE = landfall.sqlstate(-1481);
  END IF;
  f := pg_catalog.replace(f, 'G', ',');
  c := CASE WHEN f LIKE '%D%' THEN dec ELSE '.' END;
  f := pg_catalog.replace(f, 'D', '.');
  whole := pg_catalog.split_part(s, c, 1);
  frac := pg_catalog.split_part(s, c, 2);
  ok := ok AND pg_catalog.length(s) - pg_catalog.length(pg_catalog.replace(s, c, '')) <= 1
    AND (f LIKE '%.%' OR pg_catalog.strpos(s, c) = 0)
    AND frac ~ '^[0-9]*$' AND pg_catalog.length(frac) <= pg_catalog.length(pg_catalog.split_part(f, '.', 2))
    AND whole || frac <> '';
  -- digits and separators stand where the format has them, counted from the right
  f := pg_catalog.split_part(f, '.', 1);
  ok := ok AND pg_catalog.length(whole) <= pg_catalog.length(f);
  FOR i IN 1 .. pg_catalog.length(whole) LOOP
    EXIT WHEN NOT ok;
    ok := CASE WHEN pg_catalog.substr(f, pg_catalog.length(f) - i + 1, 1) = ','
      THEN pg_catalog.substr(whole, pg_catalog.length(whole) - i + 1, 1) IN (grp, ',')
      ELSE pg_catalog.substr(whole, pg_catalog.length(whole) - i + 1, 1) BETWEEN '0' AND '9' END;
  END LOOP;
  IF NOT ok THEN
    RAISE EXCEPTION 'ORA-01722: invalid number: "%" with format "%"', t, fmt USING ERRCODE = 'invalid_text_representation';
  END IF;
  r := ('0' || pg_catalog.replace(pg_catalog.replace(whole, grp, ''), ',', '') || '.' || frac || '0' || exponent)::numeric;
  RETURN CASE WHEN neg THEN -pg_catalog.trim_scale(r) ELSE pg_catalog.trim_scale(r) END;
END $$;
CREATE OR REPLACE FUNCTION landfall.to_number(t text, fmt text) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_number(t, fmt, '') $$;
