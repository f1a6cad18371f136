package value

import "encoding/binary"

// DateTime is the fields of a DATE or TIMESTAMP as Oracle shows them: of the Julian calendar before 1582-10-15, of the
// Gregorian from then on. It has no zone.
type DateTime struct {
	Year                             int // -4712 to 9999, never 0: -1 is 1 BC
	Month, Day, Hour, Minute, Second int
	Nano                             int
}

// The years that Oracle has.
const (
	MinYear = -4712
	MaxYear = 9999
)

// DecodeDateTime reads a DATE (7 bytes), a TIMESTAMP (7 or 11) or what stands in front of the zone of a TIMESTAMP WITH
// TIME ZONE (13). Days that no calendar has are ErrDate, and so are those that the reform of 1582 left out. A 29 February
// before Christ is taken in the years that either count makes leap years: Oracle's is not documented.
func DecodeDateTime(src []byte) (DateTime, error) {
	if len(src) != 7 && len(src) != 11 && len(src) != 13 {
		return DateTime{}, ErrDate
	}
	t := DateTime{
		Year:  (int(src[0])-100)*100 + int(src[1]) - 100,
		Month: int(src[2]), Day: int(src[3]), Hour: int(src[4]) - 1, Minute: int(src[5]) - 1, Second: int(src[6]) - 1,
	}
	if len(src) > 7 {
		t.Nano = int(binary.BigEndian.Uint32(src[7:]))
	}
	if !t.valid() {
		return DateTime{}, ErrDate
	}
	return t, nil
}

var daysIn = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func (t DateTime) valid() bool {
	return uint(t.Month-1) < 12 && t.Day >= 1 && t.Day <= daysIn[t.Month] && uint(t.Hour) < 24 && uint(t.Minute) < 60 &&
		uint(t.Second) < 60 && uint(t.Nano) < 1e9 && t.Year >= MinYear && t.Year <= MaxYear && t.Year != 0 &&
		(t.Month != 2 || t.Day < 29 || leap(t.Year)) &&
		(t.Year != 1582 || t.Month != 10 || t.Day < 5 || t.Day > 14)
}

func leap(year int) bool {
	switch {
	case year < 0:
		return year%4 == 0 || (year+1)%4 == 0
	case year < 1583:
		return year%4 == 0
	}
	return year%4 == 0 && (year%100 != 0 || year%400 == 0)
}

// Gregorian reports whether the fields mean the same day in the Gregorian calendar.
func (t DateTime) Gregorian() bool {
	return t.Year > 1582 || t.Year == 1582 && (t.Month > 10 || t.Month == 10 && t.Day >= 15)
}

// Append writes the bytes of a DATE where nano is false; else those of a TIMESTAMP, which are 7 where Nano is 0.
func (t DateTime) Append(dst []byte, nano bool) []byte {
	// Go divides toward zero, as these bytes do: -4712 is 53, 88
	dst = append(dst, byte(t.Year/100+100), byte(t.Year%100+100), byte(t.Month), byte(t.Day), byte(t.Hour+1), byte(t.Minute+1), byte(t.Second+1))
	if nano && t.Nano != 0 {
		dst = binary.BigEndian.AppendUint32(dst, uint32(t.Nano))
	}
	return dst
}

// AppendText writes YYYY-MM-DD HH24:MI:SS, with a sign before Christ, and the digits of the fraction that are asked for
// behind a point, if any.
func (t DateTime) AppendText(dst []byte, digits int) []byte {
	year := t.Year
	if year < 0 {
		dst, year = append(dst, '-'), -year
	}
	dst = appendPadded(dst, year, 4)
	dst = appendPadded(append(dst, '-'), t.Month, 2)
	dst = appendPadded(append(dst, '-'), t.Day, 2)
	dst = appendPadded(append(dst, ' '), t.Hour, 2)
	dst = appendPadded(append(dst, ':'), t.Minute, 2)
	dst = appendPadded(append(dst, ':'), t.Second, 2)
	return appendFraction(dst, t.Nano, digits)
}

func appendFraction(dst []byte, nano, digits int) []byte {
	if digits <= 0 {
		return dst
	}
	for range 9 - min(digits, 9) {
		nano /= 10
	}
	return appendPadded(append(dst, '.'), nano, min(digits, 9))
}

func appendPadded(dst []byte, n, width int) []byte {
	var b [20]byte
	i := len(b)
	for n > 0 || width > 0 {
		i--
		b[i] = '0' + byte(n%10)
		n /= 10
		width--
	}
	return append(dst, b[i:]...)
}
