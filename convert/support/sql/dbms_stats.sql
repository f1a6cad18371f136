-- DBMS_STATS as ANALYZE; DBMS_SCHEDULER and DBMS_JOB through pg_cron. PL/SQL Packages and Types Reference 19c.

-- dbms_stats_gather_table_stats(ownname, tabname, ...)
-- for: DBMS_STATS.GATHER_TABLE_STATS: ANALYZE of the table or the partition
-- note: Names as in Oracle's dictionary: upper case is PostgreSQL's lower case. Sampling and histograms are PostgreSQL's affair: the other arguments have no effect.
CREATE OR REPLACE PROCEDURE landfall.dbms_stats_gather_table_stats(ownname text, tabname text, partname text DEFAULT NULL, estimate_percent numeric DEFAULT NULL, block_sample boolean DEFAULT false,
  method_opt text DEFAULT NULL, degree numeric DEFAULT NULL, granularity text DEFAULT NULL, "cascade" boolean DEFAULT NULL, stattab text DEFAULT NULL, statid text DEFAULT NULL,
  statown text DEFAULT NULL, no_invalidate boolean DEFAULT NULL, stattype text DEFAULT NULL, force boolean DEFAULT NULL)
LANGUAGE plpgsql AS $$
BEGIN
  IF tabname IS NULL THEN
    RAISE EXCEPTION 'ORA-20000: Unable to analyze TABLE "%"."%", insufficient privileges or does not exist', ownname, tabname USING ERRCODE = landfall.sqlstate(-20000);
  END IF;
  EXECUTE 'ANALYZE ' || coalesce(pg_catalog.quote_ident(landfall._postgres_name(ownname)) || '.', '') || pg_catalog.quote_ident(landfall._postgres_name(coalesce(partname, tabname)));
EXCEPTION WHEN undefined_table OR invalid_schema_name THEN
  RAISE EXCEPTION 'ORA-20000: Unable to analyze TABLE "%"."%", insufficient privileges or does not exist', ownname, coalesce(partname, tabname) USING ERRCODE = landfall.sqlstate(-20000);
END $$;

-- dbms_stats_gather_index_stats(ownname, indname, ...)
-- for: DBMS_STATS.GATHER_INDEX_STATS: ANALYZE of the index's table
CREATE OR REPLACE PROCEDURE landfall.dbms_stats_gather_index_stats(ownname text, indname text, partname text DEFAULT NULL, estimate_percent numeric DEFAULT NULL, stattab text DEFAULT NULL, statid text DEFAULT NULL,
  statown text DEFAULT NULL, degree numeric DEFAULT NULL, granularity text DEFAULT NULL, no_invalidate boolean DEFAULT NULL, force boolean DEFAULT NULL)
LANGUAGE plpgsql AS $$
DECLARE
  tab regclass := (SELECT i.indrelid::regclass FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relname = landfall._postgres_name(indname)
      AND CASE WHEN ownname IS NULL THEN pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname = landfall._postgres_name(ownname) END);
BEGIN
  IF tab IS NULL THEN
    RAISE EXCEPTION 'ORA-20000: Unable to analyze INDEX "%"."%", insufficient privileges or does not exist', ownname, indname USING ERRCODE = landfall.sqlstate(-20000);
  END IF;
  EXECUTE 'ANALYZE ' || tab;
END $$;

-- dbms_stats_gather_schema_stats(ownname, ...)
-- for: DBMS_STATS.GATHER_SCHEMA_STATS: ANALYZE of the schema's tables and materialized views
CREATE OR REPLACE PROCEDURE landfall.dbms_stats_gather_schema_stats(ownname text, estimate_percent numeric DEFAULT NULL, block_sample boolean DEFAULT false, method_opt text DEFAULT NULL, degree numeric DEFAULT NULL,
  granularity text DEFAULT NULL, "cascade" boolean DEFAULT NULL, stattab text DEFAULT NULL, statid text DEFAULT NULL, options text DEFAULT 'GATHER', statown text DEFAULT NULL,
  no_invalidate boolean DEFAULT NULL, force boolean DEFAULT NULL)
