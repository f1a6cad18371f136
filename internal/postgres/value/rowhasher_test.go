package value

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/cespare/xxhash/v2"
)

// TestRowHasher holds hashes and fields that are handed on against rows taken apart whole, whatever the pieces are.
func TestRowHasher(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	stream := AppendHeader(nil)
	var want []string
	for range 200 {
		var fields [4][]byte
		for i := range fields {
			switch r.IntN(5) {
			case 0: // NULL
			case 1:
				fields[i] = []byte{}
			default:
				fields[i] = bytes.Repeat([]byte{byte(r.Uint32())}, r.IntN(60))
			}
		}
		tuple := binary.BigEndian.AppendUint16(nil, 4)
		own := binary.BigEndian.AppendUint16(nil, 2)
		for i, f := range fields {
			field := null[:]
			if f != nil {
				field = append(binary.BigEndian.AppendUint32(nil, uint32(len(f))), f...)
			}
			tuple = append(tuple, field...)
			if i >= 2 {
				own = append(own, field...)
			}
		}
		stream = append(stream, tuple...)
		want = append(want, fmt.Sprintf("%x %x %x %v %d", fields[0], fields[1], fields[3], fields[3] == nil, xxhash.Sum64(own)))
	}
	stream = AppendTrailer(stream)
	for _, size := range []int{1, 2, 3, 7, 64, 1000, len(stream)} {
		at := 0
		h := NewRowHasher(4, 2, []int{1}, func(row HashedRow) error {
			if got := fmt.Sprintf("%x %x %x %v %d", row.Front[0], row.Front[1], row.Kept[0], row.Kept[0] == nil, row.Hash); got != want[at] {
				t.Fatalf("in pieces of %d, row %d: %s, want %s", size, at, got, want[at])
			}
			at++
			return nil
		})
		for from := 0; from < len(stream); from += size {
			if err := h.Feed(stream[from:min(from+size, len(stream))]); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.Close(); err != nil || at != len(want) {
			t.Errorf("in pieces of %d: %d rows, %v", size, at, err)
		}
	}
	stop := errors.New("stop")
	if err := NewRowHasher(4, 2, nil, func(HashedRow) error { return stop }).Feed(stream); err != stop {
		t.Error(err)
	}
	for _, bad := range [][]byte{stream[:len(stream)-1], append([]byte("x"), stream...), stream[:30]} {
		h := NewRowHasher(4, 2, nil, func(HashedRow) error { return nil })
		if err := errors.Join(h.Feed(bad), h.Close()); !errors.Is(err, ErrStream) {
			t.Errorf("%v", err)
		}
	}
	if err := NewRowHasher(5, 2, nil, nil).Feed(stream); !errors.Is(err, ErrStream) {
		t.Error(err)
	}
}
