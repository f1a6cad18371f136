package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Text that is no number is ORA-06502 where PL/SQL converts it and ORA-01722 where SQL does (PL/SQL Language Reference 19c,
// "Predefined Exceptions"); PostgreSQL has one SQLSTATE for both. A handler that asks for the number tells which it can be.

// conversionPlace is a last argument for sqlcode and sqlerrm where the block of the handler at hand converts outside of
// SQL only, "" elsewhere.
func (g *gen) conversionPlace() string {
	if g.body == nil || len(g.body.handlers) == 0 {
		return ""
	}
	h := g.body.handlers[len(g.body.handlers)-1]
	if len(h.Names) == 1 {
		switch g.f.Last(h.Names[0]) {
		case "VALUE_ERROR":
			return ", 'PL/SQL'"
		case "OTHERS":
		default:
			return ""
		}
	}
	if g.f != g.unit.Source.Parsed { // the text of dynamic SQL
		return ""
	}
	plain, sql := false, false
	for _, s := range h.block.Stmts {
		g.conversions(s, false, &plain, &sql)
	}
	if plain && !sql {
		return ", 'PL/SQL'"
	}
	return ""
}

// conversions looks for what makes numbers of text in PL/SQL and in SQL.
func (g *gen) conversions(n ast.Node, inSQL bool, plain, sql *bool) {
	tell := func() {
		if inSQL {
			*sql = true
		} else {
			*plain = true
		}
	}
	isText := func(e ast.Expr) bool {
		if _, constant := g.constantNumber(e); constant {
			return false
		}
		c := g.class(e)
		return c == resolve.ClassText || c == resolve.ClassChar
	}
	isNumber := func(e ast.Expr) bool {
		c := g.class(e)
		return c == resolve.ClassNumber || c == resolve.ClassInteger
	}
	switch x := n.(type) {
	case *ast.Routine:
		return
	case *ast.Select, *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge:
		inSQL = true
	case *ast.Call:
		if fn, ok := x.Fn.(*ast.Name); ok && g.ref(fn).Builtin == "TO_NUMBER" {
			tell()
		}
	case *ast.AssignStmt:
		if isNumber(x.Target) && isText(x.Value) {
			tell()
		}
	case *ast.Binary:
		if isNumber(x.X) && isText(x.Y) || isText(x.X) && isNumber(x.Y) {
			if x.Op.Kind != token.Concat {
				tell()
			}
		}
	}
	n.EachChild(func(k ast.Node) { g.conversions(k, inSQL, plain, sql) })
}
