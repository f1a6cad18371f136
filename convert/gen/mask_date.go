package gen

import (
	"fmt"
	"strings"
	"time"
)

// maskPart is one piece of a datetime format model: an element by its canonical name, or text that stands for itself.
type maskPart struct {
	element string // YYYY, MON, FM ...; "" for text
	text    string // as written
	lit     bool   // text from quotes
}

// dateElements are the elements of a datetime format model, longer ones before those they begin with (SQL Language
// Reference 19c, "Datetime Format Models").
var dateElements = []string{
	"SYYYY", "YYYY", "Y,YYY", "YYY", "YEAR", "SYEAR", "YY", "Y", "RRRR", "RR", "IYYY", "IYY", "IY", "IW", "I", "A.D.", "B.C.", "A.M.", "P.M.", "AD", "BC", "AM", "PM",
	"SCC", "CC", "MONTH", "MON", "MM", "MI", "DAY", "DDD", "DD", "DY", "DL", "DS", "D", "FF", "FM", "FX", "HH24", "HH12", "HH", "J", "Q", "RM", "SSSSS", "SS",
	"SPTH", "THSP", "SP", "TH", "TS", "TZD", "TZH", "TZM", "TZR", "WW", "W", "X", "EE", "E",
}

// parseDateMask cuts a datetime format model into its pieces. ok is false for what Oracle would refuse with ORA-01821.
func parseDateMask(mask string) (parts []maskPart, ok bool) {
	for i := 0; i < len(mask); {
		c := mask[i]
		switch {
		case c == '"':
			end := strings.IndexByte(mask[i+1:], '"')
			if end < 0 {
				return nil, false
			}
			parts = append(parts, maskPart{text: mask[i+1 : i+1+end], lit: true})
			i += end + 2
			continue
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			e := elementAt(mask[i:])
			if e == "" {
				return nil, false
			}
			n := len(e)
			if e == "FF" && i+2 < len(mask) && mask[i+2] >= '1' && mask[i+2] <= '9' {
				n, e = 3, "FF"+mask[i+2:i+3]
			}
			parts = append(parts, maskPart{element: e, text: mask[i : i+n]})
			i += n
			continue
		case c >= '0' && c <= '9', c >= 0x80:
			return nil, false
		}
		parts = append(parts, maskPart{text: mask[i : i+1]})
		i++
	}
	return parts, true
}

func elementAt(s string) string {
	best := ""
	for _, e := range dateElements {
		if len(e) > len(best) && len(s) >= len(e) && strings.EqualFold(s[:len(e)], e) {
			best = e
		}
	}
	return best
}

