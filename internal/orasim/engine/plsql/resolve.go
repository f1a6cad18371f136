package plsql

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// resolve compiles what belongs to the block: variables, fields, elements, binds, attributes of cursors, methods of collections, calls of
// local routines and of native ones. It is nil for anything else.
func (c *compiler) resolve(e ast.Expr) (*value, error) {
	switch n := e.(type) {
	case *ast.Paren:
		return c.resolve(n.X)
	case *ast.Name:
		if n.Link != 0 || n.Star {
			return nil, nil
		}
		return c.resolveName(n, nil)
	case *ast.BindExpr:
		name := c.f.Ident(n.Lo)
		v, err := c.bindValue(n, name)
		if err == nil {
			v.bind.read = true
		}
		return v, err
	case *ast.Call:
		if n.Joined || n.Star || n.Distinct != 0 || n.Over != nil || n.Spec != nil {
			return nil, nil
		}
		switch fn := n.Fn.(type) {
		case *ast.Name:
			return c.resolveName(fn, n)
		case *ast.Call, *ast.Field, *ast.Paren:
			v, err := c.resolve(fn)
			if v == nil || err != nil {
				return v, err
			}
			return c.apply(n, v, n.Args)
		}
	case *ast.Field:
		if a, ok := n.X.(*ast.Attr); ok {
			return c.bulkException(n, a)
		}
		v, err := c.resolve(n.X)
		if v == nil || err != nil {
			return v, err
		}
		return c.component(n, v, c.f.Last(n.Name), nil)
	case *ast.Attr:
		return c.attribute(n)
	case *ast.Is:
		return c.isNull(n)
	case *ast.Literal:
		if n.Kind == ast.LitTrue || n.Kind == ast.LitFalse {
			b := Boolean(n.Kind == ast.LitTrue)
			return &value{typ: ScalarType(c.host.Named("BOOLEAN")), eval: func(*Frame) (any, error) { return b, nil }}, nil
		}
	}
	return nil, nil
}

// apply is what parentheses behind a value mean: an element.
func (c *compiler) apply(n ast.Node, v *value, args []*ast.Arg) (*value, error) {
	if v.typ.Kind == KindCollection {
		return c.elementOf(n, v, args)
	}
	if v.typ.Kind == KindBroken {
		return nil, c.wrong(n, 320, "the declaration of the type of this expression is incomplete or malformed")
	}
	return nil, c.wrong(n, 224, "object '%s' must be of type function or array to be used this way", v.shown)
}

// resolveName finds what a name stands for, with the parentheses behind it when call is set.
func (c *compiler) resolveName(n *ast.Name, call *ast.Call) (*value, error) {
	parts := c.f.Parts(n)
	if len(parts) == 0 {
		return nil, nil
	}
	if strings.HasPrefix(parts[0], ":") {
		v, err := c.bindValue(n, parts[0])
		if err != nil {
			return nil, err
		}
		v.bind.read = true
		return c.rest(n, v, parts[1:], call)
	}
	e, s := c.find(parts[0])
	rest := parts[1:]
	if e == nil || len(rest) > 0 && e.kind != isVar && e.kind != isRoutine {
		// a label, or the name of the routine around, qualifies
		if in := c.labelled(parts[0]); in != nil && len(parts) > 1 {
			if e = in.in(parts[1]); e == nil {
				return nil, c.wrong(n, 302, "component '%s' must be declared", parts[1])
			}
			s, rest = in, parts[2:]
		}
	}
	if e != nil && e.kind == isRoutine && len(rest) > 0 {
		if in := c.labelled(parts[0]); in != nil {
			if x := in.in(rest[0]); x != nil {
				e, s, rest = x, in, rest[1:]
			}
		}
	}
	if e == nil {
		return c.resolveNative(n, parts, call)
	}
	node := ast.Node(n)
	if call != nil {
		node = call
	}
	switch e.kind {
	case isVar:
		if e.typ.Kind == KindBroken {
			return nil, c.wrong(n, 320, "the declaration of the type of this expression is incomplete or malformed")
		}
		return c.rest(n, c.variable(e, s), rest, call)
	case isRoutine:
		var args []*ast.Arg
		if call != nil && len(rest) == 0 {
			args = call.Args
		}
		if c.sql > 0 {
			return nil, c.wrong(n, 231, "function '%s' may not be used in SQL", e.name)
		}
		v, err := c.callFunction(node, e, args)
		if err != nil || len(rest) == 0 {
			return v, err
		}
		return c.rest(n, v, rest, call)
	case isType:
		if call == nil || len(rest) > 0 {
			return nil, c.wrong(n, 330, "invalid use of type name or subtype name")
		}
		return c.constructor(call, e.typ)
	case isException:
		return nil, c.wrong(n, 382, "expression is of wrong type")
	case isCursor:
		return nil, c.wrong(n, 382, "expression is of wrong type")
	}
	return nil, nil
}

// rest follows the parts of a name behind a value; the last one may be a method with the arguments of the call.
func (c *compiler) rest(n ast.Node, v *value, parts []string, call *ast.Call) (*value, error) {
	for i, p := range parts {
		last := i == len(parts)-1
		if v.typ.Kind == KindCollection && collectionMethods[p] {
			if !last {
				return nil, c.unsupported(n, "a component of a method")
			}
			return c.method(n, v, p, call)
		}
		var err error
		if v, err = c.fieldOf(n, v, p); err != nil {
			return nil, err
		}
	}
	if call != nil {
		return c.apply(call, v, call.Args)
	}
	return v, nil
}

// component is .name behind a value.
func (c *compiler) component(n ast.Node, v *value, name string, call *ast.Call) (*value, error) {
	return c.rest(n, v, []string{name}, call)
}
