package engine

import (
	"math"
	"math/big"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

type num = number.Number

func init() {
	register(map[string]builtin{
		"ABS":          {1, 1, false, numeric1("ABS", func(x num) (num, error) { return x.Abs(), nil }, math.Abs)},
		"CEIL":         {1, 1, false, numeric1("CEIL", num.Ceil, math.Ceil)},
		"FLOOR":        {1, 1, false, numeric1("FLOOR", num.Floor, math.Floor)},
		"SIGN":         {1, 1, false, sign},
		"SQRT":         {1, 1, false, numeric1("SQRT", num.Sqrt, math.Sqrt)},
		"EXP":          {1, 1, false, numeric1("EXP", num.Exp, math.Exp)},
		"LN":           {1, 1, false, numeric1("LN", num.Ln, nil)},
		"LOG":          {2, 2, false, numeric2("LOG", func(b, x num) (num, error) { return x.Log(b) })},
		"POWER":        {2, 2, false, numeric2("POWER", num.Power)},
		"MOD":          {2, 2, false, numeric2("MOD", num.Mod)},
		"REMAINDER":    {2, 2, false, numeric2("REMAINDER", num.Remainder)},
		"BITAND":       {2, 2, false, numeric2("BITAND", bitand)},
		"ROUND":        {1, 2, false, roundOrTrunc(true)},
		"TRUNC":        {1, 2, false, roundOrTrunc(false)},
		"WIDTH_BUCKET": {4, 4, false, widthBucket},
		"NANVL":        {2, 2, false, nanvl},
		"SIN":          {1, 1, false, approximate(math.Sin)}, "COS": {1, 1, false, approximate(math.Cos)}, "TAN": {1, 1, false, approximate(math.Tan)},
		"ASIN": {1, 1, false, approximate(math.Asin)}, "ACOS": {1, 1, false, approximate(math.Acos)}, "ATAN": {1, 1, false, approximate(math.Atan)},
		"SINH": {1, 1, false, approximate(math.Sinh)}, "COSH": {1, 1, false, approximate(math.Cosh)}, "TANH": {1, 1, false, approximate(math.Tanh)},
		"ATAN2": {2, 2, false, unknownFunc},
	})
}

// numeric1 is a function of one NUMBER, or of a binary float where real is given.
func numeric1(name string, f func(num) (num, error), real func(float64) float64) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		if k := a[0].typ.kind; k.binary() {
			if real == nil {
				return expr{}, c.unsupported(n, name+" of a binary float")
			}
			x := a[0]
			return computed(x.typ, func(e *env) ([]byte, error) {
				v, err := x.eval(e)
				if v == nil || err != nil {
					return nil, err
				}
				if k == kFloat {
					return encodeFloat(float32(real(float64(decodeFloat(v))))), nil
				}
				return encodeDouble(real(decodeDouble(v))), nil
			}), nil
		}
		g, err := c.number(n, a[0])
		if err != nil {
			return expr{}, err
		}
		return computed(tNumber, func(e *env) ([]byte, error) {
			x, ok, err := g(e)
			if !ok || err != nil {
				return nil, err
			}
			r, err := f(x)
			if err == number.ErrRange {
				return nil, ora.New(1428, x.String())
			}
			return r.Bytes(), numErr(err)
		}), nil
	}
}

func numeric2(name string, f func(x, y num) (num, error)) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		if a[0].typ.kind.binary() || a[1].typ.kind.binary() {
			return expr{}, c.unsupported(n, name+" of a binary float")
		}
		gx, err := c.number(n, a[0])
		if err != nil {
			return expr{}, err
		}
		gy, err := c.number(n, a[1])
		if err != nil {
			return expr{}, err
		}
		return computed(tNumber, func(e *env) ([]byte, error) {
			x, ok, err := gx(e)
			if !ok || err != nil {
				return nil, err
			}
			y, ok, err := gy(e)
			if !ok || err != nil {
				return nil, err
			}
			r, err := f(x, y)
			if err == number.ErrRange {
				return nil, ora.New(1428, x.String())
			}
			return r.Bytes(), numErr(err)
		}), nil
	}
}

// approximate is for functions of which 15 digits are known: they take and give binary doubles only.
func approximate(f func(float64) float64) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		if a[0].typ.kind != kDouble {
			return expr{}, c.unsupported(n, "function with NUMBER")
		}
		return numeric1("", nil, f)(c, n, a)
	}
}

func sign(c *compiler, n ast.Node, a []expr) (expr, error) {
	x := a[0]
	if x.typ.kind.binary() {
		return expr{}, c.unsupported(n, "SIGN of a binary float")
	}
	return numeric1("SIGN", func(x num) (num, error) { return number.FromInt(int64(x.Sign())), nil }, nil)(c, n, a)
}

