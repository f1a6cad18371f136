package mask

import (
	"strings"

	"landfall/internal/orasim/ora"
)

// Target says what a text is read into.
type Target uint8

// Targets of ParseDate.
const (
	IntoDate Target = iota
	IntoTimestamp
	IntoZoned
)

// reader walks over a text by a model.
type reader struct {
	s    string
	i    int
	nls  NLS
	seen map[string]bool

	year, month, day, hour, minute, second, nano int
	half                                         int // 1 AM, 2 PM
	era                                          int // 1 AD, -1 BC
	dayOfYear, julian, secondsOfDay, weekday     int // -1: not given
	hasYear, hasMonth, hasDay, twelve            bool
	zoneSign, zoneHour, zoneMinute               int
	hasZone                                      bool
	region, abbreviation                         string
}

// ParseDate is TO_DATE, TO_TIMESTAMP and TO_TIMESTAMP_TZ with a model. What the text leaves out is the first day of the
// month of now, at midnight, in the zone of now.
func ParseDate(s, model string, into Target, now Moment, nls NLS) (Moment, error) {
	m, err := dateModelOf(model)
	if err != nil {
		return Moment{}, err
	}
	if into == IntoDate && (m.ff || m.zone) {
		return Moment{}, ora.New(1821)
	}
	if into == IntoTimestamp && m.zone {
		return Moment{}, ora.New(1821)
	}
	r := &reader{s: s, nls: nls, seen: map[string]bool{}, dayOfYear: -1, julian: -1, secondsOfDay: -1, weekday: -1}
	for r.i < len(s) && (s[r.i] == ' ' || s[r.i] == '\t') && !m.exact() {
		r.i++
	}
	if r.i == len(s) {
		return Moment{}, ora.New(1840)
	}
	for i := range m.elems {
		e := &m.elems[i]
		if r.i >= len(s) {
			if err := r.rest(m.elems[i:]); err != nil {
				return Moment{}, err
			}
			break
		}
		if e.code == "" {
			err = r.literal(e)
		} else {
			var next *element
			if i+1 < len(m.elems) {
				next = &m.elems[i+1]
			}
			err = r.element(e, next, now)
		}
		if err != nil {
			return Moment{}, err
		}
	}
	if strings.TrimRight(s[r.i:], " \t") != "" {
		return Moment{}, ora.New(1830)
	}
	return r.finish(now, into)
}

func (m *dateModel) exact() bool { return len(m.elems) > 0 && m.elems[0].exact }

// rest decides what may be missing at the end: times, and punctuation.
func (r *reader) rest(elems []element) error {
	for i := range elems {
		e := &elems[i]
		switch e.code {
		case "", "HH", "HH12", "HH24", "MI", "SS", "SSSSS", "FF", "X", "TZH", "TZM", "TZR", "TZD", "AM", "PM", "A.M.", "P.M.":
			if e.exact {
				return ora.New(1862)
			}
		default:
			return ora.New(1840)
		}
	}
	return nil
}

func (r *reader) literal(e *element) error {
	if e.quoted || e.exact {
		if strings.HasPrefix(r.s[r.i:], e.text) {
			r.i += len(e.text)
			return nil
		}
		return ora.New(1861)
	}
	c := r.s[r.i]
	if e.text == " " {
		// blanks in the model stand for any number of blanks, or for punctuation
		if c == ' ' || c == '\t' {
			for r.i < len(r.s) && (r.s[r.i] == ' ' || r.s[r.i] == '\t') {
				r.i++
			}
			return nil
		}
	}
	if alnum(c) || c >= 0x80 {
		return nil // punctuation may be left out
	}
	if e.text != " " && c == ' ' && e.text != string(c) {
		// a blank matches any punctuation, and further blanks are skipped
		for r.i < len(r.s) && r.s[r.i] == ' ' {
			r.i++
		}
		if r.i < len(r.s) && r.s[r.i] == e.text[0] {
			r.i++
		}
		return nil
	}
	r.i++
	return nil
}

