package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// autonomousPragma converts PRAGMA AUTONOMOUS_TRANSACTION.
func (g *gen) autonomousPragma(x *ast.Pragma) string {
	g.refuse(x, "autonomous-transaction", "the autonomous transaction is not converted")
	return ""
}

// nestedRoutine converts a routine that is declared in another; it gives what stands in the declaration section.
func (g *gen) nestedRoutine(x *ast.Routine) string {
	g.refuse(x, "nested-subprogram", "the nested routine %s is not converted", g.f.Last(x.Name))
	return ""
}

// gotoStmt converts GOTO.
func (g *gen) gotoStmt(x *ast.Goto) string {
	g.refuse(x, "goto", "GOTO %s is not converted", g.source(x.Label))
	return "NULL"
}

// labeled converts a statement that a GOTO can go to.
func (g *gen) labeled(x *ast.Labeled) string { return g.stmt(x.Stmt) }

// collectionLoop converts FOR loops over collections and the iterators of 21c.
func (g *gen) collectionLoop(x *ast.For) string {
	g.refuse(x.Iter, "not-converted", "no PostgreSQL form is known for this iterator")
	return "NULL"
}

// suppliedStmt converts a call of a procedure of a supplied package as a statement.
func (g *gen) suppliedStmt(x *ast.CallStmt) string { return "PERFORM " + g.text(x.Call) }

// extraArgs are arguments that a routine takes besides those of the source: the object of a method, what a nested
// routine uses of the routine around it.
func (g *gen) extraArgs(n *ast.Name, c *ast.Call) (before, behind []extraArg) { return nil, nil }

// extraArg is one of them: its text; out tells that it is a variable that is set.
type extraArg struct {
	text string
	out  bool
}
