package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var globalTemporary = &Rule{
	Code: "CV0205", Name: "global-temporary", Since: first, Group: groupTables, Severity: model.Medium, Effort: model.Review, Needs: FeatureGlobalTemporary,
	Before: `CREATE GLOBAL TEMPORARY TABLE basket (item INTEGER) ON COMMIT DELETE ROWS`,
	After:  `CREATE TEMPORARY TABLE basket (item integer) ON COMMIT DELETE ROWS`,
	On:     []Matcher{Node(globalTemporaryTable)},
}

func globalTemporaryTable(p *Pass, t *ast.CreateTable) {
	if t.Temporary != token.GLOBAL {
		return
	}
	keeps := "rows go at COMMIT, which has to be written in PostgreSQL (its default keeps them)"
	if t.OnCommit == token.PRESERVE {
		keeps = "rows stay until the session ends"
	}
	p.Report(t.Name, fmt.Sprintf("%s is a permanent definition with rows of each session's own; a PostgreSQL temporary table must be created in every session; %s", p.name(t.Name), keeps))
}
