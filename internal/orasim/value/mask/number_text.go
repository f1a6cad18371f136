package mask

import (
	"strconv"
	"strings"
	"sync"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

var numberModels sync.Map // text -> *numberModel or error

func numberModelOf(text string) (*numberModel, error) {
	if m, ok := numberModels.Load(text); ok {
		switch m := m.(type) {
		case *numberModel:
			return m, nil
		case error:
			return nil, m
		}
	}
	m, err := readNumberModel(text)
	if err != nil {
		numberModels.Store(text, err)
		return nil, err
	}
	numberModels.Store(text, m)
	return m, nil
}

// minimumWidth is how many characters TM9 gives in fixed notation at most, else it is TMe (SQL Language Reference,
// "Number Format Elements").
const minimumWidth = 64

// FormatNumber is TO_CHAR(n, model).
func FormatNumber(n number.Number, model string, nls NLS) (string, error) {
	m, err := numberModelOf(model)
	if err != nil {
		return "", err
	}
	switch {
	case m.roman != 0:
		return m.romanText(n)
	case m.hex > 0:
		return m.hexText(n)
	case m.minimum == '9':
		s := n.Fixed()
		if len(s) == minimumWidth+1 && n.Sign() < 0 {
			return "", ora.Unsupported("TO_CHAR of a number of 64 digits and a sign with TM9") // does the sign count?
		}
		if len(s) > minimumWidth {
			return minimumScientific(n, nls), nil
		}
		if nls.Decimal != '.' {
			s = strings.Replace(s, ".", string(nls.Decimal), 1)
		}
		return s, nil
	case m.minimum == 'E':
		return minimumScientific(n, nls), nil
	case m.scientific:
		return m.scientificText(n, nls)
	}
	return m.fixedText(n, nls)
}

func minimumScientific(n number.Number, nls NLS) string {
	digits, exp := n.Decimal()
	s := digits[:1]
	if len(digits) > 1 {
		s += string(nls.Decimal) + digits[1:]
	}
	if n.Sign() < 0 {
		s = "-" + s
	}
	return s + exponent(exp)
}

func exponent(exp int) string {
	sign := "+"
	if exp < 0 {
		sign, exp = "-", -exp
	}
	if exp < 10 {
		return "E" + sign + "0" + strconv.Itoa(exp)
	}
	return "E" + sign + strconv.Itoa(exp)
}

// width is how many characters the model writes without FM, which is how many # stand for what does not fit.
func (m *numberModel) width(nls NLS) int {
	w := 0
	for _, e := range m.elems {
		if e != 'V' {
			w++
		}
	}
	w++ // sign
	if m.sign == signAngle {
		w++
	}
	switch m.currency {
	case dollar:
		w++
	case localCurrency, dualCurrency:
		if m.currencyAt != currencyPoint {
			w += 10
		}
	case isoCurrency:
		if m.currencyAt != currencyPoint {
			w += 7
		}
	}
	if m.scientific {
		w += 5
	}
	return w
}

func (m *numberModel) symbol(nls NLS) string {
	switch m.currency {
	case dollar:
		return "$"
	case localCurrency:
		return nls.Currency
	case isoCurrency:
		return nls.ISOCurrency
	case dualCurrency:
		return nls.DualCurrency
	}
	return ""
}

// fixedText writes digits into the model from the left.
func (m *numberModel) fixedText(n number.Number, nls NLS) (string, error) {
	var err error
	if m.shift > 0 {
		p, perr := number.FromDecimal(false, "1", m.shift)
		if perr != nil {
			return "", ora.New(1426)
		}
		if n, err = n.Mul(p); err != nil {
			return "", ora.New(1426)
		}
	}
	r, err := n.Round(m.after)
	if err != nil {
		return "", ora.New(1426)
	}
	whole, frac := split(r.Abs(), m.after)
	if len(whole) > m.before {
		return strings.Repeat("#", m.width(nls)), nil
	}
	if m.blank && whole == "" && r.IsZero() {
		if m.fm {
			return "", nil
		}
		return strings.Repeat(" ", m.width(nls)), nil
	}
	// a model without digits behind the period shows a zero where there is nothing else to show
	if whole == "" && m.after == 0 && !m.blank && m.before > 0 {
		whole = "0"
	}
	var b strings.Builder
	pad := m.before - len(whole)
	digit, behind, shown, blanks := 0, 0, false, 0
	point := false
	for _, e := range m.elems {
		switch e {
		case '9', '0':
			if point {
				b.WriteByte(frac[behind])
				behind++
				continue
			}
			switch {
			case digit >= pad:
				b.WriteByte(whole[digit-pad])
				shown = true
			case m.firstZero >= 0 && digit >= m.firstZero:
				b.WriteByte('0')
				shown = true
			default:
				blanks++
			}
			digit++
		case ',', 'G':
			if !shown {
				blanks++
				continue
			}
			if e == 'G' {
				b.WriteByte(nls.Group)
			} else {
				b.WriteByte(',')
			}
		case '.':
			point = true
			b.WriteByte('.')
		case 'D':
			point = true
			b.WriteByte(nls.Decimal)
		case 'L', 'C', 'U':
			point = true
			b.WriteString(m.symbol(nls))
		}
	}
	body := b.String()
	if m.fm && m.after > 0 {
		keep := m.lastZero + 1
		trim := len(body)
		for i := m.after; i > keep && body[trim-1] == '0'; i-- {
			trim--
		}
		body = body[:trim]
	}
	return m.dress(body, blanks, r.Sign() < 0, nls), nil
}

// split gives the digits of a rounded, not negative number in front of the period ("" for zero) and behind it.
func split(n number.Number, after int) (whole, frac string) {
	digits, exp := n.Decimal()
	if n.IsZero() {
		return "", strings.Repeat("0", after)
	}
	switch {
	case exp < 0:
		frac = strings.Repeat("0", -exp-1) + digits
	case len(digits) <= exp+1:
		whole = digits + strings.Repeat("0", exp+1-len(digits))
	default:
		whole, frac = digits[:exp+1], digits[exp+1:]
	}
	if len(frac) < after {
		frac += strings.Repeat("0", after-len(frac))
	}
	return whole, frac
}

// dress puts sign and currency around the digits and blanks in front of all.
func (m *numberModel) dress(body string, blanks int, neg bool, nls NLS) string {
	front, back := "", ""
	if m.currency != noCurrency {
		sym := m.symbol(nls)
		width := 10
		if m.currency == isoCurrency {
			width = 7
		}
		switch {
		case m.currency == dollar:
			front = sym
		case m.currencyAt == currencyFront:
			front = sym
			blanks += width - len(sym)
		case m.currencyAt == currencyBack:
			back = sym
			blanks += width - len(sym)
		}
	}
	switch m.sign {
	case signDefault:
		if neg {
			front = "-" + front
		} else {
			blanks++
		}
	case signLeading:
		if neg {
			front = "-" + front
		} else {
			front = "+" + front
		}
	case signTrailing:
		if neg {
			back += "-"
		} else {
			back += "+"
		}
	case signMinus:
		if neg {
			back += "-"
		} else if !m.fm {
			back += " "
		}
	case signAngle:
		if neg {
			front, back = "<"+front, back+">"
		} else {
			blanks++
			if !m.fm {
				back += " "
			}
		}
	}
	if m.fm {
		return front + body + back
	}
	return strings.Repeat(" ", max(0, blanks)) + front + body + back
}

func (m *numberModel) scientificText(n number.Number, nls NLS) (string, error) {
	digits, exp := "0", 0
	if !n.IsZero() {
		r, err := n.Abs().RoundDigits(m.after + 1)
		if err != nil {
			return "", ora.New(1426)
		}
		digits, exp = r.Decimal()
	}
	digits += strings.Repeat("0", max(0, m.after+1-len(digits)))
	body := digits[:1]
	if m.point {
		p := byte('.')
		if strings.IndexByte(string(m.elems), 'D') >= 0 {
			p = nls.Decimal
		}
		body += string(p) + digits[1:]
	}
	power := exponent(exp)
	body += power
	// One digit in front of the period is all that is written, however many the model has. There is room for three digits
	// of the exponent: the manual's 1.0E+123 has one blank in front, and one of two digits has two.
	return m.dress(body, max(0, len("E+123")-len(power)), n.Sign() < 0, nls), nil
}

func (m *numberModel) hexText(n number.Number) (string, error) {
	r, err := n.Round(0)
	if err != nil {
		return "", ora.New(1426)
	}
	width := m.hex + 1
	i, ok := r.Int()
	if r.Sign() < 0 || !ok {
		return strings.Repeat("#", width), nil
	}
	s := strconv.FormatInt(i, 16)
	if !m.hexLower {
		s = strings.ToUpper(s)
	}
	if len(s) > m.hex {
		return strings.Repeat("#", width), nil
	}
	if m.hexZero {
		s = strings.Repeat("0", m.hex-len(s)) + s
	}
	if m.fm {
		return s, nil
	}
	return strings.Repeat(" ", width-len(s)) + s, nil
}

func (m *numberModel) romanText(n number.Number) (string, error) {
	r, err := n.Round(0)
	if err != nil {
		return "", ora.New(1426)
	}
	i, ok := r.Int()
	if !ok || i < 1 || i > 3999 {
		return strings.Repeat("#", 15), nil
	}
	s := Roman(int(i))
	if m.roman == 'r' {
		s = strings.ToLower(s)
	}
	if m.fm {
		return s, nil
	}
	return strings.Repeat(" ", 15-len(s)) + s, nil
}

// Roman is a number from 1 to 3999 in Roman numerals.
func Roman(n int) string {
	var b strings.Builder
	for _, r := range []struct {
		v int
		s string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for n >= r.v {
			b.WriteString(r.s)
			n -= r.v
		}
	}
	return b.String()
}
