package value

import (
	"fmt"

	"landfall/internal/model"
)

// Type is what the bytes of a column are. Types with the same bytes are one where nothing tells them apart: NVARCHAR2 is
// VARCHAR2 here.
type Type uint8

// The types. The zero Type is none.
const (
	NoType Type = iota
	Varchar2
	Char
	Long
	CLOB
	XMLType
	JSON
	Number
	BinaryFloat
	BinaryDouble
	Date
	Timestamp
	TimestampTZ
	TimestampLTZ
	IntervalYM
	IntervalDS
	Raw
	LongRaw
	BLOB
	RowID
	URowID
	Boolean
	BFile
	Object
)

var typeNames = [...]string{
	"", "VARCHAR2", "CHAR", "LONG", "CLOB", "XMLTYPE", "JSON", "NUMBER", "BINARY_FLOAT", "BINARY_DOUBLE", "DATE", "TIMESTAMP",
	"TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE", "INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND", "RAW", "LONG RAW",
	"BLOB", "ROWID", "UROWID", "BOOLEAN", "BFILE", "OBJECT",
}

func (t Type) String() string { return typeNames[min(int(t), len(typeNames)-1)] }

// Text reports whether the bytes are text in UTF-8.
func (t Type) Text() bool {
	switch t {
	case Varchar2, Char, Long, CLOB, XMLType, JSON, BFile, Object:
		return true
	}
	return false
}

// LOB reports whether values may be empty and not NULL, and too large to be held.
func (t Type) LOB() bool { return t == CLOB || t == BLOB || t == XMLType || t == JSON }

// Column is a column of the source: its type with what the dictionary says of its size.
type Column struct {
	Type Type

	// Precision and Scale of NUMBER(p,s), where Sized is set; a bare NUMBER has none. Timestamps and intervals have the
	// digits of their seconds in Scale.
	Precision, Scale int
	Sized            bool

	// Length in bytes or characters, as declared; 0 where the type has none.
	Length int
}

var byName = map[string]Type{
	"NUMBER": Number, "DECIMAL": Number, "NUMERIC": Number, "DEC": Number, "INTEGER": Number, "INT": Number, "SMALLINT": Number,
	"FLOAT": Number, "REAL": Number, "DOUBLE PRECISION": Number,
	"BINARY_FLOAT": BinaryFloat, "BINARY_DOUBLE": BinaryDouble,
	"VARCHAR2": Varchar2, "VARCHAR": Varchar2, "NVARCHAR2": Varchar2, "STRING": Varchar2, "NCHAR VARYING": Varchar2,
	"CHAR": Char, "NCHAR": Char, "CHARACTER": Char, "LONG": Long, "CLOB": CLOB, "NCLOB": CLOB, "XMLTYPE": XMLType, "JSON": JSON,
	"VECTOR": JSON, // its text form [1, 2.5] is JSON
	"DATE":   Date, "TIMESTAMP": Timestamp, "TIMESTAMP WITH TIME ZONE": TimestampTZ, "TIMESTAMP WITH LOCAL TIME ZONE": TimestampLTZ,
	"INTERVAL YEAR TO MONTH": IntervalYM, "INTERVAL DAY TO SECOND": IntervalDS, "RAW": Raw, "LONG RAW": LongRaw, "BLOB": BLOB,
	"ROWID": RowID, "UROWID": URowID, "BOOLEAN": Boolean, "BFILE": BFile,
	"ANYDATA": Object, "SDO_GEOMETRY": Object, "URITYPE": Object, "HTTPURITYPE": Object, "DBURITYPE": Object, "XDBURITYPE": Object,
}

// integer38 are the names for NUMBER(38).
var integer38 = map[string]bool{"INTEGER": true, "INT": true, "SMALLINT": true}

// Of gives the column of a type of the catalog. Types that have no values (cursors) or are unknown are an error.
func Of(t model.TypeRef) (Column, error) {
	if t.User || t.Ref {
		return Column{Type: Object}, nil
	}
	c := Column{Type: byName[t.Name]}
	if c.Type == NoType {
		return Column{}, fmt.Errorf("no column values are known for type %s", t.Name)
	}
	switch {
	case integer38[t.Name]:
		c.Precision, c.Sized = 38, true
	case c.Type == Number && (t.Name == "FLOAT" || t.Name == "REAL" || t.Name == "DOUBLE PRECISION"):
	case c.Type == Number && t.Precision == nil && t.Scale == nil && t.Name == "NUMBER":
	case c.Type == Number:
		c.Precision, c.Sized = 38, true
		if t.Precision != nil {
			c.Precision = *t.Precision
		}
		if t.Scale != nil {
			c.Scale = *t.Scale
		}
	case c.Type == Date:
	case c.Type >= Timestamp && c.Type <= TimestampLTZ:
		c.Scale = 6
		if t.Precision != nil {
			c.Scale = *t.Precision
		}
	case c.Type == IntervalDS:
		c.Scale = 6
		if t.Scale != nil {
			c.Scale = *t.Scale
		}
	case t.Precision != nil:
		c.Length = *t.Precision
	}
	return c, nil
}
