package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var packageVariable = &Rule{
	Code: "CV0702", Name: "package-variable", Since: first, Group: groupPackages, Severity: model.Medium, Effort: model.Auto, Needs: FeaturePackageState,
	Before: `CREATE PACKAGE BODY pay IS counter INTEGER; END pay;
/`,
	After: `SELECT set_config('pay.counter', '1', false)`,
	On:    []Matcher{Node(packageVariableDecl)},
}

func packageVariableDecl(p *Pass, v *ast.VarDecl) {
	if v.Constant {
		return
	}
	public := ""
	switch p.Parent(0).(type) {
	case *ast.CreatePackage:
		public = "public "
	case *ast.CreatePackageBody:
		public = "private "
	default:
		return
	}
	if k := v.Type; k != nil && k.Name != nil && k.Anchor == 0 && p.File.Last(k.Name) != "PLS_INTEGER" && p.File.Last(k.Name) != "BOOLEAN" {
		p.ReportAs(v, model.High, model.Auto, fmt.Sprintf("the %spackage variable %s of type %s lives as long as the session; it is kept as JSON in a setting, or in a temporary table", public, p.name(v.Name), p.text(k)))
		return
	}
	p.Report(v, fmt.Sprintf("the %spackage variable %s lives as long as the session; it becomes a session setting with functions to get and set it, which connection pools in transaction mode mix up", public, p.name(v.Name)))
}
