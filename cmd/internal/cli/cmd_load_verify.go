package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	stdio "io"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"landfall/load"
	"landfall/load/ledger"
)

type loadVerifyOptions struct {
	loadTarget
	workOptions
	source, project string
	login           oracleLogin
	ledgerOnly      bool
	again           bool
	most, samples   int
	out             string
	json, quiet     bool
}

func newLoadVerify(io *IOStreams) *cobra.Command {
	var opt loadVerifyOptions
	cmd := &cobra.Command{
		Use:   "verify {--source URL | --ledger-only} --target URL",
		Short: "Compare source and target: by fingerprints of chunks, then by rows",
		Long: `Reads every chunk again from the source, as of the SCN of the load, and every table of the target by binary COPY, and compares the
sums of their rows' hashes. Where they differ, rows are compared by key, and the differing ones are listed with their
columns in differences.jsonl and the SQL that would mend them in repair.sql, which is not run. Besides, some rows of every table are compared as texts: what
Oracle's TO_CHAR makes of them with what the target holds, because fingerprints alone would not find a mistake in reading Oracle's values.

The target must not change meanwhile. What was broken off goes on with the same command. With --ledger-only the target is held against what
was noted when the rows were written, without the source: its undo does not last for ever.

Exit code 4 means differences.`,
		Example: `  landfall load verify --source oracle://reader@db:1521/ERP --target postgres://me@pg/erp --project ./move
  landfall load verify --ledger-only --target postgres://me@pg/erp --json`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitDifferences, ExitNoProject, ExitLocked, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runLoadVerify(cmd.Context(), opt, io)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&opt.source, "source", "", "the database: oracle://user@host:1521/service")
	opt.login.bind(fl)
	opt.loadTarget.bind(fl)
	fl.IntVar(&opt.streams, "streams", 0, "chunks or tables at a time (default: the cores of this machine, at most 8)")
	fl.IntVar(&opt.sessions, "source-sessions", 0, "most sessions of the source (default: as many as streams)")
	fl.StringVar(&opt.tempDir, "temp-dir", "", "folder for LOBs that are too large to be held (default: the system's)")
	fl.DurationVar(&opt.patience, "patience", 10*time.Minute, "how long a target that is away is waited for")
	fl.StringVar(&opt.project, "project", ".", "folder that differences.jsonl and repair.sql are written to")
	fl.BoolVar(&opt.ledgerOnly, "ledger-only", false, "do without the source")
	fl.BoolVar(&opt.again, "again", false, "begin anew, also where the last verification was broken off")
	fl.IntVar(&opt.most, "max-differences", 1000, "differing rows that are listed of a table")
	fl.IntVar(&opt.samples, "samples", 20, "rows of a table that are compared as texts, too; 0: none")
	fl.StringVar(&opt.out, "out", "", "folder for the files instead of the project")
	fl.BoolVar(&opt.json, "json", false, "write the result as JSON")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "say nothing but errors")
	return cmd
}

// loadVerdict is the JSON of landfall load verify.
type loadVerdict struct {
	Plan        string              `json:"plan"`
	Round       int                 `json:"round"`
	Tables      []ledger.TableRound `json:"tables"`
	Compared    int                 `json:"tables_compared"`
	Rows        int64               `json:"rows"`
	Rejected    int64               `json:"rejected"`
	Sampled     int                 `json:"rows_sampled"`
	Differences int64               `json:"differences"`
	Files       []string            `json:"files"` // that tell of them
}

// partly reports whether there are more differences than were listed.
func (v *loadVerdict) partly() bool {
	return slices.ContainsFunc(v.Tables, func(t ledger.TableRound) bool { return t.More != nil && *t.More })
}

