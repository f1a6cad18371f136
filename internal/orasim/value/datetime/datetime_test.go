package datetime

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"time"
)

// TestDaysAreOneAfterTheOther walks over every day there is.
func TestDaysAreOneAfterTheOther(t *testing.T) {
	prev := Time{}
	var last []byte
	for j := firstDay; j <= lastDay; j++ {
		d, err := FromDays(j)
		if err != nil {
			t.Fatal(j, err)
		}
		if back, err := d.Days(); err != nil || back != j {
			t.Fatalf("%d is %v, which is %d", j, d, back)
		}
		ok := d.Year == prev.Year && d.Month == prev.Month && d.Day == prev.Day+1 ||
			d.Day == 1 && prev.Day == DaysIn(max(prev.Year, 1), max(prev.Month, 1)) ||
			d == Time{Year: 1582, Month: 10, Day: 15} && prev == Time{Year: 1582, Month: 10, Day: 4}
		if j > firstDay && !ok {
			t.Fatalf("%v follows %v", d, prev)
		}
		b := d.Date()
		if bytes.Compare(last, b) >= 0 {
			t.Fatalf("bytes of %v are not above those of %v", d, prev)
		}
		prev, last = d, b
	}
}

func TestAgainstGo(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		g := time.Date(1600+r.IntN(8000), 1, 1+r.IntN(366), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1e9), time.UTC)
		d := Time{g.Year(), int(g.Month()), g.Day(), g.Hour(), g.Minute(), g.Second(), g.Nanosecond()}
		if w, _ := d.Weekday(); w != int(g.Weekday()) {
			t.Fatalf("weekday of %v is %d", g, w)
		}
		if n, _ := d.DayOfYear(); n != g.YearDay() {
			t.Fatalf("day of year of %v is %d", g, n)
		}
		y, w, _ := d.ISOWeek()
		if gy, gw := g.ISOWeek(); y != gy || w != gw {
			t.Fatalf("week of %v is %d-%d", g, y, w)
		}
		days, secs, nanos := r.Int64N(2000)-1000, r.Int64N(400000)-200000, r.Int64N(3e9)-15e8
		want := g.Add(time.Duration(days*SecondsPerDay+secs)*time.Second + time.Duration(nanos))
		got, err := d.Add(days, secs, nanos)
		if want.Year() > 9999 {
			continue
		}
		if err != nil || got != (Time{want.Year(), int(want.Month()), want.Day(), want.Hour(), want.Minute(), want.Second(), want.Nanosecond()}) {
			t.Fatalf("%v + %d days %d s %d ns = %v, %v, want %v", g, days, secs, nanos, got, err, want)
		}
		dd, ds, dn, err := got.Sub(d)
		if err != nil || time.Duration(dd*SecondsPerDay+ds)*time.Second+time.Duration(dn) != want.Sub(g) {
			t.Fatalf("%v - %v = %d %d %d, %v", got, d, dd, ds, dn, err)
		}
		back, err := Decode(got.Timestamp())
		if err != nil || back != got {
			t.Fatalf("%v decodes to %v, %v", got, back, err)
		}
		s := NewSpan(days, secs, nanos)
		if u, err := DecodeSpan(s.Bytes()); err != nil || u != s {
			t.Fatalf("%v decodes to %v, %v", s, u, err)
		}
	}
}

func TestBytes(t *testing.T) {
	for _, c := range []struct {
		t    Time
		want []byte
	}{
		{Time{Year: -4712, Month: 1, Day: 1}, []byte{53, 88, 1, 1, 1, 1, 1}},
		{Time{Year: 2024, Month: 2, Day: 29, Hour: 23, Minute: 59, Second: 58}, []byte{120, 124, 2, 29, 24, 60, 59}},
		{Time{Year: 1, Month: 1, Day: 1}, []byte{100, 101, 1, 1, 1, 1, 1}},
	} {
		if got := c.t.Date(); !bytes.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.t, got, c.want)
		}
		if back, err := Decode(c.want); err != nil || back != c.t {
			t.Errorf("%v: %v, %v", c.want, back, err)
		}
	}
	if m, err := DecodeMonths(Months(-14).Bytes()); err != nil || m != -14 {
		t.Errorf("months: %v %v", m, err)
	}
	if b := Months(-14).Bytes(); !bytes.Equal(b, []byte{0x7f, 0xff, 0xff, 0xff, 58}) {
		t.Errorf("-14 months are %v", b)
	}
}

