package gen

import "strings"

// numberMask is what is known of a number format model (SQL Language Reference 19c, "Number Format Models").
type numberMask struct {
	whole, fraction int  // digit places
	plain           bool // only FM, 9, 0, comma and dot: PostgreSQL's to_char reads it alike
	fill            bool // FM
}

// parseNumberMask reads a number format model; ok is false when the text is none.
func parseNumberMask(mask string) (m numberMask, ok bool) {
	s := strings.ToUpper(mask)
	m.plain = true
	if rest, found := strings.CutPrefix(s, "FM"); found {
		s, m.fill = rest, true
	}
	switch s {
	case "TM", "TM9", "TME", "RN":
		m.plain = false
		return m, true
	}
	digits, dot := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '9', '0', 'X':
			digits++
			if c == 'X' {
				m.plain = false
			}
			if dot {
				m.fraction++
			} else {
				m.whole++
			}
		case '.', 'D', 'V':
			if dot {
				return m, false
			}
			dot = true
			if c != '.' {
				m.plain = false
			}
		case ',':
			if dot || i == 0 {
				m.plain = false
			}
		case 'G', '$', 'L', 'U', 'C', 'B', 'S':
			m.plain = false
		case 'E', 'M', 'P':
			switch {
			case strings.HasPrefix(s[i:], "EEEE"):
				i += 3
			case strings.HasPrefix(s[i:], "MI"), strings.HasPrefix(s[i:], "PR"), strings.HasPrefix(s[i:], "PT"):
				i++
			default:
				return m, false
			}
			m.plain = false
		default:
			return m, false
		}
	}
	if m.whole == 0 || strings.HasSuffix(s, ".") { // PostgreSQL has no place for the 0 of .05 there, and writes no dot at the end
		m.plain = false
	}
	return m, digits > 0
}
