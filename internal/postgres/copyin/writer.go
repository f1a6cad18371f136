package copyin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"landfall/internal/postgres/value"
)

// Options say where rows go and what happens to those that do not.
type Options struct {
	// Table and Columns are as SQL has them: quoted where they must be, the table with its schema. Relation is the table's name
	// alone, unquoted: the server's errors begin with it.
	Table    string
	Relation string
	Columns  []string

	// Encoder makes the tuples. It is the Writer's while that is in use.
	Encoder *value.Encoder

	// Tags is how many columns rows have behind those of the table: a ROWID, say. They are not written; Reject gets them.
	Tags int

	// Reject takes rows that do not go in. An error of it ends the writing. Without it the first such row does, and a
	// RowFailure has of a row that the server refuses no more than the tags and the columns of Keep: keeping rows whole costs
	// a quarter of the client's time.
	Reject func(Reject) error
	Keep   []int

	// Freeze adds FREEZE: the table was made or emptied in this very transaction. A row that the server refuses then ends
	// the writing, as there can be no savepoint.
	Freeze bool

	// Retain is how many bytes of rows, as far as they are kept, a batch has at most; 0 is DefaultRetain. Twice that is what a
	// Writer holds.
	Retain int

	// Hold is up to how many bytes a value that comes through a reader is held; 0 is DefaultHold. Longer ones go through a file,
	// unless their column needs them whole (JSON, XML).
	Hold int

	// OfRow reports whether an error of such a reader is the row's own, which is refused then. Others end the writing.
	OfRow func(error) bool

	// TempDir is where values that are too long to be held are put; "" is the system's folder.
	TempDir string
}

// DefaultRetain is the size of a batch, DefaultHold that of a value which makes no batch of its own.
const (
	DefaultRetain = 8 << 20
	DefaultHold   = 1 << 20
)

// Reject is a row that did not go in.
type Reject struct {
	Row  int64    // number among the rows given, from 0
	Cols [][]byte // as they were given, tags included; valid during the call
	// Cut marks values of which Cols has only the front, as they were too long to be held.
	Cut []bool
	Err error // a *value.RowError, or a *pgconn.PgError of the server
}

// Result is what has been done.
type Result struct {
	Rows     int64 // given: those written and those refused
	Rejected int64
	Written  value.Fingerprint
	Counts   []value.Count
	Bytes    int64         // of tuples sent, those that were sent again included
	Waited   time.Duration // for the server and the network; the rest of the time is the caller's and the encoder's
}

// RowFailure is the error where a row that the server refuses ends the writing. Row is -1 where it did not say which.
type RowFailure struct {
	Row  int64
	Cols [][]byte // a copy, the tags and the columns of Keep only, the others nil; nil where Row is -1
	Err  error
}

func (e *RowFailure) Error() string { return e.Err.Error() }
func (e *RowFailure) Unwrap() error { return e.Err }

// Writer writes to one table.
type Writer struct {
	conn *pgconn.PgConn
	opt  Options
	sql  string

	kept     []int // of rows, until the server has them; nil: all
	open     *stream
	*buffers             // the frame between streams
	held     [][]byte    // by column: room for values that come through readers
	piece    []byte      // room to copy through
	before   value.State // of the encoder, when the batch began
	result   Result
	closed   bool
	err      error // ends all
}

// New prepares a Writer on a connection, on which a transaction is open. Nothing is sent yet.
func New(conn *pgconn.PgConn, opt Options) (*Writer, error) {
	if opt.Encoder == nil || opt.Encoder.Columns() != len(opt.Columns) {
		return nil, errors.New("the encoder is not that of the table's columns")
	}
	if opt.Retain <= 0 {
		opt.Retain = DefaultRetain
	}
	if opt.Hold <= 0 {
		opt.Hold = DefaultHold
	}
	with := "FORMAT binary"
	if opt.Freeze {
		with += ", FREEZE"
	}
	var kept []int
	if opt.Reject == nil || opt.Freeze { // no row needs to be sent again
		kept = append(kept, opt.Keep...)
		for i := range opt.Tags {
			kept = append(kept, len(opt.Columns)+i)
		}
		slices.Sort(kept)
		if kept = slices.Compact(kept); len(kept) > 0 && (kept[0] < 0 || kept[len(kept)-1] >= len(opt.Columns)+opt.Tags) {
			return nil, fmt.Errorf("columns %v are not among the %d of a row", opt.Keep, len(opt.Columns)+opt.Tags)
		}
		if kept == nil {
			kept = []int{}
		}
	}
	return &Writer{
		conn: conn, opt: opt, kept: kept, buffers: spare.Get().(*buffers),
		sql: fmt.Sprintf("COPY %s (%s) FROM STDIN WITH (%s)", opt.Table, strings.Join(opt.Columns, ", "), with),
	}, nil
}

// Row writes one row: the table's columns and the tags. It is sent in time; what the server says of it may come from a later
// call. cols may be reused at once. large, unless nil, gives a reader for each value that is not in cols, and nil for the others.
func (w *Writer) Row(ctx context.Context, cols [][]byte, large func(i int) io.Reader) error {
	switch {
	case w.err != nil:
		return w.err
	case w.closed:
		return errors.New("the writer is closed")
	case len(cols) != len(w.opt.Columns)+w.opt.Tags:
		return w.fail(fmt.Errorf("a row of %d columns and not %d", len(cols), len(w.opt.Columns)+w.opt.Tags))
	}
	if large != nil {
		for i := range w.opt.Columns {
			if r := large(i); r != nil {
				return w.read(ctx, cols, i, r, large)
			}
		}
	}
	return w.row(ctx, cols)
}

