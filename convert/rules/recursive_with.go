package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var recursiveWith = &Rule{
	Code: "CV0319", Name: "recursive-with", Since: first, Group: groupQuery, Severity: model.Medium, Effort: model.Auto,
	Before: `WITH n (i) AS (SELECT deptno FROM dept UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n`,
	After:  `WITH RECURSIVE n (i) AS (SELECT deptno FROM dept UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n`,
	On:     []Matcher{Node(recursiveWithItem)},
}

func recursiveWithItem(p *Pass, c *ast.CTE) {
	if c.Query == nil {
		return
	}
	self := p.File.Last(c.Name)
	again := false
	ast.Walk(c.Query, func(n ast.Node) bool {
		if t, ok := n.(*ast.TableName); ok && t.Name.Hi-t.Name.Lo == 1 && p.File.Last(t.Name) == self {
			again = true
		}
		return !again
	})
	if again {
		p.Report(c.Name, fmt.Sprintf("%s refers to itself: PostgreSQL wants WITH RECURSIVE, and the types of both branches must be the same", p.name(c.Name)))
	}
}
