package copyin

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"landfall/internal/postgres/value"
)

// cutLength is how much of a long value a Reject has.
const cutLength = 64

// read writes a row with values that come through readers. Those that are short enough are held, and then it is a row like
// others. With a longer one it makes a batch of its own, and that value goes through a file: its length stands in front of it in
// the tuple, and faults are found before anything is sent.
func (w *Writer) read(ctx context.Context, cols [][]byte, first int, r io.Reader, large func(int) io.Reader) (err error) {
	n := len(w.opt.Columns)
	row := longRow{w: w, cols: append([][]byte(nil), cols...), cut: make([]bool, len(cols))}
	defer func() {
		if e := row.remove(); err == nil && e != nil {
			err = w.fail(e)
		}
	}()
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
			return row.reject(err)
		default:
			if w.opt.OfRow != nil && w.opt.OfRow(err) {
				return row.reject(err)
			}
			return w.fail(err)
		}
	}
	if row.files == nil {
		return w.row(ctx, row.cols)
	}
	if w.open != nil {
		if err := w.end(ctx); err != nil {
			return err
		}
	}
	row.number = w.result.Rows
	w.result.Rows++
	return row.send(ctx)
}

type longRow struct {
	w       *Writer
	number  int64
	cols    [][]byte // of long values only the front
	cut     []bool
	values  []value.Long    // these three are nil until a value is long
	filters []*value.Filter //
	files   []*os.File      //
}

// reject refuses the row before anything of it was sent.
func (r *longRow) reject(err error) error {
	number := r.w.result.Rows
	r.w.result.Rows++
	return r.w.reject(Reject{Row: number, Cols: r.cols, Cut: r.cut, Err: err})
}

// take reads one value.
func (r *longRow) take(i int, src io.Reader) error {
	w := r.w
	limit := w.opt.Hold
	if !w.opt.Encoder.Streams(i) {
		limit = value.MaxField
	}
	b, err := w.hold(i, src, limit+1)
	if len(b) <= limit || err != nil {
		r.cols[i] = b
		return err
	}
	if limit == value.MaxField {
		r.cols[i], r.cut[i] = b[:cutLength:cutLength], true
		return &value.RowError{Column: i, Name: w.opt.Columns[i], Fault: value.Overflow}
	}
	if r.files == nil {
		n := len(w.opt.Columns)
		r.values, r.filters, r.files = make([]value.Long, n), make([]*value.Filter, n), make([]*os.File, n)
	}
	if r.files[i], err = os.CreateTemp(w.opt.TempDir, "landfall-lob-*"); err != nil {
		return err
	}
	f := w.opt.Encoder.Filter(i, r.files[i])
	size, err := w.through(f, io.MultiReader(bytes.NewReader(b), src))
	r.cols[i], r.cut[i] = bytes.Clone(b[:cutLength]), true
	if err != nil && !f.Null(err) {
		return err
	}
	r.filters[i], r.values[i] = f, value.Long{Size: size, Reader: r.files[i]}
	return nil
}

// hold reads up to so many bytes of the i-th column's value; less is the whole. They lie in a buffer that the next row's
// value takes, unless they are very many: rows of LOBs would otherwise leave several times their length behind as garbage.
func (w *Writer) hold(i int, src io.Reader, most int) ([]byte, error) {
	if w.held == nil {
		w.held = make([][]byte, len(w.opt.Columns))
	}
	b := w.held[i][:0]
	if b == nil {
		b = make([]byte, 0, 4096)
	}
	for len(b) < most {
		if len(b) == cap(b) {
			b = slices.Grow(b, min(len(b), most-len(b)))
		}
		n, err := src.Read(b[len(b):min(cap(b), most)])
		b = b[:len(b)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			return b, err
		}
	}
	if cap(b) <= 2*w.opt.Hold {
		w.held[i] = b
	}
	return b, nil
}

func (w *Writer) through(f *value.Filter, src io.Reader) (int64, error) {
	if w.piece == nil {
		w.piece = make([]byte, 64<<10)
	}
	if _, err := io.CopyBuffer(struct{ io.Writer }{f}, struct{ io.Reader }{src}, w.piece); err != nil {
		return 0, err
	}
	return f.Close()
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
