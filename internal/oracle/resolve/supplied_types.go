package resolve

import "strings"

// Object types that Oracle supplies: what their methods and static functions give.

var (
	typeAnydata  = plain(ClassAny, "ANYDATA")
	typeKeyList  = suppliedType("JSON_KEY_LIST")
	jsonTreeType = map[string]*Type{
		"JSON_ELEMENT_T": plain(ClassAny, "JSON_ELEMENT_T"), "JSON_OBJECT_T": plain(ClassAny, "JSON_OBJECT_T"),
		"JSON_ARRAY_T": plain(ClassAny, "JSON_ARRAY_T"), "JSON_SCALAR_T": plain(ClassAny, "JSON_SCALAR_T"),
	}
)

// jsonTreeMember is what the methods of JSON_ELEMENT_T and its subtypes give (PL/SQL Packages and Types Reference 19c, "JSON
// Data Structures"); self is the type itself.
func jsonTreeMember(self *Type, member string) *Type {
	switch member {
	case "", "PARSE", "CLONE":
		return self
	case "GET":
		return jsonTreeType["JSON_ELEMENT_T"]
	case "GET_OBJECT":
		return jsonTreeType["JSON_OBJECT_T"]
	case "GET_ARRAY":
		return jsonTreeType["JSON_ARRAY_T"]
	case "GET_STRING", "GET_TYPE", "TO_STRING":
		return typeText
	case "GET_CLOB", "TO_CLOB", "STRINGIFY":
		return typeClob
	case "GET_NUMBER", "TO_NUMBER":
		return typeNumber
	case "GET_SIZE":
		return typeInteger
	case "GET_DATE", "TO_DATE":
		return typeDate
	case "GET_TIMESTAMP", "TO_TIMESTAMP":
		return typeTimestamp
	case "GET_KEYS":
		return typeKeyList
	case "GET_BOOLEAN", "TO_BOOLEAN", "HAS":
		return typeBoolean
	}
	if strings.HasPrefix(member, "IS_") {
		return typeBoolean
	}
	return nil
}

// anydataTypes are by the end of Access... (PL/SQL Packages and Types Reference 19c, "ANYDATA TYPE").
var anydataTypes = map[string]*Type{
	"NUMBER": typeNumber, "DATE": typeDate, "TIMESTAMP": typeTimestamp, "TIMESTAMPTZ": typeTimestampTZ, "TIMESTAMPLTZ": typeTimestampTZ,
	"INTERVALYM": typeIntervalYM, "INTERVALDS": typeIntervalDS, "VARCHAR2": typeText, "VARCHAR": typeText, "CHAR": typeText, "NCHAR": typeText,
	"NVARCHAR2": typeText, "CLOB": typeClob, "NCLOB": typeClob, "RAW": typeRaw, "BLOB": typeBlob, "BFLOAT": typeFloat, "BDOUBLE": typeDouble, "UROWID": typeText,
}

// suppliedMember is the type of a member of a supplied package or type, nil where it is not known.
func suppliedMember(name string) *Type {
	name = strings.TrimPrefix(name, "SYS.")
	if t := suppliedReturn[name]; t != nil {
		return t
	}
	typ, member, _ := strings.Cut(name, ".")
	if self := jsonTreeType[typ]; self != nil {
		return jsonTreeMember(self, member)
	}
	if typ != "ANYDATA" {
		return nil
	}
	switch {
	case strings.HasPrefix(member, "CONVERT"):
		return typeAnydata
	case strings.HasPrefix(member, "ACCESS"):
		return anydataTypes[strings.TrimPrefix(member, "ACCESS")]
	case member == "GETTYPENAME":
		return typeText
	case strings.HasPrefix(member, "GET"):
		return typeInteger
	}
	return nil
}
