package cli

import (
	"context"
	"encoding/json"
	"fmt"
	stdio "io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"landfall/assess"
	"landfall/assess/fleet"
	"landfall/convert"
	"landfall/convert/rules"
	"landfall/internal/oracle/files"
	"landfall/internal/project"
)

// assessor is the stage and its reports as this command sees them; newRoot wires the real ones.
type assessor struct {
	run     func(ctx context.Context, in assessInput) (*assess.Result, error)
	reports []reportFile
	fleet   func(w stdio.Writer, r *fleet.Result, lang string) error // workbook of many databases; nil writes none
	// fleetPage is the page of many databases; report is the file of each that it leads to. nil writes none.
	fleetPage func(w stdio.Writer, r *fleet.Result, report, lang string) error
}

// assessInput is what the flags say.
type assessInput struct {
	dir     string // source folder, or the file of a bundle
	bundle  bool
	live    bool // dir is the URL of a database, to be collected from first
	files   files.Options
	ccflags map[string]string
	target  *rules.Profile
	targets []*rules.Profile // with --target all; target is the first
	policy  project.Policy
	sent    assess.WorkloadOptions
	against compareInput
	prove   func(ctx context.Context, r *convert.Result, progress func(phase string, done, total int)) error // nil: not
	jobs    int
	version string
	schema  string // current schema where no script says
	sides   bool   // keep the texts of both sides
	noTexts bool   // no report shows texts
	lang    string
	// progress is told how far a phase is, in units of that phase; nil says nothing.
	progress func(phase string, done, total int)
}

// reportFile is one file of the output folder.
type reportFile struct {
	format string // that --format names it by
	name   string
	write  func(w stdio.Writer, r *assess.Result, o reportOptions) error
}

// reportOptions are what flags say about reports.
type reportOptions struct {
	lang       string
	sourcePath string // folder of the source from where the command runs; empty where that says nothing to others
}

type assessOptions struct {
	source, out         string
	lang, schema, prove string
	workload, apps      []string
	patchOut            string
	formats             []string
	projectOptions
	compareOptions
	read        readOptions
	live        liveOptions
	texts       bool
	json, quiet bool
}

func newAssess(io *IOStreams, stage assessor) *cobra.Command {
	var opt assessOptions
	cmd := &cobra.Command{
		Use:   "assess --source {files:DIR | bundle:FILE | oracle://...} --out DIR",
		Short: "Say what a move to PostgreSQL takes, as Excel, HTML and JSON",
		Long: `Reads an Oracle estate from its scripts, from a bundle or from the live database (which is collected into bundle.zip of the output folder first), builds the catalog, runs the rule table over it, converts it to see how
far each object comes, and writes
report.xlsx, report.html, report.json and the JSON Schema of the latter into the output folder, which is
made when it is missing. --format chooses others: md, sarif, junit and github are for continuous integration. The same input gives the same bytes.

With --prove the converted objects are held against the target's grammar and created on a real server.

Everything that was not read or not understood is listed in the reports as "not covered", with its place;
the exit code is 3 then. Checks of the database as a whole (character set, logging, sizes, users) say which facts
they miss. --baseline, --waivers and --gates make it a check for CI: exit code 5 when a gate is not kept.`,
		Example: `  landfall assess --source files:./ddl --target postgresql --out ./assessment
  landfall assess --source files:./export --charset GBK --out ./assessment --lang zh
  landfall assess --source files:./ddl --out ./assessment --format json,sarif,junit,md
  landfall assess --source files:./ddl --out ./assessment --json | jq .totals.findings
  landfall assess --source oracle://reader@db1:1521/ERP --schemas ERP --out ./assessment
  landfall assess --source files:./ddl --workload ./awr --workload trace:ora_1234.trc --app ./src --patch-out ./patches --out ./assessment
  landfall assess --source files:./ddl --out ./assessment --baseline ./main/report.json --gates gates.yaml`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitGate, ExitNoProject, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runAssess(cmd.Context(), opt, stage, io)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&opt.source, "source", "", "what to assess: files:DIR, a folder of Oracle scripts, bundle:FILE, what landfall collect made, or oracle://user@host:1521/service")
	opt.projectOptions.bind(fl)
	opt.compareOptions.bind(fl)
	fl.StringVar(&opt.prove, "prove", "off", proveHelp)
	fl.StringArrayVar(&opt.workload, "workload", nil, "file or folder with SQL that programs send: FILE, DIR or KIND:PATH (docs/workload.md); may be repeated")
	fl.StringArrayVar(&opt.apps, "app", nil, "folder of application source: MyBatis, Java, Pro*C, Python, C#, PHP, shell; may be repeated")
	fl.StringVar(&opt.patchOut, "patch-out", "", "folder for proposed patches of the application source, made when it is missing")
	fl.StringVar(&opt.out, "out", "", "folder for the reports")
	fl.StringVar(&opt.schema, "schema", "", "schema of objects that the scripts name without one")
	fl.StringVar(&opt.lang, "lang", "en", "language of the reports: en, zh")
	fl.StringSliceVar(&opt.formats, "format", defaultFormats, "reports to write, parted by commas: "+strings.Join(formatsOf(stage.reports), ", ")+"; all")
	fl.BoolVar(&opt.texts, "texts", false, "write "+textsName+" too, the source and the conversion of every object, which landfall tui shows side by side")
	fl.BoolVar(&opt.json, "json", false, "write the totals and the paths of the reports as JSON")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "say nothing but errors")
	fl.StringSliceVar(&opt.live.schemas, "schemas", nil, "only these schemas of an oracle:// source, comma-separated (default: all but Oracle's own)")
	opt.read.bind(fl)
	opt.live.bind(fl)
	cmd.AddCommand(newFleet(io, stage))
	return cmd
}

