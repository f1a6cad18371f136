package witness

import (
	"fmt"
	"io"
	"maps"
	"slices"
)

// ReportSim writes what became of a suite in the embedded Oracle: a row a file, the sums, and why statements are not
// compared.
func ReportSim(w io.Writer, verdicts []*Verdict) {
	outcomes := []string{Right, Refused, LoadErr, Wrong, Apart, Ran, Excluded}
	rows, total, reasons := map[string]map[string]int{}, map[string]int{}, map[string]map[string]int{}
	for _, v := range verdicts {
		if rows[v.File] == nil {
			rows[v.File] = map[string]int{}
		}
		rows[v.File][v.Outcome]++
		total[v.Outcome]++
		if v.Outcome == Excluded || v.Outcome == Apart {
			if reasons[v.Outcome] == nil {
				reasons[v.Outcome] = map[string]int{}
			}
			reasons[v.Outcome][kindOfReason(v.Why)]++
		}
	}
	fmt.Fprintf(w, "%-28s %8s", "file", "stmts")
	for _, o := range outcomes {
		fmt.Fprintf(w, " %12s", o)
	}
	line := func(name string, n map[string]int) {
		sum := 0
		for _, o := range outcomes {
			sum += n[o]
		}
		fmt.Fprintf(w, "\n%-28s %8d", name, sum)
		for _, o := range outcomes {
			fmt.Fprintf(w, " %12d", n[o])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		line(name, rows[name])
	}
	line("all", total)
	fmt.Fprintln(w)
	for _, o := range slices.Sorted(maps.Keys(reasons)) {
		fmt.Fprintf(w, "\n%s:\n", o)
		for _, why := range slices.SortedFunc(maps.Keys(reasons[o]), func(a, b string) int { return reasons[o][b] - reasons[o][a] }) {
			fmt.Fprintf(w, "%6d %s\n", reasons[o][why], why)
		}
	}
}
