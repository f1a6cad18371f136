package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var adminStatement = &Rule{
	Code: "CV1013", Name: "admin-statement", Since: first, Group: groupObjects, Severity: model.Low, Effort: model.Review,
	Before: `ALTER SYSTEM SET open_cursors = 500`,
	After:  ``,
	On:     []Matcher{Node(adminStmt)},
}

func adminStmt(p *Pass, a *ast.AdminStmt) {
	what := a.Verb.String()
	if a.Object != 0 {
		what += " " + a.Object.String()
	}
	p.Report(a, fmt.Sprintf("%s administers an Oracle database; it has no meaning on the target and is left out", what))
}
