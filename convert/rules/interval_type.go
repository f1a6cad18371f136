package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var intervalType = &Rule{
	Code: "CV0114", Name: "interval-type", Since: first, Group: groupTypes, Severity: model.Low, Effort: model.Auto, Needs: FeatureIntervals,
	Before: `CREATE TABLE lease (term INTERVAL YEAR(4) TO MONTH)`,
	After:  `CREATE TABLE lease (term interval year to month)`,
	On:     []Matcher{Node(intervalTypeUse)},
}

func intervalTypeUse(p *Pass, t *ast.DataType) {
	if t.Kw == token.INTERVAL {
		p.Report(t, fmt.Sprintf("%s becomes interval: the precision of the leading field is not checked, and PostgreSQL keeps months, days and seconds apart when it compares and prints", p.text(t)))
	}
}
