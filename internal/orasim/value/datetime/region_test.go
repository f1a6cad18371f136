package datetime

import (
	"fmt"
	"testing"
	"time"
)

func at(t testing.TB, s string) Time {
	t.Helper()
	x, err := time.Parse("2006-01-02 15:04:05", s)
	if err != nil {
		t.Fatal(err)
	}
	return Time{Year: x.Year(), Month: int(x.Month()), Day: x.Day(), Hour: x.Hour(), Minute: x.Minute(), Second: x.Second()}
}

func (t Time) text() string {
	return fmt.Sprintf("%04d-%02d-%02d %02d:%02d:%02d", t.Year, t.Month, t.Day, t.Hour, t.Minute, t.Second)
}

// TestZones holds local time and instants against each other, across what clocks do.
func TestZones(t *testing.T) {
	for _, c := range []struct {
		zone, local, abbr, utc string
		err                    error
	}{
		{"Asia/Shanghai", "2024-07-01 12:00:00", "", "2024-07-01 04:00:00", nil},
		{"Asia/Shanghai", "1988-07-01 12:00:00", "", "1988-07-01 03:00:00", nil}, // China had summer time then
		{"asia/kolkata", "2024-07-01 12:00:00", "", "2024-07-01 06:30:00", nil},
		{"Europe/Berlin", "2024-03-31 02:30:00", "", "", ErrGap},
		{"Europe/Berlin", "2024-10-27 02:30:00", "", "2024-10-27 01:30:00", nil}, // standard time
		{"Europe/Berlin", "2024-10-27 02:30:00", "CEST", "2024-10-27 00:30:00", nil},
		{"Europe/Berlin", "2024-10-27 02:30:00", "CET", "2024-10-27 01:30:00", nil},
		{"Europe/Berlin", "2024-07-27 02:30:00", "CET", "", ErrAbbreviation},
		{"America/New_York", "2024-03-10 02:00:00", "", "", ErrGap},
		{"America/New_York", "2024-03-10 03:00:00", "", "2024-03-10 07:00:00", nil},
		{"America/New_York", "2024-11-03 01:59:59", "", "2024-11-03 06:59:59", nil},
		{"America/New_York", "2024-11-03 01:59:59", "EDT", "2024-11-03 05:59:59", nil},
		{"Europe/Dublin", "2024-10-27 01:30:00", "", "2024-10-27 01:30:00", nil},
		{"Europe/Moscow", "2014-10-26 01:30:00", "", "", ErrUnsure}, // another standard time
		{"Asia/Shanghai", "1890-07-01 12:00:00", "", "", ErrUnsure}, // +08:05:43
		{"Europe/Berlin", "2050-07-01 12:00:00", "", "", ErrUnsure},
		{"Asia/Tokyo", "2050-07-01 12:00:00", "", "2050-07-01 03:00:00", nil},
		{"Asia/Kathmandu", "9999-12-31 23:00:00", "", "9999-12-31 17:15:00", nil},
		{"UTC", "2024-07-01 12:00:00", "", "2024-07-01 12:00:00", nil},
		{"Etc/GMT+5", "2024-07-01 12:00:00", "", "2024-07-01 17:00:00", nil},
	} {
		r, err := RegionNamed(c.zone)
		if err != nil {
			t.Errorf("%s: %v", c.zone, err)
			continue
		}
		z := Zone{Region: r}
		utc, _, err := z.UTC(at(t, c.local), c.abbr)
		if err != c.err || err == nil && utc.text() != c.utc {
			t.Errorf("%s %s %s: %s, %v, want %s, %v", c.local, c.zone, c.abbr, utc.text(), err, c.utc, c.err)
			continue
		}
		if err != nil {
			continue
		}
		b := utc.In(z)
		back, err := ZoneOf(b)
		if err != nil || back.Region != r {
			t.Errorf("%s: % x is %v, %v", c.zone, b, back, err)
		}
		minutes, _, err := back.At(utc)
		if err != nil {
			t.Error(err)
		}
		if local, err := utc.Add(0, int64(minutes)*60, 0); err != nil || local.text() != c.local {
			t.Errorf("%s %s comes back as %s, %v", c.local, c.zone, local.text(), err)
		}
	}
}

// TestRegionNumbers holds the numbers of some regions, and that none is there twice.
func TestRegionNumbers(t *testing.T) {
	for name, id := range map[string]int{"UTC": 5121, "GMT": 513, "Asia/Shanghai": 250, "PRC": 762, "Europe/Berlin": 383, "America/New_York": 100, "Asia/Kolkata": 772, "Asia/Calcutta": 260} {
		if r, err := RegionNamed(name); err != nil || r.ID != id {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
	names, missing := RegionNames(), 0
	seen := map[int]string{}
	for name, id := range names {
		if other := seen[id]; other != "" || id < 1 || id > 8191 {
			t.Errorf("%d is %s and %s", id, name, other)
		}
		seen[id] = name
		if _, err := RegionNamed(name); err != nil {
			missing++
			t.Logf("%s: no rules", name)
		}
	}
	if len(names) != 564 || missing > 10 {
		t.Errorf("%d regions, %d without rules", len(names), missing)
	}
	for name, want := range map[string]error{"Europe/Atlantis": ErrNoRegion, "Etc/UCT": ErrUnsure, "Europe/Kyiv": ErrUnsure, "": ErrNoRegion, "Local": ErrNoRegion, "../x": ErrNoRegion, "PST": ErrUnsure} {
		if _, err := RegionNamed(name); err != want {
			t.Errorf("%q: %v, want %v", name, err, want)
		}
	}
}
