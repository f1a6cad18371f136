package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var objectTypeRule = &Rule{
	Code: "CV0629", Name: "object-type", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Auto, Needs: FeatureObjectTypes,
	Before: `CREATE TYPE point_t AS OBJECT (x INTEGER, y INTEGER, MEMBER FUNCTION norm RETURN INTEGER);
/`,
	After: `CREATE TYPE point_t AS (x integer, y integer);
CREATE FUNCTION norm (self point_t) RETURNS integer LANGUAGE sql AS $$ SELECT (self).x + (self).y $$`,
	On: []Matcher{Node(objectTypeDef)},
}

func objectTypeDef(p *Pass, t *ast.ObjectType) {
	methods, order := 0, false
	for _, e := range t.Elems {
		if m, ok := e.(*ast.Method); ok {
			methods++
			order = order || m.Order != 0
		}
	}
	name := ""
	if c, ok := p.Parent(0).(*ast.CreateType); ok {
		name = p.name(c.Name) + " "
	}
	notFinal := false
	for _, m := range t.Modifiers {
		notFinal = notFinal || m.Not && m.Kind == token.FINAL
	}
	switch {
	case t.Under != nil:
		p.ReportAs(t, model.Blocker, model.Manual, fmt.Sprintf("the type %sinherits from %s: composite types do not inherit, and calls are not chosen by the type of the object", name, p.name(t.Under)))
	case notFinal:
		p.ReportAs(t, model.High, model.Review, fmt.Sprintf("the type %sis NOT FINAL: others can inherit from it, and a column of it can hold them", name))
	case order:
		p.ReportAs(t, model.High, model.Review, fmt.Sprintf("the type %sorders its objects by a method; composite types compare column by column", name))
	case methods > 0:
		p.ReportAs(t, model.High, model.Auto, fmt.Sprintf("the type %sbecomes a composite type, its %s functions that take the object first", name, count(methods, "method")))
	default:
		p.Report(t, fmt.Sprintf("the type %sbecomes a composite type; its constructor becomes ROW(...)::type", name))
	}
}
