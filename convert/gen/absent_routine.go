package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// absentRoutine tells, once an object, of a package or routine that is called and that the source does not have. PostgreSQL looks for
// it when the call runs, so that nothing else would tell.
func (g *gen) absentRoutine(n *ast.Name, ref *resolve.Ref) {
	if ref.Kind != resolve.Unknown || ref.Decl != nil || ref.Routine != nil || holeName.MatchString(g.source(n)) {
		return
	}
	parts := g.f.Parts(n)
	what, name := "routine", parts[len(parts)-1]
	if len(parts) > 1 {
		what, name = "package", parts[len(parts)-2]
	}
	if g.toldCalls == nil {
		g.toldCalls = map[string]bool{}
	}
	if key := what + name; !g.toldCalls[key] {
		g.toldCalls[key] = true
		g.report(n, "absent-routine", "the %s %s is not in the source: what this calls (%s) must be there, under the name it is called by, when it runs (told once)", what, name, g.source(n))
	}
}
