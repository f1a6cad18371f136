package engine

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func init() {
	register(map[string]builtin{
		"NVL":      {2, 2, false, nvl},
		"NVL2":     {3, 3, false, nvl2},
		"COALESCE": {2, -1, false, coalesce},
		"NULLIF":   {2, 2, false, nullif},
		"GREATEST": {1, -1, false, extreme(1)},
		"LEAST":    {1, -1, false, extreme(-1)},
	})
}

// nvl converts the second argument to the type of the first, unless numbers call for the wider of them.
func nvl(c *compiler, n ast.Node, a []expr) (expr, error) {
	x, y := a[0], a[1]
	if x.typ.kind == kNull || x.null {
		if x.typ.kind != kNull && y.typ.kind != x.typ.kind && !y.typ.kind.text() {
			return expr{}, c.unsupported(n, "NVL of '' and another type")
		}
		r := computed(y.typ, y.eval)
		return r, nil
	}
	t := x.typ
	switch {
	case t.kind.text() && y.typ.kind.text():
		if t.kind != y.typ.kind || t.size != y.typ.size {
			t.kind = kVarchar
		}
		t = widen(t, y.typ)
	case t.kind.numeric() && y.typ.kind.numeric() && t.kind != y.typ.kind:
		t = tFloat
		if x.typ.kind == kDouble || y.typ.kind == kDouble {
			t = tDouble
		}
	case t.kind == kNumber:
		t = widen(t, y.typ)
	case t.kind.text():
		t.size = min(4000, max(t.size, textSize(y.typ)))
	}
	p, err := c.convert(n, x, t.kind)
	if err != nil {
		return expr{}, err
	}
	q, err := c.convert(n, y, t.kind)
	if err != nil {
		return expr{}, err
	}
	return computed(t, func(e *env) ([]byte, error) {
		v, err := p.eval(e)
		if v != nil || err != nil {
			return v, err
		}
		return q.eval(e)
	}), nil
}

func nvl2(c *compiler, n ast.Node, a []expr) (expr, error) {
	t := a[1].typ
	y, z := a[1], a[2]
	switch {
	case y.null || t.kind == kNull:
		t = z.typ
	case z.null:
	case t.kind.text() && z.typ.kind.text():
		if t.kind != z.typ.kind || t.size != z.typ.size {
			t.kind = kVarchar
		}
		t = widen(t, z.typ)
	case t.kind.text():
		t.size = min(4000, max(t.size, textSize(z.typ)))
	default:
		t = widen(t, z.typ)
	}
	var err error
	if y, err = c.convert(n, y, t.kind); err != nil {
		return expr{}, err
	}
	if z, err = c.convert(n, z, t.kind); err != nil {
		return expr{}, err
	}
	x := a[0]
	return computed(t, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if err != nil {
			return nil, err
		}
		if v != nil {
			return y.eval(e)
		}
		return z.eval(e)
	}), nil
}

func coalesce(c *compiler, n ast.Node, a []expr) (expr, error) {
	t, xs, err := c.unify(n, a, true)
	if err != nil {
		return expr{}, err
	}
	return computed(t, func(e *env) ([]byte, error) {
		for i := range xs {
			v, err := xs[i].eval(e)
			if v != nil || err != nil {
				return v, err
			}
		}
		return nil, nil
	}), nil
}

func nullif(c *compiler, n ast.Node, a []expr) (expr, error) {
	if a[0].typ.kind == kNull {
		return expr{}, c.fail(n, 932, "-", "CHAR")
	}
	if x, y := a[0].typ.kind, a[1].typ.kind; x != y && !(x.text() && y.text()) && !(x.numeric() && y.numeric()) && y != kNull {
		return expr{}, c.fail(n, 932, x, y)
	}
	k, err := c.compareExprs(n, token.EQ, a[0], a[1])
	if err != nil {
		return expr{}, err
	}
	x := a[0]
	return computed(x.typ, func(e *env) ([]byte, error) {
		b, err := k(e)
		if b == yes || err != nil {
			return nil, err
		}
		return x.eval(e)
	}), nil
}

// extreme is GREATEST and LEAST: the first argument decides the type, but for numbers.
func extreme(sign int) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		t := a[0].typ
		numbers := true
		for _, x := range a {
			numbers = numbers && (x.typ.kind.numeric() || x.typ.kind == kNull)
		}
		switch {
		case numbers:
			t = tNumber
			for _, x := range a {
				if x.typ.kind == kDouble || x.typ.kind == kFloat && t.kind == kNumber {
					t = x.typ
				}
			}
		case t.kind == kNull:
			t = typ{kind: kVarchar, size: 4000}
		case t.kind.text():
			t.kind = kVarchar
			for _, x := range a {
				t = widen(t, typ{kind: kVarchar, size: textSize(x.typ), charSem: x.typ.charSem, national: x.typ.national})
			}
		}
		xs := make([]expr, len(a))
		for i, x := range a {
			y, err := c.convert(n, x, t.kind)
			if err != nil {
				return expr{}, err
			}
			if x.typ.kind == kChar && t.kind == kVarchar {
				y = x
			}
			xs[i] = y
		}
		cmp := orderOf(t, c.set())
		return computed(t, func(e *env) ([]byte, error) {
			var best []byte
			for i := range xs {
				v, err := xs[i].eval(e)
				if v == nil || err != nil {
					return nil, err
				}
				if best == nil || cmp(v, best)*sign > 0 {
					best = v
				}
			}
			return best, nil
		}), nil
	}
}
