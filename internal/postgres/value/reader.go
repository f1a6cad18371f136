package value

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// ErrStream is what a stream of binary COPY that is none ends in.
var ErrStream = errors.New("this is no stream of binary COPY")

// Reader cuts a stream of binary COPY, as COPY TO sends it, into tuples. Feed takes it in pieces of any size; usually a piece
// is one row, and then nothing is copied. It is for one goroutine.
type Reader struct {
	fields  int
	carry   []byte // a tuple, or the header, that is not whole yet
	headed  bool
	ended   bool
	maximum int
}

// NewReader reads tuples of so many fields, none longer than maximum bytes; 0 leaves them as long as they are.
func NewReader(fields, maximum int) *Reader { return &Reader{fields: fields, maximum: maximum} }

// Feed gives each tuple that is whole to yield, which may keep nothing of it. An error of yield ends it.
func (r *Reader) Feed(piece []byte, yield func(tuple []byte) error) error {
	b := piece
	if len(r.carry) > 0 {
		r.carry = append(r.carry, piece...)
		b = r.carry
	}
	for len(b) > 0 {
		n, err := r.next(b)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		if r.headed && !r.ended { // what is left is the header and the trailer
			if err := yield(b[:n]); err != nil {
				return err
			}
		}
		r.headed = true
		b = b[n:]
	}
	if r.maximum > 0 && len(b) > r.maximum {
		return fmt.Errorf("a row of more than %d bytes", r.maximum)
	}
	r.carry = append(r.carry[:0], b...) // moves to the front what may lie in it already
	return nil
}

// Close says whether the stream was whole.
func (r *Reader) Close() error {
	if !r.ended || len(r.carry) > 0 {
		return fmt.Errorf("%w: it ends early", ErrStream)
	}
	return nil
}

// next is how many bytes the header, the tuple or the trailer at the front takes; 0: more than there are.
func (r *Reader) next(b []byte) (int, error) {
	if r.ended {
		return 0, fmt.Errorf("%w: bytes behind the end", ErrStream)
	}
	if !r.headed {
		if len(b) < len(header) {
			return 0, nil
		}
		if string(b[:11]) != header[:11] || b[11]|b[12] != 0 {
			return 0, ErrStream
		}
		n := len(header) + int(binary.BigEndian.Uint32(b[15:]))
		if n > len(b) {
			return 0, nil
		}
		return n, nil
	}
	if len(b) < 2 {
		return 0, nil
	}
	switch n := int(int16(binary.BigEndian.Uint16(b))); n {
	case -1:
		r.ended = true
		return 2, nil
	case r.fields:
	default:
		return 0, fmt.Errorf("%w: a row of %d fields and not %d", ErrStream, n, r.fields)
	}
	at := 2
	for range r.fields {
		if len(b)-at < 4 {
			return 0, nil
		}
		n := int(int32(binary.BigEndian.Uint32(b[at:])))
		at += 4
		if n < 0 {
			if n != -1 {
				return 0, ErrStream
			}
			continue
		}
		if len(b)-at < n {
			return 0, nil
		}
		at += n
	}
	return at, nil
}

// Split gives the fields of a whole tuple, nil for NULL; they lie in the tuple. fields is reused where it is long enough.
func Split(fields [][]byte, tuple []byte) ([][]byte, error) {
	fields = fields[:0]
	if len(tuple) < 2 {
		return nil, ErrStream
	}
	count, b := int(int16(binary.BigEndian.Uint16(tuple))), tuple[2:]
	for range count {
		if len(b) < 4 {
			return nil, ErrStream
		}
		n := int(int32(binary.BigEndian.Uint32(b)))
		b = b[4:]
		switch {
		case n == -1:
			fields = append(fields, nil)
			continue
		case n < 0 || n > len(b):
			return nil, ErrStream
		}
		fields = append(fields, b[:n:n])
		b = b[n:]
	}
	if len(b) > 0 || count < 0 {
		return nil, ErrStream
	}
	return fields, nil
}
