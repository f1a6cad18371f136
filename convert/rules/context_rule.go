package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var contextRule = &Rule{
	Code: "CV1007", Name: "context", Since: first, Group: groupObjects, Severity: model.Medium, Effort: model.Review,
	Before: `CREATE CONTEXT app_ctx USING app_security`,
	After:  `SELECT set_config('app_ctx.user_id', '7', false)`,
	On:     []Matcher{Node(contextStmt)},
}

func contextStmt(p *Pass, c *ast.CreateContext) {
	sev, how := model.Medium, "its values become session settings, which any user can change, while only package "+p.name(c.Package)+" could here"
	if c.Mode == token.ACCESSED {
		sev, how = model.High, "all sessions see its values: a table has to hold them"
	}
	p.ReportAs(c.Name, sev, model.Review, fmt.Sprintf("context %s: %s", p.name(c.Name), how))
}
