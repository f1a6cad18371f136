package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var pivotRule = &Rule{
	Code: "CV0309", Name: "pivot", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Auto, Needs: FeaturePivot,
	Before: `SELECT * FROM sale PIVOT (SUM(amount) FOR region IN (1, 2))`,
	After:  `SELECT id, sum(amount) FILTER (WHERE region = 1) AS "1", sum(amount) FILTER (WHERE region = 2) AS "2" FROM sale GROUP BY id`,
	On:     []Matcher{Node(pivotTable)},
}

func pivotTable(p *Pass, t *ast.Pivot) {
	switch {
	case t.XML || t.Query != nil || t.Any:
		p.ReportAs(t, model.High, model.Manual, "PIVOT XML takes its columns from the data; PostgreSQL needs them in the query: use jsonb_object_agg, or build the query at run time")
	default:
		p.Report(t, fmt.Sprintf("PIVOT becomes GROUP BY with %s, one a column; the columns to group by must be known", count(len(t.Aggs)*len(t.In), "filtered aggregate")))
	}
}
