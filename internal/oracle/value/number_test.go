package value

import (
	"bytes"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/sijms/go-ora/v2/converters"

	"landfall/internal/orasim/value/number"
)

var numbers = []struct{ text, bytes string }{
	{"0", "80"},
	{"1", "c102"},
	{"10", "c10b"},
	{"100", "c202"},
	{"-1", "3e6466"},
	{"-12", "3e5966"},
	{"12345", "c302182e"},
	{"0.5", "c033"},
	{"0.05", "c006"},
	{"-0.00000000012", "43645166"},
	{"1200", "c20d"},
	{"0." + strings.Repeat("0", 129) + "1", "8002"}, // its first byte is that of zero
	{"-0." + strings.Repeat("0", 129) + "1", "7f6466"},
	{"99999999999999999999999999999999999999", "d364646464646464646464646464646464646464"},
	{"-9999999999999999999999999999999999999999", "2b0202020202020202020202020202020202020202"},
}

func TestNumberBytes(t *testing.T) {
	for _, c := range numbers {
		got, err := AppendNumber(nil, c.text)
		if want := unhex(t, c.bytes); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %x, %v; want %x", c.text, got, err, want)
		}
		var n Decimal
		if err := n.Decode(got); err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
		if s := string(n.AppendText(nil)); s != c.text {
			t.Errorf("%x: %s, want %s", got, s, c.text)
		}
	}
}

func TestNumberEdges(t *testing.T) {
	for _, c := range []struct {
		text string
		err  error
	}{
		{"1e125", nil},
		{"-1E+125", nil},
		{"1e-130", nil},
		{"9.99999999999999999999999999999999999999e125", nil},
		{"1e126", ErrRange},
		{"1e-131", ErrRange},
		{"1e99999", ErrRange},
		{strings.Repeat("9", 40), nil},
		{"1" + strings.Repeat("0", 39) + "1", ErrDigits},
		{"0." + strings.Repeat("9", 41), ErrDigits},
		{strings.Repeat("9", 38) + ".11", nil},
		{strings.Repeat("9", 39) + ".1", ErrDigits}, // 40 digits, but 21 pairs around the point
		{"", ErrDriver},
		{"-", ErrDriver},
		{".", ErrDriver},
		{"1.2.3", ErrDriver},
		{"1e", ErrDriver},
		{"1e5x", ErrDriver},
		{" 1", ErrDriver},
		{"NaN", ErrDriver},
		{"0.000", nil},
		{"-0", nil},
		{".5", nil},
		{"5.", nil},
		{"000120.500", nil},
	} {
		b, err := AppendNumber(nil, c.text)
		if err != c.err {
			t.Errorf("%s: %v, want %v", c.text, err, c.err)
			continue
		}
		if err != nil {
			if len(b) != 0 {
				t.Errorf("%s: left %x behind", c.text, b)
			}
			continue
		}
		var n Decimal
		if err := n.Decode(b); err != nil {
			t.Fatalf("%s: %x: %v", c.text, b, err)
		}
		want, _ := new(big.Rat).SetString(c.text)
		got, _ := new(big.Rat).SetString(string(n.AppendText(nil)))
		if want.Cmp(got) != 0 {
			t.Errorf("%s: %s", c.text, got)
		}
	}
}

func TestNumberInfinite(t *testing.T) {
	for b, text := range map[string]string{"\xff\x65": "Infinity", "\x00": "-Infinity"} {
		var n Decimal
		if err := n.Decode([]byte(b)); err != nil || string(n.AppendText(nil)) != text {
			t.Errorf("%x: %s, %v", b, n.AppendText(nil), err)
		}
		if _, err := n.Int64(); err != ErrInfinite {
			t.Errorf("%s as an integer: %v", text, err)
		}
	}
}

func TestNumberRefused(t *testing.T) {
	for _, s := range []string{
		"", "81", "ff", "c1", "c101", "c10201", "c1ff", "c166", "3e", "3e66", "3e6566", "3e64", "3e0166", "3e6466ff", "8001",
		"ff6502", "0066", "c1" + strings.Repeat("02", 21),
	} {
		var n Decimal
		if err := n.Decode(unhex(t, s)); err != ErrNumber {
			t.Errorf("%s: %v and %+v, want an error", s, err, n)
		}
	}
}

// TestNumberSecondOpinions holds random numbers against go-ora's converters and the embedded Oracle's.
func TestNumberSecondOpinions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var n Decimal
	for range 20000 {
		text := randomNumber(r)
		b, err := AppendNumber(nil, text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		sim, err := number.Decode(b)
		if err != nil {
			t.Fatalf("%s: the embedded Oracle: %x: %v", text, b, err)
		}
		if again := sim.Bytes(); !bytes.Equal(again, b) {
			t.Fatalf("%s: %x, the embedded Oracle %x", text, b, again)
		}
		driver, err := converters.NumberToString(b)
		if err != nil {
			t.Fatalf("%s: go-ora: %x: %v", text, b, err)
		}
		if err := n.Decode(b); err != nil {
			t.Fatalf("%s: %x: %v", text, b, err)
		}
		got := string(n.AppendText(nil))
		if got != driver {
			t.Fatalf("%x: %s, go-ora %s", b, got, driver)
		}
		want, _ := new(big.Rat).SetString(text)
		if x, _ := new(big.Rat).SetString(got); x.Cmp(want) != 0 {
			t.Fatalf("%s became %s", text, got)
		}
		if back, err := AppendNumber(nil, driver); err != nil || !bytes.Equal(back, b) {
			t.Fatalf("%x through the driver's text %s: %x, %v", b, driver, back, err)
		}
		whole, fraction := places(got)
		if n.Whole() != whole || n.Fraction() != fraction {
			t.Fatalf("%s has %d digits before and %d behind the point, not %d and %d", got, whole, fraction, n.Whole(), n.Fraction())
		}
		i, err := n.Int64()
		if w := want; w.IsInt() && w.Num().IsInt64() != (err == nil) || err == nil && strconv.FormatInt(i, 10) != got {
			t.Fatalf("%s as an integer: %d, %v", got, i, err)
		}
	}
}

