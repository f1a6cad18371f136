package gen

import (
	"strings"

	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// dictionaryTypes are the columns of Oracle's dictionary views that are no VARCHAR2 (Database Reference, "Static Data Dictionary Views",
// "Dynamic Performance Views"). A column has the same type in all views that have it, but for a few, which are left out here.
var dictionaryTypes = dictionaryColumns(map[string]string{
	"numeric": "COLUMN_ID DATA_LENGTH DATA_PRECISION DATA_SCALE CHAR_LENGTH CHAR_COL_DECL_LENGTH INTERNAL_COLUMN_ID SEGMENT_COLUMN_ID NUM_ROWS NUM_DISTINCT NUM_NULLS " +
		"BLOCKS EMPTY_BLOCKS EXTENTS BYTES POSITION COLUMN_POSITION COLUMN_LENGTH LINE OBJECT_ID DATA_OBJECT_ID SUBPROGRAM_ID PROCEDURE_ID SEQUENCE MIN_VALUE MAX_VALUE INCREMENT_BY " +
		"CACHE_SIZE LAST_NUMBER SID SERIAL# AUDSID INST_ID JOB USER_ID PARTITION_POSITION SUBPARTITION_POSITION AVG_ROW_LEN SAMPLE_SIZE BLEVEL LEAF_BLOCKS DISTINCT_KEYS " +
		"CLUSTERING_FACTOR INITIAL_EXTENT NEXT_EXTENT MIN_EXTENTS MAX_EXTENTS INI_TRANS MAX_TRANS PCT_FREE PCT_USED FAILURES FILE_ID BLOCK_ID HEADER_FILE HEADER_BLOCK LOG_ID RUN_COUNT",
	"timestamp(0)": "CREATED LAST_DDL_TIME LAST_ANALYZED LAST_DATE NEXT_DATE THIS_DATE LOGON_TIME STARTUP_TIME EXPIRY_DATE LOCK_DATE LAST_REFRESH_DATE",
	"text":         "TRIGGER_BODY SEARCH_CONDITION DATA_DEFAULT HIGH_VALUE QUERY SQL_FULLTEXT",
})

func dictionaryColumns(lists map[string]string) map[string]string {
	types := map[string]string{}
	for typ, list := range lists {
		for _, c := range strings.Fields(list) {
			types[c] = typ
		}
	}
	return types
}

// dictionaryAnchor is the type that v.c%TYPE has for a view of Oracle's dictionary.
func (g *gen) dictionaryAnchor(d *ast.DataType) (string, bool) {
	if d.Anchor != token.TYPE || d.Name.Link != 0 {
		return "", false
	}
	parts := g.f.Parts(d.Name)
	if n := len(parts); n < 2 || n > 3 || n == 3 && parts[0] != "SYS" || !rules.DictionaryView(parts[n-2]) {
		return "", false
	}
	if o := g.ref(d.Name).Object; o != nil && !o.Implied {
		return "", false
	}
	typ := dictionaryTypes[parts[len(parts)-1]]
	if typ == "" {
		typ = "varchar"
	}
	g.reportAs(d, "anchored-type", model.Low, model.Auto, "%s is a column of Oracle's dictionary: %s stands for its type", g.source(d.Name), typ)
	return typ, true
}
