package engine

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/oracle/syntax/typeref"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/charset"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/mask"
	"landfall/internal/orasim/value/number"
)

func init() {
	register(map[string]builtin{
		"TO_CHAR":          {1, 3, false, toChar(false)},
		"TO_NCHAR":         {1, 3, false, toChar(true)},
		"TO_NUMBER":        {1, 3, false, toNumber},
		"TO_DATE":          {1, 3, false, toDatetime(kDate)},
		"TO_TIMESTAMP":     {1, 3, false, toDatetime(kTimestamp)},
		"TO_TIMESTAMP_TZ":  {1, 3, false, toDatetime(kZoned)},
		"TO_BINARY_DOUBLE": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return c.convert(n, a[0], kDouble) }},
		"TO_BINARY_FLOAT":  {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return c.convert(n, a[0], kFloat) }},
		"TO_CLOB":          {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return c.toClob(n, a[0], false) }},
		"TO_NCLOB":         {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return c.toClob(n, a[0], true) }},
		"TO_BLOB": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			if a[0].typ.kind.text() {
				x, err := c.convert(n, a[0], kRaw)
				if err != nil {
					return expr{}, err
				}
				return c.convert(n, x, kBlob)
			}
			return c.convert(n, a[0], kBlob)
		}},
		"TO_LOB": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			if a[0].typ.kind == kLongRaw {
				return c.convert(n, a[0], kBlob)
			}
			return c.convert(n, a[0], kClob)
		}},
		"HEXTORAW": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			x, err := c.text(n, a[0])
			if err != nil {
				return expr{}, err
			}
			return c.convert(n, x, kRaw)
		}},
		"RAWTOHEX": {1, 1, false, rawToHex},
		"ROWIDTOCHAR": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			x, err := c.convert(n, a[0], kRowID)
			if err != nil {
				return expr{}, err
			}
			return c.convert(n, x, kVarchar)
		}},
		"CHARTOROWID": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return c.convert(n, a[0], kRowID) }},
		"EMPTY_CLOB":  {0, 0, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return fixed(tClob, []byte{}), nil }},
		"EMPTY_BLOB":  {0, 0, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return fixed(tBlob, []byte{}), nil }},
		"UTL_RAW.CAST_TO_RAW": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			x, err := c.text(n, a[0])
			if err != nil {
				return expr{}, err
			}
			set := c.set()
			return computed(rawType(2000), unaryFunc(x, func(_ *env, v []byte) ([]byte, error) {
				if x.typ.national {
					return toUTF16(v), nil
				}
				return set.Bytes(v), nil
			})), nil
		}},
		"UTL_RAW.CAST_TO_VARCHAR2": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			x, err := c.convert(n, a[0], kRaw)
			if err != nil {
				return expr{}, err
			}
			return computed(typ{kind: kVarchar, size: 4000}, func(e *env) ([]byte, error) {
				v, err := x.eval(e)
				if set := c.set(); v != nil && !set.Identity() {
					return set.Hold(v), err
				}
				if !utf8.Valid(v) {
					return nil, ora.Unsupported("UTL_RAW.CAST_TO_VARCHAR2 of bytes that are no text")
				}
				return v, err
			}), nil
		}},
		"UTL_RAW.CAST_FROM_NUMBER": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			x, err := c.convert(n, a[0], kNumber)
			return computed(rawType(22), x.eval), err
		}},
		"UTL_RAW.CAST_TO_NUMBER": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			x, err := c.convert(n, a[0], kRaw)
			if err != nil {
				return expr{}, err
			}
			return computed(tNumber, func(e *env) ([]byte, error) {
				v, err := x.eval(e)
				if v == nil || err != nil {
					return nil, err
				}
				d, err := number.Decode(v)
				return d.Bytes(), numErr(err)
			}), nil
		}},
		"UTL_RAW.CAST_FROM_BINARY_FLOAT":  {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return c.ieee(n, a[0], kFloat) }},
		"UTL_RAW.CAST_FROM_BINARY_DOUBLE": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return c.ieee(n, a[0], kDouble) }},
		"UTL_RAW.LENGTH": {1, 1, false, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			x, err := c.convert(n, a[0], kRaw)
			if err != nil {
				return expr{}, err
			}
			return computed(tNumber, func(e *env) ([]byte, error) {
				v, err := x.eval(e)
				if v == nil || err != nil {
					return nil, err
				}
				return count(len(v)), nil
			}), nil
		}},
	})
}

