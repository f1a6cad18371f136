package connect

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	goora "github.com/sijms/go-ora/v2"
)

// Query says how one query is to be fetched.
type Query struct {
	FetchRows int                   // rows a call; 0 means Options.FetchRows. See FetchFor
	Text      map[string]TextPolicy // by name of the column; others take Options.Text
	AllText   TextPolicy            // of columns that Text does not name, unless it is RejectText
	Plan      *Plan                 // of Fetch only: how the statement's list was made
}

// Rows is an open result. Use:
//
//	for rows.Next(ctx) {
//		v := rows.Values()
//	}
//	if err := rows.Err(); err != nil { ... }
type Rows struct {
	s    *Session
	stmt *goora.Stmt
	rows driver.Rows
	ctx  context.Context // the query's; watched over all of Next
	w    *watcher

	columns []Column
	values  []driver.Value
	checks  []checked
	faults  []TextFaults

	err    error
	closed bool
	idle   *idleLimit
}

// Query runs a query and gives its rows, which must be closed before the session's next statement. Binds are by position;
// every occurrence of a placeholder is one.
func (s *Session) Query(ctx context.Context, sql string, args ...any) (*Rows, error) {
	return s.QueryWith(ctx, Query{}, sql, args...)
}

// QueryWith is Query with settings. The context ends the query and, as long as Next is given the same one, its rows too.
func (s *Session) QueryWith(ctx context.Context, q Query, sql string, args ...any) (*Rows, error) {
	k, err := check(sql)
	if err != nil {
		return nil, err
	}
	if k != query {
		return nil, fmt.Errorf("%w: only a query gives rows", ErrRefused)
	}
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	if err := s.sayable(sql, args); err != nil {
		return nil, err
	}
	if q.FetchRows <= 0 {
		q.FetchRows = s.opt.FetchRows
	}
	s.in.setFetch(q.FetchRows)
	stmt := goora.NewStmt(sql, s.in.conn)
	var rows driver.Rows
	err = s.call(ctx, opQuery, func() (err error) {
		rows, err = stmt.QueryContext(context.Background(), named(args))
		return err
	})
	if err != nil {
		if s.broken == nil {
			_ = s.call(context.Background(), "close", stmt.Close)
		}
		return nil, err
	}
	r := &Rows{s: s, stmt: stmt, rows: rows, ctx: ctx}
	if err := guarded(func() error { return r.describe(q) }); err != nil {
		s.abandon(wrap(opQuery, err, s.in))
		return nil, wrap(opQuery, err, s.in)
	}
	r.values = make([]driver.Value, len(rows.Columns()))
	r.w = s.watch(ctx)
	r.idle = newIdleLimit(s.opt.StatementTimeout, r.w)
	s.open = r
	return r, nil
}

// Columns describes the values.
func (r *Rows) Columns() []Column { return r.columns }

// Values are those of the row that Next has come to: nil for NULL, string for character data and NUMBER (exact), time.Time for DATE and
// TIMESTAMP (the wall clock, in UTC) and for those with a zone, []byte for RAW, float32 and float64 for BINARY_FLOAT and BINARY_DOUBLE, string
// for ROWID and INTERVAL. A *Fault stands where the driver cannot give what the database holds. The slice, not what its elements refer to, is
// overwritten by the next Next.
//
// NULL and an empty LOB are the same here, by the driver, and so are 0 and positive numbers below 1e-128. Fetch tells them apart.
func (r *Rows) Values() []driver.Value { return r.values }

// Next goes to the next row. It is false after the last, and after an error, which Err has.
func (r *Rows) Next(ctx context.Context) bool {
	if r.err != nil || r.closed {
		return false
	}
	end := false
	err := r.s.run(ctx, opFetch, r.w, func() error {
		err := r.rows.Next(r.values)
		if end = err == io.EOF; end {
			return nil
		}
		return err
	})
	switch {
	case err != nil:
		r.err = err
	case end:
	default:
		r.inspect()
		return true
	}
	_ = r.Close()
	return false
}

// Err is what ended the rows early; nil after the last one.
func (r *Rows) Err() error { return r.err }

// Close frees the cursor. The session can be used again afterwards.
func (r *Rows) Close() error {
	if r.closed {
		return nil
	}
	r.closed = true
	r.idle.stop()
	return r.s.release(r.w, r.stmt, nil, &r.err)
}

// release takes a session back from an open result and frees the cursor. pending takes what the server still has on its way, or the next
// answer would be that; nil when nothing is. What the end of the cursor fails with becomes the result's error, unless it has one.
func (s *Session) release(w *watcher, stmt *goora.Stmt, pending func() error, failed *error) error {
	w.end()
	s.open = nil
	if pending != nil && s.broken == nil {
		_ = s.call(context.Background(), "close", pending)
	}
	if s.broken != nil {
		return nil
	}
	err := s.call(context.Background(), "close", stmt.Close)
	if *failed == nil && err != nil && !errors.Is(err, ErrLost) {
		*failed = err
	}
	return err
}

// FetchFor is the rows a call fetches so that they have about 1 MB, for rows of that many bytes as they were measured. The
// driver holds a whole answer in memory, several times.
func FetchFor(rowBytes int) int {
	const answer = 1 << 20
	return min(max(answer/max(rowBytes, 1), 1), 5000)
}

// idleLimit interrupts a fetch that gives nothing for too long: between one and two times the limit.
type idleLimit struct {
	mu    sync.Mutex
	timer *time.Timer
	last  uint64
}

func newIdleLimit(limit time.Duration, w *watcher) *idleLimit {
	l := &idleLimit{}
	if limit <= 0 {
		return l
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.timer = time.AfterFunc(limit, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.timer == nil {
			return
		}
		now := w.s.calls.Load()
		if now%2 == 1 && now == l.last {
			w.interrupt(ErrTimeout)
			return
		}
		l.last = now
		l.timer.Reset(limit)
	})
	return l
}

func (l *idleLimit) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
}
