package resolve

import "strings"

// Object types that Oracle supplies: what their methods and static functions give.

var typeAnydata = plain(ClassAny, "ANYDATA")

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
