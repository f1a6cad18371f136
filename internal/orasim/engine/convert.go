package engine

import (
	"encoding/hex"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/mask"
	"landfall/internal/orasim/value/number"
)

// convert is what Oracle does to a value implicitly, and TO_CHAR, TO_NUMBER ... without a format: the formats are those
// of the session. What cannot be converted is ORA-00932.
func (c *compiler) convert(n ast.Node, x expr, to kind) (expr, error) {
	from := x.typ.kind
	if from == to {
		return x, nil
	}
	t := typ{kind: to, national: x.typ.national && (to == kVarchar || to == kChar || to == kClob)}
	switch to {
	case kVarchar:
		t.size = textSize(x.typ)
		t.charSem = x.typ.charSem
	case kRaw:
		t.size = max(1, x.typ.size/2)
	case kNumber:
		t = tNumber
	case kTimestamp, kZoned, kLocal:
		t.scale = 9
		if x.typ.kind.datetime() && x.typ.kind != kDate {
			t.scale = x.typ.scale
		}
		if x.typ.kind == kDate {
			t.scale = 0
		}
	case kMonths:
		t = tMonths
	case kSpan:
		t = tSpan
	}
	if from == kNull {
		r := fixed(t, nil)
		r.null = true
		r.bind = x.bind
		return r, nil
	}
	if to == kVarchar && (from == kTimestamp || from == kZoned || from == kLocal || from.interval()) {
		// with the digits of the type
		r, err := c.toCharOf(n, []expr{x})
		r.constant, r.null = x.constant, x.null
		return r, err
	}
	f := c.conversion(from, to)
	if f == nil {
		return expr{}, c.fail(n, 932, to, from)
	}
	r := computed(t, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		return f(e, v)
	})
	r.constant = x.constant
	r.null = x.null
	return r, nil
}

type converter func(e *env, v []byte) ([]byte, error)

func identity(_ *env, v []byte) ([]byte, error) { return v, nil }

func (c *compiler) conversion(from, to kind) converter {
	if from.text() || from == kLong {
		return textTo(to)
	}
	if to == kVarchar || to == kChar {
		return toText(from)
	}
	switch {
	case from.numeric() && to.numeric():
		return numericTo(from, to)
	case from.datetime() && to.datetime():
		return datetimeTo(from, to)
	case from == kClob && to == kLong, from == kBlob && to == kLongRaw, from == kLongRaw && to == kBlob, from == kLongRaw && to == kRaw, from == kRaw && to == kLongRaw:
		return identity
	case from == kRaw && to == kBlob:
		return identity
	case from == kBlob && to == kRaw:
		return func(_ *env, v []byte) ([]byte, error) {
			if len(v) > 2000 {
				return nil, ora.New(22835, len(v), 2000)
			}
			if len(v) == 0 {
				return nil, nil
			}
			return v, nil
		}
	case to == kClob && (from.numeric() || from.datetime() || from.interval() || from == kRowID):
		return toText(from)
	case from == kClob && (to.numeric() || to.datetime() || to.interval()):
		f := textTo(to)
		return func(e *env, v []byte) ([]byte, error) {
			if len(v) == 0 {
				return nil, nil
			}
			if len(v) > 4000 {
				return nil, ora.New(22835, len(v), 4000)
			}
			return f(e, v)
		}
	}
	return nil
}

// textSize is the most bytes the text of a value has.
func textSize(t typ) int {
	switch t.kind {
	case kVarchar, kChar:
		return max(1, t.size)
	case kNumber, kFloat, kDouble:
		return 40
	case kDate, kTimestamp, kZoned, kLocal:
		return 75
	case kMonths, kSpan:
		return 30
	case kRaw:
		return max(1, t.size*2)
	case kRowID:
		return 18
	case kNull:
		return 1
	}
	return 4000
}

