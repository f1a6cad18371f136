package number

import "math/big"

// width is enough for the exact sum of two numbers whose digits meet or nearly meet.
const width = 2*maxDigits + 4

// Add is a + b.
func (a Number) Add(b Number) (Number, error) {
	if a.n == 0 {
		return b, nil
	}
	if b.n == 0 {
		return a, nil
	}
	if a.neg == b.neg {
		return addAbs(a, b, a.neg)
	}
	switch c := a.cmpAbs(b); {
	case c == 0:
		return Number{}, nil
	case c > 0:
		return subAbs(a, b, a.neg)
	default:
		return subAbs(b, a, b.neg)
	}
}

// Sub is a - b.
func (a Number) Sub(b Number) (Number, error) { return a.Add(b.Neg()) }

// addAbs adds magnitudes. What lies 22 digits behind the first one cannot change the rounded sum.
func addAbs(a, b Number, neg bool) (Number, error) {
	if a.exp < b.exp {
		a, b = b, a
	}
	shift := int(a.exp) - int(b.exp)
	if shift > maxDigits+1 {
		a.neg = neg
		return a, nil
	}
	var buf [width]byte // buf[0] takes the carry
	copy(buf[1:], a.d[:a.n])
	carry := byte(0)
	for i := shift + int(b.n); i >= 0; i-- {
		s := buf[i] + carry
		if j := i - 1 - shift; j >= 0 {
			s += b.d[j]
		}
		carry = 0
		if s >= 100 {
			s -= 100
			carry = 1
		}
		buf[i] = s
	}
	return pack(neg, int(a.exp)+1, buf[:1+max(int(a.n), shift+int(b.n))])
}

// subAbs subtracts a smaller magnitude from a larger one.
func subAbs(a, b Number, neg bool) (Number, error) {
	shift := int(a.exp) - int(b.exp)
	if shift > maxDigits+1 {
		a.neg = neg
		return a, nil
	}
	var buf [width]byte
	copy(buf[:], a.d[:a.n])
	borrow := 0
	for i := shift + int(b.n) - 1; i >= 0; i-- {
		s := int(buf[i]) - borrow
		if j := i - shift; j >= 0 {
			s -= int(b.d[j])
		}
		borrow = 0
		if s < 0 {
			s += 100
			borrow = 1
		}
		buf[i] = byte(s)
	}
	return pack(neg, int(a.exp), buf[:max(int(a.n), shift+int(b.n))])
}

// Mul is a * b.
func (a Number) Mul(b Number) (Number, error) {
	if a.n == 0 || b.n == 0 {
		return Number{}, nil
	}
	var sum [2 * maxDigits]uint32
	for i := int(a.n) - 1; i >= 0; i-- {
		for j := int(b.n) - 1; j >= 0; j-- {
			sum[i+j+1] += uint32(a.d[i]) * uint32(b.d[j])
		}
	}
	n := int(a.n) + int(b.n)
	var digits [2 * maxDigits]byte
	carry := uint32(0)
	for i := n - 1; i >= 0; i-- {
		s := sum[i] + carry
		digits[i] = byte(s % 100)
		carry = s / 100
	}
	return pack(a.neg != b.neg, int(a.exp)+int(b.exp)+1, digits[:n])
}

// Div is a / b.
func (a Number) Div(b Number) (Number, error) {
	if b.n == 0 {
		return Number{}, ErrDivide
	}
	if a.n == 0 {
		return Number{}, nil
	}
	// a and b as integers; the quotient gets at least 22 digits, and the rest below them cannot turn a 49 into a 50
	const more = maxDigits + 2
	x, y := a.mantissa(), b.mantissa()
	shift := more + max(0, int(b.n)-int(a.n))
	x.Mul(x, pow100(shift))
	q := new(big.Int)
	q.Quo(x, y)
	digits := bigDigits(q)
	// value = q * 100^(ea - eb - shift) with ea, eb the exponents of the last digits
	last := (int(a.exp) - int(a.n) + 1) - (int(b.exp) - int(b.n) + 1) - shift
	return pack(a.neg != b.neg, last+len(digits)-1, digits)
}

// mantissa is the integer of all digits.
func (a Number) mantissa() *big.Int {
	var dec [2 * maxDigits]byte
	for i := range int(a.n) {
		dec[2*i] = '0' + a.d[i]/10
		dec[2*i+1] = '0' + a.d[i]%10
	}
	x, _ := new(big.Int).SetString(string(dec[:2*int(a.n)]), 10)
	return x
}

func pow100(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(100), big.NewInt(int64(n)), nil)
}

// bigDigits cuts a positive integer into digits of base 100.
func bigDigits(x *big.Int) []byte {
	dec := x.String()
	if len(dec)%2 == 1 {
		dec = "0" + dec
	}
	digits := make([]byte, len(dec)/2)
	for i := range digits {
		digits[i] = (dec[2*i]-'0')*10 + dec[2*i+1] - '0'
	}
	return digits
}

// Mod is Oracle's MOD: a - b*TRUNC(a/b), with a where b is 0. The result has the sign of a.
func (a Number) Mod(b Number) (Number, error) {
	if b.n == 0 {
		return a, nil
	}
	x, y, last := a.align(b)
	x.Rem(x, y)
	return fromBig(a.neg, x, last)
}

// Remainder is Oracle's REMAINDER: a - b*ROUND(a/b), where halves go to the even one; ErrDivide where b is 0.
func (a Number) Remainder(b Number) (Number, error) {
	if b.n == 0 {
		return Number{}, ErrDivide
	}
	x, y, last := a.align(b)
	q, r := new(big.Int).QuoRem(x, y, new(big.Int))
	neg := a.neg
	twice := new(big.Int).Lsh(r, 1)
	if c := twice.Cmp(y); c > 0 || c == 0 && q.Bit(0) == 1 {
		r.Sub(y, r)
		neg = !neg
	}
	return fromBig(neg, r, last)
}

// align gives the magnitudes of both as integers that count the same power of 100.
func (a Number) align(b Number) (x, y *big.Int, last int) {
	la, lb := int(a.exp)-int(a.n)+1, int(b.exp)-int(b.n)+1
	if a.n == 0 {
		la = lb
	}
	last = min(la, lb)
	x, y = a.mantissaOrZero(), b.mantissaOrZero()
	x.Mul(x, pow100(la-last))
	y.Mul(y, pow100(lb-last))
	return x, y, last
}

func (a Number) mantissaOrZero() *big.Int {
	if a.n == 0 {
		return new(big.Int)
	}
	return a.mantissa()
}

// fromBig is x * 100^last with a sign.
func fromBig(neg bool, x *big.Int, last int) (Number, error) {
	if x.Sign() == 0 {
		return Number{}, nil
	}
	digits := bigDigits(x)
	return pack(neg, last+len(digits)-1, digits)
}

// Int power by squaring; what overflows on the way overflows.
func (a Number) powInt(n int64) (Number, error) {
	r, base := FromInt(1), a
	var err error
	for n > 0 {
		if n&1 == 1 {
			if r, err = r.Mul(base); err != nil {
				return Number{}, err
			}
		}
		if n >>= 1; n > 0 {
			if base, err = base.Mul(base); err != nil {
				return Number{}, err
			}
		}
	}
	return r, nil
}
