package engine

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/number"
)

func parseFloat(e *env, s string) (float64, error) {
	t := strings.TrimSpace(s)
	if d := e.ex.s.nls.Decimal; d != '.' {
		t = strings.Replace(t, string(d), ".", 1)
	}
	switch strings.ToUpper(t) {
	case "NAN":
		return math.NaN(), nil
	case "INF", "INFINITY", "+INF":
		return math.Inf(1), nil
	case "-INF", "-INFINITY":
		return math.Inf(-1), nil
	}
	if _, err := number.Parse(t); err == number.ErrInvalid {
		return 0, ora.New(1722)
	}
	f, err := strconv.ParseFloat(t, 64)
	if err != nil && f == 0 {
		return 0, ora.New(1722)
	}
	return f, nil
}

// arithmetic is + - * / of two expressions.
func (c *compiler) arithmetic(n ast.Node, op token.Kind, x, y expr) (expr, error) {
	a, b := x.typ.kind, y.typ.kind
	if a.datetime() || b.datetime() || a.interval() || b.interval() {
		return c.datetimeArithmetic(n, op, x, y)
	}
	if a == kDouble || b == kDouble || a == kFloat || b == kFloat {
		return c.floatArithmetic(n, op, x, y)
	}
	fx, err := c.number(n, x)
	if err != nil {
		return expr{}, err
	}
	fy, err := c.number(n, y)
	if err != nil {
		return expr{}, err
	}
	at := c.at(n)
	t := tNumber
	if t.pls = x.typ.pls && y.typ.pls && op != token.Slash; t.pls {
		t = tInteger
	}
	r := computed(t, func(e *env) ([]byte, error) {
		p, ok, err := fx(e)
		if err != nil {
			return nil, err
		}
		q, ok2, err := fy(e)
		if !ok || !ok2 || err != nil {
			return nil, err
		}
		var z number.Number
		switch op {
		case token.Plus:
			z, err = p.Add(q)
		case token.Minus:
			z, err = p.Sub(q)
		case token.Star:
			z, err = p.Mul(q)
		default:
			z, err = p.Div(q)
		}
		if err != nil {
			return nil, ora.At(numErr(err), at)
		}
		if t.pls {
			if i, ok := z.Int(); !ok || i != int64(int32(i)) {
				return nil, ora.New(1426)
			}
		}
		return z.Bytes(), nil
	})
	r.constant = x.constant && y.constant
	return r, nil
}

func (c *compiler) floatArithmetic(n ast.Node, op token.Kind, x, y expr) (expr, error) {
	to := kDouble
	if x.typ.kind != kDouble && y.typ.kind != kDouble {
		to = kFloat
	}
	p, err := c.convert(n, x, to)
	if err != nil {
		return expr{}, err
	}
	q, err := c.convert(n, y, to)
	if err != nil {
		return expr{}, err
	}
	return computed(typ{kind: to}, func(e *env) ([]byte, error) {
		a, err := p.eval(e)
		if err != nil {
			return nil, err
		}
		b, err := q.eval(e)
		if a == nil || b == nil || err != nil {
			return nil, err
		}
		if to == kFloat {
			return encodeFloat(computeFloat(op, decodeFloat(a), decodeFloat(b))), nil
		}
		return encodeDouble(computeFloat(op, decodeDouble(a), decodeDouble(b))), nil
	}), nil
}

func computeFloat[F float32 | float64](op token.Kind, f, g F) F {
	switch op {
	case token.Plus:
		return f + g
	case token.Minus:
		return f - g
	case token.Star:
		return f * g
	}
	return f / g
}