// model compiles a format argument; NLS parameters are not known.
func (c *compiler) model(n ast.Node, a []expr) (expr, error) {
	if len(a) > 2 {
		return expr{}, c.unsupported(n, "NLS parameter")
	}
	return c.text(n, a[1])
}

func toChar(national bool) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		r, err := c.toCharOf(n, a)
		if err == nil {
			r = c.inForm(r, national)
		}
		if err == nil && (national || r.typ.national) { // TO_CHAR of national text is VARCHAR2
			r.typ.national, r.typ.charSem = national, true
		}
		return r, err
	}
}

func (c *compiler) toCharOf(n ast.Node, a []expr) (expr, error) {
	x := a[0]
	if len(a) == 1 {
		if x.typ.kind == kMonths {
			p := max(2, x.typ.prec)
			return computed(typ{kind: kVarchar, size: 30}, unaryFunc(x, func(_ *env, v []byte) ([]byte, error) { return formatMonths(v, p) })), nil
		}
		if x.typ.kind == kSpan {
			p, s := max(2, x.typ.prec), x.typ.scale
			return computed(typ{kind: kVarchar, size: 30}, unaryFunc(x, func(_ *env, v []byte) ([]byte, error) { return formatSpan(v, p, s) })), nil
		}
		if x.typ.kind == kTimestamp || x.typ.kind == kZoned || x.typ.kind == kLocal {
			t := x.typ
			return computed(typ{kind: kVarchar, size: 75}, unaryFunc(x, func(e *env, v []byte) ([]byte, error) {
				m := e.ex.s.nls.Timestamp
				if t.kind == kZoned {
					m = e.ex.s.nls.TimestampTZ
				}
				return e.ex.s.formatDate(v, t, m)
			})), nil
		}
		if x.typ.kind == kRaw {
			return c.convert(n, x, kVarchar)
		}
		return c.text(n, x)
	}
	m, err := c.model(n, a)
	if err != nil {
		return expr{}, err
	}
	size := typ{kind: kVarchar, size: 75}
	switch k := x.typ.kind; {
	case k.datetime():
		t := x.typ
		if t.kind == kTimestamp || t.kind == kZoned || t.kind == kLocal {
			t.scale = x.typ.scale
		}
		return computed(size, binaryEnv(x, m, func(e *env, v, f []byte) ([]byte, error) { return e.ex.s.formatDate(v, t, string(f)) })), nil
	case k.numeric():
		if k.binary() {
			return expr{}, c.unsupported(n, "TO_CHAR of a binary float with a format")
		}
		return computed(size, binaryEnv(x, m, func(e *env, v, f []byte) ([]byte, error) {
			d, err := number.Decode(v)
			if err != nil {
				return nil, numErr(err)
			}
			s, err := mask.FormatNumber(d, string(f), e.ex.s.nls)
			return str(s), err
		})), nil
	case k.interval():
		return expr{}, c.unsupported(n, "TO_CHAR of an interval with a format")
	case k == kNull:
		return fixed(size, nil), nil
	}
	// text is a number here
	y, err := c.convert(n, x, kNumber)
	if err != nil {
		return expr{}, err
	}
	return c.toCharOf(n, []expr{y, a[1]})
}

func unaryFunc(x expr, f func(*env, []byte) ([]byte, error)) func(*env) ([]byte, error) {
	return func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		return f(e, v)
	}
}

