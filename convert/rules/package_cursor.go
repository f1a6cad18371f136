package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var packageCursor = &Rule{
	Code: "CV0705", Name: "package-cursor", Since: first, Group: groupPackages, Severity: model.Low, Effort: model.Auto,
	Before: `CREATE PACKAGE BODY pay IS CURSOR c IS SELECT empno FROM emp; END pay;
/`,
	After: `CREATE FUNCTION c() RETURNS refcursor LANGUAGE plpgsql AS $$ DECLARE r refcursor := 'pay.c'; BEGIN OPEN r FOR SELECT empno FROM emp; RETURN r; END $$`,
	On:    []Matcher{Node(packageCursorDecl)},
}

func packageCursorDecl(p *Pass, c *ast.CursorDecl) {
	switch p.Parent(0).(type) {
	case *ast.CreatePackage, *ast.CreatePackageBody:
		p.ReportAs(c, model.Medium, model.Auto, fmt.Sprintf("cursor %s of the package stays open over calls; PL/pgSQL's cursors belong to one call, so each routine declares it, or a function opens it by name", p.name(c.Name)))
	}
}
