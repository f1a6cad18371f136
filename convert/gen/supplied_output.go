package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// DBMS_OUTPUT is orafce's dbms_output: a buffer of the session that a program reads, as with Oracle. NULL prints an empty
// line; orafce's functions are strict and would print none (PL/SQL Packages and Types Reference 19c, "DBMS_OUTPUT").
func outputMembers() {
	printed := func(fn string) func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		return func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
			g.need("orafce")
			return g.perform("dbms_output."+fn, g.shown(v[0]))
		}
	}
	suppliedProcs["DBMS_OUTPUT.PUT_LINE"] = suppliedProc{"A", printed("put_line")}
	suppliedProcs["DBMS_OUTPUT.PUT"] = suppliedProc{"A", printed("put")}
	suppliedProcs["DBMS_OUTPUT.NEW_LINE"] = suppliedProc{"", func(g *gen, x *ast.CallStmt, _ []ast.Expr) string {
		g.need("orafce")
		return "PERFORM dbms_output.new_line()"
	}}
	suppliedProcs["DBMS_OUTPUT.ENABLE"] = suppliedProc{"BUFFER_SIZE?", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		g.need("orafce")
		if v[0] == nil || g.isNull(v[0]) { // no limit
			return "PERFORM dbms_output.enable(NULL)"
		}
		return g.perform("dbms_output.enable", g.integer(v[0]).s)
	}}
	suppliedProcs["DBMS_OUTPUT.DISABLE"] = suppliedProc{"", func(g *gen, x *ast.CallStmt, _ []ast.Expr) string {
		g.need("orafce")
		return "PERFORM dbms_output.disable()"
	}}
	suppliedProcs["DBMS_OUTPUT.GET_LINE"] = suppliedProc{"LINE STATUS", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		g.need("orafce")
		return "SELECT l.line, l.status INTO " + g.outTarget(v[0]) + ", " + g.outTarget(v[1]) + " FROM dbms_output.get_line() AS l"
	}}
}
