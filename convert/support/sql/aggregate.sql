-- Aggregates. SQL Language Reference 19c, Aggregate Functions. LISTAGG is PostgreSQL's string_agg.

-- _wm_concat(state, text)
-- for: WM_CONCAT
CREATE OR REPLACE FUNCTION landfall._wm_concat(state text, item text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CASE WHEN state IS NULL THEN item WHEN item IS NULL THEN state ELSE state || ',' || item END $$;

-- wm_concat(text)
-- for: WM_CONCAT, which Oracle never documented: the values with commas between; NULLs are left out
CREATE OR REPLACE AGGREGATE landfall.wm_concat(text) (SFUNC = landfall._wm_concat, STYPE = text);

-- _append(array, element)
-- for: MEDIAN: the values that are not NULL
CREATE OR REPLACE FUNCTION landfall._append(a numeric[], e numeric) RETURNS numeric[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF e IS NOT NULL THEN
    a := a || e;
  END IF;
  RETURN a;
END $$;
CREATE OR REPLACE FUNCTION landfall._append(a timestamp[], e timestamp) RETURNS timestamp[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF e IS NOT NULL THEN
    a := a || e;
  END IF;
  RETURN a;
END $$;

-- _middle(array)
-- for: MEDIAN: the middle value, or halfway between the middle two
CREATE OR REPLACE FUNCTION landfall._middle(a numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.trim_scale(pg_catalog.avg(e)) FROM (SELECT e, pg_catalog.row_number() OVER (ORDER BY e) AS i FROM pg_catalog.unnest(a) AS e) AS x
  WHERE i IN ((pg_catalog.cardinality(a) + 1) / 2, pg_catalog.cardinality(a) / 2 + 1) $$;
CREATE OR REPLACE FUNCTION landfall._middle(a timestamp[]) RETURNS timestamp
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.min(e) + (pg_catalog.max(e) - pg_catalog.min(e)) / 2 FROM (SELECT e, pg_catalog.row_number() OVER (ORDER BY e) AS i FROM pg_catalog.unnest(a) AS e) AS x
  WHERE i IN ((pg_catalog.cardinality(a) + 1) / 2, pg_catalog.cardinality(a) / 2 + 1) $$;

-- median(number or date)
-- for: MEDIAN, exact for NUMBER; PostgreSQL's percentile_cont gives double precision (SQL Language Reference 19c, MEDIAN)
CREATE OR REPLACE AGGREGATE landfall.median(numeric) (SFUNC = landfall._append, STYPE = numeric[], FINALFUNC = landfall._middle, INITCOND = '{}');
CREATE OR REPLACE AGGREGATE landfall.median(timestamp) (SFUNC = landfall._append, STYPE = timestamp[], FINALFUNC = landfall._middle, INITCOND = '{}');

-- _keep_first(value, value)
-- for: FIRST_VALUE ... IGNORE NULLS: the first value that is not NULL
CREATE OR REPLACE FUNCTION landfall._keep_first(a anyelement, b anyelement) RETURNS anyelement
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a $$;

-- _keep_last(value, value)
-- for: LAST_VALUE ... IGNORE NULLS: the last value that is not NULL
CREATE OR REPLACE FUNCTION landfall._keep_last(a anyelement, b anyelement) RETURNS anyelement
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT b $$;

-- first_not_null(value)
-- for: FIRST_VALUE ... IGNORE NULLS and LEAD ... IGNORE NULLS, as a window function (SQL Language Reference 19c, FIRST_VALUE)
CREATE OR REPLACE AGGREGATE landfall.first_not_null(anyelement) (SFUNC = landfall._keep_first, STYPE = anyelement);

-- last_not_null(value)
-- for: LAST_VALUE ... IGNORE NULLS and LAG ... IGNORE NULLS, as a window function (SQL Language Reference 19c, LAST_VALUE)
CREATE OR REPLACE AGGREGATE landfall.last_not_null(anyelement) (SFUNC = landfall._keep_last, STYPE = anyelement);

-- count_of(array)
-- for: COUNT(DISTINCT x) OVER (...): how many different values there are among what array_agg(x) OVER (...) has gathered (SQL Language Reference 19c, COUNT)
CREATE OR REPLACE FUNCTION landfall.count_of(a anyarray) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.count(DISTINCT e) FROM pg_catalog.unnest(a) AS e $$;

-- sum_of(array)
-- for: SUM(DISTINCT x) OVER (...) (SQL Language Reference 19c, SUM)
CREATE OR REPLACE FUNCTION landfall.sum_of(a numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.sum(DISTINCT e) FROM pg_catalog.unnest(a) AS e $$;

-- avg_of(array)
-- for: AVG(DISTINCT x) OVER (...) (SQL Language Reference 19c, AVG)
CREATE OR REPLACE FUNCTION landfall.avg_of(a numeric[]) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT pg_catalog.avg(DISTINCT e) FROM pg_catalog.unnest(a) AS e $$;
