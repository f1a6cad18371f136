package sqlplus

import (
	"fmt"
	"slices"
	"strings"

	"landfall/internal/oracle/bundle"
)

// pieceChars is the length of a piece of a long text: even if ASCIISTR makes ten characters of each, the line fits into the
// 4,000 bytes of a VARCHAR2.
const pieceChars = 350

// variant is one extract for one level of views and one range of versions.
type variant struct {
	e     *bundle.Extract
	level string // dba, all
	from  int    // first version
}

func (v variant) file() string { return fmt.Sprintf("x/%s.%s.%d", v.e.Name, v.level, v.from) }

// variants lists those of an extract: for each level the versions from which its columns differ, the oldest first.
func variants(e *bundle.Extract) []variant {
	starts := []int{max(e.Since, bundle.Versions[0])}
	for _, c := range e.Columns {
		if c.Since > starts[0] && !slices.Contains(starts, c.Since) {
			starts = append(starts, c.Since)
		}
	}
	slices.Sort(starts)
	var list []variant
	for _, level := range []string{"all", "dba"} {
		if level == "all" && !hasAll(e) {
			continue
		}
		for _, s := range starts {
			list = append(list, variant{e, level, s})
		}
	}
	return list
}

// hasAll reports whether an extract can be had without DBA views.
func hasAll(e *bundle.Extract) bool {
	return e.FromAll != "-" && (e.FromAll != "" || strings.Contains(e.From, "{p}"))
}

// source is the FROM clause of a variant.
func (v variant) source() string {
	from := v.e.From
	if v.level == "all" && v.e.FromAll != "" {
		from = v.e.FromAll
	}
	return strings.ReplaceAll(from, "{p}", v.level)
}

// expr is the expression of a column; NULL where the version or the view lacks it, with a type, since TO_CHAR asks for one.
func (v variant) expr(c bundle.Column) string {
	switch {
	case c.Since > v.from, c.DBA && v.level == "all":
		switch c.Kind {
		case bundle.Number:
			return "CAST(NULL AS NUMBER)"
		case bundle.Date:
			return "CAST(NULL AS DATE)"
		}
		return "CAST(NULL AS VARCHAR2(1))"
	case c.SQL != "":
		return c.SQL
	}
	return "t." + c.Name
}

// ordered are the columns as they are spooled: the long one last.
func ordered(e *bundle.Extract) (list []bundle.Column, long bool) {
	last, at := e.LongColumn()
	for i, c := range e.Columns {
		if i != at {
			list = append(list, c)
		}
	}
	if at < 0 {
		return list, false
	}
	return append(list, last), true
}

// escaped is the SQL that makes a field of an expression.
func escaped(kind bundle.Kind, x string) string {
	switch kind {
	case bundle.Number:
		return "TO_CHAR(" + x + ")"
	case bundle.Date:
		return "TO_CHAR(" + x + `, 'YYYY-MM-DD"T"HH24:MI:SS')`
	}
	return `REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ASCIISTR(` + x + `), '|', '\007C'), CHR(10), '\000A'), CHR(13), '\000D'), CHR(9), '\0009'), CHR(0), '\0000')`
}

// inner is the query of a variant, its columns named c1, c2 ... in spool order. Without the long column where block fetches it.
func (v variant) inner(opt *Options, columns []bundle.Column, indent string) string {
	var b strings.Builder
	b.WriteString(indent + "SELECT\n")
	for i, c := range columns {
		comma := ","
		if i == len(columns)-1 {
			comma = ""
		}
		fmt.Fprintf(&b, "%s  %s AS c%d%s\n", indent, v.expr(c), i+1, comma)
	}
	b.WriteString(indent + "FROM " + v.source() + "\n")
	b.WriteString(v.where(opt, indent))
	if v.e.GroupBy != "" {
		b.WriteString(indent + "GROUP BY " + v.e.GroupBy + "\n")
	}
	return b.String()
}

func (v variant) where(opt *Options, indent string) string {
	var conditions []string
	if v.e.Where != "" {
		for _, c := range strings.Split(v.e.Where, " AND t.") { // one a line, which keeps the lines short
			if len(conditions) > 0 {
				c = "t." + c
			}
			conditions = append(conditions, strings.NewReplacer("{days}", fmt.Sprint(opt.Days), "{p}", v.level).Replace(c))
		}
	}
	if v.e.Owner != "" {
		own := ownerFilter(opt, v.e.Owner)
		if v.e.Other != "" {
			own = "(" + own + "\n" + indent + "   OR " + v.e.Owner + " = 'PUBLIC' AND " + ownerFilter(opt, v.e.Other) + ")"
		}
		conditions = append(conditions, own)
	}
	if len(conditions) == 0 {
		return ""
	}
	return indent + "WHERE " + strings.Join(conditions, "\n"+indent+"  AND ") + "\n"
}

