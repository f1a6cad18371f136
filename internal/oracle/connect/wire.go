package connect

import (
	"context"
	"fmt"
	"io"

	goora "github.com/sijms/go-ora/v2"
	"github.com/sijms/go-ora/v2/configurations"
)

// Wire is an open result whose values are the bytes that Oracle sends: what the driver would make of them, and lose on the way
// (FaultKind has a list), is not made. The driver logs in, sends the statement and describes its columns; fetching and LOBs are ours, over the
// driver's network session.
//
// A value is, by type (internal/oracle/value reads all of them): text in UTF-8, also of NVARCHAR2, CLOB, LONG; NUMBER 1 to 21 bytes; DATE 7;
// TIMESTAMP 7 or 11; WITH TIME ZONE 13; WITH LOCAL TIME ZONE as a TIMESTAMP in the database's time zone; INTERVALs 5 and 11; BINARY_FLOAT and
// BINARY_DOUBLE 4 and 8, as Oracle orders them; RAW and BLOB the bytes; ROWID 13, 01 in front; UROWID as it came; BOOLEAN 1; BFILE as DIRECTORY/file.
// nil is NULL; an empty LOB is empty and not nil.
type Wire struct {
	s    *Session
	stmt *goora.Stmt
	ctx  context.Context
	w    *watcher
	idle *idleLimit

	columns []Column // as asked
	plan    []planned
	layout  []wireColumn // as the server sends them
	cursor  int
	rows    int // a call

	cells   []cell // of the batch
	n, at   int    // rows of the batch; the current one is at-1
	last    []cell // the last row of the batch before, for values that are not sent again
	more    bool   // the server has more
	ahead   bool   // the next rows are asked for
	defined bool
	scratch []byte // converted text of the current row
	faults  []TextFaults
	err     error
	closed  bool
}

// planned is where an asked column is among those of the statement.
type planned struct {
	at     int // the value, or the locator of a LOB
	inline int // the LOB's value when it is small; -1
}

// Fetch runs a query and gives its rows as bytes. With a Plan the columns are those it was made of.
func (s *Session) Fetch(ctx context.Context, q Query, sql string, args ...any) (*Wire, error) {
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
	// no rows with the execution: the driver would decode them; LOBs are left for us to declare
	s.in.config.PrefetchRows, s.in.config.Lob = 0, configurations.STREAM
	stmt := goora.NewStmt(sql, s.in.conn)
	w := &Wire{s: s, stmt: stmt, ctx: ctx, more: true, rows: q.FetchRows}
	if w.rows <= 0 {
		w.rows = s.opt.FetchRows
	}
	err = s.call(ctx, opQuery, func() error {
		rows, err := stmt.QueryContext(context.Background(), named(args))
		if err != nil {
			return err
		}
		return w.lay(rows, q)
	})
	s.in.config.Lob = configurations.INLINE
	if err != nil {
		if s.broken == nil {
			_ = s.call(context.Background(), "close", stmt.Close)
		}
		return nil, err
	}
	w.w = s.watch(ctx)
	w.idle = newIdleLimit(s.opt.StatementTimeout, w.w)
	s.open = w
	return w, nil
}

// Columns describes the values of a row.
func (w *Wire) Columns() []Column { return w.columns }

// TextFaults are the columns that had bad text, with counts.
func (w *Wire) TextFaults() []TextFaults { return counted(w.faults) }

// Next fills row, one element a column, with the values of the next row; they are valid until the next call. The error
// is io.EOF after the last row. After a *Fault, a value that is no text in its character set, the row is there but for that value (and
// others may be wrong, too: they are in Faults), and Next can go on. After any other error the result is closed.
func (w *Wire) Next(ctx context.Context, row [][]byte) error {
	switch {
	case w.err != nil:
		return w.err
	case w.closed:
		return io.EOF
	case len(row) != len(w.columns):
		return fmt.Errorf("%d columns go into %d places", len(w.columns), len(row))
	}
	if w.at == w.n {
		if err := w.batch(ctx); err != nil {
			w.err = err
			_ = w.Close()
			return err
		}
		if w.n == 0 {
			_ = w.Close()
			return io.EOF
		}
	}
	w.at++
	return w.convert(row)
}

// batch reads the next rows, and asks for those after them, which come while these are worked on.
func (w *Wire) batch(ctx context.Context) error {
	if !w.more {
		w.n, w.at = 0, 0
		return nil
	}
	return w.s.run(ctx, opFetch, w.w, w.receive)
}

// receive reads until there are rows or none are left.
func (w *Wire) receive() error {
	for {
		if !w.ahead {
			if err := w.request(); err != nil {
				return err
			}
		}
		w.ahead = false
		if err := w.response(); err != nil {
			return err
		}
		if w.more && w.pipelined() {
			if err := w.request(); err != nil {
				return err
			}
			w.ahead = true
		}
		if w.n > 0 || !w.more {
			return nil
		}
	}
}

// pipelined says whether the next rows may be asked for ahead. Not where the caller reads LOBs in between: one request is out
// at a time.
func (w *Wire) pipelined() bool {
	for i := range w.layout {
		if w.layout[i].locator {
			return false
		}
	}
	return true
}

// Close frees the cursor; the session can be used again.
func (w *Wire) Close() error {
	if w.closed {
		return nil
	}
	w.closed = true
	w.idle.stop()
	var pending func() error
	if w.ahead {
		pending = w.response
	}
	return w.s.release(w.w, w.stmt, pending, &w.err)
}
