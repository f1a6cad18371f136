package engine

import (
	"strconv"

	"landfall/internal/model"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// kind is the family of a type.
type kind uint8

const (
	kNull kind = iota // the literal NULL: fits anywhere
	kVarchar
	kChar
	kNumber
	kFloat  // BINARY_FLOAT
	kDouble // BINARY_DOUBLE
	kDate
	kTimestamp
	kZoned // TIMESTAMP WITH TIME ZONE
	kLocal // TIMESTAMP WITH LOCAL TIME ZONE
	kMonths
	kSpan
	kRaw
	kRowID
	kClob
	kBlob
	kLong
	kLongRaw
	kXML
	kOther  // user-defined, BFILE ...: can stand in a table, and be NULL
	kBool   // of PL/SQL: one byte
	kCursor // a CURSOR expression: the handle of the nested cursor
)

var kindNames = [...]string{
	"NULL", "CHAR", "CHAR", "NUMBER", "BINARY_FLOAT", "BINARY_DOUBLE", "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE",
	"INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND", "BINARY", "ROWID", "CLOB", "BLOB", "LONG", "LONG BINARY", "-", "UDT", "BOOLEAN", "CURSER",
}

func (k kind) String() string { return kindNames[k] }

func (k kind) text() bool { return k == kVarchar || k == kChar }

func (k kind) numeric() bool { return k == kNumber || k == kFloat || k == kDouble }

func (k kind) binary() bool { return k == kFloat || k == kDouble }

func (k kind) datetime() bool {
	return k == kDate || k == kTimestamp || k == kZoned || k == kLocal
}

func (k kind) interval() bool { return k == kMonths || k == kSpan }

func (k kind) lob() bool { return k == kClob || k == kBlob }

// typ is the type of a column or expression.
type typ struct {
	kind     kind
	national bool
	// size is the most bytes (characters when charSem) of text and raw. prec and scale are those of NUMBER (prec 0: none;
	// star scale -127), the digits of FLOAT in bits, of fractional seconds in scale, of the leading field in prec.
	size    int
	charSem bool
	prec    int
	scale   int
	float   bool // FLOAT(b): prec in bits
	name    string
	schema  string // of kOther
	ref     bool   // REF to an object
	pls     bool   // PLS_INTEGER: arithmetic of two is one again, and overflows (ORA-01426)
}

const noScale = -127

var (
	tNumber    = typ{kind: kNumber, scale: noScale}
	tDate      = typ{kind: kDate}
	tTimestamp = typ{kind: kTimestamp, scale: 9, prec: 0}
	tZoned     = typ{kind: kZoned, scale: 9}
	tLocal     = typ{kind: kLocal, scale: 9}
	tMonths    = typ{kind: kMonths, prec: 9}
	tSpan      = typ{kind: kSpan, prec: 9, scale: 9}
	tDouble    = typ{kind: kDouble}
	tFloat     = typ{kind: kFloat}
	tClob      = typ{kind: kClob}
	tBlob      = typ{kind: kBlob}
	tRowID     = typ{kind: kRowID}
	tNull      = typ{kind: kNull}
	tBool      = typ{kind: kBool}
	tInteger   = typ{kind: kNumber, scale: noScale, pls: true}
)

func rawType(size int) typ { return typ{kind: kRaw, size: min(max(size, 1), 2000)} }

// typeOf reads a type of the catalog as a table keeps it.
func typeOf(t model.TypeRef, charSem bool) typ {
	num := func(p *int, missing int) int {
		if p == nil {
			return missing
		}
		return *p
	}
	if t.User || t.Ref {
		return typ{kind: kOther, name: t.Name, schema: t.Schema, ref: t.Ref}
	}
	switch t.Name {
	case "NUMBER":
		switch {
		case t.Star:
			return typ{kind: kNumber, prec: 38, scale: num(t.Scale, 0)}
		case t.Precision == nil:
			return tNumber
		}
		return typ{kind: kNumber, prec: *t.Precision, scale: num(t.Scale, 0)}
	case "INTEGER", "INT", "SMALLINT":
		return typ{kind: kNumber, prec: 38}
	case "FLOAT":
		return typ{kind: kNumber, prec: num(t.Precision, 126), scale: noScale, float: true}
	case "BINARY_FLOAT":
		return tFloat
	case "BINARY_DOUBLE":
		return tDouble
	case "VARCHAR2", "VARCHAR":
		return typ{kind: kVarchar, size: num(t.Precision, 1), charSem: t.Sem == "CHAR" || t.Sem == "" && charSem}
	case "CHAR":
		return typ{kind: kChar, size: num(t.Precision, 1), charSem: t.Sem == "CHAR" || t.Sem == "" && charSem}
	case "NVARCHAR2":
		return typ{kind: kVarchar, size: num(t.Precision, 1), charSem: true, national: true}
	case "NCHAR":
		return typ{kind: kChar, size: num(t.Precision, 1), charSem: true, national: true}
	case "DATE":
		return tDate
	case "TIMESTAMP":
		return typ{kind: kTimestamp, scale: num(t.Precision, 6)}
	case "TIMESTAMP WITH TIME ZONE":
		return typ{kind: kZoned, scale: num(t.Precision, 6)}
	case "TIMESTAMP WITH LOCAL TIME ZONE":
		return typ{kind: kLocal, scale: num(t.Precision, 6)}
	case "INTERVAL YEAR TO MONTH":
		return typ{kind: kMonths, prec: num(t.Precision, 2)}
	case "INTERVAL DAY TO SECOND":
		return typ{kind: kSpan, prec: num(t.Precision, 2), scale: num(t.Scale, 6)}
	case "RAW":
		return typ{kind: kRaw, size: num(t.Precision, 1)}
	case "ROWID":
		return tRowID
	case "UROWID":
		return typ{kind: kRowID, size: num(t.Precision, 4000), name: "UROWID"}
	case "CLOB":
		return tClob
	case "NCLOB":
		return typ{kind: kClob, national: true}
	case "BLOB":
		return tBlob
	case "LONG":
		return typ{kind: kLong}
	case "LONG RAW":
		return typ{kind: kLongRaw}
	case "XMLTYPE":
		return typ{kind: kXML, name: "XMLTYPE", schema: "SYS"}
	case "SDO_GEOMETRY":
		return typ{kind: kOther, name: t.Name, schema: "MDSYS"}
	}
	return typ{kind: kOther, name: t.Name}
}

// column describes the type to the seam.
func (t typ) column(name string, set *charset.Set) session.Column {
	c := session.Column{Name: name, National: t.national, Nullable: true}
	text := func(code session.Type) {
		c.Type = code
		c.Chars, c.CharSemantics = max(1, t.size), t.charSem
		c.Size = c.Chars
		switch {
		case t.national:
			c.Size *= 2
		case t.charSem:
			c.Size = min(c.Size*set.Widest, 32767)
		}
	}
	switch t.kind {
	case kVarchar, kNull:
		text(session.Varchar2)
	case kChar:
		text(session.Char)
	case kNumber:
		c.Type, c.Precision, c.Scale, c.Size = session.Number, t.prec, t.scale, 22
	case kFloat:
		c.Type, c.Size = session.BinaryFloat, 4
	case kDouble:
		c.Type, c.Size = session.BinaryDouble, 8
	case kDate:
		c.Type, c.Size = session.Date, 7
	case kTimestamp:
		c.Type, c.Scale, c.Size = session.Timestamp, t.scale, 11
	case kZoned:
		c.Type, c.Scale, c.Size = session.TimestampTZ, t.scale, 13
	case kLocal:
		c.Type, c.Scale, c.Size = session.TimestampLTZ, t.scale, 11
	case kMonths:
		c.Type, c.Precision, c.Size = session.IntervalYM, t.prec, 5
	case kSpan:
		c.Type, c.Precision, c.Scale, c.Size = session.IntervalDS, t.prec, t.scale, 11
	case kRaw:
		c.Type, c.Size = session.Raw, max(1, t.size)
	case kRowID:
		c.Type, c.Size = session.RowID, 18
	case kClob:
		c.Type, c.Size = session.CLOB, 4000
	case kBlob:
		c.Type, c.Size = session.BLOB, 4000
	case kLong:
		c.Type = session.Long
	case kLongRaw:
		c.Type = session.LongRaw
	case kBool:
		c.Type, c.Size = session.PLSQLBoolean, 1
	case kCursor:
		c.Type, c.Size = session.RefCursor, 4
	case kXML:
		c.Type, c.TypeSchema, c.TypeName, c.Size = session.Object, "SYS", "XMLTYPE", 2000
	default:
		c.Type, c.TypeSchema, c.TypeName, c.Size = session.Object, t.schema, t.name, 2000
	}
	return c
}

// String is the type as DDL writes it.
func (t typ) String() string {
	n := strconv.Itoa
	char := func(name string) string {
		if t.national {
			return "N" + name + "(" + n(t.size) + ")"
		}
		if t.charSem {
			return name + "(" + n(t.size) + " CHAR)"
		}
		return name + "(" + n(t.size) + ")"
	}
	switch t.kind {
	case kVarchar:
		return char("VARCHAR2")
	case kChar:
		return char("CHAR")
	case kNumber:
		switch {
		case t.float:
			return "FLOAT(" + n(t.prec) + ")"
		case t.prec == 0:
			return "NUMBER"
		}
		return "NUMBER(" + n(t.prec) + "," + n(t.scale) + ")"
	case kRaw:
		return "RAW(" + n(t.size) + ")"
	case kTimestamp:
		return "TIMESTAMP(" + n(t.scale) + ")"
	case kZoned:
		return "TIMESTAMP(" + n(t.scale) + ") WITH TIME ZONE"
	case kLocal:
		return "TIMESTAMP(" + n(t.scale) + ") WITH LOCAL TIME ZONE"
	case kMonths:
		return "INTERVAL YEAR(" + n(t.prec) + ") TO MONTH"
	case kSpan:
		return "INTERVAL DAY(" + n(t.prec) + ") TO SECOND(" + n(t.scale) + ")"
	case kOther, kXML:
		return t.name
	case kLongRaw:
		return "LONG RAW"
	}
	return t.kind.String()
}
