package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"landfall/load/ledger"
)

type loadStatusOptions struct {
	loadTarget
	json, watch bool
}

func newLoadStatus(io *IOStreams) *cobra.Command {
	var opt loadStatusOptions
	cmd := &cobra.Command{
		Use:   "status --target URL",
		Short: "Say how far a load is, from any shell",
		Long: `Reads the ledger in the target: how much of every table is copied and verified, who works on what, how fast, where the
time goes, what failed. It changes nothing. Progress is counted in blocks (estimated bytes where there are none), not in rows of
statistics.

Exit code 3 means that something is left to do or was left out, 1 that something failed.`,
		Example: `  landfall load status --target postgres://me@pg/erp
  landfall load status --target postgres://me@pg/erp --watch
  landfall load status --target postgres://me@pg/erp --json | jq .totals`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runLoadStatus(cmd.Context(), opt, io)
		},
	}
	opt.bind(cmd.Flags())
	cmd.Flags().BoolVar(&opt.json, "json", false, "write everything as JSON; with --watch, a line each time")
	cmd.Flags().BoolVar(&opt.watch, "watch", false, "say it again every two seconds, as long as somebody works on it")
	return cmd
}

func runLoadStatus(ctx context.Context, opt loadStatusOptions, io *IOStreams) error {
	t, id, err := opt.picked(ctx)
	if err != nil {
		return err
	}
	defer t.Close()
	for {
		s, err := t.Ledger.Status(ctx, id)
		if err != nil {
			return err
		}
		switch {
		case opt.json && opt.watch:
			err = json.NewEncoder(io.Out).Encode(s)
		case opt.json:
			err = asJSON(io.Out, s)
		default:
			if opt.watch && io.OutTTY {
				_, err = fmt.Fprint(io.Out, "\x1b[H\x1b[2J") // to the top of a clear screen
			}
			if err == nil {
				err = showStatus(io, s)
			}
		}
		if err != nil {
			return err
		}
		if opt.watch && (s.State == ledger.Running || s.State == ledger.Paused) {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(2 * time.Second):
			}
			continue
		}
		switch {
		case s.State == ledger.Failed:
			return done(ExitFailed)
		case s.State != ledger.Complete, s.Totals.Rejected > 0, len(s.Skipped) > 0:
			return done(ExitPartly)
		}
		return nil
	}
}

// bar is how much of a table is done, in ten pieces, on a terminal.
func bar(io *IOStreams, percent int64) string {
	if !io.OutTTY {
		return ""
	}
	n := int(min(10, max(0, percent/10)))
	return strings.Repeat("█", n) + strings.Repeat("░", 10-n) + " "
}

func showStatus(io *IOStreams, s *ledger.Status) error {
	if _, err := fmt.Fprintf(io.Out, "%s\n%s\n", figures(s), loadSummary(s, "")); err != nil {
		return err
	}
	w := tabwriter.NewWriter(io.Out, 0, 8, 2, ' ', 0)
	for i, x := range s.Workers {
		if i == 0 {
			fmt.Fprintln(w, "\nworker\trole\tprocess\tchunk\ttable\trows\tbytes")
		}
		var at []ledger.Working
		if err := json.Unmarshal(x.Work, &at); err != nil {
			return err
		}
		gone := ""
		if !x.Alive {
			gone = " (gone)"
		}
		if len(at) == 0 {
			at = []ledger.Working{{Chunk: -1}}
		}
		for _, c := range at {
			fmt.Fprintf(w, "%d\t%s\t%s/%d%s\t", x.No, x.Role, x.Host, x.PID, gone)
			if c.Chunk < 0 {
				fmt.Fprintln(w, "\t\t\t")
				continue
			}
			fmt.Fprintf(w, "%d\t%s\t%d\t%s\n", c.Chunk, c.Table, c.Rows, megabytes(c.Bytes))
		}
	}
	fmt.Fprintln(w, "\ntable\tdone\tchunks\tread\twritten\trejected\tcounted\tverified")
	for i := range s.Tables {
		t := &s.Tables[i]
		percent, counted, verified := int64(100), "", fmt.Sprint(t.Verified)
		if t.Weight > 0 {
			percent = 100 * t.Done / t.Weight
		} else if t.Copied < t.Chunks {
			percent = 0
		}
		if t.Counted != nil {
			counted = fmt.Sprint(*t.Counted)
		}
		if t.Differences != nil && *t.Differences > 0 {
			verified += fmt.Sprintf(", %d differences", *t.Differences)
		}
		fmt.Fprintf(w, "%s\t%s%d %%\t%d/%d\t%d\t%d\t%d\t%s\t%s\n", t.Source, bar(io, percent), percent, t.Copied, t.Chunks, t.Read, t.Written, t.Rejected, counted, verified)
	}
	return w.Flush()
}
