package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var unusedColumn = &Rule{
	Code: "CV0232", Name: "unused-column", Since: first, Group: groupTables, Severity: model.Low, Effort: model.Auto,
	Before: `ALTER TABLE orders SET UNUSED (remark)`,
	After:  `ALTER TABLE orders DROP COLUMN remark`,
	On:     []Matcher{Node(unusedColumnAction)},
}

func unusedColumnAction(p *Pass, a *ast.AlterAction) {
	if a.Object == token.UNUSED {
		p.Report(a, "unused columns keep their space until they are dropped; DROP COLUMN in PostgreSQL does at once what SET UNUSED does")
	}
}
