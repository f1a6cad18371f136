package cli

import (
	"context"
	"encoding/json"
	"fmt"
	stdio "io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"landfall/convert"
	"landfall/internal/oracle/scripts"
)

type convertOptions struct {
	source, out       string
	kind, in, outFile string
	schema, prove     string
	projectOptions
	read        readOptions
	live        liveOptions
	json, quiet bool
}

func newConvert(io *IOStreams) *cobra.Command {
	var opt convertOptions
	cmd := &cobra.Command{
		Use:   "convert {--source {files:DIR | bundle:FILE | oracle://...} --out DIR | -i IN.sql -o OUT.sql}",
		Short: "Convert an estate to PostgreSQL, with proof",
		Long: `Converts an Oracle estate to PostgreSQL: one file an object in order of deployment, deploy.sql, a manifest,
the findings and the loss ledger, in which every statement of the source has its line.

A live database is collected from first, into the bundle OUT.bundle.zip beside the folder.

With -i and -o it converts one script into one self-contained script: what it uses of the support schema
comes first. --type says what the script holds and is taken as a promise to the reader, not as a filter:
everything in the script is converted.

With --prove every object is held against PostgreSQL's own grammar and created on a real server, in a database that
is dropped at the end; evidence.jsonl and manifest.json say how far each object came, and why no further.

What cannot be converted faithfully is refused: the original stays as a comment, a routine becomes a stub that
raises the finding's code; the exit code is 3 then.`,
		Example: `  landfall convert --source files:./ddl --target postgresql --out ./postgresql
  landfall convert --source files:./ddl --out ./postgresql --json | jq .ledger
  landfall convert --source files:./ddl --out ./postgresql --prove auto
  landfall convert --type PACKAGE -i pkg_claim.sql -o pkg_claim.pg.sql`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitNoProject, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opt.in != "" || opt.outFile != "" || opt.kind != "" {
				return runConvertFile(cmd.Context(), opt, io)
			}
			return runConvert(cmd.Context(), opt, io)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&opt.source, "source", "", "what to convert: files:DIR, a folder of Oracle scripts, bundle:FILE, what landfall collect made, or oracle://user@host:1521/service")
	opt.projectOptions.bind(fl)
	fl.StringVar(&opt.out, "out", "", "folder for the converted objects")
	fl.StringVar(&opt.kind, "type", "", "what the script of -i holds: TABLE, VIEW, PACKAGE, QUERY ...")
	fl.StringVarP(&opt.in, "input", "i", "", "one script to convert; - is the standard input")
	fl.StringVarP(&opt.outFile, "output", "o", "", "file for the converted script; - is the standard output")
	fl.StringVar(&opt.schema, "schema", "", "schema of objects that the scripts name without one")
	fl.StringVar(&opt.prove, "prove", "off", proveHelp)
	fl.BoolVar(&opt.json, "json", false, "write the totals as JSON")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "say nothing but errors")
	fl.StringSliceVar(&opt.live.schemas, "schemas", nil, "only these schemas of an oracle:// source, comma-separated (default: all but Oracle's own)")
	opt.read.bind(fl)
	opt.live.bind(fl)
	return cmd
}

// convertFigures is the JSON of landfall convert (docs/json.md).
type convertFigures struct {
	Objects convert.ObjectTotals `json:"objects"`
	Rungs   convert.RungTotals   `json:"rungs"`
	Refused int                  `json:"refused"`
	Needs   int                  `json:"needs_extension"`
	Ledger  convert.LedgerTotals `json:"ledger"`
	Seconds float64              `json:"seconds"`
	Proof   *convert.Proof       `json:"proof,omitempty"`
}

func figuresOf(r *convert.Result, seconds float64) convertFigures {
	t := r.Totals
	return convertFigures{t.Objects, t.Rungs, t.Refused, t.NeedsExtension, t.Ledger, seconds, r.Proof}
}

