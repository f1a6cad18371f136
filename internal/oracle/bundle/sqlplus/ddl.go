package sqlplus

import (
	"fmt"
	"strings"
)

// ddlChunk is how many objects a block asks DBMS_METADATA for: what DBMS_OUTPUT holds until a block ends stays small.
const ddlChunk = 100

// ddlTypes maps kinds of DBA_OBJECTS to those of DBMS_METADATA. Code is not among them: the extract "source" holds it as it
// was written, and quicker. Views are: their text in the dictionary lacks the clauses behind it.
var ddlTypes = [][2]string{
	{"TABLE", "TABLE"},
	{"INDEX", "INDEX"},
	{"VIEW", "VIEW"},
	{"MATERIALIZED VIEW", "MATERIALIZED_VIEW"},
	{"SEQUENCE", "SEQUENCE"},
	{"SYNONYM", "SYNONYM"},
	{"CLUSTER", "CLUSTER"},
	{"DATABASE LINK", "DB_LINK"},
	{"DIMENSION", "DIMENSION"},
	{"OPERATOR", "OPERATOR"},
	{"INDEXTYPE", "INDEXTYPE"},
	{"JOB", "PROCOBJ"},
	{"PROGRAM", "PROCOBJ"},
	{"SCHEDULE", "PROCOBJ"},
	{"CHAIN", "PROCOBJ"},
	{"DOMAIN", "SQL_DOMAIN"},
}

// ddlList is the query of the objects that DBMS_METADATA is asked for, in an order to which new ones are added behind.
func (v variant) ddlList(opt *Options) string {
	var kinds []string
	for _, t := range ddlTypes {
		kinds = append(kinds, "'"+t[0]+"'")
	}
	p := v.level
	return fmt.Sprintf(`      SELECT t.owner, t.object_type, t.object_name, t.object_id
      FROM %[1]s_objects t
      WHERE %[2]s
        AND t.object_type IN (%[3]s)
        AND t.subobject_name IS NULL
        AND t.secondary = 'N'
        AND t.object_name NOT LIKE 'BIN$%%'
        AND (t.generated = 'N' OR t.object_type NOT IN ('INDEX', 'SEQUENCE'))
        AND NOT (t.object_type = 'TABLE' AND EXISTS (
          SELECT 1 FROM %[1]s_tables x WHERE x.owner = t.owner AND x.table_name = t.object_name AND (x.nested = 'YES' OR x.iot_type IN ('IOT_OVERFLOW', 'IOT_MAPPING'))))
        AND NOT (t.object_type = 'TABLE' AND EXISTS (
          SELECT 1 FROM %[1]s_mviews m WHERE m.owner = t.owner AND m.container_name = t.object_name))
        AND NOT (t.object_type = 'TABLE' AND EXISTS (
          SELECT 1 FROM %[1]s_mview_logs m WHERE m.log_owner = t.owner AND m.log_table = t.object_name))
        AND NOT (t.object_type = 'INDEX' AND EXISTS (
          SELECT 1 FROM %[1]s_constraints k WHERE NVL(k.index_owner, k.owner) = t.owner AND k.index_name = t.object_name))
        AND NOT (t.object_type = 'INDEX' AND EXISTS (
          SELECT 1 FROM %[1]s_indexes i WHERE i.owner = t.owner AND i.index_name = t.object_name AND (i.index_type IN ('LOB', 'CLUSTER') OR i.index_type LIKE 'IOT%%')))
`, p, ownerFilter(opt, "t.owner"), strings.Join(kinds, ", "))
}

// ddl is the script of the extract: it counts the objects, writes a script of one line a chunk, and runs that.
func (v variant) ddl(opt *Options) string {
	return fmt.Sprintf(`SET TERMOUT OFF
SPOOL state/ddl_run.sql REPLACE
SELECT '@%[1]s.chunk.sql ' || TO_CHAR((LEVEL - 1) * %[2]d + 1) || ' ' || TO_CHAR(LEVEL * %[2]d)
FROM dual
CONNECT BY LEVEL <= GREATEST(1, CEIL((
    SELECT COUNT(*) FROM (
%[3]s    )) / %[2]d));
SPOOL OFF
EXECUTE :lf_rows := 0;
EXECUTE :lf_good := 1;
@lib/open.sql %[4]s %[5]d
PROMPT C|owner|object_type|object_name|part|piece|pieces|text|;
@state/ddl_run.sql
BEGIN
  IF :lf_good = 1 THEN
    DBMS_OUTPUT.PUT_LINE('E|ddl|' || TO_CHAR(:lf_rows) || '|;');
    :lf_end := 'done';
  END IF;
END;
/
@lib/close_block.sql
`, v.file(), ddlChunk, v.ddlList(opt), v.level, v.from)
}

