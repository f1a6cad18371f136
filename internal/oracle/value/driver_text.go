package value

import (
	"strings"
	"time"
)

// number reads digits only; ok is false for anything else, and for more than 9 of them.
func digits(s string) (n int, ok bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func sign(s string) (rest string, neg bool) {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		return s[1:], s[0] == '-'
	}
	return s, false
}

func appendMonthsText(dst []byte, text string) ([]byte, error) {
	s, neg := sign(text)
	y, m, _ := strings.Cut(s, "-")
	years, ok1 := digits(y)
	months, ok2 := digits(m)
	if !ok1 || !ok2 || months > 11 {
		return dst, ErrDriver
	}
	n := int64(years)*12 + int64(months)
	if neg {
		n = -n
	}
	return AppendMonths(dst, n), nil
}

func appendSpanText(dst []byte, c Column, text string) ([]byte, error) {
	s, neg := sign(text)
	d, clock, _ := strings.Cut(s, " ")
	days, ok := digits(d)
	seconds, nanos, places, ok2 := clockText(clock)
	if !ok || !ok2 {
		return dst, ErrDriver
	}
	if c.Scale > 6 && places < c.Scale {
		return dst, ErrNanos
	}
	span := Span{int64(days), int64(seconds), int64(nanos)}
	if neg {
		span = Span{-span.Days, -span.Seconds, -span.Nanos}
	}
	return span.Append(dst), nil
}

// clockText reads HH:MM:SS and a fraction of up to 9 digits.
func clockText(s string) (seconds, nanos, places int, ok bool) {
	s, fraction, has := strings.Cut(s, ".")
	if len(s) != 8 || s[2] != ':' || s[5] != ':' {
		return 0, 0, 0, false
	}
	h, ok1 := digits(s[:2])
	m, ok2 := digits(s[3:5])
	sec, ok3 := digits(s[6:])
	if !ok1 || !ok2 || !ok3 || h > 23 || m > 59 || sec > 59 {
		return 0, 0, 0, false
	}
	if has {
		if nanos, ok = digits(fraction); !ok {
			return 0, 0, 0, false
		}
		for range 9 - len(fraction) {
			nanos *= 10
		}
	}
	return h*3600 + m*60 + sec, nanos, len(fraction), true
}

// appendDateText reads [-]YYYY-MM-DD HH:MM:SS[.F][ +HH:MM].
func appendDateText(dst []byte, typ Type, text string) ([]byte, error) {
	s := strings.TrimPrefix(text, "-")
	bc := s != text
	if len(s) < 19 || s[4] != '-' || s[7] != '-' || s[10] != ' ' && s[10] != 'T' {
		return dst, ErrDriver
	}
	year, ok1 := digits(s[:4])
	month, ok2 := digits(s[5:7])
	day, ok3 := digits(s[8:10])
	clock, zone := s[11:], ""
	if i := strings.IndexAny(clock, " +-"); i >= 0 {
		clock, zone = clock[:i], strings.TrimPrefix(clock[i:], " ")
	}
	seconds, nanos, _, ok := clockText(clock)
	if !ok || !ok1 || !ok2 || !ok3 || (zone != "") != (typ == TimestampTZ) {
		return dst, ErrDriver
	}
	if bc {
		year = -year
	}
	t := DateTime{year, month, day, seconds / 3600, seconds / 60 % 60, seconds % 60, nanos}
	switch {
	case !t.valid():
		return dst, ErrDate
	case typ == Date && nanos != 0:
		return dst, ErrDriver
	case typ != TimestampTZ:
		return t.Append(dst, typ != Date), nil
	}
	hm, neg := sign(zone)
	if len(hm) != 5 || hm[2] != ':' || hm == zone {
		return dst, ErrZone
	}
	h, ok1 := digits(hm[:2])
	m, ok2 := digits(hm[3:])
	if !ok1 || !ok2 || h > 15 || m > 59 {
		return dst, ErrZone
	}
	offset := h*60 + m
	if neg {
		offset = -offset
	}
	if offset != 0 {
		if !t.Gregorian() { // a day's step would need the Julian calendar
			return dst, ErrZone
		}
		u := time.Date(year, time.Month(month), day, t.Hour, t.Minute-offset, t.Second, 0, time.UTC)
		t.Year, t.Month, t.Day, t.Hour, t.Minute = u.Year(), int(u.Month()), u.Day(), u.Hour(), u.Minute()
		if !t.valid() {
			return dst, ErrDate
		}
	}
	return appendZoned(dst, t, offset), nil
}
