package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// isNull is IS [NOT] NULL and IS [NOT] EMPTY of collections and cursor variables; nil for scalars, which are the engine's.
func (c *compiler) isNull(n *ast.Is) (*value, error) {
	if n.What != token.NULL && n.What != token.EMPTY {
		return nil, nil
	}
	v, err := c.resolve(n.X)
	if v == nil || err != nil || v.typ.scalar() {
		return nil, err
	}
	if v.typ.Kind == KindRecord && v.typ.SQL == nil || v.typ.Kind == KindBroken || n.What == token.EMPTY && v.typ.Kind != KindCollection {
		return nil, c.wrong(n, 382, "expression is of wrong type")
	}
	return &value{typ: ScalarType(c.host.Named("BOOLEAN")), eval: func(fr *Frame) (any, error) {
		x, err := v.eval(fr)
		if err != nil {
			return nil, err
		}
		switch y := x.(type) {
		case *Collection:
			if n.What == token.EMPTY {
				if y.Null {
					return []byte(nil), nil
				}
				return Boolean((y.count() == 0) != n.Not), nil
			}
			return Boolean(y.Null != n.Not), nil
		case *Record:
			return Boolean(y.Null != n.Not), nil
		case *Cursor:
			return Boolean((y == nil) != n.Not), nil
		}
		return nil, nil
	}}, nil
}

// Value implements Names.
func (v *view) Value(e ast.Expr) (Expr, bool, error) {
	c := v.c
	defer v.enter()()
	x, err := c.resolve(e)
	if x == nil || err != nil {
		if err == nil && !v.sql {
			err = c.onlyInSQL(e)
		}
		return Expr{}, false, err
	}
	if x.typ.SQL != nil {
		return x.expr(), true, nil
	}
	if x.typ.Kind == KindCollection && v.sql {
		return Expr{}, false, c.wrong(e, 642, "local collection types not allowed in SQL statements")
	}
	if !x.typ.scalar() {
		return Expr{}, false, c.wrong(e, 382, "expression is of wrong type")
	}
	return x.expr(), true, nil
}

// onlyInSQL complains of what PL/SQL expressions cannot have.
func (c *compiler) onlyInSQL(e ast.Expr) error {
	switch n := e.(type) {
	case *ast.Call:
		if name, ok := n.Fn.(*ast.Name); ok && c.f.NumParts(name) == 1 && onlySQL[c.f.Last(name)] {
			return c.wrong(n, 204, "function or pseudo-column '%s' may be used inside a SQL statement only", c.f.Last(name))
		}
	case *ast.Name:
		if c.f.NumParts(n) == 1 && onlySQL[c.f.Last(n)] {
			return c.wrong(n, 204, "function or pseudo-column '%s' may be used inside a SQL statement only", c.f.Last(n))
		}
	}
	return nil
}

var onlySQL = map[string]bool{
	"DECODE": true, "ROWNUM": true, "LEVEL": true, "COUNT": true, "SUM": true, "MIN": true, "MAX": true, "AVG": true, "DUMP": true, "NVL2": true, "LISTAGG": true,
	"ROW_NUMBER": true, "RANK": true, "VSIZE": true,
}

// Row implements Names.
func (v *view) Row(e ast.Expr) ([]Expr, bool, error) {
	c := v.c
	defer v.enter()()
	x, err := c.resolve(e)
	if x == nil || err != nil || x.typ.Kind != KindRecord {
		return nil, false, err
	}
	if x.typ.SQL != nil {
		return nil, false, c.unsupported(e, "an object as a row")
	}
	var out []Expr
	for _, f := range x.typ.Fields {
		y, err := c.fieldOf(e, x, f.Name)
		if err != nil {
			return nil, false, err
		}
		if !y.typ.scalar() && y.typ.SQL == nil {
			return nil, false, c.wrong(e, 382, "expression is of wrong type")
		}
		out = append(out, y.expr())
	}
	return out, true, nil
}

// InSQL implements Names.
func (v *view) InSQL() bool { return v.sql }
