package number

import (
	"bytes"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

func mustParse(t testing.TB, s string) Number {
	t.Helper()
	n, err := Parse(s)
	if err != nil {
		t.Fatalf("Parse(%q): %v", s, err)
	}
	return n
}

// random makes numbers of all lengths and sizes, close to each other often enough for carries and cancellation.
func random(r *rand.Rand) Number {
	n := 1 + r.IntN(maxDigits)
	digits := make([]byte, n)
	for i := range digits {
		switch r.IntN(4) {
		case 0:
			digits[i] = 0
		case 1:
			digits[i] = 99
		default:
			digits[i] = byte(r.IntN(100))
		}
	}
	exp := r.IntN(8) - 4
	if r.IntN(4) == 0 {
		exp = r.IntN(100) - 50
	}
	x, _ := pack(r.IntN(2) == 0, exp, digits)
	return x
}

func (a Number) rat() *big.Rat {
	x := new(big.Rat).SetInt(a.mantissaOrZero())
	last := int(a.exp) - int(a.n) + 1
	p := new(big.Rat).SetInt(pow100(max(last, -last)))
	if last >= 0 {
		x.Mul(x, p)
	} else {
		x.Quo(x, p)
	}
	if a.neg {
		x.Neg(x)
	}
	return x
}

// rounded is the exact value cut to 20 digits of base 100, half away from zero.
func rounded(x *big.Rat) Number {
	if x.Sign() == 0 {
		return Number{}
	}
	abs := new(big.Rat).Abs(x)
	// as an integer of many digits: far below what can be rounded
	const deep = 140
	abs.Mul(abs, new(big.Rat).SetInt(pow100(deep)))
	i := new(big.Int).Quo(abs.Num(), abs.Denom())
	n, err := fromBig(x.Sign() < 0, i, -deep)
	if err != nil {
		return Number{neg: true, n: 99}
	}
	return n
}

func TestArithmeticAgainstFractions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		a, b := random(r), random(r)
		check := func(op string, got Number, err error, want *big.Rat) {
			t.Helper()
			w := rounded(want)
			if err != nil {
				if w.n != 99 {
					t.Fatalf("%v %s %v: %v, want %v", a, op, b, err, w)
				}
				return
			}
			if got != w {
				t.Fatalf("%v %s %v = %v, want %v", a, op, b, got, w)
			}
		}
		x, y := a.rat(), b.rat()
		s, err := a.Add(b)
		check("+", s, err, new(big.Rat).Add(x, y))
		s, err = a.Sub(b)
		check("-", s, err, new(big.Rat).Sub(x, y))
		s, err = a.Mul(b)
		check("*", s, err, new(big.Rat).Mul(x, y))
		if b.n > 0 {
			s, err = a.Div(b)
			check("/", s, err, new(big.Rat).Quo(x, y))
		}
		if got, want := a.Cmp(b), x.Cmp(y); got != want {
			t.Fatalf("Cmp(%v, %v) = %d, want %d", a, b, got, want)
		}
		if got, want := bytes.Compare(a.Bytes(), b.Bytes()), x.Cmp(y); got != want {
			t.Fatalf("bytes of %v and %v compare %d, want %d: %x %x", a, b, got, want, a.Bytes(), b.Bytes())
		}
		if back, err := Decode(a.Bytes()); err != nil || back != a {
			t.Fatalf("Decode(%x) = %v, %v, want %v", a.Bytes(), back, err, a)
		}
		digits, exp := a.Decimal()
		if back, err := FromDecimal(a.neg, digits, exp); err != nil || back != a {
			t.Fatalf("FromDecimal(%s, %d) = %v, want %v", digits, exp, back, a)
		}
		if m, err := a.Mod(b); err == nil && b.n > 0 {
			// a = b*q + m with |m| < |b|
			d := new(big.Rat).Sub(x, m.rat())
			if q := new(big.Rat).Quo(d, y); !q.IsInt() && m.n < maxDigits || m.Sign() != 0 && m.Sign() != a.Sign() {
				t.Fatalf("Mod(%v, %v) = %v", a, b, m)
			}
		}
	}
}

func TestWire(t *testing.T) {
	for _, c := range []struct{ text, hex string }{
		{"0", "80"},
		{"-12", "3e5966"},
		{"100", "c202"},
		{"12345", "c302182e"},
		{"1e125", "ff0b"},
		{"-1e-130", "7f6466"},
		{"1", "c102"},
		{"0.01", "c002"},
		{"0.1", "c00b"},
		{"-0.00000000012", "43645166"},
		{"123456.789", "c30d23394f5b"},
	} {
		n := mustParse(t, c.text)
		if got := hexOf(n.Bytes()); got != c.hex {
			t.Errorf("%s: %s, want %s", c.text, got, c.hex)
		}
	}
}

func hexOf(b []byte) string {
	const digits = "0123456789abcdef"
	var s strings.Builder
	for _, c := range b {
		s.WriteByte(digits[c>>4])
		s.WriteByte(digits[c&15])
	}
	return s.String()
}

