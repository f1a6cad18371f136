-- Views of Oracle's dictionary, as functions of the schema that is looked at: NULL is all of them. Names that PostgreSQL keeps in lower case are given
-- in upper case, as Oracle's dictionary has them; the system's own schemas are left out.

-- _is_system(name)
-- for: schemas that are not the user's
CREATE OR REPLACE FUNCTION landfall._is_system(name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT name IN ('pg_catalog', 'information_schema', 'landfall') OR name LIKE 'pg\_toast%'
$$;

-- dictionary_tables(schema)
-- for: USER_TABLES, ALL_TABLES, DBA_TABLES
-- note: Figures are those of the last ANALYZE; what PostgreSQL does not have (blocks of a segment, chained rows) is NULL.
CREATE OR REPLACE FUNCTION landfall.dictionary_tables(schema text) RETURNS TABLE (owner text, table_name text, tablespace_name text, cluster_name text, iot_name text,
  status text, logging text, num_rows numeric, blocks numeric, empty_blocks numeric, avg_row_len numeric, degree text, cache text, last_analyzed timestamp(0), partitioned text,
  iot_type text, temporary text, secondary text, nested text, row_movement text, duration text, compression text, dropped text, external text)
LANGUAGE sql STABLE AS $$
  SELECT landfall._oracle_name(n.nspname), landfall._oracle_name(c.relname), landfall._oracle_name(coalesce(t.spcname, 'pg_default')), NULL, NULL,
    'VALID', CASE c.relpersistence WHEN 'p' THEN 'YES' ELSE 'NO' END, CASE WHEN c.reltuples >= 0 THEN c.reltuples::numeric END, c.relpages::numeric, NULL::numeric, NULL::numeric, '1', 'N',
    (SELECT greatest(s.last_analyze, s.last_autoanalyze)::timestamp(0) FROM pg_catalog.pg_stat_all_tables AS s WHERE s.relid = c.oid),
    CASE c.relkind WHEN 'p' THEN 'YES' ELSE 'NO' END, NULL, CASE c.relpersistence WHEN 't' THEN 'Y' ELSE 'N' END, 'N', 'NO', 'DISABLED',
    CASE c.relpersistence WHEN 't' THEN 'SYS$SESSION' END, 'DISABLED', 'NO', CASE c.relkind WHEN 'f' THEN 'YES' ELSE 'NO' END
  FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_tablespace AS t ON t.oid = c.reltablespace
  WHERE c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition AND NOT landfall._is_system(n.nspname) AND (schema IS NULL OR n.nspname = schema)
$$;

-- dictionary_indexes(schema)
-- for: USER_INDEXES, ALL_INDEXES, DBA_INDEXES
-- note: STATUS is UNUSABLE where PostgreSQL calls an index invalid, N/A of partitioned ones.
CREATE OR REPLACE FUNCTION landfall.dictionary_indexes(schema text) RETURNS TABLE (owner text, index_name text, index_type text, table_owner text, table_name text, table_type text,
  uniqueness text, compression text, tablespace_name text, status text, num_rows numeric, last_analyzed timestamp(0), degree text, partitioned text, temporary text, generated text,
  visibility text, funcidx_status text)
LANGUAGE sql STABLE AS $$
  SELECT landfall._oracle_name(n.nspname), landfall._oracle_name(c.relname), CASE WHEN i.indexprs IS NULL THEN 'NORMAL' ELSE 'FUNCTION-BASED NORMAL' END,
    landfall._oracle_name(n.nspname), landfall._oracle_name(t.relname), 'TABLE', CASE WHEN i.indisunique THEN 'UNIQUE' ELSE 'NONUNIQUE' END, 'DISABLED',
    landfall._oracle_name(coalesce(s.spcname, 'pg_default')), CASE WHEN c.relkind = 'I' THEN 'N/A' WHEN i.indisvalid THEN 'VALID' ELSE 'UNUSABLE' END,
    CASE WHEN c.reltuples >= 0 THEN c.reltuples::numeric END,
    (SELECT greatest(a.last_analyze, a.last_autoanalyze)::timestamp(0) FROM pg_catalog.pg_stat_all_tables AS a WHERE a.relid = t.oid), '1',
    CASE c.relkind WHEN 'I' THEN 'YES' ELSE 'NO' END, CASE c.relpersistence WHEN 't' THEN 'Y' ELSE 'N' END, 'N', 'VISIBLE', CASE WHEN i.indexprs IS NOT NULL THEN 'ENABLED' END
  FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_tablespace AS s ON s.oid = c.reltablespace
  WHERE NOT c.relispartition AND NOT landfall._is_system(n.nspname) AND (schema IS NULL OR n.nspname = schema)
$$;

-- dictionary_ind_partitions(schema)
-- for: USER_IND_PARTITIONS, ALL_IND_PARTITIONS, DBA_IND_PARTITIONS
-- note: A partition is named as its table is, without the name of the table that it is a part of.
CREATE OR REPLACE FUNCTION landfall.dictionary_ind_partitions(schema text) RETURNS TABLE (index_owner text, index_name text, composite text, partition_name text,
  partition_position numeric, status text, tablespace_name text, num_rows numeric, last_analyzed timestamp(0))
LANGUAGE sql STABLE AS $$
  SELECT landfall._oracle_name(n.nspname), landfall._oracle_name(p.relname), CASE c.relkind WHEN 'I' THEN 'YES' ELSE 'NO' END,
    landfall._oracle_name(CASE WHEN pg_catalog.starts_with(t.relname, w.relname || '_') THEN pg_catalog.substr(t.relname, pg_catalog.length(w.relname) + 2) ELSE t.relname END),
    row_number() OVER (PARTITION BY p.oid ORDER BY t.oid)::numeric, CASE WHEN c.relkind = 'I' THEN 'N/A' WHEN i.indisvalid THEN 'USABLE' ELSE 'UNUSABLE' END,
    landfall._oracle_name(coalesce(s.spcname, 'pg_default')), CASE WHEN c.reltuples >= 0 THEN c.reltuples::numeric END,
    (SELECT greatest(a.last_analyze, a.last_autoanalyze)::timestamp(0) FROM pg_catalog.pg_stat_all_tables AS a WHERE a.relid = t.oid)
  FROM pg_catalog.pg_inherits AS h JOIN pg_catalog.pg_class AS p ON p.oid = h.inhparent AND p.relkind = 'I' AND NOT p.relispartition
    JOIN pg_catalog.pg_class AS c ON c.oid = h.inhrelid JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
    JOIN pg_catalog.pg_index AS whole ON whole.indexrelid = p.oid JOIN pg_catalog.pg_class AS w ON w.oid = whole.indrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.relnamespace LEFT JOIN pg_catalog.pg_tablespace AS s ON s.oid = c.reltablespace
  WHERE NOT landfall._is_system(n.nspname) AND (schema IS NULL OR n.nspname = schema)
$$;

-- dictionary_objects(schema)
-- for: USER_OBJECTS, ALL_OBJECTS, DBA_OBJECTS
-- note: Tables, views, materialized views, sequences, indexes, triggers, functions, procedures and types; PostgreSQL has no packages, and notes no times of creation. STATUS is INVALID of an invalid index only: nothing else becomes invalid.
CREATE OR REPLACE FUNCTION landfall.dictionary_objects(schema text) RETURNS TABLE (owner text, object_name text, subobject_name text, object_id numeric, data_object_id numeric,
  object_type text, created timestamp(0), last_ddl_time timestamp(0), "timestamp" text, status text, temporary text, generated text, secondary text, namespace numeric)
LANGUAGE sql STABLE AS $$
  SELECT landfall._oracle_name(n.nspname), landfall._oracle_name(o.name), NULL::text, o.id::numeric, NULL::numeric, o.type, NULL::timestamp(0), NULL::timestamp(0), NULL::text,
    CASE WHEN o.valid THEN 'VALID' ELSE 'INVALID' END, CASE WHEN o.temp THEN 'Y' ELSE 'N' END, 'N', 'N',
    CASE o.type WHEN 'INDEX' THEN 4 WHEN 'TRIGGER' THEN 3 ELSE 1 END::numeric
  FROM (
    SELECT c.relnamespace AS schema_id, c.relname AS name, c.oid::bigint AS id, c.relpersistence = 't' AS temp, coalesce(i.indisvalid, true) AS valid,
      CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'i' THEN 'INDEX' WHEN 'I' THEN 'INDEX' ELSE 'TABLE' END AS type
    FROM pg_catalog.pg_class AS c LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I') AND NOT c.relispartition
    UNION ALL
    SELECT p.pronamespace, p.proname, p.oid::bigint, false, true, CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END FROM pg_catalog.pg_proc AS p
    UNION ALL
    SELECT t.typnamespace, t.typname, t.oid::bigint, false, true, 'TYPE' FROM pg_catalog.pg_type AS t LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
    WHERE t.typtype IN ('d', 'e') OR c.relkind = 'c'
    UNION ALL
    SELECT c.relnamespace, g.tgname, g.oid::bigint, false, true, 'TRIGGER' FROM pg_catalog.pg_trigger AS g JOIN pg_catalog.pg_class AS c ON c.oid = g.tgrelid
    WHERE NOT g.tgisinternal AND g.tgparentid = 0
  ) AS o JOIN pg_catalog.pg_namespace AS n ON n.oid = o.schema_id
  WHERE NOT landfall._is_system(n.nspname) AND (schema IS NULL OR n.nspname = schema)
$$;
