package cli

import (
	"context"
	"encoding/json"
	"fmt"
	stdio "io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/collect"
	"landfall/internal/oracle/scripts"
)

type collectOptions struct {
	source, out, schema string
	mask, maskKey       string
	live                liveOptions
	read                readOptions
	json, quiet         bool
}

func newCollect(io *IOStreams) *cobra.Command {
	var opt collectOptions
	cmd := &cobra.Command{
		Use:   "collect --source {files:DIR | spool:DIR | oracle://...} --out FILE.zip",
		Short: "Collect what is known of a database into one file, a bundle",
		Long: `Makes a bundle: one zip with the dictionary, definitions, source, statements with their figures, sizes and settings
of one Oracle database, as text extracts with sums, and a manifest that says what is in it, what is not, and why.

files:DIR reads a folder of scripts; the bundle holds what scripts can tell. spool:DIR reads what the scripts of
landfall collect script have spooled. oracle://user@host:1521/service asks a live database, as a reader: every statement is checked
to be a query before it is sent (docs/live-check.md). A bundle is a source for assess and convert: --source bundle:FILE.

The exit code is 3 when something was not collected that this kind of source can have, or a file was not read.`,
		Example: `  landfall collect --source files:./ddl --out erp.zip
  landfall collect script --out ./collect --schemas ERP,CRM
  landfall collect --source spool:./collect/spool --out erp.zip
  landfall collect --source oracle://reader@db1:1521/ERP --source-password-file ~/.erp --schemas ERP,CRM --out erp.zip
  landfall collect --source spool:./collect/spool --out erp.zip --mask=identifiers
  landfall assess --source bundle:erp.zip --out ./assessment`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runCollect(cmd.Context(), opt, io)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&opt.source, "source", "", "what to collect from: files:DIR, spool:DIR, oracle://user@host:1521/service")
	fl.StringVar(&opt.out, "out", "", "the bundle to write, a zip file")
	fl.StringSliceVar(&opt.live.schemas, "schemas", nil, "only these schemas, comma-separated")
	fl.StringVar(&opt.schema, "schema", "", "schema of objects that scripts name without one")
	fl.StringVar(&opt.mask, "mask", "", "replace literals, comments and values in the bundle; --mask=identifiers replaces names too")
	fl.Lookup("mask").NoOptDefVal = "literals"
	fl.StringVar(&opt.maskKey, "mask-key", "", "file with the key of the mask and what names became, made when it is missing; it goes into no bundle (default FILE.mask.json)")
	fl.BoolVar(&opt.json, "json", false, "write the manifest as JSON")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "say nothing but errors")
	opt.read.bind(fl)
	opt.live.bind(fl)
	cmd.AddCommand(newCollectScript(io))
	return cmd
}

func runCollect(ctx context.Context, opt collectOptions, io *IOStreams) error {
	kind, path, _ := strings.Cut(opt.source, ":")
	switch {
	case opt.source == "":
		return usageError("--source files:DIR, spool:DIR or oracle://user@host:1521/service", "landfall collect needs --source")
	case kind != "files" && kind != "spool" && kind != "oracle" || path == "":
		return usageError("files:DIR reads a folder of scripts, spool:DIR what SQL*Plus spooled, oracle://user@host:1521/service a live database", "--source cannot be %q", redactURL(opt.source))
	case opt.out == "":
		return usageError("--out erp.zip", "landfall collect needs --out")
	case opt.mask != "" && opt.mask != "literals" && opt.mask != "identifiers":
		return usageError("--mask replaces literals, --mask=identifiers names too", "--mask cannot be %q", opt.mask)
	case opt.mask == "" && opt.maskKey != "":
		return usageError("--mask replaces literals, --mask=identifiers names too", "--mask-key does nothing without --mask")
	case kind == "spool" && len(opt.live.schemas) > 0:
		return usageError("landfall collect script --schemas writes scripts that collect only these", "--schemas does not go with what is spooled already")
	}
	meter := phases{io: io, quiet: opt.quiet}
	var (
		c    *bundle.Content
		part bool // a file of the source was not read
		err  error
	)
	told := func(done, total int, _ string) { meter.at("collecting", done, total) }
	if kind == "oracle" {
		c, err = opt.live.collect(ctx, opt.source, io, told)
	} else {
		c, part, err = opt.collectFiles(ctx, kind, path, &meter, told)
	}
	meter.end()
	if err != nil {
		return err
	}
	if opt.mask != "" {
		if c, err = maskContent(c, opt.mask, orElse(opt.maskKey, strings.TrimSuffix(opt.out, ".zip")+".mask.json")); err != nil {
			return err
		}
	}
	m, err := writeBundle(opt.out, c)
	if err != nil {
		return err
	}
	if err := printBundle(io, opt.out, m, opt.json, opt.quiet); err != nil {
		return err
	}
	if part || lacks(m) {
		return done(ExitPartly)
	}
	return nil
}

