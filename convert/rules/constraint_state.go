package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var constraintState = &Rule{
	Code: "CV0221", Name: "constraint-state", Since: first, Group: groupTables, Severity: model.Medium, Effort: model.Review, Needs: FeatureConstraintState,
	Before: `ALTER TABLE orders ADD CONSTRAINT orders_qty_ck CHECK (qty > 0) ENABLE NOVALIDATE`,
	After:  `ALTER TABLE orders ADD CONSTRAINT orders_qty_ck CHECK (qty > 0) NOT VALID`,
	On:     []Matcher{Node(constraintStateOf)},
}

func constraintStateOf(p *Pass, c *ast.Constraint) {
	name := p.name(c.Name)
	if name == "" {
		name = "a constraint"
	}
	switch {
	case c.Enabled == token.DISABLE:
		p.Report(c, fmt.Sprintf("%s is disabled; PostgreSQL has no disabled constraints: it is left out, or created and found broken by the data", name))
	case c.Validated == token.NOVALIDATE && (c.Kind == token.PRIMARY || c.Kind == token.UNIQUE):
		p.ReportAs(c, model.High, model.Review, fmt.Sprintf("%s does not vouch for the rows already there; a key of PostgreSQL always does, so duplicates stop the load", name))
	case c.Validated == token.NOVALIDATE:
		p.Report(c, fmt.Sprintf("%s does not vouch for the rows already there: it becomes NOT VALID", name))
	}
}
