package reports

import (
	"math"
	"strconv"
	"strings"
)

// gib is the unit in which reports show bytes.
const gib = 1 << 30

// number writes a figure with as many digits as a reader needs: 12,345; 37.5; 0.25.
func number(f float64) string {
	digits := 0
	switch a := math.Abs(f); {
	case a != 0 && a < 1:
		digits = 2
	case a < 100:
		digits = 1
	}
	s := strconv.FormatFloat(f, 'f', digits, 64)
	whole, rest, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi(whole)
	if err != nil { // beyond the range of int: as it is
		return s
	}
	sign := ""
	if n == 0 && strings.HasPrefix(whole, "-") {
		sign = "-"
	}
	if rest = strings.TrimRight(rest, "0"); rest == "" {
		return sign + group(n)
	}
	return sign + group(n) + "." + rest
}

// span writes a range: "12 – 30", and one figure where both ends read the same.
func span(low, high float64) string {
	l, h := number(low), number(high)
	if l == h {
		return l
	}
	return l + " \u2013 " + h
}
