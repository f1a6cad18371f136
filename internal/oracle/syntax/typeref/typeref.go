// Package typeref turns a data type of the syntax tree into the plain form of the catalog.
//
// Input -> output: an *ast.DataType in, a model.TypeRef out. Of keeps what the author chose (DECIMAL(8)), Stored
// gives Oracle's own type behind an ANSI or DB2 name. It looks nothing up: a name that is not a built-in type is a
// user-defined one. All functions are pure.
package typeref

import (
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Of gives the catalog's form of a type as written.
func Of(f *ast.File, d *ast.DataType) model.TypeRef {
	t := model.TypeRef{Ref: d.Ref, Sem: d.Sem.String()}
	if d.Name != nil {
		named(f, d, &t)
	} else {
		t.Name = builtin(f, d)
	}
	arguments(f, d, &t)
	return t
}

// Stored gives the form in which Oracle keeps a type: DECIMAL(8) is NUMBER(8,0), REAL is FLOAT(63) (SQL Language
// Reference, "ANSI, DB2, and SQL/DS Data Types").
func Stored(t model.TypeRef) model.TypeRef {
	switch t.Name {
	case "SMALLINT":
		t.Name = "INTEGER"
	case "DECIMAL", "NUMERIC":
		t.Name = "NUMBER"
		t.Star = t.Star || t.Precision == nil
		if t.Scale == nil {
			t.Scale = new(int)
		}
	case "REAL":
		t.Name, t.Precision = "FLOAT", bits(63)
	case "DOUBLE PRECISION":
		t.Name, t.Precision = "FLOAT", bits(126)
	}
	return t
}

func bits(n int) *int { return &n }

func named(f *ast.File, d *ast.DataType, t *model.TypeRef) {
	parts := f.Parts(d.Name)
	t.Anchor = d.Anchor.String()
	if t.Anchor != "" {
		t.Name = f.Source(d.Name)
		return
	}
	t.User = true
	switch len(parts) {
	case 0:
	case 1:
		t.Name = parts[0]
		if documented[t.Name] {
			t.User = false
		}
	default:
		// in PL/SQL the first part may as well be a package: only a lookup tells
		t.Schema, t.Name = parts[0], strings.Join(parts[1:], ".")
		if (t.Schema == "SYS" || t.Schema == "MDSYS" || t.Schema == "XDB") && documented[t.Name] {
			t.User, t.Schema = false, ""
		}
	}
}

// documented are types that Oracle supplies as objects or PL/SQL subtypes and that the grammar treats as names.
var documented = map[string]bool{
	"XMLTYPE": true, "ANYDATA": true, "ANYTYPE": true, "ANYDATASET": true, "URITYPE": true, "HTTPURITYPE": true, "DBURITYPE": true, "XDBURITYPE": true,
	"SDO_GEOMETRY": true, "SYS_REFCURSOR": true, "PLS_INTEGER": true, "BINARY_INTEGER": true, "SIMPLE_INTEGER": true, "SIMPLE_DOUBLE": true, "SIMPLE_FLOAT": true,
	"NATURAL": true, "NATURALN": true, "POSITIVE": true, "POSITIVEN": true, "SIGNTYPE": true, "BOOLEAN": true, "STRING": true, "JSON": true, "VECTOR": true,
	"DSINTERVAL_UNCONSTRAINED": true, "YMINTERVAL_UNCONSTRAINED": true, "TIMESTAMP_UNCONSTRAINED": true, "TIMESTAMP_TZ_UNCONSTRAINED": true, "TIMESTAMP_LTZ_UNCONSTRAINED": true,
	"UROWID": true, "ROWID": true, "BFILE": true, "BLOB": true, "CLOB": true, "NCLOB": true,
}

// builtin is the canonical name of a type that the grammar knows by its words.
func builtin(f *ast.File, d *ast.DataType) string {
	second := token.Keyword(0)
	varying, large := false, false
	n := 0
	for i := range f.Significant(d.Span) {
		t := f.Tokens[i]
		if t.Kind == token.LParen {
			break
		}
		n++
		if n == 2 {
			second = t.Kw
		}
		varying = varying || t.Is(token.VARYING)
		large = large || t.Is(token.LARGE)
	}
	switch d.Kw {
	case token.VARCHAR:
		return "VARCHAR2"
	case token.CHAR, token.CHARACTER:
		switch {
		case large:
			return "CLOB"
		case varying:
			return "VARCHAR2"
		}
		return "CHAR"
	case token.NCHAR, token.NATIONAL:
		switch {
		case large:
			return "NCLOB"
		case varying:
			return "NVARCHAR2"
		}
		return "NCHAR"
	case token.DEC:
		return "DECIMAL"
	case token.INT:
		return "INTEGER"
	case token.DOUBLE:
		return "DOUBLE PRECISION"
	case token.LONG:
		if second == token.RAW {
			return "LONG RAW"
		}
		return "LONG"
	case token.TIMESTAMP, token.TIME:
		switch d.TimeZone {
		case token.ZONE:
			return d.Kw.String() + " WITH TIME ZONE"
		case token.LOCAL:
			return d.Kw.String() + " WITH LOCAL TIME ZONE"
		}
	case token.INTERVAL:
		if d.LastField == token.MONTH {
			return "INTERVAL YEAR TO MONTH"
		}
		return "INTERVAL DAY TO SECOND"
	}
	return d.Kw.String()
}

// arguments reads (p), (p,s), (*,s), (n CHAR) and the two precisions of an interval. An argument that is not a
// plain number (a substitution variable, a constant of conditional compilation) leaves its place nil.
func arguments(f *ast.File, d *ast.DataType, t *model.TypeRef) {
	if len(d.Args) > 0 {
		if _, any := d.Args[0].(*ast.AnyValue); any {
			t.Star = true
		} else {
			t.Precision = number(f, d.Args[0])
		}
	}
	if len(d.Args) > 1 {
		t.Scale = number(f, d.Args[1])
	}
	if d.SecondArg != nil {
		t.Scale = number(f, d.SecondArg)
	}
}

func number(f *ast.File, x ast.Expr) *int {
	n, err := strconv.Atoi(strings.Join(strings.Fields(f.Source(x)), ""))
	if err != nil {
		return nil
	}
	return &n
}
