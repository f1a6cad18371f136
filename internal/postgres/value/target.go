package value

import (
	"fmt"
	"strings"
)

// Target is a type of PostgreSQL, as pg_attribute has it for a column. Of a domain, Name, Typmod and parts are those of the
// type behind it; OID is always that of the column, attribute or element itself, which stands in arrays and composite values.
type Target struct {
	OID    uint32
	Name   string // of pg_type: int4, bpchar, timestamptz ...; with the schema in front where that is not pg_catalog
	Typmod int32  // -1: none

	// Attributes of a composite type, in order and without dropped ones; Element of an array.
	Attributes []Attribute
	Element    *Target
}

// Attribute is one of a composite type.
type Attribute struct {
	Name   string
	Target Target
}

// kind is how a type is sent.
type kind uint8

const (
	noKind kind = iota
	kindNumeric
	kindInt2
	kindInt4
	kindInt8
	kindFloat4
	kindFloat8
	kindText
	kindVarchar
	kindVarcharBytes // whose n counts bytes
	kindChar
	kindBytea
	kindTimestamp
	kindTimestampTZ
	kindDate
	kindInterval
	kindBoolean
	kindUUID
	kindJSON
	kindJSONB
	kindXML
	kindComposite
	kindArray
)

// kinds of types by their names. orafce's varchar2 and nvarchar2 are sent as varchar;
// its date is a domain over timestamp(0).
var kinds = map[string]kind{
	"numeric": kindNumeric, "int2": kindInt2, "int4": kindInt4, "int8": kindInt8, "float4": kindFloat4, "float8": kindFloat8,
	"text": kindText, "varchar": kindVarchar, "bpchar": kindChar, "bytea": kindBytea, "timestamp": kindTimestamp, "timestamptz": kindTimestampTZ,
	"date": kindDate, "interval": kindInterval, "bool": kindBoolean, "uuid": kindUUID, "json": kindJSON, "jsonb": kindJSONB, "xml": kindXML,
	"oracle.varchar2": kindVarcharBytes, "oracle.nvarchar2": kindVarchar,
}

func (t *Target) kind() kind {
	switch {
	case t.Element != nil:
		return kindArray
	case len(t.Attributes) > 0:
		return kindComposite
	}
	return kinds[t.Name]
}

// String is the type in SQL.
func (t Target) String() string {
	if t.Typmod < 0 {
		return t.Name
	}
	switch t.kind() {
	case kindNumeric:
		p, s := numericTypmod(t.Typmod)
		return fmt.Sprintf("%s(%d,%d)", t.Name, p, s)
	case kindVarchar, kindVarcharBytes, kindChar:
		return fmt.Sprintf("%s(%d)", t.Name, t.Typmod-4)
	case kindTimestamp, kindTimestampTZ:
		return fmt.Sprintf("%s(%d)", t.Name, t.Typmod)
	}
	return t.Name
}

// numericTypmod takes the modifier of numeric(p,s) apart: 16 bits of precision, 11 of scale, signed from version 15 on.
func numericTypmod(m int32) (precision, scale int) {
	m -= 4
	return int(m >> 16 & 0xffff), int((m&0x7ff)^1024) - 1024
}

// wellKnown are pg_catalog's types, for callers that have no catalog at hand.
var wellKnown = map[string]uint32{
	"bool": 16, "bytea": 17, "int8": 20, "int2": 21, "int4": 23, "text": 25, "json": 114, "xml": 142, "float4": 700, "float8": 701,
	"bpchar": 1042, "varchar": 1043, "date": 1082, "timestamp": 1114, "timestamptz": 1184, "interval": 1186, "numeric": 1700, "uuid": 2950,
	"jsonb": 3802,
}

var sqlNames = map[string]string{
	"smallint": "int2", "integer": "int4", "int": "int4", "bigint": "int8", "real": "float4", "double precision": "float8", "boolean": "bool",
	"char": "bpchar", "character": "bpchar", "character varying": "varchar", "decimal": "numeric",
	"timestamp without time zone": "timestamp", "timestamp with time zone": "timestamptz",
}

// intervals of named fields; their number of digits is 0xffff where none is said.
var intervals = map[string]Target{
	"interval year to month": {OID: 1186, Name: "interval", Typmod: 0x0006<<16 | 0xffff},
	"interval day to second": {OID: 1186, Name: "interval", Typmod: 0x1c08<<16 | 0xffff},
}

// ParseTarget reads a type as SQL writes it: numeric(14,2), varchar(20), timestamp(0). It knows pg_catalog's types that
// columns can be copied to and nothing of a server's own.
func ParseTarget(s string) (Target, error) {
	name, args, sized := strings.Cut(strings.ToLower(strings.TrimSpace(s)), "(")
	rest := ""
	if sized {
		args, rest, _ = strings.Cut(args, ")")
		name = strings.TrimSpace(name) + rest // timestamp(3) with time zone
	}
	name = strings.TrimSpace(name)
	if t, ok := intervals[name]; ok {
		if sized {
			var digits int32
			if _, err := fmt.Sscan(args, &digits); err != nil {
				return Target{}, fmt.Errorf("type %s: the modifier cannot be read", s)
			}
			t.Typmod = t.Typmod&^0xffff | digits
		}
		return t, nil
	}
	if n, ok := sqlNames[name]; ok {
		if name == "char" || name == "character" {
			if !sized {
				args, sized = "1", true
			}
		}
		name = n
	}
	t := Target{OID: wellKnown[name], Name: name, Typmod: -1}
	if t.OID == 0 {
		return Target{}, fmt.Errorf("type %s is not known", s)
	}
	if !sized {
		return t, nil
	}
	var p, sc int32
	if n, _ := fmt.Sscanf(args+",0", "%d,%d", &p, &sc); n < 2 {
		return Target{}, fmt.Errorf("type %s: the modifier cannot be read", s)
	}
	switch t.kind() {
	case kindNumeric:
		t.Typmod = p<<16 | sc&0x7ff + 4
	case kindVarchar, kindVarcharBytes, kindChar:
		t.Typmod = p + 4
	case kindTimestamp, kindTimestampTZ:
		t.Typmod = p
	default:
		return Target{}, fmt.Errorf("type %s takes no modifier here", s)
	}
	return t, nil
}
