package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	stdio "io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"landfall/assess"
	"landfall/assess/fleet"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/files"
	"landfall/internal/project"
	"landfall/reports/schema"
)

type fleetOptions struct {
	list   string
	keep   bool
	report []string
	assessOptions
}

func newFleet(io *IOStreams, stage assessor) *cobra.Command {
	var opt fleetOptions
	cmd := &cobra.Command{
		Use:   "fleet --list {FILE.csv | FILE.yaml} --out DIR",
		Short: "Assess many databases in one run and say how they move together",
		Long: `Assesses every database of a list, each into a folder of its own, and writes fleet.json, fleet.xlsx and fleet.html: which schemas are copies
of each other, which databases have to move together because of links and applications, in which waves, with how much
work, and onto how few servers.

A run that was stopped or killed goes on where it was: finished databases whose input and settings are the same are not
assessed again. --continue-on-error lists databases that fail and goes on; the exit code is 3 then.`,
		Example: `  landfall assess fleet --list fleet.csv --out ./fleet
  landfall assess fleet --list fleet.yaml --out ./fleet --jobs 8 --continue-on-error --report json,html
  landfall assess fleet --list fleet.csv --out ./fleet --json | jq '.waves[] | {number, databases, hours}'`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitGate, ExitNoProject, ExitLocked, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runFleet(cmd.Context(), opt, stage, io)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&opt.list, "list", "", "databases: CSV with the headings name,source and others, or YAML (docs/assess.md)")
	fl.StringVar(&opt.out, "out", "", "folder for the results")
	fl.BoolVar(&opt.keep, "continue-on-error", false, "list databases that fail, and go on")
	fl.StringSliceVar(&opt.report, "report", []string{"json"}, "reports of each database: "+strings.Join(formatsOf(stage.reports), ", "))
	opt.projectOptions.bind(fl)
	fl.StringVar(&opt.gates, "gates", "", "file of limits that each database has to keep (default: gates.yaml of the project, where there is one)")
	fl.StringVar(&opt.lang, "lang", "en", "language of the reports: en, zh")
	fl.BoolVar(&opt.json, "json", false, "write the roll-up as JSON")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "say nothing but errors")
	opt.read.bind(fl)
	fl.Lookup("jobs").Usage = "databases at a time"
	return cmd
}

func (o *fleetOptions) check(known []reportFile) error {
	switch {
	case o.list == "":
		return usageError("--list fleet.csv", "landfall assess fleet needs --list")
	case o.out == "":
		return usageError("--out DIR; it is made when it is missing", "landfall assess fleet needs --out")
	case o.lang != "en" && o.lang != "zh":
		return usageError("en or zh", "unknown language %q", o.lang)
	}
	for _, want := range o.report {
		if formats := formatsOf(known); !slices.Contains(formats, want) {
			return usageError(strings.Join(formats, ", "), "--report cannot be %q", want)
		}
	}
	return nil
}

func runFleet(ctx context.Context, opt fleetOptions, stage assessor, io *IOStreams) error {
	if err := opt.check(stage.reports); err != nil {
		return err
	}
	data, err := os.ReadFile(opt.list)
	if err != nil {
		return &Error{Code: ExitFailed, Err: err, Hint: "name the list of databases"}
	}
	list, err := project.ParseFleet(opt.list, data)
	if err != nil {
		return &Error{Code: ExitUsage, Err: err}
	}
	for _, e := range list {
		if e.Charset != "" && !files.KnownCharset(e.Charset) {
			return &Error{Code: ExitUsage, Err: &model.Error{
				Code: "CF0001", Op: "read fleet", Pos: e.At(opt.list), Err: fmt.Errorf("charset of %s: unknown character set %q", e.Name, e.Charset),
				Hint: "Oracle's names (ZHS16GBK, WE8MSWIN1252) and IANA's (GB18030, windows-1252) are known",
			}}
		}
	}
	target, err := opt.profile(io, opt.quiet)
	if err != nil {
		return err
	}
	against, err := opt.compareOptions.read(opt.project, opt.figures)
	if err != nil {
		return err
	}
	one := fleetInput{opt: opt, target: target, against: against}
	if one.base.files, err = opt.read.files(); err != nil {
		return err
	}
	if one.base.ccflags, err = parseCCFlags(opt.read.ccflags); err != nil {
		return err
	}
	one.settings()
	meter := newCounter(io, opt.quiet, "assessing", "databases")
	meter.setTotal(int64(len(list)))
	result, err := fleet.Run(ctx, fleet.Options{
		List: list, Out: opt.out, Jobs: opt.read.jobs, Keep: opt.keep, Version: orElse(version, "devel"), Lang: opt.lang, Figures: against.figures,
		Input: one.hash,
		Same:  one.same,
		Assess: func(ctx context.Context, e project.FleetEntry) (*assess.Result, error) {
			return one.assess(ctx, stage, e)
		},
		Write:    func(dir string, r *assess.Result) error { return opt.write(dir, stage.reports, r) },
		Progress: func(int, int, string, bool) { meter.add(1) },
	})
	meter.end()
	switch {
	case errors.Is(err, fleet.ErrLocked):
		return &Error{Code: ExitLocked, Err: err}
	case err != nil:
		return err
	}
	written, err := opt.writeFleet(stage, result)
	if err != nil {
		return err
	}
	if opt.json {
		err = json.NewEncoder(io.Out).Encode(result)
	} else if !opt.quiet {
		err = printFleet(io.Out, result, filepath.ToSlash(filepath.Join(opt.out, fleet.ResultFile)))
		for _, name := range written {
			if err == nil {
				_, err = fmt.Fprintln(io.Out, filepath.ToSlash(name))
			}
		}
	}
	if err != nil {
		return err
	}
	for _, f := range result.Failed {
		fmt.Fprintf(io.Err, "landfall: %s (%s) failed: %s\n", f.Name, f.Source, f.Error)
		if f.Hint != "" {
			fmt.Fprintf(io.Err, "hint: %s\n", f.Hint)
		}
	}
	for _, p := range result.Problems {
		fmt.Fprintf(io.Err, "landfall: %s\n", p)
	}
	switch t := result.Totals; {
	case t.GatesFail > 0:
		return done(ExitGate)
	case t.Failed > 0 || t.Partly > 0:
		return done(ExitPartly)
	}
	return nil
}

