// Package mask is Oracle's format models: TO_CHAR, TO_NUMBER and TO_DATE with a format.
//
// Input -> output: a value and a model in, text out, and back. Models are read once and kept. Territory and language are
// those of NLS, of which only AMERICAN names of days and months are known: others end in ORA-03001, as does every case of
// which it is not known what Oracle makes of it. All functions may run concurrently.
//
// Source: SQL Language Reference, "Format Models".
package mask

import (
	"strings"

	"landfall/internal/orasim/ora"
)

// NLS is what a session says of formats.
type NLS struct {
	Decimal, Group byte   // NLS_NUMERIC_CHARACTERS
	Currency       string // NLS_CURRENCY
	ISOCurrency    string // of NLS_ISO_CURRENCY: USD
	DualCurrency   string
	DateLanguage   string // AMERICAN
	Date           string // NLS_DATE_FORMAT
	Timestamp      string
	TimestampTZ    string
}

// American is what a session begins with whose client says nothing.
func American() NLS {
	return NLS{
		Decimal: '.', Group: ',', Currency: "$", ISOCurrency: "USD", DualCurrency: "$", DateLanguage: "AMERICAN",
		Date: "DD-MON-RR", Timestamp: "DD-MON-RR HH.MI.SSXFF AM", TimestampTZ: "DD-MON-RR HH.MI.SSXFF AM TZR",
	}
}

// numberModel is a number format model, read.
type numberModel struct {
	fm, blank         bool
	sign              signForm
	currency          currencyForm
	currencyAt        currencyPlace
	elems             []byte // '9' '0' ',' 'G' '.' 'D' 'V' in order
	before, after     int    // digits in front of the period and behind it
	firstZero         int    // index among the digits in front of the period of the first 0, -1 without
	lastZero          int    // index among the digits behind it of the last 0, -1 without
	point             bool
	scientific        bool
	shift             int // digits behind V
	hex               int // digits of X, with leading zeros where hexZero
	hexZero, hexLower bool
	roman             byte // R upper, r lower
	minimum           byte // '9' TM9, 'E' TME
}

type signForm uint8

const (
	signDefault  signForm = iota
	signLeading           // S...
	signTrailing          // ...S
	signMinus             // ...MI
	signAngle             // ...PR
)

type currencyForm uint8

const (
	noCurrency currencyForm = iota
	dollar
	localCurrency // L
	isoCurrency   // C
	dualCurrency  // U
)

type currencyPlace uint8

const (
	currencyFront currencyPlace = iota
	currencyPoint
	currencyBack
)

func readNumberModel(text string) (*numberModel, error) {
	bad := ora.New(1481)
	m := &numberModel{firstZero: -1, lastZero: -1}
	s := strings.ToUpper(text)
	raw := text
	if strings.HasPrefix(s, "FM") {
		m.fm = true
		s, raw = s[2:], raw[2:]
	}
	switch {
	case s == "":
		return nil, bad
	case s == "RN":
		m.roman = raw[0]
		return m, nil
	case s == "TM" || s == "TM9":
		m.minimum = '9'
		return m, nil
	case s == "TME":
		m.minimum = 'E'
		return m, nil
	case strings.Trim(s, "0X") == "" && strings.HasSuffix(s, "X"):
		zeros := strings.IndexByte(s, 'X')
		if strings.Contains(s[zeros:], "0") {
			return nil, bad
		}
		m.hex, m.hexZero, m.hexLower = len(s), zeros > 0, raw[zeros] == 'x'
		return m, nil
	}
	seenDigit := false
	for i := 0; i < len(s); {
		rest := s[i:]
		last := func(n int) bool { return i+n == len(s) }
		switch c := s[i]; {
		case c == '9' || c == '0':
			seenDigit = true
			if m.scientific {
				return nil, bad
			}
			m.elems = append(m.elems, c)
			switch {
			case m.shift > 0 || strings.IndexByte(string(m.elems), 'V') >= 0:
				m.shift++
				m.before++
				if c == '0' && m.firstZero < 0 {
					m.firstZero = m.before - 1
				}
			case m.point:
				if c == '0' {
					m.lastZero = m.after
				}
				m.after++
			default:
				if c == '0' && m.firstZero < 0 {
					m.firstZero = m.before
				}
				m.before++
			}
			i++
		case c == ',' || c == 'G':
			if m.point || !seenDigit || m.scientific {
				return nil, bad
			}
			m.elems = append(m.elems, c)
			i++
		case c == '.' || c == 'D':
			if m.point || m.scientific || m.shift > 0 {
				return nil, bad
			}
			m.point = true
			m.elems = append(m.elems, c)
			i++
		case c == 'V':
			if m.point || strings.IndexByte(string(m.elems), 'V') >= 0 {
				return nil, bad
			}
			m.elems = append(m.elems, 'V')
			i++
		case c == '$':
			if m.currency != noCurrency {
				return nil, bad
			}
			m.currency = dollar
			i++
		case c == 'L' || c == 'C' || c == 'U':
			if m.currency != noCurrency {
				return nil, bad
			}
			m.currency = map[byte]currencyForm{'L': localCurrency, 'C': isoCurrency, 'U': dualCurrency}[c]
			switch {
			case !seenDigit && !m.point:
				m.currencyAt = currencyFront
			case strings.Trim(s[i+1:], "SMIPR") == "":
				m.currencyAt = currencyBack
			case !m.point:
				m.currencyAt, m.point = currencyPoint, true
				m.elems = append(m.elems, c)
			default:
				return nil, bad
			}
			i++
		case c == 'B':
			m.blank = true
			i++
		case c == 'S' && m.sign == signDefault && i == 0:
			m.sign = signLeading
			i++
		case c == 'S' && m.sign == signDefault && last(1):
			m.sign = signTrailing
			i++
		case strings.HasPrefix(rest, "MI") && m.sign == signDefault && last(2):
			m.sign = signMinus
			i += 2
		case strings.HasPrefix(rest, "PR") && m.sign == signDefault && last(2):
			m.sign = signAngle
			i += 2
		case strings.HasPrefix(rest, "EEEE") && !m.scientific:
			m.scientific = true
			i += 4
		case strings.HasPrefix(rest, "FM"):
			return nil, bad
		default:
			return nil, bad
		}
	}
	if m.before+m.after == 0 || m.scientific && strings.ContainsAny(string(m.elems), ",GV") || m.before+m.after > 62 {
		return nil, bad
	}
	return m, nil
}
