// Package number is Oracle's NUMBER: a decimal in base 100 with at most 20 digits, from 1e-130 to below 1e126.
//
// Input -> output: the bytes of the wire and of the data blocks, text and Go integers in, the same out, and exact
// arithmetic with Oracle's rounding between them: every result is cut to 20 digits of base 100, which are 39 or 40
// decimal digits, half away from zero. Results below 1e-130 are zero, those from 1e126 are ErrOverflow. It does not know
// format models, NULL, or the two infinities. All functions are pure; a Number is a plain value.
//
// Source: SQL Language Reference, "NUMBER Data Type", "Numeric Precedence"; the layout is that of DUMP(n).
package number

import "errors"

// maxDigits is the length of the longest mantissa.
const maxDigits = 20

const (
	maxExp = 62  // 99.99...e124
	minExp = -65 // 1e-130
)

// What arithmetic and reading can end in.
var (
	ErrOverflow = errors.New("numeric overflow")         // ORA-01426
	ErrDivide   = errors.New("divisor is equal to zero") // ORA-01476
	ErrInvalid  = errors.New("invalid number")           // ORA-01722
	ErrRange    = errors.New("argument is out of range") // ORA-01428
)

// Number is one value. The zero Number is 0. Values are kept without zero digits at either end, so == compares them.
type Number struct {
	neg bool
	n   uint8 // digits used; 0 is zero
	exp int8  // the first digit counts 100^exp
	d   [maxDigits]byte
}

// Sign is -1, 0 or 1.
func (a Number) Sign() int {
	switch {
	case a.n == 0:
		return 0
	case a.neg:
		return -1
	}
	return 1
}

// IsZero reports whether it is 0.
func (a Number) IsZero() bool { return a.n == 0 }

// Neg is -a.
func (a Number) Neg() Number {
	if a.n > 0 {
		a.neg = !a.neg
	}
	return a
}

// Abs is a without its sign.
func (a Number) Abs() Number {
	a.neg = false
	return a
}

// Cmp is -1, 0 or 1 as a is below, equal to or above b.
func (a Number) Cmp(b Number) int {
	sa, sb := a.Sign(), b.Sign()
	switch {
	case sa < sb:
		return -1
	case sa > sb:
		return 1
	case sa == 0:
		return 0
	}
	return sa * a.cmpAbs(b)
}

func (a Number) cmpAbs(b Number) int {
	if a.exp != b.exp {
		if a.exp < b.exp {
			return -1
		}
		return 1
	}
	for i := range maxDigits {
		if a.d[i] != b.d[i] {
			if a.d[i] < b.d[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// pack makes a number of digits of base 100, the first of which counts 100^exp. Leading zeros are dropped, and what is
// longer than 20 digits is rounded half away from zero.
func pack(neg bool, exp int, digits []byte) (Number, error) {
	for len(digits) > 0 && digits[0] == 0 {
		digits = digits[1:]
		exp--
	}
	var r Number
	if len(digits) > maxDigits {
		up := digits[maxDigits] >= 50
		copy(r.d[:], digits[:maxDigits])
		if up {
			i := maxDigits - 1
			for ; i >= 0; i-- {
				if r.d[i] < 99 {
					r.d[i]++
					break
				}
				r.d[i] = 0
			}
			if i < 0 {
				r.d = [maxDigits]byte{1}
				exp++
			}
		}
		r.n = maxDigits
	} else {
		r.n = uint8(copy(r.d[:], digits))
	}
	for r.n > 0 && r.d[r.n-1] == 0 {
		r.n--
	}
	if r.n == 0 || exp < minExp {
		return Number{}, nil
	}
	if exp > maxExp {
		return Number{}, ErrOverflow
	}
	r.neg, r.exp = neg, int8(exp)
	return r, nil
}

// FromInt is the number of an integer.
func FromInt(i int64) Number {
	neg := i < 0
	u := uint64(i)
	if neg {
		u = -u
	}
	r := FromUint(u)
	r.neg = neg && r.n > 0
	return r
}

// FromUint is the number of an unsigned integer.
func FromUint(u uint64) Number {
	var buf [10]byte
	i := len(buf)
	for u > 0 {
		i--
		buf[i] = byte(u % 100)
		u /= 100
	}
	r, _ := pack(false, len(buf)-i-1, buf[i:])
	return r
}

// Int gives the integer part, and false when it does not fit into 64 bits.
func (a Number) Int() (int64, bool) {
	if a.n == 0 || a.exp < 0 {
		return 0, true
	}
	if a.exp > 9 {
		return 0, false
	}
	var u uint64
	for i := 0; i <= int(a.exp); i++ {
		hi := u * 100
		if u > (1<<63)/100 {
			return 0, false
		}
		u = hi + uint64(a.d[i])
	}
	if a.neg {
		if u > 1<<63 {
			return 0, false
		}
		return -int64(u), true
	}
	if u >= 1<<63 {
		return 0, false
	}
	return int64(u), true
}

// IsInt reports whether there is no fraction.
func (a Number) IsInt() bool { return a.n == 0 || int(a.n)-1 <= int(a.exp) }
