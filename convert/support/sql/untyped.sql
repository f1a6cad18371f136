-- Operators whose meaning hangs on the types of their operands, for operands whose types only the running code knows:
-- columns of tables that the source does not have. PostgreSQL chooses the overload when it reads the call, as it chooses an
-- operator. There are none for double precision: they would take integers too, and compute with 15 digits.

-- plus(a, b)
-- for: a + b of numbers, a date and a number of days, texts that hold numbers, intervals (SQL Language Reference 19c, Datetime/Interval Arithmetic)
CREATE OR REPLACE FUNCTION landfall.plus(a numeric, b numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a + b $$;
CREATE OR REPLACE FUNCTION landfall.plus(a timestamp, b numeric) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_add(a, b) $$;
CREATE OR REPLACE FUNCTION landfall.plus(a numeric, b timestamp) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_add(b, a) $$;
CREATE OR REPLACE FUNCTION landfall.plus(a timestamptz, b numeric) RETURNS timestamp
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_add(a::timestamp, b) $$;
CREATE OR REPLACE FUNCTION landfall.plus(a numeric, b timestamptz) RETURNS timestamp
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_add(b::timestamp, a) $$;
CREATE OR REPLACE FUNCTION landfall.plus(a date, b numeric) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_add(a::timestamp, b) $$;
CREATE OR REPLACE FUNCTION landfall.plus(a numeric, b date) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_add(b::timestamp, a) $$;
CREATE OR REPLACE FUNCTION landfall.plus(a timestamp, b interval) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a + b $$;
CREATE OR REPLACE FUNCTION landfall.plus(a interval, b timestamp) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a + b $$;
CREATE OR REPLACE FUNCTION landfall.plus(a timestamptz, b interval) RETURNS timestamptz
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT a + b $$;
CREATE OR REPLACE FUNCTION landfall.plus(a date, b interval) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a + b $$;
CREATE OR REPLACE FUNCTION landfall.plus(a interval, b interval) RETURNS interval
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a + b $$;
CREATE OR REPLACE FUNCTION landfall.plus(a text, b text) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_number(a) + landfall.to_number(b) $$;
CREATE OR REPLACE FUNCTION landfall.plus(a text, b numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_number(a) + b $$;
CREATE OR REPLACE FUNCTION landfall.plus(a numeric, b text) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a + landfall.to_number(b) $$;
CREATE OR REPLACE FUNCTION landfall.plus(a timestamp, b text) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_add(a, landfall.to_number(b)) $$;

-- minus(a, b)
-- for: a - b of numbers, two dates (the days between), a date and a number of days, texts that hold numbers, intervals (SQL Language Reference 19c, Datetime/Interval Arithmetic)
-- note: timestamp stands for DATE here: of two columns of type TIMESTAMP Oracle's difference is an interval, which is PostgreSQL's own minus.
CREATE OR REPLACE FUNCTION landfall.minus(a numeric, b numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a - b $$;
CREATE OR REPLACE FUNCTION landfall.minus(a timestamp, b timestamp) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_diff(a, b) $$;
CREATE OR REPLACE FUNCTION landfall.minus(a date, b date) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT (a - b)::numeric $$;
CREATE OR REPLACE FUNCTION landfall.minus(a timestamp, b date) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_diff(a, b::timestamp) $$;
CREATE OR REPLACE FUNCTION landfall.minus(a date, b timestamp) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_diff(a::timestamp, b) $$;
CREATE OR REPLACE FUNCTION landfall.minus(a timestamptz, b timestamptz) RETURNS interval
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a - b $$;
CREATE OR REPLACE FUNCTION landfall.minus(a timestamp, b numeric) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_add(a, -b) $$;
CREATE OR REPLACE FUNCTION landfall.minus(a timestamptz, b numeric) RETURNS timestamp
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_add(a::timestamp, -b) $$;
CREATE OR REPLACE FUNCTION landfall.minus(a date, b numeric) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_add(a::timestamp, -b) $$;
CREATE OR REPLACE FUNCTION landfall.minus(a timestamp, b interval) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a - b $$;
CREATE OR REPLACE FUNCTION landfall.minus(a timestamptz, b interval) RETURNS timestamptz
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT a - b $$;
CREATE OR REPLACE FUNCTION landfall.minus(a date, b interval) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a - b $$;
CREATE OR REPLACE FUNCTION landfall.minus(a interval, b interval) RETURNS interval
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a - b $$;
CREATE OR REPLACE FUNCTION landfall.minus(a text, b text) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_number(a) - landfall.to_number(b) $$;
CREATE OR REPLACE FUNCTION landfall.minus(a text, b numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_number(a) - b $$;
CREATE OR REPLACE FUNCTION landfall.minus(a numeric, b text) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT a - landfall.to_number(b) $$;
CREATE OR REPLACE FUNCTION landfall.minus(a timestamp, b text) RETURNS timestamp
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_add(a, -landfall.to_number(b)) $$;

-- to_text(value)
-- for: a value as text, as Oracle's implicit conversion writes it: a number without zeros at its end, a date by NLS_DATE_FORMAT, a CHAR with all its blanks (SQL Language Reference 19c, Data Conversion)
-- note: A date is written by the setting landfall.nls_date_format, whose default is DD-MON-RR. double precision is taken for a NUMBER.
CREATE OR REPLACE FUNCTION landfall.to_text(t text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT t $$;
CREATE OR REPLACE FUNCTION landfall.to_text(c bpchar) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.concat(c) $$;
CREATE OR REPLACE FUNCTION landfall.to_text(n numeric) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(n) $$;
CREATE OR REPLACE FUNCTION landfall.to_text(n bigint) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT n::text $$;
CREATE OR REPLACE FUNCTION landfall.to_text(n integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT n::text $$;
CREATE OR REPLACE FUNCTION landfall.to_text(n smallint) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT n::text $$;
CREATE OR REPLACE FUNCTION landfall.to_text(n double precision) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(n::numeric) $$;
CREATE OR REPLACE FUNCTION landfall.to_text(n real) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(n::numeric) $$;
CREATE OR REPLACE FUNCTION landfall.to_text(d timestamp) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(d) $$;
CREATE OR REPLACE FUNCTION landfall.to_text(d timestamptz) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(d) $$;
CREATE OR REPLACE FUNCTION landfall.to_text(d date) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(d::timestamp) $$;
CREATE OR REPLACE FUNCTION landfall.to_text(i interval) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(i) $$;
CREATE OR REPLACE FUNCTION landfall.to_text(b bytea) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.upper(pg_catalog.encode(b, 'hex')) $$;
CREATE OR REPLACE FUNCTION landfall.to_text(x xml) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT x::text $$;
CREATE OR REPLACE FUNCTION landfall.to_text(j json) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT j::text $$;
CREATE OR REPLACE FUNCTION landfall.to_text(j jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT j::text $$;
CREATE OR REPLACE FUNCTION landfall.to_text(u uuid) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.upper(pg_catalog.replace(u::text, '-', '')) $$;
CREATE OR REPLACE FUNCTION landfall.to_text(b boolean) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CASE WHEN b THEN 'TRUE' ELSE 'FALSE' END $$;

-- distance_key(value)
-- for: the place of a number or a date on a scale of numbers, for windows of a RANGE that reaches n PRECEDING or FOLLOWING: a date's is its days (SQL Language Reference 19c, Analytic Functions)
CREATE OR REPLACE FUNCTION landfall.distance_key(n numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT n $$;
CREATE OR REPLACE FUNCTION landfall.distance_key(d timestamp) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_diff(d, timestamp '2000-01-01') $$;
CREATE OR REPLACE FUNCTION landfall.distance_key(d timestamptz) RETURNS numeric
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.date_diff(d::timestamp, timestamp '2000-01-01') $$;
CREATE OR REPLACE FUNCTION landfall.distance_key(d date) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT (d - date '2000-01-01')::numeric $$;

-- to_json(value)
-- for: a value as a member of what JSON_OBJECT, JSON_ARRAY and their aggregates write: a number without zeros at its end, a date in the form of ISO 8601 (SQL Language Reference 19c, Generation of JSON Data)
CREATE OR REPLACE FUNCTION landfall.to_json(n numeric) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(pg_catalog.trim_scale(n)) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(v integer) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(v) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(v bigint) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(v) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(v smallint) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(v) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(v double precision) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(v) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(v text) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(v) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(v json) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(v) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(v jsonb) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(v) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(v boolean) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(v) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(c bpchar) RETURNS json
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(pg_catalog.concat(c)) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(d timestamp) RETURNS json
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(d) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(d timestamptz) RETURNS json
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(d) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(d date) RETURNS json
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(d::timestamp) $$;
CREATE OR REPLACE FUNCTION landfall.to_json(b bytea) RETURNS json
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_json(pg_catalog.upper(pg_catalog.encode(b, 'hex'))) $$;

-- to_xml(value)
-- for: a value as the content or attribute of an XMLELEMENT or XMLFOREST: a number as TO_CHAR writes it, a date without its time in the form of ISO 8601, XML as it is (SQL Language Reference 19c, XMLELEMENT)
CREATE OR REPLACE FUNCTION landfall.to_xml(t text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT t $$;
CREATE OR REPLACE FUNCTION landfall.to_xml(c bpchar) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.concat(c) $$;
CREATE OR REPLACE FUNCTION landfall.to_xml(n numeric) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(n) $$;
CREATE OR REPLACE FUNCTION landfall.to_xml(n double precision) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT landfall.to_char(n::numeric) $$;
CREATE OR REPLACE FUNCTION landfall.to_xml(n bigint) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT n::text $$;
CREATE OR REPLACE FUNCTION landfall.to_xml(n integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT n::text $$;
CREATE OR REPLACE FUNCTION landfall.to_xml(n smallint) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT n::text $$;
CREATE OR REPLACE FUNCTION landfall.to_xml(d timestamp) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_char(d, 'YYYY-MM-DD') $$;
CREATE OR REPLACE FUNCTION landfall.to_xml(d date) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT pg_catalog.to_char(d, 'YYYY-MM-DD') $$;
CREATE OR REPLACE FUNCTION landfall.to_xml(x xml) RETURNS xml
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT x $$;
