package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var integerType = &Rule{
	Code: "CV0125", Name: "integer-38", Since: first, Group: groupTypes, Severity: model.Info, Effort: model.Review, Needs: FeatureInteger38,
	Before: `CREATE TABLE counter (hits NUMBER(19))`,
	After:  `CREATE TABLE counter (hits numeric(19))`,
	On:     []Matcher{Node(integerTypeUse)},
}

func integerTypeUse(p *Pass, t *ast.DataType) {
	column, ok := p.inColumn()
	if !ok || t.Kw != token.NUMBER || len(t.Args) == 0 {
		return
	}
	precision, ok := p.intValue(t.Args[0])
	if !ok || precision < 19 {
		return
	}
	if len(t.Args) == 2 {
		if scale, ok := p.intValue(t.Args[1]); !ok || scale != 0 {
			return
		}
	}
	p.Report(t, fmt.Sprintf("column %s: %s is wider than bigint (18 whole digits are safe), so it stays numeric; check whether the values need it", p.name(column.Name), p.text(t)))
}
