// Package datetime is Oracle's DATE, TIMESTAMP and intervals: a calendar from 4712 BC to 9999 that is Julian up to
// 1582-10-04 and Gregorian from 1582-10-15 on, and the arithmetic on it.
//
// Input -> output: the bytes of the wire to fields and back, and calendar functions between fields. Text is the business
// of package mask. Before year 1, days cannot be counted (how Oracle counts across the missing year 0 was never seen):
// what needs it gives ErrBC, and nothing is guessed. All functions are pure; values are plain.
//
// Source: SQL Language Reference, "Data Types", "Datetime/Interval Arithmetic", "ADD_MONTHS", "ROUND and TRUNC Date
// Functions".
package datetime

import "errors"

// ErrBC is what arithmetic on dates before year 1 ends in.
var ErrBC = errors.New("date arithmetic before year 1")

// ErrRange is a date outside of 0001-01-01 to 9999-12-31 as a result: ORA-01841.
var ErrRange = errors.New("(full) year must be between -4713 and +9999, and not be 0")

// Time is a date with time of day: DATE, or TIMESTAMP when Nano may be set. It has no zone.
type Time struct {
	Year                             int // -4712 to 9999, never 0
	Month, Day, Hour, Minute, Second int
	Nano                             int
}

// SecondsPerDay is the length of a day.
const SecondsPerDay = 86400

var monthDays = [13]int{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// Leap reports whether a year has a 29 February: every fourth, and from 1583 on not the full centuries but every
// fourth of those.
func Leap(year int) bool {
	if year < 0 { // 1 BC is the year before 1 AD
		year++
	}
	if year%4 != 0 {
		return false
	}
	return year < 1583 || year%100 != 0 || year%400 == 0
}

// DaysIn is the number of the last day of a month.
func DaysIn(year, month int) int {
	if month == 2 && Leap(year) {
		return 29
	}
	return monthDays[month]
}

// julianDay is the number TO_CHAR(d, 'J') shows, for years from 1 on.
func julianDay(year, month, day int) int {
	a := (14 - month) / 12
	y := year + 4800 - a
	m := month + 12*a - 3
	j := day + (153*m+2)/5 + 365*y + y/4
	if year > 1582 || year == 1582 && (month > 10 || month == 10 && day >= 15) {
		return j - y/100 + y/400 - 32045
	}
	return j - 32083
}

const (
	firstDay     = 1721424 // 0001-01-01
	lastDay      = 5373484 // 9999-12-31
	gregorianDay = 2299161 // 1582-10-15
)

// Days is the Julian day number.
func (t Time) Days() (int, error) {
	if t.Year < 1 {
		return 0, ErrBC
	}
	return julianDay(t.Year, t.Month, t.Day), nil
}

// FromDays is the date of a Julian day number, at midnight.
func FromDays(j int) (Time, error) {
	if j < firstDay {
		return Time{}, ErrBC
	}
	if j > lastDay {
		return Time{}, ErrRange
	}
	var c int
	b := 0
	if j >= gregorianDay {
		a := j + 32044
		b = (4*a + 3) / 146097
		c = a - 146097*b/4
	} else {
		c = j + 32082
	}
	d := (4*c + 3) / 1461
	e := c - 1461*d/4
	m := (5*e + 2) / 153
	return Time{Year: 100*b + d - 4800 + m/10, Month: m + 3 - 12*(m/10), Day: e - (153*m+2)/5 + 1}, nil
}

// SecondOfDay counts from midnight.
func (t Time) SecondOfDay() int { return t.Hour*3600 + t.Minute*60 + t.Second }

// at gives a day its time of day.
func (t Time) at(seconds, nano int) Time {
	t.Hour, t.Minute, t.Second, t.Nano = seconds/3600, seconds/60%60, seconds%60, nano
	return t
}

// Midnight is the day without its time.
func (t Time) Midnight() Time { return t.at(0, 0) }

// Add moves by days, seconds and nanoseconds, each of any size and sign.
func (t Time) Add(days, seconds, nanos int64) (Time, error) {
	nanos += int64(t.Nano)
	seconds += int64(t.SecondOfDay()) + floorDiv(nanos, 1e9)
	nanos -= floorDiv(nanos, 1e9) * 1e9
	days += floorDiv(seconds, SecondsPerDay)
	seconds -= floorDiv(seconds, SecondsPerDay) * SecondsPerDay
	if days == 0 {
		return t.at(int(seconds), int(nanos)), nil
	}
	j, err := t.Days()
	if err != nil {
		return Time{}, err
	}
	if days > 1e7 {
		return Time{}, ErrRange
	}
	if days < -1e7 {
		return Time{}, ErrBC
	}
	d, err := FromDays(j + int(days))
	if err != nil {
		return Time{}, err
	}
	return d.at(int(seconds), int(nanos)), nil
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Sub is t - u as whole days, seconds and nanoseconds, all of the same sign.
func (t Time) Sub(u Time) (days, seconds, nanos int64, err error) {
	jt, err := t.Days()
	if err != nil {
		return 0, 0, 0, err
	}
	ju, err := u.Days()
	if err != nil {
		return 0, 0, 0, err
	}
	total := int64(jt-ju)*SecondsPerDay + int64(t.SecondOfDay()-u.SecondOfDay())
	nanos = int64(t.Nano - u.Nano)
	if total > 0 && nanos < 0 {
		total, nanos = total-1, nanos+1e9
	} else if total < 0 && nanos > 0 {
		total, nanos = total+1, nanos-1e9
	}
	return total / SecondsPerDay, total % SecondsPerDay, nanos, nil
}

// Weekday is 0 for Sunday to 6 for Saturday.
func (t Time) Weekday() (int, error) {
	j, err := t.Days()
	return (j + 1) % 7, err
}

// Valid says what is wrong with the fields: 0, or the number of Oracle's error. Days that the reform left out are moved
// to the 15th, as Oracle moves them.
func (t *Time) Valid() int {
	switch {
	case t.Year < -4712 || t.Year > 9999 || t.Year == 0:
		return 1841
	case t.Month < 1 || t.Month > 12:
		return 1843
	case t.Day < 1:
		return 1847
	case t.Day > DaysIn(t.Year, t.Month):
		if t.Day > 31 {
			return 1847
		}
		return 1839
	case t.Hour < 0 || t.Hour > 23:
		return 1850
	case t.Minute < 0 || t.Minute > 59:
		return 1851
	case t.Second < 0 || t.Second > 59:
		return 1852
	}
	if t.Year == 1582 && t.Month == 10 && t.Day > 4 && t.Day < 15 {
		t.Day = 15
	}
	return 0
}
