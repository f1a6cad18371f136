package witness

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// compare says what differs between what the witness printed and what came out here; "" is nothing. How a value is
// printed is no difference (value.go); nor are the words of an error, or what PostgreSQL itself has to say in notices.
func (r *runner) compare(s *Statement, c *converted, res *result) string {
	want := &s.Want
	switch {
	case want.Error != "" && res.err != "":
		return ""
	case want.Error != "":
		return "the witness raises an error: " + want.Error
	case res.err != "":
		return "an error: " + res.err
	}
	if len(want.Tables) != len(res.tables) {
		return fmt.Sprintf("%d results, the witness has %d", len(res.tables), len(want.Tables))
	}
	ordered := orderBy.MatchString(stripComments(s.Raw))
	for i := range want.Tables {
		if why := r.sameTable(want.Tables[i], &res.tables[i], ordered); why != "" {
			return why
		}
	}
	wantLines, gotLines := spoken(want.Notices, s.Raw), spoken(res.notices, s.Raw)
	wantLines = append(wantLines, want.Other...)
	if !slices.EqualFunc(wantLines, gotLines, sameLine) {
		return fmt.Sprintf("lines %q, the witness has %q", gotLines, wantLines)
	}
	return ""
}

var orderBy = regexp.MustCompile(`(?i)\border\s+(siblings\s+)?by\b`)

// sameTable compares rows, in any order where the statement asks for none.
func (r *runner) sameTable(want [][]string, got *table, ordered bool) string {
	if len(want) != len(got.rows) {
		return fmt.Sprintf("%d rows, the witness has %d", len(got.rows), len(want))
	}
	first := ""
	same := func(w []string, g [][]byte) bool {
		if len(w) != len(g) {
			first = fmt.Sprintf("%d columns, the witness has %d", len(g), len(w))
			return false
		}
		for i := range w {
			if !sameValue(r.kind, w[i], g[i], got.oids[i]) {
				if first == "" {
					first = fmt.Sprintf("%s, the witness has %q", shown(g[i]), w[i])
				}
				return false
			}
		}
		return true
	}
	inOrder := true
	for i := range want {
		inOrder = inOrder && same(want[i], got.rows[i])
	}
	if inOrder || ordered {
		return first
	}
	left := slices.Clone(got.rows)
	for _, w := range want {
		keep := first
		i := slices.IndexFunc(left, func(g [][]byte) bool { return same(w, g) })
		if i < 0 {
			return first
		}
		first = keep
		left = slices.Delete(left, i, i+1)
	}
	return ""
}

func shown(v []byte) string {
	if v == nil {
		return "NULL"
	}
	return fmt.Sprintf("%q", v)
}

// own are notices of the two databases about themselves.
var own = regexp.MustCompile(`^(drop cascades to|(relation|table|type|view|schema|function|procedure|package|sequence|index|materialized view|column|constraint|trigger|extension|event trigger|user|role)\b.*(already exists|does not exist), skipping|identifier ".*" will be truncated|there is (no|already a) transaction|(function|procedure|package|type|trigger|view) .* (created with|has) .*(error|compil)|truncate cascades|merging |subscription |argument type |return type )`)

// spoken are the lines that the statement itself has written, without what a database says of itself.
func spoken(lines []string, raw string) (list []string) {
	for _, l := range lines {
		if !own.MatchString(l) {
			list = append(list, l)
		}
	}
	return list
}

// sameLine compares lines of output. NULL in a RAISE is printed as "<NULL>".
func sameLine(a, b string) bool {
	trim := func(s string) string { return strings.TrimRight(strings.ReplaceAll(s, "<NULL>", ""), " ") }
	return trim(a) == trim(b)
}
