package datetime

// AddMonths is ADD_MONTHS: the last day of a month stays the last day, and days that the month does not have become it.
func (t Time) AddMonths(n int) (Time, error) {
	last := t.Day == DaysIn(t.Year, t.Month)
	r, err := t.shiftMonths(n)
	if err != nil {
		return Time{}, err
	}
	if d := DaysIn(r.Year, r.Month); last || r.Day > d {
		r.Day = d
	}
	r.Valid()
	return r, nil
}

// AddInterval is a datetime plus INTERVAL YEAR TO MONTH: a day that the month does not have is ORA-01839, ok false.
func (t Time) AddInterval(m Months) (r Time, ok bool, err error) {
	r, err = t.shiftMonths(int(m))
	if err != nil {
		return Time{}, false, err
	}
	return r, r.Day <= DaysIn(r.Year, r.Month), nil
}

func (t Time) shiftMonths(n int) (Time, error) {
	if t.Year < 1 {
		return Time{}, ErrBC
	}
	if n > 200000 || n < -200000 {
		return Time{}, ErrRange
	}
	m := (t.Year-1)*12 + t.Month - 1 + n
	if m < 0 {
		return Time{}, ErrBC
	}
	t.Year, t.Month = m/12+1, m%12+1
	if t.Year > 9999 {
		return Time{}, ErrRange
	}
	return t, nil
}

// LastDay is the last day of the month, at the same time of day.
func (t Time) LastDay() Time {
	t.Day = DaysIn(t.Year, t.Month)
	return t
}

// MonthsBetween gives whole months and what remains in seconds of months of 31 days: MONTHS_BETWEEN(t, u) is
// months + seconds/(31*86400). Where both are the same day of the month or both the last one, nothing remains.
func MonthsBetween(t, u Time) (months, seconds int) {
	yt, yu := t.Year, u.Year
	if yt < 0 {
		yt++
	}
	if yu < 0 {
		yu++
	}
	months = (yt-yu)*12 + t.Month - u.Month
	if t.Day == u.Day || t.Day == DaysIn(t.Year, t.Month) && u.Day == DaysIn(u.Year, u.Month) {
		return months, 0
	}
	return months, (t.Day-u.Day)*SecondsPerDay + t.SecondOfDay() - u.SecondOfDay()
}

// NextDay is the first such weekday (0 is Sunday) after t.
func (t Time) NextDay(weekday int) (Time, error) {
	w, err := t.Weekday()
	if err != nil {
		return Time{}, err
	}
	return t.Add(int64((weekday-w+6)%7+1), 0, 0)
}

// DayOfYear counts from 1. In 1582 the days that were left out do not count.
func (t Time) DayOfYear() (int, error) {
	j, err := t.Days()
	if err != nil {
		return 0, err
	}
	return j - julianDay(t.Year, 1, 1) + 1, nil
}

// ISOWeek is the week of ISO 8601 and the year it belongs to.
func (t Time) ISOWeek() (year, week int, err error) {
	j, err := t.Days()
	if err != nil {
		return 0, 0, err
	}
	thursday := j - j%7 + 3 // Julian day 0 is a Monday
	d, err := FromDays(thursday)
	if err != nil {
		return 0, 0, err
	}
	return d.Year, (thursday-julianDay(d.Year, 1, 1))/7 + 1, nil
}