func date(y, m, d int) Time { return Time{Year: y, Month: m, Day: d} }

// TestMonths has the cases of the manual: ADD_MONTHS, MONTHS_BETWEEN, NEXT_DAY, LAST_DAY.
func TestMonths(t *testing.T) {
	for _, c := range []struct {
		from Time
		n    int
		want Time
	}{
		{date(2024, 1, 31), 1, date(2024, 2, 29)},
		{date(2023, 2, 28), 12, date(2024, 2, 29)},
		{date(2024, 2, 29), 1, date(2024, 3, 31)},
		{date(2024, 1, 30), 1, date(2024, 2, 29)},
		{date(2024, 3, 15), -15, date(2022, 12, 15)},
		{date(1582, 9, 10), 1, date(1582, 10, 15)},
	} {
		if got, err := c.from.AddMonths(c.n); err != nil || got != c.want {
			t.Errorf("%v + %d = %v, %v, want %v", c.from, c.n, got, err, c.want)
		}
	}
	if m, s := MonthsBetween(date(1995, 2, 2), date(1995, 1, 1)); m != 1 || s != SecondsPerDay {
		t.Errorf("months between: %d %d", m, s)
	}
	if m, s := MonthsBetween(date(2024, 2, 29), date(2024, 1, 31)); m != 1 || s != 0 {
		t.Errorf("months between last days: %d %d", m, s)
	}
	if d, err := date(2009, 10, 15).NextDay(2); err != nil || d != date(2009, 10, 20) {
		t.Errorf("next Tuesday: %v %v", d, err)
	}
}

func TestUnits(t *testing.T) {
	d := Time{Year: 2024, Month: 8, Day: 16, Hour: 12, Minute: 30, Second: 30}
	for _, c := range []struct {
		model        string
		trunc, round Time
	}{
		{"YEAR", date(2024, 1, 1), date(2025, 1, 1)},
		{"Q", date(2024, 7, 1), date(2024, 10, 1)},
		{"MM", date(2024, 8, 1), date(2024, 9, 1)},
		{"DD", date(2024, 8, 16), date(2024, 8, 17)},
		{"IW", date(2024, 8, 12), date(2024, 8, 19)},
		{"D", date(2024, 8, 11), date(2024, 8, 18)},
		{"CC", date(2001, 1, 1), date(2001, 1, 1)},
		{"WW", date(2024, 8, 12), date(2024, 8, 19)},
		{"W", date(2024, 8, 15), date(2024, 8, 15)},
		{"IYYY", date(2024, 1, 1), date(2024, 12, 30)},
	} {
		u := UnitOf(c.model)
		if got, err := d.Trunc(u); err != nil || got != c.trunc {
			t.Errorf("TRUNC %s: %v, %v, want %v", c.model, got, err, c.trunc)
		}
		if got, err := d.Round(u); err != nil || got != c.round {
			t.Errorf("ROUND %s: %v, %v, want %v", c.model, got, err, c.round)
		}
	}
	if got, _ := d.Round(Minute); got.Minute != 31 || got.Second != 0 {
		t.Errorf("ROUND MI: %v", got)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte{120, 124, 2, 29, 24, 60, 59})
	f.Add([]byte{120, 124, 2, 29, 24, 60, 59, 0, 0, 0, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Decode(b)
		if err != nil {
			return
		}
		if len(b) == 7 && !bytes.Equal(d.Date(), b) {
			t.Fatalf("%v reads as %v", b, d)
		}
		if d.Nano != 0 && len(b) == 11 && !bytes.Equal(d.Timestamp(), b) {
			t.Fatalf("%v reads as %v", b, d)
		}
	})
}
