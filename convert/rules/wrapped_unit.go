package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var wrappedUnit = &Rule{
	Code: "CV0624", Name: "wrapped", Since: first, Group: groupPLSQL, Severity: model.Blocker, Effort: model.Manual,
	Before: `CREATE PROCEDURE secret wrapped
a000000
1
abcd
/`,
	After: ``,
	On:    []Matcher{Node(wrappedUnitStmt)},
}

func wrappedUnitStmt(p *Pass, w *ast.WrappedUnit) {
	p.Report(w.Name, fmt.Sprintf("%s is wrapped: its source cannot be read, neither assessed nor converted; ask its maker for the source", p.name(w.Name)))
}
