package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var functionIndex = &Rule{
	Code: "CV0218", Name: "function-index", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto, Needs: FeatureFunctionIndex,
	Before: `CREATE INDEX emp_name_i ON emp (UPPER(ename))`,
	After:  `CREATE INDEX emp_name_i ON emp (upper(ename))`,
	On:     []Matcher{Node(functionIndexDef)},
}

func functionIndexDef(p *Pass, c *ast.CreateIndex) {
	for _, item := range c.Items {
		if _, plain := ast.Unparen(item.X).(*ast.Name); plain {
			continue
		}
		p.Report(item, fmt.Sprintf("index %s is on the expression %s: PostgreSQL takes only immutable functions there, and queries must use the converted expression word for word", p.name(c.Name), p.text(item.X)))
	}
}
