package cli

import (
	"encoding/json"
	"fmt"
	stdio "io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
)

func newBundle(io *IOStreams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "bundle",
		Short: "Look at bundles: verify, show, diff, merge",
		Long: `A bundle is one zip file with what landfall collect found out about a database. These commands check one, show what is
in it, compare two, and put several of one database together.`,
		Example: `  landfall bundle verify erp.zip
  landfall bundle show erp.zip tables
  landfall bundle diff june.zip july.zip`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitUsage),
		RunE:        func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newBundleVerify(io), newBundleShow(io), newBundleDiff(io), newBundleMerge(io))
	return cmd
}

func newBundleVerify(io *IOStreams) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify FILE.zip ...",
		Short: "Check that bundles are whole: sums, row counts, columns, encoding",
		Long: `Reads everything in the bundles and reports every fault with its code, file and line. Exit code 1 means that one of
them is not what was collected.`,
		Example:     "  landfall bundle verify erp.zip crm.zip",
		Args:        atLeast(1, "a bundle"),
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitCancelled),
		RunE: func(_ *cobra.Command, args []string) error {
			return runBundleVerify(args, asJSON, io)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one line of JSON a bundle")
	return cmd
}

// verdict is the JSON of landfall bundle verify (docs/json.md).
type verdict struct {
	File     string        `json:"file"`
	OK       bool          `json:"ok"`
	Extracts int           `json:"extracts"`
	Rows     int64         `json:"rows"`
	Faults   []bundleFault `json:"faults"`
}

type bundleFault struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

func runBundleVerify(names []string, asJSON bool, io *IOStreams) error {
	code := ExitOK
	for _, name := range names {
		v := verdict{File: filepath.ToSlash(name), Faults: []bundleFault{}}
		b, err := bundle.Open(name)
		faults := []error{err}
		if err == nil {
			faults = b.Verify()
			v.Extracts = len(b.Manifest.Extracts)
			for _, e := range b.Manifest.Extracts {
				v.Rows += e.Rows
			}
			if err := b.Close(); err != nil {
				return err
			}
		}
		for _, f := range faults {
			v.Faults = append(v.Faults, bundleFault{model.Code(f), f.Error(), model.Hint(f)})
		}
		if v.OK = len(v.Faults) == 0; !v.OK {
			code = ExitFailed
		}
		if err := v.print(io, asJSON); err != nil {
			return err
		}
	}
	return done(code)
}

func (v verdict) print(io *IOStreams, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(io.Out).Encode(v)
	}
	for _, f := range v.Faults {
		fmt.Fprintf(io.Err, "landfall: %s\n", f.Message)
		if f.Hint != "" {
			fmt.Fprintf(io.Err, "hint: %s\n", f.Hint)
		}
	}
	var err error
	if v.OK {
		_, err = fmt.Fprintf(io.Out, "%s: whole, %d extracts, %d rows\n", v.File, v.Extracts, v.Rows)
	} else {
		_, err = fmt.Fprintf(io.Out, "%s: not whole, faults: %d\n", v.File, len(v.Faults))
	}
	return err
}

func newBundleShow(io *IOStreams) *cobra.Command {
	var (
		asJSON bool
		limit  int
	)
	cmd := &cobra.Command{
		Use:   "show FILE.zip [EXTRACT]",
		Short: "Show what a bundle holds and lacks, or the rows of one extract",
		Long: `Without an extract it shows the database, every extract with its number of rows, and what was not collected with the
reason. With one it writes its rows, tab-separated with a line of column names, as they stand in the bundle.`,
		Example: `  landfall bundle show erp.zip
  landfall bundle show erp.zip sql --limit 10
  landfall bundle show erp.zip --json | jq .database`,
		Args:        atLeast(1, "a bundle"),
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitCancelled),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 2 {
				return usageError("landfall bundle show FILE.zip EXTRACT", "one bundle and one extract can be shown, got %q", args[2])
			}
			return runBundleShow(args, limit, asJSON, io)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the manifest as JSON; of an extract one object a row")
	cmd.Flags().IntVar(&limit, "limit", 0, "at most so many rows; 0 is all")
	return cmd
}

