package cli

import (
	"encoding/json"
	"fmt"
	stdio "io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"landfall/internal/oracle/bundle"
)

func newBundleDiff(io *IOStreams) *cobra.Command {
	var asJSON, all bool
	cmd := &cobra.Command{
		Use:   "diff OLD.zip NEW.zip",
		Short: "Compare two bundles row by row",
		Long: `Compares what two bundles know, by the keys of their extracts: rows that were added, removed or changed, and in which
columns. Figures, statistics and times are left aside, so that what is left is what somebody changed; --all compares them too.`,
		Example: `  landfall bundle diff june.zip july.zip
  landfall bundle diff june.zip july.zip --json | jq 'select(.extract=="columns")'`,
		Args:        exactly(2, "two bundles"),
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitDifferences, ExitCancelled),
		RunE: func(_ *cobra.Command, args []string) error {
			return runBundleDiff(args[0], args[1], all, asJSON, io)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one JSON object a change, and at the end the sums")
	cmd.Flags().BoolVar(&all, "all", false, "compare figures, statistics and times too")
	return cmd
}

func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError(cmd.CommandPath()+" --help shows how it is used", "%s needs %s, got %d arguments", cmd.CommandPath(), what, len(args))
		}
		return nil
	}
}

func runBundleDiff(oldName, newName string, all, asJSON bool, io *IOStreams) error {
	old, err := bundle.Open(oldName)
	if err != nil {
		return err
	}
	defer old.Close()
	now, err := bundle.Open(newName)
	if err != nil {
		return err
	}
	defer now.Close()
	enc := json.NewEncoder(io.Out)
	enc.SetEscapeHTML(false)
	signs := map[string]string{"added": "+", "removed": "-", "changed": "~"}
	sums, err := bundle.Diff(old, now, all, func(c bundle.Change) error {
		if asJSON {
			return enc.Encode(c)
		}
		line := signs[c.Kind] + " " + c.Extract + " " + c.Key
		for _, d := range c.Columns {
			line += fmt.Sprintf("; %s: %s -> %s", d.Column, shortValue(d.Old), shortValue(d.New))
		}
		_, err := fmt.Fprintln(io.Out, line)
		return err
	})
	if err != nil {
		return err
	}
	differ := false
	for _, d := range sums {
		differ = differ || d.Added+d.Removed+d.Changed > 0 || d.OnlyIn != ""
	}
	if asJSON {
		err = enc.Encode(struct {
			Extracts []bundle.ExtractDelta `json:"extracts"`
		}{sums})
	} else {
		_, err = stdio.WriteString(io.Out, diffSums(sums, differ))
	}
	if err == nil && differ {
		return done(ExitDifferences)
	}
	return err
}

func diffSums(sums []bundle.ExtractDelta, differ bool) string {
	if !differ {
		return "no difference\n"
	}
	var b strings.Builder
	for _, d := range sums {
		switch {
		case d.OnlyIn != "":
			fmt.Fprintf(&b, "%s: only in the %s bundle\n", d.Extract, d.OnlyIn)
		case d.Added+d.Removed+d.Changed > 0:
			fmt.Fprintf(&b, "%s: %d added, %d removed, %d changed, %d same\n", d.Extract, d.Added, d.Removed, d.Changed, d.Same)
		}
	}
	return b.String()
}

// shortValue shortens a value for a line of text.
func shortValue(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > 60 {
		return string(r[:60]) + "..."
	}
	if len(r) == 0 {
		return "NULL"
	}
	return string(r)
}

func newBundleMerge(io *IOStreams) *cobra.Command {
	var (
		out           string
		asJSON, quiet bool
	)
	cmd := &cobra.Command{
		Use:   "merge A.zip B.zip ... --out FILE.zip",
		Short: "Put bundles of one database together: of several schemas, or of several times",
		Long: `Unites the rows of bundles of one database. Where several have the same row, that of the latest counts; figures are
not added up. Bundles of different databases, versions or masks are refused, and so are two of one time that contradict each other.`,
		Example: `  landfall bundle merge erp.zip crm.zip --out both.zip
  landfall bundle merge monday.zip month-end.zip --out workload.zip`,
		Args:        atLeast(2, "two bundles or more"),
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitCancelled),
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return usageError("--out FILE.zip", "landfall bundle merge needs --out")
			}
			return runBundleMerge(args, out, asJSON, quiet, io)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the bundle to write, a zip file")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the manifest as JSON")
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "say nothing but errors")
	return cmd
}

func runBundleMerge(names []string, out string, asJSON, quiet bool, io *IOStreams) error {
	var list []*bundle.Bundle
	for _, name := range names {
		if sameFile(name, out) {
			return usageError("name another file", "--out %s is one of the bundles to merge", out)
		}
		b, err := bundle.Open(name)
		if err != nil {
			return err
		}
		defer b.Close()
		list = append(list, b)
	}
	c, err := bundle.Merge(list)
	if err != nil {
		return err
	}
	c.Manifest.Tool = "landfall " + orElse(version, "devel")
	m, err := writeBundle(out, c)
	if err != nil {
		return err
	}
	if err := printBundle(io, out, m, asJSON, quiet); err != nil {
		return err
	}
	if lacks(m) {
		return done(ExitPartly)
	}
	return nil
}

func sameFile(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}
