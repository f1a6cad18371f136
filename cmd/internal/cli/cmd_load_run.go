package cli

import (
	"context"
	"errors"
	"fmt"
	stdio "io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"landfall/internal/model"
	"landfall/load"
	"landfall/load/ledger"
	"landfall/load/plan"
	loadsource "landfall/load/source"
)

// workOptions are the flags of commands that copy rows.
type workOptions struct {
	streams, sessions int
	maxRejects        int64
	tempDir           string
	patience          time.Duration
}

func (o *workOptions) bind(fl *pflag.FlagSet) {
	fl.IntVar(&o.streams, "streams", 0, "chunks at a time, each with a session of either side (default: the cores of this machine, at most 8)")
	fl.IntVar(&o.sessions, "source-sessions", 0, "most sessions of the source that this process opens (default: as many as streams)")
	fl.Int64Var(&o.maxRejects, "max-rejects", 0, "rows of the whole load that may be refused; the first beyond stops it")
	fl.StringVar(&o.tempDir, "temp-dir", "", "folder for LOBs that are too large to be held (default: the system's)")
	fl.DurationVar(&o.patience, "patience", 10*time.Minute, "how long a target that is away is waited for")
}

// settle fills in what was not said.
func (o *workOptions) settle() error {
	if o.streams < 0 || o.sessions < 0 || o.maxRejects < 0 {
		return usageError("", "--streams, --source-sessions and --max-rejects cannot be negative")
	}
	if o.streams == 0 {
		o.streams = min(8, runtime.GOMAXPROCS(0))
	}
	if o.sessions == 0 {
		o.sessions = o.streams
	}
	o.streams = min(o.streams, o.sessions)
	return nil
}

type loadRunOptions struct {
	loadTarget
	planOptions
	workOptions
	rejects     string
	allObjects  bool
	json, quiet bool
}

func newLoadRun(io *IOStreams) *cobra.Command {
	var opt loadRunOptions
	cmd := &cobra.Command{
		Use:   "run --source URL --target URL",
		Short: "Load the rows, or go on with it: the same command again resumes",
		Long: `Makes the tables of --schema, copies every chunk that is left, counts the rows again at the source, makes indexes and
constraints, sets sequences and analyzes. Without a stored plan it makes one first. What is done is never done again; after
kill -9, of this program or of the server, only the chunks that were being copied are.

A row that does not fit stops the load, unless --max-rejects allows some: then the others go on, and it is told with its
ROWID, column and bytes in rejects.jsonl. Rows read = rows written + rows rejected, in every chunk and in the summary.

The first ^C lets the chunks at hand be finished, the second ends at once; both are safe.`,
		Example: `  landfall load run --source oracle://reader@db:1521/ERP --target postgres://me@pg/erp --schema ./postgresql --project ./move
  landfall load run --source oracle://reader@db:1521/ERP --target postgres://me@pg/erp --streams 4 --max-rejects 100 --json`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitNoProject, ExitLocked, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runLoadRun(cmd.Context(), opt, io)
		},
	}
	fl := cmd.Flags()
	opt.planOptions.bind(fl)
	opt.loadTarget.bind(fl)
	opt.workOptions.bind(fl)
	fl.StringVar(&opt.rejects, "rejects", "", "file for rows that were not written, a line of JSON each (default: rejects.jsonl in the project folder)")
	fl.BoolVar(&opt.allObjects, "all-objects", false, "make views, routines, triggers, comments, grants and jobs of --schema, too, behind everything else")
	fl.BoolVar(&opt.json, "json", false, "write what happens as lines of JSON, the status at the end")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "say nothing but errors")
	return cmd
}

