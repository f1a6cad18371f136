package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var packageInit = &Rule{
	Code: "CV0704", Name: "package-init", Since: first, Group: groupPackages, Severity: model.High, Effort: model.Auto, Needs: FeaturePackageInit,
	Before: `CREATE PACKAGE BODY pay IS PROCEDURE run IS BEGIN NULL; END; BEGIN run; END pay;
/`,
	After: `CREATE PROCEDURE pay_init() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$`,
	On:    []Matcher{Node(packageInitBody)},
}

func packageInitBody(p *Pass, b *ast.CreatePackageBody) {
	if b.Init != nil && len(b.Init.Stmts) > 0 {
		p.Report(b.Init, fmt.Sprintf("package %s runs its initialisation when a session first uses it; every public routine has to see to that, by a flag in a setting", p.name(b.Name)))
	}
}
