package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var packageSchema = &Rule{
	Code: "CV0701", Name: "package", Since: first, Group: groupPackages, Severity: model.Info, Effort: model.Auto, Needs: FeaturePackages,
	Before: `CREATE PACKAGE pay IS PROCEDURE run; END pay;
/`,
	After: `CREATE SCHEMA pay; CREATE PROCEDURE pay.run() LANGUAGE plpgsql AS $$ BEGIN NULL; END $$`,
	On:    []Matcher{Node(packageSchemaSpec)},
}

func packageSchemaSpec(p *Pass, c *ast.CreatePackage) {
	routines := 0
	for _, d := range c.Decls {
		if _, ok := d.(*ast.Routine); ok {
			routines++
		}
	}
	p.Report(c.Name, fmt.Sprintf("package %s becomes a schema of its name with %s", p.name(c.Name), count(routines, "public routine")))
}
