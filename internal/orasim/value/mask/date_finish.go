package mask

import (
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/datetime"
)

// finish puts the fields together and checks them against each other.
func (r *reader) finish(now Moment, into Target) (Moment, error) {
	if r.twelve {
		r.hour %= 12
		if r.half == 2 {
			r.hour += 12
		}
	} else if r.half != 0 && r.seen["hour"] {
		return Moment{}, ora.New(1818)
	}
	if r.secondsOfDay >= 0 {
		if r.seen["hour"] || r.seen["minute"] || r.seen["second"] {
			if r.secondsOfDay != r.hour*3600+r.minute*60+r.second {
				return Moment{}, ora.New(1836)
			}
		}
		r.hour, r.minute, r.second = r.secondsOfDay/3600, r.secondsOfDay/60%60, r.secondsOfDay%60
	}
	if r.era < 0 {
		r.year = -r.year
	}
	t := datetime.Time{Year: now.Year, Month: now.Month, Day: 1, Hour: r.hour, Minute: r.minute, Second: r.second, Nano: r.nano}
	if r.hasYear {
		t.Year = r.year
	}
	if r.hasMonth {
		t.Month = r.month
	}
	if r.hasDay {
		t.Day = r.day
	}
	switch {
	case r.julian >= 0:
		d, err := datetime.FromDays(r.julian)
		if err != nil {
			return Moment{}, ora.Unsupported("a Julian day before year 1")
		}
		if r.hasYear && d.Year != t.Year || r.hasMonth && d.Month != t.Month || r.hasDay && d.Day != t.Day {
			return Moment{}, ora.New(1834)
		}
		t.Year, t.Month, t.Day = d.Year, d.Month, d.Day
	case r.dayOfYear >= 0:
		if t.Year < 1 {
			return Moment{}, ora.Unsupported("a day of a year before year 1")
		}
		if r.dayOfYear == 366 && !datetime.Leap(t.Year) {
			return Moment{}, ora.New(1848)
		}
		first, err := datetime.Time{Year: t.Year, Month: 1, Day: 1}.Add(int64(r.dayOfYear-1), 0, 0)
		if err != nil {
			return Moment{}, ora.New(1841)
		}
		if r.hasMonth && first.Month != t.Month || r.hasDay && first.Day != t.Day {
			return Moment{}, ora.New(1834)
		}
		t.Month, t.Day = first.Month, first.Day
	}
	if code := t.Valid(); code != 0 {
		return Moment{}, ora.New(code)
	}
	if r.weekday >= 0 {
		if w, err := t.Weekday(); err != nil || w != r.weekday {
			return Moment{}, ora.New(1835)
		}
	}
	m := Moment{Time: t, Fraction: 9}
	if into == IntoZoned {
		m.HasZone, m.Region, m.Abbreviation = r.hasZone, r.region, r.abbreviation // without one, it is the session's
		if r.hasZone && r.region == "" {
			m.Offset = r.zoneSign * (r.zoneHour*60 + r.zoneMinute)
		}
	}
	return m, nil
}
