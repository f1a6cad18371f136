package livecheck

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/connect"
)

// objects asks for JSON as a load of objects and collections does, made of what DUAL and collections of SYS have, and, where there is a nested
// table, whether it can be read as of an SCN.
func (c *checker) objects() error {
	version := c.r.Facts.VersionNumber()
	for _, o := range []struct {
		name, expr, want string
		since            int
	}{
		{"JSON_OBJECT of texts and NULL", `JSON_OBJECT(KEY 'A' VALUE 'q"b\s' || CHR(10) || CHR(1), KEY 'B' VALUE NULL NULL ON NULL)`, `{"A":"q\"b\\s\n\u0001","B":null}`, 12_02},
		{"JSON_OBJECT in one", `JSON_OBJECT(KEY 'A' VALUE CASE WHEN 1 = 1 THEN JSON_OBJECT(KEY 'B' VALUE TO_CHAR(-1/7, 'TM9')) END FORMAT JSON, KEY 'C' VALUE CASE WHEN 1 = 2 THEN JSON_OBJECT(KEY 'B' VALUE '1') END FORMAT JSON NULL ON NULL)`, `{"A":{"B":"-.1428571428571428571428571428571428571429"},"C":null}`, 12_02},
		{"JSON_OBJECT as a CLOB", `JSON_OBJECT(KEY 'A' VALUE TO_CLOB('x'), KEY 'B' VALUE 'y' NULL ON NULL RETURNING CLOB)`, `{"A":"x","B":"y"}`, 18_00},
		{"JSON_OBJECT of an empty CLOB", `JSON_OBJECT(KEY 'A' VALUE EMPTY_CLOB() NULL ON NULL RETURNING CLOB)`, `{"A":""}`, 18_00},
		{"JSON_ARRAYAGG in the order of the elements", `COALESCE((SELECT JSON_ARRAYAGG(e.COLUMN_VALUE ORDER BY ROWNUM NULL ON NULL RETURNING CLOB) FROM TABLE(SYS.ODCIVARCHAR2LIST('b', NULL, 'a', 'c')) e), TO_CLOB('[]'))`, `["b",null,"a","c"]`, 12_02},
		{"JSON_ARRAYAGG of no elements", `COALESCE((SELECT JSON_ARRAYAGG(e.COLUMN_VALUE ORDER BY ROWNUM NULL ON NULL RETURNING CLOB) FROM TABLE(SYS.ODCIVARCHAR2LIST()) e), TO_CLOB('[]'))`, `[]`, 12_02},
		{"JSON_ARRAYAGG of JSON", `(SELECT JSON_ARRAYAGG(CASE WHEN e.COLUMN_VALUE > 1 THEN JSON_OBJECT(KEY 'N' VALUE TO_CHAR(e.COLUMN_VALUE, 'TM9')) END FORMAT JSON ORDER BY ROWNUM NULL ON NULL RETURNING CLOB) FROM TABLE(SYS.ODCINUMBERLIST(2, 1, 1E125)) e)`, `[{"N":"2"},null,{"N":"1E+125"}]`, 12_02},
		{"IEEE 754 bytes of a BINARY_DOUBLE", `JSON_OBJECT(KEY 'A' VALUE RAWTOHEX(UTL_RAW.CAST_FROM_BINARY_DOUBLE(-1.5D)))`, `{"A":"BFF8000000000000"}`, 12_02},
		{"an instant in UTC", `JSON_OBJECT(KEY 'A' VALUE TO_CHAR(SYS_EXTRACT_UTC(TO_TIMESTAMP_TZ('2020-01-02 03:04:05.5 +02:00', 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM')), 'SYYYY-MM-DD HH24:MI:SS.FF9" +00:00"'))`, `{"A":" 2020-01-02 01:04:05.500000000 +00:00"}`, 12_02},
	} {
		err := c.add("objects", o.name, canonical(o.want), func() (string, string, error) {
			if version < o.since {
				return "", "", &skipped{"not in " + c.r.Facts.Version}
			}
			got, err := c.jsonText(o.expr)
			return canonical(got), "", err
		})
		if err != nil {
			return err
		}
	}
	return c.add("objects", "a nested table AS OF SCN", "same", c.nestedTable)
}

// jsonText is the text that an expression of DUAL makes, fetched as a load fetches it.
func (c *checker) jsonText(expr string) (string, error) {
	list, plan, err := connect.PlanRead([]connect.ReadColumn{{Name: "C", Expr: expr, Type: connect.JSONText}}, connect.SmallLOB)
	if err != nil {
		return "", err
	}
	w, err := c.se.Fetch(c.ctx, connect.Query{FetchRows: 1, Plan: plan}, "SELECT "+list+" FROM dual")
	if err != nil {
		return "", err
	}
	row := make([][]byte, 1)
	err = w.Next(c.ctx, row)
	got := string(row[0])
	return got, errors.Join(err, w.Close())
}

// canonical is JSON in one form, whatever blanks and escapes it came with; what is none stays as it is.
func canonical(text string) string {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return text
	}
	b, err := json.Marshal(v)
	if err != nil {
		return text
	}
	return string(b)
}

// nestedTable reads the elements of a nested table of the schemas as of an SCN, twice.
func (c *checker) nestedTable() (got, detail string, err error) {
	where := ""
	if len(c.opt.Schemas) > 0 {
		var list []string
		for _, s := range c.opt.Schemas {
			list = append(list, "'"+strings.ReplaceAll(s, "'", "''")+"'")
		}
		where = " AND c.owner IN (" + strings.Join(list, ", ") + ")"
	}
	rows, err := c.se.QueryWith(c.ctx, connect.Query{FetchRows: 1}, `SELECT c.owner, c.table_name, c.column_name FROM all_tab_cols c JOIN all_coll_types k ON k.owner = c.data_type_owner AND k.type_name = c.data_type
  JOIN all_tables t ON t.owner = c.owner AND t.table_name = c.table_name WHERE k.coll_type = 'TABLE' AND t.temporary = 'N' AND t.nested = 'NO' AND c.hidden_column = 'NO' AND c.owner NOT IN ('SYS', 'SYSTEM', 'XDB', 'MDSYS')`+where+" ORDER BY c.owner, c.table_name, c.column_name")
	if err != nil {
		return "", "", err
	}
	table, column := "", ""
	if rows.Next(c.ctx) {
		v := rows.Values()
		table, column = model.CatalogName(shown(v[0]), shown(v[1])).String(), model.QuoteOracle(shown(v[2]))
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return "", "", err
	}
	if table == "" {
		return "", "", &skipped{"no table with a nested table that this account may read"}
	}
	scn, err := c.text("SELECT TO_CHAR(current_scn) FROM v$database")
	if err != nil {
		return "", "", err
	}
	sql := fmt.Sprintf("SELECT COUNT(*) || '/' || SUM(n) FROM (SELECT (SELECT COUNT(*) FROM TABLE(t.%[1]s) AS OF SCN %[2]s e) AS n FROM %[3]s AS OF SCN %[2]s t WHERE ROWNUM <= 1000)", column, scn, table)
	first, err := c.text(sql)
	if err != nil {
		return "", table, err
	}
	second, err := c.text(sql)
	if first != second {
		return first + ", then " + second, table, err
	}
	return "same", table + ": rows/elements " + first, err
}
