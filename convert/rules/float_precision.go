package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var floatPrecision = &Rule{
	Code: "CV0116", Name: "float", Since: first, Group: groupTypes, Severity: model.Medium, Effort: model.Review, Needs: FeatureDecimalFloat,
	Before: `CREATE TABLE weight (grams FLOAT(63))`,
	After:  `CREATE TABLE weight (grams numeric)`,
	On:     []Matcher{Node(floatPrecisionType)},
}

func floatPrecisionType(p *Pass, t *ast.DataType) {
	if _, ok := p.inColumn(); ok && (t.Kw == token.FLOAT || t.Kw == token.REAL || t.Kw == token.DOUBLE) {
		p.Report(t, fmt.Sprintf("%s is a decimal number in Oracle with up to 38 digits; PostgreSQL's type of that name is binary, so numeric keeps the values exact", p.text(t)))
	}
}