func (w *Writer) row(ctx context.Context, cols [][]byte) error {
	number, n := w.result.Rows, len(w.opt.Columns)
	w.result.Rows++
	if w.open == nil {
		if err := w.begin(ctx); err != nil {
			return w.fail(err)
		}
	}
	frame, err := w.opt.Encoder.AppendTuple(w.open.frame, cols[:n])
	w.open.frame = frame
	if err != nil {
		return w.reject(Reject{Row: number, Cols: cols, Err: err})
	}
	w.batch.add(number, cols)
	if len(frame) < frameSize {
		return nil
	}
	if err := w.open.flush(); err != nil {
		w.open.failed.Store(true)
		_, end := w.finish("") // has the reason
		return w.fail(errors.Join(end, err))
	}
	if w.open.failed.Load() || len(w.batch.bytes) >= w.opt.Retain {
		return w.end(ctx)
	}
	return nil
}

// Close sends what is left and waits for the server. After an error nothing of the transaction should be kept. A Writer that
// is closed writes no more.
func (w *Writer) Close(ctx context.Context) (Result, error) {
	if w.closed {
		return w.result, w.err
	}
	if w.err == nil && w.open != nil {
		_ = w.end(ctx)
	}
	w.closed = true
	if w.batch.reset(nil); cap(w.batch.bytes) <= 4*w.opt.Retain && cap(w.frame) <= 16*frameSize {
		spare.Put(w.buffers)
	}
	w.buffers = nil
	w.result.Written, w.result.Counts = w.opt.Encoder.Fingerprint(), w.opt.Encoder.Counts()
	if r := &w.result; w.err == nil && r.Rows != r.Rejected+r.Written.Rows {
		w.err = fmt.Errorf("%d rows were given, %d written and %d refused", r.Rows, r.Written.Rows, r.Rejected)
	}
	return w.result, w.err
}

// Result is what has been done so far; a batch that the server has not confirmed counts as written.
func (w *Writer) Result() Result {
	w.result.Written = w.opt.Encoder.Fingerprint()
	return w.result
}

// fail ends the writing. A COPY that is open is given up, so that the connection can be used again.
func (w *Writer) fail(err error) error {
	if w.open != nil {
		_, end := w.finish("given up: " + err.Error())
		if end != nil && !canceled(end) {
			err = errors.Join(err, end)
		}
	}
	w.err = err
	return err
}

// canceled is the server's answer to a COPY that was given up.
func canceled(err error) bool {
	var server *pgconn.PgError
	return errors.As(err, &server) && server.Code == "57014" // query_canceled
}

func (w *Writer) finish(why string) (int64, error) {
	s := w.open
	w.open = nil
	rows, err := s.finish(why)
	w.frame = s.frame
	w.result.Bytes += s.sent
	w.result.Waited += s.waited
	return rows, err
}

// begin starts a batch.
func (w *Writer) begin(ctx context.Context) error {
	w.batch.reset(w.kept)
	w.opt.Encoder.Save(&w.before)
	if err := w.savepoint(ctx); err != nil {
		return err
	}
	s, err := start(ctx, w.conn, w.sql, w.frame)
	w.open = s
	return err
}

// end finishes a batch, and sorts out what the server refused of it.
func (w *Writer) end(ctx context.Context) error {
	rows, err := w.finish("")
	if err == nil {
		err = w.confirm(ctx, rows, w.batch.rows)
	} else if err = w.refused(ctx, err); err == nil {
		w.batch.reset(w.kept)
	}
	if err != nil {
		return w.fail(err)
	}
	return nil
}

// confirm holds that the server has as many rows as were sent: a trigger can make it drop some in silence.
func (w *Writer) confirm(ctx context.Context, got int64, sent int) error {
	if got != int64(sent) {
		return fmt.Errorf("%s took %d of %d rows: a trigger or rule drops some", w.opt.Table, got, sent)
	}
	return w.release(ctx)
}

func (w *Writer) reject(r Reject) error {
	if w.opt.Reject == nil {
		return w.fail(r.Err)
	}
	w.result.Rejected++
	if err := w.opt.Reject(r); err != nil {
		return w.fail(err)
	}
	return nil
}

// Savepoints. There are none where the first refused row ends everything.

func (w *Writer) saves() bool { return w.opt.Reject != nil && !w.opt.Freeze }

func (w *Writer) savepoint(ctx context.Context) error { return w.saved(ctx, "SAVEPOINT landfall_copy") }

func (w *Writer) release(ctx context.Context) error {
	return w.saved(ctx, "RELEASE SAVEPOINT landfall_copy")
}

func (w *Writer) rollback(ctx context.Context) error {
	return w.saved(ctx, "ROLLBACK TO SAVEPOINT landfall_copy; RELEASE SAVEPOINT landfall_copy")
}

func (w *Writer) saved(ctx context.Context, sql string) error {
	if !w.saves() {
		return nil
	}
	begun := time.Now()
	_, err := w.conn.Exec(ctx, sql).ReadAll()
	w.result.Waited += time.Since(begun)
	return err
}
