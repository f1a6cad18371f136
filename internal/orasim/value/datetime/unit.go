package datetime

import "strings"

// Unit is what a date is cut or rounded to.
type Unit uint8

// Units of TRUNC and ROUND.
const (
	NoUnit Unit = iota
	Century
	Year
	ISOYear
	Quarter
	Month
	Week    // same weekday as 1 January
	ISOWeek // Monday
	MonthWeek
	Day
	StartDay // the first day of the week by territory; here Sunday
	Hour
	Minute
)

// UnitOf reads a format model of TRUNC and ROUND; NoUnit when it is none.
func UnitOf(model string) Unit {
	switch strings.ToUpper(model) {
	case "CC", "SCC":
		return Century
	case "SYYYY", "YYYY", "YEAR", "SYEAR", "YYY", "YY", "Y":
		return Year
	case "IYYY", "IYY", "IY", "I":
		return ISOYear
	case "Q":
		return Quarter
	case "MONTH", "MON", "MM", "RM":
		return Month
	case "WW":
		return Week
	case "IW":
		return ISOWeek
	case "W":
		return MonthWeek
	case "DDD", "DD", "J":
		return Day
	case "DAY", "DY", "D":
		return StartDay
	case "HH", "HH12", "HH24":
		return Hour
	case "MI":
		return Minute
	}
	return NoUnit
}

// Trunc cuts to a unit.
func (t Time) Trunc(u Unit) (Time, error) {
	t.Nano = 0
	switch u {
	case Minute:
		t.Second = 0
		return t, nil
	case Hour:
		t.Minute, t.Second = 0, 0
		return t, nil
	}
	t = t.Midnight()
	switch u {
	case Century:
		if t.Year < 1 {
			return Time{}, ErrBC
		}
		return Time{Year: (t.Year-1)/100*100 + 1, Month: 1, Day: 1}, nil
	case Year:
		return Time{Year: t.Year, Month: 1, Day: 1}, nil
	case Quarter:
		t.Month, t.Day = (t.Month-1)/3*3+1, 1
	case Month:
		t.Day = 1
	case Week:
		n, err := t.DayOfYear()
		if err != nil {
			return Time{}, err
		}
		return t.Add(-int64((n-1)%7), 0, 0)
	case MonthWeek:
		t.Day -= (t.Day - 1) % 7
	case StartDay:
		w, err := t.Weekday()
		if err != nil {
			return Time{}, err
		}
		return t.Add(-int64(w), 0, 0)
	case ISOWeek:
		w, err := t.Weekday()
		if err != nil {
			return Time{}, err
		}
		return t.Add(-int64((w+6)%7), 0, 0)
	case ISOYear:
		y, _, err := t.ISOWeek()
		if err != nil {
			return Time{}, err
		}
		return Time{Year: y, Month: 1, Day: 4}.Trunc(ISOWeek)
	}
	return t, nil
}

// Round rounds to a unit: from noon on, the 16th, July, the 16th of a quarter's second month, the year 51 of a century;
// weeks from the noon of their fourth day on.
func (t Time) Round(u Unit) (Time, error) {
	t.Nano = 0
	switch u {
	case Minute:
		if t.Second >= 30 {
			return t.after(u, 60)
		}
		return t.Trunc(u)
	case Hour:
		if t.Minute >= 30 {
			return t.after(u, 3600)
		}
		return t.Trunc(u)
	case Day, NoUnit:
		if t.Hour >= 12 {
			return t.after(Day, SecondsPerDay)
		}
		return t.Trunc(Day)
	case Month:
		r, err := t.Trunc(u)
		if err == nil && t.Day >= 16 {
			return r.AddMonths(1)
		}
		return r, err
	case Quarter:
		r, err := t.Trunc(u)
		if err == nil && (t.Month == r.Month+2 || t.Month == r.Month+1 && t.Day >= 16) {
			return r.AddMonths(3)
		}
		return r, err
	case Year:
		r, err := t.Trunc(u)
		if err == nil && t.Month >= 7 {
			return r.AddMonths(12)
		}
		return r, err
	case Century:
		r, err := t.Trunc(u)
		if err == nil && t.Year-r.Year >= 50 {
			return r.AddMonths(1200)
		}
		return r, err
	case ISOYear:
		if t.Month >= 7 {
			y, _, err := t.ISOWeek()
			if err != nil {
				return Time{}, err
			}
			if y >= 9999 {
				return Time{}, ErrRange
			}
			return Time{Year: y + 1, Month: 1, Day: 4}.Trunc(ISOWeek)
		}
		return t.Trunc(u)
	case Week, ISOWeek, MonthWeek, StartDay:
		r, err := t.Trunc(u)
		if err != nil {
			return Time{}, err
		}
		d, s, _, err := t.Sub(r)
		if err != nil {
			return Time{}, err
		}
		if d*SecondsPerDay+s >= 7*SecondsPerDay/2 {
			return r.Add(7, 0, 0)
		}
		return r, nil
	}
	return t.Trunc(u)
}

func (t Time) after(u Unit, seconds int64) (Time, error) {
	r, err := t.Trunc(u)
	if err != nil {
		return Time{}, err
	}
	return r.Add(0, seconds, 0)
}