func (o assessOptions) input() (in assessInput, err error) {
	src, err := parseSource("landfall assess", o.source)
	switch {
	case err != nil:
		return in, err
	case o.out == "":
		return in, usageError("--out DIR; it is made when it is missing", "landfall assess needs --out")
	case o.lang != "en" && o.lang != "zh":
		return in, usageError("en or zh", "unknown language %q", o.lang)
	}
	if o.patchOut != "" && len(o.apps) == 0 {
		return in, usageError("--app DIR names it", "--patch-out needs application source")
	}
	if src.kind != "oracle" && len(o.live.schemas) > 0 {
		return in, usageError("landfall collect --schemas makes a bundle of some schemas", "--schemas needs an oracle:// source")
	}
	in = assessInput{
		sent: assess.WorkloadOptions{Files: o.workload, Apps: o.apps, Charset: o.read.charset, Patch: o.patchOut != ""},
		dir:  src.path, bundle: src.kind == "bundle", live: src.kind == "oracle", jobs: o.read.jobs, version: orElse(version, "devel"), schema: o.schema, lang: o.lang,
	}
	if in.files, err = o.read.files(); err != nil {
		return in, err
	}
	in.ccflags, err = parseCCFlags(o.read.ccflags)
	return in, err
}

func runAssess(ctx context.Context, opt assessOptions, stage assessor, io *IOStreams) error {
	defer spendMemory(estateMemory)()
	in, err := opt.input()
	if err != nil {
		return err
	}
	chosen, err := chooseReports(stage.reports, opt.formats)
	if err != nil {
		return err
	}
	if opt.target == allTargets {
		if in.targets, err = opt.profiles(io, opt.quiet); err != nil {
			return err
		}
		in.target = in.targets[0]
	} else if in.target, err = opt.profile(io, opt.quiet); err != nil {
		return err
	}
	in.policy, in.sides = opt.policy, opt.texts
	in.noTexts = !slices.ContainsFunc(chosen, func(r reportFile) bool { return r.format == "html" })
	if in.against, err = opt.compareOptions.read(opt.project, opt.figures); err != nil {
		return err
	}
	p, err := newProver(ctx, opt.prove, in.target, io, opt.quiet)
	if err != nil {
		return err
	}
	if p != nil {
		defer p.stop()
		in.prove = p.climb
		if in.targets != nil {
			in.prove = p.climbEach
		}
	}
	meter := phases{io: io, quiet: opt.quiet}
	in.progress = meter.at
	if in.live {
		src, err := source{"oracle", in.dir}.fetch(ctx, filepath.Join(opt.out, "bundle.zip"), &opt.live, io, &meter)
		if err != nil {
			meter.end()
			return err
		}
		in.dir, in.bundle = src.path, true
	}
	result, err := stage.run(ctx, in)
	if err != nil {
		meter.end()
		return err
	}
	texts := []string(nil)
	if opt.texts {
		name, err := writeTexts(opt.out, result)
		if err != nil {
			meter.end()
			return err
		}
		texts = append(texts, name)
	}
	paths, err := writeReports(ctx, opt, chosen, result, meter.at)
	meter.end()
	if err != nil {
		return err
	}
	if opt.patchOut != "" {
		patches, err := writePatches(opt.patchOut, result.Workload)
		if err != nil {
			return err
		}
		paths = append(paths, patches...)
	}
	paths = append(paths, texts...)
	switch {
	case opt.json:
		err = json.NewEncoder(io.Out).Encode(struct {
			Reports    []string               `json:"reports"`
			Totals     assess.Totals          `json:"totals"`
			Conversion assess.Conversion      `json:"conversion"`
			Workload   *assess.WorkloadTotals `json:"workload,omitempty"`
			Complexity *assess.Complexity     `json:"complexity,omitempty"`
			Baseline   *assess.Baseline       `json:"baseline,omitempty"`
			Gates      *assess.GateReport     `json:"gates,omitempty"`
			Targets    *assess.Targets        `json:"targets,omitempty"`
		}{paths, result.Totals, result.Conversion, workloadTotals(result), result.Complexity, result.Baseline, result.Gates, result.Targets})
	case !opt.quiet:
		err = printAssess(io, result, paths)
	}
	if err != nil {
		return err
	}
	if code := tellCompared(io, result, opt.quiet); code != ExitOK {
		return done(code)
	}
	for _, n := range result.NotCovered {
		if n.Kind == assess.NotRead || n.Kind == assess.NotParsed {
			return done(ExitPartly)
		}
	}
	return nil
}

