package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// memberOf converts x MEMBER OF t and a SUBMULTISET OF b (SQL Language Reference, "Multiset Conditions").
func (g *gen) memberOf(x *ast.Member) frag {
	a, b := g.expr(x.X), g.expr(x.Y)
	if g.keysOf(g.info.Type(x.Y)) != resolve.ClassUnknown {
		return g.refuse(x, "multiset", "multiset conditions take nested tables only")
	}
	var f frag
	if x.Op == token.SUBMULTISET {
		f = callFrag(g.use("submultiset"), pgBoolean, a.s, b.s)
	} else {
		f = frag{s: a.in(precCompare+1) + " = ANY (" + b.s + ")", prec: precCompare, typ: pgBoolean}
	}
	if x.Not {
		return frag{s: "NOT " + f.in(precNot), prec: precNot, typ: pgBoolean}
	}
	return f
}

// multiset converts MULTISET UNION, EXCEPT and INTERSECT (SQL Language Reference, "Multiset Operators").
func (g *gen) multiset(x *ast.Multiset) frag {
	name := "multiset_" + strings.ToLower(x.Op.String())
	if x.Dist == token.DISTINCT {
		name += "_distinct"
	}
	f := callFrag(g.use(name), pgArray, g.text(x.X), g.text(x.Y))
	if typ, ok := g.typeText(g.info.Type(x), inParameter); ok {
		return f.cast(typ, pgArray)
	}
	return f
}

// collectionIs converts IS [NOT] EMPTY and IS [NOT] A SET.
func (g *gen) collectionIs(x *ast.Is) (frag, bool) {
	v := g.text(x.X)
	count := "cardinality(" + v + ")"
	if g.keysOf(g.info.Type(x.X)) != resolve.ClassUnknown {
		count = g.use("aa_count") + "(" + v + ")"
	}
	switch x.What {
	case token.EMPTY:
		op := " = 0"
		if x.Not {
			op = " > 0"
		}
		return frag{s: count + op, prec: precCompare, typ: pgBoolean}, true
	case token.SET:
		f := callFrag(g.use("is_a_set"), pgBoolean, v)
		if x.Not {
			return frag{s: "NOT " + f.s, prec: precNot, typ: pgBoolean}, true
		}
		return f, true
	}
	return frag{}, false
}

// collectionCompare converts a = b and a <> b of nested tables, which are equal when they hold the same elements in any
// order (PL/SQL Language Reference, "Collection Comparisons").
func (g *gen) collectionCompare(x *ast.Binary) (frag, bool) {
	if g.class(x.X) != resolve.ClassCollection || g.class(x.Y) != resolve.ClassCollection {
		return frag{}, false
	}
	f := callFrag(g.use("multiset_equal"), pgBoolean, g.text(x.X), g.text(x.Y))
	if x.Op.Kind == token.NE {
		return frag{s: "NOT " + f.s, prec: precNot, typ: pgBoolean}, true
	}
	return f, x.Op.Kind == token.EQ
}

func init() {
	builtins["CARDINALITY"] = func(g *gen, n *ast.Name, c *ast.Call) frag {
		a := g.args(c)
		if len(a) != 1 {
			return g.refuse(n, "multiset", "CARDINALITY takes one argument")
		}
		return callFrag("cardinality", pgInteger, a[0].s)
	}
	builtins["SET"] = func(g *gen, n *ast.Name, c *ast.Call) frag {
		a := g.args(c)
		if len(a) != 1 {
			return g.refuse(n, "multiset", "SET takes one argument")
		}
		f := callFrag(g.use("set"), pgArray, a[0].s)
		if typ, ok := g.typeText(g.info.Type(c), inParameter); ok {
			return f.cast(typ, pgArray)
		}
		return f
	}
}
