package value

import (
	"encoding/binary"
	"fmt"
)

// copyFrame is what surrounds the fields of a stream of binary COPY that comes in pieces of any size: the header, the beginnings of tuples, the
// end (PostgreSQL, COPY, "Binary Format").
type copyFrame struct {
	fields int
	state  frameState
	skip   int      // bytes that are still to come of the field at hand, or of the header
	small  [20]byte // what is left of a piece, too short to read: the header, a number of fields, a length
	have   int
}

type frameState uint8

const (
	atHeader frameState = iota
	inExtension
	atTuple
	inTuple
	atEnd
)

// Close says whether the stream was whole.
func (h *copyFrame) Close() error {
	if h.state != atEnd || h.have > 0 {
		return fmt.Errorf("%w: it ends early", ErrStream)
	}
	return nil
}

// gather collects the next n bytes of the stream in small; ok is false where there are not as many yet.
func (h *copyFrame) gather(b []byte, n int) (rest []byte, ok bool) {
	took := copy(h.small[h.have:n], b)
	if h.have += took; h.have < n {
		return b[took:], false
	}
	h.have = 0
	return b[took:], true
}

// around takes in what comes next outside of tuples, some of it at least. Where a tuple begins it says so: the state is inTuple then, and
// small holds the number of fields.
func (h *copyFrame) around(b []byte) (rest []byte, begins bool, err error) {
	ok := false
	switch h.state {
	case atHeader:
		if b, ok = h.gather(b, len(header)); !ok {
			return b, false, nil
		}
		if string(h.small[:11]) != header[:11] || h.small[11]|h.small[12] != 0 {
			return nil, false, ErrStream
		}
		if h.skip, h.state = int(binary.BigEndian.Uint32(h.small[15:])), inExtension; h.skip == 0 {
			h.state = atTuple
		}
	case inExtension:
		n := min(h.skip, len(b))
		b = b[n:]
		if h.skip -= n; h.skip == 0 {
			h.state = atTuple
		}
	case atTuple:
		if b, ok = h.gather(b, 2); !ok {
			return b, false, nil
		}
		switch n := int(int16(binary.BigEndian.Uint16(h.small[:]))); n {
		case -1:
			h.state = atEnd
		case h.fields:
			h.state = inTuple
			return b, true, nil
		default:
			return nil, false, fmt.Errorf("%w: a row of %d fields and not %d", ErrStream, n, h.fields)
		}
	case atEnd:
		return nil, false, fmt.Errorf("%w: bytes behind the end", ErrStream)
	}
	return b, false, nil
}
