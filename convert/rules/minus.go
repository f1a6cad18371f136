package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var minusRule = &Rule{
	Code: "CV0307", Name: "minus", Since: first, Group: groupQuery, Severity: model.Info, Effort: model.Auto, Needs: FeatureMinus,
	Before: `SELECT deptno FROM dept MINUS SELECT deptno FROM emp`,
	After:  `SELECT deptno FROM dept EXCEPT SELECT deptno FROM emp`,
	On:     []Matcher{Node(minusOp)},
}

func minusOp(p *Pass, s *ast.SetOp) {
	if s.Op == token.MINUS {
		p.Report(s.Right, "MINUS becomes EXCEPT")
	}
}
