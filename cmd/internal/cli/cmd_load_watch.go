package cli

import (
	"context"

	"github.com/spf13/cobra"

	"landfall/cmd/internal/tui"
	"landfall/load/ledger"
)

func newLoadWatch(io *IOStreams) *cobra.Command {
	var opt loadTarget
	cmd := &cobra.Command{
		Use:   "watch --target URL",
		Short: "Follow a load on the terminal, and steer it",
		Long: `Shows how far a load is that other processes carry out, with a bar for every table, who works on what, and what failed. Keys
pause it, let it go on, and hold it to a rate or to sessions of the source; ? lists them. It reads the same status as
landfall load status, and quitting it stops nothing.`,
		Example:     "  landfall load watch --target postgres://me@pg/erp",
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runLoadWatch(cmd.Context(), opt, io)
		},
	}
	opt.bind(cmd.Flags())
	return cmd
}

func runLoadWatch(ctx context.Context, opt loadTarget, io *IOStreams) error {
	if !io.interactive() {
		return usageError("landfall load status says the same elsewhere, with --watch again and again", "landfall load watch needs a terminal")
	}
	t, id, err := opt.picked(ctx)
	if err != nil {
		return err
	}
	defer t.Close()
	m := tui.NewLoadModel(ctx, tui.Following{
		Status: func(ctx context.Context) (*ledger.Status, error) { return t.Ledger.Status(ctx, id) },
		Steer:  func(ctx context.Context, c ledger.Control) error { return t.Ledger.Steer(ctx, id, c) },
		Size:   parseSize,
	})
	return tui.RunLoad(ctx, m, io.In, io.Out)
}