LANGUAGE plpgsql AS $$
DECLARE
  tab regclass;
BEGIN
  IF ownname IS NOT NULL AND NOT EXISTS (SELECT FROM pg_catalog.pg_namespace AS n WHERE n.nspname = landfall._postgres_name(ownname)) THEN
    RAISE EXCEPTION 'ORA-20000: Schema "%" does not exist or insufficient privileges', ownname USING ERRCODE = landfall.sqlstate(-20000);
  END IF;
  FOR tab IN SELECT c.oid FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname = coalesce(landfall._postgres_name(ownname), current_schema) ORDER BY c.relname
  LOOP
    EXECUTE 'ANALYZE ' || tab;
  END LOOP;
END $$;

-- dbms_stats_gather_database_stats()
-- for: DBMS_STATS.GATHER_DATABASE_STATS without arguments: ANALYZE
CREATE OR REPLACE PROCEDURE landfall.dbms_stats_gather_database_stats()
LANGUAGE plpgsql AS $$
BEGIN
  ANALYZE;
END $$;

-- cron_schedule(repeat_interval)
-- for: the calendar expressions of DBMS_SCHEDULER ('FREQ=DAILY;BYHOUR=2') and the intervals of DBMS_JOB ('TRUNC(SYSDATE)+1+2/24') as a schedule of pg_cron
-- note: What cron cannot say (INTERVALs that do not divide the hour, the day or the year, BYSETPOS, BYWEEKNO, weekdays by number) raises feature_not_supported. pg_cron runs by its own time zone, cron.timezone.
CREATE OR REPLACE FUNCTION landfall.cron_schedule(repeat_interval text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text := pg_catalog.upper(pg_catalog.regexp_replace(repeat_interval, '\s', '', 'g'));
  freq text := pg_catalog.substring(t, 'FREQ=([A-Z]+)');
  every integer := coalesce(pg_catalog.substring(t, '(?:^|;)INTERVAL=([0-9]+)')::integer, 1);
  minutes text := coalesce(pg_catalog.substring(t, 'BYMINUTE=([0-9,]+)'), '0');
  hours text := coalesce(pg_catalog.substring(t, 'BYHOUR=([0-9,]+)'), '0');
  monthdays text := pg_catalog.substring(t, 'BYMONTHDAY=([0-9,-]+)');
  months text := pg_catalog.substring(t, 'BYMONTH=([0-9A-Z,]+)');
  weekdays text := pg_catalog.substring(t, 'BYDAY=([A-Z0-9,-]+)');
  m text[];
  n numeric;
  fits boolean := true;
BEGIN
  IF freq IS NULL THEN
    -- intervals of DBMS_JOB that are a fixed time of day, or a part of a day
    m := pg_catalog.regexp_match(t, '^TRUNC\(SYSDATE(?:\+1)?\)(?:\+1)?(?:\+([0-9.]+)(?:/([0-9]+))?)?$');
    IF m IS NOT NULL AND t ~ '\+1(\)|\+|$)' THEN
      n := coalesce(m[1], '0')::numeric / coalesce(m[2], '1')::numeric * 1440;
      IF n = pg_catalog.round(n, 6) AND n < 1440 OR pg_catalog.abs(n - pg_catalog.round(n)) < 0.001 AND n < 1440 THEN
        RETURN (pg_catalog.round(n)::integer % 60) || ' ' || (pg_catalog.round(n)::integer / 60) || ' * * *';
      END IF;
    END IF;
    m := pg_catalog.regexp_match(t, '^SYSDATE\+([0-9.]+)(?:/([0-9*()]+))?$');
    IF m IS NOT NULL AND coalesce(m[2], '1') ~ '^\(?[0-9]+(\*[0-9]+)*\)?$' THEN
      n := m[1]::numeric * 1440;
      FOREACH freq IN ARRAY pg_catalog.string_to_array(pg_catalog.btrim(coalesce(m[2], '1'), '()'), '*') LOOP
        n := n / freq::numeric;
      END LOOP;
      n := pg_catalog.round(n, 4);
      IF n = 1440 THEN
        RETURN '0 0 * * *';
      ELSIF n = 10080 THEN
        RETURN '0 0 * * 0';
      ELSIF n >= 60 AND n = pg_catalog.round(n) AND pg_catalog.mod(n, 60) = 0 AND pg_catalog.mod(1440, n) = 0 THEN
        RETURN CASE WHEN n = 60 THEN '0 * * * *' ELSE '0 */' || pg_catalog.round(n / 60) || ' * * *' END;
      ELSIF n >= 1 AND n = pg_catalog.round(n) AND pg_catalog.mod(60, n) = 0 THEN
        RETURN CASE WHEN n = 1 THEN '* * * * *' ELSE '*/' || pg_catalog.round(n) || ' * * * *' END;
      END IF;
    END IF;
    RAISE EXCEPTION 'no cron schedule for "%"', repeat_interval USING ERRCODE = 'feature_not_supported';
  END IF;
  IF t ~ '(BYSETPOS|BYWEEKNO|BYYEARDAY|BYDATE|BYTIME|INCLUDE|EXCLUDE|INTERSECT|PERIODS)=' OR coalesce(weekdays, '') ~ '[0-9-]' OR coalesce(monthdays, '') ~ '(^|,)-' AND monthdays <> '-1'
    OR pg_catalog.substring(t, 'BYSECOND=([0-9,]+)') <> '0' THEN
    fits := false;
  END IF;
  months := pg_catalog.lower(months);
  weekdays := pg_catalog.replace(pg_catalog.lower(weekdays), ',', ',');
  CASE freq
    WHEN 'MINUTELY' THEN
      fits := fits AND 60 % every = 0 AND t !~ 'BYMINUTE';
      minutes := CASE WHEN every = 1 THEN '*' ELSE '*/' || every END;
      hours := coalesce(pg_catalog.substring(t, 'BYHOUR=([0-9,]+)'), '*');
    WHEN 'HOURLY' THEN
      fits := fits AND 24 % every = 0 AND t !~ 'BYHOUR';
      hours := CASE WHEN every = 1 THEN '*' ELSE '*/' || every END;
    WHEN 'DAILY' THEN
      fits := fits AND every = 1;
    WHEN 'WEEKLY' THEN
      fits := fits AND every = 1 AND weekdays IS NOT NULL;
    WHEN 'MONTHLY' THEN
      fits := fits AND every IN (1, 2, 3, 4, 6) AND (monthdays IS NOT NULL OR weekdays IS NOT NULL);
      months := coalesce(months, CASE WHEN every > 1 THEN '*/' || every END);
    WHEN 'YEARLY' THEN
      fits := fits AND every = 1 AND months IS NOT NULL AND monthdays IS NOT NULL;
    ELSE
      fits := false;
  END CASE;
  IF monthdays IS NOT NULL AND weekdays IS NOT NULL THEN -- cron takes either, Oracle both
    fits := false;
  END IF;
  IF NOT fits THEN
    RAISE EXCEPTION 'no cron schedule for "%"', repeat_interval USING ERRCODE = 'feature_not_supported';
  END IF;
  RETURN minutes || ' ' || hours || ' ' || coalesce(CASE WHEN monthdays = '-1' THEN '$' ELSE monthdays END, '*') || ' ' || coalesce(months, '*') || ' ' || coalesce(weekdays, '*');
END $$;

-- _cron(statement, argument, ...)
-- for: calls of pg_cron's functions; an error with the way to get it when it is absent
CREATE OR REPLACE FUNCTION landfall._cron(call text, VARIADIC args text[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  r bigint;
  done boolean;
BEGIN
  PERFORM landfall._extension('pg_cron');
  IF call = 'schedule' THEN
    EXECUTE 'SELECT cron.schedule($1, $2, $3)' INTO r USING args[1], args[2], args[3];
  ELSIF call = 'unschedule' THEN
    EXECUTE 'SELECT cron.unschedule($1)' INTO done USING args[1];
  ELSIF call = 'active' THEN
    EXECUTE 'SELECT cron.alter_job(job_id => jobid, active => $2::boolean) FROM cron.job WHERE jobname = $1' USING args[1], args[2];
  END IF;
  RETURN r;
END $$;

-- dbms_scheduler_create_job(job_name, job_type, job_action, ..., repeat_interval, ..., enabled, ...)
-- for: DBMS_SCHEDULER.CREATE_JOB with a repeat_interval
-- note: The action is run by pg_cron as it stands: it must be PostgreSQL's. A STORED_PROCEDURE is called without arguments. Jobs without an interval, programs, chains and EXECUTABLEs raise feature_not_supported; start_date and end_date have no effect.
-- needs: pg_cron
CREATE OR REPLACE PROCEDURE landfall.dbms_scheduler_create_job(job_name text, job_type text, job_action text, number_of_arguments integer DEFAULT 0, start_date timestamptz DEFAULT NULL,
  repeat_interval text DEFAULT NULL, end_date timestamptz DEFAULT NULL, job_class text DEFAULT NULL, enabled boolean DEFAULT false, auto_drop boolean DEFAULT true, comments text DEFAULT NULL)
LANGUAGE plpgsql AS $$
DECLARE
  command text;
BEGIN
  IF repeat_interval IS NULL OR number_of_arguments > 0 OR pg_catalog.upper(job_type) NOT IN ('PLSQL_BLOCK', 'STORED_PROCEDURE') THEN
    RAISE EXCEPTION 'DBMS_SCHEDULER job % cannot be run by pg_cron: it takes statements and procedures without arguments, with an interval', job_name USING ERRCODE = 'feature_not_supported';
  END IF;
  command := CASE pg_catalog.upper(job_type) WHEN 'STORED_PROCEDURE' THEN 'CALL ' || job_action || '()'
    ELSE 'DO ' || pg_catalog.quote_literal(job_action) END;
  PERFORM landfall._cron('schedule', job_name, landfall.cron_schedule(repeat_interval), command);
  IF NOT enabled THEN
    PERFORM landfall._cron('active', job_name, 'false');
  END IF;
END $$;

-- dbms_scheduler_drop_job(job_name [, force])
-- for: DBMS_SCHEDULER.DROP_JOB
-- needs: pg_cron
CREATE OR REPLACE PROCEDURE landfall.dbms_scheduler_drop_job(job_name text, force boolean DEFAULT false)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM landfall._cron('unschedule', job_name);
END $$;

-- dbms_scheduler_enable(name)
-- for: DBMS_SCHEDULER.ENABLE of a job
-- needs: pg_cron
CREATE OR REPLACE PROCEDURE landfall.dbms_scheduler_enable(name text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM landfall._cron('active', name, 'true');
END $$;

-- dbms_scheduler_disable(name [, force])
-- for: DBMS_SCHEDULER.DISABLE of a job
-- needs: pg_cron
CREATE OR REPLACE PROCEDURE landfall.dbms_scheduler_disable(name text, force boolean DEFAULT false)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM landfall._cron('active', name, 'false');
END $$;

-- dbms_job_submit(job, what [, next_date [, interval [, no_parse]]])
-- for: DBMS_JOB.SUBMIT with an interval
-- note: The text is run by pg_cron in a DO block: it must be PostgreSQL's. A job without an interval, which runs once, raises feature_not_supported; next_date has no effect.
-- needs: pg_cron
CREATE OR REPLACE PROCEDURE landfall.dbms_job_submit(INOUT job bigint, what text, next_date timestamp DEFAULT NULL, "interval" text DEFAULT NULL, no_parse boolean DEFAULT false)
LANGUAGE plpgsql AS $$
BEGIN
  IF "interval" IS NULL THEN
    RAISE EXCEPTION 'DBMS_JOB without an interval cannot be run by pg_cron' USING ERRCODE = 'feature_not_supported';
  END IF;
  job := landfall._cron('schedule', 'job_' || pg_catalog.md5(what || "interval"), landfall.cron_schedule("interval"), 'DO ' || pg_catalog.quote_literal('BEGIN ' || what || ' END'));
END $$;