// unaryCond is a condition on one value, which is unknown of NULL.
func unaryCond(x expr, f func(*env, []byte) (tri, error)) cond {
	return func(e *env) (tri, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return unknown, err
		}
		return f(e, v)
	}
}

func binaryEnv(x, y expr, f func(e *env, p, q []byte) ([]byte, error)) func(*env) ([]byte, error) {
	return func(e *env) ([]byte, error) {
		p, err := x.eval(e)
		if err != nil {
			return nil, err
		}
		q, err := y.eval(e)
		if p == nil || q == nil || err != nil {
			return nil, err
		}
		return f(e, p, q)
	}
}

func toNumber(c *compiler, n ast.Node, a []expr) (expr, error) {
	if len(a) == 1 && a[0].typ.kind == kNumber { // through text, which has room for 39 digits behind the period
		x, err := c.convert(n, a[0], kVarchar)
		if err != nil {
			return expr{}, err
		}
		return c.convert(n, x, kNumber)
	}
	if len(a) == 1 {
		return c.convert(n, a[0], kNumber)
	}
	m, err := c.model(n, a)
	if err != nil {
		return expr{}, err
	}
	x, err := c.text(n, a[0])
	if err != nil {
		return expr{}, err
	}
	return computed(tNumber, binaryEnv(x, m, func(e *env, v, f []byte) ([]byte, error) {
		d, err := mask.ParseNumber(string(v), string(f), e.ex.s.nls)
		return d.Bytes(), err
	})), nil
}

func toDatetime(to kind) func(*compiler, ast.Node, []expr) (expr, error) {
	into := map[kind]mask.Target{kDate: mask.IntoDate, kTimestamp: mask.IntoTimestamp, kZoned: mask.IntoZoned}[to]
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		x := a[0]
		if len(a) == 1 {
			if x.typ.kind.datetime() && to == kDate {
				// Oracle makes text of it first, by the session's format
				y, err := c.convert(n, x, kVarchar)
				if err != nil {
					return expr{}, err
				}
				return c.convert(n, y, to)
			}
			return c.convert(n, x, to)
		}
		if len(a) == 3 {
			if v, err := c.constantValue(a[2]); err == nil && v != nil {
				s := strings.ReplaceAll(upper(string(v)), " ", "")
				if s != "NLS_CALENDAR=GREGORIAN" && s != "NLS_DATE_LANGUAGE=AMERICAN" && s != "NLS_DATE_LANGUAGE=ENGLISH" && s != "NLS_DATE_LANGUAGE='AMERICAN'" {
					return expr{}, c.unsupported(n, "NLS parameter")
				}
				lang := c.s.nls.DateLanguage
				if strings.HasPrefix(s, "NLS_DATE") {
					lang = "AMERICAN"
				}
				y, err := c.text(n, x)
				if err != nil {
					return expr{}, err
				}
				m, err := c.text(n, a[1])
				if err != nil {
					return expr{}, err
				}
				return computed(typ{kind: to, scale: 9}, binaryEnv(y, m, func(e *env, v, f []byte) ([]byte, error) {
					was := e.ex.s.nls.DateLanguage
					e.ex.s.nls.DateLanguage = lang
					defer func() { e.ex.s.nls.DateLanguage = was }()
					return e.ex.s.parseDate(e, string(v), string(f), into, to)
				})), nil
			}
			return expr{}, c.unsupported(n, "NLS parameter")
		}
		m, err := c.text(n, a[1])
		if err != nil {
			return expr{}, err
		}
		y, err := c.text(n, x)
		if err != nil {
			return expr{}, err
		}
		t := typ{kind: to, scale: 9}
		if to == kDate {
			t = tDate
		}
		return computed(t, binaryEnv(y, m, func(e *env, v, f []byte) ([]byte, error) {
			return e.ex.s.parseDate(e, string(v), string(f), into, to)
		})), nil
	}
}

