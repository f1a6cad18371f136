package reports

import (
	"html/template"
	"strings"

	"landfall/assess"
)

// Limits of texts that stand side by side in the page. What is cut says so; report.json and the converted files have it whole.
const (
	sideBytes      = 12_000    // of one text
	pageSideBytes  = 8_000_000 // of all texts of objects
	pageStatements = 3_000     // statements of the workload, the heaviest
	plainSides     = 20        // statements that stand in the page without the script
	diffEdits      = 600       // tokens that differ; where more do, all between the first and the last are marked
)

// sides colours two texts and marks in each the tokens that the other has not. Letters of unquoted words count as
// the database counts them: without case. Spaces and line breaks mark nothing.
func sides(left, right string) (l, r []snippetLineOut) {
	a, b := colour(left, 0, 0), colour(right, 0, 0)
	ia, ka := diffTokens(a)
	ib, kb := diffTokens(b)
	keepA, keepB := common(ka, kb)
	for i, at := range ia {
		a[at].mark = !keepA[i]
	}
	for i, at := range ib {
		b[at].mark = !keepB[i]
	}
	return linesOf(a, 1), linesOf(b, 1)
}

// diffTokens are the places of the segments that count, and what they are compared by.
func diffTokens(ss []segment) (at []int, keys []string) {
	for i, s := range ss {
		text := strings.TrimSpace(s.text)
		if text == "" {
			continue
		}
		if s.class == 'o' || s.class == 'k' {
			text = strings.ToLower(text)
		}
		at = append(at, i)
		keys = append(keys, text)
	}
	return at, keys
}

// common says which elements of a and b are in a longest common subsequence (E. Myers, An O(ND) Difference Algorithm,
// 1986). With more than diffEdits edits it keeps the common beginning and end only.
func common(a, b []string) (keepA, keepB []bool) {
	keepA, keepB = make([]bool, len(a)), make([]bool, len(b))
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		keepA[from], keepB[from] = true, true
		from++
	}
	endA, endB := len(a), len(b)
	for endA > from && endB > from && a[endA-1] == b[endB-1] {
		endA, endB = endA-1, endB-1
		keepA[endA], keepB[endB] = true, true
	}
	a, b = a[from:endA], b[from:endB]
	var trace [][]int32
	n, m := len(a), len(b)
	const middle = diffEdits + 1
	v := make([]int, 2*middle+1) // the furthest x of diagonal k so far, at middle+k
	for d := 0; d <= min(n+m, diffEdits); d++ {
		row := make([]int32, d+1) // the furthest x of every diagonal k, of which every second counts, at (k+d)/2
		for k := -d; k <= d; k += 2 {
			x := 0
			if k == -d || k != d && v[middle+k-1] < v[middle+k+1] {
				x = v[middle+k+1]
			} else {
				x = v[middle+k-1] + 1
			}
			for x < n && x-k < m && a[x] == b[x-k] {
				x++
			}
			v[middle+k], row[(k+d)/2] = x, int32(x) //nolint:gosec // tokens of one text
			if x >= n && x-k >= m {
				walkBack(append(trace, row), n, m, func(x, y int) { keepA[from+x], keepB[from+y] = true, true })
				return keepA, keepB
			}
		}
		trace = append(trace, row)
	}
	return keepA, keepB
}

// walkBack follows the traces from the end to the beginning and tells every pair that is common.
func walkBack(trace [][]int32, x, y int, same func(x, y int)) {
	for d := len(trace) - 1; d > 0; d-- {
		k := x - y
		at := func(k int) int { // of the trace before
			if i := k + d - 1; i >= 0 && i/2 < len(trace[d-1]) {
				return int(trace[d-1][i/2])
			}
			return -1
		}
		down := k == -d || k != d && at(k-1) < at(k+1)
		k2 := k - 1
		if down {
			k2 = k + 1
		}
		x2 := at(k2)
		y2 := x2 - k2
		startX := x2
		if !down {
			startX++
		}
		for x > startX {
			x, y = x-1, y-1
			same(x, y)
		}
		x, y = x2, y2
	}
	for x > 0 && y > 0 {
		x, y = x-1, y-1
		same(x, y)
	}
}

// sideText keeps what the page shows of a text.
func sideText(s string) (text string, cut bool) {
	s = strings.TrimSpace(s)
	if len(s) <= sideBytes {
		return s, false
	}
	return strings.ToValidUTF8(s[:sideBytes], ""), true
}

// sidesHTML shows two texts side by side.
func sidesHTML(left, right string) [2]template.HTML {
	left, _ = sideText(left)
	right, _ = sideText(right)
	if left == "" || right == "" { // there is nothing to differ from
		return [2]template.HTML{sourceHTML(linesOf(colour(left, 0, 0), 1), false), sourceHTML(linesOf(colour(right, 0, 0), 1), false)}
	}
	l, r := sides(left, right)
	return [2]template.HTML{sourceHTML(l, false), sourceHTML(r, false)}
}

// packedSides are two texts as the page's data holds them: text, runs, text, runs. Without a second one nothing is marked.
func packedSides(left, right string) []any {
	if left == "" || right == "" {
		_, l, lr := packed(linesOf(colour(left, 0, 0), 1))
		_, r, rr := packed(linesOf(colour(right, 0, 0), 1))
		return []any{l, lr, r, rr}
	}
	a, b := sides(left, right)
	_, l, lr := packed(a)
	_, r, rr := packed(b)
	return []any{l, lr, r, rr}
}

// statementRow is one statement of the workload as the page's data holds it: class, standing, effort, executions, elapsed ms,
// text, runs, converted, runs, why, places, findings as code, severity and message, more places, modules, cut. Texts that repeat are places in the table of strings.
func statementRow(g *assess.WorkloadGroup, text func(string) int) []any {
	left, cutL := sideText(g.Text)
	right, cutR := sideText(g.Converted)
	two := packedSides(left, right)
	places, findings := []int{}, [][]any{}
	for _, p := range g.Places {
		places = append(places, text(strings.TrimSpace(placeOf(p)+" "+p.Origin)))
	}
	for _, f := range g.Findings {
		findings = append(findings, []any{text(f.Code), f.Severity, text(f.Message)})
	}
	return []any{
		g.Class, g.Standing().String(), g.Effort, g.Executions, int64(g.ElapsedMS), two[0], two[1], two[2], two[3], text(g.Why), places, findings, g.MorePlaces,
		text(strings.Join(g.Modules, ", ")), cutL || cutR, g.ID,
	}
}