func runConvert(ctx context.Context, opt convertOptions, io *IOStreams) error {
	start := time.Now()
	if opt.source == "" {
		return usageError("--source files:DIR, bundle:FILE or oracle://user@host:1521/service", "landfall convert needs --source, or -i and -o")
	}
	src, err := parseSource("landfall convert", opt.source)
	switch {
	case err != nil:
		return err
	case opt.out == "":
		return usageError("--out DIR; it is made when it is missing", "landfall convert needs --out")
	case src.kind != "oracle" && len(opt.live.schemas) > 0:
		return usageError("landfall collect --schemas makes a bundle of some schemas", "--schemas needs an oracle:// source")
	}
	target, err := opt.profile(io, opt.quiet)
	if err != nil {
		return err
	}
	fopt, err := opt.read.files()
	if err != nil {
		return err
	}
	ccflags, err := parseCCFlags(opt.read.ccflags)
	if err != nil {
		return err
	}
	p, err := newProver(ctx, opt.prove, target, io, opt.quiet)
	if err != nil {
		return err
	}
	defer p.stop()
	defer spendMemory(estateMemory)()
	meter := phases{io: io, quiet: opt.quiet}
	if src, err = src.fetch(ctx, filepath.Clean(opt.out)+".bundle.zip", &opt.live, io, &meter); err != nil {
		return err
	}
	dir := src.path
	opened, err := src.open(ctx, opt.read.jobs)
	if err != nil {
		return err
	}
	defer opened.close()
	estate, err := opened.load(ctx, scripts.Options{
		Ext: fopt.Ext, Charset: fopt.Charset, MaxFile: fopt.MaxFile, CCFlags: ccflags, Jobs: opt.read.jobs, DefaultSchema: opt.schema, RefuseDamage: fopt.RefuseDamage, KeepDropped: true,
		MaxTrees: scripts.DefaultMaxTrees,
		Progress: func(done, total int, _ string) { meter.at("reading", done, total) },
	})
	if err != nil {
		meter.end()
		return err
	}
	meter.end()
	read := !tellUnread(io, estate)
	if len(estate.Files) == 0 {
		return &Error{Code: ExitFailed, Msg: dir + ": no Oracle scripts here", Hint: "name the folder that holds them, or add file endings with --ext"}
	}
	r, err := convert.Run(ctx, estate, convert.Options{
		Target: target, Policy: convert.PolicyOf(opt.policy), Jobs: opt.read.jobs, Progress: func(done, total int) { meter.at("converting", done, total) },
	})
	// nothing asks for the estate from here on: its memory is for the proof and the files
	if err == nil {
		err = p.climb(ctx, r, meter.at)
	}
	meter.end()
	if err != nil {
		return err
	}
	if err := r.Write(opt.out); err != nil {
		return &Error{Code: ExitFailed, Msg: "write to " + opt.out, Err: err, Hint: "check that it can be written to and has room"}
	}
	return printConvert(io, opt, r, time.Since(start).Seconds(), read)
}

func printConvert(io *IOStreams, opt convertOptions, r *convert.Result, seconds float64, read bool) error {
	t := r.Totals
	var err error
	switch {
	case opt.json:
		err = json.NewEncoder(io.Out).Encode(figuresOf(r, seconds))
	case !opt.quiet:
		var b strings.Builder
		fmt.Fprintf(&b, "%d statements: %d converted, %d with changed meaning, %d refused, %d ignored on purpose\n", t.Statements, t.Ledger.Converted, t.Ledger.Changed, t.Ledger.Refused, t.Ledger.Ignored)
		fmt.Fprintf(&b, "%d objects: %d compiled, %d accepted, %d converted, %d read, %d unread, %d refused\n", t.Objects.Total, t.Rungs.Compiled, t.Rungs.Accepted, t.Rungs.Converted, t.Rungs.Read, t.Rungs.Unread, t.Refused)
		if t.NeedsExtension > 0 {
			fmt.Fprintf(&b, "%d of the accepted stop there because the server lacks an extension that they need\n", t.NeedsExtension)
		}
		proofText(&b, r.Proof)
		_, err = stdio.WriteString(io.Out, b.String())
	}
	if err != nil {
		return err
	}
	if t.Ledger.Refused > 0 || t.Rungs.Unread > 0 || !read {
		return done(ExitPartly)
	}
	return nil
}

// proofText says by whom the result was proven, and what stands in the way of more.
func proofText(b *strings.Builder, p *convert.Proof) {
	if p == nil {
		return
	}
	if p.Ceiling != "" {
		fmt.Fprintf(b, "not proven: %s\n", p.Ceiling)
		return
	}
	if p.Server != "" {
		fmt.Fprintf(b, "compiled by %s", p.Server)
		if len(p.Extensions) > 0 {
			fmt.Fprintf(b, " with %s", strings.Join(p.Extensions, ", "))
		}
		fmt.Fprintf(b, "; %d objects leave nothing to create\n", p.Nothing)
	}
	if p.NotClean > 0 {
		fmt.Fprintf(b, "created, but not clean by plpgsql_check: %d\n", p.NotClean)
	}
	if p.Late > 0 {
		fmt.Fprintf(b, "deployed too early: %d outputs were taken only after later ones\n", p.Late)
	}
	for _, need := range slices.Sorted(maps.Keys(p.Needs)) {
		fmt.Fprintf(b, "needs %s: %d\n", need, p.Needs[need])
	}
}
