package number

import (
	"math"
	"math/big"
)

// precision of the functions that have no exact result: 40 decimal digits and a good margin, in bits.
const precision = 320

func (a Number) float() *big.Float {
	digits, exp := a.Decimal()
	x, _ := new(big.Int).SetString(digits, 10)
	f := new(big.Float).SetPrec(precision).SetInt(x)
	p := exp - len(digits) + 1
	ten := new(big.Float).SetPrec(precision).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(p, -p))), nil))
	if p >= 0 {
		f.Mul(f, ten)
	} else {
		f.Quo(f, ten)
	}
	if a.neg {
		f.Neg(f)
	}
	return f
}

func fromBigFloat(f *big.Float) (Number, error) {
	if f.IsInf() {
		return Number{}, ErrOverflow
	}
	return Parse(f.Text('e', 45))
}

func newFloat(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

// Sqrt is the square root; ErrRange below zero.
func (a Number) Sqrt() (Number, error) {
	if a.neg {
		return Number{}, ErrRange
	}
	if a.n == 0 {
		return a, nil
	}
	return fromBigFloat(new(big.Float).SetPrec(precision).Sqrt(a.float()))
}

// Exp is e raised to a.
func (a Number) Exp() (Number, error) {
	if f := a.Float(); f > 300 {
		return Number{}, ErrOverflow
	} else if f < -400 {
		return Number{}, nil
	}
	return fromBigFloat(expFloat(a.float()))
}

// Ln is the natural logarithm; ErrRange from zero down.
func (a Number) Ln() (Number, error) {
	if a.Sign() <= 0 {
		return Number{}, ErrRange
	}
	if a == FromInt(1) {
		return Number{}, nil
	}
	return fromBigFloat(lnFloat(a.float()))
}

// Log is the logarithm of a to a base.
func (a Number) Log(base Number) (Number, error) {
	if a.Sign() <= 0 || base.Sign() <= 0 || base == FromInt(1) {
		return Number{}, ErrRange
	}
	q := new(big.Float).SetPrec(precision).Quo(lnFloat(a.float()), lnFloat(base.float()))
	return fromBigFloat(q)
}

// Power is a raised to b; a negative a needs an integer b.
func (a Number) Power(b Number) (Number, error) {
	if b.n == 0 {
		return FromInt(1), nil
	}
	if a.n == 0 {
		if b.neg {
			return Number{}, ErrOverflow
		}
		return a, nil
	}
	if n, ok := b.Int(); ok && b.IsInt() && n > -1000000 && n < 1000000 {
		if n > 0 {
			return a.powRounded(n)
		}
		p, err := a.powRounded(-n)
		if err != nil {
			return Number{}, nil
		}
		return FromInt(1).Div(p)
	}
	if a.neg {
		return Number{}, ErrRange
	}
	x := new(big.Float).SetPrec(precision).Mul(lnFloat(a.float()), b.float())
	f, _ := x.Float64()
	if f > 300 {
		return Number{}, ErrOverflow
	}
	if f < -400 {
		return Number{}, nil
	}
	return fromBigFloat(expFloat(x))
}

// powRounded is exact for as long as the digits last, and right in its last digit after that.
func (a Number) powRounded(n int64) (Number, error) {
	if r := math.Abs(math.Log10(math.Abs(a.Float()))) * float64(n); r > 140 {
		if a.cmpAbs(FromInt(1)) > 0 {
			return Number{}, ErrOverflow
		}
		return Number{}, nil
	}
	if p, err := a.powInt(n); err == nil && int(a.n)*int(n) <= maxDigits {
		return p, nil
	}
	f := newFloat(1)
	base := a.float()
	for m := n; m > 0; m >>= 1 {
		if m&1 == 1 {
			f.Mul(f, base)
		}
		base = new(big.Float).SetPrec(precision).Mul(base, base)
	}
	return fromBigFloat(f)
}

// expFloat: x = k ln 2 + r, then the series of r/2^20, squared back.
func expFloat(x *big.Float) *big.Float {
	const halvings = 20
	r := new(big.Float).SetPrec(precision + 64).Set(x)
	r.SetMantExp(r, -halvings)
	sum, term := newFloat(1).SetPrec(precision+64), newFloat(1).SetPrec(precision+64)
	for i := 1; i < 200; i++ {
		term.Mul(term, r)
		term.Quo(term, newFloat(float64(i)))
		if term.Sign() == 0 || term.MantExp(nil) < sum.MantExp(nil)-precision-60 {
			break
		}
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return sum
}

// lnFloat: Newton's iteration from the logarithm of a float64.
func lnFloat(x *big.Float) *big.Float {
	mant := new(big.Float)
	e := x.MantExp(mant)
	m, _ := mant.Float64()
	y := newFloat(math.Log(m) + float64(e)*math.Ln2)
	for range 5 { // doubles the 50 good bits each time
		ey := expFloat(y)
		// y += 2 (x - e^y) / (x + e^y)
		num := new(big.Float).SetPrec(precision).Sub(x, ey)
		den := new(big.Float).SetPrec(precision).Add(x, ey)
		num.Quo(num, den)
		num.Mul(num, newFloat(2))
		y.Add(y, num)
	}
	return y
}
