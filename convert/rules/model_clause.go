package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var modelClause = &Rule{
	Code: "CV0311", Name: "model", Since: first, Group: groupQuery, Severity: model.Blocker, Effort: model.Manual,
	Before: `SELECT region, amount FROM sale MODEL DIMENSION BY (region) MEASURES (amount) RULES (amount[3] = amount[1] + amount[2])`,
	After:  ``,
	On:     []Matcher{Node(modelClauseOf)},
}

func modelClauseOf(p *Pass, m *ast.Model) {
	n := 0
	if m.Rules != nil {
		n = len(m.Rules.Rules)
		if m.Rules.Iterate != nil {
			p.Report(m, fmt.Sprintf("MODEL with %s and ITERATE: PostgreSQL has no spreadsheet clause; a recursive query or a procedure has to do it", count(n, "rule")))
			return
		}
	}
	p.Report(m, fmt.Sprintf("MODEL with %s: PostgreSQL has no spreadsheet clause; window functions, recursive queries or a procedure have to do it", count(n, "rule")))
}
