package cli

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"landfall/load"
)

type loadWorkerOptions struct {
	loadTarget
	workOptions
	source      string
	login       oracleLogin
	json, quiet bool
}

func newLoadWorker(io *IOStreams) *cobra.Command {
	var opt loadWorkerOptions
	cmd := &cobra.Command{
		Use:   "worker --source URL --target URL",
		Short: "Help a load from another machine: claim chunks and copy them",
		Long: `Waits until a run has made the tables, then claims chunks from the ledger in the target until none is left. Any number of
workers may do so. When one dies, its chunks are free at once for the others; when its machine or network is gone, after a
minute. Indexes and constraints are made by the run alone.

--max-rejects is for the whole load: give it as the run has it.`,
		Example:     "  landfall load worker --source oracle://reader@db:1521/ERP --target postgres://me@pg/erp --streams 4",
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runLoadWorker(cmd.Context(), opt, io)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&opt.source, "source", "", "the database: oracle://user@host:1521/service")
	opt.login.bind(fl)
	opt.loadTarget.bind(fl)
	opt.workOptions.bind(fl)
	fl.BoolVar(&opt.json, "json", false, "write what happens as lines of JSON, the status at the end")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "say nothing but errors")
	return cmd
}

func runLoadWorker(ctx context.Context, opt loadWorkerOptions, io *IOStreams) error {
	if err := opt.settle(); err != nil {
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
	id, err := opt.pick(ctx, to)
	if err != nil {
		return err
	}
	talk := newLoadTalk(io, opt.json, opt.quiet)
	watch := talk.watch(ctx, to.Ledger, id)
	err = load.Work(ctx, to, id, opt.options(oracleSource{src}, false, talk))
	watch()
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	status, e := to.Ledger.Status(after, id)
	if e == nil {
		e = talk.end(status, "")
	}
	if e != nil {
		return errors.Join(err, e)
	}
	return ended(ctx, err, status)
}
