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

// localTypeDecl converts a type that a routine declares; it gives what stands in the declaration section.
func (g *gen) localTypeDecl(x *ast.TypeDecl) string {
	switch x.Def.(type) {
	case *ast.RefCursorType, nil:
		return ""
	}
	g.refuse(x, "record-type", "the local type %s is not converted", g.f.Last(x.Name))
	return ""
}

// emptyValue is the initial value of a variable without a default, with " := ": records and collections may need one.
func (g *gen) emptyValue(*ast.VarDecl) string { return "" }

// gotoStmt converts GOTO.
func (g *gen) gotoStmt(x *ast.Goto) string {
	g.refuse(x, "goto", "GOTO %s is not converted", g.source(x.Label))
	return "NULL"
}

// labeled converts a statement that a GOTO can go to.
func (g *gen) labeled(x *ast.Labeled) string { return g.stmt(x.Stmt) }

// forallStmt converts FORALL.
func (g *gen) forallStmt(x *ast.ForAll) string {
	g.refuse(x, "forall", "FORALL is not converted")
	return "NULL"
}

// bulkFetch converts FETCH ... BULK COLLECT INTO.
func (g *gen) bulkFetch(x *ast.Fetch) string {
	g.refuse(x, "bulk-collect", "BULK COLLECT is not converted here")
	return "NULL"
}

// pipeRow converts PIPE ROW.
func (g *gen) pipeRow(x *ast.PipeRow) string {
	g.refuse(x, "pipelined", "PIPE ROW is not converted")
	return "NULL"
}

// collectionLoop converts FOR loops over collections and the iterators of 21c.
func (g *gen) collectionLoop(x *ast.For) string {
	g.refuse(x.Iter, "not-converted", "no PostgreSQL form is known for this iterator")
	return "NULL"
}

// suppliedStmt converts a call of a procedure of a supplied package as a statement.
func (g *gen) suppliedStmt(x *ast.CallStmt) string { return "PERFORM " + g.text(x.Call) }

// methodStmt converts a statement that calls a method of a collection or object (v.EXTEND, o.set(1)); ok is false when
// it is none.
func (g *gen) methodStmt(x *ast.CallStmt) (text string, ok bool) { return "", false }

// extraArgs are arguments that a routine takes besides those of the source: the object of a method, what a nested
// routine uses of the routine around it.
func (g *gen) extraArgs(n *ast.Name, c *ast.Call) (before, behind []extraArg) { return nil, nil }

// extraArg is one of them: its text; out tells that it is a variable that is set.
type extraArg struct {
	text string
	out  bool
}

// bulkAttr converts SQL%BULK_ROWCOUNT(i) and SQL%BULK_EXCEPTIONS.
func (g *gen) bulkAttr(x *ast.Attr) frag {
	return g.refuse(x, "cursor-attribute", "no PostgreSQL form is known for %s", g.what(x))
}

// openPackageCursor converts OPEN of a cursor that a package declares.
func (g *gen) openPackageCursor(x *ast.Open) string {
	g.refuse(x, "package-cursor", "the cursor %s of a package is not converted", g.source(x.Cursor))
	return "NULL"
}

// packageCursorText writes a cursor that a package declares as FETCH, CLOSE and conditions take it.
func (g *gen) packageCursorText(e ast.Expr) string {
	g.refuse(e, "package-cursor", "the cursor %s of a package is not converted", g.source(e))
	return "NULL"
}

// packageCursorLoop converts FOR r IN pkg.c LOOP.
func (g *gen) packageCursorLoop(x *ast.For, c *ast.IterControl, name string) string {
	g.refuse(c, "package-cursor", "the cursor %s of a package is not converted", g.source(c.X))
	return "NULL"
}
