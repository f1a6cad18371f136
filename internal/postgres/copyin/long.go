package copyin

import (
	"context"
	"errors"
	"io"
	"os"

	"landfall/internal/postgres/value"
)

// cutLength is how much of a long value a Reject has.
const cutLength = 64

// long writes a row with values that are too long to be held. Each goes through a file first: its length stands in front of
// it in the tuple, and faults are found before anything is sent.
func (w *Writer) long(ctx context.Context, cols [][]byte, first int, r io.Reader, large func(int) io.Reader) (err error) {
	if w.open != nil {
		if err := w.end(ctx); err != nil {
			return err
		}
	}
	row := longRow{w: w, number: w.result.Rows, cols: append([][]byte(nil), cols...)}
	w.result.Rows++
	defer func() {
		if e := row.remove(); err == nil && e != nil {
			err = w.fail(e)
		}
	}()
	n := len(w.opt.Columns)
	row.values, row.filters, row.files, row.cut = make([]value.Long, n), make([]*value.Filter, n), make([]*os.File, n), make([]bool, len(cols))
	for i := first; i < n; i++ {
		if i > first {
			r = large(i)
		}
		if r == nil {
			continue
		}
		switch err := row.take(i, r).(type) {
		case nil:
		case *value.RowError:
			return w.reject(Reject{Row: row.number, Cols: row.cols, Cut: row.cut, Err: err})
		default:
			return w.fail(err)
		}
	}
	return row.send(ctx)
}

type longRow struct {
	w       *Writer
	number  int64
	cols    [][]byte // of long values only the front
	cut     []bool
	values  []value.Long
	filters []*value.Filter
	files   []*os.File
}

// take reads one value, into memory where the column needs it whole.
func (r *longRow) take(i int, src io.Reader) error {
	w := r.w
	if !w.opt.Encoder.Streams(i) {
		b, err := io.ReadAll(src)
		r.cols[i] = b
		return err
	}
	f, err := os.CreateTemp(w.opt.TempDir, "landfall-lob-*")
	if err != nil {
		return err
	}
	r.files[i] = f
	front := &front{w: f}
	filter := w.opt.Encoder.Filter(i, front)
	_, err = io.CopyBuffer(struct{ io.Writer }{filter}, src, make([]byte, 64<<10))
	r.cols[i], r.cut[i] = front.bytes, true
	if err != nil {
		return err
	}
	size, err := filter.Close()
	if err != nil {
		return err
	}
	r.filters[i], r.values[i] = filter, value.Long{Size: size, Reader: f}
	return nil
}

// front keeps the first bytes of what goes through it.
type front struct {
	w     io.Writer
	bytes []byte
}

func (f *front) Write(b []byte) (int, error) {
	f.bytes = append(f.bytes, b[:min(len(b), cutLength-len(f.bytes))]...)
	return f.w.Write(b)
}

// send writes the row as a batch of its own.
func (r *longRow) send(ctx context.Context) error {
	w := r.w
	for _, f := range r.files {
		if f == nil {
			continue
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return w.fail(err)
		}
	}
	if err := w.begin(ctx); err != nil {
		return w.fail(err)
	}
	err := w.opt.Encoder.StreamTuple(r.cols[:len(w.opt.Columns)], r.values, r.filters, func(piece []byte) error {
		w.open.frame = append(w.open.frame, piece...)
		if len(w.open.frame) < frameSize {
			return nil
		}
		return w.open.flush()
	})
	var bad *value.RowError
	switch {
	case errors.As(err, &bad): // a field of the row is at fault; what has been sent of it is given up with the batch
		return r.giveUp(ctx, bad)
	case err != nil:
		w.open.failed.Store(true)
		_, end := w.finish("given up: " + err.Error())
		return w.fail(errors.Join(err, end))
	}
	rows, err := w.finish("")
	if err == nil {
		if err = w.confirm(ctx, rows, 1); err != nil {
			return w.fail(err)
		}
		return nil
	}
	if !ofRow(err) || !w.saves() {
		return w.fail(&RowFailure{Row: r.number, Cols: r.cols, Err: err})
	}
	if e := w.rollback(ctx); e != nil {
		return w.fail(e)
	}
	w.opt.Encoder.Restore(&w.before)
	return w.reject(Reject{Row: r.number, Cols: r.cols, Cut: r.cut, Err: err})
}

func (r *longRow) giveUp(ctx context.Context, bad *value.RowError) error {
	w := r.w
	if !w.saves() {
		return w.fail(bad)
	}
	if _, err := w.finish("a field cannot be written"); !canceled(err) {
		return w.fail(err)
	}
	if err := w.rollback(ctx); err != nil {
		return w.fail(err)
	}
	return w.reject(Reject{Row: r.number, Cols: r.cols, Cut: r.cut, Err: bad})
}

func (r *longRow) remove() error {
	var errs []error
	for _, f := range r.files {
		if f != nil {
			errs = append(errs, f.Close(), os.Remove(f.Name()))
		}
	}
	return errors.Join(errs...)
}
