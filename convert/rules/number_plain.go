package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var numberPlain = &Rule{
	Code: "CV0101", Name: "number-plain", Since: first, Group: groupTypes, Severity: model.Info, Effort: model.Review, Needs: FeatureNumber,
	Before: `CREATE TABLE rates (factor NUMBER)`,
	After:  `CREATE TABLE rates (factor numeric)`,
	On:     []Matcher{Node(numberPlainType)},
}

func numberPlainType(p *Pass, t *ast.DataType) {
	column, ok := p.inColumn()
	if !ok || len(t.Args) > 0 || t.Kw != token.NUMBER && t.Kw != token.NUMERIC && t.Kw != token.DECIMAL && t.Kw != token.DEC {
		return
	}
	if t.Kw != token.NUMBER {
		p.ReportAs(t, model.Info, model.Auto, fmt.Sprintf("column %s: %s without precision is an integer of 38 digits in Oracle, but any number in PostgreSQL: numeric(38)", p.name(column.Name), t.Kw))
		return
	}
	p.Report(t, fmt.Sprintf("column %s: NUMBER without precision becomes numeric; where it only holds whole numbers (keys, counters), bigint is smaller and faster", p.name(column.Name)))
}
