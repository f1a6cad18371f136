package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// createType converts CREATE TYPE: collections become domains, object types composite types.
func (g *gen) createType(x *ast.CreateType) {
	switch d := x.Def.(type) {
	case *ast.CollectionType:
		schema, name := g.createdName(x.Name)
		t := *g.ref(x.Name).TypeOf()
		g.emit(&Output{
			Phase: max(PhaseType, g.typePhase(t)), Schema: schema, Name: name,
			SQL: g.mark(x) + "CREATE DOMAIN " + g.e.names.ident2(schema, name) + " AS " + g.collectionBase(d, t) + ";\n",
		})
	case *ast.ObjectType:
		g.createObjectType(x, d)
	case nil: // an incomplete type is completed by another statement
	default:
		g.refuse(x, "object-type", "no PostgreSQL type stands for %s", g.what(x))
	}
}

// createdName is the schema and name, unquoted, of what a CREATE makes.
func (g *gen) createdName(n *ast.Name) (schema, name string) {
	parts := g.f.Parts(n)
	if len(parts) == 0 {
		return "", ""
	}
	name = g.e.names.fold(parts[len(parts)-1])
	if len(parts) > 1 {
		schema = g.e.names.schema(parts[len(parts)-2])
	} else if o := g.ref(n).Object; o != nil {
		schema = g.e.names.schema(o.Schema)
	}
	return schema, name
}
