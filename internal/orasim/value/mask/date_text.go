package mask

import (
	"fmt"
	"strconv"
	"strings"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/datetime"
)

// Moment is what a datetime is formatted from.
type Moment struct {
	datetime.Time // in its zone
	HasZone       bool
	Offset        int    // minutes east of UTC
	Region        string // "" for an offset
	Abbreviation  string // of what the region's clocks show, CEST; "" where it has none
	Fraction      int    // digits of fractional seconds the type has; -1 for a DATE, which has none
}

// FormatDate is TO_CHAR(d, model).
func FormatDate(d Moment, model string, nls NLS) (string, error) {
	m, err := dateModelOf(model)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for i := range m.elems {
		e := &m.elems[i]
		if e.code == "" {
			b.WriteString(e.text)
			continue
		}
		s, err := e.format(d, nls)
		if err != nil {
			return "", err
		}
		b.WriteString(s)
	}
	return b.String(), nil
}

// field gives the number of a numeric element with its width, and false for any other.
func (e *element) field(d Moment) (value, width int, ok bool, err error) {
	year := d.Year
	if year < 0 {
		year = -year
	}
	switch e.code {
	case "YYYY", "RRRR":
		return year, 4, true, nil
	case "SYYYY":
		return d.Year, 5, true, nil
	case "YYY":
		return year % 1000, 3, true, nil
	case "YY", "RR":
		return year % 100, 2, true, nil
	case "Y":
		return year % 10, 1, true, nil
	case "CC", "SCC":
		c := (year + 99) / 100
		if e.code == "SCC" {
			if d.Year < 0 {
				c = -c
			}
			return c, 3, true, nil
		}
		return c, 2, true, nil
	case "MM":
		return d.Month, 2, true, nil
	case "DD":
		return d.Day, 2, true, nil
	case "HH24":
		return d.Hour, 2, true, nil
	case "HH", "HH12":
		return (d.Hour+11)%12 + 1, 2, true, nil
	case "MI":
		return d.Minute, 2, true, nil
	case "SS":
		return d.Second, 2, true, nil
	case "SSSSS":
		return d.SecondOfDay(), 5, true, nil
	case "Q":
		return (d.Month-1)/3 + 1, 1, true, nil
	case "W":
		return (d.Day-1)/7 + 1, 1, true, nil
	case "D":
		w, err := d.Weekday()
		return w + 1, 1, true, err
	case "DDD":
		n, err := d.DayOfYear()
		return n, 3, true, err
	case "WW":
		n, err := d.DayOfYear()
		return (n-1)/7 + 1, 2, true, err
	case "J":
		j, err := d.Days()
		return j, 7, true, err
	case "IW", "IYYY", "IYY", "IY", "I":
		y, w, err := d.ISOWeek()
		switch e.code {
		case "IW":
			return w, 2, true, err
		case "IYYY":
			return y, 4, true, err
		case "IYY":
			return y % 1000, 3, true, err
		case "IY":
			return y % 100, 2, true, err
		}
		return y % 10, 1, true, err
	}
	return 0, 0, false, nil
}

func (e *element) format(d Moment, nls NLS) (string, error) {
	v, width, ok, err := e.field(d)
	if err != nil {
		return "", ora.Unsupported("format " + e.code + " of a date before year 1")
	}
	if ok {
		return e.number(v, width)
	}
	pad := func(s string, n int) string {
		if e.fill || len(s) >= n {
			return s
		}
		return s + strings.Repeat(" ", n-len(s))
	}
	switch e.code {
	case "MONTH", "MON", "DAY", "DY":
		if err := nls.language(); err != nil {
			return "", err
		}
		name := monthNames[d.Month]
		if e.code[0] == 'D' {
			w, err := d.Weekday()
			if err != nil {
				return "", ora.Unsupported("weekday of a date before year 1")
			}
			name = dayNames[w]
		}
		if e.code == "MON" || e.code == "DY" {
			return e.style.apply(name[:3]), nil
		}
		return pad(e.style.apply(name), 9), nil
	case "RM":
		return pad(e.style.apply(Roman(d.Month)), 4), nil
	case "AM", "PM", "A.M.", "P.M.":
		s := "AM"
		if d.Hour >= 12 {
			s = "PM"
		}
		if len(e.code) == 4 {
			s = s[:1] + "." + s[1:] + "."
		}
		if e.style == initCap {
			return s[:1] + strings.ToLower(s[1:]), nil
		}
		return e.style.apply(s), nil
	case "AD", "BC", "A.D.", "B.C.":
		s := "AD"
		if d.Year < 0 {
			s = "BC"
		}
		if len(e.code) == 4 {
			s = s[:1] + "." + s[1:] + "."
		}
		if e.style == initCap {
			return s[:1] + strings.ToLower(s[1:]), nil
		}
		return e.style.apply(s), nil
	case "Y,YYY":
		y := d.Year
		if y < 0 {
			y = -y
		}
		if e.fill && y < 1000 {
			return "", ora.Unsupported("format FMY,YYY of a year before 1000")
		}
		return fmt.Sprintf("%d,%03d", y/1000, y%1000), nil
	case "YEAR", "SYEAR":
		return e.yearInWords(d.Year)
	case "FF":
		if d.Fraction < 0 {
			return "", ora.New(1821)
		}
		digits := e.frac
		if digits == 0 {
			digits = d.Fraction
		}
		return fmt.Sprintf("%09d", d.Nano)[:digits], nil
	case "X":
		return string(nls.Decimal), nil
	case "TZH", "TZM", "TZR":
		if !d.HasZone {
			return "", ora.New(1821)
		}
		off, sign := d.Offset, "+"
		if off < 0 {
			off, sign = -off, "-"
		}
		switch e.code {
		case "TZH":
			return fmt.Sprintf("%s%02d", sign, off/60), nil
		case "TZM":
			return fmt.Sprintf("%02d", off%60), nil
		}
		if d.Region != "" {
			if e.style != upperCase {
				return "", ora.Unsupported("the region of a time zone in another case than TZR")
			}
			return strings.ToUpper(d.Region), nil // as the example of "Datetime Expressions" in the SQL Language Reference shows it
		}
		return fmt.Sprintf("%s%02d:%02d", sign, off/60, off%60), nil
	case "TZD":
		if !d.HasZone {
			return "", ora.New(1821)
		}
		if d.Region != "" && d.Abbreviation == "" {
			return "", ora.Unsupported("the abbreviation of " + d.Region)
		}
		return d.Abbreviation, nil // of offsets, nothing
	case "DL":
		return FormatDate(d, "fmDay, Month DD, YYYY", nls)
	case "DS":
		return FormatDate(d, "fmMM/DD/YYYY", nls)
	case "TS":
		return FormatDate(d, "fmHH:fmMI:SS AM", nls)
	}
	return "", ora.Unsupported("datetime format " + e.code)
}

