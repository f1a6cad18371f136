package copyin

import (
	"io"
	"os"

	"github.com/cespare/xxhash/v2"

	"landfall/internal/postgres/value"
)

// Digest takes the hashes of rows as a Writer would send them, and sends nothing: the other half of a comparison with what COPY TO gives
// back. It is for one goroutine.
type Digest struct {
	encoder *value.Encoder
	tempDir string
	tuple   []byte
}

// NewDigest uses an encoder, which is the Digest's from then on. Long values go through files in a folder; "" is the system's.
func NewDigest(e *value.Encoder, tempDir string) *Digest {
	return &Digest{encoder: e, tempDir: tempDir}
}

// Row is the hash of a row's tuple. Cols has the encoder's columns, and may have more; large is that of Writer.Row. A value that does not
// go in is a *value.RowError, and the row does not count.
func (d *Digest) Row(cols [][]byte, large func(i int) io.Reader) (hash uint64, err error) {
	n := d.encoder.Columns()
	if large != nil {
		for i := range n {
			if r := large(i); r != nil {
				return d.long(cols[:n], i, r, large)
			}
		}
	}
	if d.tuple, err = d.encoder.AppendTuple(d.tuple[:0], cols[:n]); err != nil {
		return 0, err
	}
	return xxhash.Sum64(d.tuple), nil
}

// Tuple is the tuple of the last row; of one with a long value it is not kept, and nil.
func (d *Digest) Tuple() []byte { return d.tuple }

// Fingerprint is the sum over the rows so far.
func (d *Digest) Fingerprint() value.Fingerprint { return d.encoder.Fingerprint() }

func (d *Digest) long(cols [][]byte, first int, r io.Reader, large func(int) io.Reader) (hash uint64, err error) {
	d.tuple = nil
	n := len(cols)
	row := longRow{w: &Writer{opt: Options{Encoder: d.encoder, TempDir: d.tempDir, Columns: make([]string, n)}}, cols: append([][]byte(nil), cols...)}
	row.values, row.filters, row.files, row.cut = make([]value.Long, n), make([]*value.Filter, n), make([]*os.File, n), make([]bool, n)
	defer func() {
		if e := row.remove(); err == nil {
			err = e
		}
	}()
	for i := first; i < n; i++ {
		if i > first {
			r = large(i)
		}
		if r == nil {
			continue
		}
		if err := row.take(i, r); err != nil {
			return 0, err
		}
	}
	for _, f := range row.files {
		if f == nil {
			continue
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return 0, err
		}
	}
	sum := xxhash.New()
	err = d.encoder.StreamTuple(row.cols, row.values, row.filters, func(piece []byte) error {
		_, err := sum.Write(piece)
		return err
	})
	return sum.Sum64(), err
}
