package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var numberScale = &Rule{
	Code: "CV0102", Name: "number-scale", Since: first, Group: groupTypes, Severity: model.Medium, Effort: model.Review, Needs: FeatureNumberScale,
	Before: `CREATE TABLE budget (rounded NUMBER(6,-2))`,
	After:  `CREATE TABLE budget (rounded numeric(8), CHECK (rounded = round(rounded, -2)))`,
	On:     []Matcher{Node(numberScaleType)},
}

func numberScaleType(p *Pass, t *ast.DataType) {
	if t.Kw != token.NUMBER && t.Kw != token.NUMERIC && t.Kw != token.DECIMAL || len(t.Args) != 2 {
		return
	}
	precision, ok1 := p.intValue(t.Args[0])
	scale, ok2 := p.intValue(t.Args[1])
	switch {
	case ok2 && scale < 0:
		p.Report(t, fmt.Sprintf("%s rounds to %d digits before the point; PostgreSQL takes a negative scale only from version 15 on", p.text(t), -scale))
	case ok1 && ok2 && scale > precision:
		p.ReportAs(t, model.Low, model.Review, fmt.Sprintf("%s has more scale than precision; PostgreSQL takes that only from version 15 on, before numeric(%d,%d) is the nearest", p.text(t), scale, scale))
	}
}
