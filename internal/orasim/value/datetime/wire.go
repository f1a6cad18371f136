package datetime

import (
	"encoding/binary"
	"errors"
)

// ErrBytes are bytes that are no datetime or interval.
var ErrBytes = errors.New("bytes are no datetime")

// Date is the 7 bytes of a DATE; fractions of a second are dropped.
func (t Time) Date() []byte { return t.appendDate(make([]byte, 0, 7)) }

func (t Time) appendDate(b []byte) []byte {
	// Go divides toward zero, as these bytes do: -4712 is 53, 88
	return append(b, byte(t.Year/100+100), byte(t.Year%100+100), byte(t.Month), byte(t.Day), byte(t.Hour+1), byte(t.Minute+1), byte(t.Second+1))
}

// Timestamp is 11 bytes, or 7 where there is no fraction of a second.
func (t Time) Timestamp() []byte {
	b := t.appendDate(make([]byte, 0, 11))
	if t.Nano != 0 {
		b = binary.BigEndian.AppendUint32(b, uint32(t.Nano))
	}
	return b
}

// Zoned is the 13 bytes of a TIMESTAMP WITH TIME ZONE: t is in UTC, offset in minutes east of it.
func (t Time) Zoned(offset int) []byte {
	b := t.appendDate(make([]byte, 0, 13))
	b = binary.BigEndian.AppendUint32(b, uint32(t.Nano))
	return append(b, byte(offset/60+20), byte(offset%60+60))
}

// ZonedLike is the 13 bytes of a time, t being in UTC, in the zone of other 13 bytes.
func (t Time) ZonedLike(b []byte) []byte {
	r := t.Zoned(0)
	copy(r[11:], b[11:])
	return r
}

// Decode reads a DATE, a TIMESTAMP, or the part in front of the zone of a TIMESTAMP WITH TIME ZONE.
func Decode(b []byte) (Time, error) {
	if len(b) != 7 && len(b) != 11 && len(b) != 13 {
		return Time{}, ErrBytes
	}
	t := Time{
		Year: (int(b[0])-100)*100 + int(b[1]) - 100, Month: int(b[2]), Day: int(b[3]),
		Hour: int(b[4]) - 1, Minute: int(b[5]) - 1, Second: int(b[6]) - 1,
	}
	if len(b) >= 11 {
		t.Nano = int(binary.BigEndian.Uint32(b[7:]))
	}
	if before := t; t.Valid() != 0 || t != before || t.Nano > 999999999 {
		return Time{}, ErrBytes
	}
	return t, nil
}

// Months is INTERVAL YEAR TO MONTH.
type Months int

// Bytes are the 5 bytes of the wire.
func (m Months) Bytes() []byte {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 5), uint32(int64(m/12)+1<<31))
	return append(b, byte(int(m%12)+60))
}

// DecodeMonths reads 5 bytes.
func DecodeMonths(b []byte) (Months, error) {
	if len(b) != 5 {
		return 0, ErrBytes
	}
	return Months((int64(binary.BigEndian.Uint32(b))-1<<31)*12 + int64(b[4]) - 60), nil
}

// Span is INTERVAL DAY TO SECOND: all parts have the same sign, Seconds is below a day, Nanos below a second.
type Span struct{ Days, Seconds, Nanos int64 }

// NewSpan brings parts of any size and sign into order.
func NewSpan(days, seconds, nanos int64) Span {
	seconds += floorDiv(nanos, 1e9)
	nanos -= floorDiv(nanos, 1e9) * 1e9
	days += floorDiv(seconds, SecondsPerDay)
	seconds -= floorDiv(seconds, SecondsPerDay) * SecondsPerDay
	if days < 0 && (seconds > 0 || nanos > 0) {
		days++
		seconds -= SecondsPerDay
		if nanos > 0 {
			seconds++
			nanos -= 1e9
		}
	}
	return Span{days, seconds, nanos}
}

// Neg is -s.
func (s Span) Neg() Span { return Span{-s.Days, -s.Seconds, -s.Nanos} }

// Add is s + u.
func (s Span) Add(u Span) Span { return NewSpan(s.Days+u.Days, s.Seconds+u.Seconds, s.Nanos+u.Nanos) }

// Negative reports whether it is below zero.
func (s Span) Negative() bool { return s.Days < 0 || s.Seconds < 0 || s.Nanos < 0 }

// Bytes are the 11 bytes of the wire.
func (s Span) Bytes() []byte {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 11), uint32(s.Days+1<<31))
	b = append(b, byte(s.Seconds/3600+60), byte(s.Seconds/60%60+60), byte(s.Seconds%60+60))
	return binary.BigEndian.AppendUint32(b, uint32(s.Nanos+1<<31))
}

// DecodeSpan reads 11 bytes.
func DecodeSpan(b []byte) (Span, error) {
	if len(b) != 11 {
		return Span{}, ErrBytes
	}
	return Span{
		Days:    int64(binary.BigEndian.Uint32(b)) - 1<<31,
		Seconds: (int64(b[4])-60)*3600 + (int64(b[5])-60)*60 + int64(b[6]) - 60,
		Nanos:   int64(binary.BigEndian.Uint32(b[7:])) - 1<<31,
	}, nil
}