// ownerFilter is the condition that a schema is wanted.
func ownerFilter(opt *Options, expr string) string {
	if len(opt.Schemas) > 0 {
		return "(" + inList(expr, "IN", " OR ", opt.Schemas) + ")"
	}
	return "(" + inList(expr, "NOT IN", " AND ", oracleSchemas) + "\n    AND " + expr + ` NOT LIKE 'APEX\_______' ESCAPE '\' AND ` + expr + ` NOT LIKE 'FLOWS\_______' ESCAPE '\')`
}

// inList cuts a list into lines of a few names.
func inList(expr, op, join string, names []string) string {
	var parts []string
	for chunk := range slices.Chunk(names, 12) {
		quoted := make([]string, len(chunk))
		for i, n := range chunk {
			quoted[i] = sqlText(n)
		}
		parts = append(parts, expr+" "+op+" ("+strings.Join(quoted, ", ")+")")
	}
	return strings.Join(parts, "\n    "+strings.TrimSpace(join)+" ")
}

// sqlText is a text as an ASCII expression of SQL.
func sqlText(s string) string {
	plain := true
	for _, r := range s {
		plain = plain && r >= ' ' && r < 0x7F && r != '&' && r != '\\' && r != '~'
	}
	if plain {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return "UNISTR('" + strings.NewReplacer("'", "''", "&", `\0026`, "~", `\007E`, "\n", `\000A`).Replace(asciistr(s)) + "')"
}

// oracleSchemas are those that Oracle makes. From 12.1 on DBA_USERS tells them, but the list serves all versions alike.
var oracleSchemas = []string{
	"SYS", "SYSTEM", "ANONYMOUS", "APPQOSSYS", "AUDSYS", "CTXSYS", "DBSFWUSER", "DBSNMP", "DGPDB_INT", "DIP", "DMSYS", "DVF", "DVSYS", "EXFSYS", "FLOWS_FILES", "GGSYS",
	"GSMADMIN_INTERNAL", "GSMCATUSER", "GSMROOTUSER", "GSMUSER", "LBACSYS", "MDDATA", "MDSYS", "MGMT_VIEW", "OJVMSYS", "OLAPSYS", "ORACLE_OCM", "ORDDATA", "ORDPLUGINS",
	"ORDSYS", "OUTLN", "OWBSYS", "OWBSYS_AUDIT", "PERFSTAT", "PUBLIC", "REMOTE_SCHEDULER_AGENT", "SI_INFORMTN_SCHEMA", "SPATIAL_CSW_ADMIN_USR", "SPATIAL_WFS_ADMIN_USR",
	"SYS$UMF", "SYSBACKUP", "SYSDG", "SYSKM", "SYSMAN", "SYSRAC", "TSMSYS", "VECSYS", "WK_TEST", "WKPROXY", "WKSYS", "WMSYS", "XDB", "XS$NULL",
}

// rows is the statement of an extract without LONG columns.
func (v variant) rows(opt *Options) string {
	columns, long := ordered(v.e)
	var b strings.Builder
	b.WriteString("WITH r AS (\n  SELECT /*+ MATERIALIZE */ 'R|'\n")
	field := func(x string) { b.WriteString("    || " + x + " || '|'\n") }
	for i, c := range columns {
		x := fmt.Sprintf("q.c%d", i+1)
		if long && i == len(columns)-1 {
			field("TO_CHAR(p.column_value)")
			field(fmt.Sprintf("TO_CHAR(GREATEST(CEIL(NVL(LENGTH(%s), 0) / %d), 1))", x, pieceChars))
			field(escaped(c.Kind, fmt.Sprintf("TO_CHAR(SUBSTR(%s, (p.column_value - 1) * %d + 1, %d))", x, pieceChars, pieceChars)))
			continue
		}
		field(escaped(c.Kind, x))
	}
	b.WriteString("    || ';' AS rec\n  FROM (\n" + v.inner(opt, columns, "    ") + "  ) q")
	if long {
		fmt.Fprintf(&b, ",\n  TABLE(CAST(MULTISET(\n    SELECT LEVEL FROM dual CONNECT BY LEVEL <= CEIL(NVL(LENGTH(q.c%d), 0) / %d)\n  ) AS sys.odcinumberlist)) p", len(columns), pieceChars)
	}
	fmt.Fprintf(&b, "\n)\nSELECT 'todo' AS lf_end, rec FROM r\nUNION ALL\nSELECT 'done', 'E|%s|' || TO_CHAR(COUNT(*)) || '|;' FROM r;\n", v.e.Name)
	return b.String()
}

// long is the block of an extract with a LONG column, which only DBMS_SQL reads whatever its length.
func (v variant) long(opt *Options) string {
	columns, _ := ordered(v.e)
	short := columns[:len(columns)-1]
	var b strings.Builder
	b.WriteString("DECLARE\n  lf_sql VARCHAR2(32767) := q'~SELECT 'R|'\n")
	for _, c := range short {
		b.WriteString("    || " + escaped(c.Kind, v.expr(c)) + " || '|'\n")
	}
	b.WriteString("    AS head, " + v.expr(columns[len(columns)-1]) + " AS body\n  FROM " + v.source() + "\n" + v.where(opt, "  ") + "~';\n")
	b.WriteString(strings.NewReplacer("{extract}", v.e.Name, "{piece}", fmt.Sprint(pieceChars)).Replace(longBody))
	return b.String()
}

// longBody reads LONG values in steps of 32,000 bytes; a character of several bytes may be cut between two steps only, so values
// up to that length are exact, and a cut one shows as U+FFFD, which is counted as damage.
const longBody = `  lf_cur INTEGER := DBMS_SQL.OPEN_CURSOR;
  lf_head VARCHAR2(4000);
  lf_text VARCHAR2(32767);
  lf_left VARCHAR2(32767);
  lf_len INTEGER;
  lf_pos INTEGER;
  lf_piece INTEGER;
  lf_rows INTEGER := 0;
  lf_none INTEGER;
  lf_start NUMBER := DBMS_UTILITY.GET_TIME;
  FUNCTION esc(s VARCHAR2) RETURN VARCHAR2 IS
  BEGIN
    RETURN REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(ASCIISTR(s), '|', '\007C'), CHR(10), '\000A'), CHR(13), '\000D'), CHR(9), '\0009'), CHR(0), '\0000');
  END;
  PROCEDURE put(s VARCHAR2, last_one BOOLEAN) IS
    pieces VARCHAR2(20) := '0';
  BEGIN
    lf_piece := lf_piece + 1;
    IF last_one THEN
      pieces := TO_CHAR(lf_piece);
    END IF;
    DBMS_OUTPUT.PUT_LINE(lf_head || TO_CHAR(lf_piece) || '|' || pieces || '|' || esc(s) || '|;');
    lf_rows := lf_rows + 1;
  END;
BEGIN
  DBMS_SQL.PARSE(lf_cur, lf_sql, DBMS_SQL.NATIVE);
  DBMS_SQL.DEFINE_COLUMN(lf_cur, 1, lf_head, 4000);
  DBMS_SQL.DEFINE_COLUMN_LONG(lf_cur, 2);
  lf_none := DBMS_SQL.EXECUTE(lf_cur);
  WHILE DBMS_SQL.FETCH_ROWS(lf_cur) > 0 LOOP
    DBMS_SQL.COLUMN_VALUE(lf_cur, 1, lf_head);
    lf_pos := 0;
    lf_piece := 0;
    lf_left := NULL;
    LOOP
      DBMS_SQL.COLUMN_VALUE_LONG(lf_cur, 2, 32000, lf_pos, lf_text, lf_len);
      EXIT WHEN lf_len = 0;
      lf_pos := lf_pos + lf_len;
      WHILE lf_text IS NOT NULL LOOP
        IF lf_left IS NOT NULL THEN
          put(lf_left, FALSE);
        END IF;
        lf_left := SUBSTR(lf_text, 1, {piece});
        lf_text := SUBSTR(lf_text, {piece} + 1);
      END LOOP;
      EXIT WHEN lf_len < 32000;
    END LOOP;
    put(lf_left, TRUE);
    IF MOD(DBMS_UTILITY.GET_TIME - lf_start + POWER(2, 32), POWER(2, 32)) > &lf_limit * 6000 THEN
      RAISE_APPLICATION_ERROR(-20001, 'landfall: out of time');
    END IF;
  END LOOP;
  DBMS_SQL.CLOSE_CURSOR(lf_cur);
  DBMS_OUTPUT.PUT_LINE('E|{extract}|' || TO_CHAR(lf_rows) || '|;');
  :lf_end := 'done';
EXCEPTION
  WHEN OTHERS THEN
    DBMS_OUTPUT.PUT_LINE(SQLERRM);
    IF DBMS_SQL.IS_OPEN(lf_cur) THEN
      DBMS_SQL.CLOSE_CURSOR(lf_cur);
    END IF;
END;
/
`
