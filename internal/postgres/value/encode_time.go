package value

import (
	"encoding/binary"
	"time"

	ora "landfall/internal/oracle/value"
)

const (
	microsPerDay = 86400 * 1e6
	epochDays    = 10957 // from 1970-01-01 to 2000-01-01, PostgreSQL's day 0
	epochJulian  = 2451545
)

// civilDays counts days of the Gregorian calendar, extended backwards as PostgreSQL does, from 2000-01-01. year is
// astronomical: 0 is 1 BC. Years are counted from March on, and from 8000 years earlier, so that all divisions are of positive numbers.
func civilDays(year, month, day int) int64 {
	y := uint(year) + 8000
	if month <= 2 {
		y--
	}
	return int64(365*y+y/4-y/100+y/400) + int64(beforeMonth[month&15]) + int64(day) - 1 - daysTo2000
}

const (
	marchTo2000 = 365*9999 + 9999/4 - 9999/100 + 9999/400 // from the first March to that of 1999
	daysTo2000  = marchTo2000 + 306                       // and to January
)

// beforeMonth is how many days of the year, which begins in March, lie before a month.
var beforeMonth = [16]int16{1: 306, 2: 337, 3: 0, 4: 31, 5: 61, 6: 92, 7: 122, 8: 153, 9: 184, 10: 214, 11: 245, 12: 275}

// julianDays counts the days of a date of the Julian calendar from 2000-01-01, for years from 1 on.
func julianDays(year, month, day int) int64 {
	a := (14 - month) / 12
	y, m := year+4800-a, month+12*a-3
	return int64(day+(153*m+2)/5+365*y+y/4-32083) - epochJulian
}

// days finds the day of a date, by the policy where the calendars differ.
func (e *Encoder) days(c *column, t *ora.DateTime) (int64, Fault) {
	if t.Gregorian() {
		return civilDays(t.Year, t.Month, t.Day), NoFault
	}
	if t.Year < 1 {
		if c.Policy.Action(BeforeChrist) != Keep {
			return 0, BeforeChrist
		}
		e.mark(c, BeforeChrist)
		year := t.Year + 1
		if t.Month == 2 && t.Day == 29 && (year%4 != 0 || year%100 == 0 && year%400 != 0) {
			return 0, NoSuchDay
		}
		return civilDays(year, t.Month, t.Day), NoFault
	}
	switch c.Policy.Action(BeforeReform) {
	case SameDay:
		e.mark(c, BeforeReform)
		return julianDays(t.Year, t.Month, t.Day), NoFault
	case Keep:
		e.mark(c, BeforeReform)
		if t.Month == 2 && t.Day == 29 && t.Year%100 == 0 && t.Year%400 != 0 {
			return 0, NoSuchDay
		}
		return civilDays(t.Year, t.Month, t.Day), NoFault
	}
	return 0, BeforeReform
}

// micros is the time of day in microseconds, held to the digits that the target keeps; it may round up to a whole day.
func (e *Encoder) micros(c *column, seconds, nano int64) (int64, Fault) {
	if nano == 0 {
		return seconds * 1e6, NoFault
	}
	if rest := nano % int64(c.unit); rest != 0 {
		switch c.Policy.Action(SubSecond) {
		case Round:
			nano -= rest
			if unit := int64(c.unit); 2*rest >= unit {
				nano += unit
			} else if 2*rest <= -unit {
				nano -= unit
			}
		case Truncate:
			nano -= rest
		default:
			return 0, SubSecond
		}
		e.mark(c, SubSecond)
	}
	return seconds*1e6 + nano/1000, NoFault
}

// daysAlways are the days that a month has in every year.
var daysAlways = [16]uint8{1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}

// plainInstant is instant for what nearly all times are: of the Gregorian calendar, and as the column has them. It reports whether
// src is one.
func plainInstant(c *column, src []byte) (int64, bool) {
	nano := 0
	switch len(src) {
	case 7:
	case 11:
		nano = int(binary.BigEndian.Uint32(src[7:]))
		if nano%c.unit != 0 || nano >= 1e9 {
			return 0, false
		}
	default:
		return 0, false
	}
	year, month := int(src[0])*100+int(src[1])-10100, src[2]
	hour, minute, second := src[4]-1, src[5]-1, src[6]-1
	if year < 1583 || year > ora.MaxYear || month > 12 || src[3]-1 >= daysAlways[month&15] || hour >= 24 || minute >= 60 || second >= 60 {
		return 0, false
	}
	seconds := int(hour)*3600 + int(minute)*60 + int(second)
	return civilDays(year, int(month), int(src[3]))*microsPerDay + int64(seconds*1e6+nano/1000), true
}

