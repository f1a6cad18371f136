package value

import (
	"encoding/binary"

	"github.com/cespare/xxhash/v2"
)

// RowHasher takes the hash of every row of a stream of binary COPY, in pieces of any size. Of a row it keeps the fields that are asked
// for, which should be short, and nothing else, however long the row is. It is for one goroutine.
type RowHasher struct {
	copyFrame
	front int
	keep  []bool
	yield func(row HashedRow) error

	digest xxhash.Digest
	field  int    // that comes next, or is at hand
	inside bool   // a field is at hand
	kept   []byte // what the fields of the row hold
	ends   []int  // where each of them ends in kept; -1 for NULL
	row    HashedRow
}

// HashedRow is valid until its function comes back.
type HashedRow struct {
	Front [][]byte // the fields in front
	Kept  [][]byte // those of the others that were asked for, in their order; nil is NULL
	Hash  uint64   // of the tuple of the others, as Fingerprint takes it
}

// NewRowHasher reads tuples of so many fields. The first ones, front of them, are handed on and do not count; of the others those that keep
// names by their places are handed on too. Yield gets every row; its error ends the reading.
func NewRowHasher(fields, front int, keep []int, yield func(row HashedRow) error) *RowHasher {
	h := &RowHasher{copyFrame: copyFrame{fields: fields}, front: front, keep: make([]bool, fields), yield: yield}
	for i := range front {
		h.keep[i] = true
	}
	for _, i := range keep {
		h.keep[front+i] = true
	}
	return h
}

// Feed takes in a piece.
func (h *RowHasher) Feed(b []byte) error {
	for len(b) > 0 {
		var err error
		if b, err = h.step(b); err != nil {
			return err
		}
	}
	return nil
}

// step takes in what comes next, some of it at least.
func (h *RowHasher) step(b []byte) ([]byte, error) {
	if h.state != inTuple {
		b, begins, err := h.around(b)
		if !begins {
			return b, err
		}
		h.digest.Reset()
		binary.BigEndian.PutUint16(h.small[:], uint16(h.fields-h.front))
		h.write(h.small[:2])
		h.field, h.inside, h.kept, h.ends = 0, false, h.kept[:0], h.ends[:0]
		return b, h.finish()
	}
	if !h.inside {
		b, ok := h.gather(b, 4)
		if !ok {
			return b, nil
		}
		return b, h.begin(int(int32(binary.BigEndian.Uint32(h.small[:]))))
	}
	n := min(h.skip, len(b))
	if h.field >= h.front {
		h.write(b[:n])
	}
	if h.keep[h.field] {
		h.kept = append(h.kept, b[:n]...)
	}
	if h.skip -= n; h.skip == 0 {
		return b[n:], h.end(len(h.kept))
	}
	return b[n:], nil
}

// begin is the length of a field.
func (h *RowHasher) begin(length int) error {
	if length < -1 {
		return ErrStream
	}
	if h.field >= h.front {
		h.write(h.small[:4])
	}
	h.skip, h.inside = length, length > 0
	switch {
	case h.inside:
		return nil
	case length < 0:
		return h.end(-1)
	}
	return h.end(len(h.kept))
}

// end is that of a field; at is where it ends in kept.
func (h *RowHasher) end(at int) error {
	if h.keep[h.field] {
		h.ends = append(h.ends, at)
	}
	h.inside = false
	h.field++
	return h.finish()
}

// finish hands the row on once it is whole.
func (h *RowHasher) finish() error {
	if h.field < h.fields {
		return nil
	}
	h.state = atTuple
	h.row.Front, h.row.Kept, h.row.Hash = h.row.Front[:0], h.row.Kept[:0], h.digest.Sum64()
	from := 0
	for i, end := range h.ends {
		var v []byte
		if end >= 0 {
			v, from = h.kept[from:end:end], end
		}
		if i < h.front {
			h.row.Front = append(h.row.Front, v)
		} else {
			h.row.Kept = append(h.row.Kept, v)
		}
	}
	return h.yield(h.row)
}

func (h *RowHasher) write(b []byte) { _, _ = h.digest.Write(b) } // never fails
