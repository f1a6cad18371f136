package resolve

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func plain(class TypeClass, name string) *Type {
	return &Type{Class: class, Ref: model.TypeRef{Name: name}}
}

// The types of expressions that have no declaration. They are shared and never written to.
var (
	typeUnknown     = &Type{}
	typeNumber      = plain(ClassNumber, "NUMBER")
	typeInteger     = plain(ClassInteger, "PLS_INTEGER")
	typeFloat       = plain(ClassBinary, "BINARY_FLOAT")
	typeDouble      = plain(ClassBinary, "BINARY_DOUBLE")
	typeText        = plain(ClassText, "VARCHAR2")
	typeChar        = plain(ClassChar, "CHAR")
	typeDate        = plain(ClassDate, "DATE")
	typeTimestamp   = plain(ClassTimestamp, "TIMESTAMP")
	typeTimestampTZ = plain(ClassTimestamp, "TIMESTAMP WITH TIME ZONE")
	typeIntervalDS  = plain(ClassInterval, "INTERVAL DAY TO SECOND")
	typeIntervalYM  = plain(ClassInterval, "INTERVAL YEAR TO MONTH")
	typeRaw         = plain(ClassRaw, "RAW")
	typeClob        = plain(ClassLOB, "CLOB")
	typeBlob        = plain(ClassLOB, "BLOB")
	typeBoolean     = plain(ClassBoolean, "BOOLEAN")
	typeRowid       = plain(ClassRowid, "ROWID")
	typeXML         = plain(ClassXML, "XMLTYPE")
	typeJSON        = plain(ClassJSON, "JSON")
	typeCursor      = plain(ClassCursor, "SYS_REFCURSOR")
	typeNull        = plain(ClassNull, "")
)

// builtinTypes are the names of built-in types and of the subtypes that STANDARD declares.
var builtinTypes = map[string]TypeClass{
	"NUMBER": ClassNumber, "NUMERIC": ClassNumber, "DECIMAL": ClassNumber, "DEC": ClassNumber, "FLOAT": ClassNumber, "REAL": ClassNumber,
	"DOUBLE": ClassNumber, "DOUBLE PRECISION": ClassNumber, "INTEGER": ClassNumber, "INT": ClassNumber, "SMALLINT": ClassNumber,
	"PLS_INTEGER": ClassInteger, "BINARY_INTEGER": ClassInteger, "SIMPLE_INTEGER": ClassInteger, "NATURAL": ClassInteger,
	"NATURALN": ClassInteger, "POSITIVE": ClassInteger, "POSITIVEN": ClassInteger, "SIGNTYPE": ClassInteger,
	"BINARY_FLOAT": ClassBinary, "BINARY_DOUBLE": ClassBinary, "SIMPLE_FLOAT": ClassBinary, "SIMPLE_DOUBLE": ClassBinary,
	"VARCHAR2": ClassText, "VARCHAR": ClassText, "NVARCHAR2": ClassText, "STRING": ClassText, "LONG": ClassText, "LONG VARCHAR": ClassText,
	"CHAR VARYING": ClassText, "CHARACTER VARYING": ClassText, "NCHAR VARYING": ClassText, "NATIONAL CHARACTER VARYING": ClassText,
	"NATIONAL CHAR VARYING": ClassText, "CHAR": ClassChar, "CHARACTER": ClassChar, "NCHAR": ClassChar, "NATIONAL CHARACTER": ClassChar, "NATIONAL CHAR": ClassChar,
	"DATE": ClassDate, "TIMESTAMP": ClassTimestamp, "TIMESTAMP WITH TIME ZONE": ClassTimestamp, "TIMESTAMP WITH LOCAL TIME ZONE": ClassTimestamp,
	"TIME": ClassTimestamp, "TIMESTAMP_UNCONSTRAINED": ClassTimestamp, "TIMESTAMP_TZ_UNCONSTRAINED": ClassTimestamp,
	"TIMESTAMP_LTZ_UNCONSTRAINED": ClassTimestamp, "INTERVAL YEAR TO MONTH": ClassInterval, "INTERVAL DAY TO SECOND": ClassInterval,
	"YMINTERVAL_UNCONSTRAINED": ClassInterval, "DSINTERVAL_UNCONSTRAINED": ClassInterval,
	"RAW": ClassRaw, "LONG RAW": ClassRaw, "CLOB": ClassLOB, "NCLOB": ClassLOB, "BLOB": ClassLOB, "BFILE": ClassLOB,
	"CHARACTER LARGE OBJECT": ClassLOB, "CHAR LARGE OBJECT": ClassLOB, "BINARY LARGE OBJECT": ClassLOB,
	"BOOLEAN": ClassBoolean, "ROWID": ClassRowid, "UROWID": ClassRowid, "XMLTYPE": ClassXML, "JSON": ClassJSON, "SYS_REFCURSOR": ClassCursor,
	"ANYDATA": ClassAny, "ANYTYPE": ClassAny, "ANYDATASET": ClassAny, "VECTOR": ClassAny,
	"JSON_ELEMENT_T": ClassAny, "JSON_OBJECT_T": ClassAny, "JSON_ARRAY_T": ClassAny, "JSON_SCALAR_T": ClassAny, "SDO_GEOMETRY": ClassObject,
}

