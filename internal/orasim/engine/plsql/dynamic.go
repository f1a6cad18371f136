package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// using is the arguments of USING, compiled.
type using struct {
	typ  *Type
	in   func(*Frame) (any, error) // nil of OUT
	out  *value
	back func(*Frame, any) (any, error)
}

func (c *compiler) usingArgs(list []*ast.UsingArg) ([]using, error) {
	var out []using
	for _, a := range list {
		u := using{}
		v, err := c.expr(a.X)
		if err != nil {
			return nil, err
		}
		if v.null {
			return nil, c.wrong(a, 457, "expressions have to be of SQL types")
		}
		u.typ = v.typ
		if a.Out {
			if u.out, err = c.target(a.X); err != nil {
				return nil, err
			}
			u.typ = u.out.typ
		}
		if a.In || !a.Out {
			u.in = v.eval
		}
		out = append(out, u)
	}
	return out, nil
}

// bound evaluates the arguments.
func bound(fr *Frame, list []using) ([]*Bound, error) {
	var out []*Bound
	for _, u := range list {
		b := &Bound{Type: u.typ, In: u.in != nil, Out: u.out != nil}
		if u.in != nil {
			v, err := u.in(fr)
			if err != nil {
				return nil, err
			}
			b.Value = v
		} else {
			b.Value = u.typ.empty()
		}
		out = append(out, b)
	}
	return out, nil
}

// giveBack stores what OUT arguments hold.
func giveBack(fr *Frame, list []using, vals []*Bound) error {
	for i, u := range list {
		if u.out == nil {
			continue
		}
		if err := u.out.set(fr, copied(vals[i].Value)); err != nil {
			return err
		}
	}
	return nil
}

// dynamicText compiles the text of a dynamic statement.
func (c *compiler) dynamicText(e ast.Expr) (func(*Frame) (string, error), error) {
	x, err := c.scalar(e)
	if err != nil {
		return nil, err
	}
	if k := x.Type.Class(); k != ClassText && k != ClassLOB {
		return nil, c.wrong(e, 382, "expression is of wrong type")
	}
	return func(fr *Frame) (string, error) {
		v, err := x.Eval(fr)
		if err != nil {
			return "", err
		}
		if v == nil {
			return "", ora.New(6535)
		}
		return string(v), nil
	}, nil
}

// dynamic is a text with the arguments of USING; start evaluates both and compiles the text.
func (c *compiler) dynamic(e ast.Expr, list []*ast.UsingArg) (args []using, start func(*Frame) (Dynamic, []*Bound, error), err error) {
	text, err := c.dynamicText(e)
	if err != nil {
		return nil, nil, err
	}
	if args, err = c.usingArgs(list); err != nil {
		return nil, nil, err
	}
	return args, func(fr *Frame) (Dynamic, []*Bound, error) {
		sql, err := text(fr)
		if err != nil {
			return nil, nil, err
		}
		vals, err := bound(fr, args)
		if err != nil {
			return nil, nil, err
		}
		d, err := c.host.Dynamic(fr.Run, sql)
		return d, vals, err
	}, nil
}

// execute is EXECUTE IMMEDIATE.
func (c *compiler) execute(n *ast.ExecImmediate) (stmt, error) {
	args, start, err := c.dynamic(n.Text, n.Using)
	if err != nil {
		return nil, err
	}
	into, err := c.targets(n.Into)
	if err != nil {
		return nil, err
	}
	back, err := c.targets(n.Returning)
	if err != nil {
		return nil, err
	}
	var backTypes []*Type
	for _, v := range back {
		t := v.typ
		if n.ReturningBulk {
			if t.Kind != KindCollection {
				return nil, c.wrong(n, 497, "cannot mix between single row and multi-row (BULK) in INTO list")
			}
			t = t.Elem
		}
		if !t.scalar() {
			return nil, c.unsupported(n, "RETURNING INTO of this type")
		}
		backTypes = append(backTypes, t)
	}
	many := func() error { return ora.New(1007) }
	return func(fr *Frame) (*jump, error) {
		d, vals, err := start(fr)
		if err != nil {
			return nil, err
		}
		// OUT arguments may be what RETURNING INTO gives
		types, outs := backTypes, 0
		if !d.IsBlock() && len(back) == 0 {
			for len(vals) > outs && args[len(vals)-1-outs].in == nil {
				outs++
			}
			for _, u := range args[len(args)-outs:] {
				types = append(types, u.typ)
			}
		}
		given := len(vals) - outs
		switch want := d.Binds() - len(types); {
		case d.Binds() < len(types)+given, want < given:
			return nil, ora.New(1006)
		case want > given:
			return nil, ora.New(1008)
		}
		fr.Run.sql.did(0)
		if d.IsQuery() {
			return nil, c.dynamicQuery(n, fr, d, vals, into, many)
		}
		if len(into) > 0 {
			return nil, ora.New(1007) // no query has columns to give
		}
		count, rows, err := d.Execute(fr.Run, vals[:given], types)
		if err != nil {
			return nil, err
		}
		if !d.IsBlock() {
			fr.Run.sql.did(count)
		}
		list := args
		switch {
		case outs > 0:
			if len(rows) > 1 {
				return nil, ora.New(1422)
			}
			if len(rows) == 1 {
				for i := range outs {
					vals[given+i].Value = rows[0][i]
				}
			} else {
				list, vals = args[:given], vals[:given] // nothing is assigned
			}
		case n.ReturningBulk:
			cols := scalarColumns(types)
			store, err := c.bulkInto(n, cols, back, many)
			if err != nil {
				return nil, err
			}
			if _, err := store(fr, &gathered{rows: rows}, -1); err != nil {
				return nil, err
			}
		case len(back) > 0 && len(rows) > 1:
			return nil, ora.New(1422)
		case len(back) > 0 && len(rows) == 1:
			for i, v := range back {
				if err := v.set(fr, rows[0][i]); err != nil {
					return nil, err
				}
			}
		}
		return nil, giveBack(fr, list, vals)
	}, nil
}
