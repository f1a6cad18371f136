package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// assignOther converts an assignment to something that is no variable of PL/pgSQL: a package variable, an element of a
// collection. ok is false for what can be assigned to directly.
func (g *gen) assignOther(target ast.Expr, value frag) (text string, ok bool) {
	p, v := g.packageTarget(target)
	if v == nil {
		return "", false
	}
	if n, ok := target.(*ast.Name); ok && g.info.Base(n).Parts == len(g.f.Parts(n)) {
		return "CALL " + p.writer(v.name) + "(" + value.s + ")", true
	}
	g.refuse(target, "package-variable", "a part of the package variable %s is assigned to", g.what(target))
	return "", true
}
