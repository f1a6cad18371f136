package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var setOrder = &Rule{
	Code: "CV0308", Name: "set-operator-order", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Auto,
	Before: `SELECT deptno FROM dept UNION SELECT mgr FROM emp INTERSECT SELECT empno FROM emp`,
	After:  `(SELECT deptno FROM dept UNION SELECT mgr FROM emp) INTERSECT SELECT empno FROM emp`,
	On:     []Matcher{Node(setOrderOp)},
}

func setOrderOp(p *Pass, s *ast.SetOp) {
	if left, ok := s.Left.(*ast.SetOp); ok && s.Op == token.INTERSECT && left.Op != token.INTERSECT {
		p.Report(s.Right, fmt.Sprintf("Oracle takes set operators from left to right, PostgreSQL takes INTERSECT before %s: brackets keep Oracle's order", left.Op))
	}
}