// places counts digits the slow way.
func places(s string) (whole, fraction int) {
	w, f, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	w = strings.TrimLeft(w, "0")
	whole, fraction = len(w), len(f)
	if w == "" && f != "" {
		whole = -(len(f) - len(strings.TrimLeft(f, "0")))
	}
	if f == "" {
		fraction = -(len(w) - len(strings.TrimRight(w, "0")))
	}
	return whole, fraction
}

func randomNumber(r *rand.Rand) string {
	var b strings.Builder
	if r.IntN(2) == 0 {
		b.WriteByte('-')
	}
	for i := range 1 + r.IntN(38) {
		if i > 0 && r.IntN(3) == 0 {
			b.WriteByte('0')
		} else {
			b.WriteByte('1' + byte(r.IntN(9)))
		}
	}
	if r.IntN(3) > 0 {
		b.WriteString("e" + strconv.Itoa(r.IntN(200)-128))
	} else {
		b.WriteString("e" + strconv.Itoa(r.IntN(60)-40))
	}
	s := b.String()
	if b, err := AppendNumber(nil, s); err != nil || len(b) == 0 {
		return randomNumber(r)
	}
	return s
}

func TestNumberRound(t *testing.T) {
	for _, c := range []struct {
		text        string
		scale       int
		round, trun string
	}{
		{"1.005", 2, "1.01", "1"},
		{"1.004", 2, "1", "1"},
		{"-1.5", 0, "-2", "-1"},
		{"0.5", 0, "1", "0"},
		{"0.49", 0, "0", "0"},
		{"99.95", 1, "100", "99.9"},
		{"9999.5", 0, "10000", "9999"},
		{"12345", -2, "12300", "12300"},
		{"12355", -1, "12360", "12350"},
		{"50", -2, "100", "0"},
		{"49", -2, "0", "0"},
		{"5", -1, "10", "0"},
		{"0.05", 0, "0", "0"},
		{"0.999", 1, "1", "0.9"},
		{"0.0999", 2, "0.1", "0.09"},
		{strings.Repeat("9", 40), -1, "1" + strings.Repeat("0", 40), strings.Repeat("9", 39) + "0"},
		{"1.5", 3, "1.5", "1.5"},
		{"0", 2, "0", "0"},
	} {
		for _, cut := range []struct {
			name string
			do   func(*Decimal, int)
			want string
		}{{"round", (*Decimal).Round, c.round}, {"truncate", (*Decimal).Truncate, c.trun}} {
			var n Decimal
			b, err := AppendNumber(nil, c.text)
			if err != nil {
				t.Fatal(err)
			}
			if err := n.Decode(b); err != nil {
				t.Fatal(err)
			}
			cut.do(&n, c.scale)
			if got := string(n.AppendText(nil)); got != cut.want {
				t.Errorf("%s %s to %d: %s, want %s", cut.name, c.text, c.scale, got, cut.want)
			}
		}
	}
}

// TestNumberRoundRandom holds rounding against exact arithmetic.
func TestNumberRoundRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		text := randomNumber(r)
		b, err := AppendNumber(nil, text)
		if err != nil {
			t.Fatal(err)
		}
		var n Decimal
		if err := n.Decode(b); err != nil {
			t.Fatal(err)
		}
		exact, _ := new(big.Rat).SetString(text)
		scale := n.Fraction() - r.IntN(12)
		ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(scale, -scale))), nil))
		if scale < 0 {
			ten.Inv(ten)
		}
		scaled := new(big.Rat).Mul(exact, ten)
		half := big.NewRat(1, 2)
		if scaled.Sign() < 0 {
			half.Neg(half)
		}
		sum := new(big.Rat).Add(scaled, half)
		whole := new(big.Rat).SetInt(new(big.Int).Quo(sum.Num(), sum.Denom())) // toward zero
		want := whole.Quo(whole, ten)
		n.Round(scale)
		if got, _ := new(big.Rat).SetString(string(n.AppendText(nil))); got.Cmp(want) != 0 {
			t.Fatalf("%s to %d: %s, want %s", text, scale, got.FloatString(20), want.FloatString(20))
		}
		if n.Len > 0 && (n.Digits[0] == 0 || n.Digits[n.Len-1] == 0) {
			t.Fatalf("%s to %d left zeros at an end: %+v", text, scale, n)
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, c := range numbers {
		b, _ := AppendNumber(nil, c.text)
		f.Add(b)
	}
	f.Add([]byte{0xff, 0x65})
	f.Fuzz(func(t *testing.T, b []byte) {
		var n Decimal
		sim, simErr := number.Decode(b)
		err := n.Decode(b)
		if n.Inf {
			return // the embedded Oracle has none
		}
		if (err == nil) != (simErr == nil) {
			t.Fatalf("%x: %v, the embedded Oracle %v", b, err, simErr)
		}
		if err != nil {
			return
		}
		if again, err := AppendNumber(nil, n.AppendText(nil)); err != nil || !bytes.Equal(again, b) || !bytes.Equal(sim.Bytes(), b) {
			t.Fatalf("%x: %s: %x, %v", b, n.AppendText(nil), again, err)
		}
	})
}
