package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var selectUnique = &Rule{
	Code: "CV0335", Name: "select-unique", Since: first, Group: groupQuery, Severity: model.Info, Effort: model.Auto,
	Before: `SELECT UNIQUE job FROM emp`,
	After:  `SELECT DISTINCT job FROM emp`,
	On:     []Matcher{Node(selectUniqueBlock)},
}

func selectUniqueBlock(p *Pass, q *ast.QueryBlock) {
	if q.Distinct == token.UNIQUE {
		p.Report(q.Items[0], "SELECT UNIQUE becomes SELECT DISTINCT")
	}
}
