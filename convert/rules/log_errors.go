package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var logErrors = &Rule{
	Code: "CV0505", Name: "log-errors", Since: first, Group: groupDML, Severity: model.High, Effort: model.Manual,
	Before: `INSERT INTO dept (deptno) SELECT deptno FROM emp LOG ERRORS INTO err_log REJECT LIMIT UNLIMITED`,
	After:  `INSERT INTO dept (deptno) SELECT deptno FROM emp ON CONFLICT DO NOTHING`,
	On:     []Matcher{Node(logErrorsClause)},
}

func logErrorsClause(p *Pass, l *ast.LogErrors) {
	p.Report(l, "LOG ERRORS puts bad rows aside and goes on; in PostgreSQL the statement fails whole: ON CONFLICT for duplicates, else a loop with a handler around each row")
}