func runLoadRun(ctx context.Context, opt loadRunOptions, io *IOStreams) error {
	if err := opt.settle(); err != nil {
		return err
	}
	if err := opt.folder(); err != nil {
		return err
	}
	src, err := opt.login.open(opt.source, opt.sessions, "landfall load", io)
	if err != nil {
		return err
	}
	defer src.Close()
	to, err := opt.loadTarget.open(ctx, opt.streams)
	if err != nil {
		return err
	}
	defer to.Close()
	if err := to.Err(); err != nil {
		return err
	}
	talk := newLoadTalk(io, opt.json, opt.quiet)
	for _, p := range to.Problems {
		talk.say(load.Event{Kind: "remark", Text: p.Text + "; " + p.Hint})
	}
	db := oracleSource{src}
	id, err := opt.stored(ctx, to, db, talk)
	if err != nil {
		return err
	}
	watch := talk.watch(ctx, to.Ledger, id)
	err = load.Run(ctx, to, id, opt.options(db, opt.allObjects, talk))
	watch()
	if errors.Is(err, ledger.ErrBusy) {
		return &Error{Code: ExitLocked, Err: err, Hint: "landfall load worker helps it; landfall load status shows it"}
	}
	// what happened is told in any case, also behind a ^C
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	status, e := to.Ledger.Status(after, id)
	if e != nil {
		return errors.Join(err, e)
	}
	name := opt.rejects
	if name == "" {
		name = filepath.Join(opt.project, "rejects.jsonl")
	}
	wrote, e := writeRejects(after, to.Ledger, id, name)
	if e != nil {
		return errors.Join(err, e)
	}
	if !wrote {
		name = ""
	}
	if e := talk.end(status, name); e != nil {
		return errors.Join(err, e)
	}
	return ended(ctx, err, status)
}

// options are those of the stage.
func (o *workOptions) options(db loadsource.Database, all bool, talk *loadTalk) load.Options {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return load.Options{
		Source: db, Streams: o.streams, MaxRejects: o.maxRejects, AllObjects: all, TempDir: o.tempDir, Host: host, PID: os.Getpid(), Patience: o.patience, Say: talk.say,
	}
}

// stored finds the plan to carry out: the one that is named, that of the project, the only one that the target has; else it makes one.
func (o *loadRunOptions) stored(ctx context.Context, to *load.Target, db oracleSource, talk *loadTalk) (string, error) {
	if o.plan != "" {
		return o.known(ctx, to, talk)
	}
	if err := to.Install(ctx); err != nil {
		return "", err
	}
	if b, err := os.ReadFile(filepath.Join(o.project, "plan.json")); err == nil {
		p, err := plan.Decode(b)
		if err != nil {
			return "", &Error{Code: ExitFailed, Msg: filepath.Join(o.project, "plan.json"), Err: err, Hint: "landfall load plan makes another"}
		}
		set, err := o.read()
		if err != nil {
			return "", err
		}
		if p.Settings != plan.SettingsKey(set.Settings, set.Names) {
			talk.say(load.Event{Kind: "remark", Text: "landfall.yaml is not what the plan was made with, and the plan is what counts; landfall load discard and landfall load plan begin anew with it"})
		}
		if err := o.asks(p, talk); err != nil {
			return "", err
		}
		return to.Ledger.Store(ctx, p)
	}
	list, err := to.Ledger.Plans(ctx)
	if err != nil {
		return "", err
	}
	if len(list) > 0 {
		return o.known(ctx, to, talk)
	}
	made, err := o.settings()
	if err != nil {
		return "", err
	}
	talk.say(load.Event{Kind: "planning", Text: "reading the dictionary of the source"})
	p, err := load.MakePlan(ctx, db, made)
	if err != nil {
		return "", err
	}
	id, err := to.Ledger.Store(ctx, p)
	if err != nil {
		return "", err
	}
	write := loadPlanOptions{planOptions: o.planOptions}
	talk.say(load.Event{Kind: "planned", Text: fmt.Sprintf("plan %s: %d tables in %d chunks as of SCN %s, %d not loaded", id, len(p.Tables), len(p.Chunks), p.SCN, len(p.LeftOut))})
	return id, write.write(p)
}

