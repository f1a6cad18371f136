package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"landfall/internal/postgres/scratch"
)

func newScratch(io *IOStreams) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "scratch",
		Short: "Serve a private PostgreSQL that is gone afterwards, to rehearse with",
		Long: `Starts a server from the installed PostgreSQL in a folder of its own below the temp folder, reached through a unix socket only, with
one empty database, and removes it when it is stopped by ^C or SIGTERM, or dies in any other way. It writes nothing to disk for good: what is
in it is no safer than the machine.

With --json one object with the database's url is written when it is ready.`,
		Example: `  landfall scratch --json
  landfall scratch --json | head -n 1 | jq -r .url`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runScratch(cmd.Context(), asJSON, io)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "write one JSON object when it is ready")
	return cmd
}

// scratchReady is the JSON of landfall scratch (docs/json.md).
type scratchReady struct {
	URL   string `json:"url"`
	Major int    `json:"major"`
}

func runScratch(ctx context.Context, asJSON bool, io *IOStreams) (err error) {
	// the server must outlive the start's context, and says itself that it was stopped
	s, err := scratch.Start(ctx, scratch.Options{BinDir: io.Env("LANDFALL_PG_BIN"), Settings: map[string]string{"max_wal_size": "4GB", "wal_level": "replica", "max_connections": "100"}})
	if err != nil {
		hint := ""
		if errors.Is(err, scratch.ErrNotFound) {
			hint = scratch.InstallHint
		}
		return &Error{Code: ExitFailed, Err: err, Hint: hint}
	}
	defer func() {
		if e := s.Stop(); e != nil {
			err = &Error{Code: ExitFailed, Msg: "stop the server", Err: errors.Join(err, e)}
		}
	}()
	name, err := s.CreateDatabase(ctx, "rehearsal", false)
	if err != nil {
		return err
	}
	if asJSON {
		err = json.NewEncoder(io.Out).Encode(scratchReady{s.URL(name), s.Major()})
	} else {
		_, err = fmt.Fprintf(io.Err, "PostgreSQL %d: %s; ^C removes it\n", s.Major(), s.URL(name))
	}
	if err != nil {
		return err
	}
	<-ctx.Done()
	return &Error{Code: ExitOK, Msg: "stopped", Reported: true}
}
