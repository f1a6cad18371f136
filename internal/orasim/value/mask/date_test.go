package mask

import (
	"strings"
	"testing"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/datetime"
)

var now = Moment{Time: datetime.Time{Year: 2024, Month: 5, Day: 17, Hour: 10}, Fraction: -1}

func TestDates(t *testing.T) {
	d := Moment{Time: datetime.Time{Year: 2024, Month: 5, Day: 7, Hour: 15, Minute: 4, Second: 9, Nano: 120340000}, HasZone: true, Offset: -330, Fraction: 6}
	for _, c := range []struct{ model, want string }{
		{"YYYY-MM-DD HH24:MI:SS", "2024-05-07 15:04:09"},
		{"DD-MON-RR", "07-MAY-24"},
		{"Month|", "May      |"},
		{"fmMonth DD, YYYY", "May 7, 2024"},
		{"DAY|Day|day", "TUESDAY  |Tuesday  |tuesday  "},
		{"DY Dy dy", "TUE Tue tue"},
		{"HH:MI:SS AM", "03:04:09 PM"},
		{"hh p.m.", "03 p.m."},
		{"SSSSS", "54249"},
		{"Q WW IW W D DDD J", "2 19 19 1 3 128 2460438"},
		{"FF FF3 FF9", "120340 120 120340000"},
		{"TZH:TZM TZR", "-05:30 -05:30"},
		{"CC SCC", "21  21"},
		{"Ddspth", "Seventh"},
		{"fmDDTH", "7TH"},
		{"fmDDth", "7th"},
		{"RM|fmRM", "V   |V"},
		{"\"Jahr\" YYYY\"!\"", "Jahr 2024!"},
		{"YEAR", "TWENTY TWENTY-FOUR"},
		{"SYYYY", " 2024"},
		{"B.C.", "A.D."},
		{"Y,YYY", "2,024"},
		{"IYYY IY", "2024 24"},
		{"HH24MISSXFF2", "150409.12"},
		{"YYYY\"年\"MM\"月\"", "2024年05月"},
		{"DL", "Tuesday, May 7, 2024"},
		{"DS", "5/7/2024"},
	} {
		got, err := FormatDate(d, c.model, American())
		if err != nil || got != c.want {
			t.Errorf("TO_CHAR(d, '%s') = %q, %v, want %q", c.model, got, err, c.want)
		}
	}
	for _, bad := range []string{"YYYY-ZQ", "foo", "\"open"} {
		if got, err := FormatDate(d, bad, American()); ora.Code(err) != 1821 {
			t.Errorf("model %q gives %q, %v", bad, got, err)
		}
	}
}

