package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var localTimeZone = &Rule{
	Code: "CV0111", Name: "local-time-zone", Since: first, Group: groupTypes, Severity: model.Low, Effort: model.Auto, Needs: FeatureLocalTimeZone,
	Before: `CREATE TABLE meeting (starts TIMESTAMP(6) WITH LOCAL TIME ZONE)`,
	After:  `CREATE TABLE meeting (starts timestamptz(6))`,
	On:     []Matcher{Node(localTimeZoneType)},
}

func localTimeZoneType(p *Pass, t *ast.DataType) {
	if t.Kw == token.TIMESTAMP && t.TimeZone == token.LOCAL {
		p.Report(t, "TIMESTAMP WITH LOCAL TIME ZONE becomes timestamptz, which behaves alike as long as sessions set the same time zone")
	}
}
