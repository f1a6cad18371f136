package ast

import "landfall/internal/oracle/syntax/token"

// Name is a possibly qualified name: a  a.b  a.b.c  a.b@link  :new.x  pkg.proc  "A"."b"  t.*
// The parts are not stored: File.Parts reads them from the tokens. Star is set for t.* and a bare * in a
// select list; Link is the token index of the @ of a database link, 0 without one (an @ is never token 0).
type Name struct {
	Span
	Link uint32
	Star bool
}

func (*Name) exprNode() {}

// Parts gives the folded parts of a name before the database link, the star excluded.
func (f *File) Parts(n *Name) []string {
	if n.Hi-n.Lo == 1 {
		if t := f.Tokens[n.Lo]; t.Flags&token.FlagInactive == 0 && t.Kind != token.Star {
			return []string{f.Ident(n.Lo)}
		}
	}
	parts := make([]string, 0, f.NumParts(n))
	for i := f.NextPart(n.Lo, n.Hi); i < n.Hi; i = f.NextPart(i+1, n.Hi) {
		parts = append(parts, f.Ident(i))
	}
	return parts
}

// NumParts is the number of parts that Parts gives.
func (f *File) NumParts(n *Name) int {
	count := 0
	for i := f.NextPart(n.Lo, n.Hi); i < n.Hi; i = f.NextPart(i+1, n.Hi) {
		count++
	}
	return count
}

// NextPart is the token of the next part at or behind token i of a name that ends before hi; hi where there is none before the
// database link. It is no iterator: with its closure that would be two allocations more, for every name.
func (f *File) NextPart(i, hi uint32) uint32 {
	for ; i < hi; i++ {
		switch t := f.Tokens[i]; {
		case t.Flags&token.FlagInactive != 0, t.Kind == token.Dot, t.Kind == token.Star:
		case t.Kind == token.At:
			return hi
		default:
			return i
		}
	}
	return hi
}

// First is the folded first part of a name, "" when there is none.
func (f *File) First(n *Name) string {
	for i := n.Lo; i < n.Hi; i++ {
		t := f.Tokens[i]
		switch {
		case t.Flags&token.FlagInactive != 0:
		case t.Kind == token.At, t.Kind == token.Dot, t.Kind == token.Star:
			return ""
		default:
			return f.Ident(i)
		}
	}
	return ""
}

// Last is the folded last part of a name, "" when there is none.
func (f *File) Last(n *Name) string {
	last := n.Hi
	for i := f.NextPart(n.Lo, n.Hi); i < n.Hi; i = f.NextPart(i+1, n.Hi) {
		last = i
	}
	if last == n.Hi {
		return ""
	}
	return f.Ident(last)
}

// LinkName is the database link of a name as written after the @, "" without one.
func (f *File) LinkName(n *Name) string {
	if n.Link == 0 {
		return ""
	}
	a, b := f.Tokens[n.Link].End(), f.Tokens[n.Hi-1].End()
	return string(f.Src[a:b])
}
