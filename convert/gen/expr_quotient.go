package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// PostgreSQL cuts the quotient of two integers. A NUMBER of Oracle's may be one there: COUNT(*) and what is made of
// constants, also under another name in an inline view, a WITH item, a view, a cursor's row; and what the source does not tell.

// mayBeInteger reports whether a converted number can be of an integer type for PostgreSQL.
func (f frag) mayBeInteger() bool {
	return f.typ == pgInteger || f.typ == pgUnknown || f.loose
}

// dividend is the left side of / where both sides may be integers.
func dividend(a, b frag) frag {
	if a.mayBeInteger() && b.mayBeInteger() {
		return a.cast("numeric", pgNumeric)
	}
	return a
}

// looseName reports whether a name stands for a number that comes out of a query, so that PostgreSQL chooses its type:
// no column of a table, which is created as numeric.
func (g *gen) looseName(n *ast.Name, ref *resolve.Ref) bool {
	if ref.Object != nil && ref.Object.View == nil && ref.Column != nil {
		return false
	}
	switch ref.Kind {
	case resolve.Column:
		return true
	case resolve.Variable: // a field of a row
		base := g.info.Base(n)
		if g.f.NumParts(n) <= base.Parts || base.Ref == nil {
			return false
		}
		switch d := base.Ref.Decl.(type) {
		case *ast.Iterand:
			return true
		case *ast.VarDecl:
			return d.Type != nil && d.Type.Anchor != 0 && d.Type.Name != nil && g.ref(d.Type.Name).Kind == resolve.Cursor
		}
	}
	return false
}
