// Package query writes the SQL that reads a table of the source: chunks, counts, and the values that a key is cut at.
//
// Input -> output: tables and chunks of a plan in, statements in Oracle's SQL with the values of their binds out. Every statement
// reads AS OF the plan's SCN. It opens no session; its functions are pure.
package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"landfall/internal/model"
	"landfall/load/plan"
	"landfall/load/source"
)

// Query is a statement and its binds, by position.
type Query struct {
	SQL   string
	Binds []string
}

// Read is what of a table is read: columns, and FROM with what follows.
type Read struct {
	Columns []source.Column
	Width   int // bytes of a row, by the statistics
	Tail    string
	Binds   []string
}

// mostItems is how many a select list may have; a table has as many columns at most (Reference, Logical Database Limits).
const mostItems = 1000

// Chunk reads the rows of a chunk: the columns given, in their order, then, of a heap table, the ROWID, unless there is no place for it: then
// rows are named by their key, as those of other tables are.
func Chunk(t *plan.Table, c *plan.Chunk, scn model.SCN, columns []plan.Column) Read {
	var r Read
	if t.Rows > 0 {
		r.Width = int(t.Bytes / t.Rows)
	}
	for i := range columns {
		col := &columns[i]
		c := source.Column{Name: col.Source, Expr: quote(col.Source), Type: col.Type, BadText: col.Policy["bad-utf8"]}
		if col.Object != nil {
			c.Expr, c.Type = objectColumn(t.Name, col, scn), model.TypeRef{Name: source.JSONText}
		}
		r.Columns = append(r.Columns, c)
	}
	if t.Kind == plan.Heap && len(columns) < mostItems {
		r.Columns = append(r.Columns, source.Column{Name: "ROWID", Expr: "ROWID", Type: model.TypeRef{Name: "ROWID"}})
	}
	var q Query
	r.Tail = q.where(t, c, scn)
	r.Binds = q.Binds
	return r
}

// Count counts the rows of a chunk; of a nil chunk, those of the table.
func Count(t *plan.Table, c *plan.Chunk, scn model.SCN) Query {
	var q Query
	q.SQL = "SELECT TO_CHAR(COUNT(*))" + q.where(t, c, scn)
	return q
}

// Try reads no row of a table under its condition: the source says whether it takes it.
func Try(t *plan.Table, scn model.SCN) Query {
	q := Count(t, nil, scn)
	q.SQL += " AND 1 = 0"
	return q
}

// where is FROM and what follows.
func (q *Query) where(t *plan.Table, c *plan.Chunk, scn model.SCN) string {
	from := " FROM " + quote(t.Owner) + "." + quote(t.Name)
	var conds []string
	if t.Filter != "" {
		conds = append(conds, "("+t.Filter+"\n)") // the filter may end in a comment
	}
	if c != nil {
		switch {
		case c.Partition != "" && c.Sub:
			from += " SUBPARTITION (" + quote(c.Partition) + ")"
		case c.Partition != "":
			from += " PARTITION (" + quote(c.Partition) + ")"
		}
		if c.From != "" {
			conds = append(conds, "ROWID >= CHARTOROWID("+q.bind(c.From)+")")
		}
		if c.To != "" {
			conds = append(conds, "ROWID < CHARTOROWID("+q.bind(c.To)+")")
		}
		if len(c.KeyFrom) > 0 {
			conds = append(conds, q.beyond(t, c.KeyFrom, ">", ">="))
		}
		if len(c.KeyTo) > 0 {
			conds = append(conds, q.beyond(t, c.KeyTo, "<", "<"))
		}
		if c.KeyNull {
			conds = append(conds, "("+strings.Join(nulls(t, " IS NULL"), " OR ")+")")
		} else if len(c.KeyFrom)+len(c.KeyTo) > 0 {
			conds = append(conds, strings.Join(nulls(t, " IS NOT NULL"), " AND "))
		}
	}
	from += fmt.Sprintf(" AS OF SCN %d", scn)
	if slices.ContainsFunc(t.Columns, func(c plan.Column) bool { return c.Object != nil }) {
		from += " " + quote(t.Name) // an alias, without which no attribute can be named; filters may name the table
	}
	if len(conds) > 0 {
		from += " WHERE " + strings.Join(conds, " AND ")
	}
	return from
}

func nulls(t *plan.Table, test string) []string {
	var list []string
	for _, k := range t.Key {
		list = append(list, quote(k)+test)
	}
	return list
}