func runLoadVerify(ctx context.Context, opt loadVerifyOptions, io *IOStreams) error {
	if opt.ledgerOnly == (opt.source != "") {
		return usageError("--source oracle://... compares with the database, --ledger-only with what was noted", "give one of --source and --ledger-only")
	}
	if err := opt.settle(); err != nil {
		return err
	}
	if opt.out == "" {
		if err := (&planOptions{project: opt.project}).folder(); err != nil {
			return err
		}
	}
	work := load.VerifyOptions{Again: opt.again, Most: opt.most, Samples: opt.samples}
	if opt.samples <= 0 {
		work.Samples = -1
	}
	talk := newLoadTalk(io, false, opt.quiet || opt.json)
	work.Options = opt.options(nil, false, talk)
	if !opt.ledgerOnly {
		src, err := opt.login.open(opt.source, opt.sessions, "landfall verify", io)
		if err != nil {
			return err
		}
		defer src.Close()
		work.Source = oracleSource{src}
	}
	to, err := opt.loadTarget.open(ctx, opt.streams)
	if err != nil {
		return err
	}
	defer to.Close()
	id, err := opt.pick(ctx, to)
	if err != nil {
		return err
	}
	round, err := load.Verify(ctx, to, id, work)
	if errors.Is(err, ledger.ErrBusy) {
		return &Error{Code: ExitLocked, Err: err}
	}
	if round == 0 {
		return err
	}
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	verdict, e := opt.tell(after, to, id, round)
	if e == nil {
		switch {
		case opt.json:
			e = asJSON(io.Out, verdict)
		case !opt.quiet:
			e = showVerdict(io.Out, verdict)
		}
	}
	switch {
	case err != nil || e != nil:
		return errors.Join(err, e)
	case verdict.Differences > 0:
		return done(ExitDifferences)
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return nil
}

// tell writes the files and adds up.
func (o *loadVerifyOptions) tell(ctx context.Context, to *load.Target, id string, round int) (*loadVerdict, error) {
	v := &loadVerdict{Plan: id, Round: round, Files: []string{}}
	var err error
	if v.Tables, err = to.Ledger.Round(ctx, id, round); err != nil {
		return nil, err
	}
	for _, t := range v.Tables {
		if t.Differences != nil {
			v.Compared++
			v.Differences += *t.Differences
			v.Rows, v.Rejected = v.Rows+t.Rows, v.Rejected+t.Rejected
		}
		if t.Sampled != nil {
			v.Sampled += *t.Sampled
		}
	}
	dir := o.out
	if dir == "" {
		dir = o.project
	}
	list, repair := filepath.Join(dir, "differences.jsonl"), filepath.Join(dir, "repair.sql")
	if v.Differences == 0 {
		for _, f := range []string{list, repair} { // those of a comparison before would mend what is right now
			if err := os.Remove(f); err != nil && !errors.Is(err, os.ErrNotExist) {
				return nil, err
			}
		}
		return v, nil
	}
	err = writeWhole(list, func(w stdio.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return to.Ledger.EachDifference(ctx, id, func(d *ledger.Difference) error { return enc.Encode(d) })
	})
	if err != nil {
		return nil, err
	}
	err = writeWhole(repair, func(w stdio.Writer) error { return writeRepair(ctx, to.Ledger, v, to.Server.Replica, w) })
	v.Files = append(v.Files, filepath.ToSlash(list), filepath.ToSlash(repair))
	return v, err
}

func showVerdict(out stdio.Writer, v *loadVerdict) error {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "table\tchunks\trows\trejected\tsampled\tdifferences\tnote")
	for _, t := range v.Tables {
		found, note, sampled := "not compared", "", ""
		if t.Differences != nil {
			found = fmt.Sprint(*t.Differences)
			if t.More != nil && *t.More {
				found += " and more"
			}
		}
		if t.Sampled != nil {
			sampled = fmt.Sprint(*t.Sampled)
		}
		if t.Note != nil {
			note = *t.Note
		}
		fmt.Fprintf(w, "%s\t%d/%d\t%d\t%d\t%s\t%s\t%s\n", t.Source, t.Verified, t.Chunks, t.Rows, t.Rejected, sampled, found, note)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	rejected := ""
	if v.Rejected > 0 {
		rejected = fmt.Sprintf("; %d rows that the load rejected are in none of them", v.Rejected)
	}
	found := fmt.Sprint(v.Differences)
	if v.partly() {
		found = fmt.Sprintf("more than %d", v.Differences)
	}
	_, err := fmt.Fprintf(out, "%d of %d tables compared, %d rows, %d of them as texts: %s differences%s\n", v.Compared, len(v.Tables), v.Rows, v.Sampled, found, rejected)
	for _, f := range v.Files {
		if err == nil {
			_, err = fmt.Fprintln(out, f)
		}
	}
	return err
}