func runBundleShow(args []string, limit int, asJSON bool, io *IOStreams) error {
	b, err := bundle.Open(args[0])
	if err != nil {
		return err
	}
	defer b.Close()
	if len(args) == 2 {
		return showExtract(b, args[1], limit, asJSON, io)
	}
	if asJSON {
		return json.NewEncoder(io.Out).Encode(&b.Manifest)
	}
	_, err = stdio.WriteString(io.Out, describeManifest(&b.Manifest))
	return err
}

func describeManifest(m *bundle.Manifest) string {
	var b strings.Builder
	d := m.Database
	line := func(label, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%-14s %s\n", label, value)
		}
	}
	line("origin", string(m.Origin))
	line("database", d.Name)
	line("unique name", d.UniqueName)
	line("dbid", d.DBID)
	line("container", d.Container)
	line("version", d.Version)
	line("platform", d.Platform)
	line("character set", strings.TrimSuffix(d.Charset+", national "+d.NCharset, ", national "))
	line("collected at", m.CollectedAt)
	line("until", m.CollectedUntil)
	line("collected by", d.SessionUser)
	line("schemas", strings.Join(m.Schemas, ", "))
	if m.Days > 0 {
		line("history", fmt.Sprintf("%d days", m.Days))
	}
	if m.Mask != nil {
		line("masked", "literals"+map[bool]string{true: " and identifiers"}[m.Mask.Identifiers]+", key "+m.Mask.KeyID)
	}
	for _, p := range m.Merged {
		line("merged from", strings.TrimSpace(p.SHA256[:min(12, len(p.SHA256))]+" "+p.CollectedAt+" "+strings.Join(p.Schemas, ", ")))
	}
	b.WriteString("\n")
	for _, e := range m.Extracts {
		note := ""
		if e.Incomplete != "" {
			note = "  incomplete: " + e.Incomplete
		}
		if e.Damaged > 0 {
			note += fmt.Sprintf("  %d damaged characters", e.Damaged)
		}
		fmt.Fprintf(&b, "%-22s %10d rows%s\n", e.Name, e.Rows, note)
	}
	if len(m.NotCollected) > 0 {
		b.WriteString("\nnot collected:\n")
	}
	for _, n := range m.NotCollected {
		fmt.Fprintf(&b, "%-22s %s\n", n.Name, strings.TrimSuffix(string(n.Reason)+": "+n.Detail, ": "))
	}
	return b.String()
}

// errEnough ends the reading of an extract early.
type errEnough struct{}

func (errEnough) Error() string { return "enough" }

func showExtract(b *bundle.Bundle, name string, limit int, asJSON bool, io *IOStreams) error {
	e := bundle.Find(name)
	if e == nil {
		var names []string
		for _, x := range bundle.Registry() {
			names = append(names, x.Name)
		}
		hint := "landfall bundle show FILE.zip lists them"
		if near := nearest(name, names); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return usageError(hint, "unknown extract %q", name)
	}
	w := io.Out
	if !asJSON {
		if _, err := fmt.Fprintln(w, strings.Join(e.ColumnNames(), "\t")); err != nil {
			return err
		}
	}
	n := 0
	err := b.Each(name, func(r bundle.Row) error {
		if limit > 0 && n == limit {
			return errEnough{}
		}
		n++
		if !asJSON {
			_, err := fmt.Fprintln(w, bundle.FormatRow(r.Fields()))
			return err
		}
		fields := map[string]string{}
		for i, c := range e.Columns {
			if v := r.Fields()[i]; v != "" {
				fields[c.Name] = v
			}
		}
		return json.NewEncoder(w).Encode(fields)
	})
	if _, enough := err.(errEnough); enough {
		return nil
	}
	return err
}
