-- Members of supplied packages that nothing stands for.

-- no_counterpart(code, member, arguments [, result])
-- for: a call of a member of a supplied package that neither PostgreSQL, orafce nor this schema has: it raises SQLSTATE LFREF
-- with the code of the finding that the conversion gave at this place
-- note: The arguments are computed, as in the call. The last one only tells of which type the result is in the expression around it.
CREATE OR REPLACE FUNCTION landfall.no_counterpart(code text, member text, arguments jsonb) RETURNS text
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE EXCEPTION '%: % has no counterpart', code, member USING ERRCODE = 'LFREF', DETAIL = 'Arguments: ' || coalesce(arguments::text, 'NULL');
END $$;
CREATE OR REPLACE FUNCTION landfall.no_counterpart(code text, member text, arguments jsonb, result anyelement) RETURNS anyelement
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RAISE EXCEPTION '%: % has no counterpart', code, member USING ERRCODE = 'LFREF', DETAIL = 'Arguments: ' || coalesce(arguments::text, 'NULL');
END $$;
