package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var dateTime = &Rule{
	Code: "CV0104", Name: "date-time", Since: first, Group: groupTypes, Severity: model.Low, Effort: model.Auto, Needs: FeatureDate,
	Before: `CREATE TABLE visit (made DATE)`,
	After:  `CREATE TABLE visit (made timestamp(0))`,
	On:     []Matcher{Node(dateTimeType)},
}

func dateTimeType(p *Pass, t *ast.DataType) {
	if column, ok := p.inColumn(); ok && t.Kw == token.DATE {
		p.Report(t, fmt.Sprintf("column %s: DATE holds hours, minutes and seconds; it becomes timestamp(0), or date where only whole days are stored", p.name(column.Name)))
	}
}
