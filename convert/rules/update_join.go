package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var updateJoin = &Rule{
	Code: "CV0503", Name: "update-join-view", Since: first, Group: groupDML, Severity: model.High, Effort: model.Auto, Needs: FeatureSubqueryDML,
	Before: `UPDATE (SELECT e.sal, o.amount FROM emp e JOIN orders o ON o.customer = e.empno) SET sal = amount`,
	After:  `UPDATE emp e SET sal = o.amount FROM orders o WHERE o.customer = e.empno`,
	On:     []Matcher{Node(updateJoinStmt), Node(deleteJoinStmt), Node(insertJoinStmt)},
}

func updateJoinStmt(p *Pass, u *ast.Update) {
	if _, ok := u.Target.(*ast.SubqueryRef); ok {
		p.Report(u.Target, "UPDATE of a query becomes UPDATE ... FROM; Oracle demands that each row is met once (ORA-01779), PostgreSQL takes any of several")
	}
}

func deleteJoinStmt(p *Pass, d *ast.Delete) {
	if _, ok := d.Target.(*ast.SubqueryRef); ok {
		p.Report(d.Target, "DELETE from a query becomes DELETE ... USING on the table whose rows go")
	}
}

func insertJoinStmt(p *Pass, i *ast.Insert) {
	if _, ok := i.Target.(*ast.SubqueryRef); ok {
		p.Report(i.Target, "INSERT into a query becomes INSERT into its table; WITH CHECK OPTION is lost without a view")
	}
}
