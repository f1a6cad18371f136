package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

func errNullCollection() error { return ora.New(6531) }

// valueError is ORA-06502 without a reason.
func valueError() error { return ora.New(6502, "") }

// checked adds to a conversion what a type demands beside its size: NOT NULL and bounds.
func (t *Type) checked(f func(*Frame, any) (any, error)) func(*Frame, any) (any, error) {
	if !t.NotNull && t.Low == nil && t.High == nil {
		return f
	}
	return func(fr *Frame, v any) (any, error) {
		v, err := f(fr, v)
		if err != nil {
			return nil, err
		}
		return v, t.check(bytesOf(v))
	}
}

// check is ORA-06502 for NULL in a NOT NULL variable and for a number out of bounds.
func (t *Type) check(v []byte) error {
	if v == nil {
		if t.NotNull {
			return valueError()
		}
		return nil
	}
	if t.Low == nil && t.High == nil {
		return nil
	}
	i, err := intOf(v)
	if err != nil {
		return err
	}
	if t.Low != nil && i < *t.Low || t.High != nil && i > *t.High {
		return valueError()
	}
	return nil
}

// conversion brings values of one type to another; what cannot be is PLS-00382.
func (c *compiler) conversion(n ast.Node, from, to *Type) (func(*Frame, any) (any, error), error) {
	wrong := func() error { return c.wrong(n, 382, "expression is of wrong type") }
	if from.Kind == KindBroken || to.Kind == KindBroken {
		return nil, c.wrong(n, 320, "the declaration of the type of this expression is incomplete or malformed")
	}
	if !to.takes(from) {
		if from.Host || to.Host {
			return nil, c.wrong(n, 418, "array bind type must match PL/SQL table row type")
		}
		return nil, wrong()
	}
	switch to.Kind {
	case KindScalar:
		f := c.host.Converter(from.Scalar, to.Scalar)
		if f == nil {
			return nil, wrong()
		}
		return to.checked(func(fr *Frame, v any) (any, error) {
			b := bytesOf(v)
			if b == nil {
				return []byte(nil), nil
			}
			x, err := f(fr, b)
			return x, err
		}), nil
	case KindRecord:
		if to == from || to.SQL != nil {
			break
		}
		var fields []func(*Frame, any) (any, error)
		for i := range to.Fields {
			f, err := c.conversion(n, from.Fields[i].Type, to.Fields[i].Type)
			if err != nil {
				return nil, err
			}
			fields = append(fields, f)
		}
		return func(fr *Frame, v any) (any, error) {
			r := v.(*Record)
			out := &Record{Fields: make([]any, len(fields))}
			for i, f := range fields {
				x, err := f(fr, r.Fields[i])
				if err != nil {
					return nil, err
				}
				out.Fields[i] = x
			}
			return out, nil
		}, nil
	}
	if to.Kind == KindCollection && to != from && to.SQL == nil {
		elem, err := c.conversion(n, from.Elem, to.Elem)
		if err != nil {
			return nil, err
		}
		return func(fr *Frame, v any) (any, error) {
			out := to.empty().(*Collection)
			err := v.(*Collection).each(func(key []byte, e any) error {
				x, err := elem(fr, e)
				if err != nil {
					return err
				}
				return out.put(key, x)
			})
			return out, err
		}, nil
	}
	return func(_ *Frame, v any) (any, error) { return copied(v), nil }, nil
}

// into compiles an expression as a value of a type.
func (c *compiler) into(e ast.Expr, to *Type) (func(*Frame) (any, error), error) {
	v, err := c.expr(e)
	if err != nil {
		return nil, err
	}
	return c.valueInto(e, v, to)
}

