package resolve

import (
	"iter"

	"landfall/internal/oracle/syntax/ast"
)

// meanings are what the names of one statement mean, found by the token that a name begins with: an estate has a name every
// four tokens, and a map by name takes three times the memory and the time. It is written by the goroutine that
// resolves and only read afterwards.
type meanings struct {
	lo    uint32
	at    []uint32   // by token behind lo: 1 + the place in list of the name that begins there, 0 for none
	list  []meaning  // in order of first mention
	items []ast.Node // items of FROM and targets of DML that columns are of
	bases []Base     // what names of several parts begin with
	// more are names that begin outside of the statement, or at the token of another one.
	more map[*ast.Name]*meaning
}

// meaning is what one name means. The indexes count from 1; 0 is none.
type meaning struct {
	name *ast.Name
	ref  *Ref
	item uint32 // of meanings.items
	base uint32 // of meanings.bases
}

// newMeanings makes room for the names of a statement; s may be nil.
func newMeanings(s ast.Stmt) meanings {
	if s == nil {
		return meanings{}
	}
	r := s.Range()
	n := int(r.Hi - r.Lo)
	return meanings{lo: r.Lo, at: make([]uint32, n), list: meaningRooms.take()}
}

var meaningRooms rooms[meaning]

// finish leaves no more room than the names take. None gets a meaning behind it.
func (m *meanings) finish() { m.list = meaningRooms.exact(m.list) }

// find gives the meaning of a name, nil where it has none yet. It holds until the next call of make.
func (m *meanings) find(n *ast.Name) *meaning {
	if i := int(n.Lo) - int(m.lo); i >= 0 && i < len(m.at) && m.at[i] != 0 {
		if x := &m.list[m.at[i]-1]; x.name == n {
			return x
		}
	}
	return m.more[n] // nil for most
}

// make is find for a name that gets a meaning now.
func (m *meanings) make(n *ast.Name) *meaning {
	if x := m.find(n); x != nil {
		return x
	}
	if i := int(n.Lo) - int(m.lo); i >= 0 && i < len(m.at) && m.at[i] == 0 {
		m.list = append(m.list, meaning{name: n})
		m.at[i] = uint32(len(m.list))
		return &m.list[len(m.list)-1]
	}
	if m.more == nil {
		m.more = map[*ast.Name]*meaning{}
	}
	x := &meaning{name: n}
	m.more[n] = x
	return x
}

// of notes the item of FROM that a column belongs to.
func (m *meanings) of(n *ast.Name, item ast.Node) {
	if k := len(m.items); k == 0 || m.items[k-1] != item { // columns of one item stand together more often than not
		m.items = append(m.items, item)
	}
	m.make(n).item = uint32(len(m.items))
}

// begins notes what a name of several parts begins with.
func (m *meanings) begins(n *ast.Name, b Base) {
	x := m.make(n)
	if x.base != 0 {
		m.bases[x.base-1] = b
		return
	}
	m.bases = append(m.bases, b)
	x.base = uint32(len(m.bases))
}

// Names gives every name that means something with what it means, those of the statement itself in order of first mention.
func (in *Info) Names() iter.Seq2[*ast.Name, *Ref] {
	return func(yield func(*ast.Name, *Ref) bool) {
		for i := range in.names.list {
			if x := &in.names.list[i]; x.ref != nil && !yield(x.name, x.ref) {
				return
			}
		}
		for n, x := range in.names.more {
			if x.ref != nil && !yield(n, x.ref) {
				return
			}
		}
	}
}
