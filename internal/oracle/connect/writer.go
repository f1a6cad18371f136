package connect

import (
	"context"
	"errors"
	"fmt"
)

// Journal takes every statement of a Writer before it is sent; an error of it stops the statement. Binds are counted, not shown: they
// are a customer's data.
type Journal interface {
	Statement(sql string, binds int) error
	// Outcome follows: rows, or the error.
	Outcome(rows int64, err error) error
}

// Writer is the second credential, `source-writer`: heartbeat, reverse sync and the freeze of a cutover, and nothing else, write
// to the source by it. It is made by the commands that need it only, never from a Source.
type Writer struct {
	src     *Source
	journal Journal
}

// NewWriter makes a Writer; nothing is connected yet.
func NewWriter(t Target, opt Options, j Journal) (*Writer, error) {
	if j == nil {
		return nil, errors.New("a writer without a journal")
	}
	src, err := New(t, opt)
	if err != nil {
		return nil, err
	}
	return &Writer{src, j}, nil
}

// Session logs in, as Source.Session does.
func (w *Writer) Session(ctx context.Context) (*WriterSession, error) {
	s, err := w.src.Session(ctx)
	if err != nil {
		return nil, err
	}
	return &WriterSession{s, w.journal}, nil
}

// WriterSession is a login that may write. Nothing is committed but by Commit.
type WriterSession struct {
	s *Session
	j Journal
}

// Exec runs any one statement and gives the number of rows it touched.
func (w *WriterSession) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	if err := w.j.Statement(sql, len(args)); err != nil {
		return 0, fmt.Errorf("journal: %w; the statement was not sent", err)
	}
	n, err := w.s.execCount(ctx, sql, args...)
	if told := w.j.Outcome(n, err); told != nil {
		return n, errors.Join(err, fmt.Errorf("journal: %w; the statement was sent", told))
	}
	return n, err
}

// Query reads, under the rules of Session.Query.
func (w *WriterSession) Query(ctx context.Context, sql string, args ...any) (*Rows, error) {
	return w.s.Query(ctx, sql, args...)
}

// Commit makes it last. An error may come after the server has committed: whoever must know reads it back.
func (w *WriterSession) Commit(ctx context.Context) error {
	_, err := w.Exec(ctx, "COMMIT")
	return err
}

// Rollback takes it back.
func (w *WriterSession) Rollback(ctx context.Context) error {
	_, err := w.Exec(ctx, "ROLLBACK")
	return err
}

// Broken says why the session cannot be used any more.
func (w *WriterSession) Broken() error { return w.s.Broken() }

// Close rolls back what was not committed, and logs off: servers may commit at a log off.
func (w *WriterSession) Close() error {
	if w.s.closed {
		return nil
	}
	var err error
	if w.s.broken == nil {
		err = w.s.exec(context.Background(), "ROLLBACK")
	}
	return errors.Join(err, w.s.Close())
}
