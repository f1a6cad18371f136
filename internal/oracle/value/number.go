package value

// maxDigits is how many base 100 digits a NUMBER has at most: 39 or 40 decimal ones, by where the point falls.
const maxDigits = 20

// Decimal is a NUMBER taken apart: the sum of Digits[i] * 100^(Exp-i), negated where Neg is set. The first and the last
// digit are not 0; zero has no digits.
type Decimal struct {
	Digits [maxDigits]byte // 0 to 99, Len of them
	Len    int
	Exp    int // -65 to 62: the power of 100 of the first digit
	Neg    bool
	Inf    bool // with Neg: negative infinity
}

// Decode reads the bytes of a NUMBER. Digits that Oracle never writes (zeros at either end) are ErrNumber: numbers that
// hold them, written by faulty clients, neither compare nor calculate in Oracle either.
func (n *Decimal) Decode(src []byte) error {
	n.Len, n.Exp, n.Neg, n.Inf = 0, 0, false, false
	if len(src) < 2 {
		switch {
		case len(src) == 0:
			return ErrNumber
		case src[0] == 0x80:
			return nil
		case src[0] == 0:
			n.Neg, n.Inf = true, true
			return nil
		}
		return ErrNumber
	}
	head, digits := src[0], src[1:]
	if len(digits) > maxDigits {
		return ErrNumber
	}
	if head >= 0x80 {
		if head == 0xff && len(digits) == 1 && digits[0] == 101 {
			n.Inf = true
			return nil
		}
		n.Exp = int(head) - 193
		for i, d := range digits {
			if d-1 > 99 {
				return ErrNumber
			}
			n.Digits[i] = d - 1
		}
	} else {
		n.Neg = true
		n.Exp = 62 - int(head)
		if last := len(digits) - 1; digits[last] == 102 {
			digits = digits[:last]
		} else if len(digits) != maxDigits {
			return ErrNumber
		}
		if len(digits) == 0 {
			return ErrNumber
		}
		for i, d := range digits {
			if d-2 > 99 {
				return ErrNumber
			}
			n.Digits[i] = 101 - d
		}
	}
	n.Len = len(digits)
	if n.Digits[0] == 0 || n.Digits[n.Len-1] == 0 {
		return ErrNumber
	}
	return nil
}

// Whole is how many decimal digits stand in front of the point; 0 or less where the first digit stands behind it: 0.05 has -1.
// Of zero it is 0.
func (n *Decimal) Whole() int {
	if n.Len == 0 {
		return 0
	}
	w := 2*n.Exp + 1
	if n.Digits[0] >= 10 {
		w++
	}
	return w
}

// Fraction is how many decimal digits stand behind the point; less than 0 where the number ends in zeros before it: 1200
// has -2. Of zero it is 0.
func (n *Decimal) Fraction() int {
	if n.Len == 0 {
		return 0
	}
	f := 2 * (n.Len - 1 - n.Exp)
	if n.Digits[n.Len-1]%10 == 0 {
		f--
	}
	return f
}

// Int64 is the number where it is whole and fits.
func (n *Decimal) Int64() (int64, error) {
	switch {
	case n.Inf:
		return 0, ErrInfinite
	case n.Len == 0:
		return 0, nil
	case n.Len-1 > n.Exp:
		return 0, ErrFraction
	case n.Exp > 9:
		return 0, ErrRange
	}
	var u uint64
	for i := 0; i <= n.Exp; i++ {
		var d uint64
		if i < n.Len {
			d = uint64(n.Digits[i])
		}
		if u > (1<<63)/100 {
			return 0, ErrRange
		}
		u = u*100 + d
	}
	switch {
	case n.Neg && u <= 1<<63:
		return int64(-u), nil
	case u < 1<<63:
		return int64(u), nil
	}
	return 0, ErrRange
}

// Round makes the number one of at most scale digits behind the point, half away from zero as ROUND does; less than 0
// rounds before the point. It may turn into zero.
func (n *Decimal) Round(scale int) { n.cut(scale, true) }

// Truncate drops the digits behind scale, as TRUNC does.
func (n *Decimal) Truncate(scale int) { n.cut(scale, false) }

func (n *Decimal) cut(scale int, round bool) {
	if n.Inf || n.Len == 0 || n.Fraction() <= scale {
		return
	}
	// at is the index of the base 100 digit that holds the last decimal digit to keep, tens whether that is its tens
	at := n.Exp + (scale+1)>>1
	tens := scale&1 != 0
	if at < 0 { // all of it is dropped
		up := round && at == -1 && !tens && n.Digits[0] >= 50
		n.Len = 0
		if up {
			n.Digits[0], n.Len, n.Exp = 1, 1, n.Exp+1
		}
		n.settle()
		return
	}
	carry := byte(0)
	if tens {
		if d := n.Digits[at]; round && d%10 >= 5 {
			carry = 10
		}
		n.Digits[at] -= n.Digits[at] % 10
	} else if round && at+1 < n.Len && n.Digits[at+1] >= 50 {
		carry = 1
	}
	n.Len = min(at+1, n.Len)
	for i := at; carry > 0; i-- {
		if i < 0 {
			copy(n.Digits[1:], n.Digits[:n.Len])
			n.Digits[0] = 1
			n.Exp++
			n.Len = min(n.Len+1, maxDigits)
			break
		}
		if n.Digits[i] += carry; n.Digits[i] < 100 {
			break
		}
		n.Digits[i] -= 100
		carry = 1
	}
	n.settle()
}

// settle takes zeros off both ends.
func (n *Decimal) settle() {
	for n.Len > 0 && n.Digits[n.Len-1] == 0 {
		n.Len--
	}
	lead := 0
	for lead < n.Len && n.Digits[lead] == 0 {
		lead++
	}
	if lead > 0 {
		copy(n.Digits[:], n.Digits[lead:n.Len])
		n.Len, n.Exp = n.Len-lead, n.Exp-lead
	}
	if n.Len == 0 {
		n.Exp, n.Neg = 0, false
	}
}
