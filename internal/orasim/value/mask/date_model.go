package mask

import (
	"strings"
	"sync"

	"landfall/internal/orasim/ora"
)

// element is one piece of a datetime format model.
type element struct {
	code   string // upper case; "" for literal text
	text   string // literal text: quoted, or punctuation
	quoted bool
	style  caseStyle // of what is spelt out
	suffix string    // TH, SP, SPTH
	sufLow bool      // th in lower case
	fill   bool      // FM is on here
	exact  bool      // FX is on here
	frac   int       // digits of FF
}

type caseStyle uint8

const (
	upperCase caseStyle = iota
	initCap
	lowerCase
)

// codes are the elements, longer ones before those they begin with.
var codes = []string{
	"A.D.", "B.C.", "A.M.", "P.M.", "AD", "BC", "AM", "PM", "SCC", "CC", "DAY", "DDD", "DD", "DL", "DS", "DY", "D",
	"EE", "E", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "FF7", "FF8", "FF9", "FF", "HH12", "HH24", "HH",
	"IYYY", "IYY", "IY", "IW", "I", "J", "MONTH", "MON", "MI", "MM", "Q", "RM", "RRRR", "RR", "SSSSS", "SS",
	"SYYYY", "SYEAR", "TS", "TZD", "TZH", "TZM", "TZR", "WW", "W", "X", "YYYY", "Y,YYY", "YYY", "YY", "YEAR", "Y",
}

type dateModel struct {
	elems []element
	ff    bool // has fractions, zones: for timestamps only
	zone  bool
}

var dateModels sync.Map // text -> *dateModel or error

func dateModelOf(text string) (*dateModel, error) {
	if m, ok := dateModels.Load(text); ok {
		switch m := m.(type) {
		case *dateModel:
			return m, nil
		case error:
			return nil, m
		}
	}
	m, err := readDateModel(text)
	if err != nil {
		dateModels.Store(text, err)
		return nil, err
	}
	dateModels.Store(text, m)
	return m, nil
}

func readDateModel(text string) (*dateModel, error) {
	m := &dateModel{}
	upper := strings.ToUpper(text)
	if len(upper) != len(text) {
		return nil, ora.New(1821)
	}
	fill, exact := false, false
	for i := 0; i < len(text); {
		rest := upper[i:]
		switch {
		case text[i] == '"':
			n := strings.IndexByte(text[i+1:], '"')
			if n < 0 {
				return nil, ora.New(1821)
			}
			m.elems = append(m.elems, element{text: text[i+1 : i+1+n], quoted: true, exact: exact})
			i += n + 2
			continue
		case strings.HasPrefix(rest, "FM"):
			fill = !fill
			i += 2
			continue
		case strings.HasPrefix(rest, "FX"):
			exact = !exact
			i += 2
			continue
		}
		c := text[i]
		if c < 0x80 && !letter(c) && !('0' <= c && c <= '9') {
			m.elems = append(m.elems, element{text: string(c), exact: exact})
			i++
			continue
		}
		e, n := element{}, 0
		for _, code := range codes {
			if strings.HasPrefix(rest, code) {
				e, n = element{code: code, fill: fill, exact: exact}, len(code)
				break
			}
		}
		if n == 0 {
			return nil, ora.New(1821)
		}
		raw := text[i : i+n]
		e.style = styleOf(raw)
		if strings.HasPrefix(e.code, "FF") {
			e.frac, m.ff = 0, true
			if len(e.code) == 3 {
				e.frac = int(e.code[2] - '0')
			}
			e.code = "FF"
		}
		if strings.HasPrefix(e.code, "TZ") {
			m.zone = true
		}
		i += n
		for _, suffix := range []string{"SPTH", "THSP", "SP", "TH"} {
			if strings.HasPrefix(upper[i:], suffix) && numeric[e.code] {
				e.suffix, e.sufLow = strings.Replace(suffix, "THSP", "SPTH", 1), letterLow(text[i])
				i += len(suffix)
				break
			}
		}
		m.elems = append(m.elems, e)
	}
	return m, nil
}

// numeric are the elements that suffixes can follow.
var numeric = map[string]bool{
	"CC": true, "D": true, "DD": true, "DDD": true, "HH": true, "HH12": true, "HH24": true, "IW": true, "J": true, "MI": true, "MM": true, "Q": true, "SS": true,
	"SSSSS": true, "W": true, "WW": true, "YYYY": true, "YYY": true, "YY": true, "Y": true, "IYYY": true, "RR": true, "RRRR": true,
}

// styleOf: DAY is upper case, Day capitalised, day and dAY lower case.
func styleOf(raw string) caseStyle {
	var letters []byte
	for i := range len(raw) {
		if letter(raw[i]) {
			letters = append(letters, raw[i])
		}
	}
	switch {
	case len(letters) == 0 || letterLow(letters[0]):
		return lowerCase
	case len(letters) > 1 && letterLow(letters[1]):
		return initCap
	}
	return upperCase
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func letterLow(c byte) bool { return 'a' <= c && c <= 'z' }

func (s caseStyle) apply(text string) string {
	switch s {
	case upperCase:
		return strings.ToUpper(text)
	case lowerCase:
		return strings.ToLower(text)
	}
	b := []byte(strings.ToLower(text))
	start := true
	for i, c := range b {
		if letter(c) && start {
			b[i] = c - 'a' + 'A'
		}
		start = !letter(c)
	}
	return string(b)
}

var monthNames = [13]string{
	"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
}

var dayNames = [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// language refuses names of days and months that are not known.
func (n NLS) language() error {
	if n.DateLanguage == "AMERICAN" || n.DateLanguage == "ENGLISH" {
		return nil
	}
	return ora.Unsupported("names of days and months in " + n.DateLanguage)
}

// DayOfWeek finds a weekday by its name or an unambiguous beginning of at least three letters, 0 for Sunday.
func DayOfWeek(s string, nls NLS) (int, error) {
	if err := nls.language(); err != nil {
		return 0, err
	}
	s = strings.ToUpper(strings.TrimSpace(s))
	for i, d := range dayNames {
		if len(s) >= 3 && strings.HasPrefix(s, strings.ToUpper(d[:3])) {
			return i, nil
		}
	}
	return 0, ora.New(1846)
}
