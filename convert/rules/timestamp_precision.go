package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var timestampPrecision = &Rule{
	Code: "CV0113", Name: "timestamp-precision", Since: first, Group: groupTypes, Severity: model.Medium, Effort: model.Review, Needs: FeatureTimestampNano,
	Before: `CREATE TABLE tick (at TIMESTAMP(9))`,
	After:  `CREATE TABLE tick (at timestamp(6))`,
	On:     []Matcher{Node(timestampPrecisionType)},
}

func timestampPrecisionType(p *Pass, t *ast.DataType) {
	if t.Kw != token.TIMESTAMP || len(t.Args) != 1 {
		return
	}
	if n, ok := p.intValue(t.Args[0]); ok && n > 6 {
		p.Report(t, fmt.Sprintf("%s keeps %d digits of a second, PostgreSQL at most 6: values are rounded to microseconds, and two that differ only below become equal", p.text(t), n))
	}
}