// chunk is the block that asks for the objects from &1 to &2.
func (v variant) chunk(opt *Options) string {
	var kinds strings.Builder
	for i, t := range ddlTypes {
		if t[0] != t[1] {
			if i > 0 && kinds.Len() > 0 {
				kinds.WriteString("\n")
			}
			fmt.Fprintf(&kinds, "      WHEN '%s' THEN '%s'", t[0], t[1])
		}
	}
	return strings.NewReplacer("{list}", v.ddlList(opt), "{kinds}", kinds.String(), "{piece}", fmt.Sprint(pieceChars)).Replace(chunkBody)
}

// transforms set what DBMS_METADATA writes.
const transforms = `  DBMS_METADATA.SET_TRANSFORM_PARAM(DBMS_METADATA.SESSION_TRANSFORM, 'DEFAULT', TRUE);
  DBMS_METADATA.SET_TRANSFORM_PARAM(DBMS_METADATA.SESSION_TRANSFORM, 'SQLTERMINATOR', TRUE);
  DBMS_METADATA.SET_TRANSFORM_PARAM(DBMS_METADATA.SESSION_TRANSFORM, 'PRETTY', TRUE);
  DBMS_METADATA.SET_TRANSFORM_PARAM(DBMS_METADATA.SESSION_TRANSFORM, 'STORAGE', FALSE);
  DBMS_METADATA.SET_TRANSFORM_PARAM(DBMS_METADATA.SESSION_TRANSFORM, 'CONSTRAINTS_AS_ALTER', FALSE);
`

const chunkBody = `DECLARE
  lf_text CLOB;
  lf_head VARCHAR2(4000);
  lf_pieces INTEGER;
  lf_start NUMBER := DBMS_UTILITY.GET_TIME;
  FUNCTION esc(s VARCHAR2) RETURN VARCHAR2 IS
  BEGIN
    RETURN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ASCIISTR(s), '|', '\007C'), CHR(10), '\000A'), CHR(13), '\000D'), CHR(9), '\0009'), CHR(0), '\0000');
  END;
BEGIN
` + transforms + `  FOR o IN (
    SELECT l.* FROM (
      SELECT k.owner, k.object_type, k.object_name, ROWNUM AS place FROM (
{list}      ORDER BY 4
      ) k
    ) l
    WHERE l.place BETWEEN &1 AND &2
  ) LOOP
    lf_head := esc(o.owner) || '|' || esc(o.object_type) || '|' || esc(o.object_name) || '|';
    BEGIN
      lf_text := DBMS_METADATA.GET_DDL(CASE o.object_type
{kinds}
      ELSE o.object_type END, o.object_name, o.owner);
      lf_pieces := GREATEST(1, CEIL(NVL(DBMS_LOB.GETLENGTH(lf_text), 0) / {piece}));
      FOR i IN 1 .. lf_pieces LOOP
        DBMS_OUTPUT.PUT_LINE('R|' || lf_head || '000001|' || TO_CHAR(i) || '|' || TO_CHAR(lf_pieces) || '|' || esc(DBMS_LOB.SUBSTR(lf_text, {piece}, (i - 1) * {piece} + 1)) || '|;');
        :lf_rows := :lf_rows + 1;
      END LOOP;
    EXCEPTION
      WHEN OTHERS THEN
        DBMS_OUTPUT.PUT_LINE('X|' || esc(o.object_type || ' ' || o.owner || '.' || o.object_name) || '|' || esc(SUBSTR(SQLERRM, 1, 300)) || '|;');
    END;
    IF MOD(DBMS_UTILITY.GET_TIME - lf_start + POWER(2, 32), POWER(2, 32)) > &lf_limit * 6000 THEN
      RAISE_APPLICATION_ERROR(-20001, 'landfall: out of time');
    END IF;
  END LOOP;
EXCEPTION
  WHEN OTHERS THEN
    :lf_good := 0;
    DBMS_OUTPUT.PUT_LINE(SQLERRM);
END;
/
`
