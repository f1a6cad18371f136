package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var lockWait = &Rule{
	Code: "CV0318", Name: "for-update-wait", Since: first, Group: groupQuery, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT ename FROM emp WHERE empno = 7 FOR UPDATE WAIT 5`,
	After:  `SET LOCAL lock_timeout = '5s'; SELECT ename FROM emp WHERE empno = 7 FOR UPDATE`,
	On:     []Matcher{Node(lockWaitClause)},
}

func lockWaitClause(p *Pass, f *ast.ForUpdate) {
	switch {
	case f.Mode == token.WAIT:
		p.Report(f, fmt.Sprintf("FOR UPDATE WAIT %s: PostgreSQL has no waiting time in the query, lock_timeout sets it for the transaction and raises another error", p.text(f.Wait)))
	case len(f.Of) > 0:
		p.Report(f, "FOR UPDATE OF names columns in Oracle and tables in PostgreSQL")
	}
}
