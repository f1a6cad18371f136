package value

import (
	"encoding/hex"
	"math"
	"strconv"
)

// AppendValueText writes a value as text that can be compared with what the target's package writes of its own form, and with
// what Oracle's TO_CHAR makes of it under plain formats:
//
//	NUMBER                   plain decimal, no zeros at the end of a fraction, 0.5 with its 0
//	DATE, TIMESTAMP          YYYY-MM-DD HH24:MI:SS, a fraction without zeros at its end, a sign before Christ
//	WITH TIME ZONE           likewise, in UTC
//	INTERVAL                 +Y-MM and +D HH24:MI:SS, likewise
//	BINARY_FLOAT, _DOUBLE    the shortest decimal that names it, NaN, +Inf, -Inf
//	RAW, BLOB                upper-case hex
//	CHAR                     without the blanks at its end
//	BOOLEAN                  true, false
//
// Other text is as it is.
func AppendValueText(dst []byte, c Column, src []byte) ([]byte, error) {
	switch c.Type {
	case Number:
		var n Decimal
		if err := n.Decode(src); err != nil {
			return dst, err
		}
		return n.AppendText(dst), nil
	case Date, Timestamp, TimestampTZ, TimestampLTZ:
		t, err := DecodeDateTime(src)
		if err != nil {
			return dst, err
		}
		if t.Nano == 0 {
			return t.AppendText(dst, 0), nil
		}
		return trimZeros(t.AppendText(dst, 9)), nil
	case IntervalYM:
		months, err := DecodeMonths(src)
		if err != nil {
			return dst, err
		}
		sign := byte('+')
		if months < 0 {
			sign, months = '-', -months
		}
		dst = strconv.AppendInt(append(dst, sign), months/12, 10)
		return appendPadded(append(dst, '-'), int(months%12), 2), nil
	case IntervalDS:
		s, err := DecodeSpan(src)
		if err != nil {
			return dst, err
		}
		sign := byte('+')
		if s.Days < 0 || s.Seconds < 0 || s.Nanos < 0 {
			sign, s = '-', Span{-s.Days, -s.Seconds, -s.Nanos}
		}
		dst = strconv.AppendInt(append(dst, sign), s.Days, 10)
		t := DateTime{Year: 1, Month: 1, Day: 1, Hour: int(s.Seconds / 3600), Minute: int(s.Seconds / 60 % 60), Second: int(s.Seconds % 60), Nano: int(s.Nanos)}
		at := len(dst)
		dst = t.AppendText(dst, 9)
		dst = append(dst[:at], dst[at+len("0001-01-01"):]...)
		return trimZeros(dst), nil
	case BinaryDouble:
		u, err := DecodeDouble(src)
		if err != nil {
			return dst, err
		}
		return strconv.AppendFloat(dst, math.Float64frombits(u), 'g', -1, 64), nil
	case BinaryFloat:
		u, err := DecodeFloat(src)
		if err != nil {
			return dst, err
		}
		return strconv.AppendFloat(dst, float64(math.Float32frombits(u)), 'g', -1, 32), nil
	case Raw, LongRaw, BLOB:
		return appendHex(dst, src), nil
	case RowID, URowID:
		return AppendRowIDText(dst, src)
	case Boolean:
		if len(src) == 0 || src[len(src)-1] > 1 {
			return dst, ErrBoolean
		}
		return strconv.AppendBool(dst, src[len(src)-1] == 1), nil
	case Char:
		for len(src) > 0 && src[len(src)-1] == ' ' {
			src = src[:len(src)-1]
		}
	}
	return append(dst, src...), nil
}

// trimZeros takes zeros off the end of a fraction, and its point where nothing is left.
func trimZeros(b []byte) []byte {
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	if b[len(b)-1] == '.' {
		b = b[:len(b)-1]
	}
	return b
}

func appendHex(dst, src []byte) []byte {
	at := len(dst)
	dst = hex.AppendEncode(dst, src)
	for i := at; i < len(dst); i++ {
		if dst[i] >= 'a' {
			dst[i] -= 'a' - 'A'
		}
	}
	return dst
}
