package query

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/value"
	"landfall/load/plan"
)

// readable are the texts that Oracle itself makes of values, for comparing a few of them with what the target makes of its own. What is not
// here has no text, or none that says everything.
var readable = map[string]string{
	"NUMBER": "TO_CHAR(%s, 'TM9')", "FLOAT": "TO_CHAR(%s, 'TM9')", "BINARY_FLOAT": "TO_CHAR(%s)", "BINARY_DOUBLE": "TO_CHAR(%s)",
	"DATE": "TO_CHAR(%s, 'SYYYY-MM-DD HH24:MI:SS')", "TIMESTAMP": "TO_CHAR(%s, 'SYYYY-MM-DD HH24:MI:SS.FF9')",
	"TIMESTAMP WITH TIME ZONE":       "TO_CHAR(SYS_EXTRACT_UTC(%s), 'SYYYY-MM-DD HH24:MI:SS.FF9')",
	"TIMESTAMP WITH LOCAL TIME ZONE": "TO_CHAR(SYS_EXTRACT_UTC(%s), 'SYYYY-MM-DD HH24:MI:SS.FF9')",
	"VARCHAR2":                       "%s", "NVARCHAR2": "%s", "CHAR": "%s", "NCHAR": "%s", "RAW": "RAWTOHEX(%s)",
	"CLOB": "DBMS_LOB.SUBSTR(%s, 500, 1)", "BLOB": "RAWTOHEX(DBMS_LOB.SUBSTR(%s, 200, 1))",
	"INTERVAL YEAR TO MONTH": "TO_CHAR(%s)", "INTERVAL DAY TO SECOND": "TO_CHAR(%s)",
}

// Probe is a value whose text is compared: a column; an attribute of an object in one; or how many elements a collection has.
type Probe struct {
	Column int           // place among the columns
	Path   []*value.Part // of the attribute
	Count  bool
}

// Sample reads the texts of up to n rows of a chunk: those of the key, then those of probes. Values without a text are left out, and
// those that a select list has no place for.
func Sample(t *plan.Table, c *plan.Chunk, scn model.SCN, columns []plan.Column, n int) (q Query, probes []Probe) {
	var list []string
	for k, name := range t.Key {
		list = append(list, fmt.Sprintf(textForms[keyType(t, k)][0], quote(name)))
	}
	for i := range columns {
		col := &columns[i]
		if col.Object != nil {
			w := &prober{scn: scn, column: i}
			w.shape(quote(t.Name)+"."+quote(col.Source), col.Object, nil)
			n := min(len(w.list), mostItems-len(list))
			list, probes = append(list, w.list[:n]...), append(probes, w.probes[:n]...)
			continue
		}
		if len(list) == mostItems {
			break
		}
		if form, ok := readable[col.Type.Name]; ok && !col.Type.User {
			list = append(list, fmt.Sprintf(form, quote(col.Source)))
			probes = append(probes, Probe{Column: i})
		}
	}
	tail := q.where(t, c, scn)
	if strings.Contains(tail, " WHERE ") {
		tail += " AND"
	} else {
		tail += " WHERE"
	}
	q.SQL = fmt.Sprintf("SELECT %s%s ROWNUM <= %d", strings.Join(list, ", "), tail, n)
	return q, probes
}

// prober finds the probes of a column of objects or a collection. Attributes that only some types of a family have, and elements, are none.
type prober struct {
	scn    model.SCN
	column int
	list   []string
	probes []Probe
}

func (w *prober) shape(expr string, s *value.Shape, path []*value.Part) {
	add := func(text string, path []*value.Part, count bool) {
		w.list = append(w.list, text)
		w.probes = append(w.probes, Probe{w.column, path, count})
	}
	if s.Element != nil {
		asOf := ""
		if !s.Varray {
			asOf = fmt.Sprintf(" AS OF SCN %d", w.scn)
		}
		add("CASE WHEN "+expr+" IS NOT NULL THEN (SELECT TO_CHAR(COUNT(*)) FROM TABLE("+expr+")"+asOf+" landfall_e) END", path, true)
		return
	}
	for i := range s.Attributes {
		a := &s.Attributes[i]
		below := append(path[:len(path):len(path)], a)
		at := expr + "." + quote(a.Name)
		if a.Shape != nil {
			w.shape(at, a.Shape, below)
		} else if form, ok := readable[a.Type.Name]; ok {
			add(fmt.Sprintf(form, at), below, false)
		}
	}
}