func TestText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"0.5", ".5"},
		{"-0.50", "-.5"},
		{"1234567890123456789012345678901234567890", "1234567890123456789012345678901234567890"},
		{" 1e3 ", "1000"},
		{"1e40", "1.0000000000000000000000000000000000E+40"},
		{"1.5e-3", ".0015"},
		{"-1e-130", "-1.00000000000000000000000000000000E-130"}, // 40 characters, as all that are longer
		{"-1e40", "-1.000000000000000000000000000000000E+40"},
		{"-" + strings.Repeat("9", 40), "-1.000000000000000000000000000000000E+40"},
		{"-" + strings.Repeat("1", 39), "-" + strings.Repeat("1", 39)},
		{"." + strings.Repeat("3", 40), "." + strings.Repeat("3", 39)},
		{"-." + strings.Repeat("3", 40), "-." + strings.Repeat("3", 38)},
		// As a real Oracle gave them for N||'': go-ora 2.9.0, converters/testfloatsvalues.go, which its generatefloat made; the two above too.
		{"1e125", "1.000000000000000000000000000000000E+125"},
		{"-1e125", "-1.00000000000000000000000000000000E+125"},
		{"1e-125", "1.000000000000000000000000000000000E-125"},
		{"-1e-125", "-1.00000000000000000000000000000000E-125"},
		{"1e30", "1000000000000000000000000000000"},
		{"1.23456789e-15", ".00000000000000123456789"},
		{"3.1415926535897932384626433832795028842", "3.1415926535897932384626433832795028842"},

		{"." + strings.Repeat("9", 40), "1"},
		{"1." + strings.Repeat("6", 38), "1." + strings.Repeat("6", 38)},
		{"12." + strings.Repeat("6", 38), "12." + strings.Repeat("6", 36) + "7"},
		{"1234567890123456789012345678901234567.891", "1234567890123456789012345678901234567.89"},
		{"123456789012345678901234567890123456789.1", "123456789012345678901234567890123456789"},
		{"99.99", "99.99"},
		{"+7", "7"},
		{"0.1e1", "1"},
	} {
		if got := mustParse(t, c.in).String(); got != c.want {
			t.Errorf("%q: %s, want %s", c.in, got, c.want)
		}
	}
	for _, bad := range []string{"", " ", ".", "1e", "1e+", "1 2", "--1", "0x1", "1,5", "e5", "1e5.5", "NaN"} {
		if n, err := Parse(bad); err == nil {
			t.Errorf("Parse(%q) = %v", bad, n)
		}
	}
}

func TestDivisionKeepsTwentyPairs(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"1", "3", "." + strings.Repeat("3", 40)},
		{"2", "3", "." + strings.Repeat("6", 39) + "7"},
		{"10", "3", "3." + strings.Repeat("3", 38)},
	} {
		q, err := mustParse(t, c.a).Div(mustParse(t, c.b))
		if err != nil || q.Fixed() != c.want {
			t.Errorf("%s/%s = %v, %v, want %s", c.a, c.b, q, err, c.want)
		}
	}
}

func TestRounding(t *testing.T) {
	for _, c := range []struct {
		in     string
		places int
		round  string
		trunc  string
	}{
		{"15.193", 1, "15.2", "15.1"},
		{"15.193", -1, "20", "10"},
		{"-15.5", 0, "-16", "-15"},
		{"0.5", 0, "1", "0"},
		{"99.995", 2, "100", "99.99"},
		{"5", -1, "10", "0"},
		{"4", -1, "0", "0"},
		{"50", -2, "100", "0"},
		{"0.005", 2, ".01", "0"},
		{"123456", -3, "123000", "123000"},
		{"999.999", 1, "1000", "999.9"},
	} {
		n := mustParse(t, c.in)
		r, err := n.Round(c.places)
		if err != nil || r.String() != c.round {
			t.Errorf("ROUND(%s, %d) = %v, %v, want %s", c.in, c.places, r, err, c.round)
		}
		if got := n.Trunc(c.places).String(); got != c.trunc {
			t.Errorf("TRUNC(%s, %d) = %s, want %s", c.in, c.places, got, c.trunc)
		}
	}
}

func TestTranscendental(t *testing.T) {
	two := FromInt(2)
	for _, c := range []struct {
		name string
		f    func() (Number, error)
		want string
	}{
		{"exp(4)", FromInt(4).Exp, "54.59815003314423907811026120286087840279"},
		{"ln(95)", FromInt(95).Ln, "4.55387689160054083460978676511404117676"},
		{"sqrt(26)", FromInt(26).Sqrt, "5.09901951359278483002822410902278198956"},
		{"log(10,100)", func() (Number, error) { return FromInt(100).Log(FromInt(10)) }, "2"},
		{"2^100", func() (Number, error) { return two.Power(FromInt(100)) }, "1267650600228229401496703205376"},
		{"2^-1", func() (Number, error) { return two.Power(FromInt(-1)) }, ".5"},
		{"2^0.5", func() (Number, error) { return two.Power(mustParse(t, ".5")) }, "1.41421356237309504880168872420969807857"},
	} {
		got, err := c.f()
		if err != nil || got.Fixed() != c.want {
			t.Errorf("%s = %v, %v, want %s", c.name, got, err, c.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte{0x80})
	f.Add([]byte{0x80, 2}) // 1e-130: the byte of zero is the least exponent, too
	f.Add([]byte{0xc1, 0x02})
	f.Add([]byte{0x3e, 0x59, 0x66})
	f.Fuzz(func(t *testing.T, b []byte) {
		n, err := Decode(b)
		if err != nil {
			return
		}
		if got := n.Bytes(); !bytes.Equal(got, b) && len(b) < maxDigits+1 {
			t.Fatalf("%x reads as %v, which is %x", b, n, got)
		}
		if s, err := Parse(n.String()); err != nil {
			t.Fatalf("%s does not read back: %v, %v", n, s, err)
		}
	})
}

// TestLeastExponent holds that 1e-130, whose first byte is that of zero, is read back.
func TestLeastExponent(t *testing.T) {
	for _, b := range [][]byte{{0x80, 2}, {0x80, 11, 2}, {0x7f, 100, 102}} {
		if n, err := Decode(b); err != nil || !bytes.Equal(n.Bytes(), b) {
			t.Errorf("%x: %v, %v", b, n, err)
		}
	}
}
