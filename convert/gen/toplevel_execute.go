package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// execute converts EXECUTE stmt of SQL*Plus, which is BEGIN stmt; END;
func (g *gen) execute(x *ast.PlusCommand) {
	if len(x.Handlers) > 0 {
		g.refuse(x, "not-converted", "EXECUTE with handlers: write it as a block")
		g.refusedStatement(x)
		return
	}
	if g.hostStatement(x) {
		return
	}
	g.body = &routine{node: x}
	g.body.facts = g.bodyFacts(x, nil)
	call, ok := x.Body[0].(*ast.CallStmt)
	text := ""
	if ok && len(x.Body) == 1 {
		text = g.callStmt(call)
		ok = strings.HasPrefix(text, "CALL ") && len(g.body.before) == 0 && len(g.body.after) == 0 && len(g.body.decls) == 0
	}
	if !ok {
		g.body = &routine{node: x}
		g.body.facts = g.bodyFacts(x, nil)
		text = "DO " + dollar("\n"+g.blockOf(x.Body)+";\n")
	}
	g.body = nil
	g.script(x, PhaseScript, text)
}

// blockOf is a block of statements that stand in none.
func (g *gen) blockOf(stmts []ast.Stmt) string {
	var list []string
	for _, s := range stmts {
		list = append(list, "  "+strings.TrimSpace(g.stmt(s))+";\n")
	}
	head := ""
	for _, d := range g.body.decls {
		head += "    " + d + ";\n"
	}
	if head != "" {
		head = "DECLARE\n" + head
	}
	return head + "BEGIN\n" + strings.Join(list, "") + "END"
}
