-- DBMS_LOCK and sleeping, on advisory locks. PL/SQL Packages and Types Reference 19c, DBMS_LOCK, DBMS_SESSION.

-- dbms_lock_sleep(seconds)
-- for: DBMS_LOCK.SLEEP
CREATE OR REPLACE PROCEDURE landfall.dbms_lock_sleep(seconds numeric)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_catalog.pg_sleep(greatest(seconds, 0)::double precision);
END $$;

-- dbms_session_sleep(seconds)
-- for: DBMS_SESSION.SLEEP
CREATE OR REPLACE PROCEDURE landfall.dbms_session_sleep(seconds numeric)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_catalog.pg_sleep(greatest(seconds, 0)::double precision);
END $$;

-- dbms_lock_allocate_unique(lockname, lockhandle [, expiration_secs])
-- for: DBMS_LOCK.ALLOCATE_UNIQUE: a handle for a name, the same in every session
-- note: The handle is a number made of the name, in Oracle's range; nothing is stored and nothing expires, and it does not commit.
CREATE OR REPLACE PROCEDURE landfall.dbms_lock_allocate_unique(lockname text, INOUT lockhandle text, expiration_secs integer DEFAULT 864000)
LANGUAGE plpgsql AS $$
BEGIN
  IF lockname IS NULL THEN
    RAISE EXCEPTION 'ORA-20001: lock name is NULL' USING ERRCODE = landfall.sqlstate(-20001);
  END IF;
  lockhandle := 1073741824 + pg_catalog.abs(pg_catalog.hashtextextended(lockname, 0) % 926258176);
END $$;

-- _lock_id(handle)
-- for: DBMS_LOCK: number of a lock; NULL for what is no handle
CREATE OR REPLACE FUNCTION landfall._lock_id(handle text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CASE WHEN handle ~ '^[0-9]{1,10}$' AND handle::bigint <= 1999999999 THEN handle::integer END $$;

-- _lock_held(id)
-- for: DBMS_LOCK: whether this session holds the lock
-- note: One that is released before its transaction ends counts as free: lf.lock_freed has the ids of those.
CREATE OR REPLACE FUNCTION landfall._lock_held(id integer) RETURNS boolean
LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (SELECT FROM pg_catalog.pg_locks AS l WHERE l.locktype = 'advisory' AND l.pid = pg_catalog.pg_backend_pid() AND l.granted
    AND l.classid = 19526 AND l.objid = id::oid AND l.objsubid = 2
    AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database()))
    AND pg_catalog.strpos(coalesce(pg_catalog.current_setting('lf.lock_freed', true), ''), '[' || id || ']') = 0 $$;

-- dbms_lock_request(id or lockhandle [, lockmode [, timeout [, release_on_commit]]])
-- for: DBMS_LOCK.REQUEST: 0 success, 1 timeout, 2 deadlock, 3 parameter error, 4 already held, 5 illegal handle
-- note: An advisory lock of the class 19526. Modes S (4) and SS (2) are shared, X (6) and SSX (5) exclusive; SX (3) and NL (1) raise feature_not_supported. Changing the mode (CONVERT) is not there.
CREATE OR REPLACE FUNCTION landfall.dbms_lock_request(lockhandle text, lockmode integer DEFAULT 6, timeout numeric DEFAULT 32767, release_on_commit boolean DEFAULT false) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  id integer := landfall._lock_id(lockhandle);
  shared boolean := lockmode IN (2, 4);
  before text := pg_catalog.current_setting('lock_timeout');
  r integer := 0;
