package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var binaryFloat = &Rule{
	Code: "CV0115", Name: "binary-float", Since: first, Group: groupTypes, Severity: model.Low, Effort: model.Auto, Needs: FeatureBinaryFloat,
	Before: `CREATE TABLE sensor (reading BINARY_DOUBLE)`,
	After:  `CREATE TABLE sensor (reading double precision)`,
	On:     []Matcher{Node(binaryFloatType)},
}

func binaryFloatType(p *Pass, t *ast.DataType) {
	if t.Kw == token.BINARY_FLOAT || t.Kw == token.BINARY_DOUBLE {
		to := "double precision"
		if t.Kw == token.BINARY_FLOAT {
			to = "real"
		}
		p.Report(t, fmt.Sprintf("%s becomes %s; overflow and division by zero raise an error instead of giving infinity", t.Kw, to))
	}
}
