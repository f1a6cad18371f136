package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// argument is a parameter with what is given for it.
type argument struct {
	p    *param
	in   func(*Frame) (any, error)      // evaluated in the frame of the caller
	out  *value                         // where an OUT parameter goes
	back func(*Frame, any) (any, error) // its conversion
}

// match tells whether a routine can be called with arguments, by their number and names, and how well their types fit.
func (c *compiler) match(r *routine, args []*ast.Arg) (score int, ok bool) {
	at := make([]ast.Expr, len(r.params))
	for i, a := range args {
		k := i
		if a.Name != nil {
			if k = r.param(c.f.Last(a.Name)); k < 0 {
				return 0, false
			}
		}
		if k >= len(at) || at[k] != nil || a.X == nil {
			return 0, false
		}
		at[k] = a.X
	}
	for i, x := range at {
		if x == nil {
			if !r.params[i].given {
				return 0, false
			}
			continue
		}
		score++
	}
	return score, true
}

// pick chooses among overloaded routines: by number and names of the arguments, then by their types.
func (c *compiler) pick(n ast.Node, e *entry, args []*ast.Arg, function bool) (*routine, error) {
	var fit []*routine
	kind := false
	for _, r := range e.routine {
		if (r.ret != nil) != function {
			continue
		}
		kind = true
		if _, ok := c.match(r, args); ok {
			fit = append(fit, r)
		}
	}
	switch {
	case !kind && function:
		return nil, c.wrong(n, 222, "no function with name '%s' exists in this scope", e.name)
	case !kind:
		return nil, c.wrong(n, 221, "'%s' is not a procedure or is undefined", e.name)
	case len(fit) == 0:
		return nil, c.wrong(n, 306, "wrong number or types of arguments in call to '%s'", e.name)
	case len(fit) == 1:
		return fit[0], nil
	}
	var best []*routine
	for _, r := range fit {
		same := true
		for i, a := range args {
			k := i
			if a.Name != nil {
				k = r.param(c.f.Last(a.Name))
			}
			v, err := c.expr(a.X)
			if err != nil {
				return nil, err
			}
			t := r.params[k].typ
			same = same && (v.typ == t || v.typ.scalar() && t.scalar() && v.typ.class() == t.class())
		}
		if same {
			best = append(best, r)
		}
	}
	if len(best) == 1 {
		return best[0], nil
	}
	return nil, c.unsupported(n, "a call of overloaded routines that only conversions decide")
}

// arguments binds actual to formal parameters.
func (c *compiler) arguments(n ast.Node, r *routine, args []*ast.Arg) ([]argument, error) {
	out := make([]argument, len(r.params))
	for i := range r.params {
		out[i].p = &r.params[i]
	}
	for i, a := range args {
		if a.Name != nil {
			i = r.param(c.f.Last(a.Name))
		}
		g := &out[i]
		var err error
		if g.p.out {
			if g.out, err = c.target(a.X); err != nil {
				return nil, err
			}
			c.lobArgument(r, g.p, g.out)
			if g.back, err = c.conversion(a.X, g.p.typ, g.out.typ); err != nil {
				return nil, c.wrong(n, 306, "wrong number or types of arguments in call to '%s'", r.name)
			}
		}
		if g.p.in {
			v, err := c.expr(a.X)
			if err != nil {
				return nil, err
			}
			c.lobArgument(r, g.p, v)
			if !v.null && !g.p.typ.takes(v.typ) {
				return nil, c.wrong(n, 306, "wrong number or types of arguments in call to '%s'", r.name)
			}
			if !g.p.out && v.typ == g.p.typ && !v.typ.scalar() {
				g.in = v.eval // by reference: it cannot be written to
			} else if g.in, err = c.valueInto(a.X, v, g.p.typ); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// invocation compiles a call: it gives the result of a function, nil of a procedure.
func (c *compiler) invocation(n ast.Node, r *routine, args []*ast.Arg) (func(*Frame) (any, error), error) {
	list, err := c.arguments(n, r, args)
	if err != nil {
		return nil, err
	}
	depth := c.scope.level - (r.level - 1)
	return func(fr *Frame) (any, error) {
		up := fr.at(depth)
		in := &Frame{Run: fr.Run, up: up, slots: make([]any, r.frame)}
		for i := range list {
			g := &list[i]
			switch {
			case g.in != nil:
				v, err := g.in(fr)
				if err != nil {
					return nil, err
				}
				in.slots[i] = v
			case g.p.in && g.p.def != nil:
				v, err := g.p.def(up)
				if err != nil {
					return nil, err
				}
				in.slots[i] = v
			default:
				in.slots[i] = g.p.typ.empty()
			}
		}
		if fr.Run.depth++; fr.Run.depth > maxDepth {
			fr.Run.depth--
			return nil, ora.New(6500)
		}
		j, err := r.body(in)
		fr.Run.depth--
		if err != nil {
			return nil, err
		}
		if r.ret != nil && (j == nil || j.kind != jumpReturn) {
			return nil, raiseAt(ora.New(6503), in, c.line(r.def))
		}
		for i := range list {
			if g := &list[i]; g.out != nil {
				v, err := g.back(fr, in.slots[i])
				if err != nil {
					return nil, err
				}
				if err := g.out.set(fr, v); err != nil {
					return nil, err
				}
			}
		}
		return in.ret, nil
	}, nil
}

// callFunction is a call in an expression.
func (c *compiler) callFunction(n ast.Node, e *entry, args []*ast.Arg) (*value, error) {
	r, err := c.pick(n, e, args, true)
	if err != nil {
		return nil, err
	}
	f, err := c.invocation(n, r, args)
	if err != nil {
		return nil, err
	}
	return &value{typ: r.ret, shown: r.name, eval: f, root: r.lob("")}, nil
}
