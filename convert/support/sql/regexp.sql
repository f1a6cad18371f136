-- Regular expressions. SQL Language Reference 19c, Appendix D, Oracle Regular Expression Support; PostgreSQL, 9.7.3.
-- Oracle's pattern becomes one of PostgreSQL's "advanced" ones. PostgreSQL 15 and newer then run their own functions
-- of the same names; 14 walks from match to match.

-- _regexp(pattern, match_parameter, shift)
-- for: Oracle's regular expressions in PostgreSQL's language; back references are moved by shift
-- note: Inside brackets a backslash is itself. '.' does not match a newline unless 'n' is given. Letters behind a backslash other than d D w W s S A Z z are themselves.
-- note: PostgreSQL decides for a whole pattern whether it is greedy. Patterns with greedy and with non-greedy quantifiers are refused, unless ^ and $ fix where the match begins and ends.
CREATE OR REPLACE FUNCTION landfall._regexp(p text, match text, shift integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  any_char boolean := pg_catalog.strpos(match, 'n') > 0;
  extended boolean := pg_catalog.strpos(match, 'x') > 0;
  r text := '';
  c text;
  next text;
  class text;      -- '.', ':' or '=' within [. .], [: :], [= =]
  i integer := 1;
  first integer;   -- where the list of a bracket begins
  bracket boolean := false;
  greedy boolean := false;
  lazy boolean := false;
BEGIN
  IF p !~ '[\\.\s{?]|^\*\*\*' THEN
    RETURN p;
  END IF;
  WHILE i <= pg_catalog.length(p) LOOP
    c := pg_catalog.substr(p, i, 1);
    next := pg_catalog.substr(p, i + 1, 1);
    i := i + 1;
    IF bracket THEN
      IF class IS NOT NULL THEN
        IF c = class AND next = ']' THEN
          class := NULL;
          c := c || next;
          i := i + 1;
        END IF;
      ELSIF c = '[' AND next IN ('.', ':', '=') THEN
        class := next;
        c := c || next;
        i := i + 1;
      ELSIF c = ']' AND i - 1 > first THEN
        bracket := false;
      ELSIF c = '\' THEN
        c := '\\';
      END IF;
      r := r || c;
    ELSIF c = '[' THEN
      bracket := true;
      first := i;
      IF next = '^' THEN
        c := '[^';
        i := i + 1;
        first := i;
      END IF;
      r := r || c;
    ELSIF c = '\' THEN
      i := i + 1;
      r := r || CASE
        WHEN next IN ('d', 'D', 'w', 'W', 's', 'S', 'A') THEN c || next
        WHEN next = 'Z' THEN '(?=\n?\Z)'
        WHEN next = 'z' THEN '\Z'
        WHEN next BETWEEN '1' AND '9' THEN '(?:\' || next::integer + shift || ')'
        WHEN next ~ '[A-Za-z0-9]' THEN next
        ELSE c || next END;
    ELSIF c = '.' THEN
      r := r || CASE WHEN any_char THEN '.' ELSE '[^\n]' END;
    ELSIF c = '(' AND next = '?' THEN
      RAISE EXCEPTION 'Oracle''s regular expressions have no "(?": "%"', p USING ERRCODE = 'feature_not_supported';
    ELSIF extended AND c ~ '\s' THEN
      CONTINUE;
    ELSIF c = '{' AND next = ',' THEN
      r := r || '{0';
    ELSIF c IN ('*', '+', '?', '}') THEN
      IF next = '?' THEN
        lazy := true;
        i := i + 1;
        c := c || '?';
      ELSIF c <> '}' OR pg_catalog.substr(p, 1, i - 1) ~ '\{[0-9]*,[0-9]*\}$' THEN
        greedy := true;
      END IF;
      r := r || c;
    ELSE
      r := r || c;
    END IF;
  END LOOP;
  IF greedy AND lazy AND NOT (p ~ '^\^' AND p ~ '(^|[^\\])(\\\\)*[$]$') THEN
    RAISE EXCEPTION 'regular expression with greedy and non-greedy quantifiers: "%"', p USING ERRCODE = 'feature_not_supported',
      HINT = 'PostgreSQL matches a whole pattern either way: write [^x]* instead of .*? before x.';
  ELSIF r LIKE '***%' THEN
    RAISE EXCEPTION 'ORA-12725: unmatched parentheses in regular expression: "%" begins with a quantifier', p USING ERRCODE = 'invalid_regular_expression';
  END IF;
  RETURN r;
END $$;