func (c *compiler) toClob(n ast.Node, x expr, national bool) (expr, error) {
	if x.typ.kind != kClob {
		y, err := c.text(n, x)
		if err != nil {
			return expr{}, err
		}
		x = y
	}
	return computed(typ{kind: kClob, national: national}, c.inForm(x, national).eval), nil
}

// ieee is UTL_RAW.CAST_FROM_BINARY_FLOAT and CAST_FROM_BINARY_DOUBLE: the bytes of IEEE 754, the most significant first.
func (c *compiler) ieee(n ast.Node, x expr, to kind) (expr, error) {
	y, err := c.convert(n, x, to)
	if err != nil {
		return expr{}, err
	}
	return computed(rawType(8), unaryFunc(y, func(_ *env, v []byte) ([]byte, error) {
		if to == kFloat {
			return binary.BigEndian.AppendUint32(nil, math.Float32bits(decodeFloat(v))), nil
		}
		return binary.BigEndian.AppendUint64(nil, math.Float64bits(decodeDouble(v))), nil
	})), nil
}

func rawToHex(c *compiler, n ast.Node, a []expr) (expr, error) {
	x := a[0]
	if x.typ.kind.text() {
		return computed(typ{kind: kVarchar, size: min(4000, 2*x.typ.size)}, unaryFunc(x, toText(kRaw))), nil
	}
	if x.typ.kind != kRaw {
		return expr{}, c.unsupported(n, "RAWTOHEX")
	}
	return c.convert(n, x, kVarchar)
}

// castExpr is CAST(x AS type).
func (c *compiler) castExpr(n *ast.Cast) (expr, error) {
	switch {
	case n.Fn == token.TREAT:
		return c.treat(n)
	case n.Fn == token.CAST && n.Multiset != nil:
		return c.multiset(n)
	}
	if x, ok, err := c.collectCast(n); ok || err != nil {
		return x, err
	}
	if n.Fn != token.CAST || n.Multiset != nil || n.Default != nil || len(n.Format) > 0 {
		return expr{}, c.unsupported(n, "CAST")
	}
	x, err := c.expr(n.X)
	if err != nil {
		return expr{}, err
	}
	ref := typeref.Stored(typeref.Of(c.f, n.Type))
	to := typeOf(ref, c.s.charSem)
	if (ref.Name == "VARCHAR2" || ref.Name == "NVARCHAR2" || ref.Name == "RAW") && ref.Precision == nil {
		return expr{}, c.fail(n.Type, 906)
	}
	if to.kind == kOther || to.kind == kXML || to.kind == kLong || to.kind == kLongRaw {
		return expr{}, c.unsupported(n, "CAST")
	}
	if to.kind.text() && x.typ.kind == kClob {
		to2 := to
		return computed(to2, unaryFunc(x, func(_ *env, v []byte) ([]byte, error) {
			if len(v) == 0 {
				return nil, nil
			}
			return cutText(v, to2, c.set()), nil
		})), nil
	}
	var y expr
	if to.kind.text() {
		if y, err = c.toCharOf(n, []expr{x}); err != nil {
			return expr{}, err
		}
	} else if y, err = c.convert(n, x, to.kind); err != nil {
		return expr{}, err
	}
	y = c.inForm(y, to.national)
	conv := fit(to, true, c.set())
	r := computed(to, unaryFunc(y, func(_ *env, v []byte) ([]byte, error) { return conv(v) }))
	if x.null {
		r.null = true
	}
	return r, nil
}

// cutText shortens text to a length, in bytes or characters.
func cutText(v []byte, t typ, set *charset.Set) []byte {
	n := 0
	for i, r := range string(v) {
		w := utf8.RuneLen(r)
		if !set.Identity() && !t.national && !t.charSem {
			w = set.Len(utf8.AppendRune(nil, r))
		}
		if t.charSem {
			w = 1
		}
		if t.national {
			w = len(utf16Units(r))
		}
		if n+w > t.size {
			return v[:i]
		}
		n += w
	}
	return v
}

