package value

import (
	"encoding/binary"

	"github.com/cespare/xxhash/v2"
)

// Hasher takes the fingerprint of a stream of binary COPY in pieces of any size. It keeps no more of a row than the front of a
// field's length, however long the row is. It is for one goroutine.
type Hasher struct {
	copyFrame
	sum Fingerprint

	digest xxhash.Digest // of the tuple that is not whole yet
	left   int           // fields of it
}

// NewHasher reads tuples of so many fields.
func NewHasher(fields int) *Hasher { return &Hasher{copyFrame: copyFrame{fields: fields}} }

// Fingerprint is that of the tuples that have been whole.
func (h *Hasher) Fingerprint() Fingerprint { return h.sum }

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

// step takes in what comes next, some of it at least.
func (h *Hasher) step(b []byte) ([]byte, error) {
	if h.state != inTuple {
		b, begins, err := h.around(b)
		if begins {
			h.digest.Reset()
			h.write(h.small[:2])
			h.left, h.skip = h.fields, 0
			h.finish()
		}
		return b, err
	}
	if h.skip > 0 {
		n := min(h.skip, len(b))
		h.write(b[:n])
		b = b[n:]
		h.skip -= n
		h.finish()
		return b, nil
	}
	b, ok := h.gather(b, 4)
	if !ok {
		return b, nil
	}
	h.write(h.small[:4])
	h.left--
	n := int(int32(binary.BigEndian.Uint32(h.small[:])))
	if n < -1 {
		return nil, ErrStream
	}
	h.skip = max(n, 0)
	h.finish()
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
