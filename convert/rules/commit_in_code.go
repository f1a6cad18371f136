package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var commitInCode = &Rule{
	Code: "CV0801", Name: "commit", Since: first, Group: groupTransactions, Severity: model.Medium, Effort: model.Auto,
	Before: `CREATE PROCEDURE p IS BEGIN DELETE FROM emp WHERE empno = 1; COMMIT; END;
/`,
	After: `CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM emp WHERE empno = 1; COMMIT; END $$`,
	On:    []Matcher{Node(commitStmt), Node(rollbackStmt)},
}

func commitStmt(p *Pass, c *ast.Commit) { reportTransaction(p, c, "COMMIT") }

func rollbackStmt(p *Pass, r *ast.Rollback) {
	if r.To == nil {
		reportTransaction(p, r, "ROLLBACK")
	}
}

func reportTransaction(p *Pass, n ast.Node, word string) {
	if !p.inPLSQL() || p.autonomous() {
		return
	}
	r := p.routine()
	switch {
	case p.inTrigger():
		p.ReportAs(n, model.High, model.Manual, word+" inside a trigger fails in both; in Oracle only when the trigger fires outside an autonomous transaction")
	case r != nil && r.Kind == token.FUNCTION:
		p.ReportAs(n, model.High, model.Manual, fmt.Sprintf("%s in function %s: only procedures may end a transaction in PostgreSQL, and only when called by CALL at the top", word, p.name(r.Name)))
	case p.inHandler():
		p.ReportAs(n, model.High, model.Review, word+" inside an exception handler: a block with handlers is a subtransaction in PostgreSQL, and no transaction may end in it; it has to move behind the block")
	case p.inHandledBlock():
		p.ReportAs(n, model.High, model.Review, word+" in a block with exception handlers: such a block is a subtransaction in PostgreSQL, and no transaction may end in it; the block has to be cut at this place")
	case p.inLoop():
		p.ReportAs(n, model.Medium, model.Review, word+" in a loop works in a procedure called by CALL; a cursor that stays open over it is held, with all its rows, and FOR UPDATE locks go")
	default:
		p.Report(n, word+" works in a procedure that is called by CALL at the top, not from a function, trigger or block with handlers")
	}
}
