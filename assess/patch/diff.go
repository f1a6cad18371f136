package patch

import (
	"fmt"
	"strings"
)

// contextLines is how many unchanged lines a hunk has on both sides.
const contextLines = 3

// Diff is the unified diff between two texts of a file, as patch -p1 and git apply take it; "" when they are equal. Lines are
// compared as bytes: the texts may be in any character set whose line breaks are those of ASCII.
func Diff(name string, from, to []byte) string {
	a, b := splitLines(string(from)), splitLines(string(to))
	pairs := lineRegions(a, b)
	if len(pairs) == 0 {
		return ""
	}
	var out strings.Builder
	tab := ""
	if strings.ContainsAny(name, " \t") {
		tab = "\t"
	}
	fmt.Fprintf(&out, "--- a/%s%s\n+++ b/%s%s\n", name, tab, name, tab)
	for i := 0; i < len(pairs); {
		j := i + 1
		for j < len(pairs) && pairs[j].a0-pairs[j-1].a1 <= 2*contextLines {
			j++
		}
		hunk(&out, a, b, pairs[i:j])
		i = j
	}
	return out.String()
}

func splitLines(s string) []string {
	if s == "" {
		return nil
	}
	lines := strings.SplitAfter(s, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// lookAhead is how far lines are searched for the place where both texts go on alike.
const lookAhead = 400

// lineRegions are the runs of lines that differ: from the first difference to the nearest place where two lines are equal
// again. It need not be the shortest list, and takes time in proportion to the text.
func lineRegions(a, b []string) []region {
	var list []region
	alike := func(i, j int) bool {
		for n := range 2 {
			if i+n >= len(a) && j+n >= len(b) {
				return true
			}
			if i+n >= len(a) || j+n >= len(b) || a[i+n] != b[j+n] {
				return false
			}
		}
		return true
	}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		if i < len(a) && j < len(b) && a[i] == b[j] {
			i, j = i+1, j+1
			continue
		}
		r := region{i, len(a), j, len(b)}
	search:
		for d := 1; d <= lookAhead; d++ {
			if x := d / 2; d%2 == 0 && i+x < len(a) && j+x < len(b) && a[i+x] == b[j+x] { // as many lines changed as there were
				r.a1, r.b1 = i+x, j+x
				break
			}
			for x := 0; x <= d; x++ {
				if i+x <= len(a) && j+d-x <= len(b) && alike(i+x, j+d-x) {
					r.a1, r.b1 = i+x, j+d-x
					break search
				}
			}
		}
		list = append(list, r)
		i, j = r.a1, r.b1
	}
	return list
}

func hunk(out *strings.Builder, a, b []string, list []region) {
	first, last := list[0], list[len(list)-1]
	lead := min(contextLines, first.a0)
	tail := min(contextLines, len(a)-last.a1)
	alo, ahi := first.a0-lead, last.a1+tail
	blo, bhi := first.b0-lead, last.b1+tail
	fmt.Fprintf(out, "@@ -%s +%s @@\n", span(alo, ahi), span(blo, bhi))
	line := func(mark, text string) {
		out.WriteString(mark + text)
		if !strings.HasSuffix(text, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
	at := alo
	for _, r := range list {
		for ; at < r.a0; at++ {
			line(" ", a[at])
		}
		for ; at < r.a1; at++ {
			line("-", a[at])
		}
		for _, l := range b[r.b0:r.b1] {
			line("+", l)
		}
	}
	for ; at < ahi; at++ {
		line(" ", a[at])
	}
}

func span(lo, hi int) string {
	switch hi - lo {
	case 0:
		return fmt.Sprintf("%d,0", lo)
	case 1:
		return fmt.Sprint(lo + 1)
	}
	return fmt.Sprintf("%d,%d", lo+1, hi-lo)
}
