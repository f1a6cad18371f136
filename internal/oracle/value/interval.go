package value

import "encoding/binary"

// DecodeMonths reads an INTERVAL YEAR TO MONTH as months.
func DecodeMonths(src []byte) (int64, error) {
	if len(src) != 5 {
		return 0, ErrInterval
	}
	years, months := int64(binary.BigEndian.Uint32(src))-1<<31, int64(src[4])-60
	if months < -11 || months > 11 || years > 0 && months < 0 || years < 0 && months > 0 || years < -999999999 || years > 999999999 {
		return 0, ErrInterval
	}
	return years*12 + months, nil
}

// AppendMonths writes an INTERVAL YEAR TO MONTH.
func AppendMonths(dst []byte, months int64) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(months/12+1<<31))
	return append(dst, byte(months%12+60))
}

// AppendMonthsText writes +YY-MM, as TO_CHAR does.
func AppendMonthsText(dst []byte, months int64) []byte {
	sign := byte('+')
	if months < 0 {
		sign, months = '-', -months
	}
	dst = appendPadded(append(dst, sign), int(months/12), 2)
	return appendPadded(append(dst, '-'), int(months%12), 2)
}

// Span is an INTERVAL DAY TO SECOND; all parts have the same sign.
type Span struct {
	Days    int64 // at most 999999999 either way
	Seconds int64 // below a day
	Nanos   int64 // below a second
}

// DecodeSpan reads an INTERVAL DAY TO SECOND.
func DecodeSpan(src []byte) (Span, error) {
	if len(src) != 11 {
		return Span{}, ErrInterval
	}
	h, m, sec := int64(src[4])-60, int64(src[5])-60, int64(src[6])-60
	s := Span{
		Days:    int64(binary.BigEndian.Uint32(src)) - 1<<31,
		Seconds: h*3600 + m*60 + sec,
		Nanos:   int64(binary.BigEndian.Uint32(src[7:])) - 1<<31,
	}
	low, high := min(s.Days, h, m, sec, s.Nanos), max(s.Days, h, m, sec, s.Nanos)
	if low < 0 && high > 0 || min(m, sec) < -59 || max(m, sec) > 59 || h < -23 || h > 23 || s.Days < -999999999 || s.Days > 999999999 ||
		s.Nanos <= -1e9 || s.Nanos >= 1e9 {
		return Span{}, ErrInterval
	}
	return s, nil
}

// Append writes an INTERVAL DAY TO SECOND.
func (s Span) Append(dst []byte) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(s.Days+1<<31))
	dst = append(dst, byte(s.Seconds/3600+60), byte(s.Seconds/60%60+60), byte(s.Seconds%60+60))
	return binary.BigEndian.AppendUint32(dst, uint32(s.Nanos+1<<31))
}

// AppendText writes +DD HH:MM:SS and the digits of the fraction that are asked for.
func (s Span) AppendText(dst []byte, digits int) []byte {
	sign := byte('+')
	if s.Days < 0 || s.Seconds < 0 || s.Nanos < 0 {
		sign, s = '-', Span{-s.Days, -s.Seconds, -s.Nanos}
	}
	dst = appendPadded(append(dst, sign), int(s.Days), 2)
	dst = appendPadded(append(dst, ' '), int(s.Seconds/3600), 2)
	dst = appendPadded(append(dst, ':'), int(s.Seconds/60%60), 2)
	dst = appendPadded(append(dst, ':'), int(s.Seconds%60), 2)
	return appendFraction(dst, int(s.Nanos), digits)
}
