// Package wake lets workers on other machines know that there are chunks to copy: River's queue in the target, which its workers listen
// to. The ledger is the truth; a job here says no more than "look there".
//
// Input -> output: a pool of connections and the id of a plan in; calls of a function in as many goroutines as wanted, whenever
// somebody has called for workers, out. A job that is lost, run twice or run late does no harm: whoever is woken claims what the ledger
// has, and finds nothing when nothing is left. So jobs are never tried again.
//
// All of it may be called by many goroutines.
package wake

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// schema is where River's tables lie: beside the ledger.
const schema = "landfall"

// call asks a worker to look into the ledger.
type call struct {
	Plan string `json:"plan"`
}

// Kind implements river.JobArgs.
func (call) Kind() string { return "landfall_load" }

// queue is a plan's own: its workers are told of no other.
func queue(plan string) string { return "load_" + plan }

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// Install makes River's tables, or brings them up to date. Several may do so at once.
func Install(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	// River's migration takes no lock of its own
	const lock, key = 0x4c46, -2
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1, $2)", lock, key); err != nil {
		return err
	}
	defer func() {
		_, _ = conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1, $2)", lock, key) // else it ends with the connection
	}()
	if _, err := conn.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+schema); err != nil {
		return err
	}
	m, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: schema, Logger: quiet()})
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

// Caller calls for workers.
type Caller struct {
	pool   *pgxpool.Pool
	client *river.Client[pgx.Tx]
}

// NewCaller makes one; it works on no jobs itself.
func NewCaller(pool *pgxpool.Pool) (*Caller, error) {
	c, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Schema: schema, Logger: quiet()})
	return &Caller{pool, c}, err
}

// most calls are out at a time: as many workers' streams as can be woken at once.
const most = 64

// Call calls for as many workers as there are open chunks, unless so many calls are out already that nobody has taken.
func (c *Caller) Call(ctx context.Context, plan string, open int) error {
	var out int
	err := c.pool.QueryRow(ctx, "SELECT count(*) FROM "+schema+".river_job WHERE queue = $1 AND state = 'available'", queue(plan)).Scan(&out)
	if err != nil {
		return err
	}
	var list []river.InsertManyParams
	for range min(open, most) - out {
		list = append(list, river.InsertManyParams{Args: call{plan}, InsertOpts: &river.InsertOpts{Queue: queue(plan), MaxAttempts: 1}})
	}
	if len(list) == 0 {
		return nil
	}
	_, err = c.client.InsertManyFast(ctx, list)
	return err
}

type worker struct {
	river.WorkerDefaults[call]
	do func(ctx context.Context) error
}

// Work implements river.Worker.
func (w *worker) Work(ctx context.Context, _ *river.Job[call]) error { return w.do(ctx) }

// Timeout implements river.Worker: a job lasts as long as there are chunks.
func (w *worker) Timeout(*river.Job[call]) time.Duration { return -1 }

// Listen calls do, in up to so many goroutines, when somebody calls for workers of the plan, until ctx ends. It comes back when all calls
// of do have, or 20 s later: do has to end soon after ctx.
func Listen(ctx context.Context, pool *pgxpool.Pool, plan string, streams int, do func(ctx context.Context) error) error {
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &worker{do: do}); err != nil {
		return err
	}
	c, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Schema: schema, Logger: quiet(), Workers: workers, Queues: map[string]river.QueueConfig{queue(plan): {MaxWorkers: streams}}, JobTimeout: -1,
		CompletedJobRetentionPeriod: time.Hour, DiscardedJobRetentionPeriod: time.Hour,
	})
	if err != nil {
		return err
	}
	if err := c.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("listen for calls: %w", err)
	}
	<-ctx.Done()
	// a server that is away must not hold us up; what River could not write down says nothing that counts
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if err := c.Stop(end); err != nil && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
