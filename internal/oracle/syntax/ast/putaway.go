package ast

// PutAway stands for the body of a routine whose tree was let go to save memory: it is the only statement of its
// Block then, and package parser makes the tree again out of the tokens (parser.ReadBack). Whoever walks into it has
// forgotten to ask for that: it panics rather than let a body pass for an empty one.
type PutAway struct{ at Span }

// Away reports whether the tree of a block was put away.
func (b *Block) Away() bool {
	if len(b.Stmts) != 1 {
		return false
	}
	_, is := b.Stmts[0].(*PutAway)
	return is
}

// PutAway lets go of everything in a block but its place, and the pragmas of its declarations without their arguments.
func (b *Block) PutAway() {
	var pragmas []Decl
	for _, d := range b.Decls {
		if p, ok := d.(*Pragma); ok {
			pragmas = append(pragmas, &Pragma{Span: p.Span, Kind: p.Kind})
		}
	}
	*b = Block{Span: b.Span, Begin: b.Begin, Decls: pragmas, Stmts: []Stmt{&PutAway{b.Span}}}
}

func (*PutAway) stmtNode() {}

// Range implements Node.
func (p *PutAway) Range() Span { return p.at }

// NodeKind implements Node.
func (*PutAway) NodeKind() NodeKind { return 0 }

// EachChild implements Node by refusing to.
func (*PutAway) EachChild(func(Node)) {
	panic("the body of this routine is put away: open its statement first")
}