func printAssess(io *IOStreams, r *assess.Result, paths []string) error {
	t := r.Totals
	var b strings.Builder
	fmt.Fprintf(&b, "%d files, %d of %d statements understood, %d objects\n", t.Files, t.StatementsParsed, t.Statements, t.Objects)
	fmt.Fprintf(&b, "findings: %d blocker, %d high, %d medium, %d low, %d info\n", t.Findings.Blocker, t.Findings.High, t.Findings.Medium, t.Findings.Low, t.Findings.Info)
	for _, c := range t.Rungs {
		if c.Objects > 0 {
			fmt.Fprintf(&b, "%d %s, ", c.Objects, c.Rung)
		}
	}
	fmt.Fprintf(&b, "%d refused by the conversion\n", t.Refused)
	if c := r.Conversion; c.Server != "" {
		fmt.Fprintf(&b, "compiled by %s\n", c.Server)
	} else if c.Ceiling != "" {
		fmt.Fprintf(&b, "not proven: %s\n", c.Ceiling)
	}
	printScores(&b, r)
	if w := r.Workload; w != nil {
		printWorkload(&b, w)
	}
	printTargets(&b, r.Targets)
	if n := len(r.NotCovered); n > 0 {
		fmt.Fprintf(&b, "not covered: %d places, listed in the reports\n", n)
	}
	for _, p := range paths {
		fmt.Fprintf(&b, "%s\n", p)
	}
	_, err := stdio.WriteString(io.Out, b.String())
	return err
}

const phaseWriting = "writing"

// phases shows one meter after the other as the stage goes on. One call at a time.
type phases struct {
	io    *IOStreams
	quiet bool
	name  string
	done  int
	meter *progress
}

func (p *phases) at(phase string, done, total int) {
	if phase != p.name {
		p.end()
		unit := "statements"
		switch phase {
		case "reading", "reading workload", "reading application":
			unit = "files"
		case phaseWriting:
			unit = "reports"
		}
		p.name, p.done, p.meter = phase, 0, newCounter(p.io, p.quiet, phase, unit)
		p.meter.setTotal(int64(total))
	}
	p.meter.add(int64(done - p.done))
	p.done = done
}

func (p *phases) end() { p.meter.end() }
