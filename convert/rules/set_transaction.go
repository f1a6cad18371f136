package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var setTransaction = &Rule{
	Code: "CV0804", Name: "set-transaction", Since: first, Group: groupTransactions, Severity: model.Medium, Effort: model.Review,
	Before: `SET TRANSACTION READ ONLY`,
	After:  `SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`,
	On:     []Matcher{Node(setTransactionStmt)},
}

func setTransactionStmt(p *Pass, s *ast.SetTransaction) {
	switch s.Mode {
	case token.ONLY:
		p.Report(s, "READ ONLY freezes what is read in Oracle; in PostgreSQL that is REPEATABLE READ READ ONLY, and it must come first in the transaction")
	case token.SERIALIZABLE:
		p.Report(s, "SERIALIZABLE of Oracle is snapshot isolation: REPEATABLE READ of PostgreSQL; its own SERIALIZABLE checks more and fails more often")
	case token.ROLLBACK:
		p.ReportAs(s, model.Info, model.Auto, "USE ROLLBACK SEGMENT is left out")
	}
}
