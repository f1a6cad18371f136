-- Error numbers and texts. PL/SQL Language Reference 19c, PL/SQL Error Handling.

-- _base36(number)
-- for: SQLSTATEs of numbers without a counterpart: 'O' and four digits in base 36
CREATE OR REPLACE FUNCTION landfall._base36(n integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.string_agg(pg_catalog.substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', n / p % 36 + 1, 1), '' ORDER BY p DESC)
  FROM (VALUES (46656), (1296), (36), (1)) AS d(p) $$;

-- sqlstate(number)
-- for: EXCEPTION_INIT and error numbers that are known only when the code runs
-- note: Takes -1422, 1422, 100 and -20001 alike. -20nnn is '45nnn'; numbers without a counterpart are 'O' and four digits in base 36.
CREATE OR REPLACE FUNCTION landfall.sqlstate(code integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE
    WHEN code = 100 THEN 'P0002'
    WHEN pg_catalog.abs(code) BETWEEN 20000 AND 20999 THEN '45' || pg_catalog.lpad((pg_catalog.abs(code) - 20000)::text, 3, '0')
    ELSE coalesce(landfall._state_of_ora(pg_catalog.abs(code)), 'O' || landfall._base36(pg_catalog.abs(code)))
  END $$;

-- sqlcode(sqlstate [, message])
-- for: SQLCODE in a handler: sqlcode(SQLSTATE, SQLERRM), or sqlcode(SQLSTATE) (PL/SQL Language Reference 19c, SQLCODE Function)
-- note: An exception of the user's own (SQLSTATE LFxxx) is 1. An SQLSTATE that means nothing in Oracle is -6599.
-- note: A third argument 'PL/SQL' tells that text is made a number outside of SQL only, which is -6502 there and -1722 in SQL.
-- note: With the message it is exact where several numbers share an SQLSTATE: functions of this schema begin their messages with "ORA-nnnnn:", a foreign key's message tells -2291 from -2292, and that of an integer -1426 from -6502 (English lc_messages).
CREATE OR REPLACE FUNCTION landfall.sqlcode(state text) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  n integer;
BEGIN
  IF state IS NULL OR state = '00000' THEN
    RETURN 0;
  END IF;
  n := landfall._ora_of_state(state);
  IF n = 1403 THEN
    RETURN 100;
  ELSIF n IS NOT NULL THEN
    RETURN -n;
  ELSIF state ~ '^45[0-9]{3}$' THEN
    RETURN -20000 - pg_catalog.substr(state, 3)::integer;
  ELSIF state ~ '^O[0-9A-Z]{4}$' THEN
    n := 0;
    FOR i IN 2 .. 5 LOOP
      n := n * 36 + pg_catalog.strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', pg_catalog.substr(state, i, 1)) - 1;
    END LOOP;
    RETURN -n;
  ELSIF state LIKE 'LF%' THEN
    RETURN 1;
  END IF;
  RETURN -6599;
END $$;
CREATE OR REPLACE FUNCTION landfall.sqlcode(state text, message text) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  n text;
BEGIN
  IF state LIKE 'LF%' AND state <> 'LFREF' OR state LIKE '45%' THEN
    RETURN landfall.sqlcode(state);
  END IF;
  n := pg_catalog.substring(message, '^ORA-([0-9]{5}): ');
  IF n = '01403' THEN
    RETURN 100;
  ELSIF n IS NOT NULL THEN
    RETURN -n::integer;
  ELSIF state = '23503' AND message LIKE 'update or delete on table%' THEN
    RETURN -2292;
  ELSIF state = '22003' AND message IN ('integer out of range', 'bigint out of range', 'smallint out of range', 'value overflows numeric format') THEN
    RETURN -1426;
  END IF;
  RETURN landfall.sqlcode(state);
END $$;
CREATE OR REPLACE FUNCTION landfall.sqlcode(state text, message text, place text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN state = '22P02' AND place = 'PL/SQL' THEN -6502 ELSE landfall.sqlcode(state, message) END $$;

-- sqlerrm(sqlstate, message), sqlerrm(number)
-- for: SQLERRM in a handler: sqlerrm(SQLSTATE, SQLERRM); SQLERRM(n) (PL/SQL Language Reference 19c, SQLERRM Function)
-- note: Constraint names are taken from PostgreSQL's message. Where Oracle has no text of its own to add, PostgreSQL's message follows Oracle's.
-- note: An SQLSTATE that means nothing in Oracle gives "ORA-06599: PostgreSQL <sqlstate>: <message>".
CREATE OR REPLACE FUNCTION landfall.sqlerrm(state text, message text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  code integer := landfall.sqlcode(state, message);
  name text;
BEGIN
  IF code = 0 THEN
    RETURN 'ORA-0000: normal, successful completion';
  ELSIF message LIKE 'ORA-_____: %' THEN
    RETURN message;
  ELSIF code = 1 THEN
    RETURN 'User-Defined Exception';
  ELSIF code BETWEEN -20999 AND -20000 THEN
    RETURN pg_catalog.concat('ORA', code, ': ', message);
  ELSIF code = 100 THEN
    RETURN 'ORA-01403: no data found';
  ELSIF code IN (-1422, -1476, -6511, -6592, -6533) THEN
    RETURN landfall.sqlerrm(code);
  ELSIF code = -6599 THEN
    RETURN pg_catalog.concat('ORA-06599: PostgreSQL ', state, ': ', message);
  END IF;
  -- the texts that Oracle adds, where the SQLSTATE tells them
  IF code = -6502 AND state IN ('22001', '22003') THEN
    RETURN landfall.sqlerrm(code) || CASE state WHEN '22001' THEN ': character string buffer too small' ELSE ': number precision too large' END;
  ELSIF code = -1722 THEN
    RETURN landfall.sqlerrm(code);
  END IF;
  name := pg_catalog.upper(pg_catalog.substring(message, 'constraint "([^"]+)"'));
  IF name IS NOT NULL AND code IN (-1, -2290, -2291, -2292) THEN
    RETURN pg_catalog.replace(landfall.sqlerrm(code), '(.)', '(' || name || ')');
  END IF;
  name := pg_catalog.upper(pg_catalog.substring(message, 'column "([^"]+)"'));
  IF name IS NOT NULL AND code = -1400 THEN
    RETURN 'ORA-01400: cannot insert NULL into ("'
      || coalesce(pg_catalog.upper(pg_catalog.substring(message, 'relation "([^"]+)"')) || '"."', '') || name || '")';
  END IF;
  RETURN pg_catalog.concat(landfall.sqlerrm(code), ': ' || nullif(message, ''));
END $$;
CREATE OR REPLACE FUNCTION landfall.sqlerrm(code integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF code IS NULL THEN
    RETURN NULL;
  ELSIF code = 0 THEN
    RETURN 'ORA-0000: normal, successful completion';
  ELSIF code = 1 THEN
    RETURN 'User-Defined Exception';
  ELSIF code = 100 THEN
    RETURN 'ORA-01403: no data found';
  ELSIF code > 0 THEN
    RETURN ' -' || code || ': non-ORACLE exception ';
  ELSIF code BETWEEN -20999 AND -20000 THEN
    RETURN 'ORA' || code || ': ';
  END IF;
  RETURN 'ORA-' || pg_catalog.lpad((-code)::text, 5, '0') || ': '
    || coalesce(landfall._ora_text(-code), 'Message ' || -code || ' not found;  product=RDBMS; facility=ORA');
END $$;
CREATE OR REPLACE FUNCTION landfall.sqlerrm(state text, message text, place text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN state = '22P02' AND place = 'PL/SQL' THEN landfall.sqlerrm(-6502) || ': character to number conversion error' ELSE landfall.sqlerrm(state, message) END $$;

-- raise_application_error(number, message [, keep_errors])
-- for: RAISE_APPLICATION_ERROR; CALL it (PL/SQL Language Reference 19c, RAISE_APPLICATION_ERROR Procedure)
-- note: keep_errors has no effect: PostgreSQL keeps the context of the error that is handled.
CREATE OR REPLACE PROCEDURE landfall.raise_application_error(code integer, message text, keep_errors boolean DEFAULT false)
LANGUAGE plpgsql AS $$
BEGIN
  IF code IS NULL OR code NOT BETWEEN -20999 AND -20000 THEN
    RAISE EXCEPTION 'ORA-21000: error number argument to raise_application_error of % is out of range', coalesce(code::text, 'NULL')
      USING ERRCODE = landfall.sqlstate(-21000);
  END IF;
  RAISE EXCEPTION USING MESSAGE = coalesce(message, ' '), ERRCODE = landfall.sqlstate(code);
END $$;

-- _raise(number, detail)
-- for: raising an error of Oracle's from expressions: its text, then detail
CREATE OR REPLACE FUNCTION landfall._raise(code integer, detail text) RETURNS boolean
LANGUAGE plpgsql PARALLEL SAFE AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = pg_catalog.concat(landfall.sqlerrm(-pg_catalog.abs(code)), ': ' || detail), ERRCODE = landfall.sqlstate(code);
END $$;
