package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// compared are the tools side by side in the comparison, ours first.
var compared = []struct{ tool, title string }{
	{"estate", "landfall"}, {"type", "landfall --type"}, {"ora2pg", "ora2pg"}, {"ora2pg-each", "ora2pg, one object a run"},
}

// compare prints one line a corpus with all tools that have results, by what they accept of the same input. A corpus
// that a tool was not run on shows a blank and leaves that tool's total without it.
func compare(w io.Writer, work string) error {
	by := map[string]map[string]*Result{}
	for _, c := range compared {
		list, err := readResults(filepath.Join(work, "results", c.tool))
		if err != nil {
			return err
		}
		for _, r := range list {
			if by[r.Corpus] == nil {
				by[r.Corpus] = map[string]*Result{}
			}
			by[r.Corpus][c.tool] = r
		}
	}
	corpora := sortedKeys(by)
	for _, part := range []struct {
		title string
		cell  func(r *Result) (int, int)
	}{
		{"Routines, package members, methods and triggers accepted by PostgreSQL, of those in the input", func(r *Result) (int, int) {
			return sum(r.Accepted, codeKinds), sum(r.In, codeKinds)
		}},
		{"plpgsql_check clean, of those accepted", func(r *Result) (int, int) { return r.Clean, r.Checked }},
		{"The same, with those that are not clean only for want of tables which the input does not make either", func(r *Result) (int, int) {
			return r.Clean + r.Absent, r.Checked
		}},
		{"Tables, keys, indexes, comments and sequences accepted, of those in the input", func(r *Result) (int, int) {
			return sum(r.Accepted, structureKinds), sum(r.In, structureKinds)
		}},
	} {
		fmt.Fprintf(w, "%s:\n\n| corpus |", part.title)
		for _, c := range compared {
			fmt.Fprintf(w, " %s |", c.title)
		}
		fmt.Fprintf(w, "\n|---|%s\n", strings.Repeat("---:|", len(compared)))
		totals := make([][2]int, len(compared))
		for _, name := range corpora {
			var cells []string
			for i, c := range compared {
				r := by[name][c.tool]
				if r == nil {
					cells = append(cells, "")
					continue
				}
				got, of := part.cell(r)
				totals[i][0] += got
				totals[i][1] += of
				cells = append(cells, share(got, of))
			}
			if slices.ContainsFunc(cells, func(s string) bool { return s != "" && s != "-" }) {
				fmt.Fprintf(w, "| %s | %s |\n", name, strings.Join(cells, " | "))
			}
		}
		fmt.Fprint(w, "| all |")
		for _, t := range totals {
			fmt.Fprintf(w, " %s |", share(t[0], t[1]))
		}
		fmt.Fprint(w, "\n\n")
	}
	return compareSpeed(w, by, corpora)
}

// compareSpeed prints CPU seconds a megabyte; for packages alone where a run by type tells them apart.
func compareSpeed(w io.Writer, by map[string]map[string]*Result, corpora []string) error {
	fmt.Fprint(w, "CPU seconds a megabyte (of packages alone in brackets):\n\n| corpus |")
	for _, c := range compared {
		fmt.Fprintf(w, " %s |", c.title)
	}
	fmt.Fprintf(w, "\n|---|%s\n", strings.Repeat("---:|", len(compared)))
	type cost struct{ cpu, mb, pcpu, pmb float64 }
	show := func(c cost) string {
		if c.mb == 0 {
			return ""
		}
		s := fmt.Sprintf("%.2f", c.cpu/c.mb)
		if c.pmb > 0 {
			s += fmt.Sprintf(" (%.2f)", c.pcpu/c.pmb)
		}
		return s
	}
	totals := make([]cost, len(compared))
	for _, name := range corpora {
		fmt.Fprintf(w, "| %s |", name)
		for i, t := range compared {
			var c cost
			if r := by[name][t.tool]; r != nil {
				for _, s := range r.Steps {
					mb := float64(s.Bytes) / 1e6
					c.cpu, c.mb = c.cpu+s.CPU, c.mb+mb
					if s.Type == "PACKAGE" {
						c.pcpu, c.pmb = c.pcpu+s.CPU, c.pmb+mb
					}
				}
			}
			totals[i].cpu, totals[i].mb = totals[i].cpu+c.cpu, totals[i].mb+c.mb
			totals[i].pcpu, totals[i].pmb = totals[i].pcpu+c.pcpu, totals[i].pmb+c.pmb
			fmt.Fprintf(w, " %s |", show(c))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprint(w, "| all |")
	for _, c := range totals {
		fmt.Fprintf(w, " %s |", show(c))
	}
	fmt.Fprint(w, "\n\n")
	return nil
}
