package cli

import (
	"context"
	"errors"
	stdio "io"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/collect"
)

// liveOptions are the flags of commands that collect from a live database.
type liveOptions struct {
	login                 oracleLogin
	schemas               []string
	pdb                   string
	days, minutes         int
	awr, statspack, audit bool
}

func (o *liveOptions) bind(fl *pflag.FlagSet) {
	o.login.bind(fl)
	fl.StringVar(&o.pdb, "pdb", "", "pluggable database to go into from the root of an oracle:// source")
	fl.IntVar(&o.days, "days", 30, "days of history that are collected from an oracle:// source: redo, AWR, Statspack, audit")
	fl.IntVar(&o.minutes, "minutes", 240, "after so many minutes no further extract is begun")
	fl.BoolVar(&o.awr, "awr", false, "collect the workload repository too: the database is licensed for the Diagnostics Pack")
	fl.BoolVar(&o.statspack, "statspack", false, "collect Statspack too")
	fl.BoolVar(&o.audit, "audit", false, "collect audited statements too")
}

// check refuses what cannot be.
func (o *liveOptions) check() error {
	switch {
	case o.days < 1 || o.days > 3650:
		return usageError("1 to 3650", "--days cannot be %d", o.days)
	case o.minutes < 1 || o.minutes > 10080:
		return usageError("1 to 10080, a week", "--minutes cannot be %d", o.minutes)
	case strings.ContainsAny(o.pdb, "\"\x00\n\r"):
		return usageError("a name such as ERPPDB", "%q cannot be the name of a pluggable database", o.pdb)
	}
	return nil
}

// collect makes a bundle's content of a live database.
func (o *liveOptions) collect(ctx context.Context, url string, io *IOStreams, progress func(done, total int, extract string)) (c *bundle.Content, err error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	src, err := o.login.open(url, 1, "landfall collect", io)
	if err != nil {
		return nil, err
	}
	opt := collect.OracleOptions{
		Schemas: foldNames(o.schemas), Days: o.days, Limit: time.Duration(o.minutes) * time.Minute, Diagnostics: o.awr, Statspack: o.statspack, Audit: o.audit,
	}
	if pdb := foldNames([]string{o.pdb}); len(pdb) > 0 {
		opt.Container = pdb[0]
	}
	from, err := collect.NewOracle(ctx, src, opt)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	return collect.Run(ctx, from, collect.Options{Schemas: opt.Schemas, Tool: "landfall " + orElse(version, "devel"), Progress: progress})
}

// fetch collects from a live database into a file, which is a source like any bundle from then on. Other sources stay what they are.
func (s source) fetch(ctx context.Context, name string, live *liveOptions, io *IOStreams, meter *phases) (source, error) {
	if s.kind != "oracle" {
		return s, nil
	}
	c, err := live.collect(ctx, s.path, io, func(done, total int, _ string) { meter.at("collecting", done, total) })
	meter.end()
	if err != nil {
		return s, err
	}
	if err := writeWhole(name, func(w stdio.Writer) error { return bundle.Write(w, c) }); err != nil {
		return s, &Error{Code: ExitFailed, Msg: "write " + name, Err: err, Hint: "check that it can be written to and has room"}
	}
	return source{"bundle", name}, nil
}
