package gen

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/typeref"
)

// typePlace says where a type stands: parameters take no length, variables do.
type typePlace uint8

const (
	inColumn typePlace = iota
	inVariable
	inParameter // and return values
	inCast
)

// dataType converts a type as written. It refuses types that PostgreSQL has nothing for.
func (g *gen) dataType(d *ast.DataType, where typePlace) string {
	if d == nil {
		return "text"
	}
	if d.Name != nil {
		if where == inParameter || where == inColumn {
			g.unlimited(d, *g.ref(d.Name).TypeOf())
		}
		return g.namedType(d, where)
	}
	t := typeref.Of(g.f, d)
	if where == inParameter || where == inColumn {
		g.unlimited(d, resolve.Type{Ref: t})
	}
	if t.Name == "VECTOR" && where == inColumn {
		g.reportAs(d, "vector", model.High, model.Manual, "the vector is kept as a JSON array: distances and vector indexes need pgvector; where it is there, name the type vector for the column in the project's policy")
	}
	if t.Name == "SDO_GEOMETRY" && where == inColumn {
		g.reportSpatial(d)
	}
	s, ok := g.builtinType(t, where)
	if !ok {
		g.refuse(d, "not-converted", "no PostgreSQL type stands for %s", g.source(d))
		return "text"
	}
	return s
}

// builtinType converts a type of Oracle's own; docs/conversion-model.md has the table.
func (g *gen) builtinType(t model.TypeRef, where typePlace) (string, bool) {
	sized := where != inParameter
	switch t.Name {
	case "NUMBER", "DECIMAL", "NUMERIC", "DEC":
		if s := g.e.Policy.integerType(t); s != "" && where == inColumn {
			return s, true
		}
		return g.numericType(t, sized), true
	case "INTEGER", "INT", "SMALLINT":
		if !sized {
			return "numeric", true
		}
		return "numeric(38)", true
	case "FLOAT", "REAL", "DOUBLE PRECISION":
		return "numeric", true
	case "BINARY_FLOAT", "SIMPLE_FLOAT":
		return "real", true
	case "BINARY_DOUBLE", "SIMPLE_DOUBLE":
		return "double precision", true
	case "PLS_INTEGER", "BINARY_INTEGER", "SIMPLE_INTEGER", "NATURAL", "NATURALN", "POSITIVE", "POSITIVEN", "SIGNTYPE":
		return "integer", true
	case "VARCHAR2", "VARCHAR", "NVARCHAR2", "STRING":
		return length("varchar", t, sized), true
	case "CHAR", "NCHAR", "CHARACTER":
		if sized && t.Precision == nil {
			return "char(1)", true
		}
		if !sized {
			return "bpchar", true // a cast to char without a length would cut to one character
		}
		return length("char", t, sized), true
	case "LONG", "CLOB", "NCLOB":
		return "text", true
	case "BLOB", "RAW", "LONG RAW":
		return "bytea", true
	case "DATE":
		if where == inColumn && g.e.Policy.Date == "date" {
			return "date", true
		}
		if !sized {
			return "timestamp", true
		}
		return "timestamp(0)", true
	case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE":
		s := "timestamp"
		if t.Name != "TIMESTAMP" {
			s = "timestamptz"
		}
		if sized && t.Precision != nil {
			s += fmt.Sprintf("(%d)", min(*t.Precision, 6))
		}
		return s, true
	case "INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND":
		return "interval", true
	case "BOOLEAN":
		return "boolean", true
	case "ROWID", "UROWID":
		return "text", true
	case "XMLTYPE":
		return "xml", true
	case "JSON", "ANYDATA", "ANYTYPE", "ANYDATASET": // see anydata.go; nothing but ANYDATA has values
		return "jsonb", true
	case "JSON_ELEMENT_T", "JSON_OBJECT_T", "JSON_ARRAY_T", "JSON_SCALAR_T": // see json_tree.go
		return "json", true
	case "SYS_REFCURSOR":
		return "refcursor", true
	case "BFILE": // folder and name; what it names stays on the server that has it
		return "text", true
	case "SDO_GEOMETRY":
		return g.spatialType(t.Name)
	case "VECTOR": // the text form [1, 2.5] is a JSON array
		return "jsonb", true
	}
	return "", false
}

func length(base string, t model.TypeRef, sized bool) string {
	if !sized || t.Precision == nil {
		return base
	}
	return fmt.Sprintf("%s(%d)", base, *t.Precision)
}

