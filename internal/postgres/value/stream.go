package value

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	ora "landfall/internal/oracle/value"
)

// Long is a value that is too long to be held: what a Filter has let through.
type Long struct {
	Size   int64
	Reader io.Reader
}

// Streams reports whether values of a column can be written in pieces. Others are needed whole.
func (e *Encoder) Streams(i int) bool {
	c := e.columns[i]
	if c.Source.Type == ora.Object {
		return false
	}
	switch c.Target.kind() {
	case kindText, kindJSON, kindVarchar:
		return c.limit == 0 && c.Source.Type.Text()
	case kindBytea:
		return c.Source.Type == ora.BLOB || c.Source.Type == ora.LongRaw
	}
	return false
}

// Filter passes the bytes of a long value of a column on, with what its policy changes, to w, and finds faults before
// anything is sent. It is for one value: Write all, then Close.
type Filter struct {
	e      *Encoder
	c      *column
	w      io.Writer
	text   bool
	rest   []byte // a character that is not whole yet
	size   int64
	marked [faults]bool
	null   Fault // for which NULL goes in
}

// Filter begins a value. The column must be one that Streams.
func (e *Encoder) Filter(i int, w io.Writer) *Filter {
	c := e.columns[i]
	return &Filter{e: e, c: c, w: w, text: c.Target.kind() != kindBytea}
}

// Write takes in a piece of any size. A fault that the policy does not let through is a *RowError.
func (f *Filter) Write(p []byte) (int, error) {
	b := p
	if f.text {
		if len(f.rest) > 0 {
			b = append(f.rest, p...)
		}
		end := len(b)
		for i := 1; i <= min(utf8.UTFMax-1, len(b)); i++ { // a character may go on in the next piece
			if utf8.RuneStart(b[len(b)-i]) {
				if !utf8.FullRune(b[len(b)-i:]) {
					end = len(b) - i
				}
				break
			}
		}
		whole := b[:end]
		rest := append([]byte(nil), b[end:]...)
		if err := f.pass(whole); err != nil {
			return 0, err
		}
		f.rest = rest
		return len(p), nil
	}
	return len(p), f.put(b)
}

func (f *Filter) pass(text []byte) error {
	f.e.marks = f.e.marks[:0]
	out, fault := f.e.checked(f.c, text)
	if fault != NoFault {
		return f.e.rowError(f.c.index, fault)
	}
	for _, m := range f.e.marks {
		f.marked[m.fault] = true
	}
	return f.put(out)
}

func (f *Filter) put(b []byte) error {
	if f.size += int64(len(b)); f.size > MaxField {
		return f.e.rowError(f.c.index, Overflow)
	}
	_, err := f.w.Write(b)
	return err
}

// Null reports whether the column's policy makes a value NULL for an error of Write or Close; it is one for StreamTuple then.
func (f *Filter) Null(err error) bool {
	var bad *RowError
	if !errors.As(err, &bad) || f.c.Policy.Action(bad.Fault) != Null {
		return false
	}
	f.null, f.marked = bad.Fault, [faults]bool{}
	return true
}

// Close ends the value and gives its size.
func (f *Filter) Close() (int64, error) {
	if len(f.rest) > 0 {
		if err := f.pass(f.rest); err != nil {
			return 0, err
		}
	}
	return f.size, nil
}

// StreamTuple is AppendTuple for a row with values in pieces: they are in long where there is a filter that has let them through,
// the others in cols. The tuple goes to emit, in pieces. After an error the row is not counted; what was emitted of it is of no use.
func (e *Encoder) StreamTuple(cols [][]byte, long []Long, filters []*Filter, emit func(piece []byte) error) error {
	if len(cols) != len(e.columns) || len(long) != len(cols) || len(filters) != len(cols) {
		return fmt.Errorf("the row has %d columns, the table %d", len(cols), len(e.columns))
	}
	e.marks = e.marks[:0]
	var hash xxhash.Digest
	hash.Reset()
	out := func(b []byte) error {
		_, _ = hash.Write(b) // never fails
		return emit(b)
	}
	if e.piece == nil {
		e.piece = make([]byte, 64<<10)
	}
	buf := binary.BigEndian.AppendUint16(e.stream[:0], uint16(len(cols)))
	for i, src := range cols {
		c := e.columns[i]
		if filters[i] == nil {
			var fault Fault
			if buf, fault = e.appendField(c, buf, src); fault != NoFault {
				return e.rowError(i, fault)
			}
			continue
		}
		if f := filters[i]; f.null != NoFault {
			buf = append(buf, null[:]...)
			e.mark(c, f.null)
			continue
		}
		buf = binary.BigEndian.AppendUint32(buf, uint32(long[i].Size))
		if err := out(buf); err != nil {
			return err
		}
		buf = buf[:0]
		n, err := io.CopyBuffer(onlyWriter(out), io.LimitReader(long[i].Reader, long[i].Size), e.piece)
		if err != nil {
			return err
		}
		if n != long[i].Size {
			return fmt.Errorf("column %s: %d bytes of %d", c.Name, n, long[i].Size)
		}
		for f, is := range filters[i].marked {
			if is {
				e.mark(c, Fault(f))
			}
		}
	}
	if err := out(buf); err != nil {
		return err
	}
	if cap(buf) <= streamRoom {
		e.stream = buf
	}
	for _, m := range e.marks {
		e.counts[m.column][m.fault]++
	}
	e.sum.Sum += hash.Sum64()
	e.sum.Rows++
	return nil
}

// streamRoom is how much of a row with values in pieces is kept as room for the next one.
const streamRoom = 4 << 20

type onlyWriter func([]byte) error

func (w onlyWriter) Write(b []byte) (int, error) {
	if err := w(b); err != nil {
		return 0, err
	}
	return len(b), nil
}
