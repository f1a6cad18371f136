package copyin

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"landfall/internal/postgres/value"
)

// rowClasses are the classes of SQLSTATE that a single row can be at fault for. Others (no space, no permission, canceled)
// carry the line of a row, too, and have nothing to do with it.
var rowClasses = []string{
	"22",       // data
	"23",       // constraints; a row that no partition takes
	"44",       // WITH CHECK OPTION
	"54",       // limits: an index entry that is too large
	"P0",       // RAISE in triggers
	"38", "39", // routines that triggers call
}

// ofRow reports whether a single row can be at fault for an error.
func ofRow(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && len(e.Code) == 5 && slices.Contains(rowClasses, e.Code[:2])
}

// line is the row, counted from 1, that the server's error names; 0 when it does not. The context says "COPY t, line 5, column
// c" in the server's language; the name of the table stands as it is, and what follows it up to the first number are words.
func line(err error, relation string) int {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return 0
	}
	_, rest, ok := strings.Cut(e.Where, "COPY "+relation+",")
	if !ok {
		return 0
	}
	start := strings.IndexAny(rest, "0123456789")
	if start < 0 || strings.Contains(rest[:start], "\n") {
		return 0
	}
	end := start
	for end < len(rest) && rest[end] >= '0' && rest[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(rest[start:end])
	if err != nil {
		return 0
	}
	return n
}

// refused sorts out a batch that the server did not take: all of it goes in but the rows at fault.
func (w *Writer) refused(ctx context.Context, err error) error {
	if !ofRow(err) {
		return err
	}
	offsets := w.batch.offsets(len(w.opt.Columns) + w.opt.Tags)
	if !w.saves() {
		f := &RowFailure{Row: -1, Err: err}
		if at := line(err, w.opt.Relation); at >= 1 && at <= w.batch.rows {
			cols := w.cols()
			f.Row, _ = w.batch.row(offsets[at-1], cols)
			for i := range cols {
				cols[i] = slices.Clone(cols[i])
			}
			f.Cols = cols
		}
		return f
	}
	if err := w.rollback(ctx); err != nil {
		return err
	}
	w.opt.Encoder.Restore(&w.before)
	return w.sort(ctx, offsets, err)
}

func (w *Writer) cols() [][]byte { return make([][]byte, len(w.opt.Columns)+w.opt.Tags) }

// sort finds the rows at fault in a part of the batch that the server refused with err: by the line that it names, which
// is believed only when that row alone fails, too; else by halves.
func (w *Writer) sort(ctx context.Context, offsets []int, err error) error {
	rows := len(offsets) - 1
	if rows == 1 {
		cols := w.cols()
		number, _ := w.batch.row(offsets[0], cols)
		return w.reject(Reject{Row: number, Cols: cols, Err: err})
	}
	cuts := []int{0, rows / 2, rows}
	if at := line(err, w.opt.Relation); at >= 1 && at <= rows {
		cuts = slices.Compact([]int{0, at - 1, at, rows})
	}
	for i := 1; i < len(cuts); i++ {
		if err := w.again(ctx, offsets[cuts[i-1]:cuts[i]+1]); err != nil {
			return err
		}
	}
	return nil
}

// again sends a part of the batch once more.
func (w *Writer) again(ctx context.Context, offsets []int) error {
	before := new(value.State)
	w.opt.Encoder.Save(before)
	if err := w.savepoint(ctx); err != nil {
		return err
	}
	var err error
	if w.open, err = start(ctx, w.conn, w.sql, w.frame); err != nil {
		return err
	}
	cols := w.cols()
	for _, at := range offsets[:len(offsets)-1] {
		w.batch.row(at, cols)
		if w.open.frame, err = w.opt.Encoder.AppendTuple(w.open.frame, cols[:len(w.opt.Columns)]); err != nil {
			return err // it was encoded before
		}
		if len(w.open.frame) >= frameSize {
			if err := w.open.flush(); err != nil {
				break // finish has the reason
			}
		}
	}
	rows, err := w.finish("")
	switch {
	case err == nil:
		return w.confirm(ctx, rows, len(offsets)-1)
	case !ofRow(err):
		return err
	}
	if err := w.rollback(ctx); err != nil {
		return err
	}
	w.opt.Encoder.Restore(before)
	return w.sort(ctx, offsets, err)
}
