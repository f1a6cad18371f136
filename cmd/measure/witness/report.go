package witness

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Count is the outcomes of some statements.
type Count struct {
	Statements                                            int
	Same, Ran, Loud, Silent, Refused, Errors, NotCompared int
}

func (c *Count) add(v *Verdict) {
	c.Statements++
	switch v.Outcome {
	case Same:
		c.Same++
	case Ran:
		c.Ran++
	case Loud:
		c.Loud++
	case Silent:
		c.Silent++
	case Refused:
		c.Refused++
	case LoadErr:
		c.Errors++
	default:
		c.NotCompared++
	}
}

// Report writes the table by file, the sums, and why what is not compared is not.
func Report(w io.Writer, verdicts []*Verdict) {
	rows, total := map[string]*Count{}, &Count{}
	reasons := map[string]int{}
	for _, v := range verdicts {
		if rows[v.File] == nil {
			rows[v.File] = &Count{}
		}
		rows[v.File].add(v)
		total.add(v)
		if v.Outcome == Excluded {
			reasons[kindOfReason(v.Why)]++
		}
	}
	fmt.Fprintf(w, "%-36s %6s %6s %6s %6s %6s %6s %6s %8s\n", "file", "stmts", "same", "ran", "loud", "silent", "refused", "error", "excluded")
	line := func(name string, c *Count) {
		fmt.Fprintf(w, "%-36s %6d %6d %6d %6d %6d %6d %6d %8d\n", name, c.Statements, c.Same, c.Ran, c.Loud, c.Silent, c.Refused, c.Errors, c.NotCompared)
	}
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		line(name, rows[name])
	}
	line("all", total)
	fmt.Fprintln(w, "\nnot compared:")
	for _, why := range slices.SortedFunc(maps.Keys(reasons), func(a, b string) int { return reasons[b] - reasons[a] }) {
		fmt.Fprintf(w, "%6d %s\n", reasons[why], why)
	}
}

// kindOfReason is a reason without what is particular to one statement.
func kindOfReason(why string) string {
	head, _, _ := strings.Cut(why, ": ")
	if head == "masked" {
		return why
	}
	return head
}

// Details writes every statement of an outcome with its text, what the witness has and what came out here.
func Details(w io.Writer, verdicts []*Verdict, outcome string) {
	for _, v := range verdicts {
		if v.Outcome != outcome {
			continue
		}
		fmt.Fprintf(w, "==== %s:%d %s\n", v.File, v.Statement.Line, v.Why)
		for _, f := range v.Findings {
			fmt.Fprintf(w, "-- finding %s\n", f)
		}
		fmt.Fprintf(w, "%s\n---- the witness\n", v.Statement.Raw)
		for _, t := range v.Statement.Want.Tables {
			for _, row := range t {
				fmt.Fprintln(w, strings.Join(row, " | "))
			}
		}
		for _, n := range v.Statement.Want.Notices {
			fmt.Fprintln(w, "NOTICE", n)
		}
		if v.Statement.Want.Error != "" {
			fmt.Fprintln(w, "ERROR", v.Statement.Want.Error)
		}
		fmt.Fprintf(w, "---- here\n%s---- run\n%s\n", v.Got, v.SQL)
	}
}
