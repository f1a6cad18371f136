package plsql

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// nativeInvocation binds the arguments of a native routine.
func (c *compiler) nativeInvocation(n ast.Node, name string, f *Native, args []*ast.Arg) (func(*Frame) (any, error), error) {
	wrong := func() error {
		return c.wrong(n, 306, "wrong number or types of arguments in call to '%s'", name)
	}
	list := make([]using, len(f.Params))
	given := make([]bool, len(f.Params))
	for i, a := range args {
		if a.Name != nil {
			want := c.f.Last(a.Name)
			i = -1
			for k, p := range f.Params {
				if strings.EqualFold(p.Name, want) {
					i = k
				}
			}
		}
		if i < 0 || i >= len(list) || given[i] || a.X == nil {
			return nil, wrong()
		}
		u, err := c.nativeArg(a.X, &f.Params[i], wrong)
		if err != nil {
			return nil, err
		}
		list[i], given[i] = u, true
	}
	for i, p := range f.Params {
		if !given[i] && !p.Optional {
			return nil, wrong()
		}
	}
	return func(fr *Frame) (any, error) {
		vals := make([]*Bound, len(list))
		for i, u := range list {
			b := &Bound{Type: u.typ}
			vals[i] = b
			switch {
			case u.in != nil:
				v, err := u.in(fr)
				if err != nil {
					return nil, err
				}
				b.Value, b.In = v, true
			case u.typ != nil:
				b.Value = u.typ.empty()
			}
		}
		v, err := f.Run(fr.Run, vals)
		if err != nil {
			return nil, err
		}
		for i, u := range list {
			if u.out == nil {
				continue
			}
			x := vals[i].Value
			if u.back != nil {
				if x, err = u.back(fr, x); err != nil {
					return nil, err
				}
			}
			if err := u.out.set(fr, x); err != nil {
				return nil, err
			}
		}
		return v, nil
	}, nil
}

// nativeArg compiles one argument.
func (c *compiler) nativeArg(e ast.Expr, p *NativeParam, wrong func() error) (using, error) {
	u := using{}
	if p.Out || p.InOut {
		t, err := c.target(e)
		if err != nil {
			return u, err
		}
		u.out, u.typ = t, t.typ
		switch p.Type {
		case "ANY":
			if !t.typ.scalar() {
				return u, wrong()
			}
		case "CURSOR":
			if t.typ.Kind != KindCursor {
				return u, wrong()
			}
		case "LINES":
			if t.typ.Kind != KindCollection || t.typ.Elem.class() != ClassText {
				return u, wrong()
			}
		default:
			typ := ScalarType(c.host.Named(p.Type))
			if u.back, err = c.conversion(e, typ, t.typ); err != nil {
				return u, wrong()
			}
			u.typ = typ
			switch {
			case t.typ.class() != ClassLOB:
			case p.Out && t.bind != nil:
				t.bind.made = true // CREATETEMPORARY: it is a LOB of the block's own from here on
			case p.InOut:
				c.lobWrites = append(c.lobWrites, lobWrite{t, e})
			}
		}
		if p.Out {
			return u, nil
		}
	}
	v, err := c.expr(e)
	if err != nil {
		return u, err
	}
	switch p.Type {
	case "ANY":
		if !v.typ.scalar() {
			return u, wrong()
		}
		u.typ, u.in = v.typ, v.eval
	case "CURSOR":
		if v.typ.Kind != KindCursor {
			return u, wrong()
		}
		u.typ, u.in = v.typ, v.eval
	case "LINES":
		return u, c.unsupported(e, "argument")
	default:
		u.typ = ScalarType(c.host.Named(p.Type))
		if !v.typ.scalar() || !v.null && !u.typ.takes(v.typ) {
			return u, wrong()
		}
		if u.in, err = c.valueInto(e, v, u.typ); err != nil {
			return u, err
		}
	}
	return u, nil
}
