package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// element converts t(i), the element of a collection.
func (g *gen) element(c *ast.Call, n *ast.Name, _ *resolve.Ref) frag {
	return g.refuse(c, "collection-type", "the element %s is not converted", g.what(n))
}

// chain converts f(1)(2).x and the like.
func (g *gen) chain(c *ast.Call) frag {
	return g.refuse(c, "not-converted", "no PostgreSQL form is known for %s", g.what(c))
}

// constructor converts a call of a type's constructor.
func (g *gen) constructor(c *ast.Call, _ *ast.Name, _ *resolve.Ref) frag {
	return g.refuse(c, "object-type", "the constructor %s is not converted", g.what(c))
}

func (g *gen) newExpr(x *ast.New) frag { return g.expr(x.Call) }

func (g *gen) memberOf(x *ast.Member) frag {
	return g.refuse(x, "multiset", "no PostgreSQL form is known for %s", g.what(x))
}

func (g *gen) multiset(x *ast.Multiset) frag {
	return g.refuse(x, "multiset", "no PostgreSQL form is known for %s", g.what(x))
}

func (g *gen) asType(x *ast.AsType) frag {
	return g.refuse(x, "object-type", "no PostgreSQL form is known for %s", g.what(x))
}
