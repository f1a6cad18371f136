package workload

import (
	"slices"
	"strings"
)

// BareType is the name of a type without lengths and precisions: VARCHAR2 of VARCHAR2(32), TIMESTAMP WITH TIME ZONE of
// TIMESTAMP(6) WITH TIME ZONE.
func BareType(s string) string {
	var b strings.Builder
	depth := 0
	for _, c := range strings.ToUpper(s) {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
			b.WriteByte(' ')
		case depth <= 0:
			b.WriteRune(c)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// maxTypes is how many types of one variable are kept.
const maxTypes = 4

// sentAs enters the type of one execution.
func (b *Bind) sentAs(typ string) {
	bare := BareType(typ)
	switch {
	case bare == "" || bare == BareType(b.Type):
	case b.Type == "":
		b.Type = typ
	case len(b.OtherTypes) < maxTypes && !slices.Contains(b.OtherTypes, bare):
		b.OtherTypes = append(slices.Clip(b.OtherTypes), bare)
	}
}

// Join enters what another place tells of the same variable.
func (b *Bind) Join(o Bind) {
	b.sentAs(o.Type)
	for _, t := range o.OtherTypes {
		b.sentAs(t)
	}
	b.Out = b.Out || o.Out
}

// jdbcTypes are the types that Oracle's JDBC driver sends for a JDBC type (JDBC Developer's Guide, "Data Type Mappings").
// Texts arrive as VARCHAR2 whatever they are called: setString knows no CHAR.
var jdbcTypes = map[string]string{
	"CHAR": "VARCHAR2", "VARCHAR": "VARCHAR2", "LONGVARCHAR": "VARCHAR2", "NCHAR": "NVARCHAR2", "NVARCHAR": "NVARCHAR2", "LONGNVARCHAR": "NVARCHAR2", "VARCHAR2": "VARCHAR2",
	"BIT": "NUMBER", "BOOLEAN": "NUMBER", "TINYINT": "NUMBER", "SMALLINT": "NUMBER", "INTEGER": "NUMBER", "INT": "NUMBER", "BIGINT": "NUMBER", "REAL": "NUMBER", "FLOAT": "NUMBER", "DOUBLE": "NUMBER",
	"NUMERIC": "NUMBER", "DECIMAL": "NUMBER", "NUMBER": "NUMBER",
	"DATE": "DATE", "TIME": "TIMESTAMP", "TIMESTAMP": "TIMESTAMP", "DATETIME": "TIMESTAMP", "TIMESTAMP_WITH_TIMEZONE": "TIMESTAMP WITH TIME ZONE",
	"CLOB": "CLOB", "NCLOB": "NCLOB", "BLOB": "BLOB", "BINARY": "RAW", "VARBINARY": "RAW", "LONGVARBINARY": "LONG RAW", "ROWID": "ROWID", "SQLXML": "XMLTYPE", "CURSOR": "REF CURSOR",
}

// JDBCType is Oracle's name of what the driver sends for a JDBC type, "" where that is not known.
func JDBCType(name string) string { return jdbcTypes[strings.ToUpper(strings.TrimSpace(name))] }

// javaTypes are what Oracle's JDBC driver sends for values of classes of Java, by the name without package, in lower case
// for the aliases of MyBatis as well. java.util.Date is sent as a timestamp; java.sql.Date, whose name is the same, is a DATE.
var javaTypes = map[string]string{
	"string": "VARCHAR2", "char": "VARCHAR2", "character": "VARCHAR2",
	"byte": "NUMBER", "short": "NUMBER", "int": "NUMBER", "integer": "NUMBER", "long": "NUMBER", "float": "NUMBER", "double": "NUMBER", "biginteger": "NUMBER", "bigdecimal": "NUMBER", "boolean": "NUMBER",
	"date": "TIMESTAMP", "timestamp": "TIMESTAMP", "localdatetime": "TIMESTAMP", "localdate": "DATE", "instant": "TIMESTAMP", "offsetdatetime": "TIMESTAMP WITH TIME ZONE", "zoneddatetime": "TIMESTAMP WITH TIME ZONE",
	"byte[]": "RAW", "clob": "CLOB", "blob": "BLOB",
}

// JavaType is Oracle's name of what the driver sends for a value of a Java class, "" where that is not known.
func JavaType(class string) string {
	class = strings.TrimSpace(class)
	if class == "java.sql.Date" {
		return "DATE"
	}
	class = strings.TrimPrefix(class, "_") // MyBatis: _int is the primitive type
	return javaTypes[strings.ToLower(class[strings.LastIndexByte(class, '.')+1:])]
}

// Element is the class of the elements of an array or collection, "" for others.
func Element(class string) string {
	if e, ok := strings.CutSuffix(class, "[]"); ok {
		return e
	}
	if i := strings.IndexByte(class, '<'); i >= 0 && strings.HasSuffix(class, ">") {
		return strings.TrimSuffix(class[i+1:], ">")
	}
	return ""
}
