package witness

import (
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The types whose print form depends on settings, by PostgreSQL's numbers for them.
const (
	boolType   = 16
	byteaType  = 17
	float4Type = 700
	float8Type = 701
	dateType   = 1082
	stampType  = 1114
	stampTZ    = 1184
	spanType   = 1186
	xmlType    = 142
	voidType   = 2278
)

// sameValue compares a printed cell with a value.
func sameValue(kind, want string, got []byte, oid uint32) bool {
	if got == nil {
		return want == "" || kind == "mariadb" && want == "NULL" || want == "<NULL>" || kind == "orafce" && strings.TrimSpace(want) == "***"
	}
	g := string(got)
	if strings.TrimRight(want, " ") == strings.TrimRight(g, " ") {
		return true
	}
	trimmed, plain := strings.TrimSpace(want), strings.TrimSpace(g)
	switch oid {
	case byteaType:
		return strings.EqualFold(strings.TrimPrefix(trimmed, `\x`), strings.TrimPrefix(plain, `\x`))
	case boolType:
		return strings.EqualFold(trimmed, map[string]string{"t": "1", "f": "0"}[plain])
	case dateType, stampType, stampTZ:
		return sameMoment(trimmed, plain)
	case spanType:
		return sameSpan(trimmed, plain)
	case float4Type:
		return sameFloat(trimmed, plain, 1e-5)
	case float8Type:
		return sameFloat(trimmed, plain, 1e-13)
	case xmlType:
		return blanks.ReplaceAllString(trimmed, "") == blanks.ReplaceAllString(plain, "")
	}
	if kind == "orafce" && doubleText.MatchString(trimmed) && number.MatchString(plain) {
		return sameFloat(trimmed, plain, 1e-13) // a double there, printed with its fifteen digits
	}
	if isNumber(oid) || number.MatchString(trimmed) && number.MatchString(plain) {
		return sameNumber(trimmed, plain)
	}
	return false
}

var (
	blanks     = regexp.MustCompile(`\s+`)
	number     = regexp.MustCompile(`^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$`)
	doubleText = regexp.MustCompile(`^-?\d+\.\d{13,15}$`)
	digits     = regexp.MustCompile(`\d+`)
	zone       = regexp.MustCompile(`[-+]\d\d(:\d\d)?$`)
	month      = regexp.MustCompile(`(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b`)
)

func isNumber(oid uint32) bool { return oid == 20 || oid == 21 || oid == 23 || oid == 1700 }

// sameNumber compares numbers exactly, up to the 38 digits that Oracle's NUMBER holds.
func sameNumber(a, b string) bool {
	x, ok1 := new(big.Rat).SetString(a)
	y, ok2 := new(big.Rat).SetString(b)
	if !ok1 || !ok2 {
		return strings.EqualFold(a, b)
	}
	if x.Cmp(y) == 0 {
		return true
	}
	gap := new(big.Rat).Abs(new(big.Rat).Sub(x, y))
	limit := new(big.Rat).Mul(new(big.Rat).Abs(y), new(big.Rat).SetFrac64(1, 1e15))
	limit.Mul(limit, new(big.Rat).SetFrac64(1, 1e15))
	return gap.Cmp(limit) <= 0 // a cut in the thirtieth digit
}

func sameFloat(a, b string, tolerance float64) bool {
	word := map[string]string{"Nan": "NaN", "Inf": "Infinity", "-Inf": "-Infinity"}
	if w := word[a]; w != "" {
		a = w
	}
	x, err1 := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	if err1 != nil || err2 != nil {
		return strings.EqualFold(a, b)
	}
	return x == y || math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= tolerance*math.Abs(y)
}

// sameMoment compares dates and times by their numbers: which order they stand in, whether months are words and years
// have two digits is the format of the session. A time of zeros may be left out, as may zeros of a fraction.
func sameMoment(want, got string) bool {
	if !zone.MatchString(want) {
		got = zone.ReplaceAllString(got, "") // a local time, printed with its zone
	}
	w, g := moment(want), moment(got)
	if strings.Contains(strings.ToUpper(want), "PM") {
		return false
	}
	if slices.Equal(w, g) {
		return true
	}
	// a year of two digits
	for i, v := range g {
		if v > 99 {
			short := slices.Clone(g)
			short[i] = v % 100
			slices.Sort(short)
			return slices.Equal(w, slices.DeleteFunc(short, func(n int) bool { return n == 0 }))
		}
	}
	return false
}

func moment(s string) (list []int) {
	s = month.ReplaceAllStringFunc(s, func(m string) string {
		return strconv.Itoa(strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(m[:3]))/3 + 1)
	})
	date, fraction, _ := strings.Cut(s, ".")
	for _, d := range digits.FindAllString(date, -1) {
		if n, err := strconv.Atoi(d); err == nil && n != 0 {
			list = append(list, n)
		}
	}
	tail := digits.FindAllString(fraction, -1)
	for i, d := range tail {
		if i == 0 {
			d = strings.TrimRight(d, "0")
			if d == "" {
				continue
			}
			n, _ := strconv.Atoi((d + "000000000")[:9])
			list = append(list, n/1000*1000) // PostgreSQL keeps six digits
			continue
		}
		if n, err := strconv.Atoi(d); err == nil && n != 0 {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

var (
	yearSpan = regexp.MustCompile(`^([-+]?)(\d+)-(\d+)$`)
	daySpan  = regexp.MustCompile(`^([-+]?)(\d+) (\d+):(\d+):(\d+)(?:\.(\d+))?$`)
	isoPart  = regexp.MustCompile(`(-?\d+(?:\.\d+)?)([YMDHS])`)
)

// sameSpan compares an interval in Oracle's form with one in ISO 8601's.
func sameSpan(want, got string) bool {
	months, seconds := isoSpan(got)
	sign := func(s string) float64 {
		if s == "-" {
			return -1
		}
		return 1
	}
	num := func(s string) float64 { v, _ := strconv.ParseFloat(s, 64); return v }
	if m := yearSpan.FindStringSubmatch(want); m != nil {
		return seconds == 0 && months == sign(m[1])*(num(m[2])*12+num(m[3]))
	}
	if m := daySpan.FindStringSubmatch(want); m != nil {
		w := sign(m[1]) * (num(m[2])*86400 + num(m[3])*3600 + num(m[4])*60 + num(m[5]) + num("0."+m[6]))
		return months == 0 && math.Abs(seconds-w) < 2e-6
	}
	return false
}

func isoSpan(s string) (months, seconds float64) {
	date, clock, _ := strings.Cut(strings.TrimPrefix(s, "P"), "T")
	unit := map[string]float64{"Y": 12, "M": 1, "D": 86400}
	for _, m := range isoPart.FindAllStringSubmatch(date, -1) {
		v, _ := strconv.ParseFloat(m[1], 64)
		if m[2] == "D" {
			seconds += v * unit["D"]
		} else {
			months += v * unit[m[2]]
		}
	}
	for _, m := range isoPart.FindAllStringSubmatch(clock, -1) {
		v, _ := strconv.ParseFloat(m[1], 64)
		seconds += v * map[string]float64{"H": 3600, "M": 60, "S": 1}[m[2]]
	}
	return months, seconds
}
