package main

import (
	"context"

	"landfall/internal/postgres/scratch"
)

// checkProcs runs plpgsql_check over routines and gives the first error of each that has one.
func checkProcs(ctx context.Context, server *scratch.Server, db string, procs []Proc) (map[Proc]string, error) {
	conn, err := server.Connect(ctx, db)
	if err != nil {
		return nil, err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "set statement_timeout = '20s'"); err != nil {
		return nil, err
	}
	bad := map[Proc]string{}
	for _, p := range procs {
		var first *string
		err := conn.QueryRow(ctx, `select (array_agg(sqlstate || ' ' || message || coalesce(' [line ' || lineno || ']', '')))[1]
			from plpgsql_check_function_tb($1::oid, $2::oid, fatal_errors => false) where level = 'error'`, p.OID, p.Rel).Scan(&first)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			bad[p] = err.Error()
		case first != nil:
			bad[p] = *first
		}
	}
	return bad, nil
}
