package engine

import (
	"bytes"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/value/charset"
)

// order compares two values that are not NULL.
type order func(a, b []byte) int

// orderOf is how values of a type compare. The bytes of numbers, dates and intervals are in order as they are.
// Text is ordered by its bytes in the database's character set.
func orderOf(t typ, set *charset.Set) order {
	switch {
	case t.kind == kChar && t.national:
		return comparePadded
	case t.kind == kChar:
		return comparePaddedIn(set)
	case t.kind == kZoned:
		return compareZoned
	case t.kind == kVarchar && !t.national && !set.Identity():
		return set.Compare
	}
	return bytes.Compare
}

// comparePadded ignores blanks at the end: both sides are CHAR.
func comparePadded(a, b []byte) int {
	n := min(len(a), len(b))
	if k := bytes.Compare(a[:n], b[:n]); k != 0 {
		return k
	}
	for _, c := range a[n:] {
		if c != ' ' {
			if c < ' ' {
				return -1
			}
			return 1
		}
	}
	for _, c := range b[n:] {
		if c != ' ' {
			if c < ' ' {
				return 1
			}
			return -1
		}
	}
	return 0
}

// compareZoned compares instants: the fields in UTC, without the zone.
func compareZoned(a, b []byte) int { return bytes.Compare(a[:min(11, len(a))], b[:min(11, len(b))]) }

// sameKind brings two expressions to the kind they are compared in.
func (c *compiler) sameKind(n ast.Node, x, y expr) (expr, expr, order, error) {
	if x.typ.kind.text() && y.typ.kind.text() && x.typ.national != y.typ.national {
		x, y = c.inForm(x, true), c.inForm(y, true)
	}
	a, b := x.typ.kind, y.typ.kind
	if a == kNull || b == kNull {
		if a == kNull && b == kNull {
			return x, y, bytes.Compare, nil
		}
		if a == kNull {
			y2, x2, o, err := c.sameKind(n, y, x)
			return x2, y2, o, err
		}
		z, err := c.convert(n, y, a)
		return x, z, orderOf(x.typ, c.set()), err
	}
	for _, k := range []kind{a, b} {
		if k == kClob || k == kBlob || k == kLong || k == kLongRaw || k == kXML || k == kOther {
			return x, y, nil, c.fail(n, 932, "-", k)
		}
	}
	to := a
	switch {
	case a == b:
		return x, y, orderOf(x.typ, c.set()), nil
	case a.text() && b.text():
		return x, y, orderOf(typ{kind: kVarchar, national: x.typ.national || y.typ.national}, c.set()), nil
	case a.text():
		to = b
	case b.text():
		to = a
	case a.numeric() && b.numeric():
		to = kFloat
		if a == kDouble || b == kDouble {
			to = kDouble
		}
	case a.datetime() && b.datetime():
		to = widerDatetime(a, b)
		if to == kLocal && (a == kTimestamp || b == kTimestamp) {
			to = kZoned
		}
	default:
		return x, y, nil, c.fail(n, 932, a, b)
	}
	var err error
	if x, err = c.convert(n, x, to); err != nil {
		return x, y, nil, err
	}
	y, err = c.convert(n, y, to)
	return x, y, orderOf(typ{kind: to}, c.set()), err
}

// holds tells what a comparison operator makes of a result of compare.
func holds(op token.Kind, k int) bool {
	switch op {
	case token.EQ:
		return k == 0
	case token.NE:
		return k != 0
	case token.LT:
		return k < 0
	case token.LE:
		return k <= 0
	case token.GT:
		return k > 0
	}
	return k >= 0
}

// compareExprs is x op y.
func (c *compiler) compareExprs(n ast.Node, op token.Kind, x, y expr) (cond, error) {
	if c.inPLSQL() && (x.typ.kind == kOther || y.typ.kind == kOther) {
		return nil, c.unsupported(n, "comparing objects or collections")
	}
	x, y, cmp, err := c.sameKind(n, x, y)
	if err != nil {
		return nil, err
	}
	return func(e *env) (tri, error) {
		a, err := x.eval(e)
		if err != nil {
			return unknown, err
		}
		if a == nil {
			return unknown, nil
		}
		b, err := y.eval(e)
		if b == nil || err != nil {
			return unknown, err
		}
		return truth(holds(op, cmp(a, b))), nil
	}, nil
}

// row compiles a list of expressions, one for a single one.
func (c *compiler) rowValue(e ast.Expr) ([]expr, error) {
	items := []ast.Expr{e}
	if l, ok := ast.Unparen(e).(*ast.List); ok {
		items = l.Items
	}
	xs := make([]expr, len(items))
	for i, it := range items {
		x, err := c.expr(it)
		if err != nil {
			return nil, err
		}
		xs[i] = x
	}
	return xs, nil
}

// allOf joins conditions by AND.
func allOf(ks []cond) cond {
	if len(ks) == 1 {
		return ks[0]
	}
	return func(e *env) (tri, error) {
		r := yes
		for _, k := range ks {
			b, err := k(e)
			if err != nil {
				return unknown, err
			}
			if b == no {
				return no, nil
			}
			if b == unknown {
				r = unknown
			}
		}
		return r, nil
	}
}

// anyOf joins conditions by OR.
func anyOf(ks []cond) cond {
	if len(ks) == 1 {
		return ks[0]
	}
	return func(e *env) (tri, error) {
		r := no
		for _, k := range ks {
			b, err := k(e)
			if err != nil {
				return unknown, err
			}
			if b == yes {
				return yes, nil
			}
			if b == unknown {
				r = unknown
			}
		}
		return r, nil
	}
}

func negate(k cond) cond {
	return func(e *env) (tri, error) {
		b, err := k(e)
		return b.not(), err
	}
}
