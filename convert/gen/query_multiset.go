package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// castMultiset converts CAST(MULTISET(query) AS type): the rows become an array of the type's elements.
func (g *gen) castMultiset(x *ast.Cast) frag {
	typ := g.dataType(x.Type, inCast)
	t := g.info.Type(x)
	fields, open := g.info.Row(x.Multiset)
	query := g.query(x.Multiset)
	if t.Class == resolve.ClassCollection && t.Elem != nil {
		switch t.Elem.Class {
		case resolve.ClassObject, resolve.ClassRecord:
			if len(fields) == 1 && !open && fields[0].Type.Class == t.Elem.Class {
				break // rows that are objects already
			}
			elem, ok := g.typeText(*t.Elem, inColumn)
			if !ok {
				return g.refuse(x, "multiset", "the type of the elements has no name")
			}
			at := g.alias()
			query = "SELECT ROW(" + at + ".*)::" + elem + " FROM (" + query + ") AS " + at
		}
	}
	return frag{s: "ARRAY(" + query + ")::" + typ, prec: precCast, typ: pgArray, notNull: true}
}