-- _regexp_flags(match_parameter)
-- for: the match parameter: i, c, n, m, x; the last of i and c counts
CREATE OR REPLACE FUNCTION landfall._regexp_flags(match text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF match ~ '[^icnmx]' THEN
    RAISE EXCEPTION 'ORA-01760: illegal argument for function: match parameter "%"', match USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN CASE WHEN match ~ 'i[^c]*$' THEN 'i' ELSE '' END || CASE WHEN match ~ 'm' THEN 'w' ELSE '' END;
END $$;

-- _regexp_walk(text, pattern, match_parameter, position)
-- for: PostgreSQL 14: the matches from a position on, with where they begin and end and what their groups hold
CREATE OR REPLACE FUNCTION landfall._regexp_walk(s text, p text, match text, pos integer) RETURNS TABLE (start_at integer, end_at integer, groups text[])
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  pattern text := '(' || landfall._regexp(p, match, 1) || ')';
  flags text := landfall._regexp_flags(match);
  rest text;
BEGIN
  start_at := pos;
  WHILE start_at <= pg_catalog.length(s) + 1 LOOP
    rest := pg_catalog.substr(s, start_at);
    -- ^ and \A belong to the text, not to the rest
    EXIT WHEN start_at > 1 AND p ~ '^\(*(\^|\\A)' AND match !~ 'm';
    groups := pg_catalog.regexp_match(rest, pattern, flags);
    EXIT WHEN groups IS NULL;
    -- what stands in front of the first match: the shortest beginning behind which the pattern matches; a lookahead cannot hold
    -- back references
    start_at := start_at + pg_catalog.length(CASE WHEN p ~ '\\[1-9]'
      THEN (pg_catalog.regexp_split_to_array(rest, landfall._regexp(p, match, 0), flags))[1]
      ELSE (pg_catalog.regexp_match(rest, '^((?:.*?){1,1}?)(?=' || landfall._regexp(p, match, 0) || ')', flags))[1] END);
    end_at := start_at + pg_catalog.length(groups[1]);
    groups := groups[2:];
    RETURN NEXT;
    start_at := CASE WHEN end_at > start_at THEN end_at ELSE end_at + 1 END;
  END LOOP;
END $$;

-- _regexp_position(position, occurrence)
-- for: ORA-01428 for a position or occurrence out of range
CREATE OR REPLACE FUNCTION landfall._regexp_position(n numeric, low integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF pg_catalog.trunc(n) < low THEN
    RAISE EXCEPTION 'ORA-01428: argument ''%'' is out of range', pg_catalog.trunc(n) USING ERRCODE = landfall.sqlstate(-1428);
  END IF;
  RETURN pg_catalog.trunc(n)::integer;
END $$;

-- regexp_like(text, pattern [, match_parameter])
-- for: REGEXP_LIKE (SQL Language Reference 19c, REGEXP_LIKE Condition, Appendix D)
-- note: Oracle's dialect in all regexp functions: POSIX with Perl's \d \w \s \A \Z and non-greedy quantifiers; '.' matches no newline unless 'n' is given, a backslash in brackets is itself.
-- note: Refused with feature_not_supported: greedy and non-greedy quantifiers in one pattern, unless it begins with ^ and ends with $; "(?".
CREATE OR REPLACE FUNCTION landfall.regexp_like(s text, p text, match text DEFAULT '') RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT nullif(s, '') ~ ('(?t' || landfall._regexp_flags(match) || ')' || landfall._regexp(nullif(p, ''), coalesce(match, ''), 0)) $$;

-- _regexp_count(text, pattern, match_parameter, position)
-- for: REGEXP_COUNT
CREATE OR REPLACE FUNCTION landfall._regexp_count(s text, p text, match text, pos integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF pg_catalog.current_setting('server_version_num')::integer >= 150000 THEN
    RETURN pg_catalog.regexp_count(s, landfall._regexp(p, match, 0), pos, landfall._regexp_flags(match));
  END IF;
  RETURN (SELECT pg_catalog.count(*) FROM landfall._regexp_walk(s, p, match, pos));
END $$;

-- regexp_count(text, pattern [, position [, match_parameter]])
-- for: REGEXP_COUNT (SQL Language Reference 19c, REGEXP_COUNT)
CREATE OR REPLACE FUNCTION landfall.regexp_count(s text, p text, pos numeric DEFAULT 1, match text DEFAULT '') RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT landfall._regexp_count(nullif(s, ''), nullif(p, ''), coalesce(match, ''), landfall._regexp_position(pos, 1)) $$;

-- _regexp_instr(text, pattern, match_parameter, position, occurrence, return_option, subexpression)
-- for: REGEXP_INSTR
CREATE OR REPLACE FUNCTION landfall._regexp_instr(s text, p text, match text, pos integer, nth integer, ret integer, sub integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  x record;
BEGIN
  IF pos > pg_catalog.length(s) THEN
    RETURN 0;
  ELSIF pg_catalog.current_setting('server_version_num')::integer >= 150000 THEN
    RETURN pg_catalog.regexp_instr(s, landfall._regexp(p, match, 0), pos, nth, CASE WHEN ret = 0 THEN 0 ELSE 1 END, landfall._regexp_flags(match), sub);
  ELSIF sub > 0 THEN
    RAISE EXCEPTION 'REGEXP_INSTR of a subexpression needs PostgreSQL 15 or newer' USING ERRCODE = 'feature_not_supported';
  END IF;
  SELECT w.start_at, w.end_at INTO x FROM landfall._regexp_walk(s, p, match, pos) AS w LIMIT 1 OFFSET nth - 1;
  RETURN coalesce(CASE WHEN ret = 0 THEN x.start_at ELSE x.end_at END, 0);
END $$;

-- regexp_instr(text, pattern [, position [, occurrence [, return_option [, match_parameter [, subexpression]]]]])
-- for: REGEXP_INSTR (SQL Language Reference 19c, REGEXP_INSTR)
-- note: A subexpression needs PostgreSQL 15.
CREATE OR REPLACE FUNCTION landfall.regexp_instr(s text, p text, pos numeric DEFAULT 1, nth numeric DEFAULT 1, ret numeric DEFAULT 0, match text DEFAULT '', sub numeric DEFAULT 0) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT landfall._regexp_instr(nullif(s, ''), nullif(p, ''), coalesce(match, ''), landfall._regexp_position(pos, 1), landfall._regexp_position(nth, 1),
    landfall._regexp_position(ret, 0), landfall._regexp_position(sub, 0)) $$;

-- _regexp_substr(text, pattern, match_parameter, position, occurrence, subexpression)
-- for: REGEXP_SUBSTR
CREATE OR REPLACE FUNCTION landfall._regexp_substr(s text, p text, match text, pos integer, nth integer, sub integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  x record;
BEGIN
  IF pos > pg_catalog.length(s) THEN
    RETURN NULL;
  ELSIF pg_catalog.current_setting('server_version_num')::integer >= 150000 THEN
    RETURN nullif(pg_catalog.regexp_substr(s, landfall._regexp(p, match, 0), pos, nth, landfall._regexp_flags(match), sub), '');
  END IF;
  SELECT w.start_at, w.end_at, w.groups INTO x FROM landfall._regexp_walk(s, p, match, pos) AS w LIMIT 1 OFFSET nth - 1;
  RETURN nullif(CASE WHEN sub = 0 THEN pg_catalog.substr(s, x.start_at, x.end_at - x.start_at) ELSE x.groups[sub] END, '');
END $$;

-- regexp_substr(text, pattern [, position [, occurrence [, match_parameter [, subexpression]]]])
-- for: REGEXP_SUBSTR (SQL Language Reference 19c, REGEXP_SUBSTR)
CREATE OR REPLACE FUNCTION landfall.regexp_substr(s text, p text, pos numeric DEFAULT 1, nth numeric DEFAULT 1, match text DEFAULT '', sub numeric DEFAULT 0) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT landfall._regexp_substr(nullif(s, ''), nullif(p, ''), coalesce(match, ''), landfall._regexp_position(pos, 1), landfall._regexp_position(nth, 1),
    landfall._regexp_position(sub, 0)) $$;

-- _regexp_replace(text, pattern, replacement, position, occurrence, match_parameter)
-- for: REGEXP_REPLACE: \1 to \9 in the replacement; PostgreSQL's \& is none of Oracle's
CREATE OR REPLACE FUNCTION landfall._regexp_replace(s text, p text, replacement text, pos integer, nth integer, match text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  repl text := pg_catalog.regexp_replace(replacement, '((?:^|[^\\])(?:\\\\)*)\\(?![1-9\\])', '\1\\\\', 'g');
  x record;
  r text := '';
  at integer := 1;
  k integer := 0;
BEGIN
  IF pos > pg_catalog.length(s) THEN
    RETURN nullif(s, '');
  ELSIF pg_catalog.current_setting('server_version_num')::integer >= 150000 THEN
    RETURN nullif(pg_catalog.regexp_replace(s, landfall._regexp(p, match, 0), repl, pos, nth, landfall._regexp_flags(match)), '');
  END IF;
  FOR x IN SELECT w.start_at, w.end_at, w.groups FROM landfall._regexp_walk(s, p, match, pos) AS w LOOP
    k := k + 1;
    CONTINUE WHEN nth > 0 AND k <> nth;
    r := r || pg_catalog.substr(s, at, x.start_at - at)
      || (SELECT coalesce(pg_catalog.string_agg(CASE
            WHEN t[1] ~ '^\\[1-9]$' THEN coalesce(x.groups[pg_catalog.substr(t[1], 2)::integer], '')
            WHEN t[1] = '\\' THEN '\' ELSE t[1] END, '' ORDER BY o), '')
          FROM pg_catalog.regexp_matches(repl, '\\[1-9\\]|.', 'gs') WITH ORDINALITY AS y(t, o));
    at := x.end_at;
    EXIT WHEN nth > 0;
  END LOOP;
  RETURN nullif(r || pg_catalog.substr(s, at), '');
END $$;

-- regexp_replace(text, pattern [, replacement [, position [, occurrence [, match_parameter]]]])
-- for: REGEXP_REPLACE: all occurrences unless one is named; without a replacement what matches is taken out (SQL Language Reference 19c, REGEXP_REPLACE)
CREATE OR REPLACE FUNCTION landfall.regexp_replace(s text, p text, replacement text DEFAULT NULL, pos numeric DEFAULT 1, nth numeric DEFAULT 0, match text DEFAULT '') RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p IS NULL OR p = '' THEN nullif(s, '')
    ELSE landfall._regexp_replace(s, p, coalesce(replacement, ''), landfall._regexp_position(pos, 1), landfall._regexp_position(nth, 0), coalesce(match, '')) END $$;
