package value

import (
	"encoding/binary"
	"time"
)

// AppendDriver appends the bytes of a value as database/sql's drivers for Oracle hand it out (go-ora: NUMBER and ROWID as
// text, DATE and TIMESTAMP as time.Time, floats as float32 or float64), so that encoders and fingerprints see what they
// would see from the wire. The caller keeps NULL apart: v is not nil.
//
// What a driver has lost cannot be found again, and is an error where it shows: the sign of an infinite NUMBER (ErrSign),
// digits 7 to 9 of the seconds of an INTERVAL (ErrNanos, for columns that have them), and a 29 February of a century year
// before 1582, which time.Time makes a 1 March (ErrLeapDay for both). Such columns are read through TO_CHAR.
func AppendDriver(dst []byte, c Column, v any) ([]byte, error) {
	switch v := v.(type) {
	case string:
		return AppendText(dst, c, v)
	case []byte:
		if c.Type == Raw || c.Type == LongRaw || c.Type == BLOB {
			return append(dst, v...), nil
		}
		return AppendText(dst, c, v)
	case time.Time:
		return appendTime(dst, c.Type, v)
	case float64:
		switch c.Type {
		case BinaryDouble:
			return AppendDouble(dst, v), nil
		case BinaryFloat:
			if f := float32(v); float64(f) == v || v != v {
				return AppendFloat(dst, f), nil
			}
		}
	case float32:
		switch c.Type {
		case BinaryDouble:
			return AppendDouble(dst, float64(v)), nil
		case BinaryFloat:
			return AppendFloat(dst, v), nil
		}
	case int64:
		if c.Type == Number {
			return appendInt(dst, v), nil
		}
		if c.Type == Boolean && (v == 0 || v == 1) {
			return append(dst, byte(v)), nil
		}
	case bool:
		if c.Type == Boolean {
			if v {
				return append(dst, 1), nil
			}
			return append(dst, 0), nil
		}
	}
	return dst, ErrDriver
}

// AppendText appends the bytes of a value from its text: NUMBER in decimal, ROWID, intervals as +DD HH:MM:SS.FFF and +YY-MM,
// DATE and TIMESTAMP as YYYY-MM-DD HH24:MI:SS.FF with a sign before Christ and an offset behind it where the type has
// one, and text as it is. RAW has no text here.
func AppendText[T ~string | ~[]byte](dst []byte, c Column, text T) ([]byte, error) {
	if c.Type.Text() {
		if len(text) == 0 && !c.Type.LOB() {
			return dst, ErrEmpty
		}
		return append(dst, text...), nil
	}
	switch c.Type {
	case Number:
		if len(text) == len("Infinity") && string(text) == "Infinity" {
			return dst, ErrSign
		}
		return AppendNumber(dst, text)
	case RowID, URowID:
		if len(text) > 1 && text[0] == 0 { // go-ora leaves a place free in front of a logical one
			return AppendRowID(dst, string(text[1:]))
		}
		return AppendRowID(dst, text)
	case IntervalYM:
		return appendMonthsText(dst, string(text))
	case IntervalDS:
		return appendSpanText(dst, c, string(text))
	case Date, Timestamp, TimestampTZ, TimestampLTZ:
		return appendDateText(dst, c.Type, string(text))
	}
	return dst, ErrDriver
}

func appendInt(dst []byte, v int64) []byte {
	var b [20]byte
	i, u := len(b), uint64(v)
	if v < 0 {
		u = -u
	}
	for u > 0 {
		i--
		b[i] = byte(u % 10)
		u /= 10
	}
	digits := b[i:]
	point := len(digits)
	for len(digits) > 0 && digits[len(digits)-1] == 0 {
		digits = digits[:len(digits)-1]
	}
	if len(digits) == 0 {
		return append(dst, 0x80)
	}
	dst, _ = appendDigits(dst, digits, point, v < 0) // 19 digits always fit
	return dst
}

// appendTime writes a time by the fields that it shows: those are Oracle's, whatever zone the driver has put on them. Only
// with a time zone of its own is it an instant.
func appendTime(dst []byte, typ Type, t time.Time) ([]byte, error) {
	offset := 0
	switch typ {
	case Date, Timestamp, TimestampLTZ:
	case TimestampTZ:
		_, seconds := t.Zone()
		if seconds%60 != 0 {
			return dst, ErrZone
		}
		offset = seconds / 60
		t = t.UTC()
	default:
		return dst, ErrDriver
	}
	f := DateTime{Year: t.Year(), Month: int(t.Month()), Day: t.Day(), Hour: t.Hour(), Minute: t.Minute(), Second: t.Second(), Nano: t.Nanosecond()}
	if !f.valid() {
		return dst, ErrDate
	}
	if f.Month == 3 && f.Day == 1 && f.Year < 1582 && leap(f.Year) && !gregorianLeap(f.Year) {
		return dst, ErrLeapDay
	}
	if typ == Date && f.Nano != 0 {
		return dst, ErrDriver
	}
	if typ == TimestampTZ {
		return appendZoned(dst, f, offset), nil
	}
	return f.Append(dst, typ != Date), nil
}

func gregorianLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// appendZoned writes 13 bytes of UTC fields and an offset.
func appendZoned(dst []byte, t DateTime, minutes int) []byte {
	nano := t.Nano
	t.Nano = 0
	dst = binary.BigEndian.AppendUint32(t.Append(dst, false), uint32(nano))
	return append(dst, byte(minutes/60+20), byte(minutes%60+60))
}
