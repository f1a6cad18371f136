package mask

import (
	"strings"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

// ParseNumber is TO_NUMBER(s, model). Group separators of the text must stand where the model has them; text without
// any of them is read too.
func ParseNumber(s, model string, nls NLS) (number.Number, error) {
	m, err := numberModelOf(model)
	if err != nil {
		return number.Number{}, err
	}
	if m.hex > 0 {
		return parseHex(s, m)
	}
	if m.roman != 0 || m.minimum != 0 || m.shift > 0 {
		return number.Number{}, ora.Unsupported("TO_NUMBER with format " + model)
	}
	bad := ora.New(1722)
	t := strings.Trim(s, " ")
	neg := false
	sign := func(front bool) {
		if t == "" {
			return
		}
		i := 0
		if !front {
			i = len(t) - 1
		}
		if t[i] != '-' && t[i] != '+' {
			return
		}
		neg = t[i] == '-'
		if front {
			t = t[1:]
		} else {
			t = t[:i]
		}
	}
	switch m.sign {
	case signDefault, signLeading:
		sign(true)
	case signTrailing, signMinus:
		sign(false)
	case signAngle:
		if strings.HasPrefix(t, "<") && strings.HasSuffix(t, ">") {
			neg = true
			t = t[1 : len(t)-1]
		}
	}
	if m.currency != noCurrency {
		sym := m.symbol(nls)
		if m.currencyAt == currencyPoint {
			return number.Number{}, ora.Unsupported("TO_NUMBER with format " + model)
		}
		t = strings.TrimSuffix(strings.TrimPrefix(t, sym), sym)
		t = strings.Trim(t, " ")
		if m.sign == signDefault && !neg {
			sign(true)
		}
	}
	if m.scientific {
		n, err := number.Parse(t)
		if err != nil || t == "" {
			return number.Number{}, bad
		}
		if neg {
			n = n.Neg()
		}
		return n, nil
	}
	point, group := byte('.'), byte(',')
	for _, e := range m.elems {
		switch e {
		case 'D':
			point = nls.Decimal
		case 'G':
			group = nls.Group
		}
	}
	whole, frac := t, ""
	if i := strings.IndexByte(t, point); i >= 0 {
		if !m.point {
			return number.Number{}, bad
		}
		whole, frac = t[:i], t[i+1:]
	}
	if strings.IndexByte(whole, group) >= 0 {
		if whole, err = m.ungroup(whole, group); err != nil {
			return number.Number{}, err
		}
	}
	if len(whole) > m.before || len(frac) > m.after || whole+frac == "" {
		return number.Number{}, bad
	}
	for _, c := range whole + frac {
		if c < '0' || c > '9' {
			return number.Number{}, bad
		}
	}
	n, err := number.FromDecimal(neg, whole+frac, len(whole)-1)
	if err != nil {
		return n, ora.New(1426)
	}
	return n, nil
}

// ungroup takes separators out that stand, counted from the right, where the model has them.
func (m *numberModel) ungroup(s string, group byte) (string, error) {
	allowed := map[int]bool{} // digits to the right of a separator
	n := 0
	for i := len(m.elems) - 1; i >= 0; i-- {
		switch m.elems[i] {
		case ',', 'G':
			allowed[n] = true
		case '.', 'D':
			n = 0
			clear(allowed)
		default:
			n++
		}
	}
	var b []byte
	n = 0
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == group {
			if !allowed[n] {
				return "", ora.New(1722)
			}
			continue
		}
		b = append(b, s[i])
		n++
	}
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b), nil
}

func parseHex(s string, m *numberModel) (number.Number, error) {
	s = strings.Trim(s, " ")
	if s == "" || len(s) > m.hex {
		return number.Number{}, ora.New(1722)
	}
	n := number.Number{}
	sixteen := number.FromInt(16)
	for i := range len(s) {
		d := strings.IndexByte("0123456789ABCDEF", upperByte(s[i]))
		if d < 0 {
			return number.Number{}, ora.New(1722)
		}
		p, err := n.Mul(sixteen)
		if err == nil {
			n, err = p.Add(number.FromInt(int64(d)))
		}
		if err != nil {
			return number.Number{}, ora.New(1426)
		}
	}
	return n, nil
}

func upperByte(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}
