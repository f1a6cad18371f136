-- Cursors inside of queries. SQL Language Reference 19c, CURSOR Expressions.

-- cursor_for(query)
-- for: CURSOR(query) as a column or an argument: a cursor of its own for every row, open until the transaction ends
CREATE OR REPLACE FUNCTION landfall.cursor_for(query text) RETURNS refcursor
LANGUAGE plpgsql AS $$
DECLARE
  c refcursor;
BEGIN
  OPEN c FOR EXECUTE query;
  RETURN c;
END $$;
