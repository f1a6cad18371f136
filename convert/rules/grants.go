package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var grantRule = &Rule{
	Code: "CV1008", Name: "system-privilege", Since: first, Group: groupObjects, Severity: model.Medium, Effort: model.Review,
	Before: `GRANT CREATE ANY TABLE TO app`,
	After:  ``,
	On:     []Matcher{Node(grantStmt)},
}

// objectPrivileges are those that both sides have on objects of the same kind.
var objectPrivileges = map[token.Keyword]bool{
	token.SELECT: true, token.INSERT: true, token.UPDATE: true, token.DELETE: true, token.REFERENCES: true, token.EXECUTE: true, token.ALL: true, token.TRIGGER: true,
}

func grantStmt(p *Pass, g *ast.Grant) {
	if g.Revoke {
		return
	}
	for _, v := range g.Privileges {
		switch {
		case len(g.Objects) == 0 && v.Name != nil:
			// a role
		case len(g.Objects) == 0:
			p.Report(v, fmt.Sprintf("the system privilege %s has no counterpart of its own; attributes of roles (CREATEDB, CREATEROLE) or predefined roles cover parts", p.text(v)))
		case !v.All && !objectPrivileges[v.First] && v.Name == nil || !v.All && v.First != 0 && !objectPrivileges[v.First]:
			p.ReportAs(v, model.Low, model.Auto, fmt.Sprintf("the privilege %s on an object does not exist in PostgreSQL; READ becomes SELECT, ALTER and INDEX belong to the owner", p.text(v)))
		}
	}
	if g.Hierarchy || g.Delegate {
		p.ReportAs(g, model.Medium, model.Review, "WITH HIERARCHY or DELEGATE OPTION does not exist in PostgreSQL")
	}
}
