package main

import (
	"context"

	"landfall/convert/support"
	"landfall/internal/postgres/scratch"
)

// Check is what plpgsql_check says of a routine that is not clean.
type Check struct {
	First  string   // its first error
	Absent []string // the relations that do not exist, when that is all it says
}

// checkProcs runs plpgsql_check over routines and tells of those that have errors.
func checkProcs(ctx context.Context, server *scratch.Server, db string, procs []Proc) (map[Proc]Check, error) {
	conn, err := server.Connect(ctx, db)
	if err != nil {
		return nil, err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "set statement_timeout = '20s'"); err != nil {
		return nil, err
	}
	for name, value := range support.NoSecondSessions() {
		if _, err := conn.Exec(ctx, "select set_config($1, $2, false)", name, value); err != nil {
			return nil, err
		}
	}
	if _, err := conn.Exec(ctx, support.InitialisationDone); err != nil {
		return nil, err
	}
	bad := map[Proc]Check{}
	for _, p := range procs {
		var first *string
		var absent []string
		err := conn.QueryRow(ctx, `select (array_agg(sqlstate || ' ' || message || coalesce(' [line ' || lineno || ']', '')))[1],
			case when bool_and(sqlstate = '42P01' and message ~ '^relation ".*" does not exist$'
				or sqlstate = '42809' and message ~ '^".*" is a composite type$') then array_agg(split_part(message, '"', 2)) end
			from plpgsql_check_function_tb($1::oid, $2::oid, fatal_errors => false) where level = 'error'`, p.OID, p.Rel).Scan(&first, &absent)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			bad[p] = Check{First: err.Error()}
		case first != nil:
			bad[p] = Check{First: *first, Absent: absent}
		}
	}
	return bad, nil
}
