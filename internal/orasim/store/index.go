package store

import (
	"slices"
	"sort"
	"sync"
)

// Index finds the places that have or once had a key. Who looks something up must read the row and compare: entries
// stay when a row leaves its key, because older snapshots still need them.
type Index struct {
	mu sync.RWMutex
	m  map[string][]Ref
	// of an index that ranges are read of: its keys in order, and those that came since
	ordered bool
	sorted  []string
	fresh   []string
}

// NewIndex is an empty index.
func NewIndex() *Index { return &Index{m: map[string][]Ref{}} }

// Add enters a row that has got a key, behind all others with it: of two that enter the same key, the second waits for
// the first. Rolling back takes the entry out.
func (tx *Tx) Add(x *Index, key string, r Ref) {
	x.mu.Lock()
	x.note(key)
	x.m[key] = append(without(x.m[key], r), r)
	x.mu.Unlock()
	tx.undo = append(tx.undo, change{ref: r, index: x, key: key})
}

// Load enters a row of an index that is being built, outside of any transaction.
func (x *Index) Load(key string, r Ref) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.note(key)
	x.m[key] = append(x.m[key], r)
}

// note remembers a key that is new to an index in order.
func (x *Index) note(key string) {
	if x.ordered && len(x.m[key]) == 0 {
		x.fresh = append(x.fresh, key)
	}
}

// Range gives the keys from the first one that low takes up to the last one that high takes, in order; low holds for all keys
// behind one that it holds for, high for all in front. Keys may have no place any more. The first call puts the keys in
// order, which is always by the same less; later ones put what came since among them.
func (x *Index) Range(less func(a, b string) bool, low, high func(key string) bool) []string {
	x.mu.Lock()
	if !x.ordered {
		x.ordered = true
		x.fresh = make([]string, 0, len(x.m))
		for k := range x.m {
			x.fresh = append(x.fresh, k)
		}
	}
	if len(x.fresh) > 0 {
		slices.SortFunc(x.fresh, func(a, b string) int {
			switch {
			case less(a, b):
				return -1
			case less(b, a):
				return 1
			}
			return 0
		})
		all := make([]string, 0, len(x.sorted)+len(x.fresh)) // others may be reading the old one
		old := x.sorted
		for _, k := range x.fresh {
			for len(old) > 0 && !less(k, old[0]) {
				all, old = append(all, old[0]), old[1:]
			}
			if n := len(all); n == 0 || all[n-1] != k { // a key that was gone, and is back
				all = append(all, k)
			}
		}
		x.sorted, x.fresh = append(all, old...), nil
	}
	keys := x.sorted
	x.mu.Unlock()
	from := sort.Search(len(keys), func(i int) bool { return low(keys[i]) })
	to := sort.Search(len(keys), func(i int) bool { return !high(keys[i]) })
	return keys[from:max(from, to)]
}

// Refs are the places entered for a key, in order of their entry.
func (x *Index) Refs(key string) []Ref {
	x.mu.RLock()
	defer x.mu.RUnlock()
	refs := x.m[key]
	return refs[:len(refs):len(refs)]
}

// remove takes out one entry; the row may have had the key before, and then it is found by its older state no more
// quickly: a re-entered row keeps its place.
func (x *Index) remove(key string, r Ref) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if r.slot().head.Load() != nil {
		return // an older state of the row may have this key too: entries are only hints
	}
	refs := without(x.m[key], r)
	if len(refs) == 0 {
		delete(x.m, key)
		return
	}
	x.m[key] = refs
}

// without copies: readers may hold the old slice.
func without(refs []Ref, r Ref) []Ref {
	for i, o := range refs {
		if o == r {
			return append(append(make([]Ref, 0, len(refs)), refs[:i]...), refs[i+1:]...)
		}
	}
	return refs
}
