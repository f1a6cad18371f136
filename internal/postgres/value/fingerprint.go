package value

import (
	"fmt"

	"github.com/cespare/xxhash/v2"
)

// Fingerprint is what two sets of rows are compared by: the sum of the hashes of their tuples, whatever their order. It
// finds accidents, not forgery.
type Fingerprint struct {
	Sum  uint64 // of xxhash64 of each tuple, from its number of fields to its last field, mod 2^64
	Rows int64
}

// Add takes in a tuple.
func (f *Fingerprint) Add(tuple []byte) {
	f.Sum += xxhash.Sum64(tuple)
	f.Rows++
}

// Plus is the fingerprint of both sets.
func (f Fingerprint) Plus(o Fingerprint) Fingerprint {
	return Fingerprint{f.Sum + o.Sum, f.Rows + o.Rows}
}

// String is the sum in hex, a colon, and the number of rows.
func (f Fingerprint) String() string { return fmt.Sprintf("%016x:%d", f.Sum, f.Rows) }
