package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"landfall/internal/model"
	"landfall/internal/parallel"
	"landfall/internal/postgres/quote"
	"landfall/load/ledger"
	"landfall/load/plan"
	"landfall/load/source"
)

// steps does what is left of some phases. What does not depend on each other goes on after an error; all errors are told.
func (r *runner) steps(ctx context.Context, w *ledger.Worker, phases ...plan.Phase) error {
	list, err := r.ledger.StepList(ctx, r.id, phases...)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(s ledger.StepState) bool { return s.Done() })
	if len(list) == 0 || r.draining() {
		return nil
	}
	stop := r.keepAlive(ctx, w)
	defer stop()
	jobs := 1
	switch phases[0] {
	case plan.Indexes, plan.UniqueKeys:
		if err := r.largestFirst(ctx, list); err != nil {
			return err
		}
		jobs = r.indexJobs(list)
	case plan.Validate, plan.Analyze:
		jobs = max(1, r.opt.Streams)
	}
	var mu sync.Mutex
	var errs []error
	_ = parallel.Each(ctx, len(list), jobs, nil, func(i int) {
		mu.Lock()
		lost := len(errs) > 0 && ledger.Lost(errs[len(errs)-1])
		// tables stand on types and schemas: there the first error ends it
		stop := len(errs) > 0 && (phases[0] == plan.Before || phases[0] == plan.After)
		mu.Unlock()
		if lost || stop || r.draining() {
			return
		}
		if err := r.step(ctx, &list[i]); err != nil {
			mu.Lock()
			defer mu.Unlock()
			errs = append(errs, err)
		}
	})
	for _, err := range errs {
		if ledger.Lost(err) {
			return err
		}
	}
	return errors.Join(errs...)
}

// keepAlive gives signs of life while steps run.
func (r *runner) keepAlive(ctx context.Context, w *ledger.Worker) (stop func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.beat(ctx, w, nil, func(error) {}) // the step itself will see that the target is gone
	}()
	return func() {
		cancel(nil)
		<-done
	}
}

