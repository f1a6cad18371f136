package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// textOfAbsent is the text of a value whose type is not known here, for a place of text: a variable, TO_CHAR. PostgreSQL would
// write 5.50 for a numeric(7,2) where Oracle gives 5.5. ok is false for others.
func (g *gen) textOfAbsent(e ast.Expr, f frag) (frag, bool) {
	if f.typ != pgUnknown || g.immutable || !g.absentValue(e) {
		return f, false
	}
	return g.textOfUntyped(f), true
}

// absentValue reports whether an expression reads something that has a type, but none that is known here. What a host
// program binds has none: its text form is the program's.
func (g *gen) absentValue(e ast.Expr) bool {
	if e == nil {
		return false
	}
	switch g.class(e) {
	case resolve.ClassUnknown, resolve.ClassNumber, resolve.ClassInteger:
	default:
		return false
	}
	reads, bound := false, false
	ast.Walk(e, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.BindExpr:
			bound = true
		case *ast.Name:
			reads = true
		}
		return true
	})
	return reads && !bound
}