func alnum(c byte) bool { return letter(c) || '0' <= c && c <= '9' }

// digits reads up to n digits after blanks.
func (r *reader) digits(e *element, n int) (v, count int, err error) {
	if !e.exact {
		for r.i < len(r.s) && r.s[r.i] == ' ' {
			r.i++
		}
	}
	if r.i >= len(r.s) {
		return 0, 0, ora.New(1840)
	}
	for count < n && r.i < len(r.s) && '0' <= r.s[r.i] && r.s[r.i] <= '9' {
		v = v*10 + int(r.s[r.i]-'0')
		r.i++
		count++
	}
	if count == 0 {
		return 0, 0, ora.New(1858)
	}
	if e.exact && !e.fill && count < n {
		return 0, 0, ora.New(1862)
	}
	return v, count, nil
}

// once refuses a field that was given already.
func (r *reader) once(field string, code int) error {
	if r.seen[field] {
		return ora.New(code)
	}
	r.seen[field] = true
	return nil
}

func (r *reader) element(e, next *element, now Moment) error {
	number := func(field string, dup, n int, to *int, low, high, bad int) error {
		if err := r.once(field, dup); err != nil {
			return err
		}
		v, _, err := r.digits(e, n)
		if err != nil {
			return err
		}
		if v < low || v > high {
			return ora.New(bad)
		}
		*to = v
		return nil
	}
	switch e.code {
	case "YYYY", "SYYYY", "RRRR", "RR", "YYY", "YY", "Y", "Y,YYY":
		if err := r.once("year", 1812); err != nil {
			return err
		}
		return r.readYear(e, next, now)
	case "MM":
		if err := r.once("month", 1816); err != nil {
			return err
		}
		r.hasMonth = true
		if !e.exact && r.i < len(r.s) && letter(r.s[r.i]) {
			return r.monthName()
		}
		v, _, err := r.digits(e, 2)
		if err != nil {
			return err
		}
		if v < 1 || v > 12 {
			return ora.New(1843)
		}
		r.month = v
		return nil
	case "MON", "MONTH":
		if err := r.once("month", 1816); err != nil {
			return err
		}
		r.hasMonth = true
		for !e.exact && r.i < len(r.s) && r.s[r.i] == ' ' {
			r.i++
		}
		if r.i < len(r.s) && '0' <= r.s[r.i] && r.s[r.i] <= '9' {
			if e.exact {
				return ora.New(1843)
			}
			v, _, err := r.digits(e, 2)
			if err != nil || v < 1 || v > 12 {
				return ora.New(1843)
			}
			r.month = v
			return nil
		}
		return r.monthName()
	case "RM":
		if err := r.once("month", 1816); err != nil {
			return err
		}
		return r.romanMonth()
	case "DD":
		r.hasDay = true
		return number("day", 1810, 2, &r.day, 1, 31, 1847)
	case "DDD":
		return number("dayofyear", 1810, 3, &r.dayOfYear, 1, 366, 1848)
	case "J":
		return number("julian", 1810, 7, &r.julian, 1, 5373484, 1854)
	case "HH24":
		return number("hour", 1813, 2, &r.hour, 0, 23, 1850)
	case "HH", "HH12":
		r.twelve = true
		return number("hour", 1813, 2, &r.hour, 1, 12, 1849)
	case "MI":
		return number("minute", 1810, 2, &r.minute, 0, 59, 1851)
	case "SS":
		return number("second", 1810, 2, &r.second, 0, 59, 1852)
	case "SSSSS":
		return number("seconds", 1810, 5, &r.secondsOfDay, 0, 86399, 1853)
	case "FF":
		return r.fraction(e)
	case "X":
		if r.s[r.i] == r.nls.Decimal || r.s[r.i] == '.' {
			r.i++
		}
		return nil
	case "AM", "PM", "A.M.", "P.M.":
		return r.meridian(e)
	case "AD", "BC", "A.D.", "B.C.":
		return r.readEra(e)
	case "DAY", "DY":
		return r.weekdayName(e)
	case "D":
		return ora.Unsupported("reading a date with format D")
	case "TZH", "TZM", "TZR":
		return r.zone(e)
	case "TZD":
		from := r.i
		for r.i < len(r.s) && letter(r.s[r.i]) {
			r.i++
		}
		if from == r.i {
			return ora.New(1857)
		}
		r.abbreviation = r.s[from:r.i]
		return nil
	case "DS":
		return r.sub("MM/DD/YYYY", now)
	case "CC", "SCC", "IW", "WW", "W", "Q", "IYYY", "IYY", "IY", "I", "YEAR", "SYEAR":
		return ora.New(1820)
	}
	return ora.Unsupported("reading a date with format " + e.code)
}

