package cli

import (
	"context"
	"encoding/json"
	"fmt"
	stdio "io"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"landfall/load"
	"landfall/load/plan"
	"landfall/load/target"
)

type loadPlanOptions struct {
	loadTarget
	planOptions
	out         string
	dryRun      bool
	json, quiet bool
}

func newLoadPlan(io *IOStreams) *cobra.Command {
	var opt loadPlanOptions
	cmd := &cobra.Command{
		Use:   "plan --source URL {--target URL | --dry-run}",
		Short: "Plan a load: tables, chunks, names, what comes behind the rows",
		Long: `Takes the SCN of the load, reads the dictionary of the source and cuts every table into chunks: ranges of ROWIDs of equal
blocks, or ranges of a key for index-organized tables, clustered ones and views. The plan is stored in the target, with the
hash of all that is in it, and written to plan.json in the project folder. With --dry-run it is only shown.

Two tables that would become one in the target are refused, whichever load the other one is in. A plan of which nothing has been
done gives way to a new one for the same source.`,
		Example: `  landfall load plan --source oracle://reader@db:1521/ERP --dry-run --schemas HR
  landfall load plan --source oracle://reader@db:1521/ERP --target postgres://me@pg/erp --schema ./postgresql --project ./move`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitNoProject, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runLoadPlan(cmd.Context(), opt, io)
		},
	}
	fl := cmd.Flags()
	opt.planOptions.bind(fl)
	opt.loadTarget.bind(fl)
	fl.StringVar(&opt.out, "out", "", "file that the plan is written to (default: plan.json in the project folder)")
	fl.BoolVar(&opt.dryRun, "dry-run", false, "show the plan, store and write nothing")
	fl.BoolVar(&opt.json, "json", false, "write the plan as JSON")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "say nothing but errors")
	return cmd
}

func runLoadPlan(ctx context.Context, opt loadPlanOptions, io *IOStreams) error {
	made, err := opt.settings()
	if err != nil {
		return err
	}
	src, err := opt.login.open(opt.source, 1, "landfall load", io)
	if err != nil {
		return err
	}
	defer src.Close()
	var to *load.Target
	if !opt.dryRun {
		if to, err = opt.loadTarget.open(ctx, 1); err != nil {
			return err
		}
		defer to.Close()
		if err := to.Err(); err != nil {
			return err
		}
	}
	p, err := load.MakePlan(ctx, oracleSource{src}, made)
	if err != nil {
		return err
	}
	id, err := p.ID()
	if err != nil {
		return err
	}
	if to != nil {
		if err := to.Install(ctx); err != nil {
			return err
		}
		if id, err = to.Ledger.Store(ctx, p); err != nil {
			return err
		}
		if err := opt.write(p); err != nil {
			return err
		}
	}
	switch {
	case opt.json:
		b, err := p.Encode()
		if err == nil {
			_, err = io.Out.Write(b)
		}
		return err
	case opt.quiet:
		return nil
	}
	var unfilled []string
	if to != nil && p.Seen == plan.SeenAccount {
		if unfilled, err = target.Unfilled(ctx, to.Pool, p); err != nil {
			return err
		}
	}
	return showPlan(io.Out, id, p, unfilled)
}

// seenWords say how it was made sure that no table of the source is passed over.
var seenWords = map[string]string{
	plan.SeenAll:     "every table of the schemas (DBA_ views)",
	plan.SeenFolder:  "tables that the account may SELECT; every table that the folder of --schema makes is among them",
	plan.SeenAccount: "only tables that the account may SELECT: others are not in this list; SELECT_CATALOG_ROLE, or --schema, would tell of them",
}

func (o *loadPlanOptions) write(p *plan.Plan) error {
	name := o.out
	if name == "" {
		name = filepath.Join(o.project, "plan.json")
	}
	b, err := p.Encode()
	if err != nil {
		return err
	}
	return writeWhole(name, func(w stdio.Writer) error { _, err := w.Write(b); return err })
}

// showPlan writes a plan for people.
func showPlan(out stdio.Writer, id string, p *plan.Plan, unfilled []string) error {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintf(w, "plan\t%s\nsource\t%s, Oracle %s, %s\nSCN\t%s\n", id, p.Source.Key(), p.Source.Version, p.Source.Charset, p.SCN)
	if p.Source.TextCharset != "" {
		fmt.Fprintf(w, "text\tread as %s\n", p.Source.TextCharset)
	}
	if p.SyncFrom != 0 {
		fmt.Fprintf(w, "sync\tchanges from SCN %s on are needed (open transactions)\n", p.SyncFrom)
	} else {
		fmt.Fprintf(w, "sync\twhich transactions were open is not known: %s\n", p.SyncUnknown)
	}
	fmt.Fprintf(w, "seen\t%s\n", seenWords[p.Seen])
	var rows, bytes int64
	for i := range p.Tables {
		rows, bytes = rows+p.Tables[i].Rows, bytes+p.Tables[i].Bytes
	}
	fmt.Fprintf(w, "tables\t%d in %d chunks, about %d rows, %s\n", len(p.Tables), len(p.Chunks), rows, megabytes(bytes))
	fmt.Fprintf(w, "behind\t%d statements, %d sequences\n", len(p.Steps), len(p.Sequences))
	if err := w.Flush(); err != nil {
		return err
	}
	w = tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "\ntable\tinto\tby\tchunks\trows, about\tsize, about")
	for i := range p.Tables {
		t := &p.Tables[i]
		by := "ROWID"
		if t.Kind == plan.Keys {
			by = "key"
		}
		fmt.Fprintf(w, "%s\t%s.%s\t%s\t%d\t%d\t%s\n", t.SourceName(), t.Schema, t.Target, by, t.Chunks, t.Rows, megabytes(t.Bytes))
	}
	for i, l := range p.LeftOut {
		if i == 0 {
			fmt.Fprintln(w, "\nnot loaded\twhy")
		}
		fmt.Fprintf(w, "%s\t%s\n", l.Object, l.Reason)
	}
	for i, name := range unfilled {
		if i == 0 {
			fmt.Fprintln(w, "\nin the target, and in no load")
		}
		fmt.Fprintln(w, name)
	}
	return w.Flush()
}

func megabytes(n int64) string {
	switch {
	case n < 10_000:
		return fmt.Sprintf("%d bytes", n)
	case n < 10_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n < 10_000_000_000:
		return fmt.Sprintf("%.0f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}

// asJSON writes a value as indented JSON.
func asJSON(out stdio.Writer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
