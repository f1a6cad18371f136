package model

import (
	"strconv"
	"strings"
)

// String is the type in Oracle's canonical spelling: NUMBER(10,2), VARCHAR2(30 CHAR), TIMESTAMP(6) WITH TIME ZONE,
// INTERVAL DAY(3) TO SECOND(6), REF HR.EMP_T, emp.sal%TYPE.
func (t TypeRef) String() string {
	if t.Anchor != "" {
		return t.Name + "%" + t.Anchor
	}
	var b strings.Builder
	if t.Ref {
		b.WriteString("REF ")
	}
	switch {
	case t.User:
		if t.Schema != "" {
			b.WriteString(t.Schema + ".")
		}
		for i, part := range strings.Split(t.Name, ".") { // package and type, where both stand
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(oracleSpelling(part))
		}
		b.WriteString(t.args())
	case strings.HasPrefix(t.Name, "INTERVAL "):
		first, last, _ := strings.Cut(t.Name, " TO ")
		b.WriteString(first + paren(t.Precision) + " TO " + last + paren(t.Scale))
	case strings.HasPrefix(t.Name, "TIME"):
		first, zone, found := strings.Cut(t.Name, " WITH ")
		b.WriteString(first + t.args())
		if found {
			b.WriteString(" WITH " + zone)
		}
	default:
		b.WriteString(t.Name + t.args())
	}
	return b.String()
}

func (t TypeRef) args() string {
	switch {
	case t.Star && t.Scale != nil:
		return "(*," + strconv.Itoa(*t.Scale) + ")"
	case t.Precision == nil:
		return ""
	case t.Scale != nil:
		return "(" + strconv.Itoa(*t.Precision) + "," + strconv.Itoa(*t.Scale) + ")"
	case t.Sem != "":
		return "(" + strconv.Itoa(*t.Precision) + " " + t.Sem + ")"
	}
	return paren(t.Precision)
}

func paren(n *int) string {
	if n == nil {
		return ""
	}
	return "(" + strconv.Itoa(*n) + ")"
}
