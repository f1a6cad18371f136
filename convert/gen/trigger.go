package gen

import "landfall/internal/oracle/syntax/ast"

func (g *gen) createTrigger(x *ast.CreateTrigger) {
	g.refuse(x, "not-converted", "triggers are not converted")
}