// largestFirst orders steps by the size of their tables: the longest index must not be begun last.
func (r *runner) largestFirst(ctx context.Context, list []ledger.StepState) error {
	sizes := make([]int64, len(r.plan.Tables))
	for i := range r.plan.Tables {
		t := &r.plan.Tables[i]
		err := r.pool.QueryRow(ctx, "SELECT coalesce(sum(pg_table_size(relid)), 0)::bigint FROM pg_partition_tree(to_regclass($1)) WHERE isleaf", quote.Qualified(t.Schema, t.Target)).Scan(&sizes[i])
		if err != nil {
			return err
		}
	}
	of := func(s ledger.StepState) int64 {
		if s.Table == nil {
			return 0
		}
		return sizes[*s.Table]
	}
	slices.SortStableFunc(list, func(a, b ledger.StepState) int {
		switch x, y := of(a), of(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return nil
}

// indexJobs is how many indexes are made at a time. One at a time with the server's parallel workers beats several without; but small
// ones do not get workers, so where there are many, two at a time hide what each waits for.
func (r *runner) indexJobs(list []ledger.StepState) int {
	if len(list) > 20 {
		return min(2, r.opt.Streams)
	}
	return 1
}

// indexSetup gives the making of indexes memory and workers.
func (r *runner) indexSetup() string {
	return fmt.Sprintf("SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL max_parallel_maintenance_workers = %d", min(8, max(2, r.opt.Streams)))
}

// codes of PostgreSQL's errors that say that something is there already.
var thereAlready = []string{"42P07", "42710", "42P06", "42723"}

// step does one step in one transaction with its row in the ledger.
func (r *runner) step(ctx context.Context, s *ledger.StepState) error {
	if err := r.ledger.StepBegin(ctx, r.id, s.No); err != nil {
		return err
	}
	state, note := "done", ""
	err := pgx.BeginFunc(ctx, r.pool, func(tx pgx.Tx) (err error) {
		if missing, err := r.missing(ctx, tx, s); err != nil {
			return err
		} else if len(missing) > 0 {
			state, note = "skipped", "needs "+strings.Join(missing, ", ")
			return ledger.StepEnd(ctx, tx, r.id, s.No, state, note)
		}
		switch s.Phase {
		case plan.Sequences:
			state, note, err = r.sequence(ctx, tx, s)
		case plan.Indexes, plan.UniqueKeys:
			err = r.run(ctx, tx, r.indexSetup()+";\n"+s.SQL)
		case plan.ForeignKeys:
			note, err = r.foreignKey(ctx, tx, s)
		default:
			err = r.run(ctx, tx, s.SQL)
		}
		if err != nil {
			return err
		}
		return ledger.StepEnd(ctx, tx, r.id, s.No, state, note)
	})
	var pg *pgconn.PgError
	if errors.As(err, &pg) && slices.Contains(thereAlready, pg.Code) && (s.Phase == plan.Before || s.Phase == plan.Tables) {
		note = "was there"
		err = pgx.BeginFunc(ctx, r.pool, func(tx pgx.Tx) error { return ledger.StepEnd(ctx, tx, r.id, s.No, "done", note) })
	}
	if err != nil {
		if !ledger.Lost(err) {
			err = &model.Error{Code: "LD0305", Op: fmt.Sprintf("%s %s", s.Phase, s.Name), Err: err, Hint: "mend it and run the same command again: it goes on here"}
			if e := r.ledger.StepFailed(ctx, r.id, s.No, err); e != nil {
				return e
			}
			r.say(Event{Kind: "step-failed", Table: s.Name, Text: err.Error()})
		}
		return err
	}
	r.say(Event{Kind: "step", Table: s.Name, Text: strings.TrimSpace(string(s.Phase) + " " + note)})
	return nil
}

func (r *runner) run(ctx context.Context, tx pgx.Tx, sql string) error {
	_, err := tx.Conn().PgConn().Exec(ctx, sql).ReadAll()
	return err
}

// missing are the extensions (or schemas that stand for them) that a step needs and the target has not.
func (r *runner) missing(ctx context.Context, tx pgx.Tx, s *ledger.StepState) ([]string, error) {
	if len(s.Needs) == 0 {
		return nil, nil
	}
	rows, err := tx.Query(ctx, `SELECT n FROM unnest($1::text[]) AS n
		WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = n) AND NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = n)`, s.Needs)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// foreignKey makes a foreign key without looking at the rows, which the validation does. Partitioned tables cannot have one so before
// version 18: they get it validated at once.
func (r *runner) foreignKey(ctx context.Context, tx pgx.Tx, s *ledger.StepState) (note string, err error) {
	err = pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error { return r.run(ctx, tx, s.SQL) })
	var pg *pgconn.PgError
	if plain, cut := strings.CutSuffix(s.SQL, "\nNOT VALID"); cut && errors.As(err, &pg) && (pg.Code == "42809" || pg.Code == "0A000") {
		return "validated at once: the table is partitioned", r.run(ctx, tx, plain)
	}
	return "", err
}

// headRoom is how many numbers are left free between those that the source may have given out and the first of the target.
const headRoom = 1000

// sequence sets a sequence beyond what the source has given out by now.
func (r *runner) sequence(ctx context.Context, tx pgx.Tx, s *ledger.StepState) (state, note string, err error) {
	i, err := strconv.Atoi(s.SQL)
	if err != nil || i < 0 || i >= len(r.plan.Sequences) {
		return "", "", fmt.Errorf("the plan has no sequence %q", s.SQL)
	}
	q := &r.plan.Sequences[i]
	var name *string
	if q.Target == "" {
		var serial string
		if err := tx.QueryRow(ctx, "SELECT coalesce(pg_get_serial_sequence($1, $2), '')", quote.Qualified(q.Schema, q.Table), q.Column).Scan(&serial); err != nil {
			return "", "", err
		}
		if serial != "" {
			name = &serial
		}
	} else if err := tx.QueryRow(ctx, "SELECT to_regclass($1)::text", quote.Qualified(q.Schema, q.Target)).Scan(&name); err != nil {
		return "", "", err
	}
	if name == nil {
		return "skipped", "the target has no such sequence", nil
	}
	last, step, low, high, err := r.lastNumber(ctx, q.Owner, q.Name)
	if err != nil {
		return "", "", err
	}
	if last == "" {
		return "skipped", "the source has no such sequence any more", nil
	}
	var set string
	// numeric, because Oracle's numbers have 28 digits; what a bigint cannot take is an error of setval
	err = tx.QueryRow(ctx, "SELECT setval($1::regclass, least(greatest($2::numeric + $6::numeric * $3::numeric, $4::numeric), $5::numeric)::bigint, false)::text",
		*name, last, step, low, high, headRoom).Scan(&set)
	return "done", fmt.Sprintf("source %s, set to %s", last, set), err
}

// lastNumber asks the source what a sequence has come to.
func (r *runner) lastNumber(ctx context.Context, owner, name string) (last, step, low, high string, err error) {
	err = r.ask(ctx, owner+"."+name, func(s source.Session) error {
		q, err := source.OneSequence(ctx, s, owner, name)
		last, step, low, high = q.LastNum, q.Increment, q.Min, q.Max
		return err
	})
	return last, step, low, high, err
}
