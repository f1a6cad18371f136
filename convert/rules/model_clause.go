package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var modelClause = &Rule{
	Code: "CV0311", Name: "model", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Review,
	Before: `SELECT region, amount FROM sale MODEL DIMENSION BY (region) MEASURES (amount) RULES (amount[3] = amount[1] + amount[2])`,
	After: `WITH c0 AS (SELECT region, amount FROM sale)
SELECT r.region, CASE WHEN r.region = 3 THEN (SELECT x.amount FROM c0 AS x WHERE x.region = 1) + (SELECT x.amount FROM c0 AS x WHERE x.region = 2) ELSE r.amount END AS amount FROM c0 AS r
UNION ALL
SELECT 3, (SELECT x.amount FROM c0 AS x WHERE x.region = 1) + (SELECT x.amount FROM c0 AS x WHERE x.region = 2) WHERE NOT EXISTS (SELECT 1 FROM c0 AS x WHERE x.region = 3)`,
	On: []Matcher{Node(modelClauseOf)},
}

func modelClauseOf(p *Pass, m *ast.Model) {
	n := 0
	if m.Rules != nil {
		n = len(m.Rules.Rules)
	}
	hard := ""
	switch {
	case m.Rules == nil:
	case m.Rules.Iterate != nil:
		hard = "ITERATE"
	case len(m.Refs) > 0:
		hard = "reference models"
	case m.Rules.Order == token.AUTOMATIC && n > 1:
		hard = "AUTOMATIC ORDER"
	}
	if hard != "" {
		p.ReportAs(m, model.Blocker, model.Manual, fmt.Sprintf("MODEL with %s and %s: PostgreSQL has no spreadsheet clause; a recursive query or a procedure has to do it", count(n, "rule"), hard))
		return
	}
	p.Report(m, fmt.Sprintf("MODEL with %s: PostgreSQL has no spreadsheet clause; every rule becomes a query over the one before", count(n, "rule")))
}