// writeFleet writes the workbook and the page of the roll-up, and gives their names.
func (o *fleetOptions) writeFleet(stage assessor, r *fleet.Result) (written []string, err error) {
	write := func(name string, content func(w stdio.Writer) error) {
		if name = filepath.Join(o.out, name); err != nil {
			return
		}
		if e := writeWhole(name, content); e != nil {
			err = &Error{Code: ExitFailed, Msg: "write " + name, Err: e, Hint: "check that " + o.out + " can be written to and has room"}
			return
		}
		written = append(written, name)
	}
	write("fleet.schema.json", func(w stdio.Writer) error { _, err := w.Write(schema.FleetSchema); return err })
	if stage.fleet != nil {
		write("fleet.xlsx", func(w stdio.Writer) error { return stage.fleet(w, r, o.lang) })
	}
	if stage.fleetPage != nil {
		write("fleet.html", func(w stdio.Writer) error { return stage.fleetPage(w, r, o.linked(stage.reports), o.lang) })
	}
	return written, err
}

// linked is the report of each database that the page of a fleet leads to: of those that are written, the one that people read.
func (o *fleetOptions) linked(known []reportFile) string {
	for _, format := range []string{"html", "md", "xlsx", "json"} {
		if !slices.Contains(o.report, format) {
			continue
		}
		for _, f := range known {
			if f.format == format {
				return f.name
			}
		}
	}
	return ""
}

// fleetInput makes the input of one database of a list.
type fleetInput struct {
	opt     fleetOptions
	target  *rules.Profile
	against compareInput
	base    assessInput
	common  string // hash of the settings that all share
}

// settings hashes all that results depend on besides the source. Maps are encoded in the order of their keys.
func (f *fleetInput) settings() {
	day := "" // on which waivers are judged
	if len(f.against.waivers) > 0 {
		day = f.against.today.Format(time.DateOnly)
	}
	data, err := json.Marshal([]any{
		day, fleet.DigestVersion, orElse(version, "devel"), f.target.Name, f.target.Version, capabilities(f.target), f.opt.policy, f.opt.lang, f.opt.report, f.opt.read.ext, f.opt.read.charset, f.opt.read.maxFile,
		f.opt.read.damage, f.base.ccflags, f.against.gates, f.against.waivers, f.against.figures,
	})
	if err != nil {
		panic(err) // plain values of our own types always encode
	}
	s := sha256.Sum256(data)
	f.common = hex.EncodeToString(s[:])
}

func (f *fleetInput) assess(ctx context.Context, stage assessor, e project.FleetEntry) (*assess.Result, error) {
	in := f.base
	kind, path, err := e.Path(f.opt.list)
	if err != nil {
		return nil, err
	}
	in.bundle = kind == "bundle"
	in.dir, in.target, in.policy, in.against = path, f.target, f.opt.policy, f.against
	in.jobs, in.version, in.lang, in.schema = 1, orElse(version, "devel"), f.opt.lang, e.Schema
	in.against.name = e.Name
	if e.Charset != "" {
		in.files.Charset = e.Charset
	}
	return stage.run(ctx, in)
}

