package mask

import (
	"strings"
	"testing"

	"landfall/internal/orasim/value/number"
)

// TestNumbers has the cases of the manual's tables (SQL Language Reference, "Number Format Models", table "Results of
// Number Conversions") and of "TO_CHAR (number)".
func TestNumbers(t *testing.T) {
	for _, c := range []struct{ n, model, want string }{
		{"-1234567890", "9999999999S", "1234567890-"},
		{"0", "99.99", "   .00"},
		{"0.1", "99.99", "   .10"},
		{"-0.2", "99.99", "  -.20"},
		{"0", "90.99", "  0.00"},
		{"0.1", "90.99", "  0.10"},
		{"-0.2", "90.99", " -0.20"},
		{"0", "9999", "    0"},
		{"1", "9999", "    1"},
		{"0", "B9999", "     "},
		{"1", "B9999", "    1"},
		{"0", "B90.99", "      "},
		{"123.456", "999.999", " 123.456"},
		{"-123.456", "999.999", "-123.456"},
		{"123.456", "FM999.009", "123.456"},
		{"123.456", "9.9EEEE", "  1.2E+02"},
		{"-123.456", "9.9EEEE", " -1.2E+02"},
		{"1234.5", "9.99EEEE", "  1.23E+03"},
		{"1", "999EEEE", "  1E+00"},
		{"123.456", "S9.9EEEE", " +1.2E+02"},
		{"1E+123", "9.9EEEE", " 1.0E+123"},
		{"123.456", "FM9.9EEEE", "1.2E+02"},
		{"123.45", "FM999.009", "123.45"},
		{"123.0", "FM999.009", "123.00"},
		{"123.45", "L999.99", "          $123.45"},
		{"1234567890", "9999999999S", "1234567890+"},
		{"-10000", "L99G999D99MI", "         $10,000.00-"},
		{"10000", "C99G999D99", "     USD10,000.00"},
		{"10000", "$99,999.99", " $10,000.00"},
		{"1234", "$99,999", "  $1,234"},
		{"-1234", "$9999", "-$1234"},
		{"1234.5", "9999", "  1235"[1:]},
		{"12345", "9999", "#####"},
		{"255", "XX", " FF"},
		{"255", "xx", " ff"},
		{"255", "FM0XXX", "00FF"},
		{"256", "XX", "###"},
		{"1999", "RN", "        MCMXCIX"},
		{"12", "FMRN", "XII"},
		{"-5", "999PR", "  <5>"},
		{"5", "999PR", "   5 "},
		{"-5", "S999", "  -5"},
		{"5", "S999", "  +5"},
		{"0.5", "FM990.99", "0.5"},
		{"1", "FM999.99", "1."},
		{"1", "FM999999990.00", "1.00"},
		{"1234567.891", "FM999,999,999,990.00", "1,234,567.89"},
		{"12.5", "99V99", " 1250"},
		{"1234", "09999", " 01234"},
		{"7", "000", " 007"},
		{"1.5", "TM9", "1.5"},
		{"1e50", "TM9", "1" + strings.Repeat("0", 50)},
		{"-1.5e-50", "TM9", "-." + strings.Repeat("0", 49) + "15"},
		{"1e-62", "TM9", "." + strings.Repeat("0", 61) + "1"},
		{"1e-130", "TM9", "1E-130"},
		{"-1.25e125", "TM9", "-1.25E+125"},
		{"-1E-130", "TM9", "-1E-130"},
		{"1E63", "TM9", "1" + strings.Repeat("0", 63)},
		{"1E64", "TM9", "1E+64"},
		{"1E-63", "TM9", "." + strings.Repeat("0", 62) + "1"},
		{"1.5E-63", "TM9", "1.5E-63"},
		{"1E125", "TM", "1E+125"},
		{"1500", "TME", "1.5E+03"},
	} {
		n, err := number.Parse(c.n)
		if err != nil {
			t.Fatal(err)
		}
		got, err := FormatNumber(n, c.model, American())
		if err != nil || got != c.want {
			t.Errorf("TO_CHAR(%s, '%s') = %q, %v, want %q", c.n, c.model, got, err, c.want)
		}
	}
	for _, bad := range []string{"", "9.9.9", "Q", "9,9.9,9", "99S9", "EEEE", "9FM9"} {
		if got, err := FormatNumber(number.FromInt(1), bad, American()); err == nil {
			t.Errorf("model %q gives %q", bad, got)
		}
	}
}

func TestParseNumbers(t *testing.T) {
	for _, c := range []struct{ s, model, want string }{
		{"-1,234.56", "9,999.99", "-1234.56"},
		{"$1,234", "$9,999", "1234"},
		{"100.00", "9G999D99", "100"},
		{"12-", "99MI", "-12"},
		{"<12>", "99PR", "-12"},
		{"FF", "XX", "255"},
		{"  7 ", "99", "7"},
		{"1.5E+03", "9.9EEEE", "1500"},
	} {
		got, err := ParseNumber(c.s, c.model, American())
		if err != nil || got.String() != c.want {
			t.Errorf("TO_NUMBER('%s', '%s') = %v, %v, want %s", c.s, c.model, got, err, c.want)
		}
	}
	for _, c := range []struct{ s, model string }{{"1234", "999"}, {"1.5", "99"}, {"1,23", "9,999"}, {"a", "9"}, {"", "9"}} {
		if got, err := ParseNumber(c.s, c.model, American()); err == nil {
			t.Errorf("TO_NUMBER('%s', '%s') = %v", c.s, c.model, got)
		}
	}
}
