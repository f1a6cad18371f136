package scripts

import (
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// typeRef takes a data type apart. ANSI and DB2 names become Oracle's own as the SQL Language Reference,
// "ANSI, DB2, and SQL/DS Data Types", has them.
func (x *extractor) typeRef(d *ast.DataType) model.TypeRef {
	if d == nil {
		return model.TypeRef{}
	}
	t := model.TypeRef{Ref: d.Ref, Anchor: word(d.Anchor), Sem: word(d.Sem)}
	if d.Name != nil {
		x.namedType(&t, d)
		return t
	}
	args := d.Args
	if len(args) > 0 {
		if _, star := args[0].(*ast.AnyValue); star {
			t.Star = true
		} else {
			t.Precision = x.number(args[0])
		}
	}
	if len(args) > 1 {
		t.Scale = x.number(args[1])
	}
	second := token.Keyword(0)
	if d.Lo+1 < d.Hi {
		second = x.f.Tokens[d.Lo+1].Kw
		if d.Ref && d.Lo+2 < d.Hi {
			second = x.f.Tokens[d.Lo+2].Kw
		}
	}
	varying := second == token.VARYING || second == token.CHARACTER && x.hasWord(d, token.VARYING) || second == token.CHAR && x.hasWord(d, token.VARYING)
	switch d.Kw {
	case token.VARCHAR:
		t.Name = "VARCHAR2"
	case token.CHAR, token.CHARACTER:
		switch {
		case second == token.LARGE:
			t.Name = "CLOB"
		case varying:
			t.Name = "VARCHAR2"
		default:
			t.Name = "CHAR"
		}
	case token.NCHAR, token.NATIONAL:
		switch {
		case x.hasWord(d, token.LARGE):
			t.Name = "NCLOB"
		case varying:
			t.Name = "NVARCHAR2"
		default:
			t.Name = "NCHAR"
		}
	case token.INT, token.SMALLINT:
		t.Name = "INTEGER"
	case token.DEC, token.DECIMAL, token.NUMERIC:
		t.Name = "NUMBER"
		t.Star = t.Star || t.Precision == nil
		if t.Scale == nil {
			t.Scale = new(int)
		}
	case token.REAL:
		t.Name, t.Precision = "FLOAT", binary(63)
	case token.DOUBLE:
		t.Name, t.Precision = "FLOAT", binary(126)
	case token.LONG:
		t.Name = "LONG"
		if second == token.RAW {
			t.Name = "LONG RAW"
		}
	case token.TIMESTAMP, token.TIME:
		t.Name = d.Kw.String()
		switch d.TimeZone {
		case token.ZONE:
			t.Name += " WITH TIME ZONE"
		case token.LOCAL:
			t.Name += " WITH LOCAL TIME ZONE"
		}
	case token.INTERVAL:
		t.Name = "INTERVAL DAY TO SECOND"
		if d.LastField == token.MONTH {
			t.Name = "INTERVAL YEAR TO MONTH"
		}
		if d.SecondArg != nil {
			t.Scale = x.number(d.SecondArg)
		}
	default:
		t.Name = d.Kw.String()
	}
	return t
}

func (x *extractor) namedType(t *model.TypeRef, d *ast.DataType) {
	if t.Anchor != "" {
		t.Name = x.text(d.Name)
		return
	}
	p := x.parts(d.Name)
	if len(p) == 2 && p[0] == "SYS" && (p[1] == "XMLTYPE" || p[1] == "SYS_REFCURSOR") {
		p = p[1:]
		t.Name = p[0]
		return
	}
	t.User = true
	if len(p) > 1 { // in PL/SQL the first part may as well be a package: only a lookup tells
		t.Schema, p = p[0], p[1:]
	}
	t.Name = strings.Join(p, ".")
	if len(d.Args) > 0 {
		t.Precision = x.number(d.Args[0])
	}
}

func (x *extractor) hasWord(d *ast.DataType, kw token.Keyword) bool {
	for i := d.Lo; i < d.Hi; i++ {
		if x.f.Tokens[i].Kw == kw {
			return true
		}
	}
	return false
}

// number is the value of a whole number, nil for anything else.
func (x *extractor) number(e ast.Expr) *int {
	n, err := strconv.Atoi(strings.ReplaceAll(x.text(e), " ", ""))
	if err != nil {
		return nil
	}
	return &n
}

func binary(n int) *int { return &n }

func word(k token.Keyword) string {
	if k == 0 {
		return ""
	}
	return k.String()
}