func textTo(to kind) converter {
	switch to {
	case kVarchar, kChar, kLong:
		return identity
	case kClob:
		return identity
	case kNumber:
		return func(e *env, v []byte) ([]byte, error) {
			n, err := parseNumber(e, string(v))
			if err != nil {
				return nil, err
			}
			return n.Bytes(), nil
		}
	case kDouble, kFloat:
		return func(e *env, v []byte) ([]byte, error) {
			f, err := parseFloat(e, string(v))
			if err != nil {
				return nil, err
			}
			if to == kFloat {
				return encodeFloat(float32(f)), nil
			}
			return encodeDouble(f), nil
		}
	case kDate:
		return func(e *env, v []byte) ([]byte, error) {
			return e.ex.s.parseDate(e, string(v), e.ex.s.nls.Date, mask.IntoDate, to)
		}
	case kTimestamp:
		return func(e *env, v []byte) ([]byte, error) {
			return e.ex.s.parseDate(e, string(v), e.ex.s.nls.Timestamp, mask.IntoTimestamp, to)
		}
	case kLocal:
		return func(e *env, v []byte) ([]byte, error) {
			return e.ex.s.parseDate(e, string(v), e.ex.s.nls.Timestamp, mask.IntoTimestamp, to)
		}
	case kZoned:
		return func(e *env, v []byte) ([]byte, error) {
			return e.ex.s.parseDate(e, string(v), e.ex.s.nls.TimestampTZ, mask.IntoZoned, to)
		}
	case kMonths:
		return func(_ *env, v []byte) ([]byte, error) { return parseMonths(string(v)) }
	case kSpan:
		return func(_ *env, v []byte) ([]byte, error) { return parseSpan(string(v)) }
	case kRaw, kLongRaw, kBlob:
		return func(_ *env, v []byte) ([]byte, error) { return hexToRaw(v) }
	case kRowID:
		return func(_ *env, v []byte) ([]byte, error) { return parseRowID(string(v)) }
	}
	return nil
}

func hexToRaw(v []byte) ([]byte, error) {
	s := string(v)
	if len(s)%2 == 1 {
		s = "0" + s
	}
	b, err := hex.DecodeString(s)
	if err != nil {
		return nil, ora.New(1465)
	}
	return b, nil
}

func parseNumber(e *env, s string) (number.Number, error) {
	if d := e.ex.s.nls.Decimal; d != '.' {
		if strings.Contains(s, ".") {
			return number.Number{}, ora.New(1722)
		}
		s = strings.Replace(s, string(d), ".", 1)
	}
	n, err := number.Parse(s)
	if err == number.ErrInvalid {
		return n, ora.New(1722)
	}
	return n, numErr(err)
}

func toText(from kind) converter {
	switch from {
	case kNumber:
		return func(e *env, v []byte) ([]byte, error) {
			n, err := number.Decode(v)
			if err != nil {
				return nil, numErr(err)
			}
			s := n.String()
			if d := e.ex.s.nls.Decimal; d != '.' {
				s = strings.Replace(s, ".", string(d), 1)
			}
			return []byte(s), nil
		}
	case kDouble:
		return func(_ *env, v []byte) ([]byte, error) { return []byte(floatText(decodeDouble(v), 64)), nil }
	case kFloat:
		return func(_ *env, v []byte) ([]byte, error) { return []byte(floatText(float64(decodeFloat(v)), 32)), nil }
	case kDate, kTimestamp, kZoned, kLocal:
		return func(e *env, v []byte) ([]byte, error) {
			nls := e.ex.s.nls
			model := nls.Timestamp
			switch from {
			case kDate:
				model = nls.Date
			case kZoned:
				model = nls.TimestampTZ
			}
			return e.ex.s.formatDate(v, typ{kind: from, scale: 9}, model)
		}
	case kMonths:
		return func(_ *env, v []byte) ([]byte, error) { return formatMonths(v, 2) }
	case kSpan:
		return func(_ *env, v []byte) ([]byte, error) { return formatSpan(v, 2, 6) }
	case kRaw, kLongRaw:
		return func(_ *env, v []byte) ([]byte, error) { return []byte(strings.ToUpper(hex.EncodeToString(v))), nil }
	case kRowID:
		return func(_ *env, v []byte) ([]byte, error) { return []byte(formatRowID(v)), nil }
	case kClob:
		return func(e *env, v []byte) ([]byte, error) {
			if e.ex.s.db.set.Len(v) > 4000 {
				return nil, ora.New(22835, len([]rune(string(v))), 4000)
			}
			if len(v) == 0 {
				return nil, nil
			}
			return v, nil
		}
	}
	return nil
}

