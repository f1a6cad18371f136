package rules_test

import (
	"testing"

	"landfall/convert/rules"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/typeref"
)

func TestProposeType(t *testing.T) {
	for _, c := range []struct{ oracle, want, severity string }{
		{"NUMBER", "numeric", "info"},
		{"NUMBER(4)", "numeric(4)", "info"},
		{"NUMBER(5)", "numeric(5)", "info"},
		{"NUMBER(9,0)", "numeric(9)", "info"},
		{"NUMBER(10)", "numeric(10)", "info"},
		{"NUMBER(18)", "numeric(18)", "info"},
		{"NUMBER(19)", "numeric(19)", "info"},
		{"NUMBER(38)", "numeric(38)", "info"},
		{"NUMBER(10,2)", "numeric(10,2)", "info"},
		{"NUMBER(6,-2)", "numeric(8)", "medium"},
		{"NUMBER(3,5)", "numeric(5,5)", "low"},
		{"NUMBER(*,2)", "numeric(40,2)", "low"},
		{"NUMBER(*)", "numeric(38)", "info"},
		{"DECIMAL", "numeric(38)", "info"},
		{"INTEGER", "numeric(38)", "low"},
		{"FLOAT(126)", "numeric", "medium"},
		{"BINARY_DOUBLE", "double precision", "low"},
		{"BINARY_FLOAT", "real", "low"},
		{"VARCHAR2(30)", "varchar(30)", "info"},
		{"VARCHAR2(30 BYTE)", "varchar(30)", "info"},
		{"VARCHAR2(30 CHAR)", "varchar(30)", "info"},
		{"NVARCHAR2(40)", "varchar(40)", "info"},
		{"CHAR", "char(1)", "info"},
		{"CHAR(3)", "char(3)", "low"},
		{"NCHAR(3)", "char(3)", "low"},
		{"DATE", "timestamp(0)", "low"},
		{"TIMESTAMP", "timestamp(6)", "info"},
		{"TIMESTAMP(9)", "timestamp(6)", "medium"},
		{"TIMESTAMP(3) WITH TIME ZONE", "timestamptz(3)", "medium"},
		{"TIMESTAMP WITH LOCAL TIME ZONE", "timestamptz(6)", "low"},
		{"INTERVAL YEAR(4) TO MONTH", "interval year to month", "low"},
		{"INTERVAL DAY(2) TO SECOND(6)", "interval day to second", "low"},
		{"CLOB", "text", "low"},
		{"NCLOB", "text", "low"},
		{"BLOB", "bytea", "low"},
		{"BFILE", "", "high"},
		{"LONG", "text", "medium"},
		{"LONG RAW", "bytea", "medium"},
		{"RAW(16)", "bytea", "low"},
		{"ROWID", "", "high"},
		{"UROWID", "", "high"},
		{"XMLTYPE", "xml", "medium"},
		{"JSON", "jsonb", "low"},
		{"BOOLEAN", "boolean", "info"},
		{"SDO_GEOMETRY", "", "high"},
		{"REF emp_t", "", "high"},
		{"address_t", "address_t", "medium"},
		{"PLS_INTEGER", "integer", "info"},
	} {
		f := parser.Parse("t.sql", []byte("CREATE TABLE t (c "+c.oracle+");"), parser.Options{})
		d := f.Stmts[0].(*ast.CreateTable).Columns[0].Type
		got, sev, note := rules.ProposeType(typeref.Of(f, d), rules.PostgreSQL())
		if got != c.want || sev.String() != c.severity {
			t.Errorf("%s: %q %s (%s), want %q %s", c.oracle, got, sev, note, c.want, c.severity)
		}
	}
}

// TestProposeNative holds that a target keeps the types it has by Oracle's name.
func TestProposeNative(t *testing.T) {
	target := profile(t, "polardb-oracle")
	for _, c := range []struct{ oracle, want, severity string }{
		{"NUMBER(10,2)", "NUMBER(10,2)", "info"},
		{"VARCHAR2(30 CHAR)", "VARCHAR2(30 CHAR)", "info"},
		{"DATE", "DATE", "info"},
		{"CLOB", "CLOB", "low"},
		{"INTEGER", "numeric(38)", "low"},
		{"TIMESTAMP(9)", "timestamp(6)", "medium"},
		{"JSON", "jsonb", "low"},
	} {
		f := parser.Parse("t.sql", []byte("CREATE TABLE t (c "+c.oracle+");"), parser.Options{})
		d := f.Stmts[0].(*ast.CreateTable).Columns[0].Type
		got, sev, note := rules.ProposeType(typeref.Of(f, d), target)
		if got != c.want || sev.String() != c.severity {
			t.Errorf("%s: %q %s (%s), want %q %s", c.oracle, got, sev, note, c.want, c.severity)
		}
	}
}