// datetimeArithmetic follows the manual's matrix of datetime arithmetic.
func (c *compiler) datetimeArithmetic(n ast.Node, op token.Kind, x, y expr) (expr, error) {
	a, b := x.typ.kind, y.typ.kind
	bad := func() (expr, error) {
		if op == token.Plus && a.datetime() && b.datetime() {
			return expr{}, c.fail(n, 975)
		}
		if a.interval() || b.interval() {
			return expr{}, c.fail(n, 30081)
		}
		return expr{}, c.fail(n, 932, kNumber, pickKind(a, b))
	}
	switch {
	case op == token.Plus && !a.datetime() && b.datetime():
		return c.datetimeArithmetic(n, op, y, x)
	case op == token.Minus && a.datetime() && b.datetime():
		return c.datetimeDifference(n, x, y)
	case a.datetime() && b.interval() && (op == token.Plus || op == token.Minus):
		return c.addInterval(n, op == token.Minus, x, y)
	case a.datetime() && (op == token.Plus || op == token.Minus) && !b.datetime():
		return c.addDays(n, op == token.Minus, x, y)
	case c.inPLSQL() && a.interval() && b.text() && (op == token.Plus || op == token.Minus):
		y, err := c.convert(n, y, a)
		if err != nil {
			return expr{}, err
		}
		return c.datetimeArithmetic(n, op, x, y)
	case a.interval() && b == a && (op == token.Plus || op == token.Minus):
		return computed(x.typ, both(x, y, func(p, q []byte) ([]byte, error) {
			if a == kMonths {
				m, err := datetime.DecodeMonths(p)
				if err != nil {
					return nil, err
				}
				k, err := datetime.DecodeMonths(q)
				if op == token.Minus {
					k = -k
				}
				return (m + k).Bytes(), err
			}
			s, err := datetime.DecodeSpan(p)
			if err != nil {
				return nil, err
			}
			u, err := datetime.DecodeSpan(q)
			if op == token.Minus {
				u = u.Neg()
			}
			return s.Add(u).Bytes(), err
		})), nil
	case a.interval() && (op == token.Star || op == token.Slash) && !b.interval() && !b.datetime():
		return c.scaleInterval(n, op, x, y)
	case b.interval() && op == token.Star && !a.interval() && !a.datetime():
		return c.scaleInterval(n, op, y, x)
	}
	return bad()
}

func pickKind(a, b kind) kind {
	if a.datetime() || a.interval() {
		return a
	}
	return b
}

// both evaluates both sides, NULL where one is.
func both(x, y expr, f func(p, q []byte) ([]byte, error)) func(*env) ([]byte, error) {
	return func(e *env) ([]byte, error) {
		p, err := x.eval(e)
		if err != nil {
			return nil, err
		}
		q, err := y.eval(e)
		if p == nil || q == nil || err != nil {
			return nil, err
		}
		return f(p, q)
	}
}

// addDays is a datetime plus a number of days: always a DATE, rounded to the second.
func (c *compiler) addDays(n ast.Node, minus bool, x, y expr) (expr, error) {
	fx, err := c.date(n, x, kDate)
	if err != nil {
		return expr{}, err
	}
	fy, err := c.number(n, y)
	if err != nil {
		return expr{}, err
	}
	day := number.FromInt(datetime.SecondsPerDay)
	return computed(tDate, func(e *env) ([]byte, error) {
		t, ok, err := fx(e)
		if !ok || err != nil {
			return nil, err
		}
		d, ok, err := fy(e)
		if !ok || err != nil {
			return nil, err
		}
		if minus {
			d = d.Neg()
		}
		s, err := d.Mul(day)
		if err == nil {
			s, err = s.Round(0)
		}
		if err != nil {
			return nil, numErr(err)
		}
		seconds, fits := s.Int()
		if !fits {
			return nil, ora.New(1841)
		}
		r, err := t.Add(0, seconds, 0)
		return r.Date(), dateErr(err)
	}), nil
}