// known is the plan that the target has.
func (o *loadRunOptions) known(ctx context.Context, to *load.Target, talk *loadTalk) (string, error) {
	id, err := o.pick(ctx, to)
	if err != nil {
		return "", err
	}
	p, err := to.Ledger.Plan(ctx, id)
	if err != nil {
		return "", err
	}
	return id, o.asks(p, talk)
}

// asks holds that a plan is of the schemas that the command names: one that was added to it would stay behind, in a load that ends well. It tells
// where the folder of --schema has other statements than the plan.
func (o *loadRunOptions) asks(p *plan.Plan, talk *loadTalk) error {
	if o.schema != "" && p.Statements != "" {
		list, err := deployment(o.schema)
		if err != nil {
			return err
		}
		if p.Statements != plan.StatementsKey(list) {
			talk.say(load.Event{Kind: "remark", Text: "the statements of " + o.schema + " are not those that the plan was made with, and the plan is what counts; landfall load discard and landfall load plan begin anew with them"})
		}
	}
	want := slices.Compact(slices.Sorted(slices.Values(foldNames(o.schemas))))
	if len(want) == 0 || len(p.Schemas) == 0 || slices.Equal(want, p.Schemas) {
		return nil
	}
	return usageError("leave --schemas out to go on with it; landfall load discard and landfall load plan begin anew",
		"the plan that is there is of the schemas %s, and --schemas says %s", strings.Join(p.Schemas, ", "), strings.Join(want, ", "))
}

// writeRejects writes the rows that were not written, all of them anew: the ledger is what counts, so that a run that was killed leaves no row
// twice and none out. Without any, there is no file.
func writeRejects(ctx context.Context, l *ledger.Ledger, id, name string) (wrote bool, err error) {
	n := 0
	err = l.EachRejected(ctx, id, func(*ledger.Rejected) error { n++; return nil })
	if err != nil {
		return false, err
	}
	if n == 0 {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return false, err
		}
		return false, nil
	}
	return true, writeWhole(name, func(w stdio.Writer) error { return eachReject(ctx, l, id, w) })
}

// ended is the end of a command that copied rows.
func ended(ctx context.Context, err error, s *ledger.Status) error {
	switch {
	case err != nil && ctx.Err() == nil:
		return err
	case strings.HasPrefix(s.Stopped, ledger.NoRoom):
		return &Error{Code: ExitFailed, Msg: "stopped: " + s.Stopped, Hint: "make room and run the same command again: it goes on where it stopped"}
	case strings.Contains(s.Stopped, "no text in US7ASCII"):
		return &Error{Code: ExitFailed, Msg: "stopped: " + s.Stopped, Hint: "--source-charset ZHS16GBK, or what else these bytes are, reads them (landfall load discard, then plan with it); else load.on-fault in landfall.yaml"}
	case s.Stopped != "":
		return &Error{Code: ExitFailed, Msg: "stopped: " + s.Stopped, Hint: "rejects.jsonl has the row; --max-rejects can let it pass, or load.on-fault in landfall.yaml for a new plan (landfall load discard, then plan)"}
	case len(s.Failures) > 0:
		f := s.Failures[0]
		return &Error{Code: ExitFailed, Msg: fmt.Sprintf("%d chunks or steps failed; the first: %s %s: %s", len(s.Failures), f.What, f.Name, f.Error), Hint: "mend the cause and run the same command again: it goes on where it stopped"}
	case err != nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case s.Totals.Read != s.Totals.Written+s.Totals.Rejected:
		return &Error{Code: ExitFailed, Err: &model.Error{Code: "LD0404", Op: "add up the load", Err: fmt.Errorf("%d rows read, %d written, %d rejected", s.Totals.Read, s.Totals.Written, s.Totals.Rejected)}}
	case s.Totals.Copied < s.Totals.Chunks:
		return &Error{Code: ExitFailed, Msg: fmt.Sprintf("%d of %d chunks are not copied", s.Totals.Chunks-s.Totals.Copied, s.Totals.Chunks), Hint: "run the same command again"}
	case s.Totals.Rejected > 0 || len(s.Skipped) > 0:
		return done(ExitPartly)
	}
	return nil
}
