package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// assignment converts target := value where PostgreSQL has no assignment for the target: variables of packages.
func (g *gen) assignment(x *ast.AssignStmt) (string, bool) {
	p, v := g.packageTarget(x.Target)
	if v == nil {
		return "", false
	}
	if n, ok := x.Target.(*ast.Name); ok && g.info.Base(n).Parts == len(g.f.Parts(n)) {
		return "CALL " + p.writer(v.name) + "(" + g.text(x.Value) + ")", true
	}
	g.refuse(x, "package-variable", "a part of the package variable %s is assigned to", g.what(x.Target))
	return "", true
}