func (r *reader) sub(model string, now Moment) error {
	m, err := dateModelOf(model)
	if err != nil {
		return err
	}
	for i := range m.elems {
		e := &m.elems[i]
		if r.i >= len(r.s) {
			return ora.New(1840)
		}
		if e.code == "" {
			err = r.literal(e)
		} else {
			err = r.element(e, nil, now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) readYear(e, next *element, now Moment) error {
	r.hasYear = true
	sign := 1
	if e.code == "SYYYY" {
		for r.i < len(r.s) && r.s[r.i] == ' ' {
			r.i++
		}
		if r.i < len(r.s) && (r.s[r.i] == '-' || r.s[r.i] == '+') {
			if r.s[r.i] == '-' {
				sign = -1
			}
			r.i++
		}
	}
	width := map[string]int{"YYYY": 4, "SYYYY": 4, "RRRR": 4, "RR": 2, "YYY": 3, "YY": 2, "Y": 1, "Y,YYY": 5}[e.code]
	if e.code == "Y,YYY" {
		v, _, err := r.digits(e, 1)
		if err != nil {
			return err
		}
		if r.i < len(r.s) && r.s[r.i] == ',' {
			r.i++
		}
		w, n, err := r.digits(e, 3)
		if err != nil {
			return err
		}
		if n != 3 {
			return ora.New(1862)
		}
		r.year = v*1000 + w
		return nil
	}
	// YY and RR take four digits where four stand and nothing follows that could be meant by them
	if (e.code == "RR" || e.code == "YY") && !e.exact && (next == nil || next.code == "") {
		run := 0
		for j := r.i; j < len(r.s) && '0' <= r.s[j] && r.s[j] <= '9'; j++ {
			run++
		}
		if run == 4 {
			width = 4
		}
		if run == 3 {
			return ora.Unsupported("reading a year of three digits with format " + e.code)
		}
	}
	v, n, err := r.digits(e, width)
	if err != nil {
		return err
	}
	switch {
	case e.code == "RR" && n <= 2 || e.code == "RRRR" && n <= 2:
		century := now.Year / 100 * 100
		switch {
		case v < 50 && now.Year%100 >= 50:
			century += 100
		case v >= 50 && now.Year%100 < 50:
			century -= 100
		}
		v += century
	case e.code == "YY" && n <= 2:
		v += now.Year / 100 * 100
	case e.code == "YYY":
		v += now.Year / 1000 * 1000
	case e.code == "Y":
		v += now.Year / 10 * 10
	}
	if v == 0 || v > 9999 {
		return ora.New(1841)
	}
	r.year = v * sign
	if r.year < -4712 {
		return ora.New(1841)
	}
	return nil
}

func (r *reader) monthName() error {
	if err := r.nls.language(); err != nil {
		return err
	}
	up := strings.ToUpper(r.s[r.i:])
	for m := 1; m <= 12; m++ {
		full := strings.ToUpper(monthNames[m])
		if strings.HasPrefix(up, full) {
			r.month = m
			r.i += len(full)
			return nil
		}
	}
	for m := 1; m <= 12; m++ {
		if strings.HasPrefix(up, strings.ToUpper(monthNames[m][:3])) {
			if len(up) > 3 && letter(up[3]) {
				return ora.New(1843)
			}
			r.month = m
			r.i += 3
			return nil
		}
	}
	return ora.New(1843)
}

func (r *reader) romanMonth() error {
	j := r.i
	for j < len(r.s) && letter(r.s[j]) {
		j++
	}
	for m := 1; m <= 12; m++ {
		if strings.EqualFold(Roman(m), r.s[r.i:j]) {
			r.month, r.i, r.hasMonth = m, j, true
			return nil
		}
	}
	return ora.New(1843)
}

func (r *reader) fraction(e *element) error {
	width := e.frac
	if width == 0 {
		width = 9
	}
	v, n, err := r.digits(e, width)
	if err != nil {
		return err
	}
	for ; n < 9; n++ {
		v *= 10
	}
	r.nano = v
	return nil
}

func (r *reader) meridian(e *element) error {
	for r.i < len(r.s) && r.s[r.i] == ' ' {
		r.i++
	}
	up := strings.ToUpper(r.s[r.i:])
	for k, names := range [2][2]string{{"AM", "A.M."}, {"PM", "P.M."}} {
		for _, name := range names {
			if strings.HasPrefix(up, name) {
				r.half = k + 1
				r.i += len(name)
				return nil
			}
		}
	}
	return ora.New(1855)
}

func (r *reader) readEra(e *element) error {
	for r.i < len(r.s) && r.s[r.i] == ' ' {
		r.i++
	}
	up := strings.ToUpper(r.s[r.i:])
	for k, names := range [2][2]string{{"AD", "A.D."}, {"BC", "B.C."}} {
		for _, name := range names {
			if strings.HasPrefix(up, name) {
				r.era = 1 - 2*k
				r.i += len(name)
				return nil
			}
		}
	}
	return ora.New(1865)
}

func (r *reader) weekdayName(e *element) error {
	if err := r.nls.language(); err != nil {
		return err
	}
	for r.i < len(r.s) && r.s[r.i] == ' ' {
		r.i++
	}
	up := strings.ToUpper(r.s[r.i:])
	for d, name := range dayNames {
		if full := strings.ToUpper(name); strings.HasPrefix(up, full) {
			r.weekday = d
			r.i += len(full)
			return nil
		}
	}
	for d, name := range dayNames {
		if strings.HasPrefix(up, strings.ToUpper(name[:3])) {
			r.weekday = d
			r.i += 3
			return nil
		}
	}
	return ora.New(1846)
}

func (r *reader) zone(e *element) error {
	if e.code == "TZM" {
		v, _, err := r.digits(e, 2)
		if err != nil {
			return err
		}
		if v > 59 {
			return ora.New(1875)
		}
		r.zoneMinute = v
		return nil
	}
	for r.i < len(r.s) && r.s[r.i] == ' ' {
		r.i++
	}
	if r.i >= len(r.s) {
		return ora.New(1840)
	}
	r.zoneSign, r.hasZone = 1, true
	switch c := r.s[r.i]; {
	case c == '+' || c == '-':
		if c == '-' {
			r.zoneSign = -1
		}
		r.i++
	case letter(c) && e.code == "TZR":
		from := r.i
		for r.i < len(r.s) && (letter(r.s[r.i]) || strings.IndexByte("/_+-0123456789", r.s[r.i]) >= 0) {
			r.i++
		}
		r.region = r.s[from:r.i]
		return nil
	case letter(c):
		return ora.New(1874)
	}
	v, _, err := r.digits(e, 2)
	if err != nil {
		return err
	}
	if v > 15 {
		return ora.New(1874)
	}
	r.zoneHour = v
	if e.code == "TZR" && r.i < len(r.s) && r.s[r.i] == ':' {
		r.i++
		if v, _, err = r.digits(e, 2); err != nil {
			return err
		}
		if v > 59 {
			return ora.New(1875)
		}
		r.zoneMinute = v
	}
	return nil
}