// textLength is the length of text in the units of its type.
func textLength(v []byte, t typ, set *charset.Set) int {
	switch {
	case t.national:
		return utf16Len(string(v))
	case t.charSem:
		return runeCount(v)
	}
	return set.Len(v)
}

// fit brings a value of the right kind into the precision and length of a type: what does not fit is an error, but text
// of a CAST, which is cut.
func fit(t typ, cast bool, set *charset.Set) func(v []byte) ([]byte, error) {
	switch t.kind {
	case kVarchar, kChar:
		return func(v []byte) ([]byte, error) {
			n := textLength(v, t, set)
			if n > t.size {
				if cast {
					return cutText(v, t, set), nil
				}
				return nil, &tooLong{n, t.size}
			}
			if t.kind == kChar && n < t.size {
				return append(bytes.Clone(v), bytes.Repeat([]byte{' '}, t.size-n)...), nil
			}
			return v, nil
		}
	case kRaw:
		return func(v []byte) ([]byte, error) {
			if len(v) > t.size {
				if cast {
					return nil, ora.New(2002)
				}
				return nil, &tooLong{len(v), t.size}
			}
			return v, nil
		}
	case kNumber:
		if t.prec == 0 {
			return func(v []byte) ([]byte, error) { return v, nil }
		}
		return func(v []byte) ([]byte, error) {
			d, err := number.Decode(v)
			if err != nil {
				return nil, numErr(err)
			}
			if t.float {
				r, err := d.RoundDigits(floatDigits(t.prec))
				return r.Bytes(), numErr(err)
			}
			r, err := d.Round(t.scale)
			if err != nil {
				return nil, numErr(err)
			}
			if !r.Fits(t.prec, t.scale) {
				return nil, ora.New(1438)
			}
			if r == d {
				return v, nil
			}
			return r.Bytes(), nil
		}
	case kTimestamp, kZoned, kLocal:
		return func(v []byte) ([]byte, error) {
			d, err := datetime.Decode(v)
			if err != nil {
				return nil, err
			}
			unit := 1
			for range 9 - t.scale {
				unit *= 10
			}
			if d.Nano%unit != 0 {
				nano := (d.Nano + unit/2) / unit * unit
				if d, err = d.Add(0, 0, int64(nano-d.Nano)); err != nil {
					return nil, dateErr(err)
				}
			}
			if t.kind == kZoned {
				if _, err := zoneOf(v); err != nil {
					return nil, err
				}
				return d.ZonedLike(v), nil
			}
			return d.Timestamp(), nil
		}
	case kMonths:
		return func(v []byte) ([]byte, error) {
			m, err := datetime.DecodeMonths(v)
			if err != nil {
				return nil, err
			}
			if y := m / 12; digits(int64(y)) > t.prec {
				return nil, ora.New(1873)
			}
			return v, nil
		}
	case kSpan:
		return func(v []byte) ([]byte, error) {
			s, err := datetime.DecodeSpan(v)
			if err != nil {
				return nil, err
			}
			unit := int64(1)
			for range 9 - t.scale {
				unit *= 10
			}
			if s.Nanos%unit != 0 {
				half := unit / 2
				if s.Nanos < 0 {
					half = -half
				}
				s = datetime.NewSpan(s.Days, s.Seconds, (s.Nanos+half)/unit*unit)
			}
			if digits(s.Days) > max(t.prec, 1) {
				return nil, ora.New(1873)
			}
			return s.Bytes(), nil
		}
	}
	return func(v []byte) ([]byte, error) { return v, nil }
}

func digits(n int64) int {
	if n < 0 {
		n = -n
	}
	d := 1
	for n >= 10 {
		n /= 10
		d++
	}
	if n == 0 {
		return 0
	}
	return d
}

// floatDigits is the decimal precision of FLOAT(b).
func floatDigits(bits int) int { return (bits*30103 + 99999) / 100000 }

// tooLong is ORA-12899 before the column is known.
type tooLong struct{ actual, most int }

func (e *tooLong) Error() string { return "value too large" }
