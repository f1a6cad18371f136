package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var levelRule = &Rule{
	Code: "CV0304", Name: "level", Since: first, Group: groupQuery, Severity: model.Medium, Effort: model.Auto, Needs: FeatureLevel,
	Before: `SELECT LEVEL, ename FROM emp_tree`,
	After:  `SELECT tree.level, tree.ename FROM (SELECT 1 AS level, ename FROM emp) tree`,
	On:     []Matcher{Builtin(levelUse, "LEVEL")},
}

func levelUse(p *Pass, u Use) {
	if u.Call == nil && p.inSQL() && !inConnect(p) {
		p.Report(u.At, "LEVEL becomes a column of the recursive query that counts the depth")
	}
}

// inConnect leaves out LEVEL inside CONNECT BY LEVEL <= n, which the rule on CONNECT BY speaks for.
func inConnect(p *Pass) bool {
	h, ok := above[*ast.Hierarchy](p)
	return ok && h != nil
}
