package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var applyJoin = &Rule{
	Code: "CV0333", Name: "apply", Since: first, Group: groupQuery, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT d.dname, e.ename FROM dept d CROSS APPLY (SELECT ename FROM emp WHERE emp.deptno = d.deptno) e`,
	After:  `SELECT d.dname, e.ename FROM dept d CROSS JOIN LATERAL (SELECT ename FROM emp WHERE emp.deptno = d.deptno) e`,
	On:     []Matcher{Node(applyJoinTable)},
}

func applyJoinTable(p *Pass, j *ast.Join) {
	switch {
	case j.Apply:
		p.Report(j.Right, "APPLY becomes JOIN LATERAL")
	case len(j.LeftPartition)+len(j.RightPartition) > 0:
		p.ReportAs(j.Right, model.High, model.Manual, "a partitioned outer join fills gaps in each group; in PostgreSQL: cross join the groups with all keys first, then LEFT JOIN")
	}
}
