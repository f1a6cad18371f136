package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"landfall/internal/model"
	"landfall/internal/parallel"
	"landfall/load/ledger"
	"landfall/load/plan"
	"landfall/load/source"
)

// working is a chunk that a stream has at hand.
type working struct {
	mu    sync.Mutex
	now   *ledger.Working
	paced int64
}

func (w *working) set(rows, bytes int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.now != nil {
		w.now.Rows, w.now.Bytes = rows, bytes
	}
}

func (w *working) begin(c *ledger.Claim, table string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now, w.paced = nil, 0
	if c != nil {
		w.now = &ledger.Working{Chunk: c.No, Table: table}
	}
}

func (w *working) get() (ledger.Working, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.now == nil {
		return ledger.Working{}, false
	}
	return *w.now, true
}

// Waits between tries. They are fields of the options' defaults, not for users: a test makes them short.
const (
	idleWait  = 500 * time.Millisecond // for chunks that others may leave
	retryWait = time.Second            // after a failure that may pass
)

// patient does something again as long as the target is away, for as long as the options say.
func (r *runner) patient(ctx context.Context, do func() error) error {
	var since time.Time
	for {
		began := time.Now()
		err := do()
		if err == nil || !ledger.Lost(err) || r.draining() {
			return err
		}
		if since.IsZero() || time.Since(began) > r.opt.Patience { // it has worked in between
			since = time.Now()
		}
		if time.Since(since) > r.opt.Patience {
			return fmt.Errorf("the target has been away for %s: %w", time.Since(since).Round(time.Second), err)
		}
		r.say(Event{Kind: "target-lost", Text: err.Error()})
		if err := r.idle(context.WithoutCancel(ctx), r.opt.RetryWait); err != nil {
			return err
		}
	}
}

// streams runs the streams of one worker. The first error of any ends them all: it means that the worker is not what it was.
func (r *runner) streams(ctx context.Context, w *ledger.Worker) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	at := make([]*working, r.opt.Streams)
	for i := range at {
		at[i] = &working{}
	}
	beats := make(chan struct{})
	go func() {
		defer close(beats)
		r.beat(ctx, w, at, stop)
	}()
	_ = parallel.Each(context.WithoutCancel(ctx), len(at), len(at), nil, func(i int) { // each looks at ctx itself
		if err := r.stream(ctx, w, at[i], true); err != nil {
			stop(err)
		}
	})
	stop(nil)
	<-beats
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// beat gives signs of life, and takes the settings of those who steer.
func (r *runner) beat(ctx context.Context, w *ledger.Worker, at []*working, stop func(error)) {
	tick := time.NewTicker(r.opt.Beat)
	defer tick.Stop()
	for {
		var list []ledger.Working
		for _, x := range at {
			if now, ok := x.get(); ok {
				list = append(list, now)
			}
		}
		// a call that is cut off would take the connection, and the lock on it, along
		limit, err := func() (int64, error) {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ledger.Lease)
			defer cancel()
			return w.Beat(ctx, list)
		}()
		if err != nil {
			stop(err)
			return
		}
		r.pace.set(limit)
		r.tell(list)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// stream copies one chunk after the other. With wait it stays as long as chunks are in the hands of others, who may leave them.
func (r *runner) stream(ctx context.Context, w *ledger.Worker, at *working, wait bool) error {
	var s source.Session
	logOff := func() {
		if s != nil {
			_ = s.Close() // what it gave was used or not; nothing is lost with it
			s = nil
		}
	}
	defer logOff()
	for {
		if ctx.Err() != nil || r.draining() {
			return nil
		}
		claim, q, err := r.ledger.Claim(ctx, w)
		switch {
		case err != nil:
			return err
		case claim == nil && (!wait || q.Stopped != ""), claim == nil && !q.Paused && q.Open == 0 && q.Busy == 0:
			return nil
		case claim == nil:
			if q.Paused || q.Limited {
				logOff() // the source is to be left alone
			}
			if err := r.idle(ctx, r.opt.IdleWait); err != nil {
				return nil
			}
			continue
		}
		r.pace.set(claim.Limit)
		at.begin(claim, r.plan.Tables[claim.Chunk.Table].SourceName())
		s, err = r.one(ctx, claim, s, at)
		at.begin(nil, "")
		if err != nil {
			return err
		}
	}
}

// one copies a claimed chunk, and settles what becomes of it when that fails. Its error means that the target cannot be worked with.
func (r *runner) one(ctx context.Context, claim *ledger.Claim, s source.Session, at *working) (source.Session, error) {
	conn, err := r.pool.Acquire(ctx)
	if err != nil {
		return s, err
	}
	defer conn.Release()
	c := &copying{run: r, claim: claim, progress: at}
	s, err = r.attempt(ctx, c, conn, s)
	if err == nil {
		r.say(Event{Kind: "chunk", Table: c.table.plan.SourceName(), Chunk: claim.No, Rows: c.result.Written, Bytes: c.result.Bytes})
		return s, nil
	}
	if s != nil {
		_ = s.Close() // whatever state it is in
		s = nil
	}
	return s, r.failed(ctx, c, err)
}

func (r *runner) attempt(ctx context.Context, c *copying, conn *pgxpool.Conn, s source.Session) (_ source.Session, err error) {
	if c.table, err = r.table(ctx, c.claim.Chunk.Table); err != nil {
		return s, err
	}
	if s == nil {
		if s, err = r.opt.Source.Open(ctx); err != nil {
			return nil, &sourceError{err}
		}
		r.present()
	}
	return s, c.copyChunk(ctx, conn.Conn(), s)
}

// sourceError marks an error of logging in to the source, which has no number in every case.
type sourceError struct{ error }

func (e *sourceError) Unwrap() error { return e.error }

// failed settles what becomes of a chunk that was not copied.
func (r *runner) failed(ctx context.Context, c *copying, why error) error {
	ctx = context.WithoutCancel(ctx)
	name := r.plan.Tables[c.claim.Chunk.Table].SourceName()
	var many *ledger.TooMany
	switch code := source.ORA(why); {
	case errors.Is(why, ledger.ErrLostClaim):
		r.say(Event{Kind: "chunk-lost", Table: name, Chunk: c.claim.No, Text: why.Error()})
		return nil
	case errors.Is(why, context.Canceled):
		return r.ledger.Release(ctx, c.claim, nil, false, nil)
	case errors.As(why, &many):
		if err := r.ledger.Release(ctx, c.claim, why, true, append(c.result.Rejects, many.First)); err != nil {
			return err
		}
		r.say(Event{Kind: "rejected", Table: name, Chunk: c.claim.No, Text: why.Error()})
		return r.ledger.Stop(ctx, r.id, name+": "+why.Error())
	case code == oldSnapshot || code == oldLOB:
		pieces, err := r.split(ctx, c)
		if err == nil && len(pieces) > 1 {
			r.say(Event{Kind: "chunk-split", Table: name, Chunk: c.claim.No, Text: why.Error()})
			return r.ledger.Split(ctx, c.claim, pieces)
		}
		if err != nil {
			why = errors.Join(why, err)
		}
		why = &model.Error{Code: "LD0401", Op: "read " + name, Err: why, Hint: "the undo of the snapshot is gone: raise UNDO_RETENTION (with RETENTION GUARANTEE) and plan the load anew"}
	}
	if pg := (*pgconn.PgError)(nil); errors.As(why, &pg) && pg.Code == diskFull {
		r.say(Event{Kind: "chunk-failed", Table: name, Chunk: c.claim.No, Text: why.Error()})
		if err := r.ledger.GiveUp(ctx, c.claim, why); err != nil {
			return err
		}
		// all others would be read for nothing
		return r.ledger.Stop(ctx, r.id, ledger.NoRoom+": "+name+": "+why.Error())
	}
	if !passing(why) {
		r.say(Event{Kind: "chunk-failed", Table: name, Chunk: c.claim.No, Text: why.Error()})
		return r.ledger.GiveUp(ctx, c.claim, why)
	}
	r.say(Event{Kind: "chunk-retry", Table: name, Chunk: c.claim.No, Text: why.Error()})
	// a source that lets nobody in is waited for, as the target is; that is no fault of the chunk
	counts := !r.awaited(why)
	if err := r.ledger.Release(ctx, c.claim, why, counts, nil); err != nil {
		return err // then the target is away, and the chunk free without that
	}
	return r.idle(ctx, r.opt.RetryWait)
}

// awaited reports whether an error means that nobody can log in to the source, and that this has not lasted too long yet.
func (r *runner) awaited(err error) bool {
	var login *sourceError
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case !errors.As(err, &login):
		r.away = time.Time{}
		return false
	case r.away.IsZero():
		r.away = time.Now()
	}
	return time.Since(r.away) < r.opt.Patience
}

