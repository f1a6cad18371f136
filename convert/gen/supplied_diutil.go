package gen

import "landfall/internal/oracle/syntax/ast"

// diutilMembers are those of SYS.DIUTIL, which generated code calls although no manual has it: its own source documents
// BOOL_TO_INT as 1 for TRUE, 0 for FALSE and NULL for NULL.
func diutilMembers() {
	suppliedFuncs["DIUTIL.BOOL_TO_INT"] = suppliedFunc{"B", func(g *gen, at ast.Node, v []ast.Expr) frag {
		return g.expr(v[0]).cast("integer", pgInteger)
	}}
}
