package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var jsonType = &Rule{
	Code: "CV0122", Name: "json-type", Since: first, Group: groupTypes, Severity: model.Low, Effort: model.Auto, Needs: FeatureJSONType,
	Before: `CREATE TABLE event (body JSON)`,
	After:  `CREATE TABLE event (body jsonb)`,
	On:     []Matcher{Node(jsonTypeUse)},
}

func jsonTypeUse(p *Pass, t *ast.DataType) {
	if t.Kw == token.JSON {
		p.Report(t, "JSON becomes jsonb; dates, timestamps and intervals inside Oracle's binary JSON become text")
	}
}
