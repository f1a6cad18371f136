package store

import "sync"

// Index finds the places that have or once had a key. Who looks something up must read the row and compare: entries
// stay when a row leaves its key, because older snapshots still need them.
type Index struct {
	mu sync.RWMutex
	m  map[string][]Ref
}

// NewIndex is an empty index.
func NewIndex() *Index { return &Index{m: map[string][]Ref{}} }

// Add enters a row that has got a key, behind all others with it: of two that enter the same key, the second waits for
// the first. Rolling back takes the entry out.
func (tx *Tx) Add(x *Index, key string, r Ref) {
	x.mu.Lock()
	x.m[key] = append(without(x.m[key], r), r)
	x.mu.Unlock()
	tx.undo = append(tx.undo, change{ref: r, index: x, key: key})
}

// Load enters a row of an index that is being built, outside of any transaction.
func (x *Index) Load(key string, r Ref) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.m[key] = append(x.m[key], r)
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