func TestParseDates(t *testing.T) {
	const show = "SYYYY-MM-DD HH24:MI:SS.FF9"
	for _, c := range []struct{ s, model, want string }{
		{"2024-02-29", "YYYY-MM-DD", "2024-02-29 00:00:00.000000000"},
		{"2024/2/9 7:5", "YYYY-MM-DD HH24:MI:SS", "2024-02-09 07:05:00.000000000"},
		{"20240229", "YYYY-MM-DD", "2024-02-29 00:00:00.000000000"},
		{"January 15, 1989, 11:00 A.M.", "Month dd, YYYY, HH:MI A.M.", "1989-01-15 11:00:00.000000000"},
		{"07-MAY-24", "DD-MON-RR", "2024-05-07 00:00:00.000000000"},
		{"07-MAY-98", "DD-MON-RR", "1998-05-07 00:00:00.000000000"},
		{"07-May-1998", "DD-MON-RR", "1998-05-07 00:00:00.000000000"},
		{"27-OCT-17", "DD-MON-YY", "2017-10-27 00:00:00.000000000"},
		{"07-JANUARY-24", "DD-MON-RR", "2024-01-07 00:00:00.000000000"},
		{"12:30 AM", "HH:MI AM", "2024-05-01 00:30:00.000000000"},
		{"12 PM", "HH PM", "2024-05-01 12:00:00.000000000"},
		{"2024", "YYYY", "2024-05-01 00:00:00.000000000"},
		{"2460438", "J", "2024-05-07 00:00:00.000000000"},
		{"128 2024", "DDD YYYY", "2024-05-07 00:00:00.000000000"},
		{"10.05.1582", "DD.MM.YYYY", "1582-05-10 00:00:00.000000000"},
		{"10.10.1582", "DD.MM.YYYY", "1582-10-15 00:00:00.000000000"},
		{"2024-05-07 10:11:12.5", "YYYY-MM-DD HH24:MI:SS.FF", "2024-05-07 10:11:12.500000000"},
		{"2024-05-07T10:11:12", "YYYY-MM-DD\"T\"HH24:MI:SS", "2024-05-07 10:11:12.000000000"},
		{"44 BC 03 15", "YYYY BC MM DD", "-0044-03-15 00:00:00.000000000"},
		{"-0044-03-15", "SYYYY-MM-DD", "-0044-03-15 00:00:00.000000000"},
		{"20240507101112", "YYYYMMDDHH24MISS", "2024-05-07 10:11:12.000000000"},
		{"54249", "SSSSS", "2024-05-01 15:04:09.000000000"},
		{"  2024-01-01  ", "YYYY-MM-DD", "2024-01-01 00:00:00.000000000"},
	} {
		got, err := ParseDate(c.s, c.model, IntoTimestamp, now, American())
		if err != nil {
			t.Errorf("TO_DATE('%s', '%s'): %v", c.s, c.model, err)
			continue
		}
		text, err := FormatDate(got, show, American())
		if err != nil || strings.TrimLeft(text, " ") != c.want {
			t.Errorf("TO_DATE('%s', '%s') = %s, %v, want %s", c.s, c.model, text, err, c.want)
		}
	}
	for _, c := range []struct {
		s, model string
		code     int
	}{
		{"2024-02-30", "YYYY-MM-DD", 1839},
		{"2024-13-01", "YYYY-MM-DD", 1843},
		{"2024-01-32", "YYYY-MM-DD", 1847},
		{"2024-01", "YYYY-MM-DD", 1840},
		{"2024-01-01x", "YYYY-MM-DD", 1830},
		{"abc", "YYYY", 1858},
		{"2024", "YYYY YYYY", 1840},
		{"25:00", "HH24:MI", 1850},
		{"13", "HH", 1849},
		{"10:60", "HH24:MI", 1851},
		{"2024", "QQ", 1820},
		{"0000", "YYYY", 1841},
		{"07-FOO-24", "DD-MON-RR", 1843},
		{"Monday 2024-05-07", "DAY YYYY-MM-DD", 1835},
		{"13 AM", "HH24 AM", 1818},
		{"2024-1-1", "FXYYYY-MM-DD", 1862},
		{"", "YYYY", 1840},
	} {
		got, err := ParseDate(c.s, c.model, IntoDate, now, American())
		if ora.Code(err) != c.code {
			t.Errorf("TO_DATE('%s', '%s') = %v, %v, want ORA-%05d", c.s, c.model, got, err, c.code)
		}
	}
	z, err := ParseDate("2024-05-07 10:00 -05:30", "YYYY-MM-DD HH24:MI TZH:TZM", IntoZoned, now, American())
	if err != nil || z.Offset != -330 {
		t.Errorf("zone: %v, %v", z, err)
	}
}

// FuzzParseDate looks for dates that do not exist and for panics.
func FuzzParseDate(f *testing.F) {
	f.Add("2024-02-29 10:11:12", "YYYY-MM-DD HH24:MI:SS")
	f.Add("07-MAY-24", "DD-MON-RR")
	f.Add("Month 7", "\"Month\" fmDD")
	f.Fuzz(func(t *testing.T, s, model string) {
		d, err := ParseDate(s, model, IntoZoned, now, American())
		if err != nil {
			return
		}
		check := d.Time
		if check.Valid() != 0 {
			t.Fatalf("TO_DATE(%q, %q) = %v", s, model, d)
		}
		_, _ = FormatDate(d, model, American())
	})
}
