package cli

import (
	"github.com/spf13/cobra"
)

func newLoad(io *IOStreams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "load",
		Short: "Carry the rows of an Oracle database into PostgreSQL",
		Long: `Reads every table as of one SCN and writes it by binary COPY, in chunks. Each chunk is one transaction together with its
row in a ledger in the target (schema landfall), so that a load can be stopped at any instant and goes on with the same
command. Indexes, constraints and sequences come behind the rows.

  landfall load plan      what would be loaded, in which chunks; stores it in the target
  landfall load run       carries it out, or goes on with it
  landfall load worker    helps a run from another machine
  landfall load status    how far it is
  landfall load watch     the same on the terminal, with a bar a table and keys to steer it
  landfall load pause, resume, throttle    steer it from another shell
  landfall load verify    compares source and target, row by row where they differ
  landfall load rejects   rows that were not written
  landfall load discard   forgets a load`,
		Example: `  landfall load run --source oracle://reader@db:1521/ERP --target postgres://me@pg/erp --schema ./postgresql --project ./move
  landfall load status --target postgres://me@pg/erp`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitUsage),
		RunE:        func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newLoadPlan(io), newLoadRun(io), newLoadWorker(io), newLoadStatus(io), newLoadWatch(io), newLoadPause(io), newLoadResume(io), newLoadThrottle(io), newLoadVerify(io), newLoadRejects(io), newLoadDiscard(io))
	return cmd
}