// present notes that the source has let somebody in.
func (r *runner) present() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.away, r.met = time.Time{}, true
}

// ORA errors with a meaning of their own here.
const (
	oldSnapshot = 1555
	oldLOB      = 22924
)

// passingCodes are ORA errors that doing the same again can help against: sessions and networks that are gone, resources, deadlocks.
var passingCodes = []int{
	18, 20, 28, 54, 60, 603, 604, 1012, 1013, 1033, 1034, 1089, 1092, 2391, 2396, 2399, 3113, 3114, 3135, 4020, 4021, 12152, 12170, 12514, 12516, 12518, 12519, 12520, 12528, 12537, 12541, 12547, 12570, 12571,
}

// diskFull is PostgreSQL's state of a server that has no room left.
const diskFull = "53100"

// passingStates are the same of PostgreSQL: serialization, deadlock, a lock that somebody has.
var passingStates = []string{"40001", "40P01", "55P03"}

// passing reports whether trying again can help.
func passing(err error) bool {
	if errors.Is(err, errMoved) {
		return false
	}
	if code := source.ORA(err); code != 0 {
		return slices.Contains(passingCodes, code)
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) && slices.Contains(passingStates, pg.Code) {
		return true
	}
	var login *sourceError
	return ledger.Lost(err) || errors.As(err, &login) || errors.Is(err, source.ErrLost) || model.Retryable(err)
}

// pieces a chunk is split into whose undo is gone.
const splitInto = 4

// split cuts a chunk into smaller ones; one piece says that it cannot be.
func (r *runner) split(ctx context.Context, c *copying) (_ []plan.Chunk, err error) {
	s, err := r.opt.Source.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	t := &r.plan.Tables[c.claim.Chunk.Table]
	if t.Kind == plan.Heap {
		extents, err := source.Extents(ctx, s, t.Owner, t.Name, c.claim.Chunk.Partition)
		if err != nil {
			return nil, err
		}
		return plan.SplitRange(&c.claim.Chunk, extents, splitInto), nil
	}
	return splitKey(ctx, s, t, &c.claim.Chunk, r.plan.SCN)
}
