package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
)

// inPLSQL reports an expression of PL/SQL itself, not one in a statement of SQL that it contains.
func (c *compiler) inPLSQL() bool { return c.names != nil && !c.names.InSQL() }

// mostText is how long a VARCHAR2 may become in an expression.
func (c *compiler) mostText() int {
	if c.inPLSQL() {
		return 32767
	}
	return 4000
}

// nameOfBlock asks the block for a name or call.
func (c *compiler) nameOfBlock(e ast.Expr) (expr, bool, error) {
	x, ok, err := c.names.Value(e)
	if !ok || err != nil {
		return expr{}, false, err
	}
	return c.given(x), true, nil
}

// given is a value of the block in an expression: read where it stands in PL/SQL, bound before the statement runs in SQL.
func (c *compiler) given(x plsql.Expr) expr {
	t := x.Type.(typ)
	if !c.names.InSQL() {
		r := computed(t, func(e *env) ([]byte, error) { return x.Eval(e.ex.frame) })
		r.null = x.Null
		return r
	}
	at := len(*c.taken)
	*c.taken = append(*c.taken, x)
	return computed(t, func(e *env) ([]byte, error) { return e.ex.binds[at], nil })
}

// ofBlock compiles what only a block gives a meaning to: its binds, fields, attributes of cursors; and in PL/SQL, conditions as values.
func (c *compiler) ofBlock(e ast.Expr) (expr, bool, error) {
	switch n := e.(type) {
	case *ast.BindExpr, *ast.Field, *ast.Attr:
		return c.nameOfBlock(e)
	case *ast.Literal:
		if n.Kind == ast.LitTrue || n.Kind == ast.LitFalse {
			return c.nameOfBlock(e)
		}
	case *ast.Subquery, *ast.Exists:
		if c.inPLSQL() {
			return expr{}, false, ora.At(ora.New(22818), c.at(e)) // PLS-00405
		}
	case *ast.Is, *ast.In, *ast.Between, *ast.Like, *ast.Quantified:
		if c.inPLSQL() {
			if in, ok := e.(*ast.In); ok {
				if _, query := in.Set.(*ast.Subquery); query {
					return expr{}, false, ora.At(ora.New(22818), c.at(in.Set))
				}
			}
			if x, ok, err := c.nameOfBlock(e); ok || err != nil { // a collection IS NULL
				return x, ok, err
			}
			x, err := c.conditionValue(e)
			return x, err == nil, err
		}
	case *ast.Unary:
		if c.inPLSQL() && n.Op.Is(token.NOT) {
			x, err := c.conditionValue(e)
			return x, err == nil, err
		}
	case *ast.Call:
		if c.inPLSQL() && c.isCondCall(n) {
			x, err := c.conditionValue(e)
			return x, err == nil, err
		}
	case *ast.Binary:
		if !c.inPLSQL() {
			return expr{}, false, nil
		}
		switch k := n.Op.Kind; {
		case k == token.EQ, k == token.NE, k == token.LT, k == token.LE, k == token.GT, k == token.GE, n.Op.Is(token.AND), n.Op.Is(token.OR):
			x, err := c.conditionValue(e)
			return x, err == nil, err
		case k == token.Power, n.Op.Is(token.MOD), n.Op.Is(token.REM):
			x, err := c.powerOrRest(n)
			return x, err == nil, err
		}
	}
	return expr{}, false, nil
}

func (c *compiler) isCondCall(n *ast.Call) bool {
	name, ok := n.Fn.(*ast.Name)
	if !ok {
		return false
	}
	f := c.f.Last(name)
	return f == "REGEXP_LIKE" || f == "LNNVL"
}

// conditionValue is a condition as a BOOLEAN.
func (c *compiler) conditionValue(e ast.Expr) (expr, error) {
	k, err := c.cond(e)
	if err != nil {
		return expr{}, err
	}
	return computed(tBool, func(e *env) ([]byte, error) {
		t, err := k(e)
		if err != nil || t == unknown {
			return nil, err
		}
		return plsql.Boolean(t == yes), nil
	}), nil
}

// booleanCond is a BOOLEAN as a condition.
func (c *compiler) booleanCond(e ast.Expr) (cond, error) {
	x, err := c.expr(e)
	if err != nil {
		return nil, err
	}
	if x.typ.kind != kBool && x.typ.kind != kNull {
		return nil, c.fail(e, 932, tBool.kind, x.typ.kind)
	}
	return func(e *env) (tri, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return unknown, err
		}
		return truth(v[0] == 1), nil
	}, nil
}

// powerOrRest is x ** y, x MOD y and x REM y.
func (c *compiler) powerOrRest(n *ast.Binary) (expr, error) {
	if n.Op.Kind != token.Power {
		return expr{}, c.unsupported(n, "operator")
	}
	x, err := c.expr(n.X)
	if err != nil {
		return expr{}, err
	}
	y, err := c.expr(n.Y)
	if err != nil {
		return expr{}, err
	}
	if x.typ.kind.binary() || y.typ.kind.binary() {
		return expr{}, c.unsupported(n, "** of BINARY_DOUBLE")
	}
	fx, err := c.number(n, x)
	if err != nil {
		return expr{}, err
	}
	fy, err := c.number(n, y)
	if err != nil {
		return expr{}, err
	}
	return computed(tNumber, func(e *env) ([]byte, error) {
		a, ok, err := fx(e)
		if !ok || err != nil {
			return nil, err
		}
		b, ok, err := fy(e)
		if !ok || err != nil {
			return nil, err
		}
		r, err := a.Power(b)
		return r.Bytes(), numErr(err)
	}), nil
}