// pgDateMask translates a datetime format model of TO_CHAR for PostgreSQL's to_char. ok is false where that has no
// element of the same meaning (PostgreSQL, "Data Type Formatting Functions", table "Template Patterns").
func pgDateMask(mask string) (string, bool) {
	parts, ok := parseDateMask(mask)
	if !ok {
		return "", false
	}
	var b strings.Builder
	fill := false // FM switches for all that follows in Oracle, for the next element only in PostgreSQL
	for _, p := range parts {
		switch e := p.element; e {
		case "":
			if p.lit {
				if p.text != "" {
					b.WriteString(`"` + strings.ReplaceAll(p.text, `\`, `\\`) + `"`)
				}
				continue
			}
			if strings.Contains(`\`, p.text) {
				return "", false
			}
			b.WriteString(p.text)
			continue
		case "FM":
			fill = !fill
			continue
		case "YYYY", "YYY", "YY", "Y", "Y,YYY", "IYYY", "IYY", "IY", "I", "MM", "DD", "DDD", "D", "HH24", "HH12", "HH", "MI", "SS", "Q", "WW", "W", "IW", "J", "CC", "TZH", "TZM":
			writeElement(&b, fill, e)
		case "RR":
			writeElement(&b, fill, "YY")
		case "RRRR":
			writeElement(&b, fill, "YYYY")
		case "MONTH", "MON", "DAY", "DY":
			writeElement(&b, fill, letterCase(p.text, e))
		case "AM", "PM", "A.M.", "P.M.", "AD", "BC", "A.D.", "B.C.":
			if p.text != strings.ToUpper(p.text) && p.text != strings.ToLower(p.text) {
				return "", false
			}
			b.WriteString(p.text)
		case "FF1", "FF2", "FF3", "FF4", "FF5", "FF6":
			b.WriteString(e)
		case "X":
			b.WriteString(".")
		default:
			return "", false
		}
	}
	return b.String(), true
}

func writeElement(b *strings.Builder, fill bool, e string) {
	if fill {
		b.WriteString("FM")
	}
	b.WriteString(e)
}

// letterCase gives names of days and months the case that Oracle reads from the first two letters of the element.
func letterCase(written, element string) string {
	switch {
	case written[0] >= 'a':
		return strings.ToLower(element)
	case len(written) > 1 && written[1] >= 'a':
		return element[:1] + strings.ToLower(element[1:])
	}
	return element
}

var monthNames = [...]string{"JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"}

// readDate reads a constant by a constant mask as TO_DATE and TO_TIMESTAMP do, for masks that name the whole date, so
// that the result does not hang on the day of the run. fraction has the digits of FF. ok is false when it is unsure.
func readDate(text, mask string) (t time.Time, fraction string, ok bool) {
	parts, ok := parseDateMask(mask)
	if !ok {
		return t, "", false
	}
	r := dateReader{s: strings.TrimSpace(text), year: -1, month: -1, day: -1, hour: -1}
	for i, p := range parts {
		if !r.read(p, i+1 < len(parts) && parts[i+1].element == "" && !parts[i+1].lit || i+1 == len(parts)) {
			return t, "", false
		}
	}
	if r.i != len(r.s) || r.year < 1 || r.month < 1 || r.year > 9999 {
		return t, "", false
	}
	if r.day < 0 {
		r.day = 1
	}
	if !r.clock() {
		return t, "", false
	}
	t = time.Date(r.year, time.Month(r.month), r.day, r.hour, r.minute, r.second, 0, time.UTC)
	if t.Day() != r.day || int(t.Month()) != r.month {
		return t, "", false
	}
	return t, r.fraction, true
}

type dateReader struct {
	s                                      string
	i                                      int
	year, month, day, hour, minute, second int
	fraction                               string
	pm, am, half                           bool
}

// clock puts hour and AM or PM together.
func (r *dateReader) clock() bool {
	if r.hour < 0 {
		r.hour = 0
		return !r.pm && !r.am && !r.half
	}
	if r.half {
		if r.hour < 1 || r.hour > 12 || !r.pm && !r.am {
			return false
		}
		r.hour %= 12
		if r.pm {
			r.hour += 12
		}
	} else if r.pm || r.am {
		return false
	}
	return r.hour < 24 && r.minute < 60 && r.second < 60
}

// read takes one element. end tells that punctuation or the end follows, so that fewer digits can stand.
func (r *dateReader) read(p maskPart, end bool) bool {
	switch p.element {
	case "":
		if p.lit {
			if !strings.HasPrefix(r.s[r.i:], p.text) {
				return false
			}
			r.i += len(p.text)
			return true
		}
		if r.i < len(r.s) && r.s[r.i] == p.text[0] {
			r.i++
			return true
		}
		return false
	case "FM":
		return true
	case "YYYY", "RRRR":
		n, digits := r.number(4, end)
		if digits != 4 {
			return false
		}
		r.year = n
		return true
	case "RR", "YY":
		width := 2
		if end {
			width = 4
		}
		n, digits := r.number(width, end)
		switch {
		case digits == 4:
		case digits != 2 || p.element == "YY":
			return false
		case n < 50:
			n += 2000 // RR: with the current year in the first half of its century (SQL Language Reference, "The RR Datetime Format Element")
		default:
			n += 1900
		}
		r.year = n
		return true
	case "MM":
		return r.field(&r.month, end)
	case "DD":
		return r.field(&r.day, end)
	case "HH24":
		return r.field(&r.hour, end)
	case "HH", "HH12":
		r.half = true
		return r.field(&r.hour, end)
	case "MI":
		return r.field(&r.minute, end)
	case "SS":
		return r.field(&r.second, end)
	case "MON", "MONTH":
		for k, name := range monthNames {
			for _, w := range []string{name, name[:3]} {
				if len(r.s) >= r.i+len(w) && strings.EqualFold(r.s[r.i:r.i+len(w)], w) {
					r.i += len(w)
					r.month = k + 1
					return true
				}
			}
		}
		return false
	case "AM", "PM":
		if len(r.s) < r.i+2 {
			return false
		}
		switch strings.ToUpper(r.s[r.i : r.i+2]) {
		case "AM":
			r.am = true
		case "PM":
			r.pm = true
		default:
			return false
		}
		r.i += 2
		return true
	case "FF", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6":
		from := r.i
		if _, digits := r.number(6, true); digits == 0 {
			return false
		}
		r.fraction = r.s[from:r.i]
		return true
	}
	return false
}

func (r *dateReader) field(to *int, end bool) bool {
	n, digits := r.number(2, end)
	if digits == 0 || digits < 2 && !end {
		return false
	}
	*to = n
	return true
}

// number reads up to width digits.
func (r *dateReader) number(width int, _ bool) (n, digits int) {
	for digits < width && r.i < len(r.s) && r.s[r.i] >= '0' && r.s[r.i] <= '9' {
		n = n*10 + int(r.s[r.i]-'0')
		r.i++
		digits++
	}
	return n, digits
}

// timestampLiteral writes a constant of type timestamp.
func timestampLiteral(t time.Time, fraction string) frag {
	s := t.Format("2006-01-02")
	if t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 || fraction != "" {
		s += t.Format(" 15:04:05")
		if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
			s += "." + fraction
		}
	}
	return frag{s: fmt.Sprintf("timestamp '%s'", s), prec: precPrimary, typ: pgTimestamp, notNull: true}
}
