package rules

import (
	"fmt"
	"slices"
	"strings"
)

// dateElements are the elements of Oracle's date masks that PostgreSQL's to_char and to_date read alike (Oracle:
// "Datetime Format Models"; PostgreSQL: table "Template Patterns for Date/Time Formatting").
var dateElements = []string{
	"YYYY", "YYY", "YY", "Y,YYY", "Y", "IYYY", "IYY", "IY", "I", "BC", "B.C.", "AD", "A.D.", "MONTH", "MON", "MM", "DAY", "DY", "DDD", "DD", "D", "W",
	"WW", "IW", "CC", "J", "Q", "RM", "HH24", "HH12", "HH", "MI", "SSSSS", "SS", "AM", "PM", "A.M.", "P.M.", "TH", "TZH", "TZM",
}

// oddDateElements are those that PostgreSQL lacks or reads otherwise.
var oddDateElements = map[string]string{
	"RRRR":  "two digits mean the nearest century; YYYY reads them as years 0 to 99",
	"RR":    "two digits mean the nearest century; YY does it with 2020 as the middle",
	"FF":    "fractions: US or MS, six digits at most",
	"FX":    "exact matching reads spaces otherwise",
	"SYYYY": "signed years do not exist", "YEAR": "years in words do not exist", "SYEAR": "years in words do not exist",
	"SP": "numbers in words do not exist", "SPTH": "numbers in words do not exist", "THSP": "numbers in words do not exist",
	"DL": "the long form of the session's language does not exist", "DS": "the short form of the session's language does not exist",
	"TS": "the short time of the session's language does not exist", "TZR": "only TZ in to_char", "TZD": "only TZ in to_char",
	"E": "eras do not exist", "EE": "eras do not exist", "X": "the radix character has no element", "SCC": "signed centuries do not exist",
}

// oddElements lists what a date mask holds that PostgreSQL reads otherwise or not at all; unknown are letters that
// are no element on either side.
func oddElements(mask string) (odd, unknown []string) {
	upper := strings.ToUpper(mask)
	for i := 0; i < len(upper); {
		switch c := upper[i]; {
		case c == '"':
			end := strings.IndexByte(upper[i+1:], '"')
			if end < 0 {
				return odd, append(unknown, mask[i:])
			}
			i += end + 2
			continue
		case c < 'A' || c > 'Z':
			i++
			continue
		}
		if strings.HasPrefix(upper[i:], "FM") {
			i += 2
			continue
		}
		best, isOdd := "", false
		for _, e := range dateElements {
			if len(e) > len(best) && strings.HasPrefix(upper[i:], e) {
				best = e
			}
		}
		for e := range oddDateElements {
			if len(e) > len(best) && strings.HasPrefix(upper[i:], e) {
				best, isOdd = e, true
			}
		}
		if best == "" {
			unknown = append(unknown, mask[i:i+1])
			i++
			continue
		}
		i += len(best)
		if best == "FF" && i < len(upper) && upper[i] >= '1' && upper[i] <= '6' {
			i++ // FF1 to FF6 are PostgreSQL's too
			continue
		}
		if isOdd && !slices.Contains(odd, best) {
			odd = append(odd, best)
		}
	}
	return odd, unknown
}

// maskTrouble says in words what is odd about a date mask, "" for nothing.
func maskTrouble(mask string) string {
	odd, unknown := oddElements(mask)
	if len(unknown) > 0 {
		return fmt.Sprintf("'%s' is no date mask that PostgreSQL reads (%s)", mask, strings.Join(unknown, " "))
	}
	var words []string
	for _, e := range odd {
		words = append(words, e+": "+oddDateElements[e])
	}
	return strings.Join(words, "; ")
}
