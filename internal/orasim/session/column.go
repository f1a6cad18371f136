package session

// Column describes a column of a result.
type Column struct {
	Name string
	Type Type

	// Size is the most bytes a value can have in the database's character set; of numbers, dates and the like the size of
	// the type, which the wire fills in. A column that is always null still has at least 1.
	Size int

	// Chars is the most characters of VARCHAR2, CHAR and their national forms; CharSemantics says the column was declared
	// with CHAR and not BYTE.
	Chars         int
	CharSemantics bool

	// Precision and Scale of NUMBER(p, s): 0 and -127 for a bare NUMBER; of FLOAT(b): b and -127. Timestamps and intervals have
	// the digits of fractional seconds in Scale, intervals those of the leading field in Precision.
	Precision int
	Scale     int

	Nullable bool
	National bool // NCHAR, NVARCHAR2, NCLOB

	// TypeSchema and TypeName of an object type, and what its values are made of (nil of XMLTYPE, and where the engine
	// cannot give them).
	TypeSchema, TypeName string
	Shape                *Shape
}

// Type is Oracle's number for a type, as in DUMP, OCI and the protocol.
type Type uint8

// The types that pass the seam, with what the bytes of a value are.
const (
	Varchar2     Type = 1   // text; also NVARCHAR2
	Number       Type = 2   // exponent and base 100 digits, 1 to 21 bytes; 80 is zero
	Long         Type = 8   // text
	RowID        Type = 11  // 13 bytes: 01, data object u32, relative file u16, block u32, row u16, big endian
	Date         Type = 12  // 7 bytes: century+100, year+100, month, day, hour+1, minute+1, second+1
	Raw          Type = 23  // bytes
	LongRaw      Type = 24  // bytes
	Char         Type = 96  // text, padded; also NCHAR
	BinaryFloat  Type = 100 // 4 bytes big endian; sign bit set when positive, all bits inverted when negative
	BinaryDouble Type = 101 // 8 bytes, likewise
	RefCursor    Type = 102 // 1 to 24 bytes of the engine's own, for Session.Cursor
	Object       Type = 109 // XMLTYPE (TypeName "XMLTYPE"): the document as text; of other types their parts, see Shape
	CLOB         Type = 112 // a locator, see LOBs; also NCLOB
	BLOB         Type = 113 // a locator
	BFile        Type = 114 // a locator
	JSON         Type = 119 // not served yet
	Timestamp    Type = 180 // a Date's 7 bytes, then nanoseconds u32, which may be left out when 0
	TimestampTZ  Type = 181 // 13 bytes: a Timestamp in UTC, then hours+20 and minutes+60 of the offset, or a region as Oracle codes it
	IntervalYM   Type = 182 // 5 bytes: years+2^31 u32, months+60
	IntervalDS   Type = 183 // 11 bytes: days+2^31 u32, hours+60, minutes+60, seconds+60, nanoseconds+2^31 u32
	URowID       Type = 208 // a RowID, or what the engine has for an index-organised table
	TimestampLTZ Type = 231 // a Timestamp in the database's time zone
	PLSQLInteger Type = 3   // binds only: BINARY_INTEGER, value as Number
	PLSQLBoolean Type = 252 // binds, and BOOLEAN columns from 23ai: 1 byte, 0 or 1
)