// bitand works on two's complement, as far as 64 bits go.
func bitand(x, y num) (num, error) {
	i, ok := x.Trunc(0).Int()
	j, ok2 := y.Trunc(0).Int()
	if !ok || !ok2 {
		var a, b big.Int
		if _, ok := a.SetString(x.Trunc(0).Fixed(), 10); !ok {
			return num{}, number.ErrOverflow
		}
		if _, ok := b.SetString(y.Trunc(0).Fixed(), 10); !ok {
			return num{}, number.ErrOverflow
		}
		return number.Parse(a.And(&a, &b).String())
	}
	return number.FromInt(i & j), nil
}

// roundOrTrunc is ROUND and TRUNC of numbers and dates.
func roundOrTrunc(round bool) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		if a[0].typ.kind.datetime() {
			return c.roundDate(n, a, round)
		}
		if a[0].typ.kind.interval() {
			return expr{}, c.unsupported(n, "function of an interval")
		}
		if a[0].typ.kind.binary() && len(a) == 1 {
			f := math.Trunc
			if round {
				f = math.RoundToEven
			}
			return numeric1("", nil, f)(c, n, a)
		}
		if a[0].typ.kind.text() && len(a) == 2 && a[1].typ.kind.text() {
			// TRUNC('...', 'MM') is that of a date
			if a[1].constant {
				if v, err := a[1].eval(c.still()); err == nil && v != nil {
					if _, err := number.Parse(string(v)); err != nil {
						return c.roundDate(n, a, round)
					}
				}
			}
		}
		f, err := c.number(n, a[0])
		if err != nil {
			return expr{}, err
		}
		places := func(*env) (int, bool, error) { return 0, true, nil }
		if len(a) > 1 {
			if places, err = c.integer(n, a[1]); err != nil {
				return expr{}, err
			}
		}
		return computed(tNumber, func(e *env) ([]byte, error) {
			x, ok, err := f(e)
			if !ok || err != nil {
				return nil, err
			}
			p, ok, err := places(e)
			if !ok || err != nil {
				return nil, err
			}
			p = max(-200, min(p, 200))
			if !round {
				return x.Trunc(p).Bytes(), nil
			}
			r, err := x.Round(p)
			return r.Bytes(), numErr(err)
		}), nil
	}
}

// widthBucket is WIDTH_BUCKET(x, low, high, n).
func widthBucket(c *compiler, n ast.Node, a []expr) (expr, error) {
	var f [4]func(*env) (num, bool, error)
	for i := range f {
		if !a[i].typ.kind.numeric() && !a[i].typ.kind.text() && a[i].typ.kind != kNull {
			return expr{}, c.unsupported(n, "WIDTH_BUCKET of dates")
		}
		var err error
		if f[i], err = c.number(n, a[i]); err != nil {
			return expr{}, err
		}
	}
	return computed(tNumber, func(e *env) ([]byte, error) {
		var v [4]num
		for i := range f {
			x, ok, err := f[i](e)
			if !ok || err != nil {
				return nil, err
			}
			v[i] = x
		}
		k, fits := v[3].Trunc(0).Int()
		if !fits || k < 1 {
			return nil, ora.New(30494)
		}
		x, lo, hi := v[0], v[1], v[2]
		if lo.Cmp(hi) > 0 { // downwards
			x, lo, hi = x.Neg(), lo.Neg(), hi.Neg()
		}
		if lo.Cmp(hi) == 0 {
			return nil, ora.New(30494)
		}
		if x.Cmp(lo) < 0 {
			return count(0), nil
		}
		if x.Cmp(hi) >= 0 {
			return number.FromInt(k + 1).Bytes(), nil
		}
		p, err := x.Sub(lo)
		if err == nil {
			if p, err = p.Mul(number.FromInt(k)); err == nil {
				var w num
				if w, err = hi.Sub(lo); err == nil {
					p, err = p.Div(w)
				}
			}
		}
		if err != nil {
			return nil, numErr(err)
		}
		i, _ := p.Trunc(0).Int()
		return number.FromInt(i + 1).Bytes(), nil
	}), nil
}

func nanvl(c *compiler, n ast.Node, a []expr) (expr, error) {
	x, y := a[0], a[1]
	if !x.typ.kind.binary() {
		return c.convert(n, x, kNumber)
	}
	z, err := c.convert(n, y, x.typ.kind)
	if err != nil {
		return expr{}, err
	}
	return computed(x.typ, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		if x.typ.kind == kDouble && math.IsNaN(decodeDouble(v)) || x.typ.kind == kFloat && math.IsNaN(float64(decodeFloat(v))) {
			return z.eval(e)
		}
		return v, nil
	}), nil
}