BEGIN
  IF id IS NULL THEN
    RETURN 5;
  ELSIF lockmode IS NULL OR lockmode NOT BETWEEN 1 AND 6 OR timeout IS NULL OR timeout < 0 THEN
    RETURN 3;
  ELSIF lockmode IN (1, 3) THEN
    RAISE EXCEPTION 'DBMS_LOCK mode % has no counterpart among advisory locks', lockmode USING ERRCODE = 'feature_not_supported';
  ELSIF landfall._lock_held(id) THEN
    RETURN 4;
  END IF;
  PERFORM pg_catalog.set_config('lf.lock_freed', pg_catalog.replace(coalesce(pg_catalog.current_setting('lf.lock_freed', true), ''), '[' || id || ']', ''), true),
    pg_catalog.set_config('lf.lock_xact', coalesce(pg_catalog.current_setting('lf.lock_xact', true), '') || '[' || id || ']', true) WHERE release_on_commit;
  IF timeout = 0 THEN
    RETURN CASE WHEN CASE
      WHEN shared AND release_on_commit THEN pg_catalog.pg_try_advisory_xact_lock_shared(19526, id)
      WHEN shared THEN pg_catalog.pg_try_advisory_lock_shared(19526, id)
      WHEN release_on_commit THEN pg_catalog.pg_try_advisory_xact_lock(19526, id)
      ELSE pg_catalog.pg_try_advisory_lock(19526, id) END THEN 0 ELSE 1 END;
  END IF;
  BEGIN
    PERFORM pg_catalog.set_config('lock_timeout', CASE WHEN timeout >= 32767 THEN '0' ELSE pg_catalog.ceil(timeout * 1000)::text END, true);
    IF shared AND release_on_commit THEN
      PERFORM pg_catalog.pg_advisory_xact_lock_shared(19526, id);
    ELSIF shared THEN
      PERFORM pg_catalog.pg_advisory_lock_shared(19526, id);
    ELSIF release_on_commit THEN
      PERFORM pg_catalog.pg_advisory_xact_lock(19526, id);
    ELSE
      PERFORM pg_catalog.pg_advisory_lock(19526, id);
    END IF;
    PERFORM pg_catalog.set_config('lock_timeout', before, true);
  EXCEPTION
    WHEN lock_not_available THEN r := 1;
    WHEN deadlock_detected THEN r := 2;
  END;
  RETURN r;
END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_lock_request(id integer, lockmode integer DEFAULT 6, timeout numeric DEFAULT 32767, release_on_commit boolean DEFAULT false) RETURNS integer
LANGUAGE sql VOLATILE AS $$ SELECT landfall.dbms_lock_request(id::text, lockmode, timeout, release_on_commit) $$;

-- dbms_lock_release(id or lockhandle)
-- for: DBMS_LOCK.RELEASE: 0 success, 4 not held, 5 illegal handle
-- note: A lock that was requested with release_on_commit is free for other sessions at the end of the transaction only.
CREATE OR REPLACE FUNCTION landfall.dbms_lock_release(lockhandle text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  id integer := landfall._lock_id(lockhandle);
BEGIN
  IF id IS NULL THEN
    RETURN 5;
  ELSIF NOT landfall._lock_held(id) THEN
    RETURN 4;
  ELSIF pg_catalog.strpos(coalesce(pg_catalog.current_setting('lf.lock_xact', true), ''), '[' || id || ']') > 0 THEN
    PERFORM pg_catalog.set_config('lf.lock_freed', coalesce(pg_catalog.current_setting('lf.lock_freed', true), '') || '[' || id || ']', true),
      pg_catalog.set_config('lf.lock_xact', pg_catalog.replace(pg_catalog.current_setting('lf.lock_xact', true), '[' || id || ']', ''), true);
    RETURN 0;
  END IF;
  RETURN CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_locks AS l WHERE l.locktype = 'advisory' AND l.pid = pg_catalog.pg_backend_pid()
      AND l.classid = 19526 AND l.objid = id::oid AND l.mode = 'ShareLock')
    THEN CASE WHEN pg_catalog.pg_advisory_unlock_shared(19526, id) THEN 0 ELSE 4 END
    ELSE CASE WHEN pg_catalog.pg_advisory_unlock(19526, id) THEN 0 ELSE 4 END END;
END $$;
CREATE OR REPLACE FUNCTION landfall.dbms_lock_release(id integer) RETURNS integer
LANGUAGE sql VOLATILE AS $$ SELECT landfall.dbms_lock_release(id::text) $$;
