package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var lockTable = &Rule{
	Code: "CV0806", Name: "lock-table", Since: first, Group: groupTransactions, Severity: model.Low, Effort: model.Review,
	Before: `LOCK TABLE emp IN EXCLUSIVE MODE`,
	After:  `LOCK TABLE emp IN EXCLUSIVE MODE`,
	On:     []Matcher{Node(lockTableStmt)},
}

func lockTableStmt(p *Pass, l *ast.LockTable) {
	how := "LOCK TABLE is kept; the modes of the same names shut out others than in Oracle (ROW SHARE and SHARE ROW EXCLUSIVE meet autovacuum and DDL)"
	if l.Wait != nil {
		how = fmt.Sprintf("LOCK TABLE WAIT %s: lock_timeout sets the waiting time", p.text(l.Wait))
	}
	p.Report(l, how)
}
