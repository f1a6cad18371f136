package plsql

import (
	"landfall/internal/oracle/syntax/ast"
)

var collectionMethods = map[string]bool{
	"COUNT": true, "FIRST": true, "LAST": true, "NEXT": true, "PRIOR": true, "EXISTS": true, "LIMIT": true,
	"DELETE": true, "EXTEND": true, "TRIM": true,
}

// method is a function of a collection.
func (c *compiler) method(n ast.Node, v *value, name string, call *ast.Call) (out *value, err error) {
	var args []*ast.Arg
	if call != nil {
		args = call.Args
	}
	typ := ScalarType(c.host.Named("PLS_INTEGER"))
	if v.typ.assoc() && (name == "FIRST" || name == "LAST" || name == "NEXT" || name == "PRIOR") {
		typ = ScalarType(v.typ.Index.Scalar)
	}
	wrong := func() error {
		return c.wrong(n, 306, "wrong number or types of arguments in call to '%s'", name)
	}
	if typ.class() == ClassText { // a key, back from the form that it is kept in
		set := c.host.Charset()
		defer func() {
			if out != nil {
				f := out.eval
				out.eval = func(fr *Frame) (any, error) {
					x, err := f(fr)
					if b := bytesOf(x); b != nil && err == nil {
						return set.Hold(b), nil
					}
					return x, err
				}
			}
		}()
	}
	coll := func(fr *Frame) (*Collection, error) {
		x, err := v.eval(fr)
		if err != nil {
			return nil, err
		}
		return x.(*Collection), nil
	}
	one := func(f func(x *Collection, key []byte) (any, error)) (*value, error) {
		if len(args) != 1 || args[0].Name != nil {
			return nil, wrong()
		}
		index, err := c.indexOf(args[0].X, v.typ)
		if err != nil {
			return nil, err
		}
		return &value{typ: typ, shown: name, eval: func(fr *Frame) (any, error) {
			x, err := coll(fr)
			if err != nil {
				return nil, err
			}
			k, err := index(fr)
			if err != nil {
				return nil, err
			}
			return f(x, k)
		}}, nil
	}
	none := func(f func(x *Collection) (any, error)) (*value, error) {
		if len(args) != 0 {
			return nil, wrong()
		}
		return &value{typ: typ, shown: name, eval: func(fr *Frame) (any, error) {
			x, err := coll(fr)
			if err != nil {
				return nil, err
			}
			return f(x)
		}}, nil
	}
	switch name {
	case "COUNT":
		return none(func(x *Collection) (any, error) {
			if x.Null {
				return nil, errNullCollection()
			}
			return numberOf(x.count()), nil
		})
	case "LIMIT":
		return none(func(x *Collection) (any, error) {
			if x.Null {
				return nil, errNullCollection()
			}
			if x.typ.varray() {
				return numberOf(x.typ.Limit), nil
			}
			return []byte(nil), nil
		})
	case "FIRST":
		return none(func(x *Collection) (any, error) { return x.step(nil, -1, 1) })
	case "LAST":
		return none(func(x *Collection) (any, error) { return x.step(nil, len(x.dense), -1) })
	case "EXISTS":
		typ = ScalarType(c.host.Named("BOOLEAN"))
		return one(func(x *Collection, k []byte) (any, error) {
			if x.Null || k == nil {
				return Boolean(false), nil
			}
			_, err := x.get(k)
			return Boolean(err == nil), nil
		})
	case "NEXT", "PRIOR":
		dir := 1
		if name == "PRIOR" {
			dir = -1
		}
		return one(func(x *Collection, k []byte) (any, error) {
			if k == nil {
				return []byte(nil), nil
			}
			if x.typ.assoc() {
				return x.step(k, 0, dir)
			}
			i, err := intOf(k)
			if err != nil {
				return nil, err
			}
			return x.step(k, i-1, dir)
		})
	}
	return nil, c.wrong(n, 222, "no function with name '%s' exists in this scope", name)
}
