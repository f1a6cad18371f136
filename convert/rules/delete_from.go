package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var deleteFrom = &Rule{
	Code: "CV0507", Name: "delete-without-from", Since: first, Group: groupDML, Severity: model.Info, Effort: model.Auto,
	Before: `DELETE emp WHERE empno = 7`,
	After:  `DELETE FROM emp WHERE empno = 7`,
	On:     []Matcher{Node(deleteFromStmt)},
}

func deleteFromStmt(p *Pass, d *ast.Delete) {
	if d.Target == nil {
		return
	}
	for i := range p.File.Significant(ast.Span{Lo: d.Lo, Hi: d.Target.Range().Lo}) {
		if p.File.Tokens[i].Is(token.FROM) {
			return
		}
	}
	p.Report(d, "DELETE without FROM gets one")
}
