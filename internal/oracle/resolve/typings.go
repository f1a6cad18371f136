package resolve

import "landfall/internal/oracle/syntax/ast"

// typings are the types of the expressions of one statement, found by the token that an expression begins with, as meanings
// finds names: half of what a map by expression takes, in time and memory. It is written by the goroutine that resolves and only read
// afterwards.
type typings struct {
	lo   uint32
	at   []uint32 // by token behind lo: 1 + the place in list of the last expression that begins there, 0 for none
	list []typing
	more map[ast.Expr]*Type // of expressions that begin outside of the statement
}

// typing is the type of one expression; before is 1 + the place of another one that begins with the same token.
type typing struct {
	expr   ast.Expr
	typ    *Type
	before uint32
}

// newTypings makes room for the expressions of a statement; s may be nil.
func newTypings(s ast.Stmt) typings {
	if s == nil {
		return typings{}
	}
	r := s.Range()
	return typings{lo: r.Lo, at: make([]uint32, r.Hi-r.Lo), list: typingRooms.take()}
}

var typingRooms rooms[typing]

// finish leaves no more room than the types take. No expression gets one behind it.
func (t *typings) finish() { t.list = typingRooms.exact(t.list) }

// find gives the type of an expression, nil where it has none.
func (t *typings) find(e ast.Expr) *Type {
	i := int(e.Range().Lo) - int(t.lo)
	if i < 0 || i >= len(t.at) {
		return t.more[e]
	}
	if x := t.typing(i, e); x != nil {
		return x.typ
	}
	return nil
}

func (t *typings) typing(i int, e ast.Expr) *typing {
	for k := t.at[i]; k != 0; k = t.list[k-1].before {
		if x := &t.list[k-1]; x.expr == e {
			return x
		}
	}
	return nil
}

// set gives an expression a type, in place of the one it may have.
func (t *typings) set(e ast.Expr, typ *Type) {
	i := int(e.Range().Lo) - int(t.lo)
	if i < 0 || i >= len(t.at) {
		if t.more == nil {
			t.more = map[ast.Expr]*Type{}
		}
		t.more[e] = typ
		return
	}
	if x := t.typing(i, e); x != nil {
		x.typ = typ
		return
	}
	t.list = append(t.list, typing{e, typ, t.at[i]})
	t.at[i] = uint32(len(t.list))
}
