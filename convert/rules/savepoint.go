package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var savepointRule = &Rule{
	Code: "CV0802", Name: "savepoint", Since: first, Group: groupTransactions, Severity: model.High, Effort: model.Review, Needs: FeatureSavepoints,
	Before: `BEGIN SAVEPOINT before_it; log_it(1); END;
/`,
	After: `DO $$ BEGIN BEGIN PERFORM 1; EXCEPTION WHEN OTHERS THEN NULL; END; END $$`,
	On:    []Matcher{Node(savepointStmt), Node(rollbackToStmt)},
}

func savepointStmt(p *Pass, s *ast.Savepoint) {
	if p.inPLSQL() {
		p.Report(s, fmt.Sprintf("SAVEPOINT %s cannot stand in PL/pgSQL; a block with an exception handler is rolled back whole when an error leaves it, which does what most savepoints are for", p.name(s.Name)))
	}
}

func rollbackToStmt(p *Pass, r *ast.Rollback) {
	if r.To != nil && p.inPLSQL() {
		p.Report(r, fmt.Sprintf("ROLLBACK TO %s cannot stand in PL/pgSQL; raising an error inside a block with a handler undoes what the block did", p.name(r.To)))
	}
}