func (c *compiler) valueInto(n ast.Node, v *value, to *Type) (func(*Frame) (any, error), error) {
	if v.null && to.Kind != KindScalar {
		switch {
		case to.Kind == KindCursor:
			return func(*Frame) (any, error) { return (*Cursor)(nil), nil }, nil
		case to.Kind == KindCollection && !to.assoc(), to.Kind == KindRecord && to.SQL != nil:
			return func(*Frame) (any, error) { return to.empty(), nil }, nil
		case to.Kind == KindBroken:
			return nil, c.wrong(n, 320, "the declaration of the type of this expression is incomplete or malformed")
		}
		return nil, c.wrong(n, 382, "expression is of wrong type")
	}
	if v.typ.scalar() && to.scalar() {
		if !to.takes(v.typ) && !v.null {
			return nil, c.wrong(n, 382, "expression is of wrong type")
		}
		x, err := c.host.Assign(c.f, n, v.expr(), to.Scalar)
		if err != nil {
			return nil, c.fromHost(n, err, false)
		}
		return func(fr *Frame) (any, error) {
			b, err := x.Eval(fr)
			if err != nil {
				return nil, err
			}
			return b, to.check(b)
		}, nil
	}
	f, err := c.conversion(n, v.typ, to)
	if err != nil {
		return nil, err
	}
	eval := v.eval
	return func(fr *Frame) (any, error) {
		x, err := eval(fr)
		if err != nil {
			return nil, err
		}
		return f(fr, x)
	}, nil
}

// fetchInto converts values of the engine (a row) into targets: variables one by one, or one record.
func (c *compiler) fetchInto(n ast.Node, cols []Column, targets []*value, mismatch func() error) (func(*Frame, [][]byte) error, error) {
	if len(targets) == 1 && targets[0].typ.Kind == KindRecord && targets[0].typ.SQL == nil {
		rec := targets[0]
		f, err := c.rowInto(n, cols, rec.typ, mismatch)
		if err != nil {
			return nil, err
		}
		return func(fr *Frame, row [][]byte) error {
			v, err := f(fr, row)
			if err != nil {
				return err
			}
			return rec.set(fr, v)
		}, nil
	}
	if len(targets) != len(cols) {
		return nil, mismatch()
	}
	var convs []func(*Frame, any) (any, error)
	for i, t := range targets {
		if _, fetch := n.(*ast.Fetch); fetch && ScalarType(cols[i].Type).class() == ClassCursor && t.typ.Kind == KindCursor && t.typ.Row == nil {
			convs = append(convs, func(fr *Frame, v any) (any, error) { return fr.Run.Host.Nested(bytesOf(v)) })
			continue
		}
		if err := c.noCursors(n, cols[i:i+1]); err != nil {
			return nil, err
		}
		f, err := c.columnInto(n, cols[i].Type, t.typ)
		if err != nil {
			return nil, err
		}
		convs = append(convs, f)
	}
	return func(fr *Frame, row [][]byte) error {
		for i, t := range targets {
			v, err := convs[i](fr, owned(row[i]))
			if err != nil {
				return err
			}
			if err := t.set(fr, v); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// noCursors refuses columns that are CURSOR expressions: only FETCH has variables for them, one a column.
func (c *compiler) noCursors(n ast.Node, cols []Column) error {
	for _, col := range cols {
		if ScalarType(col.Type).class() == ClassCursor {
			return c.unsupported(n, "a CURSOR expression for such a target")
		}
	}
	return nil
}

// owned copies a value out of a row of the engine, which is valid only until the next one.
func owned(v []byte) any {
	if v == nil {
		return []byte(nil)
	}
	return append([]byte{}, v...)
}

// rowInto makes a value of a type of a row: a record, or the scalar of a single column.
func (c *compiler) rowInto(n ast.Node, cols []Column, t *Type, mismatch func() error) (func(*Frame, [][]byte) (any, error), error) {
	if err := c.noCursors(n, cols); err != nil {
		return nil, err
	}
	if t.Kind != KindRecord || t.SQL != nil {
		if len(cols) != 1 {
			return nil, mismatch()
		}
		f, err := c.columnInto(n, cols[0].Type, t)
		if err != nil {
			return nil, err
		}
		return func(fr *Frame, row [][]byte) (any, error) { return f(fr, owned(row[0])) }, nil
	}
	if len(cols) != len(t.Fields) {
		return nil, mismatch()
	}
	var convs []func(*Frame, any) (any, error)
	for i := range cols {
		f, err := c.columnInto(n, cols[i].Type, t.Fields[i].Type)
		if err != nil {
			return nil, err
		}
		convs = append(convs, f)
	}
	return func(fr *Frame, row [][]byte) (any, error) {
		r := &Record{Fields: make([]any, len(convs))}
		for i, f := range convs {
			v, err := f(fr, owned(row[i]))
			if err != nil {
				return nil, err
			}
			r.Fields[i] = v
		}
		return r, nil
	}, nil
}
