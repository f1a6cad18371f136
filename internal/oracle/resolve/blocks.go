package resolve

import "unsafe"

// blocks are where what a resolver makes in great numbers is cut from, which saves an allocation each. What one of a block serves longer
// keeps the block: little, as an Info is given up as a whole.
type blocks struct {
	refs       block[Ref]
	entries    block[entry]
	scopes     block[scope]
	signatures block[signature]
	fields     block[field]
	types      block[Type]
	shapes     block[shape]
	sources    block[source]
	accesses   block[access]
	reached    block[reached]
	params     block[param]
	names      block[declaredName]
	argTypes   block[*Type]
}

// block hands out values of one type. Each block is twice as long as the one before, up to 8 KB: most statements are short.
type block[T any] struct {
	rest []T
	made int
}

const maxBlock = 8192 - 8

func (b *block[T]) more(n int) {
	var none T
	most := max(maxBlock/int(unsafe.Sizeof(none)), n)
	b.made = max(min(2*b.made, most), min(4, most), n)
	b.rest = make([]T, b.made)
}

// of gives a place of its own to a value.
func (b *block[T]) of(v T) *T {
	if len(b.rest) == 0 {
		b.more(1)
	}
	x := &b.rest[0]
	b.rest = b.rest[1:]
	*x = v
	return x
}

// list gives an empty list with room for n.
func (b *block[T]) list(n int) []T {
	if n == 0 {
		return nil
	}
	if len(b.rest) < n {
		b.more(n)
	}
	x := b.rest[:0:n]
	b.rest = b.rest[n:]
	return x
}
