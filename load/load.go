// Package load is the stage that carries the rows of an Oracle database into PostgreSQL.
//
// Input -> output: a source.Database and the connection string of a target in; rows, indexes, constraints and sequences in the target
// out, with a ledger there (schema landfall) of what was done, written in the same transactions as the rows. A load can be stopped at
// any instant, by kill -9 of it or of the server, and goes on where the ledger says.
//
// It converts no DDL (statements are handed in) and opens no session of Oracle (source.Database is handed in). Its functions may be called
// concurrently, also by processes on several machines for the same plan: what one does is claimed in the ledger.
package load

import (
	"context"
	"errors"

	"landfall/internal/postgres/naming"
	"landfall/internal/project"
	"landfall/load/plan"
	"landfall/load/source"
)

// PlanOptions say what is to be planned.
type PlanOptions struct {
	Settings   project.Load
	Schemas    []string // of the source; Settings.Schemas unless empty
	Names      naming.Names
	Statements []plan.Statement // of the conversion
	Tool       string
}

// MakePlan reads the source and plans a load. It writes nothing anywhere.
func MakePlan(ctx context.Context, db source.Database, opt PlanOptions) (_ *plan.Plan, err error) {
	s, err := db.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	want := source.Want{Schemas: opt.Schemas}
	if len(want.Schemas) == 0 {
		want.Schemas = opt.Settings.Schemas
	}
	for _, v := range opt.Settings.Views {
		n, err := source.ParseName(v)
		if err != nil {
			return nil, err
		}
		want.Views = append(want.Views, n)
	}
	for name := range opt.Settings.Tables {
		n, err := source.ParseName(name)
		if err != nil {
			return nil, err
		}
		want.Named = append(want.Named, n)
	}
	facts, err := source.ReadFacts(ctx, s, want)
	if err != nil {
		return nil, err
	}
	return plan.Build(ctx, plan.Input{Facts: facts, Settings: opt.Settings, Schemas: want.Schemas, Names: opt.Names, Tool: opt.Tool, Statements: opt.Statements, Cut: cutter(s), Try: tryer(s)})
}
