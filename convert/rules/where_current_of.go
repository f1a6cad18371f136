package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var whereCurrentOf = &Rule{
	Code: "CV0609", Name: "current-of", Since: first, Group: groupPLSQL, Severity: model.Low, Effort: model.Auto,
	Before: `BEGIN UPDATE emp SET sal = 1 WHERE CURRENT OF c; END;
/`,
	After: `DO $$ DECLARE c CURSOR FOR SELECT * FROM emp FOR UPDATE; BEGIN FOR r IN c LOOP UPDATE emp SET sal = 1 WHERE CURRENT OF c; END LOOP; END $$`,
	On:    []Matcher{Node(currentOfUpdate), Node(currentOfDelete)},
}

func currentOfUpdate(p *Pass, u *ast.Update) { reportCurrentOf(p, u.CurrentOf) }
func currentOfDelete(p *Pass, d *ast.Delete) { reportCurrentOf(p, d.CurrentOf) }

func reportCurrentOf(p *Pass, cursor ast.Expr) {
	if cursor != nil {
		p.Report(cursor, fmt.Sprintf("WHERE CURRENT OF %s is kept; the cursor's query must be on one table with FOR UPDATE and without grouping", p.text(cursor)))
	}
}
