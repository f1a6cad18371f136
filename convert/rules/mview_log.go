package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var mviewLog = &Rule{
	Code: "CV1005", Name: "materialized-view-log", Since: first, Group: groupObjects, Severity: model.Low, Effort: model.Auto,
	Before: `CREATE MATERIALIZED VIEW LOG ON emp WITH PRIMARY KEY`,
	After:  ``,
	On:     []Matcher{Node(mviewLogStmt)},
}

func mviewLogStmt(p *Pass, l *ast.CreateMViewLog) {
	p.Report(l.Table, fmt.Sprintf("the log on %s serves refreshes by changes, which PostgreSQL does not do: left out", p.name(l.Table)))
}
