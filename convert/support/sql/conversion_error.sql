-- Conversions that give a value instead of an error. SQL Language Reference 19c, DEFAULT ... ON CONVERSION ERROR.

-- to_number_or(text, default [, format [, nls_parameters]])
-- for: TO_NUMBER(x DEFAULT d ON CONVERSION ERROR [, fmt [, nls]]) and CAST(x AS NUMBER DEFAULT d ON CONVERSION ERROR) (SQL Language Reference 19c, TO_NUMBER)
CREATE OR REPLACE FUNCTION landfall.to_number_or(t text, otherwise numeric, fmt text DEFAULT NULL, nls text DEFAULT NULL) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF fmt IS NULL THEN
    RETURN landfall.to_number(t);
  ELSIF nls IS NULL THEN
    RETURN landfall.to_number(t, fmt);
  END IF;
  RETURN landfall.to_number(t, fmt, nls);
EXCEPTION WHEN OTHERS THEN
  RETURN otherwise;
END $$;

-- to_date_or(text, default, format)
-- for: TO_DATE(x DEFAULT d ON CONVERSION ERROR, fmt); the default is text in the same format (SQL Language Reference 19c, TO_DATE)
CREATE OR REPLACE FUNCTION landfall.to_date_or(t text, otherwise text, fmt text) RETURNS timestamp(0)
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN landfall.to_date(t, fmt);
EXCEPTION WHEN OTHERS THEN
  RETURN landfall.to_date(otherwise, fmt);
END $$;

-- to_timestamp_or(text, default, format)
-- for: TO_TIMESTAMP(x DEFAULT d ON CONVERSION ERROR, fmt); the default is text in the same format (SQL Language Reference 19c, TO_TIMESTAMP)
CREATE OR REPLACE FUNCTION landfall.to_timestamp_or(t text, otherwise text, fmt text) RETURNS timestamp
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  RETURN landfall.to_timestamp(t, fmt);
EXCEPTION WHEN OTHERS THEN
  RETURN landfall.to_timestamp(otherwise, fmt);
END $$;

-- is_number(text [, format])
-- for: VALIDATE_CONVERSION(x AS NUMBER [, fmt]): 1 for what TO_NUMBER reads, and for NULL (SQL Language Reference 19c, VALIDATE_CONVERSION)
CREATE OR REPLACE FUNCTION landfall.is_number(t text, fmt text DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF fmt IS NULL THEN
    PERFORM landfall.to_number(t);
  ELSE
    PERFORM landfall.to_number(t, fmt);
  END IF;
  RETURN 1;
EXCEPTION WHEN OTHERS THEN
  RETURN 0;
END $$;

-- is_date(text, format)
-- for: VALIDATE_CONVERSION(x AS DATE, fmt): 1 for what TO_DATE reads, and for NULL (SQL Language Reference 19c, VALIDATE_CONVERSION)
CREATE OR REPLACE FUNCTION landfall.is_date(t text, fmt text) RETURNS integer
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  PERFORM landfall.to_date(t, fmt);
  RETURN 1;
EXCEPTION WHEN OTHERS THEN
  RETURN 0;
END $$;
