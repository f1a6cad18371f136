package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var inlineAlias = &Rule{
	Code: "CV0320", Name: "inline-view-alias", Since: first, Group: groupQuery, Severity: model.Low, Effort: model.Auto,
	Before: `SELECT deptno FROM (SELECT deptno FROM dept)`,
	After:  `SELECT deptno FROM (SELECT deptno FROM dept) q1`,
	On:     []Matcher{Node(inlineAliasRef)},
}

func inlineAliasRef(p *Pass, r *ast.SubqueryRef) {
	if r.Alias != nil {
		return
	}
	switch p.Parent(0).(type) {
	case *ast.QueryBlock, *ast.Join, *ast.ParenTable, *ast.Merge:
		p.ReportAs(r, model.Low, model.Auto, "a subquery in FROM without a name gets one; PostgreSQL needs it below version 16")
	}
}
