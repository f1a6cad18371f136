package query

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/value"
	"landfall/load/plan"
)

// Objects and collections are read as JSON that the source makes, in the form of value.Shape (SQL Language Reference 12.2, "JSON_OBJECT",
// "JSON_ARRAYAGG", "TREAT", "table_collection_expression"): an object as JSON_OBJECT of its attributes under their names, a collection as
// JSON_ARRAYAGG of its elements in their order, NULL as null, whole objects and attributes alike. Scalars are texts, whose
// forms do not depend on settings of the session but the decimal point.

// partForms are the texts of scalars, by type; value.AppendPart reads them.
var partForms = map[value.Type]string{
	value.Number: "TO_CHAR(%s, 'TM9')", value.BinaryFloat: "RAWTOHEX(UTL_RAW.CAST_FROM_BINARY_FLOAT(%s))", value.BinaryDouble: "RAWTOHEX(UTL_RAW.CAST_FROM_BINARY_DOUBLE(%s))",
	value.Date: "TO_CHAR(%s, 'SYYYY-MM-DD HH24:MI:SS')", value.Timestamp: "TO_CHAR(%s, 'SYYYY-MM-DD HH24:MI:SS.FF9')",
	value.TimestampTZ:  `TO_CHAR(SYS_EXTRACT_UTC(%s), 'SYYYY-MM-DD HH24:MI:SS.FF9" +00:00"')`,
	value.TimestampLTZ: `TO_CHAR(SYS_EXTRACT_UTC(%s), 'SYYYY-MM-DD HH24:MI:SS.FF9" +00:00"')`,
	value.IntervalYM:   "TO_CHAR(%s)", value.IntervalDS: "TO_CHAR(%s)", value.Raw: "RAWTOHEX(%s)", value.Varchar2: "%s", value.Char: "%s", value.CLOB: "%s",
}

// objectText writes the expression of one column.
type objectText struct {
	scn       model.SCN
	returning string // of JSON_OBJECT
	lists     int    // collections that are open
}

// objectColumn is the JSON of a column. The alias is that of its table: attributes cannot be named without one.
func objectColumn(alias string, c *plan.Column, scn model.SCN) string {
	w := &objectText{scn: scn}
	if !c.Short {
		w.returning = " RETURNING CLOB"
	}
	path := quote(alias) + "." + quote(c.Source)
	return w.shape(path, path, c.Object)
}

// part is an attribute or element. Path is what it is, in front what its own attributes are named by.
func (w *objectText) part(path, front string, p *value.Part) string {
	if p.Shape != nil {
		return w.shape(path, front, p.Shape) + " FORMAT JSON"
	}
	t, _ := value.Of(p.Type) // the plan has no others
	return fmt.Sprintf(partForms[t.Type], path)
}

func (w *objectText) shape(path, front string, s *value.Shape) string {
	switch {
	case s.Element != nil:
		return w.list(path, s)
	case len(s.Family) == 0:
		return "CASE WHEN " + path + " IS NOT NULL THEN " + w.object(front, s, "") + " END"
	}
	text := "CASE"
	for _, f := range s.Family {
		typ := quote(f.Owner) + "." + quote(f.Name)
		text += " WHEN " + path + " IS OF (ONLY " + typ + ") THEN " + w.object("TREAT("+path+" AS "+typ+")", f, f.FullName())
	}
	// of a type that the plan does not know: it is told as a fault of the row
	return text + " WHEN " + path + " IS NOT NULL THEN JSON_OBJECT(KEY " + literal(value.TypeTag) + " VALUE '?'" + w.returning + ") END"
}

func (w *objectText) object(front string, s *value.Shape, tag string) string {
	var list []string
	if tag != "" {
		list = append(list, "KEY "+literal(value.TypeTag)+" VALUE "+literal(tag))
	}
	for i := range s.Attributes {
		a := &s.Attributes[i]
		path := front + "." + quote(a.Name)
		list = append(list, "KEY "+literal(a.Name)+" VALUE "+w.part(path, path, a))
	}
	return "JSON_OBJECT(" + strings.Join(list, ", ") + " NULL ON NULL" + w.returning + ")"
}

// list is a collection. A nested table lies in a table of its own, which has to be read as of the same time; a varray lies in the row.
// JSON_ARRAYAGG of no elements is NULL, and a collection without any is not.
func (w *objectText) list(path string, s *value.Shape) string {
	w.lists++
	alias := fmt.Sprintf("landfall_e%d", w.lists)
	elem, front := alias+".COLUMN_VALUE", alias
	if s.Element.Shape != nil && s.Element.Shape.Element == nil {
		elem = "VALUE(" + alias + ")"
	}
	asOf := ""
	if !s.Varray {
		asOf = fmt.Sprintf(" AS OF SCN %d", w.scn)
	}
	text := "CASE WHEN " + path + " IS NOT NULL THEN COALESCE((SELECT JSON_ARRAYAGG(" + w.part(elem, front, s.Element) + " ORDER BY ROWNUM NULL ON NULL RETURNING CLOB) FROM TABLE(" + path + ")" + asOf + " " + alias + "), TO_CLOB('[]')) END"
	w.lists--
	return text
}

func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
