package resolve

import (
	"slices"
	"sync"
)

// rooms are where what a statement has collects until its number is known, used again by the next statement: growing a list of its own
// for each leaves twice of it as garbage.
type rooms[T any] struct{ pool sync.Pool }

// take gives an empty list with room.
func (r *rooms[T]) take() []T {
	if room, ok := r.pool.Get().(*[]T); ok {
		return (*room)[:0]
	}
	return nil
}

// exact gives a list of its own for what has collected, and takes the room back.
func (r *rooms[T]) exact(room []T) []T {
	list := slices.Clone(room)
	clear(room) // or it would keep the tree
	r.pool.Put(&room)
	return list
}