// collectFiles collects from scripts, or from what SQL*Plus has spooled. part says that a file was not read.
func (o collectOptions) collectFiles(ctx context.Context, kind, path string, meter *phases, told func(done, total int, extract string)) (c *bundle.Content, part bool, err error) {
	var src collect.Source
	if kind == "files" {
		src, part, err = o.filesSource(ctx, path, meter)
	} else {
		src, err = collect.NewSpool(path)
	}
	if err != nil {
		return nil, part, err
	}
	c, err = collect.Run(ctx, src, collect.Options{Schemas: foldNames(o.live.schemas), Tool: "landfall " + orElse(version, "devel"), Progress: told})
	return c, part, err
}

// filesSource reads a folder of scripts.
func (o collectOptions) filesSource(ctx context.Context, dir string, meter *phases) (collect.Source, bool, error) {
	fopt, err := o.read.files()
	if err != nil {
		return nil, false, err
	}
	ccflags, err := parseCCFlags(o.read.ccflags)
	if err != nil {
		return nil, false, err
	}
	estate, err := scripts.Load(ctx, dir, scripts.Options{
		Ext: fopt.Ext, Charset: fopt.Charset, MaxFile: fopt.MaxFile, CCFlags: ccflags, Jobs: o.read.jobs, DefaultSchema: o.schema, RefuseDamage: fopt.RefuseDamage,
		Progress: func(done, total int, _ string) { meter.at("reading", done, total) },
	})
	if err != nil {
		return nil, false, err
	}
	if len(estate.Files) == 0 {
		return nil, false, &Error{Code: ExitFailed, Msg: dir + ": no Oracle scripts here", Hint: "name the folder that holds them, or add file endings with --ext"}
	}
	return collect.NewFiles(estate, dir, newest(dir, estate), foldNames(o.live.schemas)), leftOut(estate), nil
}

// leftOut reports a file that could not be read.
func leftOut(estate *scripts.Estate) bool {
	return slices.ContainsFunc(estate.Files, func(s *scripts.Source) bool { return s.Parsed == nil })
}

// newest is the time of the newest script: when the scripts became what they are.
func newest(dir string, estate *scripts.Estate) time.Time {
	var t time.Time
	for _, s := range estate.Files {
		st, err := os.Stat(filepath.Join(dir, filepath.FromSlash(s.Name)))
		if err == nil && st.ModTime().After(t) {
			t = st.ModTime()
		}
	}
	return t
}

// foldNames folds schema names as Oracle does: quoted ones stay.
func foldNames(list []string) []string {
	var out []string
	for _, s := range list {
		s = strings.TrimSpace(s)
		switch {
		case len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"':
			out = append(out, s[1:len(s)-1])
		case s != "":
			out = append(out, strings.ToUpper(s))
		}
	}
	return out
}

// writeBundle writes a bundle under its name when it is whole, and gives its manifest as it is read back.
func writeBundle(name string, c *bundle.Content) (*bundle.Manifest, error) {
	if err := writeWhole(name, func(w stdio.Writer) error { return bundle.Write(w, c) }); err != nil {
		return nil, &Error{Code: ExitFailed, Msg: "write " + name, Err: err, Hint: "check that it can be written to and has room"}
	}
	b, err := bundle.Open(name)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	return &b.Manifest, nil
}

// lacks reports that something is missing that could be there.
func lacks(m *bundle.Manifest) bool {
	for _, e := range m.Extracts {
		if e.Incomplete != "" || e.Damaged > 0 {
			return true
		}
	}
	for _, n := range m.NotCollected {
		switch n.Reason {
		case bundle.ReasonFailed, bundle.ReasonTime, bundle.ReasonNotRun, bundle.ReasonPrivilege:
			return true
		}
	}
	return false
}

// printBundle says what is in a bundle.
func printBundle(io *IOStreams, name string, m *bundle.Manifest, asJSON, quiet bool) error {
	switch {
	case asJSON:
		return json.NewEncoder(io.Out).Encode(m)
	case quiet:
		return nil
	}
	var rows int64
	for _, e := range m.Extracts {
		rows += e.Rows
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d extracts, %d rows\n", filepath.ToSlash(name), len(m.Extracts), rows)
	for _, e := range m.Extracts {
		if e.Incomplete != "" {
			fmt.Fprintf(&b, "incomplete: %s: %s\n", e.Name, e.Incomplete)
		}
		if e.Damaged > 0 {
			fmt.Fprintf(&b, "damaged: %s: %d characters that the database could not read\n", e.Name, e.Damaged)
		}
	}
	why := map[bundle.Reason]int{}
	for _, n := range m.NotCollected {
		why[n.Reason]++
		if n.Reason == bundle.ReasonFailed {
			fmt.Fprintf(&b, "failed: %s: %s\n", n.Name, n.Detail)
		}
	}
	for _, r := range []bundle.Reason{bundle.ReasonOrigin, bundle.ReasonVersion, bundle.ReasonPrivilege, bundle.ReasonPack, bundle.ReasonSkipped, bundle.ReasonTime, bundle.ReasonFailed, bundle.ReasonNotRun} {
		if why[r] > 0 {
			fmt.Fprintf(&b, "not collected: %d extracts, %s\n", why[r], r)
		}
	}
	_, err := stdio.WriteString(io.Out, b.String())
	return err
}
