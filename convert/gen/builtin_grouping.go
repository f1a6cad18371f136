package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// GROUPING is the same for all rows of a group, so Oracle takes it in the argument of an aggregate; to PostgreSQL that is
// an aggregate inside an aggregate. MAX(CASE WHEN GROUPING(a) = 0 THEN b END) becomes CASE WHEN GROUPING(a) = 0 THEN max(b)
// END: the conditions are decided for the group, the aggregate is taken of the branch.

// overGrouping converts an aggregate of such a CASE. ok is false for all other arguments.
func (g *gen) overGrouping(c *ast.Call, name string) (f frag, ok bool) {
	if !g.hasGrouping(c.Args[0].X) {
		return frag{}, false
	}
	x, ok := c.Args[0].X.(*ast.Case)
	if !ok || x.Operand != nil || c.Over != nil || c.Keep != nil || c.Filter != nil || c.Distinct != 0 || len(c.Args) > 1 {
		return g.refuse(c, "missing-aggregate", "PostgreSQL takes no GROUPING inside an aggregate: put the aggregate into the branches of a CASE over GROUPING"), true
	}
	text := "CASE"
	of := func(e ast.Expr) string {
		a := g.expr(e)
		if g.hasGrouping(e) {
			g.refuse(e, "missing-aggregate", "PostgreSQL takes no GROUPING inside an aggregate: only the conditions of a CASE can be decided for the group")
		}
		if name != "min" && name != "max" && name != "count" {
			a = g.operand(e, a)
		}
		return name + "(" + a.s + ")"
	}
	for _, w := range x.Whens {
		if !g.groupConstant(w.Cond) {
			g.refuse(w.Cond, "missing-aggregate", "PostgreSQL takes no GROUPING inside an aggregate, and this condition is not the same for all rows of the group")
		}
		text += " WHEN " + g.cond(w.Cond) + " THEN " + of(w.Then)
	}
	switch {
	case x.Else != nil:
		text += " ELSE " + of(x.Else)
	case name == "count":
		text += " ELSE 0"
	}
	return atom(text+" END", typeOf(g.info.Type(c))), true
}

func (g *gen) groupingCall(n ast.Node) bool {
	c, ok := n.(*ast.Call)
	if !ok {
		return false
	}
	fn, ok := c.Fn.(*ast.Name)
	if !ok {
		return false
	}
	switch g.ref(fn).Builtin {
	case "GROUPING", "GROUPING_ID", "GROUP_ID":
		return true
	}
	return false
}

func (g *gen) hasGrouping(e ast.Node) bool {
	found := false
	ast.Walk(e, func(n ast.Node) bool {
		found = found || g.groupingCall(n)
		_, sub := n.(*ast.Subquery)
		return !found && !sub
	})
	return found
}

// groupConstant reports whether a condition looks at nothing but GROUPING, constants and variables.
func (g *gen) groupConstant(e ast.Node) bool {
	constant := true
	ast.Walk(e, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Call:
			return !g.groupingCall(x)
		case *ast.Name:
			switch g.ref(x).Kind {
			case resolve.Column, resolve.Unknown, resolve.Pseudo, resolve.Sequence, resolve.Routine, resolve.Remote:
				constant = false
			}
		case *ast.Subquery:
			constant = false
		}
		return constant
	})
	return constant
}