// numericType keeps precision and scale. PostgreSQL 14 takes no negative scale and none above the precision.
func (g *gen) numericType(t model.TypeRef, sized bool) string {
	switch {
	case !sized || t.Precision == nil && !t.Star && t.Name == "NUMBER":
		return "numeric"
	case t.Star && t.Scale == nil, t.Precision == nil && !t.Star:
		return "numeric(38)"
	case t.Star:
		return fmt.Sprintf("numeric(%d,%d)", 38+max(0, *t.Scale), max(0, *t.Scale))
	case t.Scale == nil || *t.Scale == 0:
		return fmt.Sprintf("numeric(%d)", *t.Precision)
	}
	return fmt.Sprintf("numeric(%d,%d)", *t.Precision, *t.Scale)
}

// integerType is the integer type that the policy gives a column of a number type; "" leaves it numeric.
func (p Policy) integerType(t model.TypeRef) string {
	if p.Number == "" || p.Number == "numeric" || t.Name != "NUMBER" || t.Star || t.Scale != nil && *t.Scale != 0 {
		return ""
	}
	switch {
	case t.Precision == nil && p.Number == "integer":
		return "bigint"
	case t.Precision == nil || *t.Precision > 18:
		return ""
	case *t.Precision <= 4:
		return "smallint"
	case *t.Precision <= 9:
		return "integer"
	}
	return "bigint"
}

// namedValueType is the type of a name that stands for a value: a column of a number type may be of an integer type, and so
// may what is anchored to it. Taking a number of whole digits for an integer does no harm: it is cast before it divides.
func (g *gen) namedValueType(ref *resolve.Ref) pgType {
	typ := typeOf(*ref.TypeOf())
	if s := g.ownColumnType(ref.Object, ref.Column); s != "" && ref.Kind == resolve.Column {
		return pgTypeNamed(s, typ)
	}
	if typ != pgNumeric {
		return typ
	}
	if ref.Kind == resolve.Column && ref.Object != nil && ref.Column != nil && g.e.bigint[columnKey{ref.Object, ref.Column.Name}] {
		return pgInteger
	}
	if g.e.Policy.integerType(ref.TypeOf().Ref) != "" {
		return pgInteger
	}
	return typ
}

// ownColumnType is the type that the policy gives a column by name, "" for most.
func (g *gen) ownColumnType(o *model.Object, c *model.Column) string {
	if o == nil || c == nil || len(g.e.Policy.Columns) == 0 {
		return ""
	}
	return g.e.Policy.Columns[model.CatalogName(o.Schema, o.Name).String()+"."+model.CatalogIdent(c.Name).String()]
}

// pgTypeNamed is the coarse type of a type in PostgreSQL's words; other when it is none that expressions care about.
func pgTypeNamed(s string, other pgType) pgType {
	word, _, _ := strings.Cut(strings.ToLower(s), "(")
	switch strings.TrimSpace(word) {
	case "smallint", "integer", "int", "bigint", "int2", "int4", "int8":
		return pgInteger
	case "numeric", "decimal":
		return pgNumeric
	case "real", "double precision", "float8", "float4":
		return pgFloat
	case "text", "varchar", "character varying":
		return pgText
	case "timestamp", "timestamp without time zone":
		return pgTimestamp
	case "timestamptz", "timestamp with time zone":
		return pgTimestampTZ
	case "date":
		return pgDate
	case "boolean", "bool":
		return pgBoolean
	case "uuid", "json", "jsonb", "xml", "bytea":
		return pgUnknown
	}
	return other
}

// typeName is the PostgreSQL type for a resolved type, for places where none is written.
func (g *gen) typeName(t resolve.Type) string {
	if t.Ref.Name != "" && !t.Ref.User {
		if s, ok := g.builtinType(t.Ref, inVariable); ok {
			return s
		}
	}
	switch typeOf(t) {
	case pgNumeric:
		return "numeric"
	case pgInteger:
		return "integer"
	case pgFloat:
		return "double precision"
	case pgTimestamp:
		return "timestamp"
	case pgTimestampTZ:
		return "timestamptz"
	case pgInterval:
		return "interval"
	case pgBoolean:
		return "boolean"
	case pgBytea:
		return "bytea"
	case pgXML:
		return "xml"
	case pgJSON:
		return "jsonb"
	case pgCursor:
		return "refcursor"
	}
	return "text"
}
