-- Nested tables and varrays as arrays. PL/SQL Language Reference 19c, PL/SQL Collections and Records.
-- An uninitialized collection is a NULL array and raises COLLECTION_IS_NULL (ORA-06531). Elements are numbered from 1
-- without gaps: DELETE of single elements has no counterpart here.

-- _elem_error(collection, subscript)
-- for: ORA-06531, ORA-06532, ORA-06533
CREATE OR REPLACE FUNCTION landfall._elem_error(a anyarray, i integer) RETURNS anyelement
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF a IS NULL THEN
    RAISE EXCEPTION 'ORA-06531: Reference to uninitialized collection' USING ERRCODE = landfall.sqlstate(-6531);
  ELSIF i IS NULL THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: NULL index' USING ERRCODE = 'null_value_not_allowed';
  ELSIF i < 1 THEN
    RAISE EXCEPTION 'ORA-06532: Subscript outside of limit' USING ERRCODE = landfall.sqlstate(-6532);
  END IF;
  RAISE EXCEPTION 'ORA-06533: Subscript beyond count' USING ERRCODE = 'array_subscript_error';
END $$;

-- elem(collection, subscript)
-- for: c(i) where c is read (PL/SQL Language Reference 19c, Collection Variables)
-- note: Raises SUBSCRIPT_BEYOND_COUNT (2202E), SUBSCRIPT_OUTSIDE_LIMIT, COLLECTION_IS_NULL; a NULL subscript is VALUE_ERROR.
CREATE OR REPLACE FUNCTION landfall.elem(a anyarray, i integer) RETURNS anyelement
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN i BETWEEN 1 AND pg_catalog.cardinality(a) THEN a[i] ELSE landfall._elem_error(a, i) END $$;

-- _is_null_error(collection)
-- for: ORA-06531 where a number is expected; the argument keeps it from being computed ahead of its use
CREATE OR REPLACE FUNCTION landfall._is_null_error(a anyarray) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RAISE EXCEPTION 'ORA-06531: Reference to uninitialized collection' USING ERRCODE = landfall.sqlstate(-6531);
END $$;

-- count(collection)
-- for: c.COUNT (PL/SQL Language Reference 19c, COUNT Collection Method)
CREATE OR REPLACE FUNCTION landfall.count(a anyarray) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN a IS NULL THEN landfall._is_null_error(a) ELSE pg_catalog.cardinality(a) END;
END $$;

-- first(collection)
-- for: c.FIRST: 1, or NULL when there is no element
CREATE OR REPLACE FUNCTION landfall.first(a anyarray) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN a IS NULL THEN landfall._is_null_error(a) WHEN pg_catalog.cardinality(a) > 0 THEN 1 END;
END $$;

-- last(collection)
-- for: c.LAST: the number of elements, or NULL when there is none
CREATE OR REPLACE FUNCTION landfall.last(a anyarray) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN a IS NULL THEN landfall._is_null_error(a) ELSE nullif(pg_catalog.cardinality(a), 0) END;
END $$;

