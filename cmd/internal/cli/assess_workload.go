package cli

import (
	"fmt"
	stdio "io"
	"path/filepath"
	"strings"

	"landfall/assess"
)

// writePatches writes one patch for each folder of application source in which something is to be changed.
func writePatches(dir string, w *assess.Workload) (paths []string, err error) {
	for i, d := range w.Diffs {
		if d.Text == "" {
			continue
		}
		base := filepath.Base(filepath.Clean(d.Root))
		if base == "." || base == ".." || base == string(filepath.Separator) {
			base = "app"
		}
		name := filepath.Join(dir, fmt.Sprintf("%d-%s.patch", i+1, base))
		if err := writeWhole(name, func(w stdio.Writer) error { _, err := stdio.WriteString(w, d.Text); return err }); err != nil {
			return nil, &Error{Code: ExitFailed, Msg: "write " + name, Err: err, Hint: "check that " + dir + " can be written to and has room"}
		}
		paths = append(paths, filepath.ToSlash(name))
	}
	return paths, nil
}

func workloadTotals(r *assess.Result) *assess.WorkloadTotals {
	if r.Workload == nil {
		return nil
	}
	return &r.Workload.Totals
}

func printWorkload(b *strings.Builder, w *assess.Workload) {
	t := w.Totals
	fmt.Fprintf(b, "workload: %d sources, %d statements, %d different, %d executions\n", t.Sources, t.Statements, t.Groups, t.Executions)
	for _, c := range t.Classes {
		fmt.Fprintf(b, "  %-14s %d different, %d executions\n", c.Class, c.Groups, c.Executions)
	}
	if len(w.Patches) > 0 {
		states := map[string]int{}
		for _, p := range w.Patches {
			states[p.State]++
		}
		fmt.Fprintf(b, "  application source: %d places patched, %d unchanged, %d not patched\n", states[assess.PatchMade], states[assess.PatchNeedless], states[assess.PatchRefused])
	}
	for _, s := range t.Scores {
		if s.Of > 0 {
			fmt.Fprintf(b, "  compatible by %s: %.1f %%\n", s.Name, s.Percent())
		}
	}
}
