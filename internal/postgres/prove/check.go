package prove

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// check runs plpgsql_check over what was made, on several connections: it only reads. Results do not depend on who
// was quicker, each goes to its routine.
func (d *database) check(ctx context.Context, made []madeRoutine, outcomes []Outcome, before string) error {
	next := make(chan madeRoutine)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	for range checkers {
		wg.Go(func() {
			if err := d.checkSome(ctx, next, outcomes, before); err != nil {
				cancel(err)
			}
		})
	}
feed:
	for _, m := range made {
		if !m.step.plpgsql || !m.step.done {
			continue
		}
		select {
		case next <- m:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	wg.Wait()
	return context.Cause(ctx)
}

func (d *database) checkSome(ctx context.Context, work <-chan madeRoutine, outcomes []Outcome, before string) error {
	conn, err := d.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if before != "" {
		if _, err := conn.PgConn().Exec(ctx, before).ReadAll(); err != nil {
			return err
		}
	}
	for m := range work {
		r := &outcomes[m.step.unit].Routines[m.step.routine]
		if m.text != "" {
			if err := madeAgain(ctx, conn, m); err != nil {
				var pg *pgconn.PgError
				if !errors.As(err, &pg) || conn.IsClosed() {
					return err
				}
				r.Problems = append(r.Problems, Failure{Line: m.step.line, State: pg.Code, Message: pg.Message})
				continue
			}
			if err := conn.QueryRow(ctx, "select '"+blockProcedure+"'::regproc::oid").Scan(&m.oid); err != nil {
				return err
			}
		}
		if err := checkOne(ctx, conn, m, r); err != nil {
			return err
		}
		if m.text != "" {
			if _, err := conn.Exec(ctx, "drop procedure "+blockProcedure+"()"); err != nil {
				return err
			}
		}
	}
	return nil
}

// madeAgain makes a block in the session that checks it, behind what its unit keeps in the session. What is there already, of the
// same unit's block before, stays; should something else be missing, the block itself says so.
func madeAgain(ctx context.Context, conn *pgx.Conn, m madeRoutine) error {
	for _, text := range m.session {
		var pg *pgconn.PgError
		if _, err := conn.PgConn().Exec(ctx, text).ReadAll(); err != nil && (!errors.As(err, &pg) || conn.IsClosed()) {
			return err
		}
	}
	_, err := conn.PgConn().Exec(ctx, m.text).ReadAll()
	return err
}

// triggersOf are the tables that a trigger function serves; a function that is none has one check without a table.
const triggersOf = `select p.prorettype in ('trigger'::regtype), coalesce(array_agg(distinct t.tgrelid::text) filter (where t.tgrelid is not null), '{}')
from pg_proc p left join pg_trigger t on t.tgfoid = p.oid and not t.tgisinternal where p.oid = $1 group by 1`

func checkOne(ctx context.Context, conn *pgx.Conn, m madeRoutine, r *Routine) error {
	var trigger bool
	var relations []string
	err := conn.QueryRow(ctx, triggersOf, m.oid).Scan(&trigger, &relations)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil // a later statement has dropped it
	}
	if err != nil {
		return err
	}
	slices.Sort(relations)
	if !trigger {
		relations = []string{"0"}
	}
	err = withTemporary(ctx, conn, m.step.temporaryTables(), func() error {
		for _, relation := range relations {
			if err := checkOn(ctx, conn, m, r, relation); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.Checked = len(relations) > 0
	all := slices.Clone(r.Problems)
	r.Problems = slices.DeleteFunc(r.Problems, func(f Failure) bool {
		return f.State == "XX000" && slices.ContainsFunc(all, func(g Failure) bool { return g.Line == f.Line && g.State != f.State })
	}) // the checker stumbles over what it has just reported: "there are no plan for query"
	r.leaveAside()
	return nil
}

// leaveAside takes out the false alarms that plpgsql_check itself announces ("There is a risk of related false alarms"):
// a record that is filled by dynamic SQL has no fields that the checker could know.
func (r *Routine) leaveAside() {
	if !slices.ContainsFunc(r.Warnings, func(f Failure) bool {
		return strings.HasPrefix(f.Message, "cannot determinate a result of dynamic SQL")
	}) {
		return
	}
	r.Problems = slices.DeleteFunc(r.Problems, func(f Failure) bool {
		alarm := f.State == "55000" && strings.Contains(f.Message, "is not assigned yet")
		if alarm {
			r.Aside = append(r.Aside, f)
		}
		return alarm
	})
}

// checkSQL asks for errors and warnings, without those on style and speed: Oracle's code has unused variables too.
const checkSQL = `select coalesce(lineno, 0), coalesce(statement, ''), coalesce(sqlstate, ''), coalesce(message, ''), coalesce(detail, ''), coalesce(hint, ''), coalesce(level, '')
from plpgsql_check_function_tb($1::oid, $2::oid, fatal_errors := false, other_warnings := true, extra_warnings := false, performance_warnings := false)`

func checkOn(ctx context.Context, conn *pgx.Conn, m madeRoutine, r *Routine, relation string) error {
	rows, err := conn.Query(ctx, checkSQL, m.oid, relation)
	if err == nil {
		var line int
		var statement, state, message, detail, hint, level string
		_, err = pgx.ForEachRow(rows, []any{&line, &statement, &state, &message, &detail, &hint, &level}, func() error {
			f := Failure{Line: m.step.bodyLine(line), State: state, Message: strings.TrimSpace(message)}
			for _, more := range []string{detail, hint} {
				if more != "" {
					f.Message += "; " + more
				}
			}
			into := &r.Warnings
			if level == "error" {
				into = &r.Problems
			}
			if !slices.Contains(*into, f) {
				*into = append(*into, f)
			}
			return nil
		})
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) && !conn.IsClosed() { // the checker itself failed on this routine
		r.Problems = append(r.Problems, Failure{Line: m.step.line, State: pg.Code, Message: "plpgsql_check: " + pg.Message})
		return nil
	}
	return err
}
