package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var forall = &Rule{
	Code: "CV0607", Name: "forall", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Auto, Needs: FeatureBulk,
	Before: `BEGIN FORALL i IN 1 .. 3 DELETE FROM emp WHERE empno = ids(i); END;
/`,
	After: `DO $$ DECLARE ids integer[] := '{1,2,3}'; BEGIN DELETE FROM emp WHERE empno = ANY (ids); END $$`,
	On:    []Matcher{Node(forallStmt)},
}

func forallStmt(p *Pass, f *ast.ForAll) {
	if f.Save {
		p.ReportAs(f, model.High, model.Review, "FORALL SAVE EXCEPTIONS goes on after errors and lists them in SQL%BULK_EXCEPTIONS; a loop with a handler round each row does it, much slower")
		return
	}
	p.Report(f, "FORALL becomes one statement over unnest(array), or a loop; SQL%ROWCOUNT and SQL%BULK_ROWCOUNT are counted by hand")
}