// beyond compares the key as a whole: (a > 1) OR (a = 1 AND b >= 2).
func (q *Query) beyond(t *plan.Table, values []string, inner, last string) string {
	var ors []string
	for i := range values {
		var ands []string
		for j := range i {
			ands = append(ands, quote(t.Key[j])+" = "+q.value(t, j, values[j]))
		}
		op := inner
		if i == len(values)-1 {
			op = last
		}
		ands = append(ands, quote(t.Key[i])+" "+op+" "+q.value(t, i, values[i]))
		ors = append(ors, "("+strings.Join(ands, " AND ")+")")
	}
	return "(" + strings.Join(ors, " OR ") + ")"
}

func (q *Query) bind(v string) string {
	q.Binds = append(q.Binds, v)
	return fmt.Sprintf(":%d", len(q.Binds))
}

// textForms are how a key's value becomes text without loss, and text the value again, by type. Text of the national character set goes as
// ASCIISTR writes it: a bind is in the database's character set, which may not have its characters, and cuts with others in their stead are in
// another order than the key.
var textForms = map[string][2]string{
	"NUMBER":    {"TO_CHAR(%s, 'TM9')", "TO_NUMBER(%s)"},
	"FLOAT":     {"TO_CHAR(%s, 'TM9')", "TO_NUMBER(%s)"},
	"VARCHAR2":  {"%s", "%s"},
	"NVARCHAR2": {"ASCIISTR(%s)", "UNISTR(%s)"},
	"CHAR":      {"%s", "%s"},
	"NCHAR":     {"ASCIISTR(%s)", "UNISTR(%s)"},
	"DATE":      {"TO_CHAR(%s, 'SYYYY-MM-DD HH24:MI:SS')", "TO_DATE(%s, 'SYYYY-MM-DD HH24:MI:SS')"},
	"TIMESTAMP": {"TO_CHAR(%s, 'SYYYY-MM-DD HH24:MI:SS.FF9')", "TO_TIMESTAMP(%s, 'SYYYY-MM-DD HH24:MI:SS.FF9')"},
	"RAW":       {"RAWTOHEX(%s)", "HEXTORAW(%s)"},
}

func (q *Query) value(t *plan.Table, k int, v string) string {
	return fmt.Sprintf(textForms[keyType(t, k)][1], q.bind(v))
}

// KeyText is the text of a value of column k of a key, of what Cuts and Sample read for it; that of a RAW is its bytes in hex.
func KeyText(t *plan.Table, k int, read string) string {
	if typ := keyType(t, k); typ == "NVARCHAR2" || typ == "NCHAR" {
		return fromASCII(read)
	}
	return read
}

// fromASCII reads what ASCIISTR writes: \XXXX is a unit of UTF-16, and every backslash begins one (SQL Language Reference, ASCIISTR).
func fromASCII(s string) string {
	var units []uint16
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+5 <= len(s) {
			if u, err := strconv.ParseUint(s[i+1:i+5], 16, 16); err == nil {
				units = append(units, uint16(u))
				i += 4
				continue
			}
		}
		units = append(units, uint16(s[i]))
	}
	return string(utf16.Decode(units))
}

func keyType(t *plan.Table, k int) string {
	i := slices.IndexFunc(t.Columns, func(c plan.Column) bool { return c.Source == t.Key[k] })
	if i < 0 {
		return ""
	}
	return t.Columns[i].Type.Name
}

// CanCut reports whether a table can be cut by its key: every column of it is of a type that has a text without loss.
func CanCut(t *plan.Table) bool {
	for k := range t.Key {
		if _, ok := textForms[keyType(t, k)]; !ok {
			return false
		}
	}
	return len(t.Key) > 0
}

// Cuts reads the key, as text, of every rows-th row of a chunk in the order of the key, without the first; of a nil chunk, of the table.
func Cuts(t *plan.Table, c *plan.Chunk, scn model.SCN, rows int64) Query {
	var q Query
	var texts, keys []string
	for k, name := range t.Key {
		keys = append(keys, quote(name))
		texts = append(texts, fmt.Sprintf(textForms[keyType(t, k)][0], quote(name)))
	}
	tail := q.where(t, c, scn)
	if notNull := strings.Join(nulls(t, " IS NOT NULL"), " AND "); strings.Contains(tail, " WHERE ") {
		tail += " AND " + notNull
	} else {
		tail += " WHERE " + notNull
	}
	q.SQL = fmt.Sprintf("SELECT %s FROM (SELECT %s, ROW_NUMBER() OVER (ORDER BY %s) AS landfall_n%s) WHERE landfall_n > 1 AND MOD(landfall_n - 1, %d) = 0 ORDER BY landfall_n",
		strings.Join(texts, ", "), strings.Join(keys, ", "), strings.Join(keys, ", "), tail, rows)
	return q
}

// Nulls counts the rows with a NULL in the key.
func Nulls(t *plan.Table, scn model.SCN) Query { return Count(t, &plan.Chunk{KeyNull: true}, scn) }

func quote(name string) string { return model.QuoteOracle(name) }
