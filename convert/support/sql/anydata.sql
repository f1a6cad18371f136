-- ANYDATA: a value with its type. PL/SQL Packages and Types Reference 19c, "ANYDATA TYPE".
--
-- It is jsonb: {"type": Oracle's name of the type, "value": the value's text, null for NULL}; for objects and collections also
-- PostgreSQL's name of the type, "of", and "collection".

-- anydata_convert(type, value)
-- for: ANYDATA.ConvertNumber and the others for Oracle's own types; type is SYS.NUMBER ...
CREATE OR REPLACE FUNCTION landfall.anydata_convert(type text, value anyelement) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT pg_catalog.jsonb_build_object('type', type, 'value', pg_catalog.to_jsonb(value) #>> '{}') $$;

-- anydata_value(anydata, type)
-- for: x.GetNumber(v), x.AccessNumber() and the others: the text of the value, when it has the type
CREATE OR REPLACE FUNCTION landfall.anydata_value(self jsonb, type text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  IF self IS NULL THEN
    RAISE EXCEPTION 'ORA-30625: method dispatch on NULL SELF argument is disallowed' USING ERRCODE = landfall.sqlstate(-30625);
  ELSIF self ->> 'type' IS DISTINCT FROM type THEN
    RAISE EXCEPTION 'ORA-22626: Type Mismatch while constructing or accessing OCIAnyData' USING ERRCODE = landfall.sqlstate(-22626);
  END IF;
  RETURN self ->> 'value';
END $$;

-- anydata_gettypename(anydata)
-- for: x.GetTypeName(): SYS.NUMBER, or schema and name of an object or collection type
-- note: The schema is the one in which PostgreSQL has the type.
CREATE OR REPLACE FUNCTION landfall.anydata_gettypename(self jsonb) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
  IF self IS NULL THEN
    RAISE EXCEPTION 'ORA-30625: method dispatch on NULL SELF argument is disallowed' USING ERRCODE = landfall.sqlstate(-30625);
  END IF;
  RETURN self ->> 'type';
END $$;

-- anydata_gettype(anydata)
-- for: x.GetType(typ): the number DBMS_TYPES.TYPECODE_... of the type
-- note: Collections are TYPECODE_NAMEDCOLLECTION.
CREATE OR REPLACE FUNCTION landfall.anydata_gettype(self jsonb) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE landfall.anydata_gettypename(self)
    WHEN 'SYS.NUMBER' THEN 2 WHEN 'SYS.VARCHAR' THEN 1 WHEN 'SYS.VARCHAR2' THEN 9 WHEN 'SYS.CHAR' THEN 96 WHEN 'SYS.DATE' THEN 12
    WHEN 'SYS.RAW' THEN 95 WHEN 'SYS.BLOB' THEN 113 WHEN 'SYS.CLOB' THEN 112 WHEN 'SYS.BFILE' THEN 114 WHEN 'SYS.UROWID' THEN 104
    WHEN 'SYS.TIMESTAMP' THEN 187 WHEN 'SYS.TIMESTAMP_WITH_TIMEZONE' THEN 188 WHEN 'SYS.TIMESTAMP_WITH_LTZ' THEN 232
    WHEN 'SYS.INTERVAL_YEAR_MONTH' THEN 189 WHEN 'SYS.INTERVAL_DAY_SECOND' THEN 190 WHEN 'SYS.BINARY_FLOAT' THEN 100 WHEN 'SYS.BINARY_DOUBLE' THEN 101
    WHEN 'SYS.NCHAR' THEN 286 WHEN 'SYS.NVARCHAR2' THEN 287 WHEN 'SYS.NCLOB' THEN 288
    ELSE CASE WHEN (self ->> 'collection')::boolean THEN 122 ELSE 108 END END $$;

-- _anydata_named(value, collection)
-- for: ANYDATA of a value of a type of the user's
CREATE OR REPLACE FUNCTION landfall._anydata_named(value anyelement, collection boolean) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT pg_catalog.jsonb_build_object('type', pg_catalog.upper(n.nspname || '.' || t.typname), 'of', n.nspname || '.' || t.typname,
      'value', value::text, 'collection', collection)
    FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE t.oid = (CASE WHEN pg_catalog.pg_typeof(value) = 'jsonb'::regtype OR (SELECT b.typbasetype FROM pg_catalog.pg_type b WHERE b.oid = pg_catalog.pg_typeof(value)) = 'jsonb'::regtype
      THEN coalesce(pg_catalog.to_regtype(pg_catalog.to_jsonb(value) ->> '$type'), pg_catalog.pg_typeof(value)) ELSE pg_catalog.pg_typeof(value) END) $$;

-- anydata_convertobject(value)
-- for: ANYDATA.ConvertObject: the type is the one that PostgreSQL has for the value
CREATE OR REPLACE FUNCTION landfall.anydata_convertobject(value anyelement) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT landfall._anydata_named(value, false) $$;

-- anydata_convertcollection(value)
-- for: ANYDATA.ConvertCollection
CREATE OR REPLACE FUNCTION landfall.anydata_convertcollection(value anyelement) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT landfall._anydata_named(value, true) $$;

-- anydata_getobject(anydata, kind)
-- for: x.GetObject(v) and x.GetCollection(v); kind is any value of the type of v
-- note: A variable of a supertype takes objects of its subtypes.
CREATE OR REPLACE FUNCTION landfall.anydata_getobject(self jsonb, kind anyelement) RETURNS anyelement
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  want regtype := pg_catalog.pg_typeof(kind);
  have regtype := pg_catalog.to_regtype(self ->> 'of');
  text_form text;
  result ALIAS FOR $0; -- kind%TYPE is not taken for a composite type
BEGIN
  IF have IS DISTINCT FROM want AND NOT EXISTS (SELECT FROM pg_catalog.pg_type a, pg_catalog.pg_type b
      WHERE a.oid = have AND b.oid = want AND a.typbasetype = 'jsonb'::regtype AND b.typbasetype = 'jsonb'::regtype) THEN
    have := NULL;
  END IF;
  text_form := landfall.anydata_value(self, CASE WHEN have IS NOT NULL THEN self ->> 'type' END);
  IF text_form IS NULL THEN
    RETURN NULL;
  END IF;
  -- INTO puts columns into the fields of a composite variable
  EXECUTE pg_catalog.format(CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_type WHERE oid = want AND typtype = 'c') THEN 'SELECT (%L::%s).*' ELSE 'SELECT %L::%s' END, text_form, want) INTO result;
  RETURN result;
END $$;