func numericTo(from, to kind) converter {
	return func(_ *env, v []byte) ([]byte, error) {
		var f float64
		switch from {
		case kNumber:
			n, err := number.Decode(v)
			if err != nil {
				return nil, numErr(err)
			}
			f = n.Float()
		case kFloat:
			f = float64(decodeFloat(v))
			if to == kNumber {
				n, err := number.FromFloat(f, 32)
				if err != nil {
					return nil, numErr(err)
				}
				return n.Bytes(), nil
			}
		default:
			f = decodeDouble(v)
		}
		switch to {
		case kFloat:
			return encodeFloat(float32(f)), nil
		case kDouble:
			return encodeDouble(f), nil
		}
		n, err := number.FromFloat(f, 64)
		if err != nil {
			return nil, numErr(err)
		}
		return n.Bytes(), nil
	}
}

func datetimeTo(from, to kind) converter {
	return func(e *env, v []byte) ([]byte, error) {
		t, err := datetime.Decode(v)
		if err != nil {
			return nil, err
		}
		s := e.ex.s
		// as wall clock time in a zone
		switch from {
		case kZoned:
			z, err := zoneOf(v)
			if err != nil {
				return nil, err
			}
			if to == kZoned {
				return v, nil
			}
			if to == kLocal {
				return t.Timestamp(), nil
			}
			if t, err = local(t, z); err != nil {
				return nil, err
			}
		case kLocal:
			if to == kZoned {
				return t.In(s.zone), nil
			}
			if t, err = local(t, s.zone); err != nil {
				return nil, err
			}
		}
		switch to {
		case kDate:
			return t.Date(), nil
		case kTimestamp:
			return t.Timestamp(), nil
		}
		if t, err = s.instantOf(t, s.zone, ""); err != nil {
			return nil, err
		}
		if to == kLocal {
			return t.Timestamp(), nil
		}
		return t.In(s.zone), nil
	}
}

// number evaluates an expression as a NUMBER.
func (c *compiler) number(n ast.Node, x expr) (func(*env) (number.Number, bool, error), error) {
	y, err := c.convert(n, x, kNumber)
	if err != nil {
		return nil, err
	}
	return func(e *env) (number.Number, bool, error) {
		v, err := y.eval(e)
		if v == nil || err != nil {
			return number.Number{}, false, err
		}
		d, err := number.Decode(v)
		return d, err == nil, numErr(err)
	}, nil
}

// integer evaluates an expression as an integer, cut toward zero as Oracle does with arguments.
func (c *compiler) integer(n ast.Node, x expr) (func(*env) (int, bool, error), error) {
	f, err := c.number(n, x)
	if err != nil {
		return nil, err
	}
	return func(e *env) (int, bool, error) {
		d, ok, err := f(e)
		if !ok || err != nil {
			return 0, false, err
		}
		i, fits := d.Int()
		if !fits || i > 1<<40 || i < -(1<<40) {
			if d.Sign() > 0 {
				return 1 << 40, true, nil
			}
			return -(1 << 40), true, nil
		}
		return int(i), true, nil
	}, nil
}

// text evaluates an expression as text; a CLOB stays whole.
func (c *compiler) text(n ast.Node, x expr) (expr, error) {
	if x.typ.kind.text() || x.typ.kind == kClob {
		return x, nil
	}
	return c.convert(n, x, kVarchar)
}

// date evaluates an expression as fields of a datetime in wall clock time.
func (c *compiler) date(n ast.Node, x expr, to kind) (func(*env) (datetime.Time, bool, error), error) {
	y, err := c.convert(n, x, to)
	if err != nil {
		return nil, err
	}
	return func(e *env) (datetime.Time, bool, error) {
		v, err := y.eval(e)
		if v == nil || err != nil {
			return datetime.Time{}, false, err
		}
		t, err := datetime.Decode(v)
		return t, err == nil, err
	}, nil
}
