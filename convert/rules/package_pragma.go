package rules

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var packagePragma = &Rule{
	Code: "CV0706", Name: "serially-reusable", Since: first, Group: groupPackages, Severity: model.Medium, Effort: model.Review,
	Before: `CREATE PACKAGE BODY pay IS PRAGMA SERIALLY_REUSABLE; END pay;
/`,
	After: ``,
	On:    []Matcher{Node(packagePragmaUse)},
}

func packagePragmaUse(p *Pass, g *ast.Pragma) {
	if g.Kind == token.SERIALLY_REUSABLE {
		p.Report(g, "SERIALLY_REUSABLE forgets the package's state after each call to the server; settings that end with the transaction are nearest")
	}
}
