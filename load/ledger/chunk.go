package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"landfall/load/plan"
)

// MaxFailures is how often a chunk is tried in one run.
const MaxFailures = 5

// ErrLostClaim says that somebody else has the chunk: what was done for it must be undone.
var ErrLostClaim = errors.New("the chunk was given to another worker")

// Claim is a chunk that a worker has.
type Claim struct {
	Plan    string
	Worker  int32
	Attempt int
	Chunk   plan.Chunk
	No      int   // place in the ledger: pieces of a split chunk have numbers of their own
	Limit   int64 // bytes a second that the worker may write from now on, as Beat gives them
}

// Queue is how much there is to claim.
type Queue struct {
	Open    int // planned, or left by a worker that is gone
	Busy    int // in the hands of live workers
	Failed  int // tried too often
	Paused  bool
	Stopped string // why no more are given out; "" they are
	Limited bool   // as many are being read as sessions of the source are allowed
}

// Claim gives the worker the heaviest chunk that nobody has; nil when there is none to have now.
func (l *Ledger) Claim(ctx context.Context, w *Worker) (c *Claim, q Queue, err error) {
	err = l.tx(ctx, func(tx pgx.Tx) error {
		c = nil
		// one at a time: the limit of sessions is for all workers together
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1, hashtext($2))", lockClass, w.Plan); err != nil {
			return err
		}
		if q, err = queue(ctx, tx, w.Plan); err != nil {
			return err
		}
		if q.Paused || q.Stopped != "" || q.Limited || q.Open == 0 {
			return nil
		}
		var spec []byte
		got := &Claim{Plan: w.Plan, Worker: w.No}
		// a WITH, because as a subquery it could be run, and take a row, more than once
		err := tx.QueryRow(ctx, `WITH next AS MATERIALIZED (SELECT o.no FROM landfall.load_chunk o LEFT JOIN landfall.load_worker w ON w.worker = o.worker
				WHERE o.plan = $1 AND o.failures < $3 AND (o.state = 'planned' OR o.state = 'copying' AND (o.worker IS NULL OR NOT `+aliveWorker+`))
				ORDER BY o.weight DESC, o.no LIMIT 1 FOR UPDATE OF o SKIP LOCKED)
			UPDATE landfall.load_chunk c SET state = 'copying', worker = $2, attempt = c.attempt + 1, started = clock_timestamp(), error = NULL
			FROM next WHERE c.plan = $1 AND c.no = next.no RETURNING c.no, c.attempt, c.spec`, w.Plan, w.No, MaxFailures).Scan(&got.No, &got.Attempt, &spec)
		if errors.Is(err, pgx.ErrNoRows) { // its last transaction is still ending
			return nil
		}
		if err != nil {
			return err
		}
		if err := json.Unmarshal(spec, &got.Chunk); err != nil {
			return err
		}
		// the rate comes along, or a load that goes on more slowly would run at full speed until the next sign of life
		if err := tx.QueryRow(ctx, "UPDATE landfall.load_plan p SET started = coalesce(p.started, now()) WHERE p.plan = $1 RETURNING "+shareOfRate, w.Plan).Scan(&got.Limit); err != nil {
			return err
		}
		c = got
		return nil
	})
	return c, q, err
}

func queue(ctx context.Context, tx pgx.Tx, id string) (q Queue, err error) {
	var limit *int
	var stop *string
	err = tx.QueryRow(ctx, "SELECT paused, sessions, stop FROM landfall.load_plan WHERE plan = $1", id).Scan(&q.Paused, &limit, &stop)
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrNoPlan
	}
	if err != nil {
		return q, err
	}
	if stop != nil {
		q.Stopped = *stop
	}
	err = tx.QueryRow(ctx, `SELECT
			count(*) FILTER (WHERE failures < $2 AND (state = 'planned' OR free)), count(*) FILTER (WHERE state = 'copying' AND NOT free),
			count(*) FILTER (WHERE failures >= $2 AND (state = 'planned' OR free))
		FROM (SELECT o.state, o.failures, o.state = 'copying' AND (o.worker IS NULL OR NOT `+aliveWorker+`) AS free
			FROM landfall.load_chunk o LEFT JOIN landfall.load_worker w ON w.worker = o.worker WHERE o.plan = $1 AND o.state IN ('planned', 'copying')) AS x`,
		id, MaxFailures).Scan(&q.Open, &q.Busy, &q.Failed)
	q.Limited = limit != nil && q.Busy >= *limit
	return q, err
}

