package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// collectionCast converts TREAT, CAST(MULTISET(query) AS type) and CAST(collection AS type); ok is false for other casts.
func (g *gen) collectionCast(x *ast.Cast) (frag, bool) {
	if x.Fn == token.TREAT {
		return g.treat(x), true
	}
	if x.Type == nil || x.Type.Name == nil {
		return frag{}, false
	}
	t := *g.ref(x.Type.Name).TypeOf()
	if x.Multiset != nil {
		return g.multisetCast(x, t), true
	}
	if t.Class == resolve.ClassCollection && x.X != nil {
		if typ, ok := g.typeText(t, inParameter); ok {
			return g.expr(x.X).cast(typ, pgArray), true
		}
	}
	return frag{}, false
}

// multisetCast is the rows of a query as a collection.
func (g *gen) multisetCast(x *ast.Cast, t resolve.Type) frag {
	query := strings.TrimSpace(g.query(x.Multiset))
	typ, ok := g.typeText(t, inParameter)
	if !ok {
		typ = g.dataType(x.Type, inCast)
	}
	if t.Elem != nil && (t.Elem.Class == resolve.ClassObject || t.Elem.Class == resolve.ClassRecord) && !g.jsonObject(*t.Elem) {
		if b, ok := x.Multiset.Body.(*ast.QueryBlock); !ok || len(b.Items) > 1 || !g.isObject(b.Items[0].X) {
			if elem, ok := g.typeText(*t.Elem, inParameter); ok {
				alias := g.alias()
				query = "SELECT ROW(" + alias + ".*)::" + elem + " FROM (" + query + ") AS " + alias
			}
		}
	}
	return frag{s: "ARRAY(" + query + ")::" + typ, prec: precCast, typ: pgArray, notNull: true}
}

// isObject reports whether an expression is an object or record as a whole.
func (g *gen) isObject(e ast.Expr) bool {
	if n, ok := e.(*ast.Name); ok && n.Star {
		return false
	}
	c := g.class(e)
	return c == resolve.ClassObject || c == resolve.ClassRecord
}