-- prior(collection, subscript)
-- for: c.PRIOR(i): the next lower subscript, or NULL; i need not exist
CREATE OR REPLACE FUNCTION landfall.prior(a anyarray, i integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN a IS NULL THEN landfall._is_null_error(a)
    WHEN i > 1 AND pg_catalog.cardinality(a) > 0 THEN least(i - 1, pg_catalog.cardinality(a)) END;
END $$;

-- next(collection, subscript)
-- for: c.NEXT(i): the next higher subscript, or NULL; i need not exist
CREATE OR REPLACE FUNCTION landfall.next(a anyarray, i integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN CASE WHEN a IS NULL THEN landfall._is_null_error(a)
    WHEN i < pg_catalog.cardinality(a) THEN greatest(i + 1, 1) END;
END $$;

-- exists(collection, subscript)
-- for: c.EXISTS(i): false for an uninitialized collection too
CREATE OR REPLACE FUNCTION landfall.exists(a anyarray, i integer) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT coalesce(i BETWEEN 1 AND pg_catalog.cardinality(a), false) $$;

-- extend(collection [, n [, i]])
-- for: c.EXTEND, c.EXTEND(n), c.EXTEND(n, i): c := landfall.extend(c, n, i)
CREATE OR REPLACE FUNCTION landfall.extend(a anyarray, n integer DEFAULT 1) RETURNS anyarray
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF a IS NULL THEN
    PERFORM landfall._is_null_error(a);
  ELSIF n < 0 OR n IS NULL THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: EXTEND(%)', n USING ERRCODE = 'data_exception';
  ELSIF n = 0 THEN
    RETURN a;
  END IF;
  RETURN a || pg_catalog.array_fill(a[0], ARRAY[n]); -- a[0] is a NULL of the element type
END $$;
CREATE OR REPLACE FUNCTION landfall.extend(a anyarray, n integer, i integer) RETURNS anyarray
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF n = 0 AND a IS NOT NULL THEN
    RETURN a;
  ELSIF n < 0 OR n IS NULL THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: EXTEND(%)', n USING ERRCODE = 'data_exception';
  END IF;
  RETURN a || pg_catalog.array_fill(landfall.elem(a, i), ARRAY[n]);
END $$;

-- trim(collection [, n])
-- for: c.TRIM, c.TRIM(n): c := landfall.trim(c, n)
-- note: More than there is raises SUBSCRIPT_BEYOND_COUNT, as in Oracle.
CREATE OR REPLACE FUNCTION landfall.trim(a anyarray, n integer DEFAULT 1) RETURNS anyarray
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF a IS NULL THEN
    PERFORM landfall._is_null_error(a);
  ELSIF n > pg_catalog.cardinality(a) THEN
    RAISE EXCEPTION 'ORA-06533: Subscript beyond count' USING ERRCODE = 'array_subscript_error';
  ELSIF n < 0 OR n IS NULL THEN
    RAISE EXCEPTION 'ORA-06502: PL/SQL: numeric or value error: TRIM(%)', n USING ERRCODE = 'data_exception';
  END IF;
  RETURN a[1 : pg_catalog.cardinality(a) - n];
END $$;

-- delete(collection)
-- for: c.DELETE: c := landfall.delete(c)
-- note: DELETE(i) and DELETE(i, j) of a nested table leave a gap, which an array cannot have.
CREATE OR REPLACE FUNCTION landfall.delete(a anyarray) RETURNS anyarray
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF a IS NULL THEN
    PERFORM landfall._is_null_error(a);
  END IF;
  RETURN a[1:0];
END $$;

-- set(collection)
-- for: SET(c): each value once, in the order of first appearance (SQL Language Reference 19c, SET)
CREATE OR REPLACE FUNCTION landfall.set(a anyarray) RETURNS anyarray
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(pg_catalog.array_agg(e ORDER BY i), a[1:0])
  FROM (SELECT e, pg_catalog.min(i) AS i FROM pg_catalog.unnest(a) WITH ORDINALITY AS u(e, i) GROUP BY e) AS x $$;

-- multiset_union(collection, collection)
-- for: MULTISET UNION [ALL] (SQL Language Reference 19c, MULTISET UNION)
CREATE OR REPLACE FUNCTION landfall.multiset_union(a anyarray, b anyarray) RETURNS anyarray
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a || b $$;

-- multiset_union_distinct(collection, collection)
-- for: MULTISET UNION DISTINCT
CREATE OR REPLACE FUNCTION landfall.multiset_union_distinct(a anyarray, b anyarray) RETURNS anyarray
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.set(a || b) $$;

-- multiset_intersect(collection, collection)
-- for: MULTISET INTERSECT [ALL]: each value as often as in the collection that has it less often (SQL Language Reference 19c, MULTISET INTERSECT)
CREATE OR REPLACE FUNCTION landfall.multiset_intersect(a anyarray, b anyarray) RETURNS anyarray
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(pg_catalog.array_agg(e ORDER BY i), a[1:0])
  FROM (SELECT e, i, pg_catalog.row_number() OVER (PARTITION BY e ORDER BY i) AS k FROM pg_catalog.unnest(a) WITH ORDINALITY AS u(e, i)) AS x
  WHERE k <= (SELECT pg_catalog.count(*) FROM pg_catalog.unnest(b) AS f WHERE f IS NOT DISTINCT FROM e) $$;

-- multiset_intersect_distinct(collection, collection)
-- for: MULTISET INTERSECT DISTINCT
CREATE OR REPLACE FUNCTION landfall.multiset_intersect_distinct(a anyarray, b anyarray) RETURNS anyarray
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.set(landfall.multiset_intersect(a, b)) $$;

-- multiset_except(collection, collection)
-- for: MULTISET EXCEPT [ALL]: each value as many times as the first has it more often (SQL Language Reference 19c, MULTISET EXCEPT)
CREATE OR REPLACE FUNCTION landfall.multiset_except(a anyarray, b anyarray) RETURNS anyarray
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(pg_catalog.array_agg(e ORDER BY i), a[1:0])
  FROM (SELECT e, i, pg_catalog.row_number() OVER (PARTITION BY e ORDER BY i) AS k FROM pg_catalog.unnest(a) WITH ORDINALITY AS u(e, i)) AS x
  WHERE k > (SELECT pg_catalog.count(*) FROM pg_catalog.unnest(b) AS f WHERE f IS NOT DISTINCT FROM e) $$;

-- multiset_except_distinct(collection, collection)
-- for: MULTISET EXCEPT DISTINCT: the values of the first that the second has not at all
CREATE OR REPLACE FUNCTION landfall.multiset_except_distinct(a anyarray, b anyarray) RETURNS anyarray
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(pg_catalog.array_agg(e ORDER BY i), a[1:0])
  FROM (SELECT e, pg_catalog.min(i) AS i FROM pg_catalog.unnest(a) WITH ORDINALITY AS u(e, i) GROUP BY e) AS x
  WHERE NOT EXISTS (SELECT FROM pg_catalog.unnest(b) AS f WHERE f IS NOT DISTINCT FROM e) $$;

-- multiset_equal(collection, collection)
-- for: c1 = c2 of nested tables: the same values equally often, in any order (SQL Language Reference 19c, Comparison Conditions)
CREATE OR REPLACE FUNCTION landfall.multiset_equal(a anyarray, b anyarray) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.cardinality(a) = pg_catalog.cardinality(b) AND pg_catalog.cardinality(landfall.multiset_except(a, b)) = 0 $$;

-- member(element, collection)
-- for: e MEMBER OF c: NULL when either is (SQL Language Reference 19c, MEMBER Condition)
CREATE OR REPLACE FUNCTION landfall.member(e anyelement, a anyarray) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT e = ANY (a) $$;

-- submultiset(collection, collection)
-- for: c1 SUBMULTISET OF c2 (SQL Language Reference 19c, SUBMULTISET Condition)
CREATE OR REPLACE FUNCTION landfall.submultiset(a anyarray, b anyarray) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.cardinality(landfall.multiset_except(a, b)) = 0 $$;

-- cardinality(collection)
-- for: CARDINALITY: NULL for an uninitialized collection (SQL Language Reference 19c, CARDINALITY)
-- note: PostgreSQL's own gives the same; this one is for search paths that hide it.
CREATE OR REPLACE FUNCTION landfall.cardinality(a anyarray) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.cardinality(a) $$;

-- is_a_set(collection)
-- for: c IS A SET: no value twice (SQL Language Reference 19c, IS A SET Condition)
CREATE OR REPLACE FUNCTION landfall.is_a_set(a anyarray) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.cardinality(a) = pg_catalog.cardinality(landfall.set(a)) $$;

-- is_empty(collection)
-- for: c IS EMPTY: NULL for an uninitialized collection (SQL Language Reference 19c, IS EMPTY Condition)
CREATE OR REPLACE FUNCTION landfall.is_empty(a anyarray) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.cardinality(a) = 0 $$;

-- at(collection, subscript)
-- for: c(i) where c(i) is set: c[landfall.at(c, i)] := x. The subscript itself, when there is such an element
-- note: Raises what elem raises: an array of PostgreSQL would grow.
CREATE OR REPLACE FUNCTION landfall.at(a anyarray, i integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF i BETWEEN 1 AND pg_catalog.cardinality(a) THEN
    RETURN i;
  END IF;
  PERFORM landfall._elem_error(a, i);
  RETURN i;
END $$;

-- within(collection, limit)
-- for: EXTEND of a varray: the collection itself, when it has no more elements than the limit
-- note: Raises SUBSCRIPT_OUTSIDE_LIMIT (ORA-06532).
CREATE OR REPLACE FUNCTION landfall.within(a anyarray, i integer) RETURNS anyarray
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF pg_catalog.cardinality(a) > i THEN
    RAISE EXCEPTION 'ORA-06532: Subscript outside of limit' USING ERRCODE = landfall.sqlstate(-6532);
  END IF;
  RETURN a;
END $$;