// Begin makes sure, in the transaction that is to hold the rows, that the worker still has the chunk, and keeps it from being given away
// as long as the transaction lasts.
func Begin(ctx context.Context, tx pgx.Tx, c *Claim) error {
	var attempt int
	err := tx.QueryRow(ctx, "SELECT attempt FROM landfall.load_chunk WHERE plan = $1 AND no = $2 AND worker = $3 AND state = 'copying' FOR UPDATE", c.Plan, c.No, c.Worker).Scan(&attempt)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && attempt != c.Attempt {
		return ErrLostClaim
	}
	return err
}

// Result is what copying a chunk came to.
type Result struct {
	Read, Written, Rejected     int64
	Bytes                       int64
	Fingerprint                 uint64
	Faults                      json.RawMessage // values that a policy has changed, counted; nil for none
	Source, Encode, TargetSpent time.Duration
	Rejects                     []Reject
}

// Reject is one row that was not written.
type Reject struct {
	Place  string // ROWID, or the key
	Column string
	Code   string
	Error  string
	Hex    string
	Cut    bool
}

// TooMany is the error of a chunk whose rejected rows are more than the load may have.
type TooMany struct {
	Limit int64
	First Reject
}

func (e *TooMany) Error() string {
	what := e.First.Error
	if about := "column " + e.First.Column + ": "; e.First.Column != "" && !strings.HasPrefix(what, about) {
		what = about + what
	}
	return fmt.Sprintf("more than %d rejected rows; the last was %s, %s", e.Limit, e.First.Place, what)
}

// Finish notes, in the transaction of the rows, that a chunk is copied. limit is how many rejected rows the load may have in all.
func Finish(ctx context.Context, tx pgx.Tx, c *Claim, r *Result, limit int64) error {
	if r.Read != r.Written+r.Rejected || r.Rejected != int64(len(r.Rejects)) {
		return fmt.Errorf("chunk %d: %d rows read, but %d written and %d rejected", c.No, r.Read, r.Written, r.Rejected)
	}
	if r.Rejected > 0 {
		// the sum over all chunks must not change under us
		if _, err := tx.Exec(ctx, "SELECT FROM landfall.load_plan WHERE plan = $1 FOR NO KEY UPDATE", c.Plan); err != nil {
			return err
		}
		var before int64
		err := tx.QueryRow(ctx, "SELECT coalesce(sum(rows_rejected), 0)::bigint FROM landfall.load_chunk WHERE plan = $1 AND state IN ('copied', 'verified')", c.Plan).Scan(&before)
		if err != nil {
			return err
		}
		if before+r.Rejected > limit {
			return &TooMany{limit, r.Rejects[len(r.Rejects)-1]}
		}
		if err := putRejects(ctx, tx, c, r.Rejects); err != nil {
			return err
		}
	}
	tag, err := tx.Exec(ctx, `UPDATE landfall.load_chunk SET state = 'copied', copied = clock_timestamp(), failures = 0, rows_read = $5, rows_written = $6, rows_rejected = $7, bytes = $8,
			fingerprint = $9::numeric, faults = $10, source_ms = $11, encode_ms = $12, target_ms = $13, xid = (pg_current_xact_id()::text::numeric % 4294967296)::bigint
		WHERE plan = $1 AND no = $2 AND worker = $3 AND attempt = $4 AND state = 'copying'`,
		c.Plan, c.No, c.Worker, c.Attempt, r.Read, r.Written, r.Rejected, r.Bytes, strconv.FormatUint(r.Fingerprint, 10), r.Faults,
		r.Source.Milliseconds(), r.Encode.Milliseconds(), r.TargetSpent.Milliseconds())
	if err == nil && tag.RowsAffected() != 1 {
		err = ErrLostClaim
	}
	return err
}

