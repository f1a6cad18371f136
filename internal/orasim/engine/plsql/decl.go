package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/value/number"
)

// decls compiles a declaration section: what it gives runs when the block is entered. Bodies of routines come last, so that
// they see what is announced.
func (c *compiler) decls(list []ast.Decl) []stmt {
	var inits []stmt
	for _, d := range list {
		before := len(c.scope.entries)
		init, r, err := c.decl(d)
		if err != nil {
			c.note(d, err, "Item ignored")
			c.broken(d, before)
			continue
		}
		if r != nil && r.def.Body != nil {
			c.routineBody(r)
		}
		if init != nil {
			inits = append(inits, c.traced(d, init))
		}
	}
	for _, e := range c.scope.entries {
		if e.kind != isRoutine {
			continue
		}
		for _, r := range e.routine {
			if !r.have {
				c.note(r.def, c.wrong(r.def, 313, "'%s' not declared in this scope", r.name), "Item ignored")
			}
		}
	}
	return inits
}

// broken enters a name whose declaration is wrong, so that each use of it is not one more unknown name.
func (c *compiler) broken(d ast.Decl, before int) {
	if len(c.scope.entries) > before {
		return
	}
	t := &Type{Kind: KindBroken}
	name, kind := "", isVar
	switch n := d.(type) {
	case *ast.VarDecl:
		name = c.f.Last(n.Name)
	case *ast.TypeDecl:
		name, kind = c.f.Last(n.Name), isType
	case *ast.SubtypeDecl:
		name, kind = c.f.Last(n.Name), isType
	case *ast.CursorDecl:
		name, kind = c.f.Last(n.Name), isCursor
	default:
		return
	}
	c.scope.entries = append(c.scope.entries, &entry{name: name, kind: kind, typ: t})
}

// decl compiles one declaration.
func (c *compiler) decl(d ast.Decl) (init stmt, r *routine, err error) {
	switch n := d.(type) {
	case *ast.VarDecl:
		init, err = c.varDecl(n)
	case *ast.ExceptionDecl:
		err = c.declare(n, &entry{name: c.f.Last(n.Name), kind: isException, exc: &exceptionDef{name: c.f.Last(n.Name), user: true, code: 6510}})
	case *ast.CursorDecl:
		init, err = c.cursorDecl(n)
	case *ast.SubtypeDecl:
		var t *Type
		if t, err = c.typeOf(n.Base, true); err == nil {
			if t, err = c.bounded(t, n.Bounds, n.NotNull); err == nil {
				err = c.declare(n.Name, &entry{name: c.f.Last(n.Name), kind: isType, typ: t})
			}
		}
	case *ast.TypeDecl:
		err = c.typeDecl(n)
	case *ast.Pragma:
		err = c.pragma(n)
	case *ast.Routine:
		r, err = c.declareRoutine(n)
	default:
		err = c.unsupported(d, "declaration")
	}
	return init, r, err
}

// bounded adds RANGE and NOT NULL to a type.
func (c *compiler) bounded(t *Type, b *ast.Bounds, notNull bool) (*Type, error) {
	if b == nil && !notNull {
		return t, nil
	}
	u := *t
	u.NotNull = u.NotNull || notNull
	if b != nil {
		low, err := c.constant(b.Low)
		if err != nil {
			return nil, err
		}
		high, err := c.constant(b.High)
		if err != nil {
			return nil, err
		}
		u.Low, u.High = &low, &high
	}
	return &u, nil
}

// constant is an integer that is known when the block is compiled.
func (c *compiler) constant(e ast.Expr) (int, error) {
	switch n := ast.Unparen(e).(type) {
	case *ast.Literal:
		if d, err := number.Parse(c.f.Source(n)); err == nil && n.Kind == ast.LitNumber {
			if i, ok := d.Int(); ok && i <= 1<<31-1 {
				return int(i), nil
			}
		}
	case *ast.Unary:
		if n.Op.Kind == token.Minus {
			i, err := c.constant(n.X)
			return -i, err
		}
	}
	return 0, c.unsupported(e, "a bound that is no integer literal")
}

func (c *compiler) varDecl(n *ast.VarDecl) (stmt, error) {
	t, err := c.typeOf(n.Type, true)
	if err != nil {
		return nil, err
	}
	if t, err = c.bounded(t, n.Bounds, n.NotNull); err != nil {
		return nil, err
	}
	name := c.f.Last(n.Name)
	if n.Default == nil {
		switch {
		case n.Constant:
			return nil, c.wrong(n.Name, 322, "declaration of a constant '%s' must contain an initialization assignment", name)
		case t.NotNull:
			return nil, c.wrong(n.Name, 218, "a variable declared NOT NULL must have an initialization assignment")
		}
	}
	var value func(*Frame) (any, error)
	if n.Default != nil {
		if value, err = c.into(n.Default, t); err != nil {
			return nil, err
		}
	} else {
		value = t.initial()
	}
	e := &entry{name: name, kind: isVar, typ: t, slot: c.newSlot(), readonly: n.Constant}
	if err := c.declare(n.Name, e); err != nil {
		return nil, err
	}
	return func(fr *Frame) (*jump, error) {
		v, err := value(fr)
		fr.slots[e.slot] = v
		return nil, err
	}, nil
}

// initial gives the value of a variable of the type that has no initial value of its own: fields of records may have some.
func (t *Type) initial() func(*Frame) (any, error) {
	if t.Kind != KindRecord {
		return func(*Frame) (any, error) { return t.empty(), nil }
	}
	return func(fr *Frame) (any, error) {
		r := t.empty().(*Record)
		for i, f := range t.Fields {
			if f.Default != nil {
				v, err := f.Default(fr)
				if err != nil {
					return nil, err
				}
				r.Fields[i] = v
			}
		}
		return r, nil
	}
}

// pragma is EXCEPTION_INIT; pragmas that change nothing that can be seen are passed over.
func (c *compiler) pragma(n *ast.Pragma) error {
	switch n.Kind {
	case token.EXCEPTION_INIT:
		if len(n.Args) != 2 {
			return c.unsupported(n, "pragma")
		}
		name, ok := n.Args[0].(*ast.Name)
		if !ok {
			return c.unsupported(n, "pragma")
		}
		e, _ := c.find(c.f.Last(name))
		if e == nil || e.kind != isException {
			return c.wrong(name, 109, "unknown exception name '%s' in PRAGMA EXCEPTION_INIT", c.f.Last(name))
		}
		code, err := c.constant(n.Args[1])
		if err != nil {
			return err
		}
		if code > 0 && code != 100 {
			return c.wrong(n, 701, "illegal ORACLE error number %d for PRAGMA EXCEPTION_INIT", code)
		}
		if code == 100 {
			code = -1403
		}
		e.exc.code, e.exc.user = -code, false
		return nil
	case token.INLINE, token.RESTRICT_REFERENCES, token.UDF:
		return nil
	}
	return c.unsupported(n, "pragma")
}
