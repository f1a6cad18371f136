// Package spelling finds what was meant by a word that is not known.
//
// Input -> output: a word and the known ones in, the nearest of them out. It knows no language and keeps no state.
package spelling

import "strings"

// Nearest is the name closest to what was typed, or "" when none is close: at most two edits, and less than
// half of the word.
func Nearest(typed string, names []string) string {
	best, at := "", 3
	for _, n := range names {
		d := distance(strings.ToLower(typed), n)
		if strings.HasPrefix(n, strings.ToLower(typed)) && len(typed) >= 3 {
			d = min(d, 1)
		}
		if d < at && 2*d <= max(len(typed), len(n)) {
			best, at = n, d
		}
	}
	return best
}

// distance counts insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
func distance(a, b string) int {
	prev2, prev := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], prev2[j-2]+1)
			}
		}
		prev2, prev = prev, row
	}
	return prev[len(b)]
}