// literalType is the type of a constant. An empty string is NULL in Oracle.
func literalType(f *ast.File, l *ast.Literal) *Type {
	switch l.Kind {
	case ast.LitNumber:
		if b := f.Bytes(l.Lo); len(b) > 0 {
			switch b[len(b)-1] {
			case 'f', 'F':
				return typeFloat
			case 'd', 'D':
				return typeDouble
			}
		}
		return typeNumber
	case ast.LitString:
		if t := f.Tokens[l.Lo]; t.Kind == token.String && t.Len <= 2 {
			return typeNull
		}
		return typeText
	case ast.LitNull:
		return typeNull
	case ast.LitTrue, ast.LitFalse:
		return typeBoolean
	case ast.LitDate:
		return typeDate
	case ast.LitTimestamp, ast.LitTime:
		return typeTimestamp
	case ast.LitInterval:
		for i := l.Hi - 1; i > l.Lo; i-- {
			switch f.Tokens[i].Kw {
			case token.YEAR, token.MONTH:
				return typeIntervalYM
			case token.DAY, token.HOUR, token.MINUTE, token.SECOND:
				return typeIntervalDS
			}
		}
		return typeIntervalDS
	}
	return typeUnknown
}

func (t *Type) number() bool {
	return t.Class == ClassNumber || t.Class == ClassInteger || t.Class == ClassBinary
}

func (t *Type) datetime() bool { return t.Class == ClassDate || t.Class == ClassTimestamp }

// arithmetic is the type of x op y (SQL Language Reference, "Datetime/Interval Arithmetic", "Numeric Precedence").
func arithmetic(op token.Kind, x, y *Type) *Type {
	switch {
	case op == token.Minus && x.datetime() && y.datetime():
		if x.Class == ClassDate && y.Class == ClassDate {
			return typeNumber
		}
		return typeIntervalDS
	case (op == token.Plus || op == token.Minus) && x.datetime():
		if y.Class == ClassInterval {
			return x
		}
		return typeDate // a number added to a timestamp makes a date of it
	case op == token.Plus && y.datetime():
		if x.Class == ClassInterval {
			return y
		}
		return typeDate
	case x.Class == ClassInterval && (y.Class == ClassInterval || y.number() || y.Class == ClassUnknown):
		return x
	case y.Class == ClassInterval:
		return y
	case x.Class == ClassBinary || y.Class == ClassBinary:
		return typeDouble
	case x.Class == ClassInteger && y.Class == ClassInteger && op != token.Slash && op != token.Power:
		return typeInteger
	case x.Class == ClassUnknown || y.Class == ClassUnknown:
		// only a number can be multiplied, divided or raised; of + and - nothing is known
		if op == token.Star || op == token.Slash || op == token.Power {
			if x.number() || y.number() {
				return typeNumber
			}
		}
		return typeUnknown
	}
	return typeNumber
}

// common is the type that several results are brought to: the first that is not NULL decides; a number class
// gives way to a wider one.
func common(types []*Type) *Type {
	var t *Type
	for _, u := range types {
		switch {
		case u == nil || u.Class == ClassNull:
		case t == nil || t.Class == ClassUnknown:
			if t == nil {
				t = u
			} else {
				return typeUnknown
			}
		case t.Class == u.Class:
			if t != u {
				t = unsized(t, u)
			}
		case t.number() && u.number():
			if t.Class == ClassBinary || u.Class == ClassBinary {
				t = typeDouble
			} else {
				t = typeNumber
			}
		case t.Class == ClassChar && u.Class == ClassText:
			t = u
		case t.Class == ClassText && u.Class == ClassLOB:
			t = u
		}
	}
	if t == nil {
		return typeNull
	}
	return t
}

// unsized drops the length where two types of one class differ in it.
func unsized(t, u *Type) *Type {
	if t.Ref.Precision == nil && t.Ref.Scale == nil || t.Object != u.Object || t.shape != nil {
		return t
	}
	if u.Ref.Precision != nil && t.Ref.Precision != nil && *u.Ref.Precision == *t.Ref.Precision && t.Ref.Name == u.Ref.Name && t.Ref.Scale == u.Ref.Scale {
		return t
	}
	switch t.Class {
	case ClassNumber:
		return typeNumber
	case ClassText:
		return typeText
	case ClassChar:
		return typeText // lengths differ: no blank padding
	}
	return t
}

// ClassOf is the class of a built-in type's name; ClassUnknown for all other names.
func ClassOf(name string) TypeClass { return builtinTypes[name] }

// BuiltinType is the type that a reference names, when it is one of Oracle's own; else only the reference is known.
func BuiltinType(t model.TypeRef) Type {
	if t.User || t.Ref || t.Anchor != "" {
		return Type{Ref: t}
	}
	return Type{Class: builtinTypes[t.Name], Ref: t}
}
