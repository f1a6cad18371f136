package value

import (
	"encoding/binary"
	"fmt"

	"github.com/cespare/xxhash/v2"
)

// Hasher takes the fingerprint of a stream of binary COPY in pieces of any size. It keeps no more of a row than the front of a
// field's length, however long the row is. It is for one goroutine.
type Hasher struct {
	fields int
	sum    Fingerprint
	state  hashState

	digest xxhash.Digest // of the tuple that is not whole yet
	left   int           // fields of it
	skip   int           // bytes of its field at hand; or of the header
	small  [20]byte      // what is left of a piece, too short to read: the header, a number of fields, a length
	have   int
}

type hashState uint8

const (
	atHeader hashState = iota
	inExtension
	atTuple
	inTuple
	atEnd
)

// NewHasher reads tuples of so many fields.
func NewHasher(fields int) *Hasher { return &Hasher{fields: fields} }

// Fingerprint is that of the tuples that have been whole.
func (h *Hasher) Fingerprint() Fingerprint { return h.sum }

// Close says whether the stream was whole.
func (h *Hasher) Close() error {
	if h.state != atEnd || h.have > 0 {
		return fmt.Errorf("%w: it ends early", ErrStream)
	}
	return nil
}

// Feed takes in a piece.
func (h *Hasher) Feed(b []byte) error {
	for len(b) > 0 {
		var err error
		if h.state == atTuple && h.have == 0 {
			if n := h.whole(b); n > 0 {
				h.sum.Add(b[:n])
				b = b[n:]
				continue
			}
		}
		if b, err = h.step(b); err != nil {
			return err
		}
	}
	return nil
}

// whole is the length of the tuple at the front where all of it is there and in order; else 0.
func (h *Hasher) whole(b []byte) int {
	if len(b) < 2 || int(binary.BigEndian.Uint16(b)) != h.fields {
		return 0
	}
	at := 2
	for range h.fields {
		if len(b)-at < 4 {
			return 0
		}
		n := int(int32(binary.BigEndian.Uint32(b[at:])))
		at += 4
		if n >= 0 {
			at += n
		} else if n != -1 {
			return 0
		}
		if at > len(b) {
			return 0
		}
	}
	return at
}

// gather collects the next n bytes of the stream in small; ok is false where there are not as many yet.
func (h *Hasher) gather(b []byte, n int) (rest []byte, ok bool) {
	took := copy(h.small[h.have:n], b)
	h.have += took
	return b[took:], h.have == n
}

// step takes in what comes next, some of it at least.
func (h *Hasher) step(b []byte) ([]byte, error) {
	ok := false
	switch h.state {
	case atHeader:
		if b, ok = h.gather(b, len(header)); !ok {
			return b, nil
		}
		h.have = 0
		if string(h.small[:11]) != header[:11] || h.small[11]|h.small[12] != 0 {
			return nil, ErrStream
		}
		h.skip, h.state = int(binary.BigEndian.Uint32(h.small[15:])), inExtension
		if h.skip == 0 {
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
			return b, nil
		}
		h.have = 0
		switch n := int(int16(binary.BigEndian.Uint16(h.small[:]))); n {
		case -1:
			h.state = atEnd
			return b, nil
		case h.fields:
		default:
			return nil, fmt.Errorf("%w: a row of %d fields and not %d", ErrStream, n, h.fields)
		}
		h.digest.Reset()
		h.write(h.small[:2])
		h.left, h.skip, h.state = h.fields, 0, inTuple
		h.finish()
	case inTuple:
		if h.skip > 0 {
			n := min(h.skip, len(b))
			h.write(b[:n])
			b = b[n:]
			h.skip -= n
			h.finish()
			return b, nil
		}
		if b, ok = h.gather(b, 4); !ok {
			return b, nil
		}
		h.have = 0
		h.write(h.small[:4])
		h.left--
		n := int(int32(binary.BigEndian.Uint32(h.small[:])))
		if n < -1 {
			return nil, ErrStream
		}
		h.skip = max(n, 0)
		h.finish()
	case atEnd:
		return nil, fmt.Errorf("%w: bytes behind the end", ErrStream)
	}
	return b, nil
}

func (h *Hasher) write(b []byte) { _, _ = h.digest.Write(b) } // never fails

// finish counts the tuple once it is whole.
func (h *Hasher) finish() {
	if h.left == 0 && h.skip == 0 {
		h.sum.Sum += h.digest.Sum64()
		h.sum.Rows++
		h.state = atTuple
	}
}
