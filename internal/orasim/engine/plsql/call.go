package plsql

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// call is a statement that calls a procedure: a local one, a method of a collection, or one of Oracle's packages.
func (c *compiler) call(n *ast.CallStmt) (stmt, error) {
	var name *ast.Name
	var args []*ast.Arg
	switch x := n.Call.(type) {
	case *ast.Name:
		name = x
	case *ast.Call:
		args = x.Args
		switch fn := x.Fn.(type) {
		case *ast.Name:
			name = fn
		case *ast.Field:
			return c.collectionCall(n, fn.X, c.f.Last(fn.Name), args)
		}
	case *ast.Field:
		return c.collectionCall(n, x.X, c.f.Last(x.Name), nil)
	}
	if name == nil || name.Link != 0 {
		return nil, c.unsupported(n, "PL/SQL call")
	}
	parts := c.f.Parts(name)
	e, _ := c.find(parts[0])
	if in := c.labelled(parts[0]); in != nil && len(parts) == 2 && in.in(parts[1]) != nil && (e == nil || e.kind != isVar) {
		e, parts = in.in(parts[1]), parts[1:]
	}
	switch {
	case e == nil:
		return c.nativeCall(n, name, parts, args)
	case e.kind == isRoutine && len(parts) == 1:
		r, err := c.pick(n, e, args, false)
		if err != nil {
			return nil, err
		}
		f, err := c.invocation(n, r, args)
		if err != nil {
			return nil, err
		}
		return func(fr *Frame) (*jump, error) {
			_, err := f(fr)
			return nil, err
		}, nil
	case e.kind == isVar && len(parts) > 1:
		return c.collectionMethod(n, name, parts, args)
	}
	return nil, c.wrong(n, 221, "'%s' is not a procedure or is undefined", strings.Join(parts, "."))
}

// collectionMethod is v.a.b.EXTEND(...).
func (c *compiler) collectionMethod(n *ast.CallStmt, name *ast.Name, parts []string, args []*ast.Arg) (stmt, error) {
	e, s := c.find(parts[0])
	if e.typ.Kind == KindBroken {
		return nil, c.wrong(n, 320, "the declaration of the type of this expression is incomplete or malformed")
	}
	v := c.variable(e, s)
	for _, p := range parts[1 : len(parts)-1] {
		var err error
		if v, err = c.fieldOf(name, v, p); err != nil {
			return nil, err
		}
	}
	return c.mutate(n, v, parts[len(parts)-1], args)
}

func (c *compiler) collectionCall(n *ast.CallStmt, x ast.Expr, method string, args []*ast.Arg) (stmt, error) {
	v, err := c.target(x)
	if err != nil {
		return nil, err
	}
	return c.mutate(n, v, method, args)
}

// mutate is EXTEND, TRIM and DELETE.
func (c *compiler) mutate(n ast.Node, v *value, method string, args []*ast.Arg) (stmt, error) {
	if v.typ.Kind != KindCollection {
		return nil, c.wrong(n, 221, "'%s' is not a procedure or is undefined", method)
	}
	if v.readonly || v.own == nil {
		return nil, c.wrong(n, 363, "expression '%s' cannot be used as an assignment target", v.shown)
	}
	if v.bind != nil {
		v.bind.written = true
	}
	var nums []func(*Frame) ([]byte, error)
	for i, a := range args {
		if a.Name != nil {
			return nil, c.unsupported(n, "named notation")
		}
		f, err := c.indexOf(a.X, v.typ)
		if method != "DELETE" {
			var k func(*Frame) (int, bool, error)
			k, err = c.integer(a.X)
			f = func(fr *Frame) ([]byte, error) {
				x, ok, err := k(fr)
				if !ok || err != nil {
					return nil, err
				}
				return numberOf(x), nil
			}
		}
		if err != nil {
			return nil, err
		}
		if i > 1 {
			break
		}
		nums = append(nums, f)
	}
	wrong := func() error {
		return c.wrong(n, 306, "wrong number or types of arguments in call to '%s'", method)
	}
	if len(args) > 2 || method == "TRIM" && len(args) > 1 || v.typ.assoc() && method != "DELETE" || v.typ.varray() && method == "DELETE" && len(args) > 0 {
		return nil, wrong()
	}
	var do func(x *Collection, a [][]byte) error
	switch method {
	case "EXTEND":
		do = extend
	case "TRIM":
		do = trim
	case "DELETE":
		do = remove
	default:
		return nil, c.wrong(n, 221, "'%s' is not a procedure or is undefined", method)
	}
	return func(fr *Frame) (*jump, error) {
		x, err := v.own(fr)
		if err != nil {
			return nil, err
		}
		var a [][]byte
		for _, f := range nums {
			k, err := f(fr)
			if err != nil {
				return nil, err
			}
			a = append(a, k)
		}
		coll := x.(*Collection)
		if coll.Null {
			return nil, ora.New(6531)
		}
		return nil, do(coll, a)
	}, nil
}

// extend is EXTEND, EXTEND(n), EXTEND(n, i): n more elements, NULL or copies of one.
func extend(x *Collection, a [][]byte) error {
	n := 1
	var err error
	if len(a) > 0 {
		if a[0] == nil {
			return valueError()
		}
		if n, err = intOf(a[0]); err != nil {
			return err
		}
	}
	var from any
	if len(a) > 1 {
		if from, err = x.get(a[1]); err != nil {
			return err
		}
	}
	for range n {
		v := copied(from)
		if len(a) < 2 {
			v = x.typ.Elem.empty()
		}
		if err := x.appendAll([]any{v}); err != nil {
			return err
		}
	}
	return nil
}

// trim is TRIM and TRIM(n): deleted elements at the end count.
func trim(x *Collection, a [][]byte) error {
	n := 1
	var err error
	if len(a) > 0 {
		if a[0] == nil {
			return nil
		}
		if n, err = intOf(a[0]); err != nil {
			return err
		}
	}
	if n > len(x.dense) || n < 0 {
		return ora.New(6533)
	}
	k := len(x.dense) - n
	x.dense, x.gone = x.dense[:k], x.gone[:k]
	return nil
}

// remove is DELETE, DELETE(i), DELETE(from, to). What is not there is no error.
func remove(x *Collection, a [][]byte) error {
	if len(a) == 0 {
		x.dense, x.gone, x.keys = nil, nil, nil
		if x.typ.assoc() {
			x.elems = map[string]any{}
		}
		return nil
	}
	from, to := a[0], a[len(a)-1]
	if from == nil || to == nil {
		return nil
	}
	if x.typ.assoc() {
		var keep []string
		for _, k := range x.keys {
			if k >= string(from) && k <= string(to) {
				delete(x.elems, k)
			} else {
				keep = append(keep, k)
			}
		}
		x.keys = keep
		return nil
	}
	lo, err := intOf(from)
	if err != nil {
		return err
	}
	hi, err := intOf(to)
	if err != nil {
		return err
	}
	for i := max(lo, 1); i <= min(hi, len(x.dense)); i++ {
		x.gone[i-1], x.dense[i-1] = true, x.typ.Elem.empty()
	}
	return nil
}