// datetimeDifference: two DATEs give days as NUMBER, anything else an interval.
func (c *compiler) datetimeDifference(n ast.Node, x, y expr) (expr, error) {
	if x.typ.kind == kDate && y.typ.kind == kDate {
		day := number.FromInt(datetime.SecondsPerDay)
		return computed(tNumber, both(x, y, func(p, q []byte) ([]byte, error) {
			t, u, err := decodeTwo(p, q)
			if err != nil {
				return nil, err
			}
			d, s, _, err := t.Sub(u)
			if err != nil {
				return nil, dateErr(err)
			}
			r, err := number.FromInt(d*datetime.SecondsPerDay + s).Div(day)
			return r.Bytes(), numErr(err)
		})), nil
	}
	to := kTimestamp
	if x.typ.kind == kZoned || y.typ.kind == kZoned || x.typ.kind == kLocal || y.typ.kind == kLocal {
		to = kZoned // in UTC
	}
	p, err := c.convert(n, x, to)
	if err != nil {
		return expr{}, err
	}
	q, err := c.convert(n, y, to)
	if err != nil {
		return expr{}, err
	}
	return computed(typ{kind: kSpan, prec: 9, scale: max(x.typ.scale, y.typ.scale)}, both(p, q, func(a, b []byte) ([]byte, error) {
		t, u, err := decodeTwo(a, b)
		if err != nil {
			return nil, err
		}
		d, s, f, err := t.Sub(u)
		return datetime.NewSpan(d, s, f).Bytes(), dateErr(err)
	})), nil
}

func decodeTwo(p, q []byte) (t, u datetime.Time, err error) {
	if t, err = datetime.Decode(p); err == nil {
		u, err = datetime.Decode(q)
	}
	return t, u, err
}

func (c *compiler) addInterval(n ast.Node, minus bool, x, y expr) (expr, error) {
	to := x.typ
	months := y.typ.kind == kMonths
	if to.kind == kDate && !months && y.typ.scale > 0 {
		// a DATE stays a DATE: fractions of the interval are dropped from the sum
		to = tDate
	}
	s := c.s
	return computed(to, both(x, y, func(p, q []byte) ([]byte, error) {
		t, err := datetime.Decode(p)
		if err != nil {
			return nil, err
		}
		var zone datetime.Zone
		switch x.typ.kind {
		case kZoned:
			if zone, err = zoneOf(p); err != nil {
				return nil, err
			}
		case kLocal:
			zone = s.zone
		}
		if months {
			m, err := datetime.DecodeMonths(q)
			if err != nil {
				return nil, err
			}
			if minus {
				m = -m
			}
			if t, err = local(t, zone); err != nil {
				return nil, err
			}
			r, ok, err := t.AddInterval(m)
			if err != nil {
				return nil, dateErr(err)
			}
			if !ok {
				return nil, ora.New(1839)
			}
			if t, err = s.instantOf(r, zone, ""); err != nil {
				return nil, err
			}
		} else {
			d, err := datetime.DecodeSpan(q)
			if err != nil {
				return nil, err
			}
			if minus {
				d = d.Neg()
			}
			if t, err = t.Add(d.Days, d.Seconds, d.Nanos); err != nil {
				return nil, dateErr(err)
			}
		}
		switch x.typ.kind {
		case kDate:
			return t.Date(), nil
		case kZoned:
			return t.ZonedLike(p), nil
		}
		return t.Timestamp(), nil
	})), nil
}

