package number

import (
	"math"
	"strconv"
	"strings"
)

// maxText is how many characters TO_CHAR without a format writes at most, the sign among them: such an expression is described
// as VARCHAR2(40), and 1/3 as text has 39 digits in a real Oracle, -1/3 has 38 (go-ora 2.9.0, converters/testfloatsvalues.go).
const maxText = 40

// String is TO_CHAR(a) without a format model, with a period: no zero in front of it. What does not fit into 40 characters
// is rounded behind the period, or is in scientific notation of 40 characters where that would not do.
func (a Number) String() string {
	if s := a.Fixed(); len(s) <= maxText {
		return s
	}
	digits, exp := a.Decimal()
	room := maxText // for digits and period
	if a.neg {
		room--
	}
	if exp >= room || exp < 0 && len(digits)-1-exp > maxText {
		return a.scientific(exp)
	}
	places := room - 1 // behind the period
	if exp >= 0 {
		places -= exp + 1
	}
	r, err := a.Round(max(0, places))
	if err != nil {
		return a.scientific(exp)
	}
	s := r.Fixed()
	if len(s) > maxText { // rounded up to one more digit
		return a.scientific(exp)
	}
	return s
}

// Fixed writes all digits without an exponent.
func (a Number) Fixed() string {
	if a.n == 0 {
		return "0"
	}
	digits, exp := a.Decimal()
	sign := ""
	if a.neg {
		sign = "-"
	}
	switch n := len(digits); {
	case exp < 0:
		return sign + "." + strings.Repeat("0", -exp-1) + digits
	case n <= exp+1:
		return sign + digits + strings.Repeat("0", exp+1-n)
	default:
		return sign + digits[:exp+1] + "." + digits[exp+1:]
	}
}

// scientific is the form of 40 characters: 1.2300000000000000000000000000000000E+40.
func (a Number) scientific(exp int) string {
	room, sign := maxText, ""
	if a.neg {
		room, sign = room-1, "-"
	}
	tail := "E+" + twoDigits(exp)
	if exp < 0 {
		tail = "E-" + twoDigits(-exp)
	}
	places := room - 2 - len(tail)
	r, err := a.Abs().RoundDigits(places + 1)
	if err != nil {
		r = a.Abs()
	}
	digits, e := r.Decimal()
	if e != exp { // rounded up to the next power
		if a.neg {
			r = r.Neg()
		}
		return r.scientific(e)
	}
	digits += strings.Repeat("0", max(0, places+1-len(digits)))
	return sign + digits[:1] + "." + digits[1:places+1] + tail
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// Decimal gives the significant decimal digits and the power of ten of the first one: 1230 is "123", 3.
func (a Number) Decimal() (digits string, exp int) {
	if a.n == 0 {
		return "0", 0
	}
	var buf [2 * maxDigits]byte
	for i, d := range a.d[:a.n] {
		buf[2*i] = '0' + d/10
		buf[2*i+1] = '0' + d%10
	}
	lo, hi := 0, 2*int(a.n)
	if buf[0] == '0' {
		lo = 1
	}
	if buf[hi-1] == '0' {
		hi--
	}
	return string(buf[lo:hi]), a.decimalExp()
}

// FromDecimal is digits * 10^(exp - len(digits) + 1): the reverse of Decimal. Digits must be '0'..'9'.
func FromDecimal(neg bool, digits string, exp int) (Number, error) {
	t := strings.TrimLeft(digits, "0")
	exp -= len(digits) - len(t)
	digits = strings.TrimRight(t, "0")
	if digits == "" {
		return Number{}, nil
	}
	if exp > 1000 {
		return Number{}, ErrOverflow
	}
	if exp < -1000 {
		return Number{}, nil
	}
	// pairs begin at an odd power of ten
	if exp%2 == 0 {
		digits = "0" + digits
		exp++
	}
	if len(digits)%2 == 1 {
		digits += "0"
	}
	pairs := make([]byte, len(digits)/2)
	for i := range pairs {
		pairs[i] = (digits[2*i]-'0')*10 + digits[2*i+1] - '0'
	}
	return pack(neg, floorHalf(exp), pairs)
}

// floorHalf is the exponent of base 100 of an odd exponent of base 10.
func floorHalf(exp int) int { return (exp - 1) >> 1 }

// Parse reads a numeric literal or what TO_NUMBER takes without a format: spaces around, a sign, digits with a
// period, an exponent. Anything else is ErrInvalid.
func Parse(s string) (Number, error) {
	s = strings.TrimRight(strings.TrimLeft(s, " \t\n\r\v\f"), " \t\n\r\v\f")
	neg := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	exp10 := 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		e := s[i+1:]
		s = s[:i]
		digits := strings.TrimLeft(e, "+-")
		if digits == "" || len(e)-len(digits) > 1 || !allDigits(digits) {
			return Number{}, ErrInvalid
		}
		digits = strings.TrimLeft(digits, "0")
		if len(digits) > 5 {
			digits = "99999"
		}
		exp10, _ = strconv.Atoi("0" + digits)
		if e[0] == '-' {
			exp10 = -exp10
		}
	}
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" && frac == "" || !allDigits(whole) || !allDigits(frac) {
		return Number{}, ErrInvalid
	}
	return FromDecimal(neg, whole+frac, len(whole)-1+exp10)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// FromFloat is the number of a binary float in its shortest decimal form of 17 digits or less.
func FromFloat(f float64, bits int) (Number, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Number{}, ErrOverflow
	}
	return Parse(strconv.FormatFloat(f, 'e', -1, bits))
}

// Float is the nearest binary float.
func (a Number) Float() float64 {
	digits, exp := a.Decimal()
	s := digits + "e" + strconv.Itoa(exp-len(digits)+1)
	f, _ := strconv.ParseFloat(s, 64)
	if a.neg {
		f = -f
	}
	return f
}
