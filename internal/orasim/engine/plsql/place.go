package plsql

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// value is a compiled expression of any type.
type value struct {
	typ  *Type
	eval func(*Frame) (any, error)
	null bool // the literal NULL
	// set writes, for what can be written: the value is one of the type already.
	set func(*Frame, any) error
	// own reads in order to write into: elements of associative arrays come into being.
	own      func(*Frame) (any, error)
	readonly bool
	bind     *bindVar
	shown    string
	root     *entry // the variable that it is, or is a part of
}

// expr is a scalar value as the engine takes it.
func (v *value) expr() Expr {
	eval := v.eval
	if t := v.typ; t.SQL != nil {
		return Expr{Type: t.SQL, Eval: func(fr *Frame) ([]byte, error) {
			x, err := eval(fr)
			if err != nil {
				return nil, err
			}
			return t.Encode(fr.Run.Host, x)
		}}
	}
	return Expr{Type: v.typ.Scalar, Null: v.null, Eval: func(fr *Frame) ([]byte, error) {
		x, err := eval(fr)
		return bytesOf(x), err
	}}
}

// scalarValue is an expression of the engine as a value.
func scalarValue(x Expr) *value {
	return &value{typ: ScalarType(x.Type), null: x.Null, eval: func(fr *Frame) (any, error) { return x.Eval(fr) }}
}

// variable is a place in a frame.
func (c *compiler) variable(e *entry, s *scope) *value {
	depth, slot := c.depth(s), e.slot
	v := &value{typ: e.typ, readonly: e.readonly, shown: e.name, root: e}
	v.eval = func(fr *Frame) (any, error) { return fr.at(depth).slots[slot], nil }
	v.own = v.eval
	v.set = func(fr *Frame, x any) error {
		fr.at(depth).slots[slot] = x
		return nil
	}
	return v
}

// bindValue is a variable of the client.
func (c *compiler) bindValue(n ast.Node, name string) (*value, error) {
	at, ok := c.bindOf[name]
	if !ok {
		return nil, c.wrong(n, 49, "bad bind variable '%s'", strings.TrimPrefix(name, ":"))
	}
	b := c.binds[at]
	if b.typ == nil {
		return nil, c.unsupported(n, "a bind of this type")
	}
	v := &value{typ: b.typ, bind: b, shown: name}
	v.eval = func(fr *Frame) (any, error) { return fr.Run.Binds[at], nil }
	v.own = v.eval
	v.set = func(fr *Frame, x any) error {
		fr.Run.Binds[at] = x
		return nil
	}
	return v, nil
}

// fieldOf is rec.name.
func (c *compiler) fieldOf(n ast.Node, rec *value, name string) (*value, error) {
	if rec.typ.Kind == KindBroken {
		return nil, c.wrong(n, 320, "the declaration of the type of this expression is incomplete or malformed")
	}
	i := -1
	if rec.typ.Kind == KindRecord {
		i = rec.typ.field(name)
	}
	if i < 0 {
		if rec.typ.SQL != nil {
			return nil, c.unsupported(n, "a method, or an attribute that is not there")
		}
		if rec.typ.Kind == KindRecord {
			return nil, c.wrong(n, 302, "component '%s' must be declared", name)
		}
		return nil, c.wrong(n, 487, "Invalid reference to variable '%s'", rec.shown)
	}
	v := &value{typ: rec.typ.Fields[i].Type, readonly: rec.readonly, bind: rec.bind, shown: rec.shown + "." + name, root: rec.root}
	v.eval = func(fr *Frame) (any, error) {
		r, err := rec.eval(fr)
		if err != nil {
			return nil, err
		}
		return r.(*Record).Fields[i], nil
	}
	if rec.own != nil {
		v.own = func(fr *Frame) (any, error) {
			r, err := rec.own(fr)
			if err != nil {
				return nil, err
			}
			return r.(*Record).Fields[i], nil
		}
		v.set = func(fr *Frame, x any) error {
			r, err := rec.own(fr)
			if err != nil {
				return err
			}
			if r.(*Record).Null {
				return ora.New(6530)
			}
			r.(*Record).Fields[i] = x
			return nil
		}
	}
	return v, nil
}

// elementOf is coll(index).
func (c *compiler) elementOf(n ast.Node, coll *value, args []*ast.Arg) (*value, error) {
	if len(args) != 1 || args[0].Name != nil || args[0].X == nil {
		return nil, c.wrong(n, 306, "wrong number or types of arguments in call to '%s'", coll.shown)
	}
	index, err := c.indexOf(args[0].X, coll.typ)
	if err != nil {
		return nil, err
	}
	v := &value{typ: coll.typ.Elem, readonly: coll.readonly, bind: coll.bind, shown: coll.shown, root: coll.root}
	both := func(fr *Frame, get func(*Frame) (any, error)) (*Collection, []byte, error) {
		x, err := get(fr)
		if err != nil {
			return nil, nil, err
		}
		k, err := index(fr)
		return x.(*Collection), k, err
	}
	v.eval = func(fr *Frame) (any, error) {
		x, k, err := both(fr, coll.eval)
		if err != nil {
			return nil, err
		}
		return x.get(k)
	}
	if coll.own != nil {
		v.own = func(fr *Frame) (any, error) {
			x, k, err := both(fr, coll.own)
			if err != nil {
				return nil, err
			}
			return x.own(k)
		}
		v.set = func(fr *Frame, e any) error {
			x, k, err := both(fr, coll.own)
			if err != nil {
				return err
			}
			return x.put(k, e)
		}
	}
	return v, nil
}

// indexOf compiles an index in the form that a collection has it in.
func (c *compiler) indexOf(e ast.Expr, t *Type) (func(*Frame) ([]byte, error), error) {
	to := c.host.Named("PLS_INTEGER")
	if t.assoc() {
		to = t.Index.Scalar
	}
	x, err := c.scalar(e)
	if err != nil {
		return nil, err
	}
	if x, err = c.host.Assign(c.f, e, x, to); err != nil {
		return nil, c.fromHost(e, err, false)
	}
	if t.assoc() && t.Index.class() == ClassText && !c.host.Charset().Identity() {
		// kept as the set has it, which is the order of FIRST and NEXT
		set := c.host.Charset()
		return func(fr *Frame) ([]byte, error) {
			v, err := x.Eval(fr)
			if v == nil || err != nil {
				return nil, err
			}
			return set.Bytes(v), nil
		}, nil
	}
	return x.Eval, nil
}

// target compiles what is written to.
func (c *compiler) target(e ast.Expr) (*value, error) {
	var v *value
	var err error
	if b, ok := e.(*ast.BindExpr); ok { // written, and not read
		v, err = c.bindValue(b, c.f.Ident(b.Lo))
	} else {
		v, err = c.resolve(e)
	}
	if err != nil {
		return nil, err
	}
	if v == nil {
		if n, ok := e.(*ast.Name); ok {
			return nil, c.undeclared(e, c.f.Parts(n))
		}
		if k, ok := e.(*ast.Call); ok {
			if n, ok := k.Fn.(*ast.Name); ok {
				return nil, c.undeclared(e, c.f.Parts(n))
			}
		}
		return nil, c.unsupported(e, "target of an assignment")
	}
	if v.typ.Kind == KindBroken {
		return nil, c.wrong(e, 320, "the declaration of the type of this expression is incomplete or malformed")
	}
	if v.set == nil || v.readonly {
		return nil, c.wrong(e, 363, "expression '%s' cannot be used as an assignment target", strings.ToUpper(c.f.Source(e)))
	}
	if v.bind != nil {
		v.bind.written = true
	}
	return v, nil
}
