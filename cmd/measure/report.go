package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// Result is what one tool made of one corpus.
type Result struct {
	Tool     string         `json:"tool"`
	Corpus   string         `json:"corpus"`
	MB       float64        `json:"mb"`
	In       map[string]int `json:"in"`
	Lacking  map[string]int `json:"lacking"` // not in In: the input does not create what they stand on
	Accepted map[string]int `json:"accepted"`
	Refused  map[string]int `json:"refused"`
	Checked  int            `json:"checked"` // accepted items with plpgsql code
	Clean    int            `json:"clean"`
	Absent   int            `json:"absent"` // not clean only because of tables that the input does not make either
	Queries  int            `json:"queries"`
	Unread   int            `json:"unread"`
	Wrapped  int            `json:"wrapped"`
	Errors   int            `json:"load_errors"`
	Steps    []Step         `json:"steps"`
	Reasons  []Reason       `json:"reasons"`
	Checks   []Reason       `json:"checks"`
}

func sum(m map[string]int, kinds []string) (n int) {
	for _, k := range kinds {
		n += m[k]
	}
	return n
}

func (r *Result) cpu() (seconds, mb, peak float64, trouble []string) {
	for _, s := range r.Steps {
		seconds += s.CPU
		mb += float64(s.Bytes) / 1e6
		peak = max(peak, s.PeakMB)
		if s.Trouble != "" {
			trouble = append(trouble, fmt.Sprintf("%s: %s", s.Type, s.Trouble))
		}
	}
	return seconds, mb, peak, trouble
}

func (r *Result) save(dir string) error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, r.Corpus+".json"), b, 0o644)
}

// readResults reads what runs of a tool have left.
func readResults(dir string) ([]*Result, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	var list []*Result
	for _, name := range names {
		r, err := readResult(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, r)
	}
	return list, nil
}

func share(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%d/%d (%.1f%%)", part, whole, 100*float64(part)/float64(whole))
}

func cleanShare(r *Result) string {
	s := share(r.Clean, r.Checked)
	if r.Absent > 0 {
		s += fmt.Sprintf(" + %d", r.Absent)
	}
	return s
}

// structure is the share of kinds accepted, with the number of those that were counted apart.
func (r *Result) structure(kinds []string) string {
	s := share(sum(r.Accepted, kinds), sum(r.In, kinds))
	if n := sum(r.Lacking, kinds); n > 0 {
		s += fmt.Sprintf(" + %d", n)
	}
	return s
}

// writeTable prints a table of results in Markdown, with a line of totals.
func writeTable(w io.Writer, list []*Result) {
	fmt.Fprintln(w, "| corpus | tool | MB | routines, members, methods, triggers accepted | refused | plpgsql_check clean + only for want of tables that the input lacks too | tables, keys, indexes, comments, sequences, of those that the input can make + those that it cannot | views | cpu s | cpu s/MB | peak MB | trouble |")
	fmt.Fprintln(w, "|---|---|---:|---|---:|---|---|---|---:|---:|---:|---|")
	totals := map[string]*Result{}
	var tools []string
	for _, r := range list {
		r.row(w)
		t := totals[r.Tool]
		if t == nil {
			t = &Result{Tool: r.Tool, Corpus: "**all**", In: map[string]int{}, Lacking: map[string]int{}, Accepted: map[string]int{}, Refused: map[string]int{}}
			totals[r.Tool] = t
			tools = append(tools, r.Tool)
		}
		t.MB += r.MB
		t.Checked += r.Checked
		t.Clean += r.Clean
		t.Absent += r.Absent
		t.Steps = append(t.Steps, r.Steps...)
		for _, kinds := range [][]string{codeKinds, structureKinds, otherKinds} {
			for _, k := range kinds {
				t.In[k] += r.In[k]
				t.Lacking[k] += r.Lacking[k]
				t.Accepted[k] += r.Accepted[k]
				t.Refused[k] += r.Refused[k]
			}
		}
	}
	slices.Sort(tools)
	for _, name := range tools {
		t := totals[name]
		_, _, _, trouble := t.cpu()
		steps := t.Steps
		for i := range steps {
			steps[i].Trouble = ""
		}
		if len(trouble) > 0 {
			steps[0].Trouble = fmt.Sprintf("%d runs", len(trouble))
		}
		t.row(w)
	}
}

func (r *Result) row(w io.Writer) {
	cpu, mb, peak, trouble := r.cpu()
	perMB := "-"
	if mb > 0 {
		perMB = fmt.Sprintf("%.2f", cpu/mb)
	}
	note := ""
	for i, t := range trouble {
		if i > 0 {
			note += "; "
		}
		note += t[:min(len(t), 80)]
	}
	fmt.Fprintf(w, "| %s | %s | %.2f | %s | %d | %s | %s | %s | %.1f | %s | %.0f | %s |\n", r.Corpus, r.Tool, mb,
		share(sum(r.Accepted, codeKinds), sum(r.In, codeKinds)), sum(r.Refused, codeKinds), cleanShare(r),
		r.structure(structureKinds), r.structure([]string{"view"}), cpu, perMB, peak, note)
}
