package number

// Round is ROUND(a, places): half away from zero at a decimal place, which may be negative.
func (a Number) Round(places int) (Number, error) { return a.cut(places, true) }

// Trunc is TRUNC(a, places).
func (a Number) Trunc(places int) Number {
	r, _ := a.cut(places, false)
	return r
}

// Floor is the largest integer not above a.
func (a Number) Floor() (Number, error) {
	t := a.Trunc(0)
	if a.neg && t != a {
		return t.Sub(FromInt(1))
	}
	return t, nil
}

// Ceil is the smallest integer not below a.
func (a Number) Ceil() (Number, error) {
	t := a.Trunc(0)
	if !a.neg && t != a {
		return t.Add(FromInt(1))
	}
	return t, nil
}

// cut keeps the decimal places up to one and rounds or drops the rest.
func (a Number) cut(places int, round bool) (Number, error) {
	if a.n == 0 {
		return a, nil
	}
	// decimal digits of the mantissa: the first pair counts 10^(2*exp+1) and 10^(2*exp)
	keep := 2*int(a.exp) + 2 + places // how many decimal digits of the pairs stay
	if keep >= 2*int(a.n) {
		return a, nil
	}
	if keep < 0 {
		return Number{}, nil
	}
	var digits [maxDigits + 1]byte // digits[0] takes the carry
	copy(digits[1:], a.d[:a.n])
	up := false
	full := keep / 2
	if keep%2 == 0 {
		up = round && a.d[full] >= 50
	} else {
		tens, ones := a.d[full]/10, a.d[full]%10
		digits[1+full] = tens * 10
		up = round && ones >= 5
		full++
	}
	clear(digits[1+full:])
	if up {
		i, add := full, byte(1)
		if keep%2 == 1 {
			add = 10
		}
		digits[i] += add
		for i > 0 && digits[i] >= 100 {
			digits[i] -= 100
			i--
			digits[i]++
		}
	}
	return pack(a.neg, int(a.exp)+1, digits[:1+full])
}

// Fits reports whether a value rounded to scale has at most precision digits: what a column NUMBER(p,s) takes.
func (a Number) Fits(precision, scale int) bool {
	if a.n == 0 {
		return true
	}
	return a.decimalExp() < precision-scale
}

// decimalExp is the power of ten of the first significant decimal digit.
func (a Number) decimalExp() int {
	e := 2 * int(a.exp)
	if a.d[0] >= 10 {
		e++
	}
	return e
}

// RoundDigits keeps so many significant decimal digits: FLOAT(b) columns round to ceil(b * 0.30103).
func (a Number) RoundDigits(digits int) (Number, error) {
	if a.n == 0 {
		return a, nil
	}
	return a.Round(digits - 1 - a.decimalExp())
}
