package resolve

import "sync"

// Release says that nobody asks this Info for a name, an expression or a Ref again, so that what holds them serves the next statement.
// Accesses, Dynamic and Depends stay. An Info that is never released is garbage like any other; one that is asked behind Release panics,
// as it would say of every name that it means nothing.
func (in *Info) Release() {
	if in.names.released {
		return
	}
	in.names.at = indexes.put(in.names.at)
	in.types.at = indexes.put(in.types.at)
	if in.lent {
		meaningRooms.put(in.names.list)
		typingRooms.put(in.types.list)
	}
	in.names, in.types = meanings{released: true}, typings{released: true}
}

// released is where the names and expressions of a released Info are looked for.
func released() { panic("resolve: asked about a statement that was released") }

// indexPool are the indexes by token, all zero.
type indexPool struct{ pool sync.Pool }

var indexes indexPool

// take gives an index of n zeros.
func (p *indexPool) take(n int) []uint32 {
	if at, ok := p.pool.Get().(*[]uint32); ok && cap(*at) >= n {
		return (*at)[:n]
	}
	return make([]uint32, n)
}

func (p *indexPool) put(at []uint32) []uint32 {
	if cap(at) == 0 {
		return nil
	}
	clear(at)
	p.pool.Put(&at)
	return nil
}
