package connect

import (
	"fmt"
	"strings"
)

// ReadColumn is a column of a table that is to be read.
type ReadColumn struct {
	Name string // for messages and settings; "" is that of Expr
	Expr string // in SQL: a quoted name
	Type string // as the dictionary names it: NUMBER, CLOB, TIMESTAMP(6) WITH TIME ZONE, XMLTYPE ...; JSONText
}

// Plan is how a select list was made of columns; see PlanRead.
type Plan struct {
	names   []string
	columns []planned
	items   int
	inlined map[int]bool
}

// JSONText is the type of an expression that makes a CLOB or text which comes whole with its row.
const JSONText = "JSON TEXT"

// SmallLOB is the size up to which a LOB comes with its row, in bytes of a BLOB and UTF-16 units of a CLOB.
const SmallLOB = 32 << 10

// mostItems is how many Oracle takes in a select list, as many as a table has columns.
const mostItems = 1000

// PlanRead makes the select list that reads columns through Fetch without a loss, and the Plan for it. Most columns stand as they are.
// LOBs are asked for twice: as they are, which gives a locator, and their length; and once more as a value if that is no more than small, so that
// small ones take no call of their own, as far as the list has place for it. XMLTYPE, JSON and VECTOR come as their text.
//
// A LOB of the result that is not small is read by Wire.LOB.
func PlanRead(columns []ReadColumn, small int) (list string, p *Plan, err error) {
	p = &Plan{inlined: map[int]bool{}}
	var items []string
	spare := mostItems - len(columns)
	add := func(format string, args ...any) int {
		items = append(items, fmt.Sprintf(format, args...))
		return len(items) - 1
	}
	for _, c := range columns {
		typ, _, _ := strings.Cut(strings.ToUpper(c.Type), "(")
		at, inline := 0, -1
		switch strings.TrimPrefix(strings.TrimPrefix(typ, "SYS."), "PUBLIC.") {
		case "CLOB", "NCLOB", "BLOB":
			at = add("%s", c.Expr)
			if small > 0 && spare > 0 {
				spare--
				inline = add("CASE WHEN DBMS_LOB.GETLENGTH(%[1]s) <= %[2]d THEN %[1]s END", c.Expr, small)
				p.inlined[inline] = true
			}
		case "XMLTYPE":
			at = add("XMLSERIALIZE(CONTENT %s AS CLOB)", c.Expr)
			p.inlined[at] = true
		case "JSON":
			at = add("JSON_SERIALIZE(%s RETURNING CLOB)", c.Expr)
			p.inlined[at] = true
		case "VECTOR":
			at = add("VECTOR_SERIALIZE(%s RETURNING CLOB)", c.Expr)
			p.inlined[at] = true
		case JSONText:
			at = add("%s", c.Expr)
			p.inlined[at] = true
		default:
			at = add("%s", c.Expr)
		}
		if c.Name == "" {
			c.Name = strings.Trim(c.Expr, `"`)
		}
		p.names = append(p.names, c.Name)
		p.columns = append(p.columns, planned{at: at, inline: inline})
	}
	if len(items) == 0 {
		return "", nil, fmt.Errorf("no columns to read")
	}
	if len(items) > mostItems {
		return "", nil, fmt.Errorf("a query of %d items; Oracle takes %d", len(items), mostItems)
	}
	p.items = len(items)
	return strings.Join(items, ", "), p, nil
}

func (p *Plan) inline(i int) bool { return p.inlined[i] }

// name is the column that an item of the list stands for.
func (p *Plan) name(item int, otherwise string) string {
	for i, c := range p.columns {
		if c.at == item || c.inline == item {
			return p.names[i]
		}
	}
	return otherwise
}
