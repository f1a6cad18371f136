package gen

import (
	"hash/maphash"
	"sync/atomic"
)

// foldCache keeps the PostgreSQL names of the Oracle names that were asked for last, one for each hash: a unit asks for the same names over and over,
// and each would be made anew. Any number of goroutines may use it at once.
type foldCache struct {
	seed  maphash.Seed
	names [1 << 13]atomic.Pointer[foldedName]
}

type foldedName struct{ name, folded string }

// get gives what fold makes of a name, which must depend on the name alone.
func (c *foldCache) get(name string, fold func(string) string) string {
	at := &c.names[maphash.String(c.seed, name)%uint64(len(c.names))]
	if x := at.Load(); x != nil && x.name == name {
		return x.folded
	}
	x := &foldedName{name, fold(name)}
	at.Store(x)
	return x.folded
}
