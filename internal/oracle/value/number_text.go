package value

// AppendText writes the number in plain decimal, without exponent: -0.5, 1200. Infinities are Infinity and -Infinity.
func (n *Decimal) AppendText(dst []byte) []byte {
	if n.Neg {
		dst = append(dst, '-')
	}
	switch {
	case n.Inf:
		return append(dst, "Infinity"...)
	case n.Len == 0:
		return append(dst, '0')
	}
	if n.Exp < 0 {
		dst = append(dst, '0')
	}
	for i := 0; i <= n.Exp; i++ {
		d := n.digit(i)
		if i > 0 || d >= 10 {
			dst = append(dst, '0'+d/10)
		}
		dst = append(dst, '0'+d%10)
	}
	if n.Fraction() <= 0 {
		return dst
	}
	dst = append(dst, '.')
	for i := min(n.Exp+1, 0); i < 0; i++ {
		dst = append(dst, '0', '0')
	}
	for i := max(n.Exp+1, 0); i < n.Len; i++ {
		d := n.Digits[i]
		dst = append(dst, '0'+d/10)
		if i < n.Len-1 || d%10 != 0 {
			dst = append(dst, '0'+d%10)
		}
	}
	return dst
}

func (n *Decimal) digit(i int) byte {
	if i < n.Len {
		return n.Digits[i]
	}
	return 0
}

// AppendNumber reads decimal text (-12.5, 1e125, .5) and appends the bytes of the NUMBER. Text with more digits than a
// NUMBER has is ErrDigits: it did not come from one. Other text is ErrDriver; what is too large or too small is ErrRange.
func AppendNumber[T ~string | ~[]byte](dst []byte, text T) ([]byte, error) {
	i, neg := 0, false
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		neg = text[0] == '-'
		i++
	}
	var digits [2 * maxDigits]byte // without zeros at either end
	n, zeros, point, any := 0, 0, 0, false
	seenPoint := false
	for ; i < len(text); i++ {
		c := text[i]
		if c == '.' && !seenPoint {
			seenPoint = true
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		any = true
		if !seenPoint && (n > 0 || c != '0') {
			point++
		}
		switch {
		case c == '0' && n == 0:
			if seenPoint {
				point--
			}
		case c == '0':
			zeros++
		default:
			if n+zeros >= len(digits) {
				return dst, ErrDigits
			}
			for ; zeros > 0; zeros-- {
				digits[n] = 0
				n++
			}
			digits[n] = c - '0'
			n++
		}
	}
	if !any {
		return dst, ErrDriver
	}
	if i < len(text) && (text[i] == 'e' || text[i] == 'E') {
		e, ok := exponent(text[i+1:])
		if !ok {
			return dst, ErrDriver
		}
		point += e
	} else if i < len(text) {
		return dst, ErrDriver
	}
	if n == 0 {
		return append(dst, 0x80), nil
	}
	return appendDigits(dst, digits[:n], point, neg)
}

func exponent[T ~string | ~[]byte](text T) (int, bool) {
	i, neg := 0, false
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		neg = text[0] == '-'
		i++
	}
	if i == len(text) || len(text)-i > 5 {
		return 0, false
	}
	e := 0
	for ; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		e = e*10 + int(text[i]-'0')
	}
	if neg {
		e = -e
	}
	return e, true
}

// appendDigits writes decimal digits with point of them in front of the point.
func appendDigits(dst, digits []byte, point int, neg bool) ([]byte, error) {
	odd := point & 1 // the first base 100 digit has only one decimal digit
	exp := (point+odd)/2 - 1
	n := (len(digits) + odd + 1) / 2
	switch {
	case n > maxDigits:
		return dst, ErrDigits
	case exp > 62 || exp < -65:
		return dst, ErrRange
	}
	head := byte(193 + exp)
	if neg {
		head = ^head
	}
	dst = append(dst, head)
	for i := range n {
		var d byte
		if at := 2*i - odd; at >= 0 {
			d = digits[at] * 10
		}
		if at := 2*i - odd + 1; at < len(digits) {
			d += digits[at]
		}
		if neg {
			d = 100 - d
		}
		dst = append(dst, d+1)
	}
	if neg && n < maxDigits {
		dst = append(dst, 102)
	}
	return dst, nil
}
