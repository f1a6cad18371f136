package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var timeZoneType = &Rule{
	Code: "CV0112", Name: "time-zone", Since: first, Group: groupTypes, Severity: model.Medium, Effort: model.Review, Needs: FeatureTimeZoneKept,
	Before: `CREATE TABLE flight (leaves TIMESTAMP(6) WITH TIME ZONE)`,
	After:  `CREATE TABLE flight (leaves timestamptz(6))`,
	On:     []Matcher{Node(timeZoneTypeUse)},
}

func timeZoneTypeUse(p *Pass, t *ast.DataType) {
	if column, ok := p.inColumn(); ok && t.Kw == token.TIMESTAMP && t.TimeZone == token.ZONE {
		p.Report(t, fmt.Sprintf("column %s: Oracle stores the time zone with each value, timestamptz only the instant; keep the zone in a column of its own where it matters", p.name(column.Name)))
	}
}
