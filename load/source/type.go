package source

import (
	"regexp"
	"strconv"
	"strings"

	"landfall/internal/model"
)

// digits are the parts of DATA_TYPE that say a precision: TIMESTAMP(6) WITH TIME ZONE, INTERVAL DAY(2) TO SECOND(6).
var digits = regexp.MustCompile(`\((\d+)\)`)

// TypeOf takes a type apart as DBA_TAB_COLS gives it: DATA_TYPE, DATA_TYPE_OWNER, DATA_LENGTH, DATA_PRECISION, DATA_SCALE,
// CHAR_USED and CHAR_LENGTH, "" for NULL. It comes out as the parser would read the column's declaration.
func TypeOf(name, owner, length, precision, scale, used, chars string) model.TypeRef {
	t := model.TypeRef{Name: name}
	switch {
	case owner != "" && !(owner == "SYS" || owner == "PUBLIC" || owner == "MDSYS"):
		t.User, t.Schema = true, owner
		return t
	case owner != "":
		return t // XMLTYPE, ANYDATA, SDO_GEOMETRY
	case strings.HasPrefix(name, "TIMESTAMP"), strings.HasPrefix(name, "INTERVAL"):
		t.Name = digits.ReplaceAllString(name, "")
		found := digits.FindAllStringSubmatch(name, 2)
		if len(found) > 0 {
			t.Precision = number(found[0][1])
		}
		if len(found) > 1 {
			t.Scale = number(found[1][1])
		}
		return t
	}
	switch name {
	case "NUMBER":
		t.Precision, t.Scale = number(precision), number(scale)
		if t.Precision == nil && t.Scale != nil { // NUMBER(*, s), INTEGER
			t.Star = true
		}
		if t.Precision != nil && t.Scale != nil && *t.Scale == 0 {
			t.Scale = nil
		}
	case "FLOAT":
		t.Precision = number(precision)
	case "VARCHAR2", "CHAR":
		t.Precision, t.Sem = number(length), "BYTE"
		if used == "C" {
			t.Precision, t.Sem = number(chars), "CHAR"
		}
	case "NVARCHAR2", "NCHAR":
		t.Precision = number(chars)
	case "RAW", "UROWID":
		t.Precision = number(length)
	}
	return t
}

func number(s string) *int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return nil
	}
	return &n
}
