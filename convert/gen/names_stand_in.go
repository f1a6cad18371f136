package gen

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// standIn finds the table or view that a name with a schema means where the source creates none in that schema, but one of
// the name in a script that does not say whose it is: such scripts are run by the owner. A finding tells what was taken.
// o is what the catalog has by the name itself: nothing, or an object that statements only mention.
func (g *gen) standIn(at ast.Node, o *model.Object, schema, name string) *model.Object {
	if g.e.SourceOrder || schema == "" || o != nil && !o.Implied {
		return o
	}
	for _, k := range []model.ObjectKind{model.KindTable, model.KindView, model.KindMaterializedView} {
		if c := g.e.Catalog.Find(k, "", name); c != nil && !c.Implied {
			g.reportAs(at, "not-converted", model.Medium, model.Review, "%s.%s is not in the source: %s, which a script creates without saying in which schema, is taken for it",
				model.CatalogIdent(schema), model.CatalogIdent(name), model.CatalogIdent(name))
			return c
		}
	}
	return o
}

// standInOf is standIn for a name as written.
func (g *gen) standInOf(n *ast.Name, o *model.Object) *model.Object {
	if o != nil && !o.Implied || n.Link != 0 || g.f.NumParts(n) != 2 { // of nearly all names: nothing is to be found out
		return o
	}
	p := g.f.Parts(n)
	return g.standIn(n, o, p[0], p[1])
}
