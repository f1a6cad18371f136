package typeref_test

import (
	"testing"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/typeref"
)

func TestOf(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"number", "NUMBER"},
		{"number(10 , 2)", "NUMBER(10,2)"},
		{"number(*,2)", "NUMBER(*,2)"},
		{"NUMBER(5,-2)", "NUMBER(5,-2)"},
		{"varchar(30)", "VARCHAR2(30)"},
		{"varchar2(30 char)", "VARCHAR2(30 CHAR)"},
		{"char varying(3)", "VARCHAR2(3)"},
		{"national character varying (20)", "NVARCHAR2(20)"},
		{"long raw", "LONG RAW"},
		{"double precision", "DOUBLE PRECISION"},
		{"int", "INTEGER"},
		{"timestamp", "TIMESTAMP"},
		{"timestamp(3) with local time zone", "TIMESTAMP(3) WITH LOCAL TIME ZONE"},
		{"interval day(3) to second (6)", "INTERVAL DAY(3) TO SECOND(6)"},
		{"interval year to month", "INTERVAL YEAR TO MONTH"},
		{"ref hr.emp_t", "REF HR.EMP_T"},
		{`"Mixed"`, `"Mixed"`},
		{"sys.xmltype", "XMLTYPE"},
		{"xmltype", "XMLTYPE"},
		{"emp.sal%type", "emp.sal%TYPE"},
		{"hr.pkg.t_rec", "HR.PKG.T_REC"},
	} {
		f := parser.Parse("t.sql", []byte("declare x "+c.in+"; begin null; end;\n/\n"), parser.Options{})
		if len(f.Errors) > 0 {
			t.Errorf("%s: %s", c.in, f.Errors[0].Msg)
			continue
		}
		var got string
		ast.Walk(f.Stmts[0], func(n ast.Node) bool {
			if d, ok := n.(*ast.DataType); ok {
				got = typeref.Of(f, d).String()
			}
			return true
		})
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.in, got, c.want)
		}
	}
}