func putRejects(ctx context.Context, tx pgx.Tx, c *Claim, list []Reject) error {
	if _, err := tx.Exec(ctx, "DELETE FROM landfall.load_reject WHERE plan = $1 AND chunk = $2", c.Plan, c.No); err != nil {
		return err
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"landfall", "load_reject"}, []string{"plan", "chunk", "attempt", "n", "place", "col", "code", "error", "hex", "cut"},
		pgx.CopyFromSlice(len(list), func(i int) ([]any, error) {
			r := &list[i]
			return []any{c.Plan, c.No, c.Attempt, i, r.Place, r.Column, r.Code, r.Error, r.Hex, r.Cut}, nil
		}))
	return err
}

// Release gives a chunk back that was not copied, and says why, which may be nil. Where it counts, it is a failure of the chunk. Rejected rows
// that were found are kept for people to see.
func (l *Ledger) Release(ctx context.Context, c *Claim, why error, counts bool, rejects []Reject) error {
	return l.tx(ctx, func(tx pgx.Tx) error {
		failures, text := 0, ""
		if why != nil {
			text = why.Error()
		}
		if counts {
			failures = 1
		}
		tag, err := tx.Exec(ctx, `UPDATE landfall.load_chunk SET worker = NULL, failures = failures + $5, error = nullif($6, '')
			WHERE plan = $1 AND no = $2 AND worker = $3 AND attempt = $4 AND state = 'copying'`, c.Plan, c.No, c.Worker, c.Attempt, failures, text)
		if err != nil || tag.RowsAffected() != 1 || len(rejects) == 0 {
			return err
		}
		return putRejects(ctx, tx, c, rejects)
	})
}

// GiveUp gives a chunk back that is not to be tried again in this run.
func (l *Ledger) GiveUp(ctx context.Context, c *Claim, why error) error {
	_, err := l.pool.Exec(ctx, `UPDATE landfall.load_chunk SET worker = NULL, failures = $5, error = $6
		WHERE plan = $1 AND no = $2 AND worker = $3 AND attempt = $4 AND state = 'copying'`, c.Plan, c.No, c.Worker, c.Attempt, MaxFailures, why.Error())
	return err
}

// Split puts pieces in the place of a chunk that cannot be read in one go.
func (l *Ledger) Split(ctx context.Context, c *Claim, pieces []plan.Chunk) error {
	return l.tx(ctx, func(tx pgx.Tx) error {
		// numbers of chunks are given out one at a time
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1, hashtext($2))", lockClass, c.Plan); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, "UPDATE landfall.load_chunk SET state = 'split' WHERE plan = $1 AND no = $2 AND worker = $3 AND attempt = $4 AND state = 'copying'", c.Plan, c.No, c.Worker, c.Attempt)
		if err != nil {
			return err
		}
		if tag.RowsAffected() != 1 {
			return ErrLostClaim
		}
		for i := range pieces {
			p := &pieces[i]
			_, err := tx.Exec(ctx, `INSERT INTO landfall.load_chunk (plan, no, tbl, spec, parent, weight)
				SELECT $1, max(no) + 1, $2, $3, $4, $5 FROM landfall.load_chunk WHERE plan = $1`, c.Plan, p.Table, p, c.No, p.Weight())
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// NoRoom is how the reason of a stop begins whose cause is the target's disk.
const NoRoom = "the target has no room left"

// Stop lets no more chunks be given out, and says why; the first reason stays.
func (l *Ledger) Stop(ctx context.Context, id, why string) error {
	_, err := l.pool.Exec(ctx, "UPDATE landfall.load_plan SET stop = coalesce(stop, $2) WHERE plan = $1", id, why)
	return err
}

// Resume begins a run: what stopped the last one is forgotten, and chunks that were tried too often are tried again.
func (l *Ledger) Resume(ctx context.Context, id string) error {
	return l.tx(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE landfall.load_plan SET stop = NULL WHERE plan = $1", id); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "UPDATE landfall.load_chunk SET failures = 0 WHERE plan = $1 AND failures > 0 AND state IN ('planned', 'copying')", id)
		return err
	})
}