// hash sums up what a database is read from: names and contents of all files, through links, as the reader goes. Files that
// scripts include from elsewhere are not known before they are read; see same.
func (f *fleetInput) hash(ctx context.Context, e project.FleetEntry) (string, error) {
	_, path, err := e.Path(f.opt.list)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s\x00", f.common, e.Source, e.Schema, e.Charset)
	if _, err := os.Stat(path); err != nil {
		return "", &model.Error{Code: "CF0002", Op: "read source", Pos: e.At(f.opt.list), Err: err, Hint: "relative paths count from the folder of the list; --continue-on-error goes on with the others"}
	}
	if err := hashTree(ctx, h, path, "", map[string]bool{}); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// hashTree adds a file or folder. What cannot be read is left to the reader, who tells of it; a database with such a file is
// hashed by its name.
func hashTree(ctx context.Context, h hash.Hash, path, name string, seen map[string]bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	st, err := os.Stat(path)
	if err != nil {
		fmt.Fprintf(h, "%s\x00unreadable\x00", name)
		return nil
	}
	if !st.IsDir() {
		if !st.Mode().IsRegular() {
			return nil
		}
		sum, err := fileSum(path)
		if err != nil {
			sum = "unreadable"
		}
		fmt.Fprintf(h, "%s\x00%s\x00", name, sum)
		return nil
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		if seen[real] {
			return nil
		}
		seen[real] = true
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		fmt.Fprintf(h, "%s\x00unreadable\x00", name)
		return nil
	}
	for _, d := range entries { // in the order of their names
		if err := hashTree(ctx, h, filepath.Join(path, d.Name()), name+"/"+d.Name(), seen); err != nil {
			return err
		}
	}
	return nil
}

func fileSum(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = stdio.Copy(h, file)
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, file.Close())
}

// same reports whether a file that a source included from outside of its folder is still what it was.
func (f *fleetInput) same(e project.FleetEntry, in fleet.OutsideFile) bool {
	_, path, err := e.Path(f.opt.list)
	if err != nil {
		return false
	}
	name := filepath.FromSlash(in.Name)
	if !filepath.IsAbs(name) {
		name = filepath.Join(path, name)
	}
	sum, err := fileSum(name)
	return err == nil && sum == in.SHA256
}

// write writes the reports that were asked for, and the schema beside the JSON.
func (o *fleetOptions) write(dir string, known []reportFile, r *assess.Result) error {
	for _, f := range known {
		if !slices.Contains(o.report, f.format) {
			continue
		}
		if err := writeWhole(filepath.Join(dir, f.name), func(w stdio.Writer) error { return f.write(w, r, reportOptions{lang: o.lang}) }); err != nil {
			return err
		}
	}
	return nil
}

func printFleet(w stdio.Writer, r *fleet.Result, path string) error {
	t := r.Totals
	var b strings.Builder
	fmt.Fprintf(&b, "%d databases, %d assessed", t.Databases, t.Assessed)
	if r.Skipped > 0 {
		fmt.Fprintf(&b, " (%d by an earlier run)", r.Skipped)
	}
	fmt.Fprintf(&b, ", %d failed; %d objects, %d lines\n", t.Failed, t.Objects, t.Lines)
	fmt.Fprintf(&b, "complexity:")
	for i, c := range t.Sizes {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, " %d %s", c.Databases, c.Name)
	}
	fmt.Fprintf(&b, "\neffort: %.0f to %.0f hours (%.0f to %.0f less than one by one: rules are learnt once)\n", t.Hours.Low, t.Hours.High, t.Learning.Low, t.Learning.High)
	equal := 0
	for _, s := range r.Duplicates {
		equal += len(s.Schemas)
	}
	fmt.Fprintf(&b, "copies: %d schemas in %d sets overlap by half or more\n", equal, len(r.Duplicates))
	fmt.Fprintf(&b, "groups: %d, waves: %d\n", len(r.Groups), len(r.Waves))
	for _, wave := range r.Waves {
		fmt.Fprintf(&b, "  wave %d: %d databases, %.0f to %.0f hours\n", wave.Number, len(wave.Databases), wave.Hours.Low, wave.Hours.High)
	}
	if len(r.Clusters) > 0 {
		fmt.Fprintf(&b, "clusters: %d for %d databases\n", len(r.Clusters), t.Sized)
	}
	if n := len(r.Unsized); n > 0 {
		fmt.Fprintf(&b, "not sized: %d databases; a bundle of each tells their sizes\n", n)
	}
	if t.Partly > 0 {
		fmt.Fprintf(&b, "partly: %d databases have places that were not read or not understood\n", t.Partly)
	}
	if t.GatesFail > 0 {
		fmt.Fprintf(&b, "gates: failed by %d databases\n", t.GatesFail)
	}
	fmt.Fprintf(&b, "%s\n", path)
	_, err := stdio.WriteString(w, b.String())
	return err
}

// capabilities are what a target can, with what a server answered about it.
func capabilities(t *rules.Profile) []string {
	var list []string
	for _, f := range t.Features() {
		list = append(list, fmt.Sprint(f, "=", t.State(f)))
	}
	return list
}
