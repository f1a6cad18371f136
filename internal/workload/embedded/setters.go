package embedded

import (
	"slices"
	"strconv"
	"strings"

	"landfall/internal/workload"
)

// A Java program tells the types of variables by the methods that it gives their values with: ps.setInt(1, x). They are
// taken where the text goes straight to the statement that a variable holds, up to where that variable gets another one.

// setters are what Oracle's JDBC driver sends for the methods of PreparedStatement.
var setters = map[string]string{
	"setByte": "NUMBER", "setShort": "NUMBER", "setInt": "NUMBER", "setLong": "NUMBER", "setFloat": "NUMBER", "setDouble": "NUMBER", "setBigDecimal": "NUMBER", "setBoolean": "NUMBER",
	"setString": "VARCHAR2", "setNString": "NVARCHAR2", "setDate": "DATE", "setTime": "TIMESTAMP", "setTimestamp": "TIMESTAMP", "setBytes": "RAW", "setRowId": "ROWID", "setSQLXML": "XMLTYPE",
	"setClob": "CLOB", "setNClob": "NCLOB", "setBlob": "BLOB", "setDATE": "DATE", "setTIMESTAMP": "TIMESTAMP", "setNUMBER": "NUMBER", "setStringForClob": "CLOB",
	"setIntAtName": "NUMBER", "setLongAtName": "NUMBER", "setStringAtName": "VARCHAR2", "setDateAtName": "DATE", "setTimestampAtName": "TIMESTAMP",
	"setObject": "", "setArray": "", "setNull": "", "registerOutParameter": "",
}

// bound are the variables of the statement that the text at a token is prepared for; nil where that is not clear.
func (s *scanner) bound(i int) []workload.Bind {
	if s.lang != workload.Java || !s.is(i-1, "(") || !s.is(i-2, "prepareStatement", "prepareCall") {
		return nil
	}
	target := ""
	for n := i - 3; n >= 0 && !s.is(n, ";", "{", "}"); n-- {
		if s.is(n, "=") && s.at(n-1).kind == word {
			target = s.text(n - 1)
			break
		}
	}
	if target == "" {
		return nil
	}
	var list []workload.Bind
	depth := 0
	for n := s.behind(i - 1); n < len(s.list); n++ {
		switch {
		case s.is(n, "{"):
			depth++
		case s.is(n, "}"):
			if depth--; depth < 0 {
				return list
			}
		case s.is(n, target) && s.is(n+1, "="):
			return list
		case s.is(n, target) && s.is(n+1, ".") && s.is(n+3, "("):
			typ, sets := setters[s.text(n+2)]
			if !sets {
				continue
			}
			b, ok := s.given(n+2, typ)
			if !ok { // set by a number that only the run knows: which one this is, nobody can tell
				return nil
			}
			list = enter(list, b)
		}
	}
	return list
}

// given reads the call of a setter: the number or name of the variable, and for NULL and results their type.
func (s *scanner) given(i int, typ string) (workload.Bind, bool) {
	b := workload.Bind{Type: typ}
	at := i + 2
	if t := s.at(at); t.kind == text {
		name, _ := workload.Compose(t.pieces)
		b.Name = strings.ToUpper(strings.TrimPrefix(name, ":"))
		at++
	} else {
		for ; at < len(s.list) && s.at(at).kind == sign && isDigits(s.text(at)); at++ {
			b.Name += s.text(at)
		}
		if n, err := strconv.Atoi(b.Name); err != nil || n < 1 {
			return b, false
		}
	}
	if !s.is(at, ",") {
		return b, false
	}
	if s.is(i, "registerOutParameter", "setNull") {
		b.Out = s.is(i, "registerOutParameter")
		if s.is(at+1, "Types", "OracleTypes", "JDBCType") && s.is(at+2, ".") {
			b.Type = workload.JDBCType(s.text(at + 3))
		}
		if !b.Out { // a NULL has no type of its own
			b.Type = ""
		}
	}
	return b, true
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// enter adds what one call tells.
func enter(list []workload.Bind, b workload.Bind) []workload.Bind {
	i := slices.IndexFunc(list, func(o workload.Bind) bool { return o.Name == b.Name })
	if i < 0 {
		return append(list, b)
	}
	list[i].Join(b)
	return list
}

// constantBound is bound for a constant: of all places that prepare it.
func (s *scanner) constantBound(name string) []workload.Bind {
	if s.prepared == nil {
		s.prepared = map[string][]int{}
		for i := range s.list {
			if s.at(i).kind == word && s.is(i+1, ")", ",") && s.is(i-1, "(") && s.is(i-2, "prepareStatement", "prepareCall") {
				s.prepared[s.text(i)] = append(s.prepared[s.text(i)], i)
			}
		}
	}
	var list []workload.Bind
	for _, i := range s.prepared[name] {
		for _, b := range s.bound(i) {
			list = enter(list, b)
		}
	}
	return list
}

// withTypes gives variables the types that the program tells: by name, or by number where they have none.
func withTypes(binds, told []workload.Bind) []workload.Bind {
	for _, b := range told {
		binds = enter(binds, b)
	}
	return binds
}
