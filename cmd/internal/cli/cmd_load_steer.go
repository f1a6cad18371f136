package cli

import (
	"context"
	"encoding/json"
	"fmt"
	stdio "io"

	"github.com/spf13/cobra"

	"landfall/load/ledger"
)

// steer changes how a load runs and says so.
func steer(ctx context.Context, opt loadTarget, c ledger.Control, said string, io *IOStreams) error {
	t, id, err := opt.picked(ctx)
	if err != nil {
		return err
	}
	defer t.Close()
	if err := t.Ledger.Steer(ctx, id, c); err != nil {
		return err
	}
	_, err = fmt.Fprintf(io.Err, "landfall: load %s: %s\n", id, said)
	return err
}

func newLoadPause(io *IOStreams) *cobra.Command {
	var opt loadTarget
	cmd := &cobra.Command{
		Use:         "pause --target URL",
		Short:       "Let a running load finish its chunks and wait",
		Long:        "Every process of the load finishes the chunks at hand, logs off from the source and waits for landfall load resume.",
		Example:     "  landfall load pause --target postgres://me@pg/erp",
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			on := true
			return steer(cmd.Context(), opt, ledger.Control{Paused: &on}, "paused; the chunks at hand are finished", io)
		},
	}
	opt.bind(cmd.Flags())
	return cmd
}

func newLoadResume(io *IOStreams) *cobra.Command {
	var opt loadTarget
	cmd := &cobra.Command{
		Use:         "resume --target URL",
		Short:       "Let a paused load go on",
		Example:     "  landfall load resume --target postgres://me@pg/erp",
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			off := false
			return steer(cmd.Context(), opt, ledger.Control{Paused: &off}, "goes on", io)
		},
	}
	opt.bind(cmd.Flags())
	return cmd
}

func newLoadThrottle(io *IOStreams) *cobra.Command {
	var opt loadTarget
	var rate string
	var sessions int
	cmd := &cobra.Command{
		Use:   "throttle --target URL [--bytes-per-second SIZE] [--source-sessions N]",
		Short: "Hold a running load to a rate, or to sessions of the source",
		Long: `Both are for all processes of the load together; 0 takes a limit away. The rate holds within seconds, the number of sessions from
the next chunk on.`,
		Example: `  landfall load throttle --target postgres://me@pg/erp --bytes-per-second 20M
  landfall load throttle --target postgres://me@pg/erp --source-sessions 2
  landfall load throttle --target postgres://me@pg/erp --bytes-per-second 0 --source-sessions 0`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var c ledger.Control
			said := ""
			if cmd.Flags().Changed("bytes-per-second") {
				var n int64
				if rate != "0" {
					var err error
					if n, err = parseSize(rate); err != nil {
						return err
					}
				}
				c.BytesPerSecond, said = &n, "bytes a second: "+rate
			}
			if cmd.Flags().Changed("source-sessions") {
				if sessions < 0 {
					return usageError("", "--source-sessions cannot be negative")
				}
				if said != "" {
					said += ", "
				}
				c.Sessions, said = &sessions, said+fmt.Sprintf("sessions of the source: %d", sessions)
			}
			if said == "" {
				return usageError("--bytes-per-second 20M, --source-sessions 2", "there is nothing to change")
			}
			return steer(cmd.Context(), opt, c, said, io)
		},
	}
	opt.bind(cmd.Flags())
	cmd.Flags().StringVar(&rate, "bytes-per-second", "", "bytes that are written a second, 20M; 0: no limit")
	cmd.Flags().IntVar(&sessions, "source-sessions", 0, "chunks that are read at a time; 0: no limit")
	return cmd
}

func newLoadRejects(io *IOStreams) *cobra.Command {
	var opt loadTarget
	cmd := &cobra.Command{
		Use:   "rejects --target URL",
		Short: "Write the rows that were not written, a line of JSON each",
		Long: `Each line has table, ROWID (or key), column, the bytes as Oracle has them in hex, and why. Those whose final is false are of
chunks that are tried again. Exit code 3 means that there are some.`,
		Example:     "  landfall load rejects --target postgres://me@pg/erp > rejects.jsonl",
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			t, id, err := opt.picked(cmd.Context())
			if err != nil {
				return err
			}
			defer t.Close()
			n := &counter{w: io.Out}
			if err := eachReject(cmd.Context(), t.Ledger, id, n); err != nil {
				return err
			}
			if n.bytes > 0 {
				return done(ExitPartly)
			}
			return nil
		},
	}
	opt.bind(cmd.Flags())
	return cmd
}

// counter counts what goes through it.
type counter struct {
	w     stdio.Writer
	bytes int
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.bytes += n
	return n, err
}

// eachReject writes the rejected rows as lines of JSON.
func eachReject(ctx context.Context, l *ledger.Ledger, id string, w stdio.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return l.EachRejected(ctx, id, func(r *ledger.Rejected) error { return enc.Encode(r) })
}

func newLoadDiscard(io *IOStreams) *cobra.Command {
	var opt loadTarget
	cmd := &cobra.Command{
		Use:   "discard PLAN --target URL",
		Short: "Forget a load; rows that were copied stay",
		Long: `Removes the plan and its ledger from the target, so that its tables can be planned anew. Tables and rows are left as they are:
TRUNCATE them before another load. A load that somebody is working on is refused.`,
		Example:     "  landfall load discard 3f2a90c1 --target postgres://me@pg/erp",
		Args:        atLeast(1, "the id of a load, which landfall load status shows"),
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" || opt.plan != "" { // an empty variable of a script must not forget the only load
				return usageError("landfall load status shows it", "name one load, by its id or how that begins")
			}
			opt.plan = args[0]
			t, id, err := opt.picked(cmd.Context())
			if err != nil {
				return err
			}
			defer t.Close()
			if err := t.Ledger.Discard(cmd.Context(), id); err != nil {
				return &Error{Code: ExitFailed, Msg: "discard " + id, Err: err}
			}
			_, err = fmt.Fprintf(io.Err, "landfall: load %s is forgotten\n", id)
			return err
		},
	}
	opt.bind(cmd.Flags())
	return cmd
}
