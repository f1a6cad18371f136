package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var cursorExpression = &Rule{
	Code: "CV0323", Name: "cursor-expression", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Manual,
	Before: `SELECT dname, CURSOR(SELECT ename FROM emp) FROM dept`,
	After:  `SELECT dname, ARRAY(SELECT ename FROM emp) FROM dept`,
	On:     []Matcher{Node(cursorExpressionUse)},
}

func cursorExpressionUse(p *Pass, c *ast.CursorExpr) {
	p.Report(c, "CURSOR(...) gives an open cursor in a column; PostgreSQL cannot: an array or JSON in the column, or a second query")
}
