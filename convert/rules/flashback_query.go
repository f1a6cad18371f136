package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var flashbackQuery = &Rule{
	Code: "CV0315", Name: "flashback-query", Since: first, Group: groupQuery, Severity: model.Blocker, Effort: model.Manual,
	Before: `SELECT ename FROM emp AS OF SCN 12345`,
	After:  ``,
	On:     []Matcher{Node(flashbackClause)},
}

func flashbackClause(p *Pass, f *ast.Flashback) {
	p.Report(f, fmt.Sprintf("%s reads the past of a table; PostgreSQL keeps none: history has to be written by triggers, or read from a backup", p.text(f)))
}