func (e *element) number(v, width int) (string, error) {
	switch e.suffix {
	case "SP", "SPTH":
		words, err := spell(v, e.suffix == "SPTH")
		if err != nil {
			return "", err
		}
		return e.style.apply(words), nil
	}
	neg := v < 0
	if neg {
		v = -v
	}
	s := strconv.Itoa(v)
	signed := e.code == "SYYYY" || e.code == "SCC"
	if !e.fill {
		w := width
		if signed {
			w--
		}
		if len(s) < w {
			s = strings.Repeat("0", w-len(s)) + s
		}
	}
	if signed {
		switch {
		case neg:
			s = "-" + s
		case !e.fill:
			s = " " + s
		}
	}
	if e.suffix == "TH" {
		th := ordinal(v)
		if !e.sufLow {
			th = strings.ToUpper(th)
		}
		s += th
	}
	return s, nil
}

func ordinal(n int) string {
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			return "st"
		case 2:
			return "nd"
		case 3:
			return "rd"
		}
	}
	return "th"
}

var ones = [20]string{
	"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
	"seventeen", "eighteen", "nineteen",
}

var tens = [10]string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}

func below100(n int) string {
	switch {
	case n < 20:
		return ones[n]
	case n%10 == 0:
		return tens[n/10]
	}
	return tens[n/10] + "-" + ones[n%10]
}

// spell writes a number in words: FOUR, TWENTY-ONE, TWO THOUSAND EIGHT.
func spell(n int, th bool) (string, error) {
	if n < 0 || n > 5373484 {
		return "", ora.New(1877)
	}
	var parts []string
	if m := n / 1000000; m > 0 {
		parts = append(parts, below100(m)+" million")
	}
	group := func(g int) {
		if g >= 100 {
			parts = append(parts, ones[g/100]+" hundred")
			g %= 100
		}
		if g > 0 {
			parts = append(parts, below100(g))
		}
	}
	if k := n / 1000 % 1000; k > 0 {
		group(k)
		parts[len(parts)-1] += " thousand"
	}
	group(n % 1000)
	if len(parts) == 0 {
		parts = append(parts, "zero")
	}
	s := strings.Join(parts, " ")
	if !th {
		return s, nil
	}
	i := strings.LastIndexAny(s, " -") + 1
	last := s[i:]
	switch last {
	case "one":
		last = "first"
	case "two":
		last = "second"
	case "three":
		last = "third"
	case "five":
		last = "fifth"
	case "eight":
		last = "eighth"
	case "nine":
		last = "ninth"
	case "twelve":
		last = "twelfth"
	default:
		if strings.HasSuffix(last, "y") {
			last = last[:len(last)-1] + "ieth"
		} else {
			last += "th"
		}
	}
	return s[:i] + last, nil
}

// yearInWords: 1998 is NINETEEN NINETY-EIGHT, 2008 TWO THOUSAND EIGHT (only years whose words are certain).
func (e *element) yearInWords(year int) (string, error) {
	if year < 0 {
		return "", ora.Unsupported("format " + e.code + " of a year before 1")
	}
	hi, lo := year/100, year%100
	var s string
	switch {
	case hi%10 == 0 && lo < 100 && hi > 0 && lo < 10:
		s = ones[hi/10] + " thousand"
		if lo > 0 {
			s += " " + ones[lo]
		}
	case hi >= 10 && lo >= 10:
		s = below100(hi) + " " + below100(lo)
	case hi >= 10 && lo == 0:
		s = below100(hi) + " hundred"
	default:
		return "", ora.Unsupported(fmt.Sprintf("format %s of year %d", e.code, year))
	}
	if e.code == "SYEAR" {
		return "", ora.Unsupported("format SYEAR")
	}
	return e.style.apply(s), nil
}