func (c *compiler) scaleInterval(n ast.Node, op token.Kind, x, y expr) (expr, error) {
	fy, err := c.number(n, y)
	if err != nil {
		return expr{}, err
	}
	t := x.typ
	t.prec, t.scale = 9, 9
	if t.kind == kMonths {
		t.scale = 0
	}
	return computed(t, func(e *env) ([]byte, error) {
		p, err := x.eval(e)
		if p == nil || err != nil {
			return nil, err
		}
		k, ok, err := fy(e)
		if !ok || err != nil {
			return nil, err
		}
		apply := func(v number.Number) (number.Number, error) {
			if op == token.Slash {
				return v.Div(k)
			}
			return v.Mul(k)
		}
		if t.kind == kMonths {
			m, err := datetime.DecodeMonths(p)
			if err != nil {
				return nil, err
			}
			r, err := apply(number.FromInt(int64(m)))
			if err != nil {
				return nil, numErr(err)
			}
			i, fits := r.Trunc(0).Int()
			if !fits || i > 12e9 || i < -12e9 {
				return nil, ora.New(1873)
			}
			return datetime.Months(i).Bytes(), nil
		}
		s, err := datetime.DecodeSpan(p)
		if err != nil {
			return nil, err
		}
		total, err := spanNumber(s)
		if err == nil {
			total, err = apply(total)
		}
		if err != nil {
			return nil, numErr(err)
		}
		return numberSpan(total)
	}), nil
}

// spanNumber is an interval in nanoseconds.
func spanNumber(s datetime.Span) (number.Number, error) {
	n, err := number.FromInt(s.Days*datetime.SecondsPerDay + s.Seconds).Mul(number.FromInt(1e9))
	if err != nil {
		return n, err
	}
	return n.Add(number.FromInt(s.Nanos))
}

func numberSpan(n number.Number) ([]byte, error) {
	n, err := n.Round(0)
	if err != nil {
		return nil, numErr(err)
	}
	billion := number.FromInt(1e9)
	rest, err := n.Mod(billion)
	if err != nil {
		return nil, numErr(err)
	}
	whole, err := n.Sub(rest)
	if err == nil {
		whole, err = whole.Div(billion)
	}
	if err != nil {
		return nil, numErr(err)
	}
	seconds, ok := whole.Int()
	nanos, _ := rest.Int()
	if !ok || seconds/datetime.SecondsPerDay > 999999999 || seconds/datetime.SecondsPerDay < -999999999 {
		return nil, ora.New(1873)
	}
	return datetime.NewSpan(0, seconds, nanos).Bytes(), nil
}

// concat is ||: NULL adds nothing.
func (c *compiler) concat(n ast.Node, x, y expr) (expr, error) {
	p, err := c.text(n, x)
	if err != nil {
		return expr{}, err
	}
	q, err := c.text(n, y)
	if err != nil {
		return expr{}, err
	}
	t := typ{kind: kVarchar, size: bytesOf(p.typ) + bytesOf(q.typ), national: p.typ.national || q.typ.national}
	if p.typ.kind == kChar && q.typ.kind == kChar {
		t.kind = kChar
	}
	if x.typ.kind == kRaw && y.typ.kind == kRaw {
		return computed(rawType(x.typ.size+y.typ.size), func(e *env) ([]byte, error) { return joined(e, x, y, 2000) }), nil
	}
	limit := c.mostText()
	if p.typ.kind == kClob || q.typ.kind == kClob {
		t, limit = typ{kind: kClob, national: t.national}, math.MaxInt
	} else {
		t.size = min(t.size, limit)
	}
	p, q = c.inForm(p, t.national), c.inForm(q, t.national)
	r := computed(t, func(e *env) ([]byte, error) { return joined(e, p, q, limit) })
	r.constant = p.constant && q.constant
	return r, nil
}

func joined(e *env, p, q expr, limit int) ([]byte, error) {
	a, err := p.eval(e)
	if err != nil {
		return nil, err
	}
	b, err := q.eval(e)
	if err != nil {
		return nil, err
	}
	if len(b) == 0 && a != nil {
		return a, nil
	}
	if len(a) == 0 {
		return b, nil
	}
	if len(a)+len(b) > limit {
		return nil, ora.New(1489)
	}
	return append(bytes.Clone(a), b...), nil
}

// bytesOf is the most bytes of text.
func bytesOf(t typ) int {
	if t.charSem || t.national {
		return max(1, t.size) * 4
	}
	return max(1, textSize(t))
}
