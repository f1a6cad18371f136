package plsql

import (
	"landfall/internal/oracle/syntax/ast"
)

// scalar compiles an expression of scalars.
func (c *compiler) scalar(e ast.Expr) (Expr, error) {
	if v, err := c.resolve(e); err != nil {
		return Expr{}, err
	} else if v != nil {
		if !v.typ.scalar() {
			return Expr{}, c.wrong(e, 382, "expression is of wrong type")
		}
		return v.expr(), nil
	}
	x, err := c.host.Expr(c.f, e, c.view(false))
	if err != nil {
		return x, c.fromHost(e, err, false)
	}
	return x, nil
}

// expr compiles an expression of any type.
func (c *compiler) expr(e ast.Expr) (*value, error) {
	if v, err := c.resolve(e); v != nil || err != nil {
		return v, err
	}
	x, err := c.scalar(e)
	if err != nil {
		return nil, err
	}
	return c.engineValue(x), nil
}

// condition compiles a BOOLEAN expression: NULL is not true.
func (c *compiler) condition(e ast.Expr) (func(*Frame) (bool, error), error) {
	x, err := c.scalar(e)
	if err != nil {
		return nil, err
	}
	if x.Type.Class() != ClassBoolean && !x.Null {
		return nil, c.wrong(e, 382, "expression is of wrong type")
	}
	return func(fr *Frame) (bool, error) {
		v, err := x.Eval(fr)
		return isTrue(v), err
	}, nil
}

// number compiles an integer: bounds of loops, LIMIT, subscripts.
func (c *compiler) integer(e ast.Expr) (func(*Frame) (int, bool, error), error) {
	x, err := c.scalar(e)
	if err != nil {
		return nil, err
	}
	if x, err = c.host.Assign(c.f, e, x, c.host.Named("NUMBER")); err != nil {
		return nil, c.fromHost(e, err, false)
	}
	return func(fr *Frame) (int, bool, error) {
		v, err := x.Eval(fr)
		if v == nil || err != nil {
			return 0, false, err
		}
		i, err := intOf(v)
		return i, true, err
	}, nil
}
