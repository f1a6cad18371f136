package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var packageConstant = &Rule{
	Code: "CV0703", Name: "package-constant", Since: first, Group: groupPackages, Severity: model.Low, Effort: model.Auto, Needs: FeaturePackages,
	Before: `CREATE PACKAGE BODY pay IS max_rows CONSTANT INTEGER := 10; END pay;
/`,
	After: `CREATE FUNCTION max_rows() RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT 10 $$`,
	On:    []Matcher{Node(packageConstantDecl)},
}

func packageConstantDecl(p *Pass, v *ast.VarDecl) {
	if !v.Constant {
		return
	}
	switch p.Parent(0).(type) {
	case *ast.CreatePackage, *ast.CreatePackageBody:
		p.Report(v, fmt.Sprintf("the package constant %s becomes an immutable function", p.name(v.Name)))
	}
}
