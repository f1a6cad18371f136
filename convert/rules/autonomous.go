package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var autonomousRule = &Rule{
	Code: "CV0803", Name: "autonomous-transaction", Since: first, Group: groupTransactions, Severity: model.High, Effort: model.Review, Needs: FeatureAutonomous,
	Before: `CREATE PROCEDURE log_msg (m VARCHAR2) IS PRAGMA AUTONOMOUS_TRANSACTION; BEGIN INSERT INTO err_log (msg) VALUES (m); COMMIT; END;
/`,
	After: `CREATE PROCEDURE log_msg (m varchar) LANGUAGE plpgsql AS $$ BEGIN INSERT INTO err_log (msg) VALUES (m); END $$`,
	On:    []Matcher{Node(autonomousPragma)},
}

func autonomousPragma(p *Pass, g *ast.Pragma) {
	if g.Kind == token.AUTONOMOUS_TRANSACTION {
		p.Report(g, "AUTONOMOUS_TRANSACTION runs apart from the caller's transaction; PostgreSQL needs a second connection (dblink) or pg_background for it, which cannot see the caller's changes either")
	}
}