func (e *Encoder) instant(c *column, src []byte) (int64, Fault) {
	if v, ok := plainInstant(c, src); ok {
		return v, NoFault
	}
	return e.anyInstant(c, src)
}

func (e *Encoder) anyInstant(c *column, src []byte) (int64, Fault) {
	t, err := ora.DecodeDateTime(src)
	if err != nil {
		return 0, e.bad(err)
	}
	days, fault := e.days(c, &t)
	if fault != NoFault {
		return 0, fault
	}
	micros, fault := e.micros(c, int64(t.Hour*3600+t.Minute*60+t.Second), int64(t.Nano))
	return days*microsPerDay + micros, fault
}

func appendTimestamp(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	if len(src) == 13 {
		return dst, e.bad(ora.ErrDate)
	}
	v, fault := e.instant(c, src)
	return binary.BigEndian.AppendUint64(dst, uint64(v)), fault
}

// appendZoned writes timestamptz of a TIMESTAMP WITH TIME ZONE, whose fields are in UTC. The zone itself has no place there.
func appendZoned(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	zone, err := ora.DecodeZone(src)
	if err != nil {
		return dst, e.bad(err)
	}
	v, fault := e.instant(c, src)
	if fault == NoFault && zone.Local {
		if zone.Region != 0 {
			return dst, UnknownZone
		}
		v -= int64(zone.Minutes) * 60e6
	}
	return binary.BigEndian.AppendUint64(dst, uint64(v)), fault
}

// appendLocal writes timestamptz of fields in a zone that the column has.
func appendLocal(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	if len(src) == 13 {
		return dst, e.bad(ora.ErrDate)
	}
	v, fault := e.instant(c, src)
	if fault != NoFault {
		return dst, fault
	}
	if c.zone == nil {
		return binary.BigEndian.AppendUint64(dst, uint64(v-c.fixed)), NoFault
	}
	offset, ok := offsetOf(c.zone, v)
	if !ok {
		return dst, UnknownZone
	}
	return binary.BigEndian.AppendUint64(dst, uint64(v-offset)), NoFault
}

// offsetOf is the offset, in microseconds, of local time in a zone; ok is false for times that the zone skips or has twice.
func offsetOf(zone *time.Location, local int64) (micros int64, ok bool) {
	const epoch = epochDays * 86400
	seconds := local / 1e6
	if local%1e6 < 0 {
		seconds--
	}
	seconds += epoch
	// the offsets a day before and after are the only ones that can hold
	_, before := time.Unix(seconds-86400, 0).In(zone).Zone()
	_, after := time.Unix(seconds+86400, 0).In(zone).Zone()
	fits := func(offset int) bool {
		_, o := time.Unix(seconds-int64(offset), 0).In(zone).Zone()
		return o == offset
	}
	switch a, b := fits(before), before != after && fits(after); {
	case a && !b:
		return int64(before) * 1e6, true
	case b && !a:
		return int64(after) * 1e6, true
	}
	return 0, false
}

// appendDate writes date: days from 2000-01-01.
func appendDate(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	if len(src) == 13 {
		return dst, e.bad(ora.ErrDate)
	}
	t, err := ora.DecodeDateTime(src)
	if err != nil {
		return dst, e.bad(err)
	}
	if t.Hour|t.Minute|t.Second|t.Nano != 0 {
		if c.Policy.Action(TimeOfDay) != Truncate {
			return dst, TimeOfDay
		}
		e.mark(c, TimeOfDay)
	}
	days, fault := e.days(c, &t)
	return binary.BigEndian.AppendUint32(dst, uint32(days)), fault
}

// appendMonths writes interval: microseconds, days, months.
func appendMonths(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	months, err := ora.DecodeMonths(src)
	if err != nil {
		return dst, e.bad(err)
	}
	if months != int64(int32(months)) {
		return dst, Overflow
	}
	dst = append(dst, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	return binary.BigEndian.AppendUint32(dst, uint32(months)), NoFault
}

func appendSpan(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	s, err := ora.DecodeSpan(src)
	if err != nil {
		return dst, e.bad(err)
	}
	micros, fault := e.micros(c, s.Seconds, s.Nanos)
	if fault != NoFault {
		return dst, fault
	}
	dst = binary.BigEndian.AppendUint64(dst, uint64(micros))
	dst = binary.BigEndian.AppendUint32(dst, uint32(s.Days))
	return append(dst, 0, 0, 0, 0), NoFault
}
